#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace nuages::models {

/// What all panes look at. A plain value, so that the history is a list of them.
struct Spot {
    std::uint32_t node = 0; ///< trace::NodeId; 0: none.
    QString file; ///< Absolute path; empty: none.
    std::uint64_t request = 0; ///< trace's number of a request; 0: none.
    std::optional<std::uint32_t> revision; ///< nullopt: live, that is, always the latest one.
    bool isPinned = false; ///< The user has picked the node or the file; else each revision's answer comes by itself.

    bool isLive() const { return !revision; }
    bool isFollowing() const { return isLive() && !isPinned; }

    friend bool operator==(const Spot &, const Spot &) = default;
};

/// The one selection of the window: a node, a file, a request, a revision, and a filter for lists.
///
/// Lives on the GUI thread. Every pane reads it and every pane sets it; changed() comes once for each difference, after
/// everything is set. The filter is no part of the history: going back does not clear what was typed.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const Spot &spot() const { return m_history[m_at]; }
    const QString &filter() const { return m_filter; }

    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_history.size(); }

    /// Goes to `spot` and forgets what lay ahead. The same spot again changes nothing.
    void go(const Spot &spot);

    /// Goes to what tells most of the shown revision, if nothing is pinned. It is no step of the history, and changed()
    /// is left to the caller; returns whether there was a difference.
    bool settleOn(std::uint32_t node, const QString &file);

public Q_SLOTS:
    /// Each changes one part of the spot and keeps the others; a node brings its file with it if it has one. What is
    /// picked stays: all but a revision is pinned.
    void selectNode(std::uint32_t node, const QString &file = {});
    void selectFile(const QString &path);
    void selectRequest(std::uint64_t request);
    void selectRevision(std::uint32_t revision);
    void goLive();

    /// Lets go of what is pinned, and of a past revision.
    void follow();
    void pin();

    /// Does nothing at either end.
    void back();
    void forward();

    void setFilter(const QString &text);

Q_SIGNALS:
    void changed();
    void filterChanged();

private:
    static constexpr std::size_t historyLength = 200;

    std::vector<Spot> m_history{Spot()}; // Invariant: never empty, neighbours differ, m_at is in it.
    std::size_t m_at = 0;
    QString m_filter;
};

} // namespace nuages::models
