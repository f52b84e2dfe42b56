#include "engine/trace/ledger.h"

#include "engine/trace/words.h"

#include <algorithm>
#include <format>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace nuages::trace {

namespace {

using Kinds = std::map<std::string, KindWork>;
using Edges = std::map<std::pair<std::string, std::string>, EdgeWork>; // reader, read

Work workOf(const Execution &execution)
{
    Work work;
    switch (execution.outcome) {
    case Outcome::ExecutedNew:
    case Outcome::ExecutedChanged:
        work.useful = 1;
        work.usefulNs = execution.selfNs;
        break;
    case Outcome::ExecutedBackdated:
        work.same = 1;
        work.sameNs = execution.selfNs;
        break;
    case Outcome::Validated:
        work.checked = 1;
        work.looked = execution.edges;
        break;
    case Outcome::Cancelled:
        work.cancelled = 1;
        break;
    default:
        break;
    }
    return work;
}

Work workOf(const RevisionRecord &record)
{
    Work work;
    work.useful = record.count(Outcome::ExecutedNew) + record.count(Outcome::ExecutedChanged);
    work.same = record.count(Outcome::ExecutedBackdated);
    work.checked = record.count(Outcome::Validated);
    work.cancelled = record.count(Outcome::Cancelled);
    const auto nsOf = [&record](Outcome outcome) { return record.ns.at(static_cast<std::size_t>(outcome)); };
    work.usefulNs = nsOf(Outcome::ExecutedNew) + nsOf(Outcome::ExecutedChanged);
    work.sameNs = nsOf(Outcome::ExecutedBackdated);
    return work;
}

void addEdge(const Store &store, const Execution &run, Edges &edges)
{
    if (!isExecution(run.outcome) || run.cause == 0)
        return;
    const std::string reader(store.node(run.node).kind);
    const std::string read = kindNameOf(store.node(run.cause));
    EdgeWork &edge = edges[{reader, read}];
    edge.reader = reader;
    edge.read = read;
    const bool isSame = run.outcome == Outcome::ExecutedBackdated;
    const bool wasSame = edge.example.outcome == Outcome::ExecutedBackdated;
    if (edge.runs == 0 || isSame || !wasSame)
        edge.example = run;
    ++edge.runs;
    edge.same += isSame;
    edge.ns += run.selfNs;
    edge.sameNs += isSame ? run.selfNs : 0;
}

/// Looks for findings of one kind and keeps the worst.
class Finder
{
public:
    Finder(Finding::Kind kind, std::size_t most) : m_kind(kind), m_most(most) { }

    void add(NodeId node, Revision revision, std::uint64_t count, std::uint64_t ns, std::string sentence)
    {
        m_found.push_back({m_kind, node, revision, count, ns, std::move(sentence)});
    }

