#include "tests/engine/query/schedule.h"

#include <semaphore>
#include <thread>

#include <sched.h>

namespace nuages::tests {

namespace {

/// While it lives, this thread and those that it starts stay on one processor: as only one of them runs at a time, to
/// wake the next one is many times quicker there, above all on a busy machine.
class OneProcessor
{
public:
    OneProcessor()
    {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
        m_isSet = sched_getaffinity(0, sizeof m_before, &m_before) == 0 && sched_setaffinity(0, sizeof one, &one) == 0;
    }
    ~OneProcessor()
    {
        if (m_isSet)
            sched_setaffinity(0, sizeof m_before, &m_before);
    }
    OneProcessor(const OneProcessor &) = delete;
    OneProcessor &operator=(const OneProcessor &) = delete;

private:
    cpu_set_t m_before{};
    bool m_isSet = false;
};

} // namespace

/// One thread of a schedule. All but `turn` is touched only by the thread that runs, so it needs no lock.
struct Schedule::Participant final : query::detail::YieldHook {
    enum class State { Runnable, Sleeping, Done };

    Participant(Schedule &owner, std::uint32_t number) : schedule(owner), index(number) { }

    void reached(const char *place) override
    {
        schedule.m_trace.push_back({index, place});
        if (schedule.m_isHung)
            return; // Everything runs to its end now, one thread after the other.
        if (schedule.m_check)
            schedule.m_check();
        if (schedule.random() % schedule.m_oddsOfDemotion == 0)
            priority = --schedule.m_lowest;
        schedule.switchFrom(*this);
    }

    bool controlsSleep() const override { return true; }

    void sleep(const void *signal) override
    {
        schedule.m_trace.push_back({index, "sleep"});
        if (!schedule.m_isHung) {
            state = State::Sleeping;
            sleepsOn = signal;
            schedule.switchFrom(*this);
        }
        if (schedule.m_isHung)
            throw Aborted{};
    }

    void wake(const void *signal) override
    {
        for (const auto &other : schedule.m_participants) {
            if (other->state == State::Sleeping && other->sleepsOn == signal)
                other->state = State::Runnable;
        }
    }

    Schedule &schedule;
    std::uint32_t index;
    std::int64_t priority = 0;
    State state = State::Runnable;
    const void *sleepsOn = nullptr;
    std::binary_semaphore turn{0};
};

Schedule::Schedule(std::uint64_t seed) : m_random(seed * 0x9E3779B97F4A7C15u + 1)
{
    constexpr std::uint32_t odds[] = {2, 5, 12, 40};
    m_oddsOfDemotion = odds[random() % 4];
}

Schedule::~Schedule() = default;

std::uint32_t Schedule::random()
{
    m_random = m_random * 6364136223846793005u + 1442695040888963407u; // Knuth's MMIX constants
    return static_cast<std::uint32_t>(m_random >> 33);
}

void Schedule::run(const std::vector<std::function<void()>> &bodies)
{
    for (std::uint32_t index = 0; index < bodies.size(); ++index) {
        m_participants.push_back(std::make_unique<Participant>(*this, index));
        m_participants.back()->priority = random() % 1000;
    }
    const auto here = bodies.size() > 1 ? std::make_unique<OneProcessor>() : nullptr;
    std::vector<std::thread> threads;
    for (std::size_t index = 1; index < bodies.size(); ++index) {
        threads.emplace_back([this, &bodies, index] {
            m_participants[index]->turn.acquire();
            takePart(*m_participants[index], bodies[index]);
        });
    }
    takePart(*m_participants.front(), bodies.front());
    for (std::thread &thread : threads)
        thread.join();
}

void Schedule::takePart(Participant &participant, const std::function<void()> &body)
{
    query::detail::yieldHook = &participant;
    try {
        participant.reached("begin");
        body();
    } catch (const Aborted &) {
    }
    query::detail::yieldHook = nullptr;
    participant.state = Participant::State::Done;
    Participant *next = highestRunnable();
    if (!next) {
        hang();
        next = highestRunnable();
    }
    if (next)
        next->turn.release();
}

Schedule::Participant *Schedule::highestRunnable() const
{
    Participant *best = nullptr;
    for (const auto &each : m_participants) {
        if (each->state == Participant::State::Runnable && (!best || each->priority > best->priority))
            best = each.get();
    }
    return best;
}

/// Lets the highest runnable thread run, and returns when it is this one.
void Schedule::switchFrom(Participant &participant)
{
    Participant *next = highestRunnable();
    if (!next) {
        hang();
        next = &participant;
    }
    if (next == &participant)
        return;
    next->turn.release();
    participant.turn.acquire();
}

/// Nobody can run: makes all sleepers runnable, to be aborted. Does nothing if all are done.
void Schedule::hang()
{
    for (const auto &each : m_participants) {
        if (each->state == Participant::State::Sleeping) {
            each->state = Participant::State::Runnable;
            m_isHung = true;
        }
    }
}

std::string Schedule::traceText() const
{
    std::string text;
    for (const Step &step : m_trace)
        text += std::to_string(step.thread) + " " + step.place + "\n";
    return text;
}

} // namespace nuages::tests
