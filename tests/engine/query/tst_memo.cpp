#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>
#include <variant>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

struct Site {
    static int run(Reader &) { return 7; }
};

using Tag = Interned<std::string, struct TagOfMemoTest>;

struct TagLength {
    static std::size_t run(Reader &db, Tag tag) { return db.value(tag).size(); }
};

struct Occurs {
    static bool run(Reader &db, Page page, std::string word) { return db.read<&PageData::text>(page).contains(word); }
};

using PageOrTag = std::variant<Page, Tag>;

struct KindOfKey {
    static std::size_t run(Reader &, PageOrTag key) { return key.index(); }
};

struct Both {
    static long run(Reader &db, Page first, Page second)
    {
        return db.get<LineCount>(first) + db.get<LineCount>(second);
    }
};

/// Reads its page, then asks for the length only if the text has a line break: its dependencies change.
struct Careful {
    static long run(Reader &db, Page page)
    {
        return db.read<&PageData::text>(page).contains('\n') ? db.get<LineCount>(page) : 0;
    }
};

struct Words {
    static std::vector<std::string> run(Reader &db, Page page) { return {db.read<&PageData::text>(page).substr(0, 1)}; }
};

/// Reads many things, most of them twice.
struct Everything {
    static long run(Reader &db, Page first, int count)
    {
        long sum = 0;
        for (int round = 0; round < 2; ++round) {
            for (int at = 0; at < count; ++at)
                sum += db.get<LineCount>(Page{first.index + static_cast<std::uint32_t>(at)});
        }
        return sum;
    }
};

} // namespace

class TestMemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoEnginesAreReadOnOneThread();
    void b1_equalValueStopsTheReRun();
    void b2_writeThatNobodyReadExecutesNothing();
    void b5_queryWithoutKeyRunsOnce();
    void b6_severalArgumentsAreOneKey();
    void b7_internedKey();
    void b9_keyOfSeveralKinds();
    void b13_equalValueKeepsTheOldObjectAtItsAddress();
    void b18_touchOpensARevisionAndExecutesNothing();
    void f1_fieldsAreSeparateDependencies();
    void dependenciesFollowTheLastExecution();
    void eachDependencyIsLookedAtOnce_data();
    void eachDependencyIsLookedAtOnce();
    void untrackedReadRunsInEveryRevisionAndIsCutOff();
    void inputBornByAReaderNeedsNoRevision();
    void growingMovesNoInputAndNoMemo();
    void attachedObjectIsReached();
};

// Comparing two engines is what tests and the inspector do.
void TestMemo::twoEnginesAreReadOnOneThread()
{
    Engine first;
    Engine second;
    const Page a = makePage(first, "a.html", "one");
    const Page b = makePage(second, "b.html", "one\ntwo\nthree");
    {
        auto one = std::make_unique<Reader>(first.ticket());
        const Reader *const kept = one.get();
        auto two = std::make_unique<Reader>(second.ticket());
        QCOMPARE(one->get<LineCount>(a), 1);
        QCOMPARE(two->get<LineCount>(b), 3);
        QVERIFY(!one->get<IsLong>(a) && two->get<IsLong>(b));
        QCOMPARE(kept->revision(), one->revision());
        one.reset(); // The one that was opened first may go first,
        setText(first, a, "one\ntwo"); // and then nobody is in the way of a write to its engine.
        one = std::make_unique<Reader>(first.ticket());
        QCOMPARE(one->get<LineCount>(a), 2);
        QCOMPARE(two->get<LineCount>(b), 3);
    }
    QCOMPARE(ask<LineCount>(first, a), 2);
    QCOMPARE(ask<LineCount>(second, b), 3);
}

void TestMemo::b1_equalValueStopsTheReRun()
{
    Engine engine;
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "x\ny");
    QVERIFY(!ask<IsLong>(engine, page));
    QCOMPARE(takeLog(engine), (Log{"ExecutedNew LineCount(a.html)", "ExecutedNew IsLong(a.html)"}));

    setText(engine, page, "X\nY");
    QVERIFY(!ask<IsLong>(engine, page));
    QCOMPARE(takeLog(engine), (Log{"ExecutedBackdated LineCount(a.html)", "ValidatedDeep IsLong(a.html)"}));

    setText(engine, page, "X\nY\nZ");
    QVERIFY(ask<IsLong>(engine, page));
    QCOMPARE(takeLog(engine), (Log{"ExecutedChanged LineCount(a.html)", "ExecutedChanged IsLong(a.html)"}));
}

