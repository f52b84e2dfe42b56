#include "engine/query/task.h"
#include "tests/engine/query/freeyields.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

struct Self {
    static int run(Reader &db, Page page) { return db.get<Self>(page); }
};

struct First {
    static int run(Reader &db, Page page);
};
struct Second {
    static int run(Reader &db, Page page) { return db.get<First>(page); }
};
int First::run(Reader &db, Page page)
{
    // Only while the text is empty do the two need each other.
    return db.read<&PageData::text>(page).empty() ? db.get<Second>(page) : 5;
}

struct AboveFirst {
    static int run(Reader &db, Page page) { return db.get<First>(page); }
};

/// Throws dice before it goes on, so that threads meet at different places.
template <int Index, int Next>
struct Ring {
    static int run(Reader &db, Page page)
    {
        std::this_thread::yield();
        return db.read<&PageData::text>(page).empty() ? db.get<Ring<Next, (Next + 1) % 3>>(page) : Index;
    }
};

/// Pages by their one-letter paths.
struct Site {
    std::vector<Page> pages;
    Page at(char path) const { return pages[static_cast<std::size_t>(path - 'a')]; }
};

struct NoteLength {
    static int run(Reader &db, Page page) { return static_cast<int>(db.read<&PageData::note>(page).size()); }
};

struct Strict {
    static int run(Reader &db, Page page);
};

char smallOf(char capital) { return static_cast<char>(capital - 'A' + 'a'); }

/// Adds up the digits of the text and what the pages are worth that it names: with a small letter as here, with a
/// capital as Strict has it, which has no rule.
struct Worth {
    static int run(Reader &db, Page page)
    {
        int sum = 0;
        for (const char each : std::string(db.read<&PageData::text>(page))) {
            const Site &site = db.attached<Site>();
            if (each <= '9')
                sum += each - '0';
            else
                sum += each >= 'a' ? db.get<Worth>(site.at(each)) : db.get<Strict>(site.at(smallOf(each)));
        }
        return sum;
    }
    static int cycleFallback(Reader &db, Page page)
    {
        const int length = db.get<NoteLength>(page);
        if (length == 13)
            throw std::runtime_error("an unlucky note");
        return 100 + length;
    }
};
int Strict::run(Reader &db, Page page) { return Worth::run(db, page); }

/// A ring of numbers; an input says how many.
struct Around {
    static int run(Reader &db, Page page, int number)
    {
        const int count = static_cast<int>(db.read<&PageData::text>(page).size());
        return db.get<Around>(page, (number + 1) % count);
    }
    static int cycleFallback(Reader & /*db*/, Page /*page*/, int number) { return number; }
};

/// Wants a write while its fallback runs.
struct Overtaken {
    static int run(Reader &db, Page page)
    {
        const int here = static_cast<int>(db.read<&PageData::text>(page).size());
        return here + db.get<Overtaken>(db.attached<Site>().at(page == db.attached<Site>().at('a') ? 'b' : 'a'));
    }
    static int cycleFallback(Reader &db, Page page)
    {
        if (Engine *engine = std::exchange(toWrite, nullptr))
            engine->wantWrite(1);
        return 10 * db.get<NoteLength>(page);
    }
    static inline Engine *toWrite = nullptr;
};

/// Pages "a", "b" and so on, with these texts; the note of each is one longer than that of the one before.
struct Pages {
    Site site;
    Engine engine;

    explicit Pages(const std::vector<std::string> &texts, const std::vector<Durability> &levels = {})
    {
        for (std::size_t at = 0; at < texts.size(); ++at) {
            const Page page = makePage(engine, std::string(1, static_cast<char>('a' + at)), texts[at],
                                       levels.empty() ? Durability::Low : levels[at]);
            setNote(page, at);
            site.pages.push_back(page);
        }
        engine.attach(site);
        engine.setWatching(true);
        engine.takeEvents();
    }

    void setNote(Page page, std::size_t length)
    {
        engine.write("note", [&](Transaction &tx) { tx.set<&PageData::note>(page, std::string(length, 'n')); });
    }
    void setText(char path, const std::string &text) { tests::setText(engine, site.at(path), text); }
    int worth(char path) { return ask<Worth>(engine, site.at(path)); }
    std::vector<int> worths(const std::string &paths)
    {
        std::vector<int> all;
        for (const char path : paths)
            all.push_back(worth(path));
        return all;
    }
    DependencyKey key(char path) { return engine.keyOf<Worth>(site.at(path)); }
    MemoState memo(char path) { return engine.memo(key(path)).value_or(MemoState()); }

