#pragma once

#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/// What the engine's time was spent on, and what of it was for nothing.
namespace nuages::trace {

/// What a ledger is about.
struct Scope {
    Revision first = 0;
    Revision last = std::numeric_limits<Revision>::max();
    RequestId request = 0; ///< 0: whoever asked.

    bool has(const Execution &execution) const
    {
        return execution.revision >= first && execution.revision <= last
            && (request == 0 || execution.request == request);
    }
};

/// What was done, by what came of it. Times are own times, without the queries inside.
struct Work {
    std::uint64_t useful = 0; ///< Runs that made a value that was not there before.
    std::uint64_t same = 0; ///< Runs that made the value that was there.
    std::uint64_t checked = 0; ///< Kept after a look at what was read. The engine does not time it.
    std::uint64_t looked = 0; ///< So many edges were looked at for it.
    std::uint64_t cancelled = 0; ///< Runs that had to stop. The engine does not time them.
    std::uint64_t usefulNs = 0;
    std::uint64_t sameNs = 0;

    std::uint64_t ran() const { return useful + same; }
    std::uint64_t ns() const { return usefulNs + sameNs; }
    Work &operator+=(const Work &other);
    friend bool operator==(const Work &, const Work &) = default;
};

/// Work of one kind of query.
struct KindWork {
    std::string kind;
    Work work;
    NodeId dearest = 0; ///< Whose runs took longest; 0 if none ran.
    friend bool operator==(const KindWork &, const KindWork &) = default;
};

/// Runs that a change of what was read brought about, by the kinds at both ends.
struct EdgeWork {
    std::string reader; ///< "Diagnostics"
    std::string read; ///< "TemplateFacts", "File.stamp"
    std::uint64_t runs = 0; ///< Of readers, because the read one was the first that had changed.
    std::uint64_t same = 0; ///< So many of them made the value that was there.
    std::uint64_t ns = 0;
    std::uint64_t sameNs = 0;
    Execution example; ///< The last one; of those in vain, if there are any.
    friend bool operator==(const EdgeWork &, const EdgeWork &) = default;
};

/// Something in the project's queries that costs more than it has to, with its evidence.
struct Finding {
    enum class Kind : std::uint8_t {
        OverWideRead, ///< A read that makes its reader run again and again for the same value.
        Hub, ///< A query that very many read: when it changes, all of them are looked at.
        UntrackedRead, ///< Runs anew in each revision, because it reads what the engine cannot see.
        LowForNothing, ///< Inputs that are expected to change at any time and never did, while others changed.
        RestlessInput, ///< Inputs that are expected to stay and change all the same.
        LoneLowRead, ///< The only thing of low durability that queries of a kind read, which are looked at for its
                     ///< sake.
    };

    Kind kind = Kind::OverWideRead;
    NodeId node = 0; ///< Where to look.
    Revision revision = 0; ///< In which to look.
    std::uint64_t count = 0; ///< How often, or how many; the more the worse, and findings of a kind are in this order.
    std::uint64_t ns = 0; ///< What it cost; 0 if that is not timed.
    std::string sentence; ///< With its numbers and names.
    friend bool operator==(const Finding &, const Finding &) = default;
};

const char *nameOf(Finding::Kind kind); ///< "over-wide read"

struct Ledger {
    Scope scope;
    Revision first = 0; ///< Of those that there are in the scope; 0 if there is none.
    Revision last = 0;
    std::uint64_t countsOnly = 0; ///< Of so many revisions only counts are kept: they are in `all`, and nowhere else.
    Work all;
    std::vector<KindWork> kinds; ///< Those that took longest first.
    std::vector<EdgeWork> edges; ///< Those whose runs in vain took longest first, then those that took longest.
    std::vector<Finding> findings; ///< By kind.
};

/// What is a finding. Below these numbers it may be chance.
struct FindingLimits {
    std::uint64_t runs = 5; ///< Of an over-wide read, of which more than nine of ten made the same value.
    std::uint64_t readers = 50; ///< Of a hub, and at least a twentieth of all.
    std::uint64_t revisions = 5; ///< That changed something else.
    std::size_t ofAKind = 5; ///< So many are told, the worst; of 0 none is looked for.
};

/// Cost in proportion to what happened in the scope, and for the findings to all nodes and their edges.
Ledger ledger(const Store &store, const Scope &scope, const FindingLimits &limits = {});

/// Puts the rows in an order that is the same on every run: those with most runs first.
void sortByCount(Ledger &ledger);

/// As text for a terminal, in the order of the ledger, at most `most` rows of each table.
std::string toText(const Store &store, const Ledger &ledger, Times times, std::size_t most);

/// "File.stamp" for a field of an input, else the kind of the query.
std::string kindNameOf(const NodeName &node);

} // namespace nuages::trace
