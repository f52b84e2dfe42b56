#include "engine/trace/why.h"

#include "engine/trace/words.h"

#include <algorithm>
#include <format>
#include <map>

namespace nuages::trace {

namespace {

/// The last run between two revisions of which the value stayed the same; null if there was none.
const Execution *backdatedBetween(const Store &store, NodeId node, Revision after, Revision upTo)
{
    const Execution *found = nullptr;
    const auto look = [&](const Execution &each) {
        if (each.revision <= after)
            return false;
        if (each.revision <= upTo && each.outcome == Outcome::ExecutedBackdated)
            found = &each;
        return !found;
    };
    store.walkBack(node, look, upTo);
    return found;
}

/// What kept its value nearest to `node`, among all that it read, and the way up from there to the node.
struct Firewall {
    const Execution *run = nullptr;
    bool isAllKnown = true; ///< Else there may be one, but what was read then is not kept.
    std::vector<NodeId> way; ///< From the reader of the firewall up to the node.
};

Firewall nearestFirewall(const Store &store, NodeId node, Revision after, Revision upTo)
{
    std::map<NodeId, NodeId> readerOf{{node, 0}}; // the one that led here
    std::vector<NodeId> layer = {node};
    Firewall none;
    while (!layer.empty()) {
        std::vector<NodeId> next;
        for (const NodeId id : layer) {
            if (store.state(id).readsSince > upTo) {
                none.isAllKnown = false;
                continue;
            }
            for (const NodeId read : store.reads(id)) {
                if (!readerOf.emplace(read, id).second)
                    continue;
                if (const Execution *run = backdatedBetween(store, read, after, upTo)) {
                    Firewall firewall;
                    firewall.run = run;
                    for (NodeId up = id; up != 0; up = readerOf.at(up))
                        firewall.way.push_back(up);
                    return firewall;
                }
                next.push_back(read);
            }
        }
        layer = std::move(next);
    }
    return none;
}

Step keptStep(const Store &store, NodeId node, Revision revision)
{
    Step step;
    step.node = node;
    step.revision = revision;
    step.outcome = store.outcomeAt(node, revision).value_or(Outcome::NotChecked);
    step.name = nameOf(store.node(node));
    step.detail = nameOf(step.outcome);
    step.ns = store.state(node).lastNs;
    return step;
}

void explainValidated(const Store &store, const Execution &last, WhyNot &answer)
{
    const std::string name = nameOf(store.node(answer.node));
    const Firewall firewall = nearestFirewall(store, answer.node, last.since, answer.revision);
    if (!firewall.run) {
        answer.answer = WhyNot::Answer::Untouched;
        answer.sentence = firewall.isAllKnown
            ? std::format("{} did not run because nothing that it depends on has changed since revision {}.", name,
                          last.since)
            : std::format("{} did not run because nothing that it read has another value than in revision {}; what "
                          "that depended on is {}.",
                          name, last.since, notKept);
        return;
    }
    answer.answer = WhyNot::Answer::Stopped;
    const NodeId stoppedAt = firewall.run->node;
    answer.sentence = std::format("{} did not run because {} ran and its value stayed the same.", name,
                                  nameOf(store.node(stoppedAt)));
    answer.chain = why(store, stoppedAt, firewall.run->revision).chain;
    for (const NodeId id : firewall.way) {
        answer.chain.push_back(keptStep(store, id, answer.revision));
        answer.chain.back().depth = int(answer.chain.size()) - 1;
    }
}

} // namespace

WhyNot whyNot(const Store &store, NodeId node, Revision revision)
{
    WhyNot answer;
    answer.node = node;
    answer.revision = revision;
    const std::string name = nameOf(store.node(node));
    if (revision < store.state(node).born) {
        answer.answer = WhyNot::Answer::Unborn;
        answer.sentence = unbornSentence(name, store.state(node).born, revision);
        return answer;
    }
    const std::optional<Outcome> outcome = store.outcomeAt(node, revision);
    if (!outcome) {
        answer.answer = WhyNot::Answer::Forgotten;
        answer.sentence = std::format("What happened to which query in revision {} is {}.", revision, notKept);
        return answer;
    }
    const Execution *last = store.lastUntil(node, revision);
    if (isExecution(*outcome) || *outcome == Outcome::InputSet) {
        answer.answer = WhyNot::Answer::Ran;
        answer.sentence =
            std::format("{} {} in revision {}.", name, *outcome == Outcome::InputSet ? "was set" : "did run", revision);
    } else if (*outcome == Outcome::Validated) {
        explainValidated(store, *last, answer);
    } else if (*outcome == Outcome::NotChecked && last && last->revision == revision) {
        static constexpr std::array words = {"low", "medium", "high"};
        answer.answer = WhyNot::Answer::Durable;
        answer.sentence =
            std::format("{} did not run because no input of {} durability, or higher, has changed since revision {}.",
                        name, words[static_cast<std::size_t>(store.state(node).durability)], last->since);
    } else {
        answer.answer = WhyNot::Answer::NotAsked;
        answer.sentence = *outcome == Outcome::NotChecked
            ? std::format("{} did not run because nobody asked for it in revision {}.", name, revision)
            : std::format("{} did not end in revision {}: {}.", name, revision, nameOf(*outcome));
    }
    return answer;
}

} // namespace nuages::trace
