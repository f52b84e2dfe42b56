#include "ui/models/questionrows.h"

#include "engine/trace/diff.h"
#include "engine/trace/statistics.h"
#include "engine/trace/timeline.h"
#include "engine/trace/values.h"
#include "engine/trace/whatif.h"
#include "ui/models/text.h"

namespace nuages::models {

namespace {

QString sideText(const trace::NodeSide &side)
{
    return side.isThere ? outcomeText(side.outcome) : Words::tr("not there");
}

/// "" for what did not run, unlike "–" for what was not timed.
AnswerCell ownTimeCell(std::uint64_t ns) { return {ns == 0 ? QString() : timeText(ns), double(ns)}; }

} // namespace

QStringList diffNodeTitles(std::uint32_t a, std::uint32_t b)
{
    return {
        Words::tr("query"), Words::tr("from A to B"),           Words::tr("value"), Words::tr("A: revision %1").arg(a),
        Words::tr("time"),  Words::tr("B: revision %1").arg(b), Words::tr("time")};
}

std::vector<AnswerRow> diffNodeRows(const trace::Store &store, const trace::Diff &diff)
{
    std::vector<AnswerRow> rows;
    using enum trace::ValueChange;
    for (const trace::ValueChange change : {Changed, Absent, Unknown, Same}) {
        for (const trace::NodeDifference &node : diff.nodes) {
            if (node.value != change)
                continue;
            const QString name = nameOf(store, node.node);
            std::string values;
            if (change == Changed)
                values = trace::changeInShort(store, node.node, diff.a.revision, diff.b.revision);
            rows.push_back({.name = name,
                            .cells = {name, toQString(values), told(trace::nameOf(change)), sideText(node.a),
                                      ownTimeCell(node.a.ns), sideText(node.b), ownTimeCell(node.b.ns)},
                            .node = node.node});
        }
    }
    return rows;
}

QStringList diffInputTitles() { return {Words::tr("input"), Words::tr("from A to B"), Words::tr("durability")}; }

std::vector<AnswerRow> diffInputRows(const trace::Store &store, const trace::Diff &diff)
{
    std::vector<AnswerRow> rows;
    for (const trace::NodeId input : diff.inputs) {
        const QString name = nameOf(store, input);
        const std::string text = trace::changeInShort(store, input, diff.a.revision, diff.b.revision);
        rows.push_back(
            {.name = name, .cells = {name, toQString(text), nameOf(store.state(input).durability)}, .node = input});
    }
    return rows;
}

QString diffSentence(const trace::Diff &diff)
{
    const trace::Work &a = diff.a.work;
    const trace::Work &b = diff.b.work;
    QString text =
        Words::tr("%1 and %2 differ · ran %3 and %4 · own time %5 and %6")
            .arg(countOf(diff.inputs.size(), QT_TRANSLATE_N_NOOP("models", "%1 input(s)")),
                 countOf(diff.count(trace::ValueChange::Changed), QT_TRANSLATE_N_NOOP("models", "%1 value(s)")),
                 countText(a.ran()), countText(b.ran()), timeText(a.ns()), timeText(b.ns()));
    for (const trace::DiffSide *side : {&diff.a, &diff.b}) {
        if (!side->isKept)
            text += Words::tr(" · revision %1 is %2").arg(side->revision).arg(notKept());
    }
    return text;
}

QStringList whatIfTitles()
{
    return {Words::tr("query"), Words::tr("chance"), Words::tr("last run"), Words::tr("because of")};
}

std::vector<AnswerRow> whatIfRows(const trace::Store &store, const trace::WhatIf &whatIf)
{
    std::vector<AnswerRow> rows;
    for (const trace::Expected &each : whatIf.expected) {
        const QString name = nameOf(store, each.node);
        const bool isSure = each.grade == trace::Grade::Sure;
        const QString chance = isSure ? Words::tr("sure") : QStringLiteral("%1 %").arg(100 * each.chance, 0, 'f', 0);
        rows.push_back({.name = name,
                        .cells = {name, AnswerCell(chance, isSure ? 2 : each.chance), ownTimeCell(each.ns),
                                  nameOf(store, each.through)},
                        .node = each.node});
    }
    return rows;
}

QString whatIfSentence(const trace::WhatIf &whatIf)
{
    return Words::tr("%1 would run for sure, of %2 that may about %3 · about %4")
        .arg(countText(whatIf.count(trace::Grade::Sure)), countText(whatIf.count(trace::Grade::Maybe)),
             QString::number(whatIf.chances(), 'f', 0), timeText(whatIf.sureNs() + std::uint64_t(whatIf.maybeNs())));
}

QStringList statisticsTitles()
{
    return {Words::tr("query"), Words::tr("ran"),      Words::tr("same value"), Words::tr("checked"),
            Words::tr("hits"),  Words::tr("own time"), Words::tr("with all"),   Words::tr("p50"),
            Words::tr("p95"),   Words::tr("reads"),    Words::tr("readers")};
}

std::vector<AnswerRow> statisticsRows(const std::vector<trace::KindStatistics> &kinds)
{
    std::vector<AnswerRow> rows;
    for (const trace::KindStatistics &kind : kinds) {
        if (kind.isInput)
            continue;
        const QString name = toQString(kind.kind);
        rows.push_back({.name = name,
                        .cells = {name, countCell(kind.counters.executed), countCell(kind.counters.backdated),
                                  countCell(kind.counters.validated()), countCell(kind.counters.hits),
                                  timeCell(kind.selfNs), timeCell(kind.totalNs), timeCell(kind.medianNs),
                                  timeCell(kind.slowNs), countCell(kind.edges), countCell(kind.readers)},
                        .node = kind.mostRead});
    }
    return rows;
}

QStringList kindMemoryTitles()
{
    return {Words::tr("kind"), Words::tr("cells"), Words::tr("reads kept"), Words::tr("most of one"),
            Words::tr("values")};
}

std::vector<AnswerRow> kindMemoryRows(const std::vector<trace::KindStatistics> &kinds)
{
    std::vector<AnswerRow> rows;
    for (const trace::KindStatistics &kind : kinds) {
        const QString name = toQString(kind.kind);
        rows.push_back({.name = name,
                        .cells = {name, countCell(kind.memos), countCell(kind.edges), countCell(kind.mostReads),
                                  Words::tr("not told")},
                        .node = kind.mostRead});
    }
    return rows;
}

QStringList fileMemoryTitles() { return {Words::tr("file"), Words::tr("cells"), Words::tr("reads kept")}; }

std::vector<AnswerRow> fileMemoryRows(const trace::Store &store, const std::vector<trace::FileMemory> &files)
{
    std::vector<AnswerRow> rows;
    for (const trace::FileMemory &file : files) {
        const QString shown = file.file.empty() ? Words::tr("of no file") : shownPath(store, file.file);
        const std::vector<trace::NodeId> nodes = store.nodesOfFile(file.file);
        rows.push_back({.name = toQString(file.file),
                        .cells = {shown, countCell(file.cells), countCell(file.edges)},
                        .node = nodes.empty() ? 0 : nodes.front()});
    }
    return rows;
}

QStringList blockedTitles()
{
    return {Words::tr("waited for"), Words::tr("time"),      Words::tr("rev"),    Words::tr("thread"),
            Words::tr("had by"),     Words::tr("needed by"), Words::tr("request")};
}

std::vector<AnswerRow> blockedRows(const trace::Store &store, const trace::TimeLine &line)
{
    std::vector<AnswerRow> rows;
    for (const trace::BlockedInterval &blocked : line.blocked) {
        const trace::Wait &wait = blocked.wait;
        const trace::RequestRecord *request = store.request(wait.request);
        rows.push_back(
            {.name = QString::number(wait.sequence),
             .cells = {nameOf(store, wait.node), timeCell(wait.ns), countCell(wait.revision), countCell(wait.thread),
                       blocked.holder == 0 ? AnswerCell(wait.isDone ? notKept() : Words::tr("given up"))
                                           : countCell(blocked.holder),
                       nameOf(store, wait.waiter), request ? toQString(request->method) : QString()},
             .node = wait.node,
             .revision = wait.revision});
    }
    return rows;
}

QString timeLineSentence(const trace::TimeLine &line)
{
    std::uint64_t waitedNs = 0;
    for (const trace::BlockedInterval &blocked : line.blocked)
        waitedNs += blocked.wait.ns;
    std::uint64_t requests = 0;
    for (const auto &row : line.requests)
        requests += row.size();
    QString text = Words::tr("%1 in %2 of %3 · %4 of %5 · %6")
                       .arg(countOf(line.spans() - line.blocked.size(), QT_TRANSLATE_N_NOOP("models", "%1 run(s)")),
                            timeText(std::uint64_t(line.end - line.begin)),
                            countOf(line.lanes.size(), QT_TRANSLATE_N_NOOP("models", "%1 thread(s)")),
                            countOf(line.blocked.size(), QT_TRANSLATE_N_NOOP("models", "%1 wait(s)")),
                            timeText(waitedNs), countOf(requests, QT_TRANSLATE_N_NOOP("models", "%1 request(s)")));
    if (line.untimed > 0)
        text +=
            Words::tr(" · %1 without a time").arg(countOf(line.untimed, QT_TRANSLATE_N_NOOP("models", "%1 run(s)")));
    return text;
}

} // namespace nuages::models
