#include "engine/trace/diff.h"

#include "engine/trace/rows.h"
#include "engine/trace/values.h"
#include "engine/trace/words.h"

#include <algorithm>
#include <format>
#include <set>
#include <utility>

namespace nuages::trace {

namespace {

DiffSide sideOf(const Store &store, Revision revision)
{
    DiffSide side;
    side.revision = revision;
    if (const RevisionRecord *record = store.revision(revision)) {
        side.label = record->label;
        side.isKept = !record->isThinned;
        side.work = ledger(store, {revision, revision, 0}, {.ofAKind = 0}).all;
        side.memos = record->memos;
    }
    return side;
}

/// Whether it had been computed by then. A value that was computed later may be known to be the same since before.
bool isThere(const Store &store, NodeId id, Revision revision)
{
    bool cameLater = store.state(id).born > revision;
    store.walkBack(id, [&](const Execution &each) {
        cameLater = cameLater || (each.revision > revision && each.outcome == Outcome::ExecutedNew);
        return !cameLater && each.revision > revision;
    });
    return !cameLater;
}

NodeSide sideOf(const Store &store, NodeId id, const DiffSide &of)
{
    NodeSide side;
    side.isThere = isThere(store, id, of.revision);
    if (!side.isThere)
        return side;
    side.outcome = store.outcomeAt(id, of.revision);
    const auto look = [&](const Execution &each) {
        if (each.revision == of.revision && isExecution(each.outcome))
            side.ns += each.selfNs;
        return each.revision >= of.revision;
    };
    store.walkBack(id, look, of.revision);
    return side;
}

/// Between an earlier revision and a later one.
ValueChange changeOf(const Store &store, NodeId id, Revision early, Revision late, bool isForgotten)
{
    const NodeState &state = store.state(id);
    if (!isThere(store, id, early))
        return ValueChange::Absent;
    bool hasChanged = state.changedAt > early && state.changedAt <= late;
    const auto look = [&](const Execution &each) {
        hasChanged = hasChanged || (each.revision > early && each.revision <= late && isChange(each.outcome));
        return !hasChanged && each.revision > early;
    };
    store.walkBack(id, look, late);
    if (hasChanged)
        return ValueChange::Changed;
    return isForgotten && state.changedAt > early ? ValueChange::Unknown : ValueChange::Same;
}

void addNodes(std::string &text, const Store &store, const Diff &diff, ValueChange change, const std::string &title,
              Times times, std::size_t most)
{
    const std::uint64_t all = diff.count(change);
    if (all == 0)
        return;
    text += std::format("\n{} ({}):\n", title, all);
    const auto words = [](const NodeSide &side) {
        return !side.isThere ? "not there" : side.outcome ? nameOf(*side.outcome) : notKept;
    };
    const auto time = [](const NodeSide &side) { return side.ns > 0 ? milliseconds(side.ns) : std::string(); };
    const auto value = [&](NodeId node) {
        return change == ValueChange::Changed ? changeInShort(store, node, diff.a.revision, diff.b.revision)
                                              : std::string();
    };
    using Is = Rows::Is;
    Rows rows({{"", Is::Words},
               {std::format("in {}", diff.a.revision), Is::Words},
               {"", Is::Time},
               {std::format("in {}", diff.b.revision), Is::Words},
               {"", Is::Time},
               {"", Is::Words}},
              times);
    std::size_t shown = 0;
    for (const NodeDifference &node : diff.nodes) {
        if (node.value != change || ++shown > most)
            continue;
        rows.add({nameOf(store.node(node.node)), words(node.a), time(node.a), words(node.b), time(node.b),
                  value(node.node)});
    }
    text += rows.text();
    if (all > most)
        text += std::format("  and {} more\n", all - most);
}

} // namespace

std::uint64_t Diff::count(ValueChange change) const
{
    return std::uint64_t(std::ranges::count(nodes, change, &NodeDifference::value));
}

Diff diff(const Store &store, Revision a, Revision b)
{
    Diff diff;
    diff.a = sideOf(store, a);
    diff.b = sideOf(store, b);
    const auto [early, late] = std::minmax(a, b);
    const bool isForgotten = !store.isWholeAfter(early);
    std::set<std::string> files;
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        const NodeName node = store.node(id);
        if (!isThere(store, id, late))
            continue; // It is in neither.
        const ValueChange change = changeOf(store, id, early, late, isForgotten);
        if (node.isInput) {
            if (change == ValueChange::Same)
                continue;
            diff.inputs.push_back(id);
            if (!node.file.empty())
                files.emplace(node.file);
            continue;
        }
        const NodeDifference difference{id, change, sideOf(store, id, diff.a), sideOf(store, id, diff.b)};
        if (change != ValueChange::Same || difference.a.outcome != difference.b.outcome)
            diff.nodes.push_back(difference);
    }
    diff.files.assign(files.begin(), files.end());
    return diff;
}

