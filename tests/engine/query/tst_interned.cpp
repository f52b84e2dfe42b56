#include "engine/query/keytable.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <map>
#include <random>
#include <thread>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

using Word = Interned<std::string, struct WordTag>;
using Label = Interned<std::string, struct LabelTag>;
using Point = Interned<std::pair<int, std::vector<std::string>>>;

} // namespace

class TestInterned : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void n1_equalDataGivesEqualHandles();
    void n3_valueFromOutsideAQueryStaysForLaterRevisions();
    void tableAgreesWithAMap();
    void threadsAgreeOnTheNumber();
};

void TestInterned::n1_equalDataGivesEqualHandles()
{
    Engine engine;
    Reader db(engine.ticket());
    const Word word = db.intern<Word>(std::string("load"));
    QCOMPARE(db.intern<Word>(std::string_view("load")), word);
    QCOMPARE(db.intern<Word>("load"), word);
    QVERIFY(db.intern<Word>("loads") != word);
    QCOMPARE(db.value(word), std::string("load"));
    const Point point = db.intern<Point>(Point::Value{3, {"a", "b"}});
    QCOMPARE(db.intern<Point>(Point::Value{3, {"a", "b"}}), point);
    QVERIFY(db.intern<Point>(Point::Value{3, {"ab"}}) != point);
    static_assert(!std::is_convertible_v<Word, Label>); // Two kinds of names of one type stay apart.
}

void TestInterned::n3_valueFromOutsideAQueryStaysForLaterRevisions()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    const Word word = engine.intern<Word>("block");
    setText(engine, page, "y");
    Reader db(engine.ticket());
    QCOMPARE(db.value(word), std::string("block"));
    QCOMPARE(db.intern<Word>("block"), word);
}

void TestInterned::tableAgreesWithAMap()
{
    detail::KeyTable<std::string> table;
    std::map<std::string, std::uint32_t> known;
    std::mt19937 random(20261124);
    for (int step = 0; step < 50'000; ++step) {
        const std::string text = std::to_string(random() % 20'000);
        const std::uint32_t number = table.numberOf(text);
        QCOMPARE(known.try_emplace(text, number).first->second, number);
        QCOMPARE(table[number], text);
    }
    QCOMPARE(table.places(), known.size());
}

void TestInterned::threadsAgreeOnTheNumber()
{
    constexpr int words = 3000;
    detail::KeyTable<std::string> table;
    std::array<std::vector<std::uint32_t>, 3> numbers;
    std::vector<std::thread> threads;
    for (auto &mine : numbers) {
        threads.emplace_back([&table, &mine] {
            for (int word = 0; word < words; ++word)
                mine.push_back(table.numberOf(std::to_string(word)));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(numbers[1], numbers[0]);
    QCOMPARE(numbers[2], numbers[0]);
    QCOMPARE(table.places(), std::uint32_t(words));
}

NUAGES_TEST(TestInterned)
#include "tst_interned.moc"
