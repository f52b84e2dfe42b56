#include "app/places.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace nuages;
using app::Places;

class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithTheLineIndexInAnyOrder();
    void aByteOrderMarkIsNoColumn();
};

// The oracle counts from the start of the line each time.
void TestPlaces::agreeWithTheLineIndexInAnyOrder()
{
    std::mt19937 random(20261129);
    const std::vector<std::string> pieces = {"a", "ä", "東", "😀", "\xFF", "\n", "\r\n", "\t", "{% if %}"};
    for (int round = 0; round < 200; ++round) {
        std::string text;
        std::vector<std::uint32_t> bounds = {0};
        for (int i = 0; i < 60; ++i) {
            text += pieces[random() % pieces.size()];
            bounds.push_back(static_cast<std::uint32_t>(text.size()));
        }
        const source::LineIndex lines{source::Text(text)};
        Places places(lines);
        const auto expected = [&](std::uint32_t offset) {
            const source::Position position = lines.position(offset, source::ColumnUnit::CodePoint);
            return std::tuple(position.line + 1, position.column + 1, offset);
        };
        const auto actual = [](const app::Position &place) {
            return std::tuple(place.line, place.column, place.offset);
        };
        for (int i = 0; i < 40; ++i) {
            std::uint32_t begin = bounds[random() % bounds.size()];
            std::uint32_t end = bounds[random() % bounds.size()];
            if (begin > end)
                std::swap(begin, end);
            const app::Span span = places.span({begin, end});
            QVERIFY(actual(span.start) == expected(begin));
            QVERIFY(actual(span.end) == expected(end));
        }
    }
}

void TestPlaces::aByteOrderMarkIsNoColumn()
{
    const source::LineIndex lines{source::Text("\xEF\xBB\xBF"
                                               "ab\ncd")};
    Places places(lines);
    const app::Span first = places.span({3, 5});
    QCOMPARE(first.start.column, 1u);
    QCOMPARE(first.start.offset, 3u);
    QCOMPARE(first.end.column, 3u);
    QCOMPARE(places.span({6, 7}).start.column, 1u);
    QCOMPARE(places.span({0, 3}).end.column, 1u); // the mark itself
    QVERIFY(places.line(1).view() == "ab");
    QVERIFY(places.line(2).view() == "cd");
}

NUAGES_TEST(TestPlaces)
#include "tst_places.moc"