Diff inverse(Diff diff)
{
    std::swap(diff.a, diff.b);
    for (NodeDifference &node : diff.nodes)
        std::swap(node.a, node.b);
    return diff;
}

const char *nameOf(ValueChange change)
{
    switch (change) {
    case ValueChange::Same:
        return "same value";
    case ValueChange::Changed:
        return "value differs";
    case ValueChange::Unknown:
        return notKept;
    case ValueChange::Absent:
        return "only in one";
    }
    return "";
}

std::string toText(const Store &store, const Diff &diff, Times times, std::size_t most)
{
    const auto title = [](const DiffSide &side) {
        return std::format("revision {}{}{}", side.revision, side.label.empty() ? "" : ", ", side.label);
    };
    std::string text = std::format("A is {}\nB is {}\n\n", title(diff.a), title(diff.b));
    using Is = Rows::Is;
    Rows sums({{"", Is::Words}, {"A"}, {"B"}, {"B − A"}}, Times::Shown);
    const auto addCount = [&](const char *name, std::uint64_t a, std::uint64_t b) {
        sums.add({name, std::to_string(a), std::to_string(b), std::format("{:+}", std::int64_t(b) - std::int64_t(a))});
    };
    const auto addTime = [&](const char *name, std::uint64_t a, std::uint64_t b) {
        if (times == Times::Shown)
            sums.add(
                {name, milliseconds(a), milliseconds(b), (b < a ? "−" : "+") + milliseconds(b < a ? a - b : b - a)});
    };
    const Work &a = diff.a.work;
    const Work &b = diff.b.work;
    addCount("ran to a new value", a.useful, b.useful);
    addCount("ran to the same value", a.same, b.same);
    addCount("checked and kept", a.checked, b.checked);
    addCount("reads looked at", a.looked, b.looked);
    addTime("own time", a.ns(), b.ns());
    addTime("of it in vain", a.sameNs, b.sameNs);
    addCount("queries there", diff.a.memos, diff.b.memos);
    text += sums.text();
    for (const DiffSide *side : {&diff.a, &diff.b}) {
        if (!side->isKept)
            text += std::format("What happened to which query in revision {} is {}.\n", side->revision, notKept);
    }
    text += diff.inputs.empty() ? "\nNo input differs.\n" : "\nInputs that differ:\n";
    for (const NodeId input : diff.inputs) {
        const std::string value = changeInShort(store, input, diff.a.revision, diff.b.revision);
        text += "  " + nameOf(store.node(input)) + (value.empty() ? "" : "  " + value) + "\n";
    }
    addNodes(text, store, diff, ValueChange::Changed, "Values that differ", times, most);
    addNodes(text, store, diff, ValueChange::Absent, "Only in one of them", times, most);
    addNodes(text, store, diff, ValueChange::Unknown, "What may differ", times, most);
    addNodes(text, store, diff, ValueChange::Same, "Same value, other work", times, most);
    return text;
}

} // namespace nuages::trace
