#include "engine/trace/whatif.h"

#include "engine/trace/ledger.h"
#include "engine/trace/rows.h"
#include "engine/trace/words.h"

#include <algorithm>
#include <format>
#include <iterator>
#include <map>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

namespace nuages::trace {

namespace {

/// How often runs of one kind, that a change of another kind brought about, made another value.
struct Passing {
    std::uint64_t runs = 0;
    std::uint64_t changed = 0;

    /// As if one run of each sort had been seen before, so that a few runs do not mean certainty.
    double chance() const { return double(changed + 1) / double(runs + 2); }
};

/// By kinds: what was read, and who ran because of it.
class History
{
public:
    explicit History(const Store &store) : m_store(store)
    {
        for (const RevisionRecord &record : store.revisions()) {
            for (const Execution &run : store.executions(record.revision)) {
                if (!isExecution(run.outcome) || run.cause == 0 || run.outcome == Outcome::ExecutedNew)
                    continue;
                Passing &passing = m_passing[keyOf(run.cause, run.node)];
                ++passing.runs;
                passing.changed += run.outcome == Outcome::ExecutedChanged;
            }
        }
    }

    /// That `reader` has another value after it ran because `read` had.
    double chanceOfChange(NodeId read, NodeId reader) const
    {
        const auto found = m_passing.find(keyOf(read, reader));
        return found == m_passing.end() ? Passing().chance() : found->second.chance();
    }

    /// Whether it has never been seen that `reader` kept its value.
    bool isFaithful(NodeId read, NodeId reader) const
    {
        const auto found = m_passing.find(keyOf(read, reader));
        return found != m_passing.end() && found->second.runs >= leastRuns
            && found->second.runs == found->second.changed;
    }

private:
    static constexpr std::uint64_t leastRuns = 3;

    std::pair<std::string, std::string> keyOf(NodeId read, NodeId reader) const
    {
        return {kindNameOf(m_store.node(read)), std::string(m_store.node(reader).kind)};
    }

    const Store &m_store;
    std::map<std::pair<std::string, std::string>, Passing> m_passing;
};

/// An edit sets this field of the file and no other: its text comes with it.
bool isSetByEdits(const NodeName &node) { return node.isInput && node.field == "stamp"; }

/// What somebody asked for in `since` or later, and all that it reads: the rest of the memos are of questions that
/// nobody asks any more.
std::vector<bool> askedSince(const Store &store, Revision since)
{
    std::vector<bool> isAsked(store.lastNode() + 1, false);
    std::vector<NodeId> next;
    const auto add = [&](NodeId id) {
        if (!isAsked[id]) {
            isAsked[id] = true;
            next.push_back(id);
        }
    };
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        if (!store.node(id).isInput && store.state(id).verifiedAt >= since)
            add(id);
    }
    while (!next.empty()) {
        const NodeId id = next.back();
        next.pop_back();
        for (const NodeId read : store.reads(id))
            add(read);
    }
    return isAsked;
}

/// The last revision in which anything was asked; 0 if nothing was.
Revision lastAsked(const Store &store)
{
    Revision last = 0;
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        if (!store.node(id).isInput)
            last = std::max(last, store.state(id).verifiedAt);
    }
    return last;
}

/// The revision in which an input was set last; 0 if nobody saw that.
Revision lastSet(const Store &store, NodeId input)
{
    const Revision changed = store.state(input).changedAt;
    return store.outcomeAt(input, changed) == Outcome::InputSet ? changed : 0;
}

/// Says for what something was looked at.
class Askers
{
public:
    explicit Askers(const Store &store)
        : m_store(store), m_isOneMethod(std::ranges::all_of(store.requests(), [&](const auto &entry) {
              return entry.second.method == store.requests().begin()->second.method;
          }))
    {
    }

    /// Whether everything was asked for by requests of one method, or nobody told of any: then each edit is followed
    /// by the same.
    bool isOneMethod() const { return m_isOneMethod; }

