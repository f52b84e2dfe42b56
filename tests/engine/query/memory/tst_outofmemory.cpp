#include "engine/query/pool.h"
#include "engine/query/task.h"
#include "tests/engine/query/memory/failingnew.h"
#include "tests/engine/query/schedule.h"
#include "tests/engine/query/world.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::query;
using namespace nuages::tests;

#if defined(__SANITIZE_THREAD__)
// The children below are forked from a process with a watchdog thread, and start threads of their own.
extern "C" const char *__tsan_default_options() { return "die_after_fork=0"; }
#endif

namespace {

/// Runs a part of the story in which memory may fail; false if it threw.
bool mayFail(const std::function<void()> &part)
{
    const Watched watched;
    try {
        part();
        return true;
    } catch (const std::bad_alloc &) {
        return false;
    }
}

/// Lets a scheduler do its own work without counting its memory.
class QuietHook final : public query::detail::YieldHook
{
public:
    explicit QuietHook(YieldHook *hook) : m_hook(hook) { }
    void reached(const char *place) override
    {
        const Watched watched(false);
        m_hook->reached(place);
    }
    bool controlsSleep() const override { return m_hook->controlsSleep(); }
    void sleep(const void *signal) override
    {
        const Watched watched(false);
        m_hook->sleep(signal);
    }
    void wake(const void *signal) override
    {
        const Watched watched(false);
        m_hook->wake(signal);
    }

private:
    YieldHook *m_hook;
};

/// A session in the small world, in which one allocation fails; each answer is compared with the evaluation from
/// scratch, and in the end everything is asked for once more.
class Story
{
public:
    Story(std::uint32_t seed, int readers)
        : m_random(seed), m_seed(seed), m_readers(readers), m_withCycles(seed % 3 == 0),
          m_ground{{}, {}, randomWorld(m_random, m_withCycles), {}, {}}
    {
    }

