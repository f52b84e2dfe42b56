#include "engine/query/misuse.h"
#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <thread>

using namespace nuages::query;
using namespace nuages::tests;

#if defined(__SANITIZE_THREAD__)
// The children below are forked from a process with a watchdog thread, and start a thread of their own.
extern "C" const char *__tsan_default_options() { return "die_after_fork=0"; }
#endif

namespace {

struct Swallows {
    static int run(Reader &db, Page page);
};
struct Throws {
    static int run(Reader &, Page) { throw 1; }
};

/// What it catches is its own, so nobody minds.
struct CatchesItsOwn {
    static int run(Reader &db, Page page)
    {
        try {
            if (!db.read<&PageData::text>(page).empty())
                throw 7;
        } catch (int number) {
            return number;
        }
        return 0;
    }
};
int Swallows::run(Reader &db, Page page)
{
    try {
        return db.get<Throws>(page);
    } catch (int) {
        return 0;
    }
}

/// Ends a child with its report.
[[noreturn]] void misuseForTest(const std::string &report) { detail::misuse(report.c_str()); }

struct BothLines {
    static long run(Reader &db, Page first, Page second)
    {
        return db.get<LineCount>(first) + db.get<LineCount>(second);
    }
};
struct NameLength {
    static std::size_t run(Reader &db, Interned<std::string> name) { return db.value(name).size(); }
};

/// An input and a value that cannot always be described.
struct TouchyData {
    int value = 0;
    bool isTouchy = false;
};
using Touchy = Input<TouchyData, &TouchyData::value>;
std::string describe(const TouchyData &data)
{
    if (data.isTouchy)
        throw std::runtime_error("cannot be described");
    return "calm";
}
struct Mood {
    int value = 0;
    friend bool operator==(const Mood &, const Mood &) = default;
};
std::string describe(const Mood &mood)
{
    if (mood.value > 1)
        throw std::runtime_error("cannot be described");
    return "good";
}
struct MoodOf {
    static Mood run(Reader &db, Touchy touchy)
    {
        const int value = db.read<&TouchyData::value>(touchy);
        if (value == 0)
            throw std::runtime_error("no mood");
        return {value};
    }
};
struct MoodOfItself {
    static int run(Reader &db, Touchy touchy)
    {
        return db.read<&TouchyData::value>(touchy) == 0 ? db.get<MoodOfItself>(touchy) : 1;
    }
};

Touchy makeTouchy(Engine &engine, int value)
{
    Touchy touchy;
    engine.write("make", [&](Transaction &tx) { touchy = tx.create<Touchy>({value, true}); });
    return touchy;
}

/// Asks for `Q`, which fails, and then, after an edit, again; says how both ended.
template <class Q>
void failAndAskAgain()
{
    Engine engine;
    engine.setWatching(true);
    const Touchy touchy = makeTouchy(engine, 0);
    const auto work = [](Reader &db, Touchy of) { return db.get<Q>(of); };
    const auto first = runTask(task(engine.ticket(), work, touchy));
    std::string words = first                        ? "a value"
        : first.error().kind == Failure::Kind::Cycle ? "cycle"
                                                     : first.error().message;
    for (const std::string &query : first ? std::vector<std::string>() : first.error().queries)
        words += ", " + query;
    engine.write("mend", [&](Transaction &tx) { tx.set<&TouchyData::value>(touchy, 1); });
    const auto second = runTask(task(engine.ticket(), work, touchy));
    misuseForTest(words + (second ? "; then a value" : "; then a failure"));
}

/// What the queries that swallow use while they run.
Engine *engineInUse = nullptr;
const CancelToken *tokenInUse = nullptr;

/// How a query makes the engine throw, which it then swallows.
enum class Trap {
    WriteBeforeGet,
    WriteBeforeRead,
    WriteBeforePoll,
    TokenBeforeGet,
    ItNeedsItself,
    TooDeep,
    KeyThatCannotBeKept,
    NameThatCannotBeKept,
    AnotherExceptionInstead,
};

/// A key and a name that throw when they are copied into the engine.
struct Unkept {
    int number = 0;
    explicit Unkept(int of) : number(of) { }
    Unkept(const Unkept & /*other*/) { throw 1; }
    Unkept &operator=(const Unkept &) = delete;
    ~Unkept() = default;
    friend bool operator==(const Unkept &, const Unkept &) = default;
};
std::size_t hashValue(const Unkept &key) { return seededHash(static_cast<std::uint64_t>(key.number)); }

struct OfUnkept {
    static int run(Reader & /*db*/, const Unkept &key) { return key.number; }
};

struct FallsBackInto {
    static long run(Reader &db, Page page) { return db.get<FallsBackInto>(page); }
    static long cycleFallback(Reader &db, Page page) { return db.get<FallsBackInto>(page); }
};

/// Swallows what steps back from a ring.
struct SwallowsARing {
    static long run(Reader &db, Page page)
    {
        try {
            return db.get<SwallowsARing>(page);
        } catch (...) {
            return -1;
        }
    }
    static long cycleFallback(Reader & /*db*/, Page /*page*/) { return 1; }
};

template <Trap Which>
struct Trapped {
    static long run(Reader &db, Page page)
    {
        const std::string text = db.read<&PageData::text>(page);
        try {
            return sprung(db, page);
        } catch (...) {
            if (Which == Trap::AnotherExceptionInstead)
                throw std::runtime_error("another one");
            return -1;
        }
    }

