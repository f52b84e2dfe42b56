#include "engine/template/bits.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace nuages;
using namespace nuages::templates;

class TestBits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsAsDjangoDoes_data();
    void splitsAsDjangoDoes();
    void rangesAreThoseOfTheFile();
    void wordsKnowNoQuotes();
};

void TestBits::splitsAsDjangoDoes_data()
{
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("bits"); // separated by "~"
    QTest::addColumn<bool>("complete");
    const auto row = [](const char *name, const char *content, const char *bits, bool complete = true) {
        QTest::newRow(name) << std::string(content) << std::string(bits) << complete;
    };
    row("words", "if a  b", "if~a~b");
    row("quotes keep blanks", "a 'b c' \"d e\"", "a~'b c'~\"d e\"");
    row("quotes inside a word", "x|default:'b c'|y z", "x|default:'b c'|y~z");
    row("an escaped quote", R"(a "b\" c" d)", R"(a~"b\" c"~d)");
    row("a quote that is not closed", "a 'b c", "a~'b~c");
    row("after a closed one", "a 'b''c d", "a~'b'~'c~d");
    row("quotes of two kinds", "a'b\"c' \"d'e\"", "a'b\"c'~\"d'e\"");
    row("a backslash at the end", "a 'b\\", "a~'b\\");
    row("white space of Unicode",
        "a\xc2\xa0"
        "b\xe3\x80\x80"
        "c",
        "a~b~c");
    row("a translation", "trans _(\"a b\") c", "trans~_(\"a b\")~c");
    row("a translation with a filter", "t _(\"a\")|f b _(\"c\")", "t~_(\"a\")|f b _(\"c\")");
    row("blanks are joined as one", "t _('a'|f   b')", "t~_('a'|f b')");
    row("a translation without an end", "firstof _(\"x", "firstof~_(\"x", false);
}

void TestBits::splitsAsDjangoDoes()
{
    QFETCH(const std::string, content);
    QFETCH(const std::string, bits);
    QFETCH(const bool, complete);
    const Bits found = splitContents(content, 0);
    std::string joined;
    for (const Bit &bit : found.pieces)
        joined += (joined.empty() ? "" : "~") + bit.text;
    QCOMPARE(joined, bits);
    QCOMPARE(found.complete, complete);
}

void TestBits::rangesAreThoseOfTheFile()
{
    const Bits found = splitContents("if  'a b'", 3);
    QCOMPARE(found.pieces, (std::vector<Bit>{{"if", {3, 5}}, {"'a b'", {7, 12}}}));
}

void TestBits::wordsKnowNoQuotes()
{
    QCOMPARE(splitWords("load 'a b'", 0), (std::vector<Bit>{{"load", {0, 4}}, {"'a", {5, 7}}, {"b'", {8, 10}}}));
}

NUAGES_TEST(TestBits)
#include "tst_bits.moc"