void TestMemo::b2_writeThatNobodyReadExecutesNothing()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    const Page other = makePage(engine, "b.html", "y");
    ask<IsLong>(engine, page);
    engine.setWatching(true);
    setText(engine, other, "z");
    ask<IsLong>(engine, page);
    QCOMPARE(takeLog(engine), (Log{"ValidatedDeep LineCount(a.html)", "ValidatedDeep IsLong(a.html)"}));
}

void TestMemo::b5_queryWithoutKeyRunsOnce()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<Site>(engine), 7);
    setText(engine, page, "y");
    QCOMPARE(ask<Site>(engine), 7);
    QCOMPARE(engine.counters("Site").executed, 1u);
    QCOMPARE(engine.counters("Site").validatedShallow, 1u); // It read nothing, so nothing can have changed.
}

void TestMemo::b6_severalArgumentsAreOneKey()
{
    Engine engine;
    const Page a = makePage(engine, "a.html", "one\ntwo");
    const Page b = makePage(engine, "b.html", "three");
    Reader db(engine.ticket());
    QVERIFY(db.get<Occurs>(a, std::string("two")));
    QVERIFY(db.get<Occurs>(a, std::string_view("two"))); // Borrowed: the same memo.
    QVERIFY(db.get<Occurs>(a, "two"));
    QVERIFY(!db.get<Occurs>(b, "two"));
    QCOMPARE(db.get<Both>(a, b), 3);
    QCOMPARE(engine.describe(engine.keyOf<Occurs>(b, "two")), std::string("Occurs(b.html, two)"));
    QVERIFY(engine.keyOf<Both>(a, b) != engine.keyOf<Both>(b, a));
}

void TestMemo::b7_internedKey()
{
    Engine engine;
    Reader db(engine.ticket());
    QCOMPARE(db.get<TagLength>(db.intern<Tag>("block")), 5u);
    QCOMPARE(engine.describe(engine.keyOf<TagLength>(db.intern<Tag>("block"))), std::string("TagLength(block)"));
}

void TestMemo::b9_keyOfSeveralKinds()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    Reader db(engine.ticket());
    QCOMPARE(db.get<KindOfKey>(PageOrTag(page)), 0u);
    QCOMPARE(db.get<KindOfKey>(PageOrTag(db.intern<Tag>("if"))), 1u);
}

void TestMemo::b13_equalValueKeepsTheOldObjectAtItsAddress()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x1");
    const auto addresses = [&] {
        Reader db(engine.ticket());
        const auto &words = db.get<Words>(page);
        return std::pair(static_cast<const void *>(&words), static_cast<const void *>(words.data()));
    };
    const auto first = addresses();
    setText(engine, page, "x2"); // Runs again, with an equal value.
    QCOMPARE(addresses(), first);
    setText(engine, page, "y");
    QCOMPARE(addresses().first, first.first); // Replaced in place.
    QCOMPARE(engine.counters("Words").executed, 3u);
}

void TestMemo::b18_touchOpensARevisionAndExecutesNothing()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    ask<IsLong>(engine, page);
    engine.setWatching(true);
    const Revision before = engine.revision();
    engine.write("touch", [](Transaction &tx) { tx.touch(Durability::Low); });
    QCOMPARE(engine.revision(), before + 1);
    ask<IsLong>(engine, page);
    QCOMPARE(takeLog(engine), (Log{"ValidatedDeep LineCount(a.html)", "ValidatedDeep IsLong(a.html)"}));
}

void TestMemo::f1_fieldsAreSeparateDependencies()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    ask<LineCount>(engine, page);
    engine.write("note", [&](Transaction &tx) { tx.set<&PageData::note>(page, "changed"); });
    ask<LineCount>(engine, page);
    QCOMPARE(engine.counters("LineCount").executed, 1u);
    QCOMPARE(engine.counters("LineCount").validatedDeep, 1u);
}

void TestMemo::dependenciesFollowTheLastExecution()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x\ny");
    QCOMPARE(ask<Careful>(engine, page), 2);
    setText(engine, page, "x");
    QCOMPARE(ask<Careful>(engine, page), 0);
    // It was not asked for any more, so it did not run: the order of edges says that the text comes first.
    QCOMPARE(engine.counters("LineCount").executed, 1u);
    setText(engine, page, "x\ny\nz");
    QCOMPARE(ask<Careful>(engine, page), 3);
}

