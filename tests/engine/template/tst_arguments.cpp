#include "engine/template/arguments.h"
#include "tests/engine/template/alltags.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::templates;

class TestArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void compilesTheBitsThatDjangoCompiles_data();
    void compilesTheBitsThatDjangoCompiles();
    void whatIsNotCompiledHasNoExpressions_data();
    void whatIsNotCompiledHasNoExpressions();
    void filterRangesPointIntoTheFile();
};

namespace {

/// Every expression of the template, its text in the file, separated by "~".
std::string expressionsOf(std::string_view text)
{
    tests::AllTags tags;
    static const TagShape simple = TagShape::alone(TagShape::Arguments::Simple);
    static const TagShape inclusion = TagShape::alone(TagShape::Arguments::Inclusion);
    static const TagShape unread = TagShape::alone(TagShape::Arguments::Unknown);
    tags.own["simple"] = {TagLookup::Answer::Status::Known, &simple};
    tags.own["inclusion"] = {TagLookup::Answer::Status::Known, &inclusion};
    tags.own["unread"] = {TagLookup::Answer::Status::Known, &unread};
    const TemplateSyntax syntax = parse(text);
    const Structure structure = buildStructure(syntax, tags);
    std::string found;
    for (std::uint32_t token = 0; token < syntax.tokens().size(); ++token) {
        for (const Expression &expression : compiledExpressions(syntax, structure, token))
            found += (found.empty() ? "" : "~") + std::string(syntax.slice(expression.range));
    }
    return found;
}

} // namespace

void TestArguments::compilesTheBitsThatDjangoCompiles_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expressions");
    const auto row = [](const char *text, const char *expressions) {
        QTest::addRow("%s", text) << std::string(text) << std::string(expressions);
    };
    row("{{ a|b }}", "a|b");
    row("{% if a|b == c and not d in e %}{% elif f is not g %}{% else %}{% endif %}", "a|b~c~d~e~f~g");
    row("{% for a, b in c|d %}{% endfor %}", "c|d");
    row("{% for in in y reversed %}{% endfor %}", "y");
    row("{% for a b %}{% endfor %}", "");
    row("{% with a=b|c d='e' %}{% endwith %}", "b|c~'e'");
    row("{% with a|b as c and d as e %}{% endwith %}", "a|b~d");
    row("{% with a=b c as d %}{% endwith %}", "b");
    row("{% include a|b with c=d|e only %}", "a|b~d|e");
    row("{% include a|b wit c=d %}", "");
    row("{% extends a|b %}", "a|b");
    row("{% cycle a b|c %}", "a~b|c");
    row("{% cycle a %}", "");
    row("{% cycle a b as c %}", "a~b");
    row("{% cycle a b as c silent %}", "a~b");
    row("{% cycle a as c %}", "a~as~c");
    row("{% firstof a b|c 'd' as e %}", "a~b|c~'d'");
    row("{% url 'a' b c=d|e as f %}", "'a'~b~d|e");
    row("{% widthratio a b|c d as e %}", "a~b|c~d");
    row("{% regroup a|b by c|d as e %}", "a|b~c|d");
    row("{% ifchanged a b|c %}{% else %}{% endifchanged %}", "a~b|c");
    row("{% filter a|b:'c d'|e %}{% endfilter %}", "a|b:'c d'|e");
    row("{% now 'Y|x' as y %}{% lorem a|b w random %}{% lorem w %}{% templatetag openblock %}", "a|b");
    row("{% lorem 3 w random|b %}", "random|b");
    row("{% cache 500 n a|b using='c' %}{% endcache %}", "500~a|b~'c'");
    row("{% trans 'a' context b|c as d noop %}", "'a'~b|c");
    row("{% blocktrans with a=b|c count d=e|f context g asvar h trimmed %}{% plural %}{% endblocktrans %}",
        "b|c~e|f~g");
    row("{% blocktrans count a|b as c with d as e and f as g %}{% plural %}{% endblocktrans %}", "a|b~d~f");
    row("{% language a|b %}{% endlanguage %}{% timezone c %}{% endtimezone %}", "a|b~c");
    row("{% get_language_info for a|b as c %}{% get_current_language as d %}", "a|b");
    row("{% static a|b as c %}{% get_static_prefix as d %}", "a|b");
    row("{% simple a|b c=d|e f= as g %}", "a|b~d|e~f=");
    row("{% inclusion a as b %}", "a~as~b");
    row("{% firstof _('a b') _(\"c\") %}", "_('a b')~_(\"c\")");
}

void TestArguments::compilesTheBitsThatDjangoCompiles()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, expressions);
    QCOMPARE(expressionsOf(text), expressions);
}

void TestArguments::whatIsNotCompiledHasNoExpressions_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("the body of a message") << std::string("{% blocktrans %}{{ a|b }}{% endblocktrans %}");
    QTest::newRow("a comment") << std::string("{% comment %}{{ a|b }}{% if c|d %}{% endcomment %}{# {{ e }} #}");
    QTest::newRow("verbatim") << std::string("{% verbatim %}{{ a|b }}{% endverbatim %}");
    QTest::newRow("a tag that was not read") << std::string("{% unread a|b %}");
    QTest::newRow("a tag that does not exist") << std::string("{% nope a|b %}");
    QTest::newRow("a translation without end") << std::string("{% firstof a|b _('x %}");
    QTest::newRow("arguments that are names") << std::string("{% load a|b %}{% block a|b %}{% endblock a|b %}");
}

void TestArguments::whatIsNotCompiledHasNoExpressions()
{
    QFETCH(const std::string, text);
    QCOMPARE(expressionsOf(text), std::string());
}

void TestArguments::filterRangesPointIntoTheFile()
{
    const std::string_view text = "{% filter one|two:3 %}{% regroup a|three by b|four as long_name_of_the_result %}"
                                  "{% blocktrans with x=y|five %}{% endblocktrans %}{% endfilter %}";
    const TemplateSyntax syntax = parse(text);
    const Structure structure = buildStructure(syntax, tests::AllTags());
    std::string names;
    for (std::uint32_t token = 0; token < syntax.tokens().size(); ++token) {
        for (const Expression &expression : compiledExpressions(syntax, structure, token)) {
            for (const FilterUse &filter : expression.filters) {
                QCOMPARE(syntax.slice(filter.range), std::string_view(filter.name));
                names += filter.name + ' ';
            }
        }
    }
    QCOMPARE(names, std::string("one two three four five "));
}

NUAGES_TEST(TestArguments)
#include "tst_arguments.moc"
