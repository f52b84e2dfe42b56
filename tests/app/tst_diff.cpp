#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// `nuages diff` on the demo project.
class TestDiffCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextEditAndARenamedBlockDiffer();
    void aFindingThatCameIsNamed();
    void everyRunAndSeedPrintsTheSame();
    void wrongUsageIsOneSentence_data();
    void wrongUsageIsOneSentence();
};

namespace {

const QString comparedBase = u"templates/base.html"_s;
const QStringList twoEdits = {u"--first"_s, comparedBase, u"Bookshop</a>"_s,     u"Books</a>"_s,
                              u"--edit"_s,  comparedBase, u"{% block head %}"_s, u"{% block top %}"_s};

ProgramRun diff(const QStringList &arguments, const RunOptions &options = {})
{
    return runNuages(QStringList{u"diff"_s, u"--project"_s, sourceFolder(u"resources/demo"_s), u"--site-packages"_s,
                                 sourceFolder(u"tests/engine/rules/fixtures/packages"_s)}
                         + arguments,
                     options);
}

} // namespace

void TestDiffCommand::aTextEditAndARenamedBlockDiffer()
{
    const ProgramRun run = diff(twoEdits);
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    for (const char *line : {"A is revision 2, edit of templates/base.html\n", "B is revision 3, edit of templates/",
                             "\n  File(templates/base.html).stamp\n",
                             "Values that differ (3):", "TemplateFacts(templates/base.html)  ran, same value",
                             "own time", "\nNo finding changed.\n"})
        QVERIFY2(run.out.contains(line), run.out.constData());
}

void TestDiffCommand::aFindingThatCameIsNamed()
{
    const QStringList edit = {u"--edit"_s, comparedBase, u"Bookshop</a>"_s, u"Bookshop</a>{% nope %}"_s};
    const ProgramRun there = diff(edit + QStringList{u"1"_s, u"2"_s, u"--no-times"_s});
    QVERIFY2(there.out.contains("1 is new") && there.out.contains("unknown-tag"), there.out.constData());
    QVERIFY2(there.out.contains("queries there"), there.out.constData());
    const ProgramRun back = diff(edit + QStringList{u"2"_s, u"1"_s, u"--no-times"_s});
    QVERIFY2(back.out.contains("1 is gone") && back.out.contains("unknown-tag"), back.out.constData());
    QVERIFY2(!back.out.contains(" ms"), back.out.constData());
}

void TestDiffCommand::everyRunAndSeedPrintsTheSame()
{
    QByteArray first;
    for (const QString &seed : {u"1"_s, u"2"_s, u"77"_s}) {
        const ProgramRun run = diff(twoEdits + QStringList{u"1"_s, u"3"_s, u"--no-times"_s, u"--all"_s},
                                    {.environment = {u"NUAGES_HASH_SEED="_s + seed}});
        if (first.isEmpty())
            first = run.out;
        QCOMPARE(run.out, first);
    }
}

void TestDiffCommand::wrongUsageIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no such revision") << twoEdits + QStringList{u"1"_s, u"9"_s}
                                      << QByteArray("there is no revision 9: the last one is 3");
    QTest::newRow("nothing to compare") << QStringList()
                                        << QByteArray("an edit is needed: --edit FILE OLD NEW, or --stdin-filename "
                                                      "NAME and the text that it has then on stdin");
}

void TestDiffCommand::wrongUsageIsOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const ProgramRun run = diff(arguments);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err, "nuages: " + says + "\n");
}

NUAGES_TEST(TestDiffCommand)
#include "tst_diff.moc"