    /// What happened to the pages' worths, in order of the alphabet: "run", "run, fell back", "kept".
    std::map<std::string, std::string> takeWhat()
    {
        std::map<std::string, std::string> what;
        for (const Event &event : engine.takeEvents()) {
            using What = Event::What;
            const std::string name = engine.describe(event.key);
            if (!name.starts_with("Worth("))
                continue;
            if (event.what == What::ValidatedDeep || event.what == What::ValidatedShallow)
                what[name.substr(6, 1)] += "kept";
            else if (event.what != What::CycleFound)
                what[name.substr(6, 1)] += std::string(event.what == What::ExecutedBackdated ? "same" : "run")
                    + (event.fellBack ? ", fell back" : "");
        }
        return what;
    }
};

using What = std::map<std::string, std::string>;
using Worths = std::vector<int>;

template <class Q>
std::vector<std::string> ringOf(Engine &engine, Page page)
{
    const auto outcome = runTask(task(engine.ticket(), [](Reader &db, Page key) { return db.get<Q>(key); }, page));
    return outcome || outcome.error().kind != Failure::Kind::Cycle ? Log{} : outcome.error().queries;
}

} // namespace

class TestCycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queryThatNeedsItselfIsNamed();
    void onlyTheRingIsNamedNotWhoAskedForIt();
    void ringIsMadeAndBrokenByEdits();
    void ringIsFoundWhileProving();
    void ringOverThreadsNeverHangs();
    void everyMemberFallsBackWhoeverIsAskedFirst_data();
    void everyMemberFallsBackWhoeverIsAskedFirst();
    void memberWithoutARuleIsACycleForAll();
    void fallbackIsMemoisedAndTheRingCanBeRead();
    void editElsewhereKeepsTheRing();
    void editOfAMemberRunsTheRingAndNobodyElse();
    void brokenRingIsNeverTakenForTheOldOne();
    void ringThatAppearsTakesMemosIn();
    void otherRingOfTheSameMemberTakesOver();
    void membersAreAsDurableAsAllThatTheyRead();
    void whatAFallbackReadsIsADependencyOfItsQueryAlone();
    void fallbackThatThrowsLeavesNothing();
    void ringOfManyIsProvedWithoutAStack();
    void stoppedFallbackLeavesNothing();
    void ringWithRulesOverThreadsGivesEachItsFallback();
    void fallbackThatThrowsHangsNoThread();
};

void TestCycle::queryThatNeedsItselfIsNamed()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "");
    QCOMPARE(ringOf<Self>(engine, page), Log{"Self(a.html)"});
    QCOMPARE(ringOf<Self>(engine, page), Log{"Self(a.html)"}); // Nothing of it was memoised.
    QCOMPARE(engine.counters("Self").cycles, 2u);
}

void TestCycle::onlyTheRingIsNamedNotWhoAskedForIt()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "");
    QCOMPARE(ringOf<AboveFirst>(engine, page), (Log{"First(a.html)", "Second(a.html)"}));
    QCOMPARE(ringOf<Second>(engine, page), (Log{"Second(a.html)", "First(a.html)"}));
}

void TestCycle::ringIsMadeAndBrokenByEdits()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<AboveFirst>(engine, page), 5);
    setText(engine, page, "");
    QVERIFY(!ringOf<AboveFirst>(engine, page).empty());
    setText(engine, page, "y");
    QCOMPARE(ask<AboveFirst>(engine, page), 5);
}

void TestCycle::ringIsFoundWhileProving()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<Second>(engine, page), 5);
    setText(engine, page, "");
    // Second is being proved when First, run for that, asks for it.
    QCOMPARE(ringOf<Second>(engine, page), (Log{"Second(a.html)", "First(a.html)"}));
}

void TestCycle::ringOverThreadsNeverHangs()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "");
    for (int round = 0; round < 200; ++round) {
        std::array<std::size_t, 3> ringSizes{};
        const auto enter = [&]<class Q>(std::type_identity<Q>, std::size_t at) {
            return std::thread([ticket = engine.ticket(), &ringSizes, page, at]() mutable {
                const auto outcome =
                    runTask(task(std::move(ticket), [](Reader &db, Page key) { return db.get<Q>(key); }, page));
                if (!outcome && outcome.error().kind == Failure::Kind::Cycle)
                    ringSizes[at] = outcome.error().queries.size();
            });
        };
        std::thread threads[] = {enter(std::type_identity<Ring<0, 1>>(), 0), enter(std::type_identity<Ring<1, 2>>(), 1),
                                 enter(std::type_identity<Ring<2, 0>>(), 2)};
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(ringSizes, (std::array<std::size_t, 3>{3, 3, 3})); // All three, whoever found it.
    }
}

