#include "engine/query/task.h"
#include "tests/benchmarks/trees.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <memory>
#include <optional>
#include <semaphore>
#include <thread>
#include <vector>

// Rows with several threads. Each has a reader of its own; a pass lasts as long as the slowest thread.

namespace nuages::benchmarks {

using namespace query;

namespace {

/// Runs `work(Reader &, thread)` on `threads` threads at once; the seconds of the slowest.
double secondsOfSlowest(Engine &engine, int threads, auto work)
{
    std::barrier start(threads);
    std::vector<double> seconds(static_cast<std::size_t>(threads));
    std::vector<std::jthread> running;
    for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&, thread, ticket = engine.ticket()]() mutable {
            Reader db(std::move(ticket));
            start.arrive_and_wait();
            seconds[static_cast<std::size_t>(thread)] = secondsOf([&] { work(db, thread); });
        });
    }
    running.clear();
    return *std::ranges::max_element(seconds);
}

template <int Threads>
void parallel_fast_path(benchmark::State &state)
{
    constexpr long hits = 4096;
    Trees trees;
    trees.compute();
    for (auto _ : state) {
        const double seconds = secondsOfSlowest(trees.engine, Threads, [&](Reader &db, int thread) {
            long sum = 0;
            for (long i = 0; i < hits; ++i)
                sum += db.get<Root>(trees.at(thread));
            benchmark::DoNotOptimize(sum);
        });
        state.SetIterationTime(seconds / hits);
    }
}

/// The threads share the trees out among them; nanoseconds a query of them all together.
template <int Threads>
void parallel_cold_execute(benchmark::State &state)
{
    constexpr long count = 2048;
    constexpr long each = count / Threads;
    for (auto _ : state) {
        const auto trees = std::make_unique<Trees>(Durability::Low, count);
        const double seconds = secondsOfSlowest(trees->engine, Threads, [&](Reader &db, int thread) {
            long sum = 0;
            for (long i = thread * each; i < (thread + 1) * each; ++i)
                sum += db.get<Root>(trees->at(i));
            benchmark::DoNotOptimize(sum);
        });
        state.SetIterationTime(seconds / (count * memosOfTree));
    }
}

/// One thread that reads until it is told to stop, each time it is given a ticket.
class Reading
{
public:
    explicit Reading(Number number) : m_thread([this, number] { read(number); }) { }
    ~Reading() { give({}); }

    /// Returns when the thread has read something.
    void begin(Ticket ticket)
    {
        isReading() = false;
        give(std::move(ticket));
        while (!isReading())
            std::this_thread::yield();
    }

private:
    static std::atomic<bool> &isReading()
    {
        static std::atomic<bool> flag;
        return flag;
    }

    void give(std::optional<Ticket> ticket)
    {
        m_isFree.acquire();
        m_ticket.reset();
        if (ticket)
            m_ticket.emplace(*std::move(ticket));
        m_isGiven.release();
    }

    void read(Number number)
    {
        for (;;) {
            m_isGiven.acquire();
            if (!m_ticket)
                return;
            Ticket ticket = *std::move(m_ticket);
            m_isFree.release();
            static_cast<void>(runTask(task(
                std::move(ticket),
                [](Reader &db, Number which) {
                    for (long sum = 0;;) {
                        sum += db.get<Root>(which);
                        benchmark::DoNotOptimize(sum);
                        isReading().store(true, std::memory_order_relaxed);
                    }
                },
                number)));
        }
    }

    std::optional<Ticket> m_ticket; // Handed over by the two semaphores.
    std::binary_semaphore m_isFree{1};
    std::binary_semaphore m_isGiven{0};
    std::jthread m_thread;
};

/// From the wish to write until it is written, while another thread reads.
void write_while_reading(benchmark::State &state)
{
    Trees trees;
    Reading reading(trees.at(0));
    long value = 0;
    for (auto _ : state) {
        reading.begin(trees.engine.ticket());
        measure(state, 1, [&] {
            trees.engine.write("", [&](Transaction &tx) { tx.set<&NumberData::value>(trees.at(1), ++value + 1000); });
        });
    }
}

} // namespace

void addThreadRows()
{
    add("parallel_fast_path_1", parallel_fast_path<1>);
    add("parallel_fast_path_2", parallel_fast_path<2>);
    add("parallel_cold_execute_1", parallel_cold_execute<1>);
    add("parallel_cold_execute_2", parallel_cold_execute<2>);
    add("write_while_reading", write_while_reading);
}

} // namespace nuages::benchmarks
