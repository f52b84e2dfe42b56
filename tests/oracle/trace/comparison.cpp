#include "tests/oracle/trace/comparison.h"

#include "ui/models/bill.h"
#include "ui/models/fileindex.h"
#include "ui/models/focuspicture.h"
#include "ui/models/kindgraph.h"
#include "ui/models/querykinds.h"
#include "ui/models/requests.h"
#include "ui/models/revisions.h"
#include "ui/models/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace nuages::oracle {

using models::toQString;

namespace {

/// What it counts as: an input that was set has changed.
Outcome segmentFor(Outcome outcome) { return outcome == Outcome::InputSet ? Outcome::ExecutedChanged : outcome; }

QString sharesText(const models::Shares &shares)
{
    QStringList parts;
    for (const std::uint32_t count : shares.counts)
        parts << QString::number(count);
    return parts.join(u' ');
}

QString timesText(const models::ShareTimes &times)
{
    QStringList parts;
    for (const std::uint64_t ns : times)
        parts << QString::number(ns);
    return parts.join(u' ');
}

QString durabilityText(query::Durability durability)
{
    static constexpr std::array words = {"low", "medium", "high"};
    return QString::fromLatin1(words.at(std::size_t(durability)));
}

} // namespace

QString joined(const std::vector<std::string> &parts)
{
    QStringList all;
    for (const std::string &each : parts)
        all << toQString(each);
    return all.join(QStringLiteral("; "));
}

const char *nameOf(Judge judge)
{
    static constexpr std::array names = {"the list of all events", "a fresh engine on the inputs of the revision",
                                         "what the editor did"};
    return names.at(std::size_t(judge));
}

void Comparison::countOne(const QString &what)
{
    ++m_compared;
    ++m_comparedOf[what.section(u':', 0, 0)];
}

void Comparison::fail(const QString &what, const QString &shown, const QString &right, Judge judge)
{
    m_differences.push_back({m_revision, m_where + QStringLiteral(", ") + what, shown, right, judge});
}

void Comparison::same(const QString &what, const QString &shown, const QString &right, Judge judge)
{
    countOne(what);
    if (shown != right)
        fail(what, shown, right, judge);
}

void Comparison::same(const QString &what, std::uint64_t shown, std::uint64_t right, Judge judge)
{
    same(what, QString::number(shown), QString::number(right), judge);
}

/// What happened in it and later must not be more than what is to be kept.
bool Comparison::mustBeKept(Revision revision) const
{
    if (m_keptOf != m_plain.happened) {
        m_keptOf = m_plain.happened;
        m_firstKept = 0;
        std::size_t sum = 0;
        for (auto each = m_plain.byRevision.rbegin(); each != m_plain.byRevision.rend() && m_firstKept == 0; ++each) {
            sum += each->second.size();
            if (sum > m_limits.executions)
                m_firstKept = each->first + 1;
        }
    }
    return revision >= m_firstKept;
}

bool Comparison::isKept() const
{
    const trace::RevisionRecord *record = m_inspection.store().revision(m_revision);
    return record && !record->isThinned;
}

QString Comparison::outcomeThen(NodeId node) const
{
    static constexpr std::array words = {"not even checked", "checked, kept",   "ran, new",
                                         "ran, changed",     "ran, same value", "set",
                                         "cancelled",        "needed itself",   "dropped"};
    return QString::fromLatin1(words.at(std::size_t(m_plain.outcome(node, m_revision))));
}

bool Comparison::wasGood(NodeId node) const
{
    const Outcome outcome = m_plain.outcome(node, m_revision);
    return outcome == Outcome::Validated || trace::isExecution(outcome)
        || (outcome == Outcome::NotChecked && m_plain.lastIn(node, m_revision));
}

bool Comparison::isAbout(NodeId node, const char *kind) const
{
    return m_plain.node(node).kind == kind && !m_plain.node(node).isInput;
}

QString Comparison::named(NodeId node) const { return node == 0 ? QString() : toQString(m_plain.nameOf(node)); }

