// What is shown of one node.
#include "tests/oracle/trace/comparison.h"

#include "ui/models/neighbours.h"
#include "ui/models/nodedetails.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace nuages::oracle {

using models::toQString;

namespace {

QString revisionText(Revision revision) { return QStringLiteral("revision %1").arg(revision); }

bool hasLooked(const Execution &each) { return each.outcome != Outcome::Cancelled && each.outcome != Outcome::Cycle; }

/// A line of a chain by what it says.
struct Line {
    enum class Kind : std::uint8_t { Edit, Request, Input, Query, Unknown };

    Kind kind = Kind::Query;
    NodeId node = 0;
    Revision revision = 0;
    Outcome outcome = Outcome::NotChecked;
    std::uint64_t ns = 0;
    trace::RequestId request = 0;
};

Line lineOf(const Execution &run)
{
    return {run.outcome == Outcome::InputSet ? Line::Kind::Input : Line::Kind::Query,
            run.node,
            run.revision,
            run.outcome,
            run.selfNs,
            0};
}

/// From the node up to the edit or the request that it came from, found by looking at everything that happened.
std::vector<Line> linesUp(const Plain &plain, const Execution &from)
{
    std::vector<Line> lines;
    Execution run = from;
    for (;;) {
        lines.push_back(lineOf(run));
        if (run.outcome == Outcome::Cancelled)
            return lines;
        const Line edit{Line::Kind::Edit, 0, run.revision, Outcome::NotChecked, 0, 0};
        if (run.outcome == Outcome::InputSet || run.reason == query::Reason::UntrackedRead) {
            lines.push_back(edit);
            return lines;
        }
        const bool isNew = run.reason == query::Reason::NeverComputed;
        if (isNew && run.parent == 0) {
            lines.push_back({Line::Kind::Request, 0, run.revision, Outcome::NotChecked, 0, run.request});
            return lines;
        }
        const NodeId next = isNew ? run.parent : run.cause;
        const Execution *behind = nullptr;
        for (const Execution &each : plain.of(next)) {
            if (isNew) { // the run around it ends next
                const bool isRun = trace::isExecution(each.outcome) || each.outcome == Outcome::Cancelled;
                if (isRun && each.revision == run.revision && each.sequence > run.sequence
                    && (!behind || each.sequence < behind->sequence))
                    behind = &each;
            } else if (trace::isChange(each.outcome) && each.revision > run.since && each.sequence < run.sequence) {
                if (!behind || each.sequence > behind->sequence)
                    behind = &each;
            }
        }
        const bool isCircle = std::ranges::any_of(lines, [&](const Line &line) { return line.node == next; });
        if (!behind || isCircle) {
            lines.push_back({Line::Kind::Unknown, next, run.revision, Outcome::NotChecked, 0, 0});
            return lines;
        }
        run = *behind;
    }
}

} // namespace

