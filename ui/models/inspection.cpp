#include "ui/models/inspection.h"

#include "engine/trace/store.h"
#include "ui/models/bill.h"
#include "ui/models/fileindex.h"
#include "ui/models/focuspicture.h"
#include "ui/models/kindgraph.h"
#include "ui/models/neighbours.h"
#include "ui/models/nodedetails.h"
#include "ui/models/querykinds.h"
#include "ui/models/requests.h"
#include "ui/models/revisions.h"
#include "ui/models/signalcount.h"
#include "ui/models/telling.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace nuages::models {

namespace {

template <class Value>
void append(std::vector<Value> &to, const std::vector<Value> &from)
{
    to.insert(to.end(), from.begin(), from.end());
}

void merge(trace::Changes &into, const trace::Changes &changes)
{
    append(into.newNodes, changes.newNodes);
    append(into.touchedNodes, changes.touchedNodes);
    append(into.rereadNodes, changes.rereadNodes);
    append(into.newRevisions, changes.newRevisions);
    append(into.touchedRevisions, changes.touchedRevisions);
    append(into.newRequests, changes.newRequests);
    append(into.touchedRequests, changes.touchedRequests);
    append(into.newFiles, changes.newFiles);
    append(into.touchedFiles, changes.touchedFiles);
    std::ranges::sort(into.newRevisions); // Of each batch they rise, of several together perhaps not.
}

std::size_t sizeOf(const trace::Batch &batch)
{
    return batch.nodes.size() + batch.executions.size() + batch.memos.size() + batch.files.size();
}

} // namespace

Inspection::Inspection(QString root, query::Clock &clock, QObject *parent)
    : Inspection(std::move(root), trace::Store::Limits(), clock, parent)
{
}

Inspection::Inspection(QString root, trace::Store::Limits limits, query::Clock &clock, QObject *parent)
    : QObject(parent), m_root(std::move(root)), m_clock(clock), m_store(std::make_unique<trace::Store>(limits)),
      m_kindGraph(std::make_unique<KindGraph>()), m_telling(std::make_unique<Telling>()),
      m_selection(new Selection(this)), m_kinds(new QueryKinds(this)), m_bill(new Bill(this)),
      m_files(new FileIndex(m_root, this)), m_why(new WhyChain(this)), m_details(new NodeDetails(this)),
      m_neighbours(new Neighbours(this)), m_requests(new Requests(this)), m_revisions(new Revisions(this)),
      m_focus(new FocusPicture(m_root, this)), m_signalCount(new SignalCount(this))
{
    for (const QAbstractItemModel *model : std::initializer_list<const QAbstractItemModel *>{
             m_kinds, m_bill, m_files, m_why, m_details, m_neighbours, m_requests, m_revisions})
        m_signalCount->watch(*model);
    m_tick.setSingleShot(true);
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        restoreWaiting();
        if (isBehind() && !m_isPaused)
            tick();
    });
    connect(m_selection, &Selection::changed, this, [this] {
        if (m_isAnnouncing)
            return;
        settle(); // The others that hear of the change find it made.
        showSelection();
        updateFigures();
        Q_EMIT refreshed();
        askForThinned();
    });
}

Inspection::~Inspection() = default;

std::uint32_t Inspection::shownRevision() const { return m_selection->spot().revision.value_or(m_store->revision()); }

QString Inspection::shownPath(const QString &path) const
{
    const QByteArray utf8 = path.toUtf8();
    return models::shownPath(*m_store, std::string_view(utf8.constData(), std::size_t(utf8.size())));
}

QString Inspection::shownName(std::uint32_t node) const { return nameOf(*m_store, node); }

void Inspection::take(const std::shared_ptr<const trace::Batch> &batch)
{
    m_waiting.push_back(batch);
    if (!m_isPaused && !m_tick.isActive())
        tick();
    else
        Q_EMIT pendingCountChanged();
}

std::size_t Inspection::pendingCount() const
{
    return m_waiting.empty() && m_files->isBehind() ? 1 : m_waiting.size(); // Of the last one the files may be missing.
}

void Inspection::setPaused(bool isPaused)
{
    if (isPaused == m_isPaused)
        return;
    m_isPaused = isPaused;
    Q_EMIT pausedChanged(isPaused);
    if (!isPaused)
        refresh();
}

void Inspection::refresh()
{
    if (!isBehind() || m_isPaused || m_holds > 0) {
        showSelection();
        Q_EMIT refreshed();
    } else {
        tick();
    }
}

void Inspection::askForThinned()
{
    const trace::RevisionRecord *record = m_store->revision(shownRevision());
    const std::uint32_t wanted = record && record->isThinned ? record->revision : 0;
    if (std::exchange(m_askedFor, wanted) != wanted && wanted != 0)
        Q_EMIT thinnedShown(wanted);
}

