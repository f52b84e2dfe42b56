#include "ui/models/requests.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nuages::models {

namespace {

QString stateText(const trace::RequestRecord &request)
{
    using State = trace::RequestRecord::State;
    switch (request.state) {
    case State::Queued:
        return Words::tr("queued");
    case State::Running:
        return Words::tr("running");
    case State::Answered:
        return request.isNull ? Words::tr("answered: nothing") : Words::tr("answered");
    case State::Failed:
        return Words::tr("failed");
    case State::Cancelled:
        return Words::tr("cancelled");
    }
    return {};
}

/// "didChange"
QString labelBefore(const trace::Store &store, trace::Revision revision)
{
    const trace::RevisionRecord *record = store.revision(revision);
    return record ? toQString(record->label).section(u'/', -1) : QString();
}

bool isOver(trace::RequestRecord::State state)
{
    using State = trace::RequestRecord::State;
    return state != State::Queued && state != State::Running;
}

/// Whether it had come before the next revision was opened.
bool hadArrived(const trace::Store &store, const trace::RequestRecord &request, trace::Revision revision)
{
    if (request.begun != 0 && request.begun <= revision)
        return true;
    const auto next = std::ranges::upper_bound(store.revisions(), revision, {}, &trace::RevisionRecord::revision);
    return next == store.revisions().end() || request.at < next->at;
}

} // namespace

QVariant Requests::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RequestRow &row = rows()[std::size_t(index.row())];
    if (role == RequestRole)
        return QVariant::fromValue<quint64>(row.id);
    if (role == RevisionRole)
        return QVariant::fromValue<quint32>(row.revision);
    if (role == Qt::TextAlignmentRole && index.column() >= RevisionColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case MethodColumn:
        return row.method;
    case DocumentColumn:
        return row.document;
    case VersionColumn:
        return row.version;
    case StateColumn:
        return row.state;
    case AfterColumn:
        return row.after;
    case RevisionColumn:
        return row.revision == 0 ? QString() : countText(row.revision);
    case AttemptsColumn:
        return row.isUnderWay ? notKept() : countText(row.attempts);
    case TimeColumn:
        return timeText(row.ns);
    default:
        return {};
    }
}

QVariant Requests::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{Words::tr("request"),  Words::tr("document"), Words::tr("version"),
                                    Words::tr("state"),    Words::tr("after"),    Words::tr("rev"),
                                    Words::tr("attempts"), Words::tr("time")};
    return titles.value(section);
}

int Requests::rowOf(std::uint64_t id) const
{
    const auto at = std::ranges::lower_bound(rows(), id, {}, &RequestRow::id);
    return at != rows().end() && at->id == id ? int(at - rows().begin()) : -1;
}

int Requests::slowestIn(std::uint32_t revision) const
{
    int slowest = -1;
    for (int row = 0; row < rowCount(); ++row) {
        const RequestRow &each = rows()[std::size_t(row)];
        if (each.revision == revision && !trace::isOwnWork(each.id)
            && (slowest < 0 || each.ns > rows()[std::size_t(slowest)].ns))
            slowest = row;
    }
    return slowest;
}

std::optional<RequestRow> Requests::rowFor(const trace::Store &store, std::uint64_t id) const
{
    const trace::RequestRecord *record = store.request(id);
    if (!record || (trace::isOwnWork(id) && !m_showsOwnWork)) // What came and was dropped within one batch is gone.
        return std::nullopt;
    RequestRow row{.id = id,
                   .method = toQString(record->method),
                   .document = shownPath(store, record->document),
                   .state = stateText(*record),
                   .revision = record->ended,
                   .attempts = record->attempts,
                   .version = record->version ? QString::number(*record->version) : QString(),
                   .after = labelBefore(store, record->ended),
                   .ns = record->durationNs};
    if (m_past == 0)
        return row;
    if (!hadArrived(store, *record, m_past))
        return std::nullopt;
    const bool hasBegun = record->begun != 0 && record->begun <= m_past;
    const bool hasEnded = hasBegun && record->ended <= m_past && isOver(record->state);
    if (hasEnded)
        return row;
    row.isUnderWay = true;
    row.revision = 0;
    row.after.clear();
    row.ns = 0;
    trace::RequestRecord then = *record;
    then.state = hasBegun ? trace::RequestRecord::State::Running : trace::RequestRecord::State::Queued;
    const bool isCalledOff = record->begun == 0 && isOver(record->state); // Who knows when.
    row.state = isCalledOff ? notKept() : stateText(then);
    return row;
}