    void moveTo(std::vector<Finding> &findings)
    {
        std::ranges::stable_sort(m_found, std::ranges::greater{}, [](const Finding &each) { return each.count; });
        if (m_found.size() > m_most)
            m_found.resize(m_most);
        std::ranges::move(m_found, std::back_inserter(findings));
    }

private:
    Finding::Kind m_kind;
    std::size_t m_most;
    std::vector<Finding> m_found;
};

std::string times(std::uint64_t count)
{
    return count == 0 ? "never" : count == 1 ? "once" : std::format("{} times", count);
}

void findOverWideReads(const Store &store, const std::vector<EdgeWork> &edges, const FindingLimits &limits,
                       std::vector<Finding> &findings)
{
    Finder finder(Finding::Kind::OverWideRead, limits.ofAKind);
    for (const EdgeWork &edge : edges) {
        if (edge.runs < limits.runs || edge.same * 10 <= edge.runs * 9)
            continue;
        finder.add(edge.example.node, edge.example.revision, edge.same, edge.sameNs,
                   std::format("{} ran {} because {} had changed, and {} of them to the same value, as {} did: it may "
                               "read more of it than it needs.",
                               edge.reader, times(edge.runs), edge.read,
                               edge.same == edge.runs ? "all" : std::to_string(edge.same),
                               nameOf(store.node(edge.example.node))));
    }
    finder.moveTo(findings);
}

/// The last revision in the scope in which anything is kept of a node; 0 if there is none.
Revision lastIn(const Store &store, NodeId id, const Scope &scope)
{
    Revision found = 0;
    const auto look = [&](const Execution &each) {
        if (scope.has(each))
            found = each.revision;
        return found == 0 && each.revision >= scope.first;
    };
    store.walkBack(id, look, scope.last);
    return found;
}

std::uint64_t changesOf(const Store &store, NodeId id, const Scope &scope)
{
    std::uint64_t changes = 0;
    const auto look = [&](const Execution &each) {
        changes += scope.has(each) && (each.outcome == Outcome::ExecutedChanged || each.outcome == Outcome::InputSet);
        return each.revision >= scope.first;
    };
    store.walkBack(id, look, scope.last);
    return changes;
}

void findHubs(const Store &store, const Ledger &ledger, const FindingLimits &limits, std::vector<Finding> &findings)
{
    std::uint64_t memos = 0;
    for (NodeId id = 1; id <= store.lastNode(); ++id)
        memos += !store.node(id).isInput;
    Finder finder(Finding::Kind::Hub, limits.ofAKind);
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        const std::uint64_t readers = store.readers(id).size();
        if (readers < limits.readers || readers * 20 < memos)
            continue;
        const Revision seen = lastIn(store, id, ledger.scope);
        if (seen == 0) // Nobody was troubled by it.
            continue;
        finder.add(id, seen, readers, 0,
                   std::format("{} is read by {} queries, and all of them are looked at when it changes: {} here.",
                               nameOf(store.node(id)), readers, times(changesOf(store, id, ledger.scope))));
    }
    finder.moveTo(findings);
}

void findUntrackedReads(const Store &store, const std::vector<Execution> &runs, const FindingLimits &limits,
                        std::vector<Finding> &findings)
{
    struct Untracked {
        std::uint64_t runs = 0;
        std::uint64_t ns = 0;
        Revision last = 0;
    };
    std::map<NodeId, Untracked> untracked;
    for (const Execution &run : runs) {
        if (!run.isUntracked)
            continue;
        Untracked &each = untracked[run.node];
        ++each.runs;
        each.ns += run.selfNs;
        each.last = std::max(each.last, run.revision);
    }
    Finder finder(Finding::Kind::UntrackedRead, limits.ofAKind);
    for (const auto &[node, each] : untracked) {
        finder.add(node, each.last, each.runs, each.ns,
                   std::format("{} reads something that the engine cannot see, and ran {} for that.",
                               nameOf(store.node(node)), times(each.runs)));
    }
    finder.moveTo(findings);
}

/// The fields of inputs of one name, and what became of them in a scope.
struct Fields {
    std::vector<NodeId> nodes;
    std::uint64_t sets = 0;
    std::uint64_t checks = 0; ///< Of their readers.
    NodeId example = 0; ///< Set last, or else read by most.
    Revision exampleRevision = 0;
};

std::uint64_t checksOf(const Store &store, NodeId id, const Scope &scope)
{
    std::uint64_t checks = 0;
    const auto look = [&](const Execution &each) {
        checks += scope.has(each) && each.outcome == Outcome::Validated;
        return each.revision >= scope.first;
    };
    store.walkBack(id, look, scope.last);
    return checks;
}

