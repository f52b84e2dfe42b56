#include "engine/template/facts.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages::templates;

class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsNameLibrariesOrNamesOfOne();
    void onlyPlainStringsAreConstantNames_data();
    void onlyPlainStringsAreConstantNames();
    void blocksAndTheFirstExtends();
    void tagsInCommentAndVerbatimDoNotCount();
    void editsInsideTokensLeaveTheFactsEqual();
};

void TestFacts::loadsNameLibrariesOrNamesOfOne()
{
    const TemplateFacts facts =
        collectFacts(parse("{% load a b.c %}{% load %}{% load x y from z %}{% load x from z %}{% load from z %}"));
    QCOMPARE(
        facts.loads,
        (std::vector<Load>{
            {0, {"a", "b.c"}, {}}, {1, {}, {}}, {2, {"z"}, {"x", "y"}}, {3, {"z"}, {"x"}}, {4, {"from", "z"}, {}}}));
}

void TestFacts::onlyPlainStringsAreConstantNames_data()
{
    QTest::addColumn<std::string>("argument");
    QTest::addColumn<std::optional<std::string>>("name");
    const auto row = [](const char *argument, std::optional<std::string> name) {
        QTest::addRow("%s", argument) << std::string(argument) << std::move(name);
    };
    row("'a.html'", "a.html");
    row("\"./a b.html\"", "./a b.html");
    row(R"('it\'s')", "it's");
    row(R"('a\\b\c')", R"(a\b\c)");
    row("name", std::nullopt);
    row("'a'|add:'b'", std::nullopt);
    row("_('a')", std::nullopt);
    row("'", std::nullopt);
    row("", std::nullopt);
}

void TestFacts::onlyPlainStringsAreConstantNames()
{
    QFETCH(const std::string, argument);
    QFETCH(const std::optional<std::string>, name);
    const TemplateFacts facts = collectFacts(parse("{% include " + argument + " %}"));
    QCOMPARE(facts.includes.size(), std::size_t(1));
    QVERIFY(facts.includes[0].name == name);
}

void TestFacts::blocksAndTheFirstExtends()
{
    const TemplateFacts facts = collectFacts(
        parse("{% extends 'a' %}{% extends 'b' %}{% block x|y %}{% endblock %}{% block %}{% block p q %}{% if z %}"
              "{% block w %}"));
    QCOMPARE(facts.extends->name, std::optional<std::string>("a"));
    QCOMPARE(facts.blocks, (std::vector<BlockName>{{2, "x|y"}, {7, "w"}}));
}

void TestFacts::tagsInCommentAndVerbatimDoNotCount()
{
    QCOMPARE(collectFacts(parse("{% comment %}{% load a %}{% endcomment x %}{% load b %}{% endcomment %}"
                                "{% verbatim %}{% load c %}{% endverbatim %}{# {% load d %} #}"
                                "{% load e %}"))
                 .loads.size(),
             std::size_t(1));
}

void TestFacts::editsInsideTokensLeaveTheFactsEqual()
{
    const TemplateFacts before = collectFacts(parse("{# a #}{% load x %}text{{ y }}{% block z %}{% endblock %}"));
    QCOMPARE(collectFacts(parse("{# longer #}{% load x %}other\ntext{{ yy }}{% block z %}{% endblock %}")), before);
    QVERIFY(!(collectFacts(parse("{# a #}{% load xx %}text{{ y }}{% block z %}{% endblock %}")) == before));
}

NUAGES_TEST(TestFacts)
#include "tst_facts.moc"