void Comparison::details(NodeId node)
{
    std::map<QString, QString> shown;
    for (const models::DetailRow &row : m_inspection.details().rows())
        shown[row.label] = row.value;
    const QString of = named(node) + QStringLiteral(", ");
    const auto say = [&](const char *label, const QString &right, Judge judge = Judge::Events) {
        same(QStringLiteral("details: ") + of + QLatin1String(label), shown[QLatin1String(label)], right, judge);
    };
    const trace::Node &told = m_plain.node(node);
    say(told.isInput ? "input" : "query", toQString(told.kind));
    say("key", toQString(told.key));
    say("field", toQString(told.field));
    if (m_plain.born(node) > m_revision)
        return say("outcome", QStringLiteral("not there yet"));

    const QString notKept = models::notKept();
    const Execution *now = m_plain.lastIn(node, m_revision);
    if (shown[QStringLiteral("outcome")] == notKept) {
        same(QStringLiteral("details: ") + of + QStringLiteral("kept"), mustBeKept(m_revision), false);
    } else {
        say("outcome", outcomeThen(node));
        const bool hasRun = now && trace::isExecution(now->outcome);
        say("reason", hasRun ? QString::fromLatin1(trace::nameOf(now->reason)) : QString());
        say("which", hasRun ? named(now->cause) : QString());
        say("took", hasRun ? models::timeText(now->selfNs) : QString());
        QString asker = now ? named(now->parent) : QString();
        if (now && now->parent == 0 && m_plain.requests.contains(now->request))
            asker = toQString(m_plain.requests.at(now->request).method);
        say("asked by", asker);
    }
    Revision changedAt = 0;
    Revision verifiedAt = 0;
    Revision seenAt = 0; // by something that happened
    Revision setAt = 0;
    std::uint64_t ran = 0;
    std::uint64_t kept = 0;
    std::uint64_t backdated = 0;
    std::uint64_t ns = 0;
    std::uint64_t ranLater = 0;
    for (const Execution &each : m_plain.of(node)) {
        const bool hasRun = trace::isExecution(each.outcome);
        ranLater += hasRun && each.revision > m_revision;
        if (each.revision > m_revision)
            continue;
        if (trace::isChange(each.outcome))
            changedAt = setAt = std::max(changedAt, each.revision);
        if (hasLooked(each))
            verifiedAt = seenAt = std::max(verifiedAt, each.revision);
        ran += hasRun;
        backdated += each.outcome == Outcome::ExecutedBackdated;
        kept += each.outcome == Outcome::Validated || each.outcome == Outcome::NotChecked;
        ns += hasRun ? each.selfNs : 0;
    }
    for (const Plain::Told &each : m_plain.told(node)) {
        if (each.memo.changedAt <= m_revision)
            changedAt = std::max(changedAt, each.memo.changedAt);
        if (each.memo.verifiedAt <= m_revision)
            verifiedAt = std::max(verifiedAt, each.memo.verifiedAt);
    }
    const auto sayRevision = [&](const char *label, Revision right, Revision other) {
        const QString value = shown[QLatin1String(label)];
        if (value == notKept || value.isEmpty()) {
            const bool isFree = other == 0 || !mustBeKept(other);
            same(QStringLiteral("details: ") + of + QLatin1String(label), value, isFree ? value : revisionText(right));
        } else {
            same(QStringLiteral("details: ") + of + QLatin1String(label), value,
                 value == revisionText(other) ? value : revisionText(right));
        }
    };
    sayRevision("changed at", changedAt, setAt);
    sayRevision("verified at", verifiedAt, seenAt);
    if (!m_plain.told(node).empty()) {
        const query::Durability durability = m_plain.told(node).back().memo.durability;
        static const QStringList words = {QStringLiteral("low"), QStringLiteral("medium"), QStringLiteral("high")};
        say("durability", ranLater > 0 && !told.isInput ? notKept : words[int(durability)]);
        const auto memo = fresh(m_revision).memos().find(m_plain.nameOf(node));
        if (memo != fresh(m_revision).memos().end() && wasGood(node) && ranLater == 0)
            say("durability", words[int(memo->second.durability)], Judge::FreshEngine);
    }
    if (shown[QStringLiteral("outcome")] == notKept)
        return say("ran", notKept);
    QString history = ran == 0 ? QString() : models::countText(ran) + QStringLiteral(" ×");
    if (ran > 0 && backdated > 0)
        history += QStringLiteral(", same ") + models::countText(backdated) + QStringLiteral(" ×");
    say("ran", history);
    say("saved so far", ran > 0 && kept > 0 ? models::timeText(kept * (ns / ran)) : QString());
}

void Comparison::neighbours(NodeId node)
{
    using Side = models::NeighbourRow::Side;
    std::vector<QString> sides[2];
    for (const models::NeighbourRow &row : m_inspection.neighbours().rows()) {
        if (row.side == Side::Path)
            continue;
        sides[row.side == Side::Reads ? 0 : 1].push_back(row.name);
        if (row.node == 0)
            continue;
        const QString name = QStringLiteral("neighbours: outcome of %1").arg(row.name);
        if (row.outcome < 0)
            same(name, mustBeKept(m_revision), false);
        else
            same(name, row.outcome, std::uint64_t(m_plain.outcome(row.node, m_revision)));
    }
    if (m_plain.born(node) > m_revision)
        return;
    reads(node, sides[0]);
    readers(node, sides[1]);
}

void Comparison::reads(NodeId node, const std::vector<QString> &shown)
{
    const QString what = QStringLiteral("reads: of %1").arg(named(node));
    const QString text = QStringList(shown.begin(), shown.end()).join(u", ");
    if (text == models::notKept()) {
        same(what, text, m_plain.readsToldFor(node) > m_revision ? text : QStringLiteral("they are told"));
        return;
    }
    QStringList right;
    for (const NodeId read : m_plain.reads(node)) {
        if (m_plain.born(read) <= m_revision)
            right << named(read);
    }
    const bool isKnown = m_plain.readsSince(node) <= m_revision;
    same(what, text, isKnown ? right.join(u", ") : models::notKept());
    const auto memo = fresh(m_revision).memos().find(m_plain.nameOf(node));
    if (memo == fresh(m_revision).memos().end() || !wasGood(node))
        return;
    QStringList computed;
    for (const std::string &read : memo->second.reads)
        computed << toQString(read);
    same(what, text, computed.join(u", "), Judge::FreshEngine);
}

