#include "engine/query/task.h"
#include "tests/engine/query/world.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace nuages;
using namespace nuages::query;
using namespace nuages::tests;

namespace {

#ifdef NUAGES_YIELD_POINTS
/// Threads run freely, and give way at yield points as a seed decides: other meetings in every run of a test.
class RandomYields final : public detail::YieldHook
{
public:
    explicit RandomYields(std::uint32_t seed) : m_random(seed) { detail::yieldHook = this; }
    ~RandomYields() override { detail::yieldHook = nullptr; }

    void reached(const char *) override
    {
        if (m_random() % 16 == 0)
            std::this_thread::yield();
    }
    bool controlsSleep() const override { return false; }
    void sleep(const void *) override { }
    void wake(const void *) override { }

private:
    std::minstd_rand m_random;
};
#else
struct RandomYields {
    explicit RandomYields(std::uint32_t) { }
};
#endif

/// All nodes of the world, and the revision they are of.
using Snapshot = std::pair<Revision, std::vector<std::optional<int>>>;

Snapshot readAll(Reader &db)
{
    Snapshot snapshot{db.revision(), {}};
    const Ground &ground = db.attached<Ground>();
    for (const NodeInput node : ground.nodes) {
        try {
            snapshot.second.push_back(db.get<Node>(node));
        } catch (const CycleError &) {
            snapshot.second.push_back({});
        }
    }
    return snapshot;
}

} // namespace

/// Readers on real threads while the owner writes: for ThreadSanitizer, many times.
class TestConcurrent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readersSeeOneRevisionWhileTheOwnerWrites_data();
    void readersSeeOneRevisionWhileTheOwnerWrites();
};

void TestConcurrent::readersSeeOneRevisionWhileTheOwnerWrites_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestConcurrent::readersSeeOneRevisionWhileTheOwnerWrites()
{
    QFETCH(quint32, seed);
    constexpr int readers = 3;
    constexpr int edits = 40;
    std::mt19937 random(seed);
    const bool withCycles = seed % 4 == 0;
    Ground ground{{}, {}, randomWorld(random, withCycles), {}, {}};
    Engine engine;
    plant(engine, ground, random);
    engine.attach(ground);
    engine.setWatching(seed % 2 == 0);

    std::map<Revision, Oracle> history;
    history.emplace(engine.revision(), Oracle(ground.world));
    std::array<std::vector<Snapshot>, readers> snapshots;
    std::array<std::optional<Ticket>, readers> tickets; // Handed over by the flags below.
    std::array<std::atomic<bool>, readers> hasTicket{};
    std::atomic<bool> isOver = false;
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < readers; ++at) {
        threads.emplace_back([&, at] {
            const RandomYields yields(seed * 100 + static_cast<std::uint32_t>(at));
            while (!isOver) {
                if (!hasTicket[at].load(std::memory_order_acquire)) {
                    std::this_thread::yield();
                    continue;
                }
                auto outcome = runTask(task(std::move(*tickets[at]), [](Reader &db) { return readAll(db); }));
                if (outcome)
                    snapshots[at].push_back(std::move(*outcome));
                hasTicket[at].store(false, std::memory_order_release);
            }
        });
    }
    for (int edit = 0; edit < edits; ++edit) {
        for (std::size_t at = 0; at < readers; ++at) {
            if (!hasTicket[at].load(std::memory_order_acquire)) {
                tickets[at].emplace(engine.ticket(at));
                hasTicket[at].store(true, std::memory_order_release);
            }
        }
        for (auto pause = random() % 40; pause > 0; --pause)
            std::this_thread::yield();
        engine.write("edit", [&](Transaction &tx) { editAtRandom(tx, ground, random, withCycles); });
        history.insert_or_assign(engine.revision(), Oracle(ground.world));
    }
    isOver = true;
    for (std::thread &thread : threads)
        thread.join();

    for (const auto &mine : snapshots) {
        for (const auto &[revision, values] : mine) {
            for (int node = 0; node < nodeCount; ++node)
                QCOMPARE(values[static_cast<std::size_t>(node)], history.at(revision).node(node));
        }
    }
}

NUAGES_TEST(TestConcurrent)
#include "tst_concurrent.moc"