void Inspection::restore(std::uint32_t revision, trace::RevisionEvents happened)
{
    m_restoring.emplace_back(revision, std::move(happened));
    restoreWaiting();
}

void Inspection::restoreWaiting()
{
    if (m_holds > 0)
        return;
    trace::Changes changes;
    for (auto &[revision, happened] : std::exchange(m_restoring, {}))
        merge(changes, m_store->restore(revision, std::move(happened)));
    if (changes.isEmpty())
        return;
    show(changes);
    showSelection();
    updateFigures();
    Q_EMIT refreshed();
}

void Inspection::expand(std::uint32_t node)
{
    m_focus->expand(node);
    showFocus();
}

void Inspection::setCollapsed(std::uint32_t node, bool isCollapsed)
{
    m_focus->setCollapsed(node, isCollapsed);
    showFocus();
}

void Inspection::setPinned(std::uint32_t node, bool isPinned)
{
    m_focus->setPinned(node, isPinned);
    showFocus();
}

void Inspection::setRoom(int columns, int rows)
{
    m_focus->setRoom(columns, rows);
    showFocus();
}

void Inspection::showPathTo(std::uint32_t node)
{
    m_selection->pin();
    m_focus->showPathTo(node);
    showSelection();
    Q_EMIT refreshed();
}

std::shared_ptr<void> Inspection::hold()
{
    ++m_holds;
    return {this, [this](void *) {
                if (--m_holds == 0 && ((isBehind() && !m_isPaused) || !m_restoring.empty()))
                    m_tick.start(0);
            }};
}

void Inspection::tick()
{
    if (m_holds > 0) {
        Q_EMIT pendingCountChanged();
        return;
    }
    if (!std::exchange(m_isLookDue, false)) {
        show(applyPortion());
        m_telling->takeIn(*m_store, shownRevision());
        m_kinds->takeIn(*m_store, shownRevision());
        Q_EMIT pendingCountChanged();
        if (isBehind()) { // What is shown is found in a turn of its own, and not in each.
            m_isLookDue = m_clock.now() >= m_looksAgainAt;
            m_tick.start(0);
            return;
        }
    }
    m_tick.start(isBehind() ? 0 : tickMs);
    const query::Instant begin = m_clock.now();
    const bool isElsewhere = settle();
    showSelection();
    updateFigures();
    if (isElsewhere)
        announce();
    Q_EMIT refreshed();
    const query::Instant end = m_clock.now();
    m_looksAgainAt = end + restFactor * (end - begin);
}

trace::Changes Inspection::applyPortion()
{
    trace::Changes changes;
    std::size_t left = portion;
    while (!m_waiting.empty() && left > 0) {
        const trace::Batch &batch = *m_waiting.front();
        merge(changes, m_store->applySome(batch, left));
        if (m_store->isAmidBatch())
            break;
        addCost(batch);
        if (sizeOf(batch) > portion) // To free so much takes longer than a turn may.
            QThreadPool::globalInstance()->start([done = std::move(m_waiting.front())] { });
        m_waiting.pop_front();
    }
    return changes;
}

/// What does not depend on the selection.
void Inspection::show(const trace::Changes &changes)
{
    m_kindGraph->add(*m_store, changes.newNodes);
    m_kindGraph->add(*m_store, changes.touchedNodes);
    m_files->touch(*m_store, changes);
    m_files->update(*m_store);
    m_requests->update(*m_store, changes.newRequests);
    m_requests->update(*m_store, changes.touchedRequests);
    m_revisions->update(*m_store, changes.newRevisions);
    m_revisions->update(*m_store, changes.touchedRevisions);
}

/// Goes to the answer of the shown revision, unless the user has picked something.
bool Inspection::settle()
{
    const Spot &spot = m_selection->spot();
    if (spot.isPinned)
        return false;
    const trace::NodeId node = m_telling->most(*m_store, shownRevision(), spot.node);
    return node != 0 && m_selection->settleOn(node, toQString(m_store->node(node).file));
}

void Inspection::announce()
{
    m_isAnnouncing = true;
    Q_EMIT m_selection->changed();
    m_isAnnouncing = false;
}

void Inspection::setShowsOwnWork(bool showsOwnWork) { m_requests->setShowsOwnWork(*m_store, showsOwnWork); }

void Inspection::showAbsentFiles(bool areShown) { m_files->setShowsAbsent(*m_store, areShown); }