void Comparison::readers(NodeId node, const std::vector<QString> &shown)
{
    const QString what = QStringLiteral("readers: of %1").arg(named(node));
    const std::set<QString> names(shown.begin(), shown.end());
    const QString text = QStringList(names.begin(), names.end()).join(u", ");
    if (text == models::notKept()) {
        same(what, text, m_plain.readersToldFor(node) > m_revision ? text : QStringLiteral("they are told"));
        return;
    }
    std::set<QString> right;
    for (const NodeId reader : m_plain.readers(node)) {
        if (m_plain.born(reader) <= m_revision)
            right.insert(named(reader));
    }
    const bool isKnown = m_plain.readersSince(node) <= m_revision;
    same(what, text, isKnown ? QStringList(right.begin(), right.end()).join(u", ") : models::notKept());
    const std::string name = m_plain.nameOf(node);
    for (const auto &[reader, memo] : fresh(m_revision).memos()) {
        const NodeId id = m_plain.find(reader);
        if (id == 0 || !wasGood(id))
            continue;
        const bool isReader = std::ranges::contains(memo.reads, name);
        const bool isShown = names.contains(toQString(reader));
        if (isReader || isShown)
            same(what + QStringLiteral(", whether %1 is one").arg(toQString(reader)), isShown, isReader,
                 Judge::FreshEngine);
    }
}