void findDurabilities(const Store &store, const Ledger &ledger, const FindingLimits &limits,
                      std::vector<Finding> &findings)
{
    std::map<std::pair<std::string, Durability>, Fields> all;
    std::map<Durability, std::set<Revision>> changes; // in which something of this durability was set
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        if (!store.node(id).isInput)
            continue;
        Fields &fields = all[{kindNameOf(store.node(id)), store.state(id).durability}];
        fields.nodes.push_back(id);
        const auto look = [&](const Execution &each) {
            if (each.outcome == Outcome::InputSet && ledger.scope.has(each)) {
                ++fields.sets;
                changes[store.state(id).durability].insert(each.revision);
                if (each.revision > fields.exampleRevision)
                    std::tie(fields.example, fields.exampleRevision) = std::pair(id, each.revision);
            }
            return each.revision >= ledger.scope.first;
        };
        store.walkBack(id, look, ledger.scope.last);
    }
    Finder lows(Finding::Kind::LowForNothing, limits.ofAKind);
    Finder restless(Finding::Kind::RestlessInput, limits.ofAKind);
    for (auto &[name, fields] : all) {
        const auto &[kind, durability] = name;
        if (durability == Durability::Low && fields.sets == 0 && changes[Durability::Low].size() >= limits.revisions) {
            std::set<NodeId> readers;
            for (const NodeId id : fields.nodes)
                readers.insert(store.readers(id).begin(), store.readers(id).end());
            for (const NodeId reader : readers)
                fields.checks += checksOf(store, reader, ledger.scope);
            const NodeId example =
                *std::ranges::max_element(fields.nodes, {}, [&](NodeId id) { return store.readers(id).size(); });
            if (fields.checks > 0) {
                lows.add(example, ledger.last, fields.checks, 0,
                         std::format("{} is of low durability and was never set, while others were in {} revisions: "
                                     "what reads it was checked {}, as if it might have changed.",
                                     kind, changes[Durability::Low].size(), times(fields.checks)));
            }
        }
        if (durability != Durability::Low && fields.sets >= limits.revisions) {
            restless.add(fields.example, fields.exampleRevision, fields.sets, 0,
                         std::format("{} is of {} durability and was set {}, last {}: each time all that relies on "
                                     "that durability was looked at again.",
                                     kind, durability == Durability::High ? "high" : "medium", times(fields.sets),
                                     nameOf(store.node(fields.example))));
        }
    }
    lows.moveTo(findings);
    restless.moveTo(findings);
}

/// Those of all queries of a kind together: what is wrong is the same with each.
void findLoneLowReads(const Store &store, const Ledger &ledger, const FindingLimits &limits,
                      std::vector<Finding> &findings)
{
    struct Lone {
        std::uint64_t readers = 0;
        std::uint64_t checks = 0;
        NodeId example = 0; ///< Checked most.
        std::uint64_t exampleChecks = 0;
    };
    std::map<std::pair<std::string, std::string>, Lone> found; // reader, read
    const auto isLow = [&store](NodeId read) { return store.state(read).durability == Durability::Low; };
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        const std::vector<NodeId> &reads = store.reads(id);
        if (reads.size() < 2 || !isLow(id) || std::ranges::count_if(reads, isLow) != 1)
            continue;
        const std::uint64_t checks = checksOf(store, id, ledger.scope);
        if (checks == 0)
            continue;
        Lone &lone =
            found[{std::string(store.node(id).kind), kindNameOf(store.node(*std::ranges::find_if(reads, isLow)))}];
        ++lone.readers;
        lone.checks += checks;
        if (checks > lone.exampleChecks) {
            lone.example = id;
            lone.exampleChecks = checks;
        }
    }
    Finder finder(Finding::Kind::LoneLowRead, limits.ofAKind);
    for (const auto &[kinds, lone] : found) {
        if (lone.checks < limits.revisions)
            continue;
        finder.add(
            lone.example, ledger.last, lone.checks, 0,
            std::format("{} of {} read one thing of low durability each, a {}, beside others that seldom change, "
                        "and were checked {} for its sake, as {} was.",
                        lone.readers, kinds.first, kinds.second, times(lone.checks), nameOf(store.node(lone.example))));
    }
    finder.moveTo(findings);
}

} // namespace

std::string kindNameOf(const NodeName &node)
{
    std::string name(node.kind);
    if (!node.field.empty())
        name.append(".").append(node.field);
    return name;
}

