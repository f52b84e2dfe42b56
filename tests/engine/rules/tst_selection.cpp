#include "engine/rules/rule.h"
#include "engine/rules/selection.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using rules::Diagnostic;
using rules::RuleSelection;
using rules::Severity;

class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesWhatIsSelectedAndNotIgnored_data();
    void leavesWhatIsSelectedAndNotIgnored();
    void severityIsTheOneThatIsSet();
    void aConfigurationBecomesASelection();
    void namesTheNearestRule();
    void severitiesAreFoundByTheirWords();
};

Q_DECLARE_METATYPE(RuleSelection)

namespace {

const std::string path = "shop/templates/shop/list.html";

std::vector<Diagnostic> findings()
{
    std::vector<Diagnostic> all;
    std::uint32_t at = 0;
    for (const char *rule : {"unclosed-tag", "unknown-tag", "unknown-filter", "unknown-tag"}) {
        all.push_back({rule, Severity::Error, "message", {at, at + 1}, {}});
        at += 2;
    }
    return all;
}

QByteArray names(const std::vector<Diagnostic> &all)
{
    QByteArray found;
    for (const Diagnostic &each : all)
        found += (found.isEmpty() ? "" : " ") + QByteArray::fromStdString(each.rule);
    return found;
}

} // namespace

void TestSelection::leavesWhatIsSelectedAndNotIgnored_data()
{
    QTest::addColumn<RuleSelection>("selection");
    QTest::addColumn<QByteArray>("left");

    const QByteArray all = "unclosed-tag unknown-tag unknown-filter unknown-tag";
    QTest::newRow("nothing is said") << RuleSelection{} << all;
    QTest::newRow("one rule is selected")
        << RuleSelection{.select = {"unknown-tag"}} << QByteArray("unknown-tag unknown-tag");
    QTest::newRow("two rules are selected")
        << RuleSelection{.select = {"unknown-filter", "unclosed-tag"}} << QByteArray("unclosed-tag unknown-filter");
    QTest::newRow("one rule is ignored") << RuleSelection{.ignore = {"unknown-tag"}}
                                         << QByteArray("unclosed-tag unknown-filter");
    QTest::newRow("a rule is selected and ignored")
        << RuleSelection{.select = {"unknown-tag", "unclosed-tag"}, .ignore = {"unknown-tag"}}
        << QByteArray("unclosed-tag");

    const auto inFiles = [](const char *pattern) {
        return RuleSelection{.perFileIgnores = {{pattern, {"unknown-tag", "unclosed-tag"}}}};
    };
    const QByteArray others = "unknown-filter";
    QTest::newRow("ignored in this file") << inFiles("shop/templates/shop/list.html") << others;
    QTest::newRow("ignored in its folder") << inFiles("shop/templates") << others;
    QTest::newRow("ignored by a pattern") << inFiles("*/list.html") << others;
    QTest::newRow("ignored by a pattern of a folder") << inFiles("sh?p") << others;
    QTest::newRow("ignored in another file") << inFiles("shop/templates/shop/list") << all;
    QTest::newRow("ignored in another folder") << inFiles("shop/temp") << all;
    QTest::newRow("ignored in two patterns")
        << RuleSelection{.perFileIgnores = {{"shop", {"unknown-tag"}}, {"*.html", {"unknown-filter"}}}}
        << QByteArray("unclosed-tag");
}

void TestSelection::leavesWhatIsSelectedAndNotIgnored()
{
    QFETCH(RuleSelection, selection);
    QFETCH(QByteArray, left);
    QCOMPARE(names(rules::selected(findings(), selection, path)), left);
    // Likewise with absolute paths, as the configuration has them.
    RuleSelection absolute = selection;
    absolute.perFileIgnores.clear();
    for (const auto &[pattern, rules] : selection.perFileIgnores)
        absolute.perFileIgnores.emplace("/p/" + pattern, rules);
    QCOMPARE(names(rules::selected(findings(), absolute, "/p/" + path)), left);
}

void TestSelection::severityIsTheOneThatIsSet()
{
    const RuleSelection selection{
        .severity = {{"unknown-tag", Severity::Hint}, {"missing-template", Severity::Warning}}};
    for (const Diagnostic &finding : rules::selected(findings(), selection, path))
        QCOMPARE(finding.severity, finding.rule == "unknown-tag" ? Severity::Hint : Severity::Error);
}

void TestSelection::aConfigurationBecomesASelection()
{
    project::Configuration configuration;
    configuration.select = {"unknown-tag", "unclosed-tag"};
    configuration.ignore = {"unclosed-tag"};
    configuration.perFileIgnores = {{"/p/legacy", {"unknown-tag"}}};
    configuration.severity = {{"unknown-tag", "hint"}};
    QCOMPARE(rules::problemsOf(configuration), std::vector<std::string>());
    const RuleSelection selection = rules::selectionOf(configuration);
    QVERIFY(selection
            == (RuleSelection{.select = {"unknown-tag", "unclosed-tag"},
                              .ignore = {"unclosed-tag"},
                              .perFileIgnores = {{"/p/legacy", {"unknown-tag"}}},
                              .severity = {{"unknown-tag", Severity::Hint}}}));

    configuration.severity = {{"unknown-tag", "fatal"}, {"nothing", "hint"}};
    configuration.select.push_back("unknown-tags");
    const std::vector<std::string> problems = rules::problemsOf(configuration);
    QCOMPARE(problems.size(), 3u);
    QVERIFY(problems[0].starts_with("tool.nuages.select: no rule is called 'unknown-tags', did you mean"));
    QVERIFY(problems[1].contains("'nothing'"));
    QVERIFY(problems[2].contains("'fatal' is none of error, warning, information, hint"));
}

void TestSelection::namesTheNearestRule()
{
    for (const rules::Rule *rule : rules::allRules())
        QCOMPARE(rules::unknownRule(rule->name), std::nullopt);
    QCOMPARE(rules::unknownRule("unclosed-tags"),
             std::string("no rule is called 'unclosed-tags', did you mean 'unclosed-tag'?"));
    QCOMPARE(rules::unknownRule(""), std::string("no rule is called ''; 'nuages rule' lists them"));
}

void TestSelection::severitiesAreFoundByTheirWords()
{
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Information, Severity::Hint})
        QCOMPARE(rules::severityCalled(word(severity)), severity);
    QCOMPARE(rules::severityCalled("Error"), std::nullopt);
    QCOMPARE(rules::severityCalled(""), std::nullopt);
}

NUAGES_TEST(TestSelection)
#include "tst_selection.moc"
