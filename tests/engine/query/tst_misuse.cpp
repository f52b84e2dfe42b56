#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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
int Swallows::run(Reader &db, Page page)
{
    try {
        return db.get<Throws>(page);
    } catch (int) {
        return 0;
    }
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

NUAGES_TEST(TestMisuse)
#include "tst_misuse.moc"
