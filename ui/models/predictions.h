#pragma once

#include "engine/trace/whatif.h"

#include <deque>
#include <memory>

namespace nuages::models {

/// What was foretold of files, and how it fared when they were edited. A copy costs little.
class Predictions
{
public:
    static constexpr std::size_t limit = 100; ///< The oldest go first,
    static constexpr std::size_t expectedLimit = 400'000; ///< also when all together foretell of so many queries.

    struct Fared {
        trace::Revision revision = 0; ///< In which the edit was.
        std::string file;
        trace::Score score;

        friend bool operator==(const Fared &, const Fared &) = default;
    };

    /// Keeps what was foretold; what was foretold of the same files for the same revision before is forgotten.
    void remember(trace::WhatIf foretold);

    /// Those whose file was edited in the very next revision that there is, the last first.
    std::vector<Fared> fared(const trace::Store &store) const;

private:
    std::deque<std::shared_ptr<const trace::WhatIf>> m_foretold; // By revision.
};

} // namespace nuages::models
