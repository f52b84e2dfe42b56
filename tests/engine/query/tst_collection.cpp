#include "engine/query/keytable.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <optional>
#include <set>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

/// A nanosecond goes by with each look, so that the looks can be counted.
class CountingClock final : public Clock
{
public:
    Instant now() override { return ++looks; }

    Instant looks = 0;
};

/// What a name stands for.
struct Meaning {
    static std::string run(Reader & /*db*/, const std::string &name) { return name + "!"; }
};

/// Reads the name that stands in the page.
struct MeaningOfPage {
    static std::string run(Reader &db, Page page) { return db.get<Meaning>(db.read<&PageData::text>(page)); }
};

/// The same, as a key of several parts.
struct MeaningOfLine {
    static std::string run(Reader &db, Page page, int /*line*/) { return db.get<MeaningOfPage>(page); }
};

/// Reads something durable, through a query of a key of its own.
struct LengthBecause {
    static std::size_t run(Reader &db, Page page, const std::string & /*why*/)
    {
        return db.read<&PageData::text>(page).size();
    }
};
struct DurableLength {
    static std::size_t run(Reader &db, Page page, int why) { return db.get<LengthBecause>(page, std::to_string(why)); }
};

/// Asks for nothing, or for the length of the durable page for the reason that its text names.
struct Chosen {
    static std::size_t run(Reader &db, Page chooser, Page durable)
    {
        const std::string &text = db.read<&PageData::text>(chooser);
        return text.empty() ? 0 : db.get<DurableLength>(durable, std::stoi(text));
    }
};

constexpr Collection often{.afterMemos = 1, .perCommit = 1'000'000'000, .askedWithin = 4};

std::uint64_t memosOf(const Engine &engine, std::string_view kind)
{
    for (const KindTotals &totals : engine.kinds()) {
        if (totals.name == kind)
            return totals.memos;
    }
    return 0;
}

} // namespace

class TestCollection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThatWereTypedDoNotStay();
    void whatIsReachableStays();
    void rootsOfSeveralPartsStayForAWhile();
    void aForgottenKeyMeansNothing();
    void aPlaceIsGivenAgainAndNeverForgetsThat();
    void whoLostWhatItReadRunsAgain_data();
    void whoLostWhatItReadRunsAgain();
    void aCommitSpendsNoMoreThanItMay();
    void whatIsGivenUpIsAnEvent();
};

void TestCollection::namesThatWereTypedDoNotStay()
{
    Engine engine;
    engine.setCollection(often);
    const Page page = makePage(engine, "a.html", "name");
    for (int name = 0; name < 2'000; ++name) {
        setText(engine, page, "name" + std::to_string(name));
        QCOMPARE(ask<MeaningOfPage>(engine, page), "name" + std::to_string(name) + "!");
    }
    QVERIFY2(memosOf(engine, "Meaning") < 10, "memos stay");
    QVERIFY(memosOf(engine, "Meaning") > 0);
    QCOMPARE(engine.counters<MeaningOfPage>().collected, std::uint64_t(0));
    // Numbers are given again: the last one is of a place near the beginning.
    QVERIFY(detail::placeOf(engine.keyOf<Meaning>("name1999").key) < 10);
}

void TestCollection::whatIsReachableStays()
{
    Engine engine;
    engine.setCollection(often);
    const Page still = makePage(engine, "still.html", "still");
    const Page typed = makePage(engine, "typed.html", "");
    ask<MeaningOfPage>(engine, still);
    for (int name = 0; name < 200; ++name) {
        setText(engine, typed, std::to_string(name));
        ask<MeaningOfPage>(engine, typed);
    }
    const Counters before = engine.counters();
    QVERIFY(before.collected > 100);
    QCOMPARE(ask<MeaningOfPage>(engine, still), std::string("still!"));
    QCOMPARE(engine.counters().executed, before.executed); // Nobody had asked for it for 200 revisions.
}

void TestCollection::rootsOfSeveralPartsStayForAWhile()
{
    Engine engine;
    engine.setCollection(often);
    const Page page = makePage(engine, "a.html", "a");
    const Page other = makePage(engine, "b.html", "b");
    ask<MeaningOfLine>(engine, page, 7);
    const auto collected = [&] { return engine.counters<MeaningOfLine>().collected; };
    for (int revision = 0; revision < 3; ++revision) {
        setText(engine, other, std::to_string(revision));
        ask<MeaningOfPage>(engine, other);
    }
    QCOMPARE(collected(), std::uint64_t(0));
    for (int revision = 0; revision < 8; ++revision) {
        setText(engine, other, "x" + std::to_string(revision));
        ask<MeaningOfPage>(engine, other);
    }
    QCOMPARE(collected(), std::uint64_t(1));
    QCOMPARE(ask<MeaningOfLine>(engine, page, 7), std::string("a!"));
}

void TestCollection::aForgottenKeyMeansNothing()
{
    Engine engine;
    engine.setCollection(often);
    const Page page = makePage(engine, "a.html", "first");
    ask<MeaningOfPage>(engine, page);
    const DependencyKey first = engine.keyOf<Meaning>("first");
    QVERIFY(engine.memo(first));
    for (const char *name : {"second", "third", "fourth", "fifth"}) { // Nobody needs "first" any more.
        setText(engine, page, name);
        ask<MeaningOfPage>(engine, page);
    }
    QVERIFY(!engine.memo(first));
    QCOMPARE(engine.describe(first), std::string("Meaning(forgotten)"));
    QCOMPARE(engine.nameOf(first).key, std::string("forgotten"));
    QVERIFY(engine.why(first).empty());

    std::optional<DependencyKey> successor; // Some name has its place now.
    for (const char *name : {"second", "third", "fourth", "fifth", "sixth", "seventh"}) {
        const DependencyKey key = engine.keyOf<Meaning>(name);
        if (detail::placeOf(key.key) == detail::placeOf(first.key))
            successor = key;
    }
    QVERIFY(successor);
    QVERIFY(*successor != first);
    QVERIFY(engine.describe(*successor) != engine.describe(first));
}