const char *nameOf(Finding::Kind kind)
{
    switch (kind) {
    case Finding::Kind::OverWideRead:
        return "over-wide read";
    case Finding::Kind::Hub:
        return "hub";
    case Finding::Kind::UntrackedRead:
        return "untracked read";
    case Finding::Kind::LowForNothing:
        return "low durability for nothing";
    case Finding::Kind::RestlessInput:
        return "restless input";
    case Finding::Kind::LoneLowRead:
        return "lone read of low durability";
    }
    return "";
}

Work &Work::operator+=(const Work &other)
{
    useful += other.useful;
    same += other.same;
    checked += other.checked;
    looked += other.looked;
    cancelled += other.cancelled;
    usefulNs += other.usefulNs;
    sameNs += other.sameNs;
    return *this;
}

Ledger ledger(const Store &store, const Scope &scope, const FindingLimits &limits)
{
    Ledger ledger;
    ledger.scope = scope;
    Kinds kinds;
    Edges edges;
    std::vector<Execution> runs;
    std::map<std::string, std::uint64_t> dearest; // own time of the dearest node, by kind
    std::map<NodeId, std::uint64_t> nsOfNode;
    for (const RevisionRecord &record : store.revisions()) {
        if (record.revision < scope.first || record.revision > scope.last)
            continue;
        ledger.first = ledger.first == 0 ? record.revision : ledger.first;
        ledger.last = record.revision;
        if (record.isThinned) {
            ++ledger.countsOnly;
            if (scope.request == 0)
                ledger.all += workOf(record);
            continue;
        }
        for (const Execution &execution : store.executions(record.revision)) {
            if (!scope.has(execution) || store.node(execution.node).isInput)
                continue;
            const Work work = workOf(execution);
            if (work == Work())
                continue;
            ledger.all += work;
            const std::string name(store.node(execution.node).kind);
            KindWork &kind = kinds[name];
            kind.kind = name;
            kind.work += work;
            addEdge(store, execution, edges);
            if (!isExecution(execution.outcome))
                continue;
            runs.push_back(execution);
            const std::uint64_t ns = nsOfNode[execution.node] += execution.selfNs;
            if (kind.dearest == 0 || ns > dearest[kind.kind]) {
                dearest[kind.kind] = ns;
                kind.dearest = execution.node;
            }
        }
    }
    for (auto &[name, kind] : kinds)
        ledger.kinds.push_back(std::move(kind));
    for (auto &[name, edge] : edges)
        ledger.edges.push_back(std::move(edge));
    if (limits.ofAKind > 0)
        findOverWideReads(store, ledger.edges, limits, ledger.findings); // while they are by name
    std::ranges::stable_sort(ledger.kinds, std::ranges::greater{}, [](const KindWork &each) {
        return std::tuple(each.work.ns(), each.work.ran(), each.work.looked);
    });
    std::ranges::stable_sort(ledger.edges, std::ranges::greater{},
                             [](const EdgeWork &each) { return std::tuple(each.sameNs, each.ns, each.runs); });
    if (limits.ofAKind == 0)
        return ledger;
    findHubs(store, ledger, limits, ledger.findings);
    findUntrackedReads(store, runs, limits, ledger.findings);
    findDurabilities(store, ledger, limits, ledger.findings);
    findLoneLowReads(store, ledger, limits, ledger.findings);
    return ledger;
}

void sortByCount(Ledger &ledger)
{
    std::ranges::sort(ledger.kinds, [](const KindWork &a, const KindWork &b) {
        return std::tuple(b.work.ran(), b.work.looked, a.kind) < std::tuple(a.work.ran(), a.work.looked, b.kind);
    });
    std::ranges::sort(ledger.edges, [](const EdgeWork &a, const EdgeWork &b) {
        return std::tuple(b.same, b.runs, a.reader, a.read) < std::tuple(a.same, a.runs, b.reader, b.read);
    });
}

} // namespace nuages::trace
