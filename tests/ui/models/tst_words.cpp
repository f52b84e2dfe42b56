#include "tests/support/testmain.h"

#include "engine/trace/store.h"
#include "ui/models/text.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace nuages;
using namespace Qt::StringLiterals;

namespace {

/// The kinds of query that the engine's headers declare, by the names under which they are shown.
QStringList declaredKinds()
{
    static const QRegularExpression query(
        u"^struct (\\w+) \\{\\n(?:(?!^\\};)(?:.*shownAs = \"(\\w+)\";|.*)\\n)*?.*static .* run\\(query::Reader &"_s,
        QRegularExpression::MultilineOption);
    QStringList kinds;
    QDirIterator headers(QStringLiteral(NUAGES_ENGINE), {u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (headers.hasNext()) {
        QFile header(headers.next());
        if (!header.open(QIODevice::ReadOnly))
            qFatal("unreadable header");
        const QString text = QString::fromUtf8(header.readAll());
        for (const QRegularExpressionMatch &match : query.globalMatch(text))
            kinds << (match.captured(2).isEmpty() ? match.captured(1) : match.captured(2));
    }
    return kinds;
}

} // namespace

/// The words that people see instead of names.
class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfQueryHasWords();
};

void TestWords::everyKindOfQueryHasWords()
{
    const QStringList kinds = declaredKinds();
    for (const QString &known : {u"Diagnostics"_s, u"TemplateFacts"_s, u"Scope"_s, u"SourceText"_s, u"RootAbove"_s})
        QVERIFY2(kinds.contains(known), qPrintable(known)); // The search itself is no good otherwise.
    const trace::Store store;
    QStringList without;
    for (const QString &kind : kinds) {
        if (models::aboutKind(store, kind).isEmpty())
            without << kind;
    }
    QVERIFY2(without.isEmpty(), qPrintable(without.join(u' ')));
}

NUAGES_TEST(TestWords)
#include "tst_words.moc"