    /// Whether a node was looked at in a revision for what comes again after an edit: the server looks at each open
    /// document. A hover or a warm-up may be the last.
    bool isForever(NodeId node, Revision revision) const
    {
        constexpr int deepest = 1'000; // A cycle has no end.
        for (int depth = 0; depth < deepest; ++depth) {
            const Execution *look = m_store.lastUntil(node, revision);
            if (!look || look->revision != revision)
                return false;
            if (look->parent == 0) {
                const RequestRecord *request = m_store.request(look->request);
                return m_isOneMethod || !request || (isOwnWork(request->id) && !request->document.empty());
            }
            node = look->parent;
        }
        return false;
    }

private:
    const Store &m_store;
    bool m_isOneMethod;
};

} // namespace

std::uint64_t WhatIf::count(Grade grade) const
{
    return std::uint64_t(std::ranges::count(expected, grade, &Expected::grade));
}

double WhatIf::chances() const
{
    double sum = 0;
    for (const Expected &each : expected)
        sum += each.grade == Grade::Maybe ? each.chance : 0;
    return sum;
}

std::uint64_t WhatIf::sureNs() const
{
    std::uint64_t sum = 0;
    for (const Expected &each : expected)
        sum += each.grade == Grade::Sure ? each.ns : 0;
    return sum;
}

double WhatIf::maybeNs() const
{
    double sum = 0;
    for (const Expected &each : expected)
        sum += each.grade == Grade::Maybe ? each.chance * double(each.ns) : 0;
    return sum;
}

WhatIf whatIf(const Store &store, const std::vector<std::string> &files)
{
    std::vector<NodeId> touched;
    for (const std::string &file : files) {
        std::ranges::copy_if(store.nodesOfFile(file), std::back_inserter(touched),
                             [&store](NodeId id) { return isSetByEdits(store.node(id)); });
    }
    WhatIf found = whatIf(store, std::move(touched));
    found.files = files;
    return found;
}

WhatIf whatIf(const Store &store, std::vector<NodeId> touched)
{
    constexpr Revision recent = 3; // A hover between two edits asks for little: what was asked before is not forgotten.
    WhatIf whatIf;
    whatIf.revision = store.revision();
    whatIf.touched = std::move(touched);
    std::ranges::sort(whatIf.touched);
    const Revision last = lastAsked(store);
    const std::vector<bool> isAsked = askedSince(store, last);
    const std::vector<bool> wasAsked = askedSince(store, last > recent ? last - recent : 1);
    const History history(store);
    const Askers askers(store);

    // The likeliest to change first: a chance only gets smaller on the way, so that the first to come to a reader is
    // the one that most likely makes it run.
    using Changing = std::pair<double, NodeId>;
    const auto isLess = [](const Changing &a, const Changing &b) {
        return std::pair(a.first, b.second) < std::pair(b.first, a.second);
    };
    std::priority_queue<Changing, std::vector<Changing>, decltype(isLess)> next(isLess);
    std::vector<bool> hasChanged(store.lastNode() + 1, false);
    std::vector<bool> isFound(store.lastNode() + 1, false);
    std::vector<Revision> editedIn(store.lastNode() + 1, 0); // By node, of the input that it was found from.
    for (const NodeId input : whatIf.touched) {
        isFound[input] = true;
        editedIn[input] = lastSet(store, input);
        next.emplace(1, input);
    }
    while (!next.empty()) {
        const auto [chance, id] = next.top();
        next.pop();
        if (hasChanged[id])
            continue;
        hasChanged[id] = true;
        const bool isInput = std::ranges::binary_search(whatIf.touched, id);
        for (const NodeId reader : store.readers(id)) {
            // Only of what reads the input itself: further away one that keeps its value was perhaps not seen yet.
            const bool isText = isInput && history.isFaithful(id, reader);
            next.emplace(isText ? chance : chance * history.chanceOfChange(id, reader), reader);
            if (isFound[reader])
                continue;
            isFound[reader] = true;
            editedIn[reader] = editedIn[id];
            if (!wasAsked[reader]) {
                ++whatIf.asleep;
                continue;
            }
            // What is asked for from outside alone may not be asked for again: nobody knows what for. The same holds
            // for what was asked for otherwise after the edit before.
            const Revision edited = editedIn[reader];
            const auto isAskedFor = [&](NodeId each) {
                return isAsked[each] && askers.isForever(each, store.state(each).verifiedAt)
                    && (edited == 0 ? askers.isOneMethod() : askers.isForever(each, edited));
            };
            const bool isSure =
                chance == 1 && isAsked[reader] && std::ranges::any_of(store.readers(reader), isAskedFor);
            const Grade grade = isSure ? Grade::Sure : Grade::Maybe;
            whatIf.expected.push_back({reader, grade, chance, id, store.state(reader).lastNs});
        }
    }
    std::ranges::stable_sort(whatIf.expected, [](const Expected &a, const Expected &b) {
        return std::tuple(a.grade, b.chance, a.node) < std::tuple(b.grade, a.chance, b.node);
    });
    return whatIf;
}

