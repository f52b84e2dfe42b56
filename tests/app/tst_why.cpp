#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages::tests;

/// `nuages why` on the demo project. The golden is renewed as those of tst_goldens.
class TestWhyCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyAndWhyNot_data();
    void saysWhyAndWhyNot();
    void everyRunAndSeedPrintsTheSame();
    void namesTheRightOneOfTwoFilesEditedAtOnce();
    void findingsThatChangedComeFirst();
    void manyFindingsAreCountedUnlessAllAreWanted();
    void textOnStdinIsAnEditToo();
    void durationsAreShownUnlessHidden();
    void wrongUsageIsOneSentence_data();
    void wrongUsageIsOneSentence();
};

namespace {

const QString base = QStringLiteral("templates/base.html");
const QStringList changedTitle = {QStringLiteral("--edit"), base, QStringLiteral("Bookshop</a>"),
                                  QStringLiteral("Books</a>")};

/// Beside packages of ours, so that the counts are the same whatever is installed.
ProgramRun why(const QStringList &arguments, const RunOptions &options = {})
{
    return runNuages(QStringList{QStringLiteral("why"), QStringLiteral("--project"),
                                 sourceFolder(QStringLiteral("resources/demo")), QStringLiteral("--site-packages"),
                                 sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages"))}
                         + arguments,
                     options);
}

} // namespace

void TestWhyCommand::saysWhyAndWhyNot_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("why.text") << changedTitle;
    QTest::newRow("why.block") << QStringList{QStringLiteral("--edit"),
                                              base,
                                              QStringLiteral("{% block head %}"),
                                              QStringLiteral("{% block top %}"),
                                              QStringLiteral("TemplateFacts(templates/base.html)"),
                                              QStringLiteral("templates/404.html")};
    // As an editor would name it, and as a line of check's output: what that line asked for comes first.
    QTest::newRow("why.line") << QStringList{QStringLiteral("--edit"),
                                             QStringLiteral("templates/drafts/gift_cards.html"),
                                             QStringLiteral("account.</p>"),
                                             QStringLiteral("account.</p>{% endif %}"),
                                             QStringLiteral("--edit"),
                                             QStringLiteral("templates/404.html"),
                                             QStringLiteral("base.html\" %}"),
                                             QStringLiteral("base.html\" %}{% endif %}"),
                                             QStringLiteral("templates/404.html:1"),
                                             QStringLiteral("templates/drafts/gift_cards.html:7:6: error unclosed-tag"),
                                             QStringLiteral("templates/drafts/newsletter.html:9")};
    QTest::newRow("why.not") << changedTitle
            + QStringList{QStringLiteral("templates/404.html:1:4"), QStringLiteral("Settings()"),
                          QStringLiteral("File(templates/base.html).stamp")};
}

void TestWhyCommand::saysWhyAndWhyNot()
{
    QFETCH(QStringList, arguments);
    const ProgramRun run = why(arguments + QStringList{QStringLiteral("--no-times")});
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    const QString golden =
        sourceFolder(QStringLiteral("tests/app/goldens/")) + QString::fromLatin1(QTest::currentDataTag());
    if (qEnvironmentVariableIsSet("NUAGES_WRITE_GOLDENS"))
        QVERIFY(writeFile(golden, run.out));
    QCOMPARE(run.out, fileBytes(golden));
}

void TestWhyCommand::everyRunAndSeedPrintsTheSame()
{
    const QStringList arguments = changedTitle + QStringList{QStringLiteral("--no-times")};
    const ProgramRun first = why(arguments);
    QVERIFY(!first.out.isEmpty());
    for (const char *seed : {"1", "2"}) {
        const ProgramRun run =
            why(arguments, {.environment = {QStringLiteral("NUAGES_HASH_SEED=") + QString::fromLatin1(seed)}});
        QCOMPARE(run.out, first.out);
    }
}

void TestWhyCommand::namesTheRightOneOfTwoFilesEditedAtOnce()
{
    const QStringList both = changedTitle
        + QStringList{QStringLiteral("--edit"), QStringLiteral("templates/404.html"), QStringLiteral("{% extends"),
                      QStringLiteral("{# typed #}{% extends"), QStringLiteral("--no-times")};
    const QByteArray inBase = why(both + QStringList{QStringLiteral("TemplateFacts(templates/base.html)")}).out;
    QVERIFY2(
        inBase.contains("\nTemplateFacts(templates/base.html) ran because the text of templates/base.html changed."),
        inBase.constData());
    const QByteArray inOther = why(both + QStringList{QStringLiteral("templates/404.html")}).out;
    QVERIFY2(inOther.contains("\nDiagnostics(templates/404.html) ran because the text of templates/404.html changed."),
             inOther.constData());
    QVERIFY(inOther.startsWith("revision 2, edit of templates/base.html, templates/404.html: "));
}

