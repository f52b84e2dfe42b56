#pragma once

#include "ui/canvas/history.h"
#include "ui/canvas/theme.h"

#include <QWidget>

#include <array>
#include <optional>

namespace nuages::canvas {

/// What the height of a bar says.
enum class Measure { Count, Time };

/// A revision that has a name for a while: "A" and "B" of those that are compared.
struct RevisionPin {
    quint64 revision = 0;
    QString name;

    friend bool operator==(const RevisionPin &, const RevisionPin &) = default;
};

/// All revisions as bars side by side, each stacked by outcome.
///
/// A part of a bar is log2(1 + n) high for n queries, or microseconds, so that one query beside two thousand is still
/// seen. By itself the strip shows the whole history: when it is full the bars become narrower, and from then on one
/// bar stands for several revisions (see History). Zoomed in it shows a part, which follows the latest revision while
/// live. Every big event has a mark, and its label where there is room. How much is drawn depends on the width and
/// never on the number of revisions.
///
/// Keys: left and right by one revision, with Control to the next big event; Home the first one, End the latest, live;
/// + and - zoom, 0 shows everything, Page Up and Page Down scroll, T changes between time and count. The wheel scrolls,
/// with Control it zooms.
///
/// Lives on the GUI thread.
class RevisionStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RevisionStrip(QWidget *parent = nullptr);

    const History &history() const { return m_history; }

    /// Shows these revisions, oldest first, instead of all others.
    void setBars(std::vector<Bar> bars);

    /// Adds a revision that is later than all others. Paints its bar and, while live, the frame.
    void append(Bar bar);

    /// Takes new counts and times for a revision; does nothing if it is not there.
    void setCounts(quint64 revision, const OutcomeCounts &counts, const OutcomeTimes &times = {});

    Measure measure() const { return m_measure; }
    void setMeasure(Measure measure);

    /// Whether only a part of the history is shown.
    bool isZoomed() const { return m_step.has_value(); }

    /// Zooms in by one step for each of `steps`, out if negative; what is at `x` stays there.
    void zoom(int steps, int x);

    /// The revision that is looked at: the latest one while live; 0 if there is none at all.
    quint64 current() const;
    bool isLive() const { return !m_pinned; }

    /// Frames `revision`, or follows the latest one for nullopt. Emits nothing.
    void setCurrent(std::optional<quint64> revision);

    /// Frames `revision`, or the last one before it, as a click on it does, and emits picked().
    void pick(quint64 revision);

    /// "revision 118 of 118 · live".
    QString currentInWords() const;

    /// Marks these revisions, and no others.
    void setPins(std::vector<RevisionPin> pins);
    const std::vector<RevisionPin> &pins() const { return m_pins; }

    /// Where the bar of `revision` stands, without its label; null if there are no revisions.
    QRect barArea(quint64 revision) const;

    /// The outcomes that the legend explains: the four usual ones, and others once they occur.
    std::vector<Outcome> legend() const;

    /// Boxes and labels drawn since the strip was made.
    qint64 paintedItems() const { return m_paintedItems; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void picked(quint64 revision); ///< By mouse or key.
    void livePicked(); ///< The latest one was asked for, and those to come.
    void measureChanged(nuages::canvas::Measure measure);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    static constexpr int stripMargin = 8;
    static constexpr int labelHeight = 12;

    /// From the bottom of a bar to its top.
    static constexpr std::array stackOrder = {
        Outcome::InputSet,    Outcome::ExecutedChanged, Outcome::ExecutedBackdated,
        Outcome::ExecutedNew, Outcome::Cancelled,       Outcome::Cycle,
        Outcome::Evicted,     Outcome::Validated,       Outcome::NotChecked};

    /// How wide the bars are and how many revisions each stands for.
    struct Scale {
        int pitch = 12; ///< Pixels from bar to bar.
        int level = 0; ///< Of the history.

        friend bool operator==(const Scale &, const Scale &) = default;
    };

    static Scale scaleOf(int step);
    int wholeStep() const;
    Scale scale() const { return scaleOf(m_step.value_or(wholeStep())); }
    int contentWidth() const;
    void scrollTo(int offset);
    void showIndex(std::size_t index);
    void rescale();
    double heightOf(const OutcomeCounts &counts, const OutcomeTimes &times, Outcome outcome) const;
    int sized(int pixels) const; ///< As the font needs it.
    int captionHeight() const;
    QRect barsArea() const;
    QRect slotArea(std::size_t slot) const;
    std::size_t currentIndex() const;
    std::optional<std::size_t> indexAt(QPoint point) const;
    void takeIn(const OutcomeCounts &counts, const OutcomeTimes &times);
    void updateSlotOf(std::size_t index);
    void updateCaption();
    void pickAt(std::size_t index);
    void pickLabelled(int direction);
    void announceValue();

    void paintBars(QPainter &painter, const QRect &exposed);
    void paintLabels(QPainter &painter);
    void paintMarks(QPainter &painter);
    void paintPosition(QPainter &painter);
    void paintFrame(QPainter &painter);
    void paintPins(QPainter &painter);
    QString pinsInWords(quint64 revision) const;
    void paintCaption(QPainter &painter);

    History m_history;
    Theme m_theme;
    double m_unit = 1; ///< See unitOf().
    Measure m_measure = Measure::Count;
    std::optional<int> m_step; ///< Of the zoom, 0 is the closest; nullopt while the whole history is shown.
    int m_offset = 0; ///< Pixels that are scrolled out at the left.
    Scale m_scale; ///< Invariant: scale() of the present size and history.
    double m_tallest = 1; ///< Height of the tallest bar of all, in the unit of its parts.
    std::array<bool, outcomeCount> m_occurs{}; ///< By outcome: whether a bar has any of it.
    std::optional<quint64> m_pinned; ///< The revision looked at; nullopt while live.
    std::vector<RevisionPin> m_pins;
    qint64 m_paintedItems = 0;
};

} // namespace nuages::canvas