    /// Empty if all went well.
    std::string tell()
    {
        if (!mayFail([this] { m_engine = std::make_unique<Engine>(); }))
            return {};
        m_engine->attach(m_ground);
        m_engine->setWatching(m_seed % 2 == 0);
        if (m_seed % 4 < 2)
            m_engine->setCollection({.afterMemos = 1, .perCommit = 1'000'000'000, .askedWithin = 1});
        if (!mayFail([this] { plant(*m_engine, m_ground, m_random); }))
            return {};
        for (int round = 0; round < rounds && m_failure.empty(); ++round) {
            mayFail([this] {
                m_engine->write("an edit with a label that is too long to be kept in the string itself",
                                [this](Transaction &tx) {
                                    for (int count = 0; count < 3; ++count)
                                        editAtRandom(tx, m_ground, m_random, m_withCycles);
                                });
            });
            takeOver();
            askTogether();
            look();
        }
        for (int node = 0; node < nodeCount && m_failure.empty(); ++node) {
            compare({node, -1}, askOne({node, -1}));
            for (int second = 0; second < nodeCount && m_failure.empty(); ++second)
                compare({node, second}, askOne({node, second}));
        }
        return m_failure;
    }

private:
    static constexpr int rounds = 6;

    struct Question {
        int first;
        int second; ///< -1 if it is no pair.
    };

    /// What is true now: the fields as the engine has them, for an edit may have ended in the middle.
    void takeOver()
    {
        World &world = m_ground.world;
        for (std::size_t at = 0; at < cellCount; ++at) {
            world.cells[at] = {m_engine->read<&CellData::value>(m_ground.cells[at]),
                               m_engine->read<&CellData::extra>(m_ground.cells[at])};
        }
        for (std::size_t at = 0; at < nodeCount; ++at)
            world.formulas[at] = m_engine->read<&NodeData::formula>(m_ground.nodes[at]);
        for (const auto &[name, born] : m_ground.births)
            world.onDisk[static_cast<std::size_t>(name)] = m_engine->read<&BornData::value>(born);
    }

    Question randomQuestion()
    {
        const auto first = static_cast<int>(m_random() % nodeCount);
        return {first, m_random() % 2 == 0 ? static_cast<int>(m_random() % nodeCount) : -1};
    }

    auto taskFor(Question question)
    {
        const auto work = [](Reader &db, NodeInput first, NodeInput second, bool isPair) {
            return isPair ? db.get<Pair>(first, second) : db.get<Node>(first);
        };
        const bool isPair = question.second >= 0;
        const auto &nodes = m_ground.nodes;
        return task(m_engine->ticket(), work, nodes[static_cast<std::size_t>(question.first)],
                    nodes[static_cast<std::size_t>(isPair ? question.second : question.first)], isPair);
    }

    template <class Work>
    static Outcome<int> run(Work work)
    {
        const Watched watched;
        return runTask(std::move(work));
    }

    Outcome<int> askOne(Question question) { return run(taskFor(question)); }

    /// Each reader has a few questions; they meet at the same memos.
    void askTogether()
    {
        struct Asked {
            Question question;
            Outcome<int> outcome;
        };
        std::vector<std::vector<Asked>> answers(static_cast<std::size_t>(m_readers));
        std::vector<std::function<void()>> bodies;
        for (std::vector<Asked> &own : answers) {
            auto work = std::make_shared<std::vector<decltype(taskFor({}))>>();
            for (int count = 0; count < 3; ++count) {
                own.push_back({randomQuestion(), 0});
                work->push_back(taskFor(own.back().question));
            }
            bodies.push_back([work, &own] {
                QuietHook quiet(query::detail::yieldHook);
                auto *const outer = query::detail::yieldHook;
                if (outer)
                    query::detail::yieldHook = &quiet;
                try {
                    for (std::size_t at = 0; at < own.size(); ++at)
                        own[at].outcome = run(std::move((*work)[at]));
                } catch (...) { // It is hung.
                    query::detail::yieldHook = outer;
                    throw;
                }
                query::detail::yieldHook = outer;
            });
        }
        if (m_readers == 1) {
            bodies.front()();
        } else {
            Schedule schedule(m_random());
            schedule.run(bodies);
            if (schedule.isHung())
                m_failure = "hung";
        }
        for (const auto &own : answers) {
            for (const Asked &each : own)
                compare(each.question, each.outcome);
        }
    }

    /// Whatever the owner asks of what is kept.
    void look()
    {
        std::size_t events = 0;
        mayFail([&] { events = m_engine->takeEvents().size(); });
        mayFail([this] {
            MemoCursor cursor;
            std::vector<DependencyKey> keys;
            while (m_engine->nextMemos(cursor, 100, keys)) { }
            for (const DependencyKey key : keys) {
                (void)m_engine->memo(key);
                (void)m_engine->describe(key);
                (void)m_engine->why(key);
            }
            (void)m_engine->kinds();
        });
        if (const GateState gate = m_engine->gate(); gate.openReaders != 0 || gate.isShut)
            m_failure = "somebody is still in the gate";
    }

    void compare(Question question, const Outcome<int> &outcome)
    {
        Oracle oracle(m_ground.world);
        const std::optional<int> right =
            question.second >= 0 ? oracle.pair(question.first, question.second) : oracle.node(question.first);
        if (outcome) {
            if (right != *outcome)
                m_failure = "an answer differs from the evaluation from scratch";
        } else if (outcome.error().kind == Failure::Kind::Cycle) {
            if (right)
                m_failure = "a cycle where there is none";
        } else if (outcome.error().kind != Failure::Kind::Exception
                   || outcome.error().message != std::bad_alloc().what()) {
            m_failure = "another failure: " + outcome.error().message;
        } else if (!hasFailed() || m_wasTold++ > 0) {
            m_failure = "a request failed, and no memory had";
        }
    }

    std::mt19937 m_random;
    std::uint32_t m_seed;
    int m_readers;
    bool m_withCycles;
    Ground m_ground;
    std::unique_ptr<Engine> m_engine;
    std::string m_failure;
    int m_wasTold = 0; ///< Requests that failed: one allocation, one request.
};

/// How a child ended that told the story with allocation `number` failing.
struct Ending {
    bool isOver = false; ///< There were not so many allocations.
    std::string failure;
};

Ending endingOf(const std::function<std::string()> &story, long number)
{
    int ends[2];
    if (pipe(ends) != 0)
        return {true, "no pipe"};
    const pid_t child = fork();
    if (child == 0) {
        const rlimit noCore{0, 0};
        setrlimit(RLIMIT_CORE, &noCore);
        std::signal(SIGABRT, SIG_DFL); // Qt Test's own handler would print a page.
        std::signal(SIGSEGV, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        alarm(20); // One that hangs ends too.
        failAllocation(number);
        const std::string failure = story();
        if (!failure.empty())
            dprintf(STDERR_FILENO, "%s", failure.c_str());
        _exit(failure.empty() ? (hasFailed() ? 0 : 2) : 1);
    }
    close(ends[1]);
    std::string words;
    char buffer[256];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
        words.append(buffer, static_cast<std::size_t>(got));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 1)
        return {WEXITSTATUS(status) == 2, {}};
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && words.starts_with("nuages: "))
        return {false, number == 0 ? words : std::string()}; // It ended with a sentence.
    return {false, (WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) + ": " : "") + words};
}

} // namespace