// An app is removed: hundreds of queries run, but what people want to know is which findings that made.
void TestWhyCommand::findingsThatChangedComeFirst()
{
    const QStringList edit = {QStringLiteral("--no-times"), QStringLiteral("--edit"),
                              QStringLiteral("bookshop/settings.py"), QStringLiteral("    \"catalog\",\n"), QString()};
    const QByteArray out = why(edit).out;
    const QByteArrayList lines = out.split('\n');
    QVERIFY2(lines.size() > 4, out.constData());
    QVERIFY2(lines[2].startsWith("Of the findings ") && lines[2].contains(" new"), out.constData());
    QVERIFY2(lines[3].startsWith("  + "), out.constData());
    QVERIFY2(out.contains(": error unknown-filter: ") && out.contains("\n  - "), out.constData());

    // The chain of the template with the first of them follows, and it starts at the edit.
    const QByteArray path = lines[3].mid(4).split(':').first();
    const qsizetype chain = out.indexOf("\n\nDiagnostics(" + path + ") ran because ");
    QVERIFY2(chain > 0, out.constData());
    QVERIFY(out.indexOf("edit of bookshop/settings.py  revision 2", chain) > chain);
    QVERIFY2(out.count('\n') < 120, out.constData());
    QVERIFY2(out.contains(": --all explains them."), out.constData());

    const QByteArray all = why(QStringList{QStringLiteral("--all")} + edit).out;
    QVERIFY(all.count('\n') > out.count('\n'));
    QVERIFY(!all.contains("--all"));
}

void TestWhyCommand::manyFindingsAreCountedUnlessAllAreWanted()
{
    const QStringList edit = {QStringLiteral("--no-times"), QStringLiteral("--edit"), base,
                              QStringLiteral("Bookshop</a>"), QStringLiteral("{% endif %}").repeated(14)};
    const QByteArray some = why(edit).out;
    QVERIFY2(some.contains("\nOf the findings 14 are new:\n  + "), some.constData());
    QVERIFY2(some.contains("\n  + and 4 more\n"), some.constData());
    QCOMPARE(why(QStringList{QStringLiteral("--all")} + edit).out.count("\n  + "), 14);
    QVERIFY(why(changedTitle).out.contains("\nNo finding changed.\n"));
}

void TestWhyCommand::textOnStdinIsAnEditToo()
{
    const QString file = sourceFolder(QStringLiteral("resources/demo/")) + base;
    const QStringList arguments = {QStringLiteral("--stdin-filename"), file, QStringLiteral("--no-times")};
    const QByteArray text = fileBytes(file);
    const ProgramRun run = why(arguments, {.input = QByteArray(text).replace("Bookshop</a>", "Books</a>")});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, why(changedTitle + QStringList{QStringLiteral("--no-times")}).out);
    const ProgramRun same = why(arguments, {.input = text});
    QCOMPARE(same.exitCode, 2);
    QCOMPARE(same.err, QByteArray("nuages: the edit changes nothing that was read\n"));
}

void TestWhyCommand::durationsAreShownUnlessHidden()
{
    QVERIFY(why(changedTitle).out.contains(" ms\n"));
    QVERIFY(why(changedTitle).out.contains("That saved about "));
    QVERIFY(!why(changedTitle + QStringList{QStringLiteral("--no-times")}).out.contains(" ms"));
}

void TestWhyCommand::wrongUsageIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no edit") << QStringList() << QByteArray("an edit is needed: --edit FILE OLD NEW");
    QTest::newRow("text that is not there")
        << QStringList{QStringLiteral("--edit"), base, QStringLiteral("nowhere"), QString()}
        << QByteArray("'nowhere' does not stand in templates/base.html");
    QTest::newRow("text that is there twice")
        << QStringList{QStringLiteral("--edit"), base, QStringLiteral("Bookshop"), QString()}
        << QByteArray("'Bookshop' stands in templates/base.html more than once");
    QTest::newRow("no such file") << QStringList{QStringLiteral("--edit"), QStringLiteral("nowhere.html"),
                                                 QStringLiteral("a"), QString()}
                                  << QByteArray("cannot read ");
    QTest::newRow("half an edit") << QStringList{QStringLiteral("--edit"), base} << QByteArray("--edit");
    QTest::newRow("no such query") << changedTitle + QStringList{QStringLiteral("Nonsense(base.html)")}
                                   << QByteArray("no query Nonsense(base.html); there is ");
    QTest::newRow("no such template") << changedTitle + QStringList{QStringLiteral("templates/nowhere.html")}
                                      << QByteArray("templates/nowhere.html is no template that was checked");
    QTest::newRow("no such line") << changedTitle + QStringList{QStringLiteral("templates/404.html:4000")}
                                  << QByteArray("templates/404.html has no line 4000");
    QTest::newRow("an edit of nothing that is read")
        << QStringList{QStringLiteral("--edit"), QStringLiteral("expected.txt"), QStringLiteral("8 problems"),
                       QString()}
        << QByteArray("the edit changes nothing that was read");
}

void TestWhyCommand::wrongUsageIsOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    const ProgramRun run = why(arguments);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.startsWith("nuages: ") && run.err.contains(sentence), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
}

NUAGES_TEST(TestWhyCommand)
#include "tst_why.moc"
