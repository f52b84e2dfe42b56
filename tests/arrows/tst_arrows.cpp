#include "tests/arrows/layers.h"
#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nuages::tests;

/// Reads the whole tree and holds it against the layer table: every arrow points down.
class TestArrows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTableItselfPointsDown();
    void everySourceIsInARow();
    void includesPointDown();
    void linksPointDown();
    void nothingUnderEngineKnowsQt();
    void theProgramLinksNeitherGuiNorRecording();

    void aWrongIncludeIsNamed_data();
    void aWrongIncludeIsNamed();
    void aWrongLinkIsNamed();
};

namespace {

const QString root = QStringLiteral(NUAGES_SOURCE_DIR);

QString read(const QString &path)
{
    QFile file(root + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Paths from the root of the tree, under the folders that the table speaks of.
QStringList filesNamed(const QStringList &patterns)
{
    QStringList paths;
    for (const auto &folder : {u"app"_s, u"engine"_s, u"lsp"_s, u"ui"_s}) {
        QDirIterator files(root + u'/' + folder, patterns, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths << files.next().mid(root.size() + 1);
    }
    paths.sort();
    return paths;
}

QStringList sources() { return filesNamed({u"*.h"_s, u"*.cpp"_s}); }

QString folderOf(const QString &path) { return path.section(u'/', 0, -2); }

/// "PATH SENTENCE" of all that `wrong` finds in these files.
template <typename Wrong>
QString findings(const QStringList &paths, Wrong wrong)
{
    QStringList all;
    for (const QString &path : paths) {
        if (const Layer *layer = layerOf(folderOf(path))) {
            for (const QString &sentence : wrong(*layer, read(path)))
                all << path + u' ' + sentence;
        }
    }
    return all.join(u'\n');
}

} // namespace

void TestArrows::theTableItselfPointsDown()
{
    QStringList above;
    for (const Layer &layer : layers()) {
        above << layer.folder;
        for (const QString &folder : layer.below) {
            QVERIFY2(layerOf(folder), qPrintable(folder));
            QVERIFY2(!above.contains(folder), qPrintable(layer.folder + u" may not use "_s + folder));
        }
    }
}

void TestArrows::everySourceIsInARow()
{
    QVERIFY(!sources().isEmpty());
    QStringList homeless = sources();
    homeless.removeIf([](const QString &path) { return layerOf(folderOf(path)) != nullptr; });
    QCOMPARE(homeless, QStringList());
}

void TestArrows::includesPointDown() { QCOMPARE(findings(sources(), wrongIncludes), QString()); }

void TestArrows::linksPointDown()
{
    const QStringList lists = filesNamed({u"CMakeLists.txt"_s});
    QHash<QString, QString> folders;
    for (const QString &path : lists) {
        if (const QString target = declaredTarget(read(path)); !target.isEmpty())
            folders.insert(target, folderOf(path));
    }
    QVERIFY(folders.contains(u"nuages_query"_s));
    QCOMPARE(
        findings(lists, [&](const Layer &layer, const QString &cmake) { return wrongLinks(layer, cmake, folders); }),
        QString());
}

// The table says so too; this does not trust the table.
void TestArrows::nothingUnderEngineKnowsQt()
{
    for (const QString &path : sources()) {
        if (path.startsWith(u"engine/"_s))
            QVERIFY2(!read(path).contains(u"#include <Q"_s), qPrintable(path));
    }
}

void TestArrows::theProgramLinksNeitherGuiNorRecording()
{
    QProcess ldd;
    ldd.setProcessChannelMode(QProcess::MergedChannels);
    ldd.start(u"ldd"_s, {nuagesProgram()});
    QVERIFY(ldd.waitForFinished());
    const QByteArray libraries = ldd.readAll();
    const bool isStatic = libraries.contains("statically linked") || libraries.contains("not a dynamic executable");
    QVERIFY2(isStatic || libraries.contains("libstdc++"), libraries.constData());
    for (const char *library : {"Qt6Gui", "Qt6Network", "sqlite"})
        QVERIFY2(!libraries.contains(library), libraries.constData());

    QFile program(nuagesProgram());
    QVERIFY(program.open(QIODevice::ReadOnly));
    const QByteArray bytes = program.readAll();
    QVERIFY(bytes.contains("QCoreApplication"));
    QVERIFY(!bytes.contains("QGuiApplication"));
    for (const char *name : {"sqlite3_", "libzstd.so", "ZSTD_compress2"}) // Qt Core links zstd for itself.
        QVERIFY2(!bytes.contains(name), name);
}

void TestArrows::aWrongIncludeIsNamed_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("named");

    QTest::newRow("down") << u"engine/source"_s << u"#include \"engine/query/revision.h\"\n"_s << QString();
    QTest::newRow("own folder, and a folder within")
        << u"engine/project"_s << u"#include \"engine/project/settings/facts.h\"\n"_s << QString();
    QTest::newRow("the standard library")
        << u"engine/query"_s << u"#include <vector>\n#include <pthread.h>\n"_s << QString();
    QTest::newRow("moc") << u"lsp/server"_s << u"#include \"session.moc\"\n"_s << QString();
    QTest::newRow("up") << u"engine/query"_s << u"#include \"engine/source/text.h\"\n"_s << u"engine/source/text.h"_s;
    QTest::newRow("sideways") << u"ui/views"_s << u"#include \"lsp/server/session.h\"\n"_s << u"lsp/server/session.h"_s;
    QTest::newRow("Qt below its layer") << u"engine/rules"_s << u"#include <QString>\n"_s << u"QString"_s;
    QTest::newRow("Qt by module") << u"engine/rules"_s << u"#include <QtCore/qglobal.h>\n"_s << u"QtCore"_s;
    QTest::newRow("a library of another row")
        << u"engine/template"_s << u"#  include <tree_sitter/api.h>\n"_s << u"tree_sitter"_s;
    QTest::newRow("tests") << u"engine/query"_s << u"#include \"tests/support/testmain.h\"\n"_s << u"no row"_s;
}

void TestArrows::aWrongIncludeIsNamed()
{
    QFETCH(QString, folder);
    QFETCH(QString, source);
    QFETCH(QString, named);

    const QStringList wrong = wrongIncludes(*layerOf(folder), source);
    QCOMPARE(wrong.size(), named.isEmpty() ? 0 : 1);
    QVERIFY2(wrong.join(u' ').contains(named), qPrintable(wrong.join(u' ')));
}

void TestArrows::aWrongLinkIsNamed()
{
    const QHash<QString, QString> folders = {{u"nuages_query"_s, u"engine/query"_s},
                                             {u"nuages_source"_s, u"engine/source"_s}};
    const QString cmake = u"nuages_layer(nuages_query\n    SOURCES a.cpp\n    LINKS nuages_source Qt6::Core)\n"_s;
    const QStringList wrong = wrongLinks(*layerOf(u"engine/query"_s), cmake, folders);
    QCOMPARE(wrong.size(), 2);
    QVERIFY(wrong[0].contains(u"nuages_source"_s));
    QVERIFY(wrong[1].contains(u"Qt6::Core"_s));
    const QString plain =
        u"add_library(nuages_query STATIC a.cpp)\nproject(Q)\ntarget_link_libraries(nuages_query PUBLIC\n"
        "    Threads::Threads nuages_source)\n"_s;
    QCOMPARE(declaredTarget(plain), u"nuages_query"_s);
    QCOMPARE(wrongLinks(*layerOf(u"engine/query"_s), plain, folders).size(), 1);
}

NUAGES_TEST(TestArrows)
#include "tst_arrows.moc"
