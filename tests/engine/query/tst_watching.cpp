#include "engine/query/eventring.h"
#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <map>
#include <set>
#include <thread>

using namespace nuages::query;
using namespace nuages::tests;

// Of the same name in two namespaces; so are the inputs.
namespace garden {
struct BedData {
    int plants = 0;
};
using Bed = Input<BedData, &BedData::plants>;
struct Size {
    static int run(Reader &db, Bed bed) { return db.read<&BedData::plants>(bed); }
};
} // namespace garden

namespace bedroom {
struct BedData {
    int pillows = 0;
    int blankets = 0;
};
using Bed = Input<BedData, &BedData::pillows, &BedData::blankets>;
struct Size {
    static int run(Reader &db, Bed bed) { return db.read<&BedData::pillows>(bed) + db.read<&BedData::blankets>(bed); }
};
} // namespace bedroom

namespace {

/// Each look at it is one tick later.
class TickingClock final : public Clock
{
public:
    Instant now() override { return ++m_now; }

private:
    std::atomic<Instant> m_now{0};
};

struct Shown {
    static constexpr std::string_view shownAs = "Template";
    static long run(Reader &db, Page page) { return db.get<LineCount>(page); }
};

struct Place {
    int line = 0;

    friend bool operator==(const Place &, const Place &) = default;
};

std::string describe(const Place &place) { return "line " + std::to_string(place.line); }

struct Mute {
    friend bool operator==(const Mute &, const Mute &) = default;
};

struct IsOverTwo {
    static bool run(Reader &db, Page page) { return db.get<LineCount>(page) > 2; }
};
struct AllWords {
    static std::vector<std::string> run(Reader &db, Page page)
    {
        return {"first", db.read<&PageData::text>(page), std::string(200, 'x')};
    }
};
struct Longest {
    static std::optional<Place> run(Reader &db, Page page)
    {
        const long count = db.get<LineCount>(page);
        return count > 1 ? std::optional(Place{int(count)}) : std::nullopt;
    }
};
struct Mutes {
    static std::vector<Mute> run(Reader &db, Page page)
    {
        return std::vector<Mute>(std::size_t(db.get<LineCount>(page)));
    }
};
struct OneMute {
    static Mute run(Reader & /*db*/, Page /*page*/) { return {}; }
};
struct Itself {
    static Page run(Reader & /*db*/, Page page) { return page; }
};

template <class Q>
std::string valueOf(Engine &engine, Page page)
{
    {
        Reader db(engine.ticket());
        db.get<Q>(page);
    }
    return engine.memo(engine.keyOf<Q>(page))->value;
}

detail::EventRecord recordOf(Event::What what, std::uint64_t sequence)
{
    detail::EventRecord record{};
    record.what = what;
    record.sequence = sequence;
    return record;
}

} // namespace

class TestWatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void executionCarriesReasonCauseParentRequestAndDuration();
    void validationByDurabilityNamesWhoNeededIt();
    void whyChainNeedsNoLog();
    void hitIsCountedAndIsNoEvent();
    void twoOfOneNameAreToldApart();
    void watchingChangesNothing();
    void countersOfOpenReadersAreAddedWhenTheyClose();
    void ringDropsValidationsFirstAndCountsExactly();
    void ringGivesEveryRecordOnceAndInOrder();
    void theOwnersEventsHaveABound();
    void queryMayChooseTheNameItIsShownBy();
    void aValueHasAShortFormForPeople();
    void aShortFormIsCutBetweenCodePoints();
};

void TestWatching::executionCarriesReasonCauseParentRequestAndDuration()
{
    TickingClock clock;
    Engine engine(clock);
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "x");
    ask<IsOverTwo>(engine, page);
    setText(engine, page, "x\ny\nz");
    engine.takeEvents();
    {
        Reader db(engine.ticket(42));
        db.get<IsOverTwo>(page);
    }
    const std::vector<Event> events = engine.takeEvents();
    QCOMPARE(events.size(), 2u);
    const Event &inner = events[0];
    QCOMPARE(inner.key, engine.keyOf<LineCount>(page));
    QCOMPARE(inner.reason, Reason::DependencyChanged);
    QCOMPARE(inner.cause, engine.keyOf<&PageData::text>(page));
    QCOMPARE(inner.parent, engine.keyOf<IsOverTwo>(page));
    QCOMPARE(inner.request, RequestId(42));
    QCOMPARE(inner.revision, Revision(2));
    QCOMPARE(inner.since, Revision(1));
    QCOMPARE(inner.durationNs, Instant(1));
    const Event &outer = events[1];
    QCOMPARE(outer.cause, engine.keyOf<LineCount>(page));
    QCOMPARE(outer.parent, DependencyKey());
    QVERIFY(inner.sequence < outer.sequence);
}

