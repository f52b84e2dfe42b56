#pragma once

#include "ui/canvas/graphpainter.h"
#include "ui/canvas/walk.h"

#include <QAbstractScrollArea>

#include <optional>

class QGestureEvent;
class QHelpEvent;
class QNativeGestureEvent;

namespace nuages::canvas {

/// A graph of cards in columns that can be walked, panned and zoomed.
///
/// Keys: the arrows left and right follow the edges, up and down stay in the column, with Control they go to the
/// columns beside it and to its ends; Enter activates, Space asks for more neighbours, C for fewer, P pins, F fits the
/// whole graph, + - 0 zoom. Wheel and drag pan; with Control the wheel zooms, as does a pinch on a touchpad or a touch
/// screen. A card below the mouse shows its edges and says more.
///
/// Lives on the GUI thread. A new picture repaints only where it differs from the one before.
class GraphCanvas final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr double smallestZoom = 0.01;
    static constexpr double largestZoom = 4;
    static constexpr double largestFit = 1.5; ///< Larger cards say no more.

    explicit GraphCanvas(QWidget *parent = nullptr);

    const Scene &scene() const { return m_scene; }
    const Picture &picture() const { return m_scene.picture(); }

    /// Shows `picture`. Selection and zoom stay, and the selected card stays where it is on the screen. Only a graph
    /// that is fitted, and in which nobody went to a card since, is fitted anew.
    void setPicture(Picture picture);

    /// The selected node, also if it is not in the picture; 0 for none.
    quint32 selection() const { return m_emphasis.selected; }

    /// Selects the node and, where its card is not seen, moves that into the middle. Emits nothing: this is for who
    /// already knows.
    void select(quint32 id);

    /// Selects a card, brings it into view and emits selected(). Does nothing if it is selected already.
    void pick(quint32 id);

    /// 1 is the natural size, in which cards are as large as the font needs them.
    double zoom() const { return m_zoom.factor; }

    /// Zooms so that the point `anchor` of the viewport keeps its place.
    void setZoom(double factor, QPointF anchor);
    void zoomIn();
    void zoomOut();

    /// Makes the whole graph fill the room, but no card smaller than at `least` or larger than at largestFit. It
    /// stays so when the room changes, until the user zooms, pans or goes to a card.
    void fit(double least = smallestZoom);

    /// Makes the whole graph fill the room in both directions: cards that are too low for a second line are as wide as
    /// the room lets them be, for the sake of their names.
    void fill();

    /// How many columns and rows of cards are seen at once at a zoom, without scrolling.
    QSize cardsSeen(double zoom) const;

    /// The room is about to change much: a fitted graph follows even if a card was gone to.
    void followRoom() { m_isWalked = false; }

    /// The whole graph with its header at zoom 1, from the origin of `painter`: for files and prints.
    void paint(QPainter &painter) const;
    QSize paintSize() const;

    /// Cards and edges drawn on the screen since the canvas was made.
    qint64 paintedItems() const { return m_paintedItems; }

    /// Where the card lies in the viewport, or would lie if it were larger; null if there is no such card.
    QRect cardArea(quint32 id) const;

    /// The card at a point of the viewport; 0 for none.
    quint32 cardAt(QPointF point) const;

Q_SIGNALS:
    void selected(quint32 id); ///< By mouse or key.
    void activated(quint32 id); ///< Enter or a double click: make this the middle.
    void pathAsked(quint32 id); ///< Click with Ctrl on another card: how it and the selected one depend on each other.
    void expandAsked(quint32 id); ///< Space: show more of what it reads and what reads it.
    void collapseAsked(quint32 id); ///< C: show less of it, or as much as before.
    void pinAsked(quint32 id); ///< P: keep it in every picture, or do so no longer.
    void menuAsked(quint32 id, QPoint position); ///< What can be done with a card, at a point of the screen.
    void roomChanged();

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QTransform toScreen() const;
    int header() const; ///< Its height.
    QRect graphArea() const; ///< The viewport without the header.
    QPointF middle() const;
    void mark(quint32 id);
    void fitAgain();
    void zoomTo(double factor, QPointF anchor, std::optional<double> width = {});
    void updateScrollBars();
    void scrollFreely(QPoint to);
    void updateWires();
    void updateScene(const std::vector<QRectF> &areas);
    void updateAround(quint32 id); ///< The card and its edges.
    void hover(quint32 id);
    std::optional<Step> stepOf(const QKeyEvent &event) const;
    void step(Step step);
    void bringIntoView(quint32 id);
    void centre(quint32 id);
    void announceFocus();
    void nativeZoom(const QNativeGestureEvent &event);
    bool pinch(const QGestureEvent &event);
    void showToolTip(const QHelpEvent &event);

    Scene m_scene;
    GraphPainter m_painter;
    Zoom m_zoom;
    std::optional<double> m_fit; ///< While the graph is fitted: the least zoom.
    bool m_isFilled = false; ///< While it is fitted: also in its width.
    bool m_isWalked = false; ///< A card was gone to since it was fitted.
    Emphasis m_emphasis;
    std::vector<int> m_quiet; ///< The wires to draw without emphasis, as long as the view does not move.
    int m_wiresInView = 0;
    qint64 m_paintedItems = 0;
    std::optional<QPoint> m_drag; ///< Where the pointer was when the graph was last dragged.
};

} // namespace nuages::canvas
