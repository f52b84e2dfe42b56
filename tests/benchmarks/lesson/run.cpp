#include "tests/benchmarks/lesson/run.h"

#include "tests/benchmarks/lesson/threads.h"

#include <algorithm>
#include <semaphore>
#include <thread>

namespace nuages::lesson {

namespace {

using Clock = std::chrono::steady_clock;

void submit(Server &server, std::size_t arrival, const Question &question)
{
    if (question.kind == Kind::Edit)
        server.edit(arrival, {question.subject, arrival});
    else
        server.ask(arrival, question);
}

} // namespace

Run play(Way way, const std::shared_ptr<const Subject> &subject, const Load &load, unsigned threads, Duration patience)
{
    Run run;
    run.arrivals = arrivalsOf(load);
    run.endings.resize(run.arrivals.size());
    takePlace(0, 2);
    Clock::time_point begin;
    std::counting_semaphore<> ended(0);
    auto server = makeServer(way, subject, threads, [&](std::size_t arrival, std::uint64_t answer) {
        run.endings[arrival] = {Clock::now() - begin, answer};
        ended.release();
    });
    begin = Clock::now(); // The server sees it with the first arrival.
    for (std::size_t i = 0; i < run.arrivals.size(); ++i) {
        std::this_thread::sleep_until(begin + run.arrivals[i].at);
        submit(*server, i, {run.arrivals[i].kind, run.arrivals[i].subject});
    }
    const auto giveUp = begin + load.length + patience;
    std::size_t count = 0;
    while (count < run.arrivals.size() && ended.try_acquire_until(giveUp))
        ++count;
    run.end = Clock::now() - begin;
    run.cancelled = server->cancelled();
    server->abandon();
    server.reset();
    for (Ending &ending : run.endings) {
        if (ending.at > run.end)
            ending = {};
    }
    return run;
}

std::vector<std::uint64_t> answersInTurn(Way way, const std::shared_ptr<const Subject> &subject,
                                         const std::vector<Question> &questions, unsigned threads)
{
    std::vector<std::uint64_t> answers(questions.size());
    std::binary_semaphore ended(0);
    const auto server = makeServer(way, subject, threads, [&](std::size_t arrival, std::uint64_t answer) {
        answers[arrival] = answer;
        ended.release();
    });
    for (std::size_t i = 0; i < questions.size(); ++i) {
        submit(*server, i, questions[i]);
        ended.acquire();
    }
    return answers;
}

} // namespace nuages::lesson