// Who is proved by its durability needs no claim, so it is not on the stack of those that need each other.
void TestWatching::validationByDurabilityNamesWhoNeededIt()
{
    Engine engine;
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "x", Durability::High);
    const auto openRevision = [&engine] {
        engine.write("other", [](Transaction &tx) { tx.touch(Durability::Low); });
        engine.takeEvents();
    };
    ask<LineCount>(engine, page);
    openRevision();
    ask<LineCount>(engine, page);
    const std::vector<Event> alone = engine.takeEvents();
    QCOMPARE(alone.size(), 1u);
    QCOMPARE(alone[0].what, Event::What::ValidatedShallow);
    QCOMPARE(alone[0].parent, DependencyKey());
    openRevision();
    ask<IsOverTwo>(engine, page);
    const std::vector<Event> inside = engine.takeEvents();
    QCOMPARE(inside.size(), 2u);
    QCOMPARE(inside[0].what, Event::What::ValidatedShallow);
    QCOMPARE(inside[0].parent, engine.keyOf<IsOverTwo>(page));
    QCOMPARE(inside[1].parent, DependencyKey());
}

void TestWatching::whyChainNeedsNoLog()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    ask<IsOverTwo>(engine, page);
    QCOMPARE(engine.why(engine.keyOf<IsOverTwo>(page)),
             (std::vector<WhyStep>{{engine.keyOf<IsOverTwo>(page), Reason::NeverComputed, 1}}));
    setText(engine, page, "x\ny\nz");
    ask<IsOverTwo>(engine, page);
    QCOMPARE(engine.why(engine.keyOf<IsOverTwo>(page)),
             (std::vector<WhyStep>{{engine.keyOf<IsOverTwo>(page), Reason::DependencyChanged, 2},
                                   {engine.keyOf<LineCount>(page), Reason::DependencyChanged, 2},
                                   {engine.keyOf<&PageData::text>(page), Reason::DependencyChanged, 2}}));
    QCOMPARE(engine.why(engine.keyOf<Shown>(page)).size(), 0u); // Never asked for.
}

void TestWatching::hitIsCountedAndIsNoEvent()
{
    Engine engine;
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "x");
    {
        Reader db(engine.ticket());
        for (int time = 0; time < 5; ++time)
            db.get<LineCount>(page);
    }
    QCOMPARE(takeLog(engine), Log{"ExecutedNew LineCount(a.html)"});
    QCOMPARE(engine.counters("LineCount").hits, 4u);
}

void TestWatching::twoOfOneNameAreToldApart()
{
    Engine engine;
    garden::Bed bed;
    std::vector<bedroom::Bed> beds;
    engine.write("make", [&](Transaction &tx) {
        bed = tx.create<garden::Bed>({12});
        beds = {tx.create<bedroom::Bed>({2, 1}), tx.create<bedroom::Bed>({1, 1})};
    });
    QCOMPARE(ask<garden::Size>(engine, bed), 12);
    for (const bedroom::Bed each : beds)
        ask<bedroom::Size>(engine, each);
    QCOMPARE(engine.counters("garden::Size").executed, 1u);
    QCOMPARE(engine.counters("bedroom::Size").executed, 2u);
    QCOMPARE(engine.counters<garden::Size>().executed, 1u);
    QCOMPARE(engine.counters<bedroom::Size>().executed, 2u);
    QCOMPARE(engine.counters("Size").executed, 3u); // All that are called so.
    QCOMPARE(engine.counters("room::Size").executed, 0u);
    QCOMPARE(engine.counters<LineCount>(), Counters());

    std::map<std::string_view, std::uint64_t> memos;
    for (const KindTotals &kind : engine.kinds())
        memos.emplace(kind.name, kind.memos);
    QCOMPARE(memos,
             (std::map<std::string_view, std::uint64_t>{
                 {"garden::BedData", 1u}, {"bedroom::BedData", 2u}, {"garden::Size", 1u}, {"bedroom::Size", 2u}}));

    Engine other; // There, there is but one.
    const auto make = [&](Transaction &tx) { bed = tx.create<garden::Bed>({12}); };
    other.write("make", make);
    ask<garden::Size>(other, bed);
    std::set<std::string_view> names;
    for (const KindTotals &kind : other.kinds())
        names.insert(kind.name);
    QCOMPARE(names, (std::set<std::string_view>{"BedData", "Size"}));
}

void TestWatching::watchingChangesNothing()
{
    const auto countersAfterAStory = [](bool watching) {
        Engine engine;
        engine.setWatching(watching);
        const Page page = makePage(engine, "a.html", "x");
        for (const char *text : {"y", "y\n\n", "z\n\n", "z\n\n"}) {
            ask<IsOverTwo>(engine, page);
            setText(engine, page, text);
        }
        ask<IsOverTwo>(engine, page);
        return engine.counters();
    };
    QCOMPARE(countersAfterAStory(true), countersAfterAStory(false));
}