/// Memory may run out anywhere: then a request fails, or the program ends with a sentence. What is kept is never wrong
/// afterwards, and nobody waits for ever.
class TestOutOfMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachAllocationMayFail_data();
    void eachAllocationMayFail();
    void poolLosesNoJobAndNoThread();
};

void TestOutOfMemory::eachAllocationMayFail_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("readers");
    for (int seed = 1; seed <= 3; ++seed) {
        for (const int readers : {1, 3})
            QTest::addRow("seed %d, readers %d", seed, readers) << seed << readers;
    }
}

void TestOutOfMemory::eachAllocationMayFail()
{
    QFETCH(int, seed);
    QFETCH(int, readers);
    const auto story = [&] { return Story(static_cast<std::uint32_t>(seed), readers).tell(); };
    const Ending whole = endingOf(story, 0);
    QVERIFY2(whole.isOver && whole.failure.empty(), whole.failure.c_str());
    long number = 0;
    std::string failures;
    int count = 0;
    for (bool isOver = false; !isOver && count < 3;) {
        const Ending ending = endingOf(story, ++number);
        isOver = ending.isOver;
        if (!ending.failure.empty()) {
            failures += "allocation " + std::to_string(number) + ": " + ending.failure + "\n";
            ++count;
        }
    }
    QVERIFY2(failures.empty(), failures.c_str());
    QVERIFY(number > 100);
}

void TestOutOfMemory::poolLosesNoJobAndNoThread()
{
    const auto story = [] {
        std::atomic<int> done = 0;
        int accepted = 0;
        {
            std::unique_ptr<Pool> pool;
            if (!mayFail([&] { pool = std::make_unique<Pool>(3); }))
                return std::string();
            for (int job = 0; job < 6; ++job)
                accepted += mayFail([&] { pool->submit(Urgency::Latency, [&done] { ++done; }); });
        }
        return done == accepted ? std::string() : std::string("a refused job ran, or an accepted one did not");
    };
    std::string failures;
    for (long number = 1;; ++number) {
        const Ending ending = endingOf(story, number);
        if (ending.isOver)
            break;
        if (!ending.failure.empty())
            failures += "allocation " + std::to_string(number) + ": " + ending.failure + "\n";
    }
    QVERIFY2(failures.empty(), failures.c_str());
}

NUAGES_TEST(TestOutOfMemory)
#include "tst_outofmemory.moc"
