#include "engine/template/characters.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages::templates;

class TestCharacters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spacesAreThoseOfPython();
    void wordCharactersAreThoseOfPython();
    void malformedBytesCountOneByOne();
    void readsBackwardsWhatItReadsForwards();
};

// What `[c for c in map(chr, range(0x110000)) if c.isspace()]` gives, and `re.findall(r"\s", …)` too.
void TestCharacters::spacesAreThoseOfPython()
{
    const std::u32string spaces = U"\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
                                  U"\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
    std::u32string found;
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (isSpace(c))
            found += c;
    }
    QVERIFY(found == spaces);
}

void TestCharacters::wordCharactersAreThoseOfPython()
{
    for (const char32_t c : U"aZ09_\u00e9\u65e5\u0663\u00b2\u00bd\u2167")
        QVERIFY(c == 0 || isWordCharacter(c));
    for (const char32_t c : U"-. $\u200b\u00a0\u20ac\u0301\ufeff")
        QVERIFY(c == 0 || !isWordCharacter(c));
    QVERIFY(isDecimalDigit(U'7') && isDecimalDigit(U'\u0663'));
    QVERIFY(!isDecimalDigit(U'\u00b2') && !isDecimalDigit(U'\u00bd'));
}

void TestCharacters::malformedBytesCountOneByOne()
{
    const std::string_view overlong = "\xc0\xaf";
    QCOMPARE(characterAt(overlong, 0).length, std::size_t(1));
    QCOMPARE(characterAt(overlong, 1).length, std::size_t(1));
    QCOMPARE(characterAt(overlong, 2).length, std::size_t(0));
    QCOMPARE(characterAt("\xe6\x97", 0).length, std::size_t(1));
}

void TestCharacters::readsBackwardsWhatItReadsForwards()
{
    const std::string_view text = "a\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80z";
    std::u32string forwards;
    for (std::size_t at = 0; at < text.size(); at += characterAt(text, at).length)
        forwards += characterAt(text, at).codePoint;
    std::u32string backwards;
    for (std::size_t end = text.size(); end > 0; end -= characterBefore(text, end).length)
        backwards.insert(backwards.begin(), characterBefore(text, end).codePoint);
    QVERIFY(forwards == U"a\u00e9\u65e5\U0001f600z");
    QVERIFY(backwards == forwards);
}

NUAGES_TEST(TestCharacters)
#include "tst_characters.moc"