Score score(const Store &store, const WhatIf &whatIf, const std::vector<std::string> &ran)
{
    std::set<std::string_view> left(ran.begin(), ran.end());
    Score score;
    for (const Expected &each : whatIf.expected) {
        const bool didRun = left.erase(nameOf(store.node(each.node))) > 0;
        if (each.grade == Grade::Sure) {
            ++score.sure;
            score.sureRan += didRun;
            continue;
        }
        ++score.maybe;
        score.maybeRan += didRun;
        const double off = each.chance - (didRun ? 1 : 0);
        score.error += off * off;
    }
    if (score.maybe > 0) {
        score.error /= double(score.maybe);
        score.errorOfAllMaybe = 0.25;
    }
    score.unforeseen = left.size();
    return score;
}

std::vector<std::string> ranIn(const Store &store, Revision revision)
{
    std::set<std::string> names;
    for (const Execution &each : store.executions(revision)) {
        if (isExecution(each.outcome))
            names.insert(nameOf(store.node(each.node)));
    }
    return {names.begin(), names.end()};
}

std::string sentenceOf(const Score &score)
{
    std::string text =
        std::format("of {} sure {} ran; of {} maybe {}", score.sure, score.sureRan, score.maybe, score.maybeRan);
    if (score.unforeseen > 0)
        text += std::format("; {} more ran", score.unforeseen);
    return text;
}

std::string toText(const Store &store, const WhatIf &whatIf, Times times, std::size_t most)
{
    const std::uint64_t sure = whatIf.count(Grade::Sure);
    const std::uint64_t maybe = whatIf.count(Grade::Maybe);
    std::string text =
        std::format("{} would run for sure, and of {} that may about {:.0f}.", sure, maybe, whatIf.chances());
    if (times == Times::Shown) {
        text += std::format(" That took about {} when they ran last.",
                            milliseconds(whatIf.sureNs() + std::uint64_t(whatIf.maybeNs())));
    }
    text += "\n\n";
    using Is = Rows::Is;
    Rows rows({{"", Is::Words}, {"chance"}, {"last run", Is::Time}, {"because of", Is::Words}}, times);
    for (std::size_t at = 0; at < std::min(most, whatIf.expected.size()); ++at) {
        const Expected &each = whatIf.expected[at];
        rows.add({nameOf(store.node(each.node)),
                  each.grade == Grade::Sure ? "sure" : std::format("{:.0f} %", 100 * each.chance),
                  each.ns > 0 ? milliseconds(each.ns) : "", nameOf(store.node(each.through))});
    }
    text += rows.text();
    if (whatIf.expected.size() > most)
        text += std::format("  and {} more\n", whatIf.expected.size() - most);
    return text;
}

} // namespace nuages::trace