std::shared_ptr<const std::string> Inspection::textOf(const QString &path) const
{
    const QByteArray utf8 = path.toUtf8();
    return m_store->textAt(std::string_view(utf8.constData(), std::size_t(utf8.size())), shownRevision());
}

std::optional<trace::PastMistakes::Known> Inspection::mistakesOf(const QString &path) const
{
    const QByteArray utf8 = path.toUtf8();
    return m_store->mistakesAt(std::string_view(utf8.constData(), std::size_t(utf8.size())), shownRevision());
}

std::optional<std::size_t> Inspection::mistakeCount() const
{
    std::optional<std::size_t> count;
    for (const std::string &path : m_store->lookedAt()) {
        if (const auto mistakes = m_store->mistakesAt(path, shownRevision()))
            count = count.value_or(0) + mistakes->found->size();
    }
    return count;
}

void Inspection::selectFile(const QString &path)
{
    const QByteArray utf8 = path.toUtf8();
    const std::string_view file(utf8.constData(), std::size_t(utf8.size()));
    const auto placeOf = [this](trace::NodeId node) {
        return m_kindGraph->placeOf(toQString(m_store->node(node).kind));
    };
    m_selection->selectNode(mainNodeOf(*m_store, file, placeOf), path);
}

std::uint32_t Inspection::topOf(std::uint64_t request) const
{
    const trace::RequestRecord *record = m_store->request(request);
    if (!record)
        return 0;
    const std::vector<trace::Execution> executions = m_store->executions(record->ended);
    const auto longest = [&executions](const auto &isMeant) {
        const trace::Execution *found = nullptr;
        for (const trace::Execution &each : executions) {
            if (isExecution(each.outcome) && isMeant(each) && (!found || each.durationNs >= found->durationNs))
                found = &each;
        }
        return found ? found->node : trace::NodeId(0);
    };
    const trace::NodeId own = longest([request](const trace::Execution &each) { return each.request == request; });
    if (own != 0 || record->document.empty())
        return own;
    return longest([&](const trace::Execution &each) { return m_store->node(each.node).file == record->document; });
}

void Inspection::selectRequest(std::uint64_t request)
{
    const trace::RequestRecord *record = m_store->request(request);
    if (!record)
        return;
    Spot spot = m_selection->spot();
    spot.request = request;
    spot.isPinned = true;
    if (!record->document.empty())
        spot.file = toQString(record->document);
    if (record->ended > 0 && record->ended < m_store->revision())
        spot.revision = record->ended;
    else
        spot.revision.reset();
    if (const trace::NodeId top = topOf(request); top != 0)
        spot.node = top;
    m_selection->go(spot);
}

void Inspection::showSelection()
{
    const Spot &spot = m_selection->spot();
    const std::uint32_t revision = shownRevision();
    m_kinds->update(*m_store, *m_kindGraph, revision, spot.node);
    m_bill->update(*m_store, revision);
    m_files->mark(*m_store, spot.file, revision);
    m_requests->goTo(*m_store, revision);
    m_why->update(*m_store, spot.node, revision);
    m_details->update(*m_store, spot.node, revision);
    if (!spot.isPinned)
        m_focus->leavePath();
    showFocus();
    m_neighbours->update(*m_store, spot.node, revision, m_focus->path().nodes, m_focus->whyNoPath());
}

void Inspection::showFocus() { m_focus->update(*m_store, *m_kindGraph, m_selection->spot().node, shownRevision()); }

void Inspection::addCost(const trace::Batch &batch)
{
    constexpr double kept = 0.9; // So that the figure is that of the last seconds, and does not flicker.
    m_costNs = kept * m_costNs + double(batch.cost.takingNs + batch.cost.recordingNs);
    m_ofNs = kept * m_ofNs + double(batch.cost.ofNs);
    m_behindNs = m_clock.now() - batch.takenAt;
}

void Inspection::updateFigures()
{
    Figures figures;
    figures.watchingPercent = m_ofNs > 0 ? 100 * m_costNs / m_ofNs : 0;
    figures.lost = m_store->cost().lostValidations + m_store->cost().lostOthers;
    figures.behindMs = double(m_behindNs) / 1e6;
    figures.storeBytes = m_store->keptExecutions() * sizeof(trace::Execution)
        + m_store->revisions().size() * sizeof(trace::RevisionRecord) + m_store->lastNode() * sizeof(trace::NodeState)
        + m_store->nameBytes();
    figures.memos = m_kinds->memoTotal();
    const std::uint32_t shown = shownRevision();
    for (const trace::NodeId node : m_store->nodesOfKind("Template"))
        figures.templates += m_store->state(node).born <= shown;
    if (figures == m_figures)
        return;
    m_figures = figures;
    Q_EMIT figuresChanged();
}

} // namespace nuages::models
