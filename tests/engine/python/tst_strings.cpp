#include "engine/python/strings.h"
#include "tests/engine/python/python3.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages::python;
using namespace nuages::tests;

namespace {

Node expressionOf(const SyntaxTree &tree)
{
    const std::vector<Node> statements = tree.root().children();
    return statements.empty() ? Node() : statements.front().children().front();
}

std::string quoted(const std::optional<std::string> &value)
{
    if (!value)
        return "none";
    return "'" + QString::fromStdString(*value).toUtf8().toHex().toStdString() + "'";
}

} // namespace

class TestStrings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithPython_data();
    void agreeWithPython();
    void lineEndsAreLf();
    void whatIsNoTextHasNoValue_data();
    void whatIsNoTextHasNoValue();
    void anFStringIsTextAndExpressions();
};

void TestStrings::agreeWithPython_data()
{
    QTest::addColumn<QString>("literal"); // on one line; \n in it is an escape of Python's
    for (const char *literal : {R"('a')",
                                R"("it's")",
                                R"('it\'s')",
                                R"('''a'b''')",
                                R"("""a"b""")",
                                R"(r'\d\'')",
                                R"(R"a\nb")",
                                R"(u'x')",
                                R"('\n\t\r\a\b\f\v\\')",
                                R"('\x41\u00e9\U0001F600')",
                                R"('\101\0\12\1234')",
                                R"('\8\q\d\ ')",
                                R"('a' "b" r'\c' u'd')",
                                R"(('a' 'b'))",
                                R"((('a')))",
                                R"('')",
                                R"("" '' """""")",
                                R"(f'a{{b}}c')",
                                R"(f'' 'x' f"y")",
                                R"(rf'\d{{1}}')",
                                R"('é日')",
                                R"('{x}')",
                                R"('%s')",
                                R"('\
')"}) {
        const QString text = QString::fromUtf8(literal);
        if (!text.contains(QLatin1Char('\n')))
            QTest::newRow(literal) << text;
    }
}

void TestStrings::agreeWithPython()
{
    QFETCH(QString, literal);
    const QStringList lines = python3(
        "import sys\nfor line in sys.stdin:\n    print(\"'\" + eval(line).encode().hex() + \"'\")\n", {literal});
    const SyntaxTree tree = SyntaxTree::parse(literal.toStdString());
    QCOMPARE(quoted(stringValue(expressionOf(tree))), lines.value(0).toStdString());
}

void TestStrings::lineEndsAreLf()
{
    const SyntaxTree tree = SyntaxTree::parse("'''a\r\nb\rc\nd\\\r\ne\\\nf'''");
    QCOMPARE(stringValue(expressionOf(tree)), "a\nb\nc\ndef");
}

void TestStrings::whatIsNoTextHasNoValue_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *text : {"b'a'", "'a' b'b'", "f'{x}'", "f'a{1}'", "x", "1", "'a' + 'b'", "('a', 'b')",
                             "'\\N{BULLET}'", "'\\x4'", "'\\ud800'"})
        QTest::newRow(text) << std::string(text);
}

void TestStrings::whatIsNoTextHasNoValue()
{
    QFETCH(std::string, text);
    const SyntaxTree tree = SyntaxTree::parse(text);
    QCOMPARE(stringValue(expressionOf(tree)), std::nullopt);
}

void TestStrings::anFStringIsTextAndExpressions()
{
    const SyntaxTree tree = SyntaxTree::parse("f'a{x}{{{y!s}' 'b' f'{z.w}'");
    const auto parts = stringParts(expressionOf(tree));
    QVERIFY(parts);
    std::string shown;
    for (const StringPart &part : *parts)
        shown += part.expression ? "<" + std::string(part.expression.text()) + ">" : part.text;
    QCOMPARE(shown, "a<x>{<y>b<z.w>");
    for (const char *text : {"f'{x:>3}'", "f'{x!r}'", "f'{x=}'"}) {
        const SyntaxTree formatted = SyntaxTree::parse(text);
        QVERIFY2(!stringParts(expressionOf(formatted)), text);
    }
}

NUAGES_TEST(TestStrings)
#include "tst_strings.moc"