QString Comparison::labelOf(Revision revision) const
{
    const auto commit = m_plain.commits.find(revision);
    if (commit == m_plain.commits.end() || commit->second.label.empty())
        return QStringLiteral("revision %1").arg(revision);
    QString label = toQString(commit->second.label).section(u'/', -1);
    if (label == u"lookAgain")
        label = QStringLiteral("disk");
    const std::vector<NodeId> set = m_plain.setIn(revision);
    if (!set.empty() && !m_plain.node(set.front()).file.empty())
        label += u' ' + toQString(m_plain.shownPath(m_plain.node(set.front()).file));
    return label;
}

Fresh &Comparison::fresh(Revision revision)
{
    std::unique_ptr<Fresh> &fresh = m_fresh[revision];
    if (fresh)
        return *fresh;
    fresh = std::make_unique<Fresh>(m_editor.world(), revision);
    std::vector<AskedRequest> asked;
    for (const auto &[id, request] : m_editor.asked()) {
        if (request.revision == revision)
            asked.push_back(request);
    }
    fresh->checkAll(asked);
    return *fresh;
}

/// Some that had something to do in the revision, and some by chance.
std::vector<NodeId> Comparison::someNodes()
{
    std::set<NodeId> nodes;
    if (const auto all = m_plain.byRevision.find(m_revision); all != m_plain.byRevision.end()) {
        for (int draw = 0; draw < 12; ++draw)
            nodes.insert(all->second[m_random() % all->second.size()].node);
    }
    for (int draw = 0; draw < 6 && m_plain.count() > 0; ++draw)
        nodes.insert(NodeId(1 + m_random() % m_plain.count()));
    return {nodes.begin(), nodes.end()};
}

void Comparison::lookAt(Revision revision, const QString &where)
{
    m_where = where;
    m_revision = revision;
    m_fresh.clear();
    models::Spot spot = m_inspection.selection().spot();
    const models::Spot before = spot;
    if (revision < m_plain.last)
        spot.revision = revision;
    else
        spot.revision.reset();
    m_inspection.selection().go(spot);
    m_inspection.refresh();
    same(QStringLiteral("kept"), isKept() || !mustBeKept(revision), true);
    revisions();
    bill();
    kinds();
    files();
    texts();
    mistakes();
    requests();
    kindEdges();
    for (const NodeId each : someNodes())
        node(each);
    m_inspection.selection().go(before);
}

void Comparison::revisions()
{
    const auto &rows = m_inspection.revisions().rows();
    same(QStringLiteral("revisions: how many"), rows.size(), m_plain.seen.size());
    for (const models::RevisionRow &row : rows) {
        if (row.revision != m_revision && m_random() % 200 != 0)
            continue;
        models::Shares shares;
        models::ShareTimes times{};
        std::uint64_t looked = 0;
        if (const auto all = m_plain.byRevision.find(row.revision); all != m_plain.byRevision.end()) {
            for (const Execution &each : all->second) {
                times.at(std::size_t(segmentFor(each.outcome))) += each.selfNs;
                if (each.outcome != Outcome::NotChecked)
                    ++shares[segmentFor(each.outcome)];
                looked += each.outcome == Outcome::Validated || trace::isExecution(each.outcome);
            }
        }
        std::uint64_t memos = 0;
        if (const auto told = m_plain.kinds.find(row.revision); told != m_plain.kinds.end()) {
            for (const trace::KindTotal &kind : told->second)
                memos += kind.isInput ? 0 : kind.memos;
        }
        shares[Outcome::NotChecked] = std::uint32_t(memos > looked ? memos - looked : 0);
        const std::vector<NodeId> set = m_plain.setIn(row.revision);
        const auto commit = m_plain.commits.find(row.revision);
        const bool isNamed = commit != m_plain.commits.end() && !commit->second.label.empty();
        const bool isBig = isNamed && !set.empty()
            && (commit->second.durability > query::Durability::Low || std::ranges::any_of(set, [&](NodeId each) {
                               return m_plain.node(each).file != m_plain.node(set.front()).file;
                           }));
        const QString name = QStringLiteral("revisions: %1, ").arg(row.revision);
        same(name + QStringLiteral("label"), row.label, labelOf(row.revision));
        same(name + QStringLiteral("counts"), sharesText(row.shares), sharesText(shares));
        same(name + QStringLiteral("times"), timesText(row.times), timesText(times));
        same(name + QStringLiteral("is big"), row.isBig, isBig);
    }
}

