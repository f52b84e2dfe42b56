#pragma once

#include "engine/query/task.h"
#include "engine/trace/recorder.h"
#include "engine/trace/store.h"
#include "tests/engine/query/world.h"

#include <atomic>
#include <exception>
#include <vector>

namespace nuages::tests {

/// Each look at it is one millisecond later.
class MillisecondClock final : public query::Clock
{
public:
    query::Instant now() override { return m_now += 1'000'000; }

private:
    std::atomic<query::Instant> m_now{0};
};

/// An engine that is watched, and what was seen of it.
struct Watched {
    MillisecondClock clock;
    query::Engine engine{clock};
    trace::Recorder recorder{engine};
    trace::Store store;
    std::vector<trace::Execution> log; ///< Everything that ever happened, in a list that forgets nothing.

    trace::Changes feed()
    {
        trace::Changes all;
        for (bool isPartial = true; isPartial;) {
            const trace::Batch batch = recorder.take();
            log.insert(log.end(), batch.executions.begin(), batch.executions.end());
            all = store.apply(batch);
            isPartial = batch.isPartial;
        }
        return all;
    }

    template <class Q, class... K>
    trace::NodeId nodeOf(const K &...keys)
    {
        return store.find(engine.describe(engine.keyOf<Q>(keys...)));
    }
};

/// A random graph of queries that is watched; every edit leaves the world of its revision behind.
struct WatchedWorld : Watched {
    Ground ground;
    std::mt19937 random;
    bool withCycles;
    std::vector<World> worlds; ///< By revision.

    explicit WatchedWorld(std::uint32_t seed, bool hasCycles = false) : random(seed), withCycles(hasCycles)
    {
        ground.world = randomWorld(random, withCycles);
        engine.attach(ground);
        plant(engine, ground, random);
        remember();
    }

    void remember()
    {
        worlds.resize(engine.revision() + 1);
        worlds.back() = ground.world;
    }

    void edit()
    {
        engine.write("edit", [this](query::Transaction &tx) {
            for (auto count = 1 + random() % 3; count > 0; --count)
                editAtRandom(tx, ground, random, withCycles);
        });
        remember();
    }

    /// Asks for a few nodes, each by a reader of its own.
    void askAround()
    {
        for (auto count = 1 + random() % 3; count > 0; --count) {
            const query::RequestId request = random() % 100;
            const auto work = [](query::Reader &db, NodeInput node) { return db.get<Node>(node); };
            (void)query::runTask(query::task(engine.ticket(request), work, ground.nodes[random() % nodeCount]));
        }
    }
};

} // namespace nuages::tests
