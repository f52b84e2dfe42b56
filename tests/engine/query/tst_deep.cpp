#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <pthread.h>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

constexpr int chainLength = 100'000;

/// A chain of memos: each is one more than the one below, the lowest is the number of lines of a page.
struct Chain {
    static long run(Reader &db, Page page, int height)
    {
        return height == 0 ? db.get<LineCount>(page) : db.get<Chain>(page, height - 1) + 1;
    }
};

struct Bottomless {
    static int run(Reader &db, int depth) { return db.get<Bottomless>(depth + 1) + 1; }
};

/// Runs `body` on a thread with a stack of 512 KiB.
void onASmallStack(void (*body)(void *), void *argument)
{
    struct Start {
        void (*body)(void *);
        void *argument;
    } start{body, argument};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 512 * 1024);
    pthread_t thread;
    const auto run = [](void *given) -> void * {
        auto *what = static_cast<Start *>(given);
        what->body(what->argument);
        return nullptr;
    };
    QCOMPARE(pthread_create(&thread, &attributes, run, &start), 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

struct Question {
    Ticket ticket;
    Page page;
    long answer = 0;
};

void askForTheTop(void *given)
{
    auto *question = static_cast<Question *>(given);
    Reader db(std::move(question->ticket));
    question->answer = db.get<Chain>(question->page, chainLength);
}

/// Asks from below, so that no query nests.
void build(Engine &engine, Page page)
{
    Reader db(engine.ticket());
    for (int height = 0; height <= chainLength; ++height)
        db.get<Chain>(page, height);
}

} // namespace

class TestDeep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provingALongChainNeedsNoStack();
    void runningALongChainAgainNeedsNoStack();
    void depthIsLimitedAndNotMemoised();
};

void TestDeep::provingALongChainNeedsNoStack()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    build(engine, page);
    setText(engine, page, "y");
    Question question{engine.ticket(), page};
    onASmallStack(askForTheTop, &question);
    QCOMPARE(question.answer, long(chainLength) + 1);
    QCOMPARE(engine.counters("Chain").validatedDeep, std::uint64_t(chainLength) + 1);
}

void TestDeep::runningALongChainAgainNeedsNoStack()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    build(engine, page);
    setText(engine, page, "x\ny");
    Question question{engine.ticket(), page};
    onASmallStack(askForTheTop, &question);
    QCOMPARE(question.answer, long(chainLength) + 2);
    QCOMPARE(engine.counters("Chain").executed, 2 * (std::uint64_t(chainLength) + 1));
}

void TestDeep::depthIsLimitedAndNotMemoised()
{
    struct Fall {
        Ticket ticket;
        std::optional<Failure> failure;
    };
    Engine engine;
    Fall fall{engine.ticket(), {}};
    onASmallStack(
        [](void *given) {
            auto *mine = static_cast<Fall *>(given);
            auto work = task(std::move(mine->ticket), [](Reader &db) { return db.get<Bottomless>(0); });
            mine->failure = runTask(std::move(work)).error();
        },
        &fall);
    QCOMPARE(fall.failure->kind, Failure::Kind::Cancelled);
    QCOMPARE(fall.failure->why, Cancelled::Why::TooDeep);
    QVERIFY(engine.counters("Bottomless").cancelled > 100u);
    QCOMPARE(engine.counters("Bottomless").executed, 0u);
    QCOMPARE(engine.why(engine.keyOf<Bottomless>(0)).size(), 0u); // No memo.
}

NUAGES_TEST(TestDeep)
#include "tst_deep.moc"
