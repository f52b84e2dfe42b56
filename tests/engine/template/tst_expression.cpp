#include "engine/template/expression.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace nuages;
using namespace nuages::templates;

class TestExpression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatDjangoAccepts_data();
    void acceptsWhatDjangoAccepts();
    void findsTheFiltersThatDjangoLooksUp_data();
    void findsTheFiltersThatDjangoLooksUp();
    void rangesAreThoseOfTheFile();
};

void TestExpression::acceptsWhatDjangoAccepts_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *text, bool valid) { QTest::addRow("%s", text) << std::string(text) << valid; };
    for (const char *text : {"a",          "a.b.0",     "a..b",   "a.",        ".a",
                             "1abc",       "1.2.3",     "1_000",  "+1",        "-1.5",
                             "1e5",        "1e-5",      "+1_0.5", "-.5",       "\xc3\xa9.\xe6\x97\xa5",
                             "\xd9\xa3",   "-\xd9\xa3", "''",     "\"a b\"",   "_('a')",
                             "'a\\'b'",    "a|b",       "a | b",  "a|b:c",     "a|b:'c d'|e",
                             "a|b:_('c')", "a|b:-1",    "'x'|b",  "a|b:\"}\"", "a |  b:c |d"})
        row(text, true);
    for (const char *text :
         {"",        "|a",     "a b",  "a|",  "a|b:",   "a|b: c", "a |b :c", "a||b", "a|b c", "a|-b", "_a",
          "a._b",    "a|b:_c", "-a",   "a-b", "1-2",    "+",      "'a",      "\"a'", "_('a'", "_(a)", "_ ('a')",
          "a|b:c d", "(a)",    "a[0]", "a=b", "a|b:'c", "2.e-",   "1e-",     "-1_",  "-1__0", "-_1"})
        row(text, false);
}

void TestExpression::acceptsWhatDjangoAccepts()
{
    QFETCH(const std::string, text);
    QFETCH(const bool, valid);
    QCOMPARE(parseExpression(text, 0).valid, valid);
}

void TestExpression::findsTheFiltersThatDjangoLooksUp_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("filters");
    const auto row = [](const char *name, const char *text, const char *filters) {
        QTest::newRow(name) << std::string(text) << std::string(filters);
    };
    row("a chain", "a|b|c:d|e:'f'", "b c e");
    row("a remainder is seen after the filters", "a|b:", "b");
    row("so is a blank after a colon", "a|b: c|d", "b");
    row("a gap is seen before the next filter", "a|b c|d", "b");
    row("an underscore in an argument is seen before its filter", "a|b|c:_d", "b");
    row("nothing is looked up for a value that fails", "_a|b", "");
    row("nor without a value", "|b", "");
    row("names may be of any script", "a|\xc3\xa9t\xc3\xa9:1", "\xc3\xa9t\xc3\xa9");
}

void TestExpression::findsTheFiltersThatDjangoLooksUp()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, filters);
    std::string found;
    for (const FilterUse &filter : parseExpression(text, 0).filters)
        found += (found.empty() ? "" : " ") + filter.name;
    QCOMPARE(found, filters);
}

void TestExpression::rangesAreThoseOfTheFile()
{
    const Expression expression = parseExpression("a.b | cut:'x' | upper", 10);
    QCOMPARE(expression.range, (source::Range{10, 31}));
    QCOMPARE(expression.operand, Expression::Operand::Variable);
    QCOMPARE(expression.operandRange, (source::Range{10, 13}));
    QCOMPARE(expression.filters,
             (std::vector<FilterUse>{{"cut", {16, 19}, source::Range{20, 23}}, {"upper", {26, 31}, std::nullopt}}));
}

NUAGES_TEST(TestExpression)
#include "tst_expression.moc"
