#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

QString textOf(const QString &name)
{
    QFile file(u"" NUAGES_SOURCE_FOLDER "/"_s + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The fenced blocks of docs/editors.md whose first line names a file after the language, by that name.
QMap<QString, QString> blocks()
{
    static const QRegularExpression fence(u"^```\\w+ (\\S+)\\n(.*?)^```$"_s,
                                          QRegularExpression::MultilineOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    QMap<QString, QString> found;
    const QString page = textOf(u"docs/editors.md"_s);
    for (const QRegularExpressionMatch &match : fence.globalMatch(page))
        found.insert(match.captured(1), match.captured(2));
    return found;
}

/// The configurations that are shipped, but for the extension of VS Code, which is installed and not copied.
QStringList shipped()
{
    const QDir folder(u"" NUAGES_SOURCE_FOLDER "/resources/editors"_s);
    QStringList found;
    QDirIterator files(folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString name = folder.relativeFilePath(files.next());
        if (!name.startsWith(u"vscode/"))
            found << name;
    }
    found.sort();
    return found;
}

} // namespace

/// docs/editors.md shows each configuration, for a reader who has none of the files.
class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachConfigurationIsShownToTheLetter();
    void noOtherFileIsShown() { QCOMPARE(blocks().keys(), shipped()); }
};

void TestDocuments::eachConfigurationIsShownToTheLetter()
{
    const QMap<QString, QString> shown = blocks();
    for (const QString &name : shipped())
        QCOMPARE(shown.value(name), textOf(u"resources/editors/"_s + name));
}

} // namespace nuages::tests

using nuages::tests::TestDocuments;
NUAGES_TEST(TestDocuments)
#include "tst_documents.moc"
