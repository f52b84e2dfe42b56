#include "engine/template/token.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>
#include <regex>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::templates;

class TestLexer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAsDjangoDoes_data();
    void cutsAsDjangoDoes();
    void linesAreThoseOfTextMode();
    void offsetsAreOfTheBytesOnDisk();
    void agreesWithTheRegularExpression();
    void manyOpenersOnOneLineStayLinear();
};

namespace {

/// "T" text, "V" variable, "B" block, "C" comment, each with its content in brackets.
std::string summaryOf(std::string_view text)
{
    std::string summary;
    for (const Token &token : tokenize(text)) {
        summary += "TVBC"[static_cast<int>(token.kind)];
        summary += '[' + std::string(text.substr(token.content.begin, token.content.size())) + ']';
    }
    return summary;
}

} // namespace

void TestLexer::cutsAsDjangoDoes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("tokens");
    const auto row = [](const char *name, std::string text, std::string tokens) {
        QTest::newRow(name) << std::move(text) << std::move(tokens);
    };
    row("nothing", "", "");
    row("one of each", "a{{ b }}{% c d %}{# e #}", "T[a]V[b]B[c d]C[e]");
    row("a line end inside makes text", "{{ a\nb }}{% c\r\nd %}", "T[{{ a\nb }}{% c\r\nd %}]");
    row("a lone CR is a line end", "{{ a\rb }}", "T[{{ a\rb }}]");
    row("the first opener wins", "{{ {% if x %} }}", "V[{% if x %}]");
    row("the first closer wins", "{% if x }}{% endif %}", "B[if x }}{% endif]");
    row("a variable swallows a half tag", "{{ x %}{{ y }}", "V[x %}{{ y]");
    row("an opener inside a comment", "{# {{ #}", "C[{{]");
    row("an opener without closer", "{# a\n{{ b }}", "T[{# a\n]V[b]");
    row("a brace before an opener", "{{{ a }}", "V[{ a]");
    row("a brace after a closer", "{{ a }}}", "V[a]T[}]");
    row("empty tags", "{{}}{%%}{##}", "V[]B[]C[]");
    row("braces that overlap", "{%}{{}", "T[{%}{{}]");
    row("too short at the end", "a{{}", "T[a{{}]");
    row("closers in quotes count", "{% if '%}' %}", "B[if ']T[' %}]");
    row("Unicode white space is stripped", "{{\xc2\xa0x\xe3\x80\x80}}{%\xc2\x85y\x1c%}", "V[x]B[y]");
    row("ZWSP and BOM are not", "{{\xe2\x80\x8bx\xef\xbb\xbf}}", "V[\xe2\x80\x8bx\xef\xbb\xbf]");
    row("a BOM at the start is text", "\xef\xbb\xbf{{ x }}", "T[\xef\xbb\xbf]V[x]");
    row("bytes that are not UTF-8", "\xff{{ \x80x }}", "T[\xff]V[\x80x]");
    row("verbatim", "{% verbatim %}{{ a }}{% b %}{# c #}{% endverbatim %}{{ d }}",
        "B[verbatim]T[{{ a }}]T[{% b %}]T[{# c #}]B[endverbatim]V[d]");
    row("a named verbatim", "{% verbatim m %}{% endverbatim %}{% endverbatim m %}",
        "B[verbatim m]T[{% endverbatim %}]B[endverbatim m]");
    row("two blanks need two blanks", "{% verbatim  a %}{% endverbatim a %}{% endverbatim  a %}",
        "B[verbatim  a]T[{% endverbatim a %}]B[endverbatim  a]");
    row("a tab hides verbatim from the lexer", "{% verbatim\ta %}{{ b }}{% endverbatim %}",
        "B[verbatim\ta]V[b]B[endverbatim]");
    row("verbatim is a whole word", "{% verbatims %}{{ a }}", "B[verbatims]V[a]");
    row("verbatim does not nest", "{% verbatim %}{% verbatim %}{% endverbatim %}{{ a }}",
        "B[verbatim]T[{% verbatim %}]B[endverbatim]V[a]");
}

void TestLexer::cutsAsDjangoDoes()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, tokens);
    QCOMPARE(summaryOf(text), tokens);
}

void TestLexer::linesAreThoseOfTextMode()
{
    std::vector<std::uint32_t> lines;
    for (const Token &token : tokenize("{{a}}\n{{b}}\r\n{{c}}\r{{d}}\n\r{{e}}")) {
        if (token.kind == Token::Kind::Variable)
            lines.push_back(token.line);
    }
    QCOMPARE(lines, (std::vector<std::uint32_t>{1, 2, 3, 4, 6}));
}

void TestLexer::offsetsAreOfTheBytesOnDisk()
{
    const std::vector<Token> tokens = tokenize("\xc3\xa9\r\n{{ x }}");
    QCOMPARE(tokens.size(), std::size_t(2));
    QCOMPARE(tokens[1].range, (source::Range{4, 11}));
    QCOMPARE(tokens[1].content, (source::Range{7, 8}));
}

// The oracle is Django's own expression, on texts made of the characters that matter.
void TestLexer::agreesWithTheRegularExpression()
{
    const std::regex tag(R"(\{%[^\n\r]*?%\}|\{\{[^\n\r]*?\}\}|\{#[^\n\r]*?#\})");
    std::mt19937 random(20261124);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto length = random() % 60; length > 0; --length)
            text += "{{{}}}%%##a \n\r"[random() % 14];
        std::vector<source::Range> expected;
        for (std::sregex_iterator it(text.begin(), text.end(), tag); it != std::sregex_iterator(); ++it) {
            const auto begin = static_cast<std::uint32_t>(it->position());
            expected.push_back({begin, begin + static_cast<std::uint32_t>(it->length())});
        }
        std::vector<source::Range> found;
        std::uint32_t end = 0;
        for (const Token &token : tokenize(text)) {
            QCOMPARE(token.range.begin, end); // No gap, no overlap.
            QVERIFY(!token.range.isEmpty());
            end = token.range.end;
            if (token.kind != Token::Kind::Text)
                found.push_back(token.range);
        }
        QCOMPARE(end, static_cast<std::uint32_t>(text.size()));
        QVERIFY2(found == expected, text.c_str());
    }
}

// A search through the rest of the line for each opener would take hours.
void TestLexer::manyOpenersOnOneLineStayLinear()
{
    std::string text;
    for (int i = 0; i < 1'000'000; ++i)
        text += "{{{%{#";
    QCOMPARE(tokenize(text).size(), std::size_t(1));
}

NUAGES_TEST(TestLexer)
#include "tst_lexer.moc"