void TestCycle::everyMemberFallsBackWhoeverIsAskedFirst_data()
{
    QTest::addColumn<std::vector<std::string>>("texts");
    QTest::addColumn<std::vector<int>>("worths");
    using Texts = std::vector<std::string>;
    QTest::newRow("itself") << Texts{"a", "a1"} << Worths{100, 101};
    QTest::newRow("two") << Texts{"b", "a", "a1"} << Worths{100, 101, 101};
    QTest::newRow("three, and one that reads it") << Texts{"b", "1c", "a", "c2"} << Worths{100, 101, 102, 104};
    QTest::newRow("after the ring it would read more") << Texts{"bd", "ac", "b", "5"} << Worths{100, 101, 101, 5};
    QTest::newRow("two rings that share a member") << Texts{"b", "ac", "b"} << Worths{100, 101, 101};
    QTest::newRow("one ring reads the other") << Texts{"b", "a", "ad", "c"} << Worths{100, 101, 102, 103};
    QTest::newRow("a ring inside another one") << Texts{"bc", "cb", "ba"} << Worths{203, 101, 102};
}

void TestCycle::everyMemberFallsBackWhoeverIsAskedFirst()
{
    QFETCH(std::vector<std::string>, texts);
    QFETCH(std::vector<int>, worths);
    std::string order = std::string("abcdef").substr(0, texts.size());
    do {
        Pages pages(texts);
        for (const char path : order)
            QCOMPARE(pages.worth(path), worths[static_cast<std::size_t>(path - 'a')]);
        for (const char path : order) { // All again, when something was set that nobody reads.
            pages.engine.write("other", [](Transaction &tx) { tx.touch(Durability::Low); });
            QCOMPARE(pages.worth(path), worths[static_cast<std::size_t>(path - 'a')]);
        }
        QCOMPARE(pages.engine.counters<Worth>().executed, texts.size());
    } while (std::ranges::next_permutation(order).found);
}

void TestCycle::memberWithoutARuleIsACycleForAll()
{
    Pages pages({"B", "a", "a", "b"});
    QCOMPARE(ringOf<Worth>(pages.engine, pages.site.at('a')), (Log{"Worth(a)", "Strict(b)"}));
    QCOMPARE(ringOf<Strict>(pages.engine, pages.site.at('b')), (Log{"Strict(b)", "Worth(a)"}));
    QCOMPARE(ringOf<Worth>(pages.engine, pages.site.at('c')), (Log{"Worth(a)", "Strict(b)"}));
    QCOMPARE(ringOf<Worth>(pages.engine, pages.site.at('d')), (Log{"Worth(a)", "Strict(b)"}));
    pages.setText('b', "3");
    QCOMPARE(pages.worths("abcd"), (Worths{3, 3, 3, 3}));
}

void TestCycle::fallbackIsMemoisedAndTheRingCanBeRead()
{
    Pages pages({"b", "c", "a"});
    QCOMPARE(pages.worth('b'), 101);
    QCOMPARE(pages.takeWhat(), (What{{"a", "run, fell back"}, {"b", "run, fell back"}, {"c", "run, fell back"}}));
    QCOMPARE(pages.worths("abc"), (Worths{100, 101, 102}));
    QVERIFY(pages.takeWhat().empty());
    for (const auto &[path, next] : {std::pair('a', 'b'), {'b', 'c'}, {'c', 'a'}}) {
        QVERIFY(pages.memo(path).fellBack);
        QCOMPARE(pages.memo(path).reads.back(), pages.key(next));
    }
    QCOMPARE(pages.engine.counters<Worth>().cycles, 1U);
    QCOMPARE(pages.engine.ring(pages.key('b')), (std::vector{pages.key('b'), pages.key('c'), pages.key('a')}));
    pages.setText('b', "3");
    QCOMPARE(pages.worth('a'), 3);
    QVERIFY(pages.engine.ring(pages.key('a')).empty());
    QVERIFY(pages.engine.ring(pages.key('c')).empty()); // It has not been looked at since.
}

void TestCycle::editElsewhereKeepsTheRing()
{
    Pages pages({"b", "a", "a1"});
    QCOMPARE(pages.worth('c'), 101);
    pages.engine.takeEvents();
    pages.engine.write("other", [](Transaction &tx) { tx.touch(Durability::Low); });
    QCOMPARE(pages.worth('c'), 101);
    QCOMPARE(pages.takeWhat(), (What{{"a", "kept"}, {"b", "kept"}, {"c", "kept"}}));
}

