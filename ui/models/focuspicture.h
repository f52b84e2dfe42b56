#pragma once

#include "ui/canvas/layout.h"
#include "ui/models/dependencypath.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <set>
#include <vector>

namespace nuages::trace {
class Store;
struct Step;
} // namespace nuages::trace

namespace nuages::models {

class KindGraph;

/// A part of the graph that is worth looking at. Plain values; whoever draws it gives them places.
struct Focus {
    struct Column {
        QString kind;
        QString subtitle; ///< "extends chain".

        friend bool operator==(const Column &, const Column &) = default;
    };

    struct Card {
        std::uint32_t node = 0;
        int column = 0;
        int row = 0; ///< One row is one file, in every column.
        QString title; ///< "base.html"; the kind of what has no key; "base.html · stamp" of a field.
        QString key; ///< "templates/base.html", in full.
        QString subtitle; ///< "ran, same value"; notKept() if that is not known any more.
        trace::Outcome outcome = trace::Outcome::NotChecked; ///< In the shown revision.
        bool isPinned = false;
        bool isCollapsed = false;

        friend bool operator==(const Card &, const Card &) = default;
    };

    struct Wire {
        std::uint32_t from = 0; ///< What is read.
        std::uint32_t to = 0; ///< Who reads it.
        bool isOnPath = false; ///< The change went this way.

        friend bool operator==(const Wire &, const Wire &) = default;
    };

    std::vector<Column> columns;
    std::vector<Card> cards; ///< Sorted by column and row.
    std::vector<Wire> wires; ///< Only between cards that are there; sorted.
    QString caption; ///< "focus: Facts(base.html) · 29 of 2,991".

    friend bool operator==(const Focus &, const Focus &) = default;
};

/// Of the way of the change to a node: the steps that are queries or inputs, in its order. Empty if the node did not
/// run in the revision.
std::vector<trace::Step> wayOfChange(const trace::Store &store, std::uint32_t node, std::uint32_t revision);

/// The neighbourhood of the selection in the shown revision, those of most interest first: about `usual` cards, as many
/// as are seen at once, and whatever more the user asks for, up to `limit`.
///
/// Interest falls with the distance from the selected node and from what ran in the revision; what ran counts more than
/// what was kept. Columns are the kinds in the order of reading, inputs first; rows are files by path; where there
/// is room, those of other files that were asked about are among them. Both stay where they are while
/// the user walks through the picture. The way of the change, and what was asked for, is there even where there is no
/// room for it.
///
/// Source: degree of interest as in van Ham and Perer, "Search, Show Context, Expand on Demand", InfoVis 2009.
class FocusPicture : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t usual = 40; // cards: what one screen holds
    static constexpr std::size_t limit = 1'000; // cards, however much is asked for

    /// `root` is the project's folder: the rows of its files come before those of others.
    explicit FocusPicture(const QString &root, QObject *parent = nullptr);

    const Focus &focus() const { return m_focus; }

    void update(const trace::Store &store, const KindGraph &kinds, std::uint32_t node, std::uint32_t revision);

    /// The next node was gone to in the picture itself: what is there already keeps its place.
    void keepPlaces() { m_keepsPlaces = true; }

    /// So many columns and rows are seen at once; 0 for any number of them. Seen, as all that follows, after the next
    /// update().
    void setRoom(int columns, int rows);

    /// Shows all neighbours of a card, however little their interest, until it is collapsed or until the selection goes
    /// elsewhere than to a card of the picture.
    void expand(std::uint32_t node);

    /// Hides the neighbours of a card that are there because of it alone, in this and in every other picture, until it
    /// is not collapsed any more; expanding it says that, too.
    void setCollapsed(std::uint32_t node, bool isCollapsed);
    bool isCollapsed(std::uint32_t node) const { return m_collapsed.contains(node); }

    /// Keeps a card in every picture, whatever its interest.
    void setPinned(std::uint32_t node, bool isPinned);
    bool isPinned(std::uint32_t node) const { return m_pinned.contains(node); }

    /// Shows the shortest path between the selected node and this one and nothing else, until leavePath() or until the
    /// selection leaves the path; if there is none, the caption says so.
    void showPathTo(std::uint32_t node);
    void leavePath() { m_pathEnd = 0; }

    /// The path that is shown; empty if none was asked for, or if there is none.
    const DependencyPath &path() const { return m_path; }

    /// In words that neither of the two nodes reads the other; empty if a path is shown or none was asked for.
    const QString &whyNoPath() const { return m_whyNoPath; }

Q_SIGNALS:
    /// The picture differs from the one before.
    void changed();

private:
    void findPath(const trace::Store &store, std::uint32_t revision);
    class Grid;
    void dropCollapsed(const trace::Store &store, std::vector<std::uint32_t> &others, const Grid &asked) const;
    std::vector<std::uint32_t> cards(const trace::Store &store, const std::vector<trace::Step> &way) const;

    QString m_rootFolder; ///< With a slash at its end.
    std::uint32_t m_node = 0;
    bool m_keepsPlaces = false; ///< Until the node is another.
    std::uint32_t m_revision = 0;
    int m_columns = 0; ///< That are seen at once; 0 for any number.
    int m_rows = 0; ///< Likewise.
    std::vector<std::uint32_t> m_expanded;
    std::set<std::uint32_t> m_collapsed;
    std::set<std::uint32_t> m_pinned;
    std::uint32_t m_pathBegin = 0; ///< The node that was selected when the path was asked for.
    std::uint32_t m_pathEnd = 0; ///< 0 if none is shown.
    std::uint32_t m_pathRevision = 0; ///< The one it was found in.
    DependencyPath m_path;
    QString m_whyNoPath;
    canvas::Arrangement m_arrangement; ///< So that a card stays where it is.
    Focus m_focus;
};

} // namespace nuages::models
