#pragma once

#include "engine/trace/store.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace nuages::models {

class Bill;
class FileIndex;
class FocusPicture;
class KindGraph;
class Neighbours;
class NodeDetails;
class QueryKinds;
class Requests;
class Revisions;
class SignalCount;
class Telling;
class WhyChain;

/// The figures of the status bar and the titles. What watching costs, and what it missed, hides nowhere else.
struct Figures {
    double watchingPercent = 0; ///< Of the time the engine worked.
    std::uint64_t lost = 0; ///< Events that found no room, since the beginning.
    double behindMs = 0; ///< From the last event of a batch to its arrival in the models.
    std::uint64_t storeBytes = 0; ///< What the history holds, about.
    std::uint64_t memos = 0;
    std::uint64_t templates = 0; ///< Files that a template was read from, by the shown revision.

    friend bool operator==(const Figures &, const Figures &) = default;
};

/// The trace of one engine as the window shows it: owns the store, the selection and every model.
///
/// Lives on the GUI thread. A tick, at most ten times a second, applies the batches that wait to the store and then
/// tells each model what changed, so that no pane is ever ahead of another. Of very much it takes a portion at a time,
/// and other events are served between one and the next. Pausing freezes the view alone: batches go on arriving and
/// are applied when the view goes on.
class Inspection : public QObject
{
    Q_OBJECT

public:
    static constexpr int tickMs = 100;
    static constexpr std::size_t portion = 2'000; ///< So many things of a batch one tick takes in at most.
    /// What is shown of a revision costs as much as happened in it, and so do the panes. While a project is read, and
    /// much waits, so many times as long goes by without it.
    static constexpr int restFactor = 8;

    /// `root` is the project's folder: paths below it are shown relative to it.
    /// `clock` is the engine's; it says how far behind the view is.
    explicit Inspection(QString root, query::Clock &clock = query::steadyClock(), QObject *parent = nullptr);
    Inspection(QString root, trace::Store::Limits limits, query::Clock &clock = query::steadyClock(),
               QObject *parent = nullptr);
    ~Inspection() override;

    const QString &root() const { return m_root; }
    const trace::Store &store() const { return *m_store; }
    Selection &selection() { return *m_selection; }

    /// The revision that all panes show: the selected one, else the latest; 0 before the first batch.
    std::uint32_t shownRevision() const;

    const KindGraph &kindGraph() const { return *m_kindGraph; }

    QueryKinds &kinds() { return *m_kinds; }
    Bill &bill() { return *m_bill; }
    FileIndex &files() { return *m_files; }
    WhyChain &why() { return *m_why; }
    NodeDetails &details() { return *m_details; }
    Neighbours &neighbours() { return *m_neighbours; }
    Requests &requests() { return *m_requests; }
    Revisions &revisions() { return *m_revisions; }
    FocusPicture &focus() { return *m_focus; }

    /// What all the models have signalled since the beginning.
    const SignalCount &signalCount() const { return *m_signalCount; }
    const Figures &figures() const { return m_figures; }

    bool isPaused() const { return m_isPaused; }

    /// Batches that no model shows yet: of a paused view, or until the next tick.
    std::size_t pendingCount() const;

    /// Picks a file, and of its queries the one that the others work for.
    void selectFile(const QString &path);

    /// Picks a request: the revision it was answered in, and of what ran for it the query that all else worked for. So
    /// the chain leads from the press of the key to it, and the revision back to the request.
    void selectRequest(std::uint64_t request);

    /// The query at the top of what ran for a request, or if others had found all of it before, of what they have found
    /// about its document; 0 if nothing ran, or it is not kept.
    std::uint32_t topOf(std::uint64_t request) const;

    /// While anybody keeps what this returns the store is not written, so that another thread may read it: batches
    /// wait. To be let go on the GUI thread.
    [[nodiscard]] std::shared_ptr<void> hold();

    /// "templates/base.html" for a path below the root, else the path.
    QString shownPath(const QString &path) const;

    /// "Facts(templates/base.html)".
    QString shownName(std::uint32_t node) const;

