#pragma once

#include "engine/trace/whatif.h"

#include <deque>

namespace nuages::models {

/// What was foretold of files, and how it fared when they were edited.
class Predictions
{
public:
    static constexpr std::size_t limit = 100; ///< The oldest go first.

    struct Fared {
        trace::Revision revision = 0; ///< In which the edit was.
        std::string file;
        trace::Score score;

        friend bool operator==(const Fared &, const Fared &) = default;
    };

    /// Foretells an edit of a file after the present revision; what was foretold of it for this revision before is
    /// forgotten.
    const trace::WhatIf &foretell(const trace::Store &store, const std::string &file);

    /// Those whose file was edited in the very next revision that there is, the last first.
    std::vector<Fared> fared(const trace::Store &store) const;

private:
    std::deque<trace::WhatIf> m_foretold; // By revision.
};

} // namespace nuages::models
