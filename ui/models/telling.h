#pragma once

#include "engine/trace/store.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace nuages::models {

/// Finds what says most about a revision, of which ever more is told: what it has looked at it does not look at again.
class Telling
{
public:
    /// The node whose answer says most about a revision, for who has picked none: where the change was stopped before
    /// it reached the most; else what the user sees of the edited file; else what ran last because of it. `current` if
    /// the revision tells nothing better, as where nothing was edited and it ran; 0 if there is none.
    trace::NodeId most(const trace::Store &store, trace::Revision revision, trace::NodeId current);

    /// Looks at what has come of the revision, so that most() has less to do.
    void takeIn(const trace::Store &store, trace::Revision revision);

private:
    /// The greatest counts.
    struct Rank {
        std::size_t spared = 0; ///< Of so many it is known that they need not run.
        bool isEditedAnswer = false;
        bool isNewAnswer = false;
        bool isEdited = false;
        std::uint64_t weight = 0;

        friend auto operator<=>(const Rank &, const Rank &) = default;
    };

    /// Of equals the older node, so that the same events give the same answer.
    struct Candidate {
        Rank rank;
        trace::Execution run;

        bool isBefore(const Candidate &other) const
        {
            return rank > other.rank || (rank == other.rank && run.node < other.run.node);
        }
    };

    Candidate candidate(const trace::Store &store, const trace::Execution &run, std::size_t spared) const;
    void lookAt(const trace::Store &store, const trace::Execution &execution);
    void begin(const trace::Store &store, const trace::RevisionRecord &record);

    trace::Revision m_revision = 0;
    std::size_t m_known = 0; ///< So many executions of it were looked at.
    std::size_t m_inputs = 0; ///< So many were set in it.
    std::set<std::string_view> m_edited; ///< Their files.
    std::optional<Candidate> m_best; ///< Of what stopped no change.
    std::vector<trace::Execution> m_stops; ///< Where a change ended.
    bool m_isOutdated = false; ///< The best ran again.
};

/// The node for which all others of a file work: its findings, else the one that comes last by `placeOf`. 0 if the file
/// has none.
trace::NodeId mainNodeOf(const trace::Store &store, std::string_view path,
                         const std::function<int(trace::NodeId)> &placeOf);

} // namespace nuages::models