void Comparison::bill()
{
    const models::Bill &bill = m_inspection.bill();
    same(QStringLiteral("bill: title"), bill.title(), QStringLiteral("Revision %1").arg(m_revision));
    const auto commit = m_plain.commits.find(m_revision);
    const std::size_t inputs = m_plain.setIn(m_revision).size();
    QString subtitle =
        durabilityText(commit == m_plain.commits.end() ? query::Durability::Low : commit->second.durability)
        + QStringLiteral(" · %1 input%2").arg(inputs).arg(inputs == 1 ? QString() : QStringLiteral("s"));
    if (!isKept())
        subtitle += QStringLiteral(" · counts only");
    same(QStringLiteral("bill: subtitle"), bill.subtitle(), subtitle);
    models::Shares shares;
    models::ShareTimes times{};
    if (const auto all = m_plain.byRevision.find(m_revision); all != m_plain.byRevision.end()) {
        for (const Execution &each : all->second) {
            ++shares[segmentFor(each.outcome)];
            times.at(std::size_t(segmentFor(each.outcome))) += each.selfNs;
        }
    }
    std::set<Outcome> told;
    for (const models::BillRow &row : bill.rows()) {
        told.insert(row.segment);
        if (row.segment != Outcome::NotChecked) // Of all the rest: `revisions` has it.
            same(QStringLiteral("bill: ") + models::titleOf(row.segment), row.count, shares[row.segment]);
        same(QStringLiteral("bill: time of ") + models::titleOf(row.segment), row.ns,
             times.at(std::size_t(row.segment)));
    }
    for (std::size_t each = 0; each < shares.counts.size(); ++each) {
        if (Outcome(each) != Outcome::NotChecked && shares[Outcome(each)] > 0)
            same(QStringLiteral("bill: has ") + models::titleOf(Outcome(each)), told.contains(Outcome(each)), true);
    }
}

void Comparison::kinds()
{
    std::map<QString, models::Shares> shares;
    std::map<QString, std::uint64_t> memos;
    const bool isPresent = m_revision == m_plain.last;
    for (NodeId id = 1; id <= m_plain.count(); ++id) {
        const trace::Node &node = m_plain.node(id);
        if (m_plain.lastIn(id, m_revision) && m_plain.outcome(id, m_revision) != Outcome::NotChecked)
            ++shares[toQString(node.kind)][segmentFor(m_plain.outcome(id, m_revision))];
        if (node.isInput)
            continue;
        // It has a value since it ran first, or since whatever is known of one that was there before.
        bool isThere = false;
        for (const Execution &each : m_plain.of(id))
            isThere = isThere || (trace::isExecution(each.outcome) && each.revision <= m_revision);
        for (const Plain::Told &each : m_plain.told(id))
            isThere = isThere || (!m_plain.isSeenNew(id) && each.memo.changedAt <= m_revision);
        memos[toQString(node.kind)] += isThere;
    }
    std::set<QString> rows;
    for (const models::KindRow &row : m_inspection.kinds().rows()) {
        rows.insert(row.kind);
        const QString name = QStringLiteral("kinds: %1, ").arg(row.kind);
        if (memos.contains(row.kind) && !isPresent)
            same(name + QStringLiteral("memos"), row.memos, memos[row.kind]);
        if (!row.isKept) {
            same(name + QStringLiteral("kept"), mustBeKept(m_revision), false);
            continue;
        }
        for (std::size_t each = 0; each < row.shares.counts.size(); ++each) {
            if (Outcome(each) != Outcome::NotChecked)
                same(name + models::titleOf(Outcome(each)), row.shares[Outcome(each)], shares[row.kind][Outcome(each)]);
        }
    }
    for (const auto &[kind, count] : memos)
        same(QStringLiteral("kinds: has %1").arg(kind), rows.contains(kind), count > 0);
    if (!isPresent)
        return;
    for (const trace::KindTotal &total : m_plain.kinds.at(m_revision)) {
        for (const models::KindRow &row : m_inspection.kinds().rows()) {
            if (row.kind == toQString(total.kind))
                same(QStringLiteral("kinds: memos of ") + row.kind, row.memos, total.memos);
        }
    }
}