void TestCollection::aPlaceIsGivenAgainAndNeverForgetsThat()
{
    detail::KeyTable<std::string> table;
    const auto isUnused = [](std::uint32_t /*number*/) { return true; };
    std::set<std::uint32_t> numbers;
    for (int round = 0; round < 600; ++round) {
        QVERIFY(numbers.insert(table.numberOf(std::to_string(round))).second); // Never one that was.
        std::size_t forgotten = 0;
        for (unsigned shard = 0; shard < detail::KeyStore::shardCount; ++shard)
            forgotten += table.forgetUnused(shard, isUnused, [](std::uint32_t, std::uint32_t) { });
        QCOMPARE(forgotten, std::size_t(1));
    }
    QCOMPARE(table.places(), std::uint32_t(3)); // 255 keys each.
}

void TestCollection::whoLostWhatItReadRunsAgain_data()
{
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("the place is empty") << false;
    QTest::newRow("another key has the place") << true;
}

/// A memo that nobody can reach is asked for again between two steps of a round, when what it read is gone already.
void TestCollection::whoLostWhatItReadRunsAgain()
{
    QFETCH(bool, isTaken);
    CountingClock clock;
    Engine engine(clock);
    const Page durable = makePage(engine, "durable.html", "12345", Durability::High);
    const Page chooser = makePage(engine, "chooser.html", "1");
    ask<LengthBecause>(engine, durable, std::string("first")); // So that lengths come before who reads them.
    QCOMPARE(ask<Chosen>(engine, chooser, durable), std::size_t(5));
    const DependencyKey parent = engine.keyOf<DurableLength>(durable, 1);
    const DependencyKey child = engine.keyOf<LengthBecause>(durable, "1");
    engine.setCollection({.afterMemos = 1, .perCommit = 1, .askedWithin = 100'000});
    setText(engine, chooser, "");
    ask<Chosen>(engine, chooser, durable);

    int commits = 0;
    const auto commit = [&] {
        setText(engine, chooser, ++commits % 2 ? "2" : ""); // A memo that is new each time.
        ask<MeaningOfLine>(engine, chooser, commits);
        QVERIFY(commits < 10'000);
    };
    while (engine.memo(child))
        commit();
    QVERIFY(engine.memo(parent));
    const std::uint64_t executed = engine.counters().executed;
    QCOMPARE(ask<DurableLength>(engine, durable, 1), std::size_t(5));
    QCOMPARE(engine.counters().executed, executed); // Proved by its durability alone: what it read is not looked at.

    while (engine.describe(child) != "LengthBecause(forgotten)")
        commit();
    if (isTaken) {
        ask<LengthBecause>(engine, chooser, std::string("other"));
        QCOMPARE(detail::placeOf(engine.keyOf<LengthBecause>(chooser, "other").key), detail::placeOf(child.key));
    }
    engine.setWatching(true);
    setText(engine, durable, "1234567");
    QCOMPARE(ask<DurableLength>(engine, durable, 1), std::size_t(7));
    const std::vector<Event> events = engine.takeEvents();
    const auto ran = std::ranges::find_if(events, [parent](const Event &event) {
        return event.key == parent && event.what == Event::What::ExecutedChanged;
    });
    QVERIFY(ran != events.end());
    QCOMPARE(ran->reason, Reason::DependencyCollected);
    QCOMPARE(ran->cause, child);
}

void TestCollection::aCommitSpendsNoMoreThanItMay()
{
    CountingClock clock;
    Engine engine(clock);
    const Page page = makePage(engine, "a.html", "x");
    for (int name = 0; name < 3'000; ++name) {
        setText(engine, page, std::to_string(name));
        ask<MeaningOfPage>(engine, page);
    }
    engine.setCollection({.afterMemos = 1, .perCommit = 10, .askedWithin = 4});
    int commits = 0;
    for (; engine.counters<Meaning>().collected < 2'000; ++commits) {
        const Instant before = clock.looks;
        engine.write("nothing", [](Transaction & /*tx*/) { });
        QVERIFY2(clock.looks - before < 10 + 5, "a commit looks at the clock too often");
        QVERIFY(commits < 1'000);
    }
    QVERIFY2(commits > 5, "it was done at once");
}

void TestCollection::whatIsGivenUpIsAnEvent()
{
    Engine engine;
    engine.setCollection(often);
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "first");
    ask<MeaningOfPage>(engine, page);
    const DependencyKey first = engine.keyOf<Meaning>("first");
    for (const char *name : {"second", "third", "fourth", "fifth"}) {
        setText(engine, page, name);
        ask<MeaningOfPage>(engine, page);
    }
    const std::vector<Event> events = engine.takeEvents();
    const auto countOf = [&](Event::What what) {
        return std::ranges::count_if(events,
                                     [&](const Event &event) { return event.key == first && event.what == what; });
    };
    QCOMPARE(countOf(Event::What::ExecutedNew), 1);
    QCOMPARE(countOf(Event::What::Collected), 1);
}

NUAGES_TEST(TestCollection)
#include "tst_collection.moc"
