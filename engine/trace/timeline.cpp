#include "engine/trace/timeline.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace nuages::trace {

namespace {

/// Into rows by what lies within what. Spans of one thread do; of others that overlap, the later one comes below.
std::vector<std::vector<Span>> inRows(std::vector<Span> spans)
{
    // Of two that begin and end at once, the one that ended last is around the other.
    std::ranges::sort(spans, [](const Span &one, const Span &other) {
        return std::tuple(one.at, other.ns, other.sequence) < std::tuple(other.at, one.ns, one.sequence);
    });
    std::vector<std::vector<Span>> rows;
    std::vector<Instant> open; // The ends of those that have begun and not ended, outermost first.
    for (Span &span : spans) {
        while (!open.empty() && open.back() <= span.at)
            open.pop_back();
        if (rows.size() == open.size())
            rows.emplace_back();
        rows[open.size()].push_back(span);
        open.push_back(span.end());
    }
    return rows;
}

/// Each into the first row in which it overlaps none.
std::vector<std::vector<RequestRecord>> inRows(std::vector<RequestRecord> requests)
{
    std::ranges::sort(requests, {}, [](const RequestRecord &request) { return std::pair(request.at, request.id); });
    std::vector<std::vector<RequestRecord>> rows;
    for (RequestRecord &request : requests) {
        const auto isFree = [&request](const std::vector<RequestRecord> &row) {
            return row.back().at + Instant(row.back().durationNs) <= request.at;
        };
        const auto row = std::ranges::find_if(rows, isFree);
        (row == rows.end() ? rows.emplace_back() : *row).push_back(std::move(request));
    }
    return rows;
}

BlockedInterval blockedBy(const Store &store, const Wait &wait)
{
    BlockedInterval blocked{.wait = wait};
    if (!wait.isDone)
        return blocked;
    const auto look = [&](const Execution &each) {
        const bool isWork = isExecution(each.outcome) || each.outcome == Outcome::Validated;
        if (each.sequence > wait.sequence || each.revision > wait.revision || !isWork)
            return true;
        if (each.revision == wait.revision && each.thread != wait.thread) {
            blocked.holder = each.thread;
            blocked.released = each.sequence;
        }
        return false;
    };
    store.walkBack(wait.node, look, wait.revision);
    return blocked;
}

} // namespace

std::uint64_t TimeLine::spans() const
{
    std::uint64_t count = 0;
    for (const Lane &lane : lanes) {
        for (const std::vector<Span> &row : lane.rows)
            count += row.size();
    }
    return count;
}

TimeLine timeLine(const Store &store, Revision first, Revision last)
{
    TimeLine line;
    bool isEmpty = true;
    const auto stretch = [&](Instant at, std::uint64_t ns) {
        line.begin = isEmpty ? at : std::min(line.begin, at);
        line.end = isEmpty ? at + Instant(ns) : std::max(line.end, at + Instant(ns));
        isEmpty = false;
    };
    std::map<std::uint32_t, std::vector<Span>> byThread;
    const auto add = [&](std::uint32_t thread, const Span &span) {
        byThread[thread].push_back(span);
        stretch(span.at, span.ns);
    };
    for (const RevisionRecord &record : store.revisions()) {
        if (record.revision < first || record.revision > last)
            continue;
        for (const Execution &each : store.executions(record.revision)) {
            if (!isExecution(each.outcome))
                continue;
            if (each.at == 0) {
                ++line.untimed;
                continue;
            }
            add(each.thread,
                {.node = each.node,
                 .revision = each.revision,
                 .request = each.request,
                 .outcome = each.outcome,
                 .cause = each.cause,
                 .at = each.at,
                 .ns = each.durationNs,
                 .selfNs = each.selfNs,
                 .sequence = each.sequence});
        }
    }
    for (const Wait &wait : store.waits()) {
        if (wait.revision < first || wait.revision > last)
            continue;
        add(wait.thread,
            {.node = wait.node,
             .revision = wait.revision,
             .request = wait.request,
             .isWait = true,
             .at = wait.at,
             .ns = wait.ns,
             .selfNs = wait.ns,
             .sequence = wait.sequence});
        line.blocked.push_back(blockedBy(store, wait));
    }
    for (auto &[thread, spans] : byThread)
        line.lanes.push_back({thread, inRows(std::move(spans))});
    std::ranges::sort(line.blocked, [](const BlockedInterval &one, const BlockedInterval &other) {
        return std::tuple(other.wait.ns, one.wait.sequence) < std::tuple(one.wait.ns, other.wait.sequence);
    });

    std::vector<RequestRecord> requests;
    for (const auto &[id, request] : store.requests()) {
        const bool hasEnded =
            request.state != RequestRecord::State::Queued && request.state != RequestRecord::State::Running;
        if (hasEnded && request.at != 0 && request.ended >= first && request.ended <= last) {
            requests.push_back(request);
            stretch(request.at, request.durationNs);
        }
    }
    line.requests = inRows(std::move(requests));
    return line;
}

} // namespace nuages::trace