void Comparison::files()
{
    const bool isPresent = m_revision == m_plain.last;
    const std::map<std::string, std::string> open = m_editor.world().openAt(m_revision);
    // When a document was opened without a change is known but from one batch to the next.
    const auto next = m_plain.taken.upper_bound(m_revision);
    const Revision before = next == m_plain.taken.begin() ? m_revision : *std::prev(next);
    const std::map<std::string, std::string> openBefore = m_editor.world().openAt(before - 1);
    const std::map<std::string, std::string> openAfter =
        m_editor.world().openAt(next == m_plain.taken.end() ? m_revision : *next);
    std::set<QString> changedNow;
    for (const NodeId set : m_plain.setIn(m_revision))
        changedNow.insert(toQString(m_plain.node(set).file));
    std::set<std::string> shown;
    for (const models::FileRow &row : m_inspection.files().rows()) {
        const std::string path = row.path.toStdString();
        shown.insert(path);
        if (!m_plain.files.contains(path)) {
            fail(QStringLiteral("files: ") + row.path, QStringLiteral("a row"), QStringLiteral("none"), Judge::Events);
            continue;
        }
        const QString name = QStringLiteral("files: %1, ").arg(row.shown);
        same(name + QStringLiteral("shown"), row.shown, toQString(m_plain.shownPath(path)));
        same(name + QStringLiteral("set now"), row.hasChangedNow, changedNow.contains(row.path));
        const Revision set = m_plain.setBefore(path, m_revision);
        // The records that say how it was after it was set last, and before it was set again.
        std::vector<trace::FileRecord> then;
        for (const trace::FileRecord &record : m_plain.files.at(path)) {
            if (record.changedAt <= m_revision && (set == 0 || record.changedAt == set))
                then.push_back(record);
        }
        const bool isNotKept = row.state == models::notKept();
        if (isNotKept) {
            same(name + QStringLiteral("kept"), then.empty(), true);
            continue;
        }
        countOne(name);
        if (then.empty()) {
            fail(name + QStringLiteral("state"), row.state, models::notKept(), Judge::Events);
            continue;
        }
        same(name + QStringLiteral("revision"), row.revision, then.back().changedAt);
        same(name + QStringLiteral("durability"), row.durability, durabilityText(then.back().durability));
        if (set != 0)
            same(name + QStringLiteral("set in"), row.revision, set);

        const auto text = m_editor.world().textAt(path, m_revision);
        const bool isSure =
            open.contains(path) == openBefore.contains(path) && open.contains(path) == openAfter.contains(path);
        const bool isOpen = isSure || isPresent ? open.contains(path) : row.state.startsWith(u"overlay");
        const auto status = fresh(m_revision).statusOf(path);
        QString right = isOpen ? QStringLiteral("overlay") : text ? QStringLiteral("disk") : row.state;
        if (status == source::Status::Directory)
            right = QStringLiteral("folder");
        else if (status == source::Status::Absent && !isOpen)
            right = QStringLiteral("absent");
        if (isOpen && isPresent) {
            right += QStringLiteral(" v%1").arg(m_editor.versions().at(path));
            same(name + QStringLiteral("state"), row.state.section(u' ', 0, 1), right, Judge::TheEditor);
        } else {
            same(name + QStringLiteral("state"), isOpen ? row.state.section(u' ', 0, 0) : row.state, right,
                 status ? Judge::FreshEngine : Judge::TheEditor);
        }
    }
    for (const auto &[path, records] : m_plain.files) {
        bool isThere = false;
        bool hasNodes = false;
        for (NodeId id = 1; id <= m_plain.count(); ++id) {
            if (m_plain.node(id).file != path)
                continue;
            hasNodes = true;
            isThere = isThere || m_plain.born(id) <= m_revision;
        }
        same(QStringLiteral("files: has a row for ") + toQString(path), shown.contains(path),
             isPresent || isThere || !hasNodes);
    }
}