void TestMemo::eachDependencyIsLookedAtOnce_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {1, 2, 3, 8, 9, 10, 100, 1000})
        QTest::addRow("%d dependencies", count) << count;
}

void TestMemo::eachDependencyIsLookedAtOnce()
{
    QFETCH(int, count);
    Engine engine;
    std::vector<Page> pages;
    for (int at = 0; at < count; ++at)
        pages.push_back(makePage(engine, std::to_string(at), "x"));
    QCOMPARE(ask<Everything>(engine, pages.front(), count), 2 * count);
    // Every one of them is an edge, the last and the first too.
    for (const Page &page : {pages.front(), pages.back(), pages[pages.size() / 2]}) {
        const auto ran = engine.counters("Everything").executed;
        const std::string text = engine.read<&PageData::text>(page) + "\n";
        setText(engine, page, text);
        ask<Everything>(engine, pages.front(), count);
        QCOMPARE(engine.counters("Everything").executed, ran + 1);
    }
    const auto before = engine.counters("LineCount");
    engine.write("touch", [](Transaction &tx) { tx.touch(Durability::Low); });
    ask<Everything>(engine, pages.front(), count);
    QCOMPARE(engine.counters("LineCount").validatedDeep, before.validatedDeep + static_cast<std::uint64_t>(count));
    QCOMPARE(engine.counters("LineCount").hits, before.hits);
}

namespace {

struct OutsideWorld {
    int weather = 1;
};

struct Weather {
    static int run(Reader &db)
    {
        db.reportUntrackedRead();
        return db.attached<OutsideWorld>().weather;
    }
};

struct Plan {
    static int run(Reader &db) { return db.get<Weather>() * 10; }
};

} // namespace

void TestMemo::untrackedReadRunsInEveryRevisionAndIsCutOff()
{
    OutsideWorld world;
    Engine engine;
    engine.attach(world);
    const auto touch = [&] { engine.write("touch", [](Transaction &tx) { tx.touch(Durability::Low); }); };
    QCOMPARE(ask<Plan>(engine), 10);
    touch();
    QCOMPARE(ask<Plan>(engine), 10);
    QCOMPARE(engine.counters("Weather").executed, 2u);
    QCOMPARE(engine.counters("Plan").executed, 1u); // The weather was the same.
    world.weather = 2;
    touch();
    QCOMPARE(ask<Plan>(engine), 20);
    QCOMPARE(engine.why(engine.keyOf<Weather>()).front().reason, Reason::UntrackedRead);
}

namespace {

struct Births {
    std::vector<Page> pages;
};

struct LinesOfNewborn {
    static long run(Reader &db)
    {
        auto &pages = db.attached<Births>().pages;
        if (pages.empty())
            pages.push_back(db.create<Page>({"born.html", "a\nb", ""}, Durability::Medium));
        return db.get<LineCount>(pages.front());
    }
};

} // namespace

void TestMemo::inputBornByAReaderNeedsNoRevision()
{
    Births births;
    Engine engine;
    engine.attach(births);
    const Revision before = engine.revision();
    QCOMPARE(ask<LinesOfNewborn>(engine), 2);
    QCOMPARE(engine.revision(), before);
    setText(engine, births.pages.front(), "a");
    QCOMPARE(ask<LinesOfNewborn>(engine), 1);
    QCOMPARE(engine.counters("LinesOfNewborn").executed, 2u);
}

void TestMemo::growingMovesNoInputAndNoMemo()
{
    Engine engine;
    const Page first = makePage(engine, "first.html", "x\ny");
    Reader db(engine.ticket());
    const std::string *text = &db.read<&PageData::text>(first);
    const long *lines = &db.get<LineCount>(first);
    for (int at = 0; at < 10'000; ++at)
        db.get<LineCount>(db.create<Page>({std::to_string(at), "x", ""}));
    QCOMPARE(&db.read<&PageData::text>(first), text);
    QCOMPARE(&db.get<LineCount>(first), lines);
    QCOMPARE(*lines, 2);
}

void TestMemo::attachedObjectIsReached()
{
    OutsideWorld world{5};
    Engine engine;
    engine.attach(world);
    Reader db(engine.ticket());
    QCOMPARE(&db.attached<OutsideWorld>(), &world);
}

NUAGES_TEST(TestMemo)
#include "tst_memo.moc"