    static long sprung(Reader &db, Page page)
    {
        switch (Which) {
        case Trap::WriteBeforeGet:
        case Trap::AnotherExceptionInstead:
            engineInUse->wantWrite(1);
            return db.get<LineCount>(page);
        case Trap::WriteBeforeRead:
            engineInUse->wantWrite(1);
            return static_cast<long>(db.read<&PageData::note>(page).size());
        case Trap::WriteBeforePoll:
            engineInUse->wantWrite(1);
            db.poll();
            return 0;
        case Trap::TokenBeforeGet:
            tokenInUse->cancel();
            return db.get<LineCount>(page);
        case Trap::ItNeedsItself:
            return db.get<Trapped>(page);
        case Trap::TooDeep:
            return deeper(db, page, 0);
        case Trap::KeyThatCannotBeKept:
            return db.get<OfUnkept>(Unkept(1));
        case Trap::NameThatCannotBeKept:
            return db.intern<Interned<Unkept>>(Unkept(1)).index;
        }
        return 0;
    }

    static long deeper(Reader &db, Page page, long level);
};

struct Deeper {
    static long run(Reader &db, Page page, long level)
    {
        try {
            return db.get<Deeper>(page, level + 1);
        } catch (...) {
            return level;
        }
    }
};

template <Trap Which>
long Trapped<Which>::deeper(Reader &db, Page page, long level)
{
    return db.get<Deeper>(page, level);
}

template <Trap Which>
void springTrap()
{
    Engine engine;
    const CancelToken token;
    engineInUse = &engine;
    tokenInUse = &token;
    const Page page = makePage(engine, "a.html", "x");
    const auto outcome =
        runTask(task(engine.ticket(1, token), [](Reader &db, Page of) { return db.get<Trapped<Which>>(of); }, page));
    (void)outcome;
}

/// What `body` prints on stderr in a process of its own, which must end by abort().
std::string lastWordsOf(void (*body)())
{
    int ends[2];
    if (pipe(ends) != 0)
        return "no pipe";
    const pid_t child = fork();
    if (child == 0) {
        const rlimit noCore{0, 0};
        setrlimit(RLIMIT_CORE, &noCore);
        signal(SIGABRT, SIG_DFL); // Qt Test's own handler would print a page.
        dup2(ends[1], STDERR_FILENO);
        alarm(20); // A child that hangs ends too.
        body();
        _exit(0);
    }
    close(ends[1]);
    std::string words;
    char buffer[256];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
        words.append(buffer, static_cast<std::size_t>(got));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? words : "no abort: " + words;
}

using Body = void (*)();

} // namespace

Q_DECLARE_METATYPE(Body)

/// What the types cannot forbid aborts with a sentence, in every build.
class TestMisuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void abortsWithASentence_data();
    void abortsWithASentence();
    void swallowedExceptionOfTheEngineAborts_data();
    void swallowedExceptionOfTheEngineAborts();
    void failureThatCannotBeDescribedHoldsNobodyUp_data();
    void failureThatCannotBeDescribedHoldsNobodyUp();
    void exceptionsOfAQuerysOwnAreItsOwn();
    void taskMayCatchWhatItAskedFor();
};