void TestCycle::editOfAMemberRunsTheRingAndNobodyElse()
{
    Pages pages({"b", "a", "a1"});
    QCOMPARE(pages.worth('c'), 101);
    pages.engine.takeEvents();
    pages.setText('b', "2a");
    QCOMPARE(pages.worth('c'), 101);
    QCOMPARE(pages.takeWhat(), (What{{"a", "same, fell back"}, {"b", "same, fell back"}, {"c", "kept"}}));
}

// B is worth by itself what it fell back to, so nothing that A reads has changed but that B no longer waits for it.
void TestCycle::brokenRingIsNeverTakenForTheOldOne()
{
    for (const char first : {'a', 'b', 'c'}) {
        Pages pages({"b", "a", "a1"});
        QCOMPARE(pages.worths("abc"), (Worths{100, 101, 101}));
        pages.engine.takeEvents();
        pages.setText('b', "999999999992");
        pages.worth(first);
        QCOMPARE(pages.worths("abc"), (Worths{101, 101, 102}));
        QCOMPARE(pages.takeWhat(), (What{{"a", "run"}, {"b", "same"}, {"c", "run"}}));
        const auto why = pages.engine.why(pages.key('a'));
        QCOMPARE(why.at(0).reason, Reason::DependencyChanged);
        QCOMPARE(why.at(1).key, pages.key('b'));
        QVERIFY(!pages.memo('a').fellBack);
        pages.setText('b', "a");
        pages.worth(first);
        QCOMPARE(pages.worths("abc"), (Worths{100, 101, 101}));
    }
}

void TestCycle::ringThatAppearsTakesMemosIn()
{
    for (const char first : {'a', 'b', 'c', 'd'}) {
        Pages pages({"1b", "2c", "3", "a"});
        QCOMPARE(pages.worths("abcd"), (Worths{6, 5, 3, 6}));
        pages.engine.takeEvents();
        pages.setText('c', "a");
        pages.worth(first);
        QCOMPARE(pages.worths("abcd"), (Worths{100, 101, 102, 100}));
        QCOMPARE(pages.takeWhat(),
                 (What{{"a", "run, fell back"}, {"b", "run, fell back"}, {"c", "run, fell back"}, {"d", "run"}}));
    }
}

void TestCycle::otherRingOfTheSameMemberTakesOver()
{
    for (const char first : {'a', 'b', 'c'}) {
        Pages pages({"b", "a", "b"});
        QCOMPARE(pages.worths("abc"), (Worths{100, 101, 101}));
        pages.setText('b', "c");
        pages.worth(first);
        QCOMPARE(pages.worths("abc"), (Worths{101, 101, 102}));
    }
}

// B's text alone decides; C and A are of installed packages, so to say.
void TestCycle::membersAreAsDurableAsAllThatTheyRead()
{
    Pages pages({"b", "c", "a"}, {Durability::High, Durability::Low, Durability::High});
    QCOMPARE(pages.worths("abc"), (Worths{100, 101, 102}));
    for (const char path : {'a', 'b', 'c'})
        QCOMPARE(pages.memo(path).durability, Durability::Low);
    pages.setText('b', "4");
    QCOMPARE(pages.worths("cab"), (Worths{4, 4, 4}));
    for (const char path : {'a', 'b', 'c'})
        QCOMPARE(pages.memo(path).durability, Durability::Low);
}

void TestCycle::whatAFallbackReadsIsADependencyOfItsQueryAlone()
{
    Pages pages({"b", "a", "a", "b"});
    QCOMPARE(pages.worths("abcd"), (Worths{100, 101, 100, 101}));
    QCOMPARE(pages.memo('a').reads.size(), 3U); // its note's length, its text, the next
    QCOMPARE(pages.memo('c').reads.size(), 2U);
    pages.engine.takeEvents();
    pages.setNote(pages.site.at('a'), 7);
    QCOMPARE(pages.worths("dc"), (Worths{101, 107}));
    QCOMPARE(pages.takeWhat(), (What{{"a", "run, fell back"}, {"b", "same, fell back"}, {"c", "run"}, {"d", "kept"}}));
}