void Comparison::texts()
{
    for (const auto &[path, told] : m_plain.texts) {
        const auto shown = m_inspection.textOf(toQString(path));
        const auto right = m_editor.world().textAt(path, m_revision);
        const QString name = QStringLiteral("texts: ") + toQString(path);
        if (shown) {
            same(name, toQString(*shown), right ? toQString(*right) : QStringLiteral("(none)"), Judge::TheEditor);
            continue;
        }
        const Revision set = m_plain.setBefore(path, m_revision);
        const bool isTold = std::ranges::any_of(told, [&](const trace::TextRecord &text) {
            return text.revision <= m_revision && m_plain.setBefore(path, text.revision) == set;
        });
        same(name, QStringLiteral("not kept"), isTold && right ? toQString(*right) : QStringLiteral("not kept"));
    }
}

/// The mistakes that were found when a file was looked at last.
void Comparison::mistakes()
{
    const trace::Store &store = m_inspection.store();
    for (const std::string &path : store.lookedAt()) {
        const auto shown = store.mistakesAt(path, m_revision);
        if (!shown || shown->revision != m_revision || !path.starts_with(projectRoot) || path.ends_with(".py"))
            continue;
        std::vector<std::string> found;
        for (const trace::Mistake &mistake : *shown->found)
            found.push_back(mistake.rule + ": " + mistake.message);
        std::ranges::sort(found);
        same(QStringLiteral("mistakes: in ") + toQString(path), joined(found),
             joined(fresh(m_revision).findingsOf(path)), Judge::FreshEngine);
    }
}

void Comparison::requests()
{
    const bool isPresent = m_revision == m_plain.last;
    std::map<std::uint64_t, const models::RequestRow *> rows;
    for (const models::RequestRow &row : m_inspection.requests().rows())
        rows[row.id] = &row;
    for (const auto &[id, record] : m_plain.requests) {
        if (trace::isOwnWork(id))
            continue;
        const auto asked = m_editor.asked().find(id);
        if (asked == m_editor.asked().end()) {
            fail(QStringLiteral("requests: %1").arg(id), toQString(record.method), QStringLiteral("nobody asked"),
                 Judge::TheEditor);
            continue;
        }
        const AskedRequest &request = asked->second;
        const QString name = QStringLiteral("requests: %1, ").arg(id);
        const auto found = rows.find(id);
        if (found == rows.end()) { // Of one that came in the revision it may be said of the one before as well.
            same(name + QStringLiteral("row"), request.revision > m_revision, true, Judge::TheEditor);
            continue;
        }
        const models::RequestRow &row = *found->second;
        same(name + QStringLiteral("arrived"), request.revision <= m_revision, true, Judge::TheEditor);
        same(name + QStringLiteral("method"), row.method, toQString(request.method), Judge::TheEditor);
        same(name + QStringLiteral("document"), row.document, toQString(m_plain.shownPath(request.path)),
             Judge::TheEditor);
        same(name + QStringLiteral("version"), row.version,
             request.version ? QString::number(*request.version) : QString(), Judge::TheEditor);
        using State = trace::RequestRecord::State;
        const bool isOver = record.state != State::Queued && record.state != State::Running;
        const bool wasOver = isOver && record.begun != 0 && record.ended <= m_revision;
        if (isPresent || wasOver) {
            using Reply = AskedRequest::Reply;
            QString right = record.attempts > 0 && record.state == State::Running ? QStringLiteral("running")
                                                                                  : QStringLiteral("queued");
            if (request.reply == Reply::Result)
                right = QStringLiteral("answered");
            else if (request.reply == Reply::Nothing)
                right = QStringLiteral("answered: nothing");
            else if (request.reply == Reply::Error)
                right = QStringLiteral("cancelled");
            same(name + QStringLiteral("state"), row.state, right, Judge::TheEditor);
            same(name + QStringLiteral("revision"), row.revision, record.ended);
            same(name + QStringLiteral("attempts"), row.attempts, record.attempts);
            same(name + QStringLiteral("time"), row.ns, record.durationNs);
            const auto commit = m_plain.commits.find(record.ended);
            same(name + QStringLiteral("after"), row.after,
                 commit == m_plain.commits.end() ? QString() : toQString(commit->second.label).section(u'/', -1));
        } else {
            same(name + QStringLiteral("under way"), row.isUnderWay, true);
            const QString right = record.begun != 0 && record.begun <= m_revision ? QStringLiteral("running")
                : record.begun == 0 && isOver                                     ? models::notKept()
                                                                                  : QStringLiteral("queued");
            same(name + QStringLiteral("state then"), row.state, right);
        }
    }
    for (const auto &[id, row] : rows)
        same(QStringLiteral("requests: %1 was made").arg(id), m_plain.requests.contains(id), true);
}

