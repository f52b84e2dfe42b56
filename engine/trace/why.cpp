#include "engine/trace/why.h"

#include "engine/trace/values.h"
#include "engine/trace/words.h"

#include <algorithm>
#include <format>

namespace nuages::trace {

namespace {

/// The last run of a query, or the last set of an input.
const Execution *runUntil(const Store &store, NodeId node, Revision revision)
{
    const Execution *found = nullptr;
    const auto look = [&](const Execution &each) {
        if (each.revision <= revision && (isExecution(each.outcome) || each.outcome == Outcome::InputSet))
            found = &each;
        return !found;
    };
    store.walkBack(node, look, revision);
    return found;
}

/// The change of its cause that made a node run: the last one before it, but after the node was good last.
const Execution *changeBehind(const Store &store, const Execution &run)
{
    const Execution *found = nullptr;
    const auto look = [&](const Execution &each) {
        if (each.revision <= run.since)
            return false;
        if (isChange(each.outcome) && each.sequence < run.sequence)
            found = &each;
        return !found;
    };
    store.walkBack(run.cause, look, run.revision);
    return found;
}

/// The run of its parent inside which a node ran for the first time.
const Execution *runAround(const Store &store, const Execution &run)
{
    const Execution *found = nullptr;
    const auto look = [&](const Execution &each) {
        const bool isAround = each.revision == run.revision && each.sequence > run.sequence;
        if (isAround && (isExecution(each.outcome) || each.outcome == Outcome::Cancelled))
            found = &each; // going back, so the earliest of them is kept
        return each.revision >= run.revision;
    };
    store.walkBack(run.parent, look, run.revision);
    return found;
}

std::string detailOf(const Execution &run)
{
    switch (run.outcome) {
    case Outcome::ExecutedBackdated:
        return "same value: change stops here";
    case Outcome::ExecutedNew:
        return "ran for the first time";
    case Outcome::ExecutedChanged:
        return run.reason == Reason::UntrackedRead ? "reads what the engine cannot see; value differs"
                                                   : "value differs";
    case Outcome::Cancelled:
        return "was cancelled";
    default:
        return {};
    }
}

Step queryStep(const Store &store, const Execution &run)
{
    Step step;
    step.kind = Step::Kind::Query;
    step.node = run.node;
    step.revision = run.revision;
    step.outcome = run.outcome;
    step.name = nameOf(store.node(run.node));
    step.detail = detailOf(run);
    if (run.outcome == Outcome::ExecutedChanged)
        step.value = changeInShort(store, run.node, run.revision - 1, run.revision);
    else if (run.outcome == Outcome::ExecutedNew)
        step.value = valueInShort(store, run.node, run.revision);
    step.ns = run.selfNs;
    return step;
}

Step inputStep(const Store &store, const Execution &set)
{
    Step step;
    step.kind = Step::Kind::Input;
    step.node = set.node;
    step.revision = set.revision;
    step.outcome = Outcome::InputSet;
    step.name = nameOf(store.node(set.node));
    step.detail = std::format("set in revision {}", set.revision);
    step.value = changeInShort(store, set.node, set.revision - 1, set.revision);
    return step;
}

Step revisionStep(const Store &store, Revision revision)
{
    Step step;
    step.kind = Step::Kind::Edit;
    step.revision = revision;
    const RevisionRecord *record = store.revision(revision);
    step.name = record && !record->label.empty() ? record->label : "an edit";
    step.detail = std::format("revision {}", revision);
    return step;
}

Step requestStep(const Store &store, const Execution &run)
{
    Step step;
    step.kind = Step::Kind::Request;
    step.request = run.request;
    step.revision = run.revision;
    const RequestRecord *request = store.request(run.request);
    step.name = request ? request->method : std::format("request {}", run.request);
    if (request && request->attempts > 1)
        step.detail = std::format("attempt {}", request->attempts);
    return step;
}

Step unknownStep(const Store &store, NodeId node, Revision revision)
{
    Step step;
    step.kind = Step::Kind::Unknown;
    step.node = node;
    step.revision = revision;
    step.name = nameOf(store.node(node));
    step.detail = std::string("the record of what it did is ") + notKept;
    return step;
}

/// From the node up to where it came from; the node's own step comes first.
std::vector<Step> stepsUp(const Store &store, const Execution &from)
{
    std::vector<Step> steps;
    const auto isKnown = [&steps](NodeId node) { return std::ranges::contains(steps, node, &Step::node); };
    for (const Execution *run = &from;;) {
        steps.push_back(queryStep(store, *run));
        const bool isNew = run->reason == Reason::NeverComputed;
        if (run->outcome == Outcome::Cancelled)
            return steps;
        if (run->reason == Reason::UntrackedRead) {
            steps.push_back(revisionStep(store, run->revision));
            return steps;
        }
        if (isNew && run->parent == 0) {
            steps.push_back(requestStep(store, *run));
            return steps;
        }
        const NodeId next = isNew ? run->parent : run->cause;
        const Execution *behind = isNew ? runAround(store, *run) : changeBehind(store, *run);
        if (!behind || isKnown(next)) {
            steps.push_back(unknownStep(store, next, run->revision));
            return steps;
        }
        if (behind->outcome == Outcome::InputSet) {
            steps.push_back(inputStep(store, *behind));
            steps.push_back(revisionStep(store, behind->revision));
            return steps;
        }
        run = behind;
    }
}

/// What else ran in the revision because of a step of the chain, or of what ran because of that.
std::vector<Step> stepsBeside(const Store &store, const Execution &run, const std::vector<Step> &chain)
{
    std::vector<Step> beside;
    const auto depthOf = [&](NodeId node) {
        for (const std::vector<Step> *steps : {&chain, static_cast<const std::vector<Step> *>(&beside)}) {
            const auto found = std::ranges::find(*steps, node, &Step::node);
            if (found != steps->end())
                return found->depth;
        }
        return -1;
    };
    store.walkThrough(run.revision, [&](const Execution &each) {
        if (!isExecution(each.outcome) || each.cause == 0 || depthOf(each.node) >= 0)
            return true;
        if (const int depth = depthOf(each.cause); depth >= 0) {
            beside.push_back(queryStep(store, each));
            beside.back().depth = depth + 1;
        }
        return beside.size() < Why::shownSteps;
    });
    return beside;
}

/// What depends on a node that kept its value, and was kept because of that.
struct Spared {
    const Execution *validation = nullptr;
    std::uint64_t ns = 0; ///< What running it took the last time.
};

/// The dearest first.
std::vector<Spared> sparedBy(const Store &store, const Execution &run)
{
    std::vector<Spared> spared;
    for (const NodeId id : store.dependents({run.node}, run.revision)) {
        const Execution *last = store.lastUntil(id, run.revision);
        if (last && last->revision == run.revision && last->outcome == Outcome::Validated)
            spared.push_back({last, store.state(id).lastNs});
    }
    std::ranges::stable_sort(spared, std::ranges::greater{}, &Spared::ns);
    return spared;
}

/// There may be thousands of them: only those that are shown become steps.
void addStopped(const Store &store, const std::vector<Spared> &spared, Why &why)
{
    why.spared = spared.size();
    for (const Spared &each : spared) {
        why.savedNs += each.ns;
        if (why.stopped.size() == Why::shownSteps)
            continue;
        Step step;
        step.node = each.validation->node;
        step.revision = each.validation->revision;
        step.outcome = Outcome::Validated;
        step.name = nameOf(store.node(step.node));
        step.detail = std::format("kept; {} looked at", each.validation->edges);
        step.ns = each.ns;
        why.stopped.push_back(std::move(step));
    }
    if (why.savedNs > 0)
        why.saving = std::format("That saved about {}.", milliseconds(why.savedNs));
}

/// "because the text of base.html changed"
std::string becauseOf(const Store &store, const Execution &run, const std::vector<Step> &up)
{
    std::string text = "because ";
    // A new node ran for the one that needed it; the reason is the first one's that was not new.
    std::size_t at = 0;
    const Execution *each = &run;
    while (each && each->reason == Reason::NeverComputed && each->parent != 0 && isExecution(each->outcome)) {
        text += std::format("{} needed it", nameOf(store.node(each->parent)));
        each = runAround(store, *each);
        ++at;
        if (!each || each->outcome == Outcome::Cancelled)
            return text;
        if (each->reason == Reason::NeverComputed && each->parent == 0)
            return text + ", for " + up.back().name;
        text +=
            each->reason == Reason::NeverComputed ? ", which ran for the first time because " : ", which ran because ";
    }
    if (each && (each->reason == Reason::DurabilityDropped || each->reason == Reason::DurabilityRaised)) {
        const char *often = each->reason == Reason::DurabilityDropped ? "more" : "less";
        return text + std::format("{} is expected to change {} often now", phraseOf(store.node(each->cause)), often);
    }
    if (each && each->reason == Reason::DependencyCollected)
        return text + phraseOf(store.node(each->cause)) + " had been forgotten while nothing could reach it";
    const Step &origin = up.back();
    switch (origin.kind) {
    case Step::Kind::Request:
        return text + origin.name + " asked for it";
    case Step::Kind::Unknown:
        return text + origin.name + " changed";
    default:
        break;
    }
    if (const Step &input = up[up.size() - 2]; input.kind == Step::Kind::Input)
        return text + phraseOf(store.node(input.node)) + " changed";
    const Step &reader = up[up.size() - 2];
    const std::string who = reader.node == up[at].node ? "it" : reader.name;
    return text + who + " reads something that the engine cannot see";
}

std::string consequenceOf(const Store &store, const Execution &run, const std::vector<Spared> &spared)
{
    if (run.outcome == Outcome::ExecutedBackdated) {
        if (spared.empty())
            return " Its value stayed the same.";
        const auto kindOf = [&store](const Spared &each) { return store.node(each.validation->node).kind; };
        const auto named = std::ranges::find_if(spared, hasSparedPhrase, kindOf);
        if (named == spared.end())
            return std::format(" Its value stayed the same, so {}.", sparedPhrase({}, spared.size()));
        const std::string_view kind = kindOf(*named);
        const auto count = std::ranges::count(spared, kind, kindOf);
        return std::format(" Its value stayed the same, so {}.", sparedPhrase(kind, std::size_t(count)));
    }
    if (run.outcome == Outcome::ExecutedChanged)
        return " Its value changed.";
    return {};
}

} // namespace

Why why(const Store &store, NodeId node, Revision revision)
{
    Why why;
    why.node = node;
    why.revision = revision;
    const std::string name = nameOf(store.node(node));
    const Execution *run = runUntil(store, node, revision);
    if (!run && revision < store.state(node).born) {
        why.sentence = unbornSentence(name, store.state(node).born, revision);
        return why;
    }
    if (!run) {
        why.sentence = store.state(node).executed > 0 ? "The record of why " + name + " ran is " + notKept + "."
                                                      : name + " has not run since watching began.";
        if (store.node(node).isInput)
            why.sentence = std::format("{} is an input; no set of it is known up to revision {}.", name, revision);
        return why;
    }
    why.ranIn = run->revision;
    why.outcome = run->outcome;
    const std::vector<Step> up = run->outcome == Outcome::InputSet
        ? std::vector{inputStep(store, *run), revisionStep(store, run->revision)}
        : stepsUp(store, *run);
    why.chain.assign(up.rbegin(), up.rend());
    for (std::size_t at = 0; at < why.chain.size(); ++at)
        why.chain[at].depth = int(at);
    for (Step &step : why.chain) { // What was found to differ only later says when it began to.
        if (step.kind == Step::Kind::Query && step.revision != why.ranIn)
            step.detail += std::format(", in revision {}", step.revision);
    }
    why.also = stepsBeside(store, *run, why.chain);
    std::vector<Spared> spared;
    if (run->outcome == Outcome::ExecutedBackdated)
        spared = sparedBy(store, *run);
    addStopped(store, spared, why);

    if (run->outcome == Outcome::InputSet) {
        why.sentence = std::format("{} was set in revision {}, by {}.", name, run->revision, why.chain.front().name);
        return why;
    }
    const bool isNew = run->reason == Reason::NeverComputed;
    const std::string verb = run->revision != revision ? std::format("last ran in revision {}", run->revision)
        : isNew                                        ? "ran for the first time"
                                                       : "ran";
    why.sentence =
        std::format("{} {} {}.{}", name, verb, becauseOf(store, *run, up), consequenceOf(store, *run, spared));
    return why;
}

} // namespace nuages::trace