void TestCycle::fallbackThatThrowsLeavesNothing()
{
    Pages pages({"b", "c", "a", "c"});
    pages.setNote(pages.site.at('b'), 13);
    const auto outcome = [&pages](char path) {
        return runTask(task(
            pages.engine.ticket(), [](Reader &db, Page page) { return db.get<Worth>(page); }, pages.site.at(path)));
    };
    for (const char path : {'a', 'b', 'c', 'd', 'd'}) {
        const auto failed = outcome(path);
        QVERIFY(!failed);
        QCOMPARE(failed.error().message, std::string("an unlucky note"));
        QCOMPARE(failed.error().queries.front(), std::string("Worth(") + path + ")");
    }
    QCOMPARE(pages.engine.counters<Worth>().memos, 0U);
    pages.setNote(pages.site.at('b'), 14);
    QCOMPARE(outcome('d').value_or(0), 102);
    QCOMPARE(outcome('b').value_or(0), 114);
}

void TestCycle::ringOfManyIsProvedWithoutAStack()
{
    constexpr int count = 400;
    Engine engine;
    const Page page = makePage(engine, "a.html", std::string(count, 'x'));
    QCOMPARE(ask<Around>(engine, page, 7), 7);
    QCOMPARE(engine.counters<Around>().memos, unsigned(count));
    engine.write("other", [](Transaction &tx) { tx.touch(Durability::Low); });
    QCOMPARE(ask<Around>(engine, page, 123), 123);
    QCOMPARE(engine.counters<Around>().validatedDeep, unsigned(count));
    QCOMPARE(engine.counters<Around>().executed, unsigned(count));
    setText(engine, page, std::string(3, 'x'));
    QCOMPARE(ask<Around>(engine, page, 399), 1);
    QCOMPARE(ask<Around>(engine, page, 2), 2);
}

void TestCycle::stoppedFallbackLeavesNothing()
{
    Pages pages({"x", "x"});
    Overtaken::toWrite = &pages.engine;
    const auto stopped = runTask(
        task(pages.engine.ticket(), [](Reader &db, Page page) { return db.get<Overtaken>(page); }, pages.site.at('a')));
    QVERIFY(!stopped && stopped.error().kind == Failure::Kind::Cancelled);
    QCOMPARE(pages.engine.counters<Overtaken>().memos, 0U);
    QVERIFY(pages.engine.tryWrite(1, "edit", [&](Transaction &tx) { tx.touch(Durability::Low); }));
    QCOMPARE(ask<Overtaken>(pages.engine, pages.site.at('b')), 10);
    QCOMPARE(ask<Overtaken>(pages.engine, pages.site.at('a')), 0);
}

void TestCycle::ringWithRulesOverThreadsGivesEachItsFallback()
{
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        const FreeYields yields(seed);
        Pages pages({"1b", "c", "2da", "a", "c"});
        const Worths right{100, 101, 102, 103, 102};
        for (int round = 0; round < 3; ++round) {
            Worths worths(right.size());
            std::vector<std::thread> threads;
            for (std::size_t at = 0; at < right.size(); ++at) {
                threads.emplace_back(
                    [ticket = pages.engine.ticket(), page = pages.site.pages[at], &worths, at]() mutable {
                        Reader db(std::move(ticket));
                        worths[at] = db.get<Worth>(page);
                    });
            }
            for (std::thread &thread : threads)
                thread.join();
            QCOMPARE(worths, round == 1 ? (Worths{6, 5, 5, 3, 5}) : right);
            pages.setText('d', round == 0 ? "3" : "a");
            pages.setText('c', round == 0 ? "2d" : "2da");
        }
        const Counters counters = pages.engine.counters<Worth>();
        QCOMPARE(counters.memos, right.size());
        QCOMPARE(counters.executed, 3 * right.size());
    }
}

void TestCycle::fallbackThatThrowsHangsNoThread()
{
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        const FreeYields yields(seed);
        Pages pages({"b", "c", "a"});
        pages.setNote(pages.site.at('b'), 13);
        std::array<std::string, 3> messages;
        std::vector<std::thread> threads;
        for (std::size_t at = 0; at < messages.size(); ++at) {
            threads.emplace_back(
                [ticket = pages.engine.ticket(), page = pages.site.pages[at], &messages, at]() mutable {
                    const auto outcome =
                        runTask(task(std::move(ticket), [](Reader &db, Page key) { return db.get<Worth>(key); }, page));
                    messages[at] = outcome ? "a value" : outcome.error().message;
                });
        }
        for (std::thread &thread : threads)
            thread.join();
        for (const std::string &message : messages)
            QCOMPARE(message, std::string("an unlucky note"));
        pages.setNote(pages.site.at('b'), 3);
        QCOMPARE(pages.worths("abc"), (Worths{100, 103, 102}));
    }
}

NUAGES_TEST(TestCycle)
#include "tst_cycle.moc"