/// Reads between kinds, as far as they are known of the revision.
void Comparison::kindEdges()
{
    const models::KindGraph &graph = m_inspection.kindGraph();
    std::map<std::pair<QString, QString>, std::uint64_t> least;
    std::map<std::pair<QString, QString>, std::uint64_t> most;
    for (NodeId id = 1; id <= m_plain.count(); ++id) {
        if (m_plain.told(id).empty() || m_plain.born(id) > m_revision)
            continue;
        for (const NodeId read : m_plain.reads(id)) {
            const auto key = std::pair(toQString(m_plain.node(read).kind), toQString(m_plain.node(id).kind));
            most[key] += m_plain.readsSince(id) <= m_revision;
            least[key] += m_plain.readsToldFor(id) <= m_revision;
        }
    }
    std::map<std::pair<QString, QString>, std::uint64_t> shown;
    for (const models::KindGraph::Edge &edge : graph.edges(m_inspection.store(), m_revision)) {
        const auto kindAt = [&graph](int place) { return graph.order()[std::size_t(place)].kind; };
        shown[{kindAt(edge.from), kindAt(edge.to)}] = edge.count;
    }
    for (const auto &[kinds, count] : most) {
        const QString name = QStringLiteral("edges of kinds: %1 → %2").arg(kinds.first, kinds.second);
        same(name, std::clamp(shown[kinds], least[kinds], count), shown[kinds]);
    }
    for (const auto &[kinds, count] : shown)
        same(QStringLiteral("edges of kinds: %1 → %2 is one").arg(kinds.first, kinds.second),
             count == 0 || most.contains(kinds), true);
}

void Comparison::node(NodeId node)
{
    models::Spot spot = m_inspection.selection().spot();
    spot.node = node;
    spot.isPinned = true;
    m_inspection.selection().go(spot);
    details(node);
    neighbours(node);
    why(node);
    whyNot(node);
    cause(node);
    value(node);
    picture();
}

void Comparison::picture()
{
    const models::Focus &focus = m_inspection.focus().focus();
    std::set<NodeId> cards;
    const bool isForgotten = !isKept();
    for (const models::Focus::Card &card : focus.cards) {
        cards.insert(card.node);
        const QString name = QStringLiteral("cards: %1, ").arg(named(card.node));
        same(name + QStringLiteral("there"), m_plain.born(card.node) <= m_revision, true);
        if (card.subtitle.contains(u" in revision ")) // A change that took several to get through.
            continue;
        if (!isForgotten || mustBeKept(m_revision))
            same(name + QStringLiteral("outcome"), card.subtitle, outcomeThen(card.node));
    }
    std::set<std::pair<NodeId, NodeId>> wires;
    for (const models::Focus::Wire &wire : focus.wires) {
        wires.emplace(wire.from, wire.to);
        const bool isRead =
            std::ranges::contains(m_plain.reads(wire.to), wire.from) && m_plain.readsSince(wire.to) <= m_revision;
        same(QStringLiteral("wires: %1 to %2").arg(named(wire.from), named(wire.to)), true, isRead);
    }
    for (const NodeId to : cards) {
        if (m_plain.told(to).empty() || m_plain.readsToldFor(to) > m_revision)
            continue;
        for (const NodeId from : m_plain.reads(to)) {
            if (cards.contains(from))
                same(QStringLiteral("wires: has %1 to %2").arg(named(from), named(to)), wires.contains({from, to}),
                     true);
        }
    }
}

} // namespace nuages::oracle