void Comparison::why(NodeId node)
{
    const models::WhyChain &model = m_inspection.why();
    const QString of = named(node);
    const Execution *run = m_plain.runUntil(node, m_revision);
    const bool isKnown = run && mustBeKept(run->revision);
    std::vector<QModelIndex> shown;
    for (QModelIndex at = model.index(0, 0); at.isValid() && at.data(models::NodeRole).isValid();
         at = model.index(0, 0, at)) {
        if (at.data(models::LineRole).toInt() == int(models::WhyRow::Kind::Heading))
            break;
        shown.push_back(at);
        if (at.data(models::NodeRole).toUInt() == node)
            break;
    }
    if (!run || (!isKnown && shown.empty())) {
        same(QStringLiteral("why: lines of %1").arg(of), shown.size(), 0);
        return;
    }
    std::vector<Line> right = linesUp(m_plain, *run);
    std::ranges::reverse(right);
    const bool isWhole = std::ranges::all_of(right, [this](const Line &line) { return mustBeKept(line.revision); });
    if (!isWhole)
        return; // Where it breaks off depends on what is still kept.
    same(QStringLiteral("why: lines of %1").arg(of), shown.size(), right.size());
    for (std::size_t at = 0; at < std::min(shown.size(), right.size()); ++at) {
        const Line &line = right[at];
        const QModelIndex &index = shown[at];
        const QString name = QStringLiteral("why: line %1 of %2, ").arg(at).arg(of);
        QString text = named(line.node);
        if (line.kind == Line::Kind::Edit)
            text = labelOf(line.revision);
        else if (line.kind == Line::Kind::Request)
            text = m_plain.requests.contains(line.request) ? toQString(m_plain.requests.at(line.request).method)
                                                           : QStringLiteral("request %1").arg(line.request);
        same(name + QStringLiteral("name"), index.data().toString(), text);
        same(name + QStringLiteral("node"), index.data(models::NodeRole).toUInt(), line.node);
        if (line.kind == Line::Kind::Input || line.kind == Line::Kind::Query)
            same(name + QStringLiteral("outcome"), index.data(models::OutcomeRole).toULongLong(),
                 std::uint64_t(line.outcome));
        const QString measure = index.siblingAtColumn(models::WhyChain::MeasureColumn).data().toString();
        if (line.kind == Line::Kind::Query)
            same(name + QStringLiteral("time"), measure, line.ns > 0 ? models::timeText(line.ns) : QString());
        const QString detail = index.data(models::DetailRole).toString();
        if (line.kind == Line::Kind::Input)
            same(name + QStringLiteral("detail"), detail, QStringLiteral("set in revision %1").arg(line.revision));
    }
    const QString sentence = model.sentence();
    same(QStringLiteral("why: sentence of %1 begins with it").arg(of), sentence.startsWith(of), true);
    if (run->outcome == Outcome::InputSet)
        return;
    same(QStringLiteral("why: sentence of %1 speaks of another revision").arg(of),
         sentence.contains(QStringLiteral(" last ran in revision %1 ").arg(run->revision)),
         run->revision != m_revision);
    same(QStringLiteral("why: sentence of %1 calls the value the same").arg(of),
         sentence.contains(u" Its value stayed the same"), run->outcome == Outcome::ExecutedBackdated);
    same(QStringLiteral("why: sentence of %1 calls the value changed").arg(of),
         sentence.contains(u" Its value changed."), run->outcome == Outcome::ExecutedChanged);

    // What ran beside, and what was spared.
    std::map<NodeId, NodeId> beside; // with the line that it stands under
    std::set<NodeId> stopped;
    std::uint64_t heading = 0;
    const std::function<void(const QModelIndex &, bool)> walk = [&](const QModelIndex &parent, bool isStopped) {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            const bool isHeading = index.data(models::LineRole).toInt() == int(models::WhyRow::Kind::Heading);
            heading += isHeading;
            const NodeId each = index.data(models::NodeRole).toUInt();
            if (isStopped && each != 0)
                stopped.insert(each);
            else if (each != 0 && std::ranges::find(shown, index) == shown.end())
                beside[each] = parent.data(models::NodeRole).toUInt();
            walk(index, isStopped || isHeading);
        }
    };
    walk({}, false);
    constexpr std::size_t most = 100; // so many lines are shown
    std::map<NodeId, NodeId> expected;
    std::set<NodeId> known;
    for (const Line &line : right)
        known.insert(line.node);
    known.erase(0);
    if (const auto all = m_plain.byRevision.find(run->revision); all != m_plain.byRevision.end()) {
        std::vector<Execution> happened = all->second;
        std::ranges::sort(happened, {}, &Execution::sequence);
        for (const Execution &each : happened) {
            if (expected.size() < most && trace::isExecution(each.outcome) && known.contains(each.cause)
                && known.insert(each.node).second)
                expected[each.node] = each.cause;
        }
    }
    const auto text = [this](const std::map<NodeId, NodeId> &lines) {
        QStringList all;
        for (const auto &[each, under] : lines)
            all << named(each) + QStringLiteral(" under ") + named(under);
        return all.join(u", ");
    };
    same(QStringLiteral("why: what ran beside %1").arg(of), text(beside), text(expected));

    if (run->outcome != Outcome::ExecutedBackdated) {
        same(QStringLiteral("why: what %1 spared").arg(of), stopped.size(), 0);
        return;
    }
    // Everything that depended on it then, and was kept then.
    std::set<NodeId> spared;
    std::set<NodeId> reached = {node};
    std::vector<NodeId> next = {node};
    while (!next.empty()) {
        const NodeId read = next.back();
        next.pop_back();
        for (const NodeId reader : m_plain.readers(read)) {
            if (m_plain.readsSince(reader) > run->revision || !reached.insert(reader).second)
                continue;
            next.push_back(reader);
            if (m_plain.outcome(reader, run->revision) == Outcome::Validated)
                spared.insert(reader);
        }
    }
    if (spared.size() > most)
        return;
    QStringList shownNames;
    QStringList rightNames;
    for (const NodeId each : stopped)
        shownNames << named(each);
    for (const NodeId each : spared)
        rightNames << named(each);
    same(QStringLiteral("why: what %1 spared").arg(of), shownNames.join(u", "), rightNames.join(u", "));
}

