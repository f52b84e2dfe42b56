#pragma once

#include "tests/benchmarks/lesson/server.h"

#include <memory>
#include <vector>

namespace nuages::lesson {

struct Run {
    std::vector<Arrival> arrivals;
    std::vector<Ending> endings; ///< Of each arrival.
    Duration end; ///< When the last was answered, or patience was over.
    std::size_t cancelled = 0;
};

/// Plays the load to a new server, each arrival at its time, and waits for what is left, `patience` at most. The
/// calling thread is the client, on the first processor from then on.
Run play(Way way, const std::shared_ptr<const Subject> &subject, const Load &load, unsigned threads, Duration patience);

/// The answers to the questions, each asked when the one before was answered; an edit answers 0.
std::vector<std::uint64_t> answersInTurn(Way way, const std::shared_ptr<const Subject> &subject,
                                         const std::vector<Question> &questions, unsigned threads);

} // namespace nuages::lesson
