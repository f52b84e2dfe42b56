#include "engine/query/keytable.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <array>
#include <cstddef>
#include <format>
#include <latch>
#include <map>
#include <random>
#include <thread>
#include <vector>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

using Word = Interned<std::string, struct WordTag>;
using Label = Interned<std::string, struct LabelTag>;
using Point = Interned<std::pair<int, std::vector<std::string>>>;

/// Runs `work(0)` to `work(count - 1)`, each on a thread of its own, all at once.
void onThreads(std::size_t count, const auto &work)
{
    std::latch ready(static_cast<std::ptrdiff_t>(count));
    std::vector<std::thread> threads;
    for (std::size_t thread = 0; thread < count; ++thread) {
        threads.emplace_back([&ready, &work, thread] {
            ready.arrive_and_wait();
            work(thread);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace

class TestInterned : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void n1_equalDataGivesEqualHandles();
    void n3_valueFromOutsideAQueryStaysForLaterRevisions();
    void tableAgreesWithAMap();
    void threadsAgreeOnTheNumber();
    void threadsGiveEachValueItsOwnPlace();
    void readersMakeInputsAtOnce();
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

void TestInterned::threadsGiveEachValueItsOwnPlace()
{
    constexpr int words = 20'000;
    detail::KeyTable<std::string> table;
    std::array<std::vector<std::uint32_t>, 3> numbers;
    const auto wordOf = [](std::size_t thread, int word) { return std::format("{} {}", thread, word); };
    onThreads(numbers.size(), [&](std::size_t thread) {
        for (int word = 0; word < words; ++word)
            numbers[thread].push_back(table.numberOf(wordOf(thread, word)));
    });
    QCOMPARE(table.places(), std::uint32_t(numbers.size() * words));
    for (std::size_t thread = 0; thread < numbers.size(); ++thread) {
        for (int word = 0; word < words; ++word)
            QCOMPARE(table[numbers[thread][static_cast<std::size_t>(word)]], wordOf(thread, word));
    }
}

void TestInterned::readersMakeInputsAtOnce()
{
    constexpr int pages = 20'000;
    Engine engine;
    std::array<std::vector<Page>, 3> made;
    std::vector<Ticket> tickets;
    for (std::size_t thread = 0; thread < made.size(); ++thread)
        tickets.push_back(engine.ticket());
    onThreads(made.size(), [&](std::size_t thread) {
        Reader db(std::move(tickets[thread]));
        for (int page = 0; page < pages; ++page)
            made[thread].push_back(db.create<Page>({"", std::format("{} {}", thread, page), ""}));
    });
    Reader db(engine.ticket());
    for (std::size_t thread = 0; thread < made.size(); ++thread) {
        for (int page = 0; page < pages; ++page)
            QCOMPARE(db.read<&PageData::text>(made[thread][static_cast<std::size_t>(page)]),
                     std::format("{} {}", thread, page));
    }
}

NUAGES_TEST(TestInterned)
#include "tst_interned.moc"