void TestMisuse::abortsWithASentence_data()
{
    QTest::addColumn<Body>("body");
    QTest::addColumn<QByteArray>("sentence");

    QTest::newRow("reader on another thread") << Body([] {
        Engine engine;
        Reader db(engine.ticket());
        std::thread([&db] { db.intern<Interned<std::string>>("x"); }).join();
    }) << QByteArray("nuages: a Reader was used on a thread that did not make it\n");

    QTest::newRow("two readers on one thread") << Body([] {
        Engine engine;
        const Reader first(engine.ticket());
        const Reader second(engine.ticket());
    }) << QByteArray("nuages: a second Reader was opened on one thread\n");

    QTest::newRow("write with a reader on the thread") << Body([] {
        Engine engine;
        const Reader db(engine.ticket());
        engine.write("never", [](Transaction &) { });
    }) << QByteArray("nuages: a transaction was begun on a thread that holds a Reader\n");

    QTest::newRow("write inside a write") << Body([] {
        Engine engine;
        engine.write("outer", [&](Transaction &) { engine.write("inner", [](Transaction &) { }); });
    }) << QByteArray("nuages: a transaction was begun inside another one\n");

    QTest::newRow("ticket from another thread") << Body([] {
        Engine engine;
        std::thread([&engine] { (void)engine.ticket(); }).join();
    }) << QByteArray("nuages: an Engine was used on a thread that did not make it; open a Reader there\n");

    QTest::newRow("attach after a ticket") << Body([] {
        Engine engine;
        (void)engine.ticket();
        int object = 0;
        engine.attach(object);
    }) << QByteArray("nuages: an object was attached to an Engine that has given out tickets\n");

    QTest::newRow("nothing attached") << Body([] {
        Engine engine;
        Reader db(engine.ticket());
        db.attached<int>();
    }) << QByteArray("nuages: a query asked for an object that was not attached to the engine\n");

    QTest::newRow("engine dies before its reader") << Body([] {
        auto engine = std::make_unique<Engine>();
        const Reader db(engine->ticket());
        engine.reset();
    }) << QByteArray("nuages: an Engine dies while a Reader is open\n");

    const QByteArray noSuchHandle("nuages: a handle was used that this engine did not give out\n");
    QTest::newRow("default handle, read") << Body([] {
        Engine engine;
        makePage(engine, "a.html", "x");
        Reader db(engine.ticket());
        (void)db.read<&PageData::text>(Page());
    }) << noSuchHandle;
    QTest::newRow("default handle, asked about") << Body([] {
        Engine engine;
        makePage(engine, "a.html", "x");
        ask<LineCount>(engine, Page());
    }) << noSuchHandle;
    QTest::newRow("default handle, one of two keys") << Body([] {
        Engine engine;
        const Page page = makePage(engine, "a.html", "x");
        ask<BothLines>(engine, page, Page());
    }) << noSuchHandle;
    QTest::newRow("default handle, set") << Body([] {
        Engine engine;
        makePage(engine, "a.html", "x");
        setText(engine, Page(), "y");
    }) << noSuchHandle;
    QTest::newRow("default handle, read in a transaction") << Body([] {
        Engine engine;
        makePage(engine, "a.html", "x");
        engine.write("read", [](Transaction &tx) { (void)tx.read<&PageData::text>(Page()); });
    }) << noSuchHandle;
    QTest::newRow("default handle, read by the owner") << Body([] {
        const Engine engine;
        (void)engine.read<&PageData::text>(Page());
    }) << noSuchHandle;
    QTest::newRow("default handle, described") << Body([] {
        const Engine engine;
        (void)engine.describe(engine.keyOf<LineCount>(Page()));
    }) << noSuchHandle;
    QTest::newRow("default name, read") << Body([] {
        Engine engine;
        engine.intern<Interned<std::string>>("x");
        Reader db(engine.ticket());
        (void)db.value(Interned<std::string>());
    }) << noSuchHandle;
    QTest::newRow("default name, asked about") << Body([] {
        Engine engine;
        engine.intern<Interned<std::string>>("x");
        ask<NameLength>(engine, Interned<std::string>());
    }) << noSuchHandle;
    QTest::newRow("input that does not exist, in a row that does") << Body([] {
        Engine engine;
        const Page page = makePage(engine, "a.html", "x");
        ask<LineCount>(engine, page);
        ask<LineCount>(engine, Page{page.index + 1});
    }) << noSuchHandle;
    QTest::newRow("input that does not exist, far away") << Body([] {
        Engine engine;
        const Page page = makePage(engine, "a.html", "x");
        ask<LineCount>(engine, page);
        ask<LineCount>(engine, Page{100'000});
    }) << noSuchHandle;
    QTest::newRow("input of a type that was never made") << Body([] {
        Engine engine;
        ask<LineCount>(engine, Page{0});
    }) << noSuchHandle;
    QTest::newRow("name of another engine") << Body([] {
        Engine first;
        first.intern<Interned<std::string>>("x");
        const auto second = first.intern<Interned<std::string>>("y");
        Engine engine;
        engine.intern<Interned<std::string>>("z");
        ask<NameLength>(engine, second);
    }) << noSuchHandle;

    QTest::newRow("two readers of one engine, one of another between") << Body([] {
        Engine engine;
        Engine another;
        const Reader first(engine.ticket());
        const Reader between(another.ticket());
        const Reader second(engine.ticket());
    }) << QByteArray("nuages: a second Reader was opened on one thread\n");

    QTest::newRow("write with a reader below that of another engine") << Body([] {
        Engine engine;
        Engine another;
        const Reader db(engine.ticket());
        const Reader other(another.ticket());
        engine.write("never", [](Transaction &) { });
    }) << QByteArray("nuages: a transaction was begun on a thread that holds a Reader\n");

    QTest::newRow("more revisions than can be counted") << Body([] {
        RevisionClock clock(lastRevision - 1);
        if (clock.advance(Durability::Low) == lastRevision)
            clock.advance(Durability::High);
    }) << QByteArray("nuages: an Engine has opened as many revisions as it can count; make a new one\n");

    QTest::newRow("fallback that needs its own ring") << Body([] {
        Engine engine;
        const Page page = makePage(engine, "a.html", "x");
        ask<FallsBackInto>(engine, page);
    }) << QByteArray("nuages: a cycleFallback() asked for a query that needs the ring itself\n");

    QTest::newRow("query that swallows an exception") << Body([] {
        Engine engine;
        const Page page = makePage(engine, "a.html", "x");
        ask<Swallows>(engine, page);
    }) << QByteArray("nuages: a query caught an exception that came through another query; only runTask() may\n");
}

void TestMisuse::abortsWithASentence()
{
    QFETCH(Body, body);
    QFETCH(QByteArray, sentence);
    QCOMPARE(QByteArray::fromStdString(lastWordsOf(body)), sentence);
}

void TestMisuse::swallowedExceptionOfTheEngineAborts_data()
{
    QTest::addColumn<Body>("body");
    QTest::newRow("a write is wanted, then a query asked") << Body(springTrap<Trap::WriteBeforeGet>);
    QTest::newRow("a write is wanted, then a field read") << Body(springTrap<Trap::WriteBeforeRead>);
    QTest::newRow("a write is wanted, then polled") << Body(springTrap<Trap::WriteBeforePoll>);
    QTest::newRow("the request is cancelled") << Body(springTrap<Trap::TokenBeforeGet>);
    QTest::newRow("it needs itself") << Body(springTrap<Trap::ItNeedsItself>);
    QTest::newRow("it needs itself and has a rule") << Body([] {
        Engine engine;
        const Page page = makePage(engine, "a.html", "x");
        ask<SwallowsARing>(engine, page);
    });
#if !defined(__SANITIZE_THREAD__) // Its own frames need more than the engine leaves below the deepest query.
    QTest::newRow("nested too deeply") << Body(springTrap<Trap::TooDeep>);
#endif
    QTest::newRow("a key that cannot be kept") << Body(springTrap<Trap::KeyThatCannotBeKept>);
    QTest::newRow("a name that cannot be kept") << Body(springTrap<Trap::NameThatCannotBeKept>);
    QTest::newRow("another exception instead") << Body(springTrap<Trap::AnotherExceptionInstead>);
}

// What it returned would be kept without the dependency that was not read to its end.
void TestMisuse::swallowedExceptionOfTheEngineAborts()
{
    QFETCH(Body, body);
    QCOMPARE(lastWordsOf(body),
             std::string("nuages: a query caught an exception that came through another query; only runTask() may\n"));
}

void TestMisuse::failureThatCannotBeDescribedHoldsNobodyUp_data()
{
    QTest::addColumn<Body>("body");
    QTest::addColumn<std::string>("report");
    QTest::newRow("exception") << Body(failAndAskAgain<MoodOf>) << std::string("no mood, MoodOf(?); then a value");
    QTest::newRow("ring") << Body(failAndAskAgain<MoodOfItself>) << std::string("cycle, MoodOfItself(?); then a value");
    QTest::newRow("memo that is looked at") << Body([] {
        Engine engine;
        const Touchy touchy = makeTouchy(engine, 2);
        ask<MoodOf>(engine, touchy);
        std::string words = "described";
        try {
            (void)engine.memo(engine.keyOf<MoodOf>(touchy));
        } catch (const std::runtime_error &error) {
            words = error.what();
        }
        engine.write("edit", [&](Transaction &tx) { tx.set<&TouchyData::value>(touchy, 3); });
        misuseForTest(words + "; then " + std::to_string(ask<MoodOf>(engine, touchy).value));
    }) << std::string("cannot be described; then 3");
}

void TestMisuse::failureThatCannotBeDescribedHoldsNobodyUp()
{
    QFETCH(Body, body);
    QFETCH(std::string, report);
    QCOMPARE(lastWordsOf(body), "nuages: " + report + "\n");
}

void TestMisuse::exceptionsOfAQuerysOwnAreItsOwn()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<CatchesItsOwn>(engine, page), 7);
}

void TestMisuse::taskMayCatchWhatItAskedFor()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    Reader db(engine.ticket());
    engine.wantWrite(1);
    try {
        db.poll();
        QFAIL("it was not told to stop");
    } catch (const Cancelled &) {
    }
    try {
        db.get<Throws>(page);
        QFAIL("it was not told to stop");
    } catch (const Cancelled &) {
    }
}

NUAGES_TEST(TestMisuse)
#include "tst_misuse.moc"