/// The requests that may stand otherwise in one of two revisions than in the other, of which 0 is the present one;
/// nullopt if they are many.
std::optional<std::vector<std::uint64_t>> Requests::othersBetween(const trace::Store &store, std::uint32_t left,
                                                                  std::uint32_t right) const
{
    constexpr std::size_t oneByOne = 100;
    constexpr trace::Revision present = std::numeric_limits<trace::Revision>::max();
    const auto [early, late] = std::minmax(left == 0 ? present : left, right == 0 ? present : right);
    std::vector<std::uint64_t> others;
    for (const auto &[id, record] : store.requests()) {
        if (trace::isOwnWork(id) && !m_showsOwnWork)
            break; // They are the last ones.
        const bool wasOver = isOver(record.state) && record.begun != 0 && record.ended <= early;
        const bool isInNone = !hadArrived(store, record, late) && !hadArrived(store, record, early);
        if (wasOver || isInNone)
            continue;
        others.push_back(id);
        if (others.size() > oneByOne)
            return std::nullopt;
    }
    return others;
}

/// Brings the row of a request up to date.
void Requests::lookAt(const trace::Store &store, std::uint64_t id)
{
    auto wanted = rowFor(store, id);
    const auto at = std::ranges::lower_bound(rows(), id, {}, &RequestRow::id);
    const int row = int(at - rows().begin());
    const bool isThere = at != rows().end() && at->id == id;
    if (!wanted && isThere)
        dropRow(row);
    else if (wanted && isThere)
        setRow(row, *std::move(wanted));
    else if (wanted)
        insertRow(row, *std::move(wanted));
}

void Requests::goTo(const trace::Store &store, std::uint32_t revision)
{
    const trace::Revision past = revision < store.revision() ? revision : 0;
    if (past == m_past)
        return;
    const trace::Revision before = std::exchange(m_past, past);
    if (const auto others = othersBetween(store, before, past)) {
        for (const std::uint64_t id : *others)
            lookAt(store, id);
        return;
    }
    std::vector<RequestRow> wanted;
    for (const auto &[id, record] : store.requests()) {
        if (auto row = rowFor(store, id))
            wanted.push_back(*std::move(row));
    }
    setRows(std::move(wanted));
}

void Requests::update(const trace::Store &store, std::span<const std::uint64_t> touched)
{
    const std::uint64_t last = rows().empty() ? 0 : rows().back().id;
    std::vector<RequestRow> added;
    for (const std::uint64_t id : touched) {
        auto wanted = rowFor(store, id);
        if (!wanted)
            continue;
        if (id > last) {
            added.push_back(*std::move(wanted));
            continue;
        }
        const auto at = std::ranges::lower_bound(rows(), id, {}, &RequestRow::id);
        const int row = int(at - rows().begin());
        if (at != rows().end() && at->id == id)
            setRow(row, *std::move(wanted));
        else
            insertRow(row, *std::move(wanted));
    }
    std::ranges::sort(added, {}, &RequestRow::id);
    appendRows(std::move(added));
    dropForgotten(store);
}

/// The oldest of clients and the oldest of the server's own.
void Requests::dropForgotten(const trace::Store &store)
{
    std::size_t gone = 0;
    while (gone < rows().size() && !store.request(rows()[gone].id))
        ++gone;
    removeFront(gone);
    const auto own = std::ranges::lower_bound(rows(), trace::ownWork, {}, &RequestRow::id);
    const int first = int(own - rows().begin());
    while (first < rowCount() && !store.request(rows()[std::size_t(first)].id))
        dropRow(first);
}

void Requests::setShowsOwnWork(const trace::Store &store, bool showsOwnWork)
{
    if (showsOwnWork == m_showsOwnWork)
        return;
    m_showsOwnWork = showsOwnWork;
    const auto own = std::ranges::lower_bound(rows(), trace::ownWork, {}, &RequestRow::id);
    std::vector<RequestRow> clients(rows().begin(), own);
    setRows(std::move(clients));
    if (!showsOwnWork)
        return;
    std::vector<std::uint64_t> ids;
    for (auto each = store.requests().lower_bound(trace::ownWork); each != store.requests().end(); ++each)
        ids.push_back(each->first);
    update(store, ids);
}

} // namespace nuages::models
