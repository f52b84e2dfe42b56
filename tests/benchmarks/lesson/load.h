#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What arrives at a server, and how long it takes: an open-loop load and its arithmetic. Knows no engine.
namespace nuages::lesson {

using Duration = std::chrono::nanoseconds;

enum class Kind : std::uint8_t {
    Edit, ///< A keystroke in one of the largest templates.
    Light, ///< A hover in one of them.
    Heavy, ///< All diagnostics of one of them.
    Whole, ///< The diagnostics of all templates of the project.
};
inline constexpr std::size_t kinds = 4;

struct Arrival {
    Duration at; ///< Since the load began.
    Kind kind = Kind::Edit;
    std::uint32_t subject = 0; ///< Which of the largest templates.

    friend bool operator==(const Arrival &, const Arrival &) = default;
};

struct Load {
    Duration length;
    Duration editEvery; ///< The mean; the other kinds come so much more or less often.
    std::uint32_t subjects = 1;
    std::uint64_t seed = 1;
};

/// For each edit so many arrivals of a kind, in the mean.
inline constexpr std::array<double, kinds> perEdit = {1, 2, 1, 0.05};

/// A Poisson process, the same for the same load with every library, in the order of time: what arrives does not wait
/// for what was answered.
std::vector<Arrival> arrivalsOf(const Load &load);

/// What became of one arrival.
struct Ending {
    std::optional<Duration> at; ///< Since the load began; nullopt: it had none when the run was over.
    std::uint64_t answer = 0;
};

struct Figures {
    std::size_t count = 0;
    std::size_t unanswered = 0; ///< Of these, when the run was over.
    Duration median{}, p99{}, longest{}; ///< Latencies; zero if there were none.
};

/// How long those arrivals took of which `counts` is true, from the moment they were meant to arrive, also where the
/// client was late: else a server that holds it up would look good. What was not answered counts until `end`, so it
/// took at least so long.
Figures figuresOf(std::span<const Arrival> arrivals, std::span<const Ending> endings, Duration end,
                  bool (*counts)(Kind kind));

/// The least of the sorted values that at least `share` of them do not exceed; at least one value, 0 < share <= 1.
Duration percentile(std::span<const Duration> sorted, double share);

} // namespace nuages::lesson
