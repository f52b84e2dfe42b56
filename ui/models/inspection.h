#pragma once

#include "ui/models/selection.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <memory>

namespace nuages::trace {
struct Batch;
class Store;
} // namespace nuages::trace

namespace nuages::models {

class Bill;
class FileIndex;
class FocusPicture;
class Neighbours;
class NodeDetails;
class QueryKinds;
class Requests;
class Revisions;
class SignalCount;
class WhyChain;

/// The figures of the status bar and the titles. What watching costs, and what it missed, hides nowhere else.
struct Figures {
    double watchingPercent = 0; ///< Of the time the engine worked.
    std::uint64_t lost = 0; ///< Events that found no room, since the beginning.
    double behindMs = 0; ///< From the last event of a batch to its arrival in the models.
    std::uint64_t storeBytes = 0; ///< What the history holds, about.
    std::uint64_t memos = 0;
    std::uint64_t templates = 0; ///< Files that a template was read from.

    friend bool operator==(const Figures &, const Figures &) = default;
};

/// The trace of one engine as the window shows it: owns the store, the selection and every model.
///
/// Lives on the GUI thread. Batches are kept until the next tick, at most ten times a second; a tick applies them to
/// the store and then tells each model what changed, so that no pane is ever ahead of another. Pausing freezes the view
/// alone: batches go on arriving and are applied when the view goes on.
class Inspection : public QObject
{
    Q_OBJECT

public:
    static constexpr int tickMs = 100;

    /// `root` is the project's folder: paths below it are shown relative to it.
    explicit Inspection(QString root, QObject *parent = nullptr);
    ~Inspection() override;

    const QString &root() const { return m_root; }
    const trace::Store &store() const { return *m_store; }
    Selection &selection() { return *m_selection; }

    /// The revision that all panes show: the selected one, else the latest; 0 before the first batch.
    std::uint32_t shownRevision() const;

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
    std::size_t pendingCount() const { return m_waiting.size(); }

    /// "templates/base.html" for a path below the root, else the path.
    QString shownPath(const QString &path) const;

    /// "Facts(templates/base.html)".
    QString shownName(std::uint32_t node) const;

public Q_SLOTS:
    void take(const std::shared_ptr<const nuages::trace::Batch> &batch);
    void setPaused(bool isPaused);

    /// Brings the models up to date now, without waiting for the tick.
    void refresh();

Q_SIGNALS:
    /// Every model is up to date with the store and the selection.
    void refreshed();
    void figuresChanged();
    void pendingCountChanged();
    void pausedChanged(bool isPaused);

private:
    void tick();
    void showSelection();

    QString m_root;
    std::unique_ptr<trace::Store> m_store;
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

    std::deque<std::shared_ptr<const trace::Batch>> m_waiting; ///< Arrived, not yet in the store.
    QTimer m_tick; ///< Runs while something waits.
    Figures m_figures;
    bool m_isPaused = false;
};

} // namespace nuages::models