/// What is said to have kept a node from running did so: it ran for nothing, and the node depended on it.
void Comparison::whyNot(NodeId node)
{
    const Execution *last = m_plain.lastIn(node, m_revision);
    if (!last || last->outcome != Outcome::Validated || !isKept())
        return;
    const QString sentence = m_inspection.why().whyNotSentence();
    const QString of = QStringLiteral("why not: %1, ").arg(named(node));
    same(of + QStringLiteral("sentence"), sentence.startsWith(named(node) + QStringLiteral(" did not run because ")),
         true);
    const QString stoppedAt =
        sentence.section(QStringLiteral(" because "), 1).section(QStringLiteral(" ran and its value stayed "), 0, 0);
    // All that it depends on by the fresh engine.
    const auto &memos = fresh(m_revision).memos();
    std::set<std::string> below;
    std::vector<std::string> next = {m_plain.nameOf(node)};
    while (!next.empty()) {
        const auto memo = memos.find(next.back());
        next.pop_back();
        if (memo == memos.end())
            continue;
        for (const std::string &read : memo->second.reads) {
            if (below.insert(read).second)
                next.push_back(read);
        }
    }
    if (below.empty())
        return; // The fresh engine was not asked for it.
    if (sentence.contains(QStringLiteral(" ran and its value stayed "))) {
        same(of + QStringLiteral("depends on ") + stoppedAt, below.contains(stoppedAt.toStdString()), true,
             Judge::FreshEngine);
        bool hasStopped = false;
        const NodeId id = m_plain.find(stoppedAt.toStdString());
        for (const Execution &each : id == 0 ? std::vector<Execution>() : m_plain.of(id))
            hasStopped = hasStopped
                || (each.outcome == Outcome::ExecutedBackdated && each.revision > last->since
                    && each.revision <= m_revision);
        same(of + QStringLiteral("stopped by ") + stoppedAt, hasStopped, true);
        return;
    }
    if (!sentence.contains(u"nothing that it depends on has changed"))
        return;
    for (const std::string &read : below) {
        const NodeId id = m_plain.find(read);
        for (const Execution &each : id == 0 ? std::vector<Execution>() : m_plain.of(id))
            if (each.outcome == Outcome::InputSet && each.revision > last->since && each.revision <= m_revision)
                fail(of + QStringLiteral("nothing has changed"), sentence, toQString(read + " was set"),
                     Judge::FreshEngine);
    }
}

/// What is said to have made it run must be something that it had read, and the first thing of all something that was
/// done to a file.
void Comparison::cause(NodeId node)
{
    const Execution *run = m_plain.lastIn(node, m_revision);
    if (!run || !trace::isExecution(run->outcome) || !isKept())
        return;
    QString which;
    for (const models::DetailRow &row : m_inspection.details().rows()) {
        if (row.label == u"which")
            which = row.value;
    }
    if (!which.isEmpty() && run->since > 0 && m_random() % 3 == 0) {
        const auto memo = fresh(run->since).memos().find(m_plain.nameOf(node));
        if (memo != fresh(run->since).memos().end())
            same(QStringLiteral("cause: of %1 had been read").arg(named(node)),
                 std::ranges::contains(memo->second.reads, which.toStdString()), true, Judge::FreshEngine);
    }
    for (QModelIndex at = m_inspection.why().index(0, 0); at.isValid(); at = m_inspection.why().index(0, 0, at)) {
        const NodeId id = at.data(models::NodeRole).toUInt();
        if (id == 0 || !m_plain.node(id).isInput || m_plain.node(id).file.empty())
            continue;
        const QString detail = at.data(models::DetailRole).toString();
        const auto set = Revision(detail.section(u' ', -1).toUInt());
        same(QStringLiteral("cause: %1 was touched in revision %2").arg(named(id)).arg(set),
             m_editor.world().hasChangedIn(m_plain.node(id).file, set), true, Judge::TheEditor);
        break;
    }
}

/// Whether a value is the same as when it was good last, computed anew for both.
void Comparison::value(NodeId node)
{
    const Execution *run = m_plain.lastIn(node, m_revision);
    const bool isText = isAbout(node, "SourceText");
    if (!run || run->since == 0 || run->since == m_revision || !(isText || isAbout(node, "Diagnostics")) || !isKept())
        return;
    QString shown;
    for (const models::DetailRow &row : m_inspection.details().rows()) {
        if (row.label == u"outcome")
            shown = row.value;
    }
    const bool isSame = shown == u"ran, same value" || shown == u"checked, kept" || shown == u"not even checked";
    if (!isSame && shown != u"ran, changed")
        return;
    const std::string &path = m_plain.node(node).file;
    const bool right = isText ? m_editor.world().textAt(path, run->since) == m_editor.world().textAt(path, m_revision)
                              : fresh(run->since).diagnosticsOf(path) == fresh(m_revision).diagnosticsOf(path);
    same(QStringLiteral("value: of %1 is that of revision %2").arg(named(node)).arg(run->since), isSame, right,
         isText ? Judge::TheEditor : Judge::FreshEngine);
}

} // namespace nuages::oracle
