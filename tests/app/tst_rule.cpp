#include "tests/app/programrun.h"

#include "engine/rules/page.h"
#include "engine/rules/rule.h"
#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// The rules are one list, allRules(): the pages, the program and README.md say the same.
class TestRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleHasAPageAndEveryPageARule();
    void aPageBeginsWithItsRuleAndOneSentence();
    void readmeNamesEveryRule();
    void withoutANameTheRulesAreListed();
    void aNamePrintsThePage();
    void anotherNameIsRefused_data();
    void anotherNameIsRefused();
    void theProgramNamesNoFileOfTheSources();
};

namespace {

QStringList ruleNames()
{
    QStringList names;
    for (const rules::Rule *rule : rules::allRules())
        names << QString::fromUtf8(rule->name);
    return names;
}

QByteArray bytesOf(std::string_view text) { return {text.data(), static_cast<qsizetype>(text.size())}; }

} // namespace

void TestRule::everyRuleHasAPageAndEveryPageARule()
{
    QStringList pages;
    for (const rules::Page &page : rules::allPages())
        pages << QString::fromUtf8(page.rule);
    QCOMPARE(pages, ruleNames());

    QStringList files = QDir(sourceFolder(u"resources/rules"_s)).entryList(QDir::Files, QDir::Name);
    files.replaceInStrings(u".md"_s, QString());
    QCOMPARE(files, ruleNames());
}

void TestRule::aPageBeginsWithItsRuleAndOneSentence()
{
    for (const rules::Page &page : rules::allPages()) {
        const QByteArray text = bytesOf(page.text);
        QVERIFY2(text.startsWith("# " + bytesOf(page.rule) + "\n\n"), text.constData());
        const QByteArray summary = bytesOf(summaryOf(page));
        QVERIFY2(summary.endsWith('.') && text.contains("\n\n" + summary + "\n\n"), text.constData());
    }
}

void TestRule::readmeNamesEveryRule()
{
    static const QRegularExpression list(u"`nuages rule NAME`: ([a-z, -]+)\\."_s);
    const auto match = list.match(QString::fromUtf8(fileBytes(sourceFolder(u"README.md"_s))));
    QStringList named = match.captured(1).split(u", "_s);
    named.sort();
    QCOMPARE(named, ruleNames());
}

void TestRule::withoutANameTheRulesAreListed()
{
    const ProgramRun run = runNuages({u"rule"_s});
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    const QByteArrayList lines = run.out.trimmed().split('\n');
    QCOMPARE(lines.size(), ruleNames().size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const rules::Rule &rule = *rules::allRules()[i];
        QCOMPARE(lines[i].simplified(),
                 bytesOf(rule.name) + ' ' + bytesOf(word(rule.severity)) + ' '
                     + bytesOf(summaryOf(*rules::pageOf(rule.name))));
    }
}

void TestRule::aNamePrintsThePage()
{
    for (const QString &name : ruleNames()) {
        const ProgramRun run = runNuages({u"rule"_s, name}, {.folder = u"/"_s});
        QCOMPARE(run.err, QByteArray());
        QCOMPARE(run.out, fileBytes(sourceFolder(u"resources/rules/%1.md"_s.arg(name))));
        QCOMPARE(run.exitCode, 0);
    }
}

void TestRule::anotherNameIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("mistyped") << u"unclosed-tags"_s
                              << QByteArray("no rule is called 'unclosed-tags', did you mean 'unclosed-tag'?");
    QTest::newRow("nothing like it") << u"spelling"_s
                                     << QByteArray("no rule is called 'spelling'; 'nuages rule' lists them");
}

void TestRule::anotherNameIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, sentence);
    const ProgramRun run = runNuages({u"rule"_s, name});
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err, "nuages: " + sentence + "\n");
    QCOMPARE(run.exitCode, 2);
}

void TestRule::theProgramNamesNoFileOfTheSources()
{
    const QByteArray program = fileBytes(nuagesProgram());
    QVERIFY(program.contains("page: nuages rule "));
    QVERIFY(!program.contains("resources/"));
}

NUAGES_TEST(TestRule)
#include "tst_rule.moc"