void TestWatching::countersOfOpenReadersAreAddedWhenTheyClose()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    {
        Reader db(engine.ticket());
        db.get<LineCount>(page);
        QCOMPARE(engine.counters(), Counters());
    }
    QCOMPARE(engine.counters("LineCount").executed, 1u);
    QCOMPARE(engine.counters().executed, 1u);
}

void TestWatching::ringDropsValidationsFirstAndCountsExactly()
{
    using What = Event::What;
    detail::EventRing ring;
    for (std::size_t at = 0; at < ring.capacity; ++at)
        ring.push(recordOf(What::ValidatedDeep, at));
    QCOMPARE(ring.dropped(), (detail::DropCounts{ring.capacity - ring.roomForValidations, 0}));
    for (std::size_t at = 0; at < ring.capacity; ++at)
        ring.push(recordOf(What::ExecutedNew, at));
    QCOMPARE(ring.dropped(), (detail::DropCounts{ring.capacity - ring.roomForValidations, ring.roomForValidations}));
    std::vector<detail::EventRecord> taken;
    ring.take(taken);
    QCOMPARE(taken.size(), ring.capacity);
    QCOMPARE(std::ranges::count(taken, What::ExecutedNew, &detail::EventRecord::what),
             std::ptrdiff_t(ring.capacity - ring.roomForValidations));
    ring.push(recordOf(What::ValidatedShallow, 1)); // There is room again.
    QCOMPARE(ring.dropped().validations, ring.capacity - ring.roomForValidations);
}

void TestWatching::ringGivesEveryRecordOnceAndInOrder()
{
    constexpr std::uint64_t count = 200'000;
    detail::EventRing ring;
    std::thread producer([&ring] {
        for (std::uint64_t at = 0; at < count; ++at)
            ring.push(recordOf(Event::What::ExecutedNew, at + 1));
    });
    std::vector<detail::EventRecord> taken;
    while (taken.size() + ring.dropped().others < count)
        ring.take(taken);
    producer.join();
    ring.take(taken);
    QCOMPARE(taken.size() + ring.dropped().others, count);
    for (std::size_t at = 1; at < taken.size(); ++at)
        QVERIFY(taken[at - 1].sequence < taken[at].sequence);
}

void TestWatching::queryMayChooseTheNameItIsShownBy()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    ask<Shown>(engine, page);
    QCOMPARE(engine.describe(engine.keyOf<Shown>(page)), std::string("Template(a.html)"));
    QCOMPARE(engine.counters("Template").executed, 1u);
}

void TestWatching::aValueHasAShortFormForPeople()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "one\n\"two\"");
    QCOMPARE(valueOf<LineCount>(engine, page), std::string("2"));
    QCOMPARE(valueOf<IsOverTwo>(engine, page), std::string("false"));
    QCOMPARE(valueOf<Longest>(engine, page), std::string("line 2"));
    QCOMPARE(valueOf<Mutes>(engine, page), std::string("2"));
    QCOMPARE(valueOf<OneMute>(engine, page), std::string());
    QCOMPARE(valueOf<Itself>(engine, page), std::string("a.html"));
    const std::string words = valueOf<AllWords>(engine, page);
    QVERIFY(words.starts_with(R"(3: "first", "one\n\"two\"", "xxx)"));
    QVERIFY(words.ends_with("…"));
    QCOMPARE(words.size(), shortFormBytes);
    engine.write("empty", [&](Transaction &tx) { tx.set<&PageData::text>(page, ""); });
    QCOMPARE(valueOf<Longest>(engine, page), std::string("nothing"));
}

void TestWatching::aShortFormIsCutBetweenCodePoints()
{
    for (std::size_t bytes = 3; bytes < 12; ++bytes) {
        const std::string form = quoted("ääää", bytes);
        QVERIFY(form.size() <= std::max<std::size_t>(bytes, 3));
        QVERIFY(QString::fromStdString(form).toStdString() == form);
    }
    QCOMPARE(quoted("ääää", 10), std::string("\"ääää\""));
    QCOMPARE(quoted("ääää", 9), std::string("\"ää…"));
    QCOMPARE(quoted("a\tb"), std::string("\"a b\""));
}

void TestWatching::theOwnersEventsHaveABound()
{
    constexpr std::size_t room = detail::Ledger::ownersRoom;
    Engine engine;
    engine.setWatching(true);
    for (std::size_t commit = 0; commit < room + 5; ++commit)
        engine.write("nothing", [](Transaction & /*tx*/) { });
    QCOMPARE(engine.droppedEvents().others, std::uint64_t(5));
    QCOMPARE(engine.takeEvents().size(), room);
    engine.write("one more", [](Transaction & /*tx*/) { });
    QCOMPARE(engine.takeEvents().back().label, std::string("one more"));
    QCOMPARE(engine.droppedEvents().others, std::uint64_t(5));
}

NUAGES_TEST(TestWatching)
#include "tst_watching.moc"