    /// Whether the requests have the server's own work behind them; false at first.
    void setShowsOwnWork(bool showsOwnWork);

    /// Whether the files have those behind them that were only looked for; false at first.
    void showAbsentFiles(bool areShown);

    /// What a file said in the shown revision, as the queries see it; null if it is not kept, or nobody has read it.
    std::shared_ptr<const std::string> textOf(const QString &path) const;

    /// What was found in a file by the shown revision, and of which revision it is true; nullopt if that is not kept.
    std::optional<trace::PastMistakes::Known> mistakesOf(const QString &path) const;

    /// In all files by the shown revision; nullopt if it is kept of none.
    std::optional<std::size_t> mistakeCount() const;

    /// Shows all neighbours of a node in the graph; see FocusPicture for these.
    void expand(std::uint32_t node);
    void setCollapsed(std::uint32_t node, bool isCollapsed);
    void setPinned(std::uint32_t node, bool isPinned);
    void setRoom(int columns, int rows);

    /// Shows the shortest path between the selected node, which is pinned, and this one, in the graph and in the list
    /// of neighbours; until the selection leaves it or is let go.
    void showPathTo(std::uint32_t node);

public Q_SLOTS:
    void take(const std::shared_ptr<const nuages::trace::Batch> &batch);
    void setPaused(bool isPaused);

    /// What happened in a revision that was thinned; it is shown as soon as nobody holds the store.
    void restore(std::uint32_t revision, nuages::trace::RevisionEvents happened);

    /// Brings the models up to date now, without waiting for the tick; the first portion of it, if much waits.
    void refresh();

Q_SIGNALS:
    /// Every model is up to date with the store and the selection, and the store with all but pendingCount() batches.
    /// While much waits, only now and then.
    void refreshed();
    void figuresChanged();
    void pendingCountChanged();
    void pausedChanged(bool isPaused);

    /// A revision is shown of which only counts are left in memory: whoever has the rest says restore(). Once each time
    /// that it is turned to.
    void thinnedShown(std::uint32_t revision);

private:
    void tick();
    bool isBehind() const { return pendingCount() > 0; }
    trace::Changes applyPortion();
    void show(const trace::Changes &changes);
    bool settle();
    void announce();
    void askForThinned();
    void restoreWaiting();
    void showSelection();
    void showFocus();
    void addCost(const trace::Batch &batch);
    void updateFigures();

    QString m_root;
    query::Clock &m_clock;
    query::Instant m_looksAgainAt = 0; ///< While more waits, not before this is it found again what is shown.
    bool m_isLookDue = false; ///< The next tick does that, and takes in nothing.
    std::unique_ptr<trace::Store> m_store;
    std::unique_ptr<KindGraph> m_kindGraph;
    std::unique_ptr<Telling> m_telling;
    Selection *m_selection;
    QueryKinds *m_kinds; // The models are children of this object.
    Bill *m_bill;
    FileIndex *m_files;
    WhyChain *m_why;
    NodeDetails *m_details;
    Neighbours *m_neighbours;
    Requests *m_requests;
    Revisions *m_revisions;
    FocusPicture *m_focus;
    SignalCount *m_signalCount;

    std::deque<std::shared_ptr<const trace::Batch>>
        m_waiting; ///< Arrived, not yet in the store, the first perhaps in part.
    QTimer m_tick; ///< Runs after a tick for as long as the next one has to wait.
    bool m_isPaused = false;
    int m_holds = 0; ///< So many read the store on other threads.
    std::uint32_t m_askedFor = 0; ///< The thinned revision that is shown; 0 for none.
    std::vector<std::pair<std::uint32_t, trace::RevisionEvents>> m_restoring; ///< As soon as nobody holds the store.
    bool m_isAnnouncing = false; ///< The selection is told of that all models show already.

    Figures m_figures;
    double m_costNs = 0; ///< With less weight the older it is, like the next.
    double m_ofNs = 0;
    query::Instant m_behindNs = 0; ///< From the making of the last batch to its arrival.
};

} // namespace nuages::models
