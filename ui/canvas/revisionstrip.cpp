#include "ui/canvas/revisionstrip.h"

#include "ui/canvas/accessible.h"
#include "ui/canvas/fonts.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr int stripMargin = 8;
constexpr int labelHeight = 12;
constexpr int captionHeight = 24;
constexpr int widestPitch = 12; // halved twice before a bar stands for several revisions
constexpr int narrowestPitch = 3;
constexpr double stripTextSize = 11;
constexpr double labelTextSize = 10;

/// From the bottom of a bar to its top.
constexpr std::array stackOrder = {Outcome::InputSet,    Outcome::ExecutedChanged, Outcome::ExecutedBackdated,
                                   Outcome::ExecutedNew, Outcome::Cancelled,       Outcome::Cycle,
                                   Outcome::Evicted,     Outcome::Validated,       Outcome::NotChecked};

/// These are in the legend from the start, others once they occur.
constexpr std::array usualOutcomes = {Outcome::ExecutedChanged, Outcome::ExecutedBackdated, Outcome::Validated,
                                      Outcome::NotChecked};

double partHeight(quint32 count) { return std::log2(1.0 + count); }

double stackHeight(const OutcomeCounts &counts)
{
    double height = 0;
    for (const quint32 count : counts)
        height += partHeight(count);
    return height;
}

} // namespace

RevisionStrip::RevisionStrip(QWidget *parent) : QWidget(parent), m_theme(Theme::of(palette()))
{
    installAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Revisions"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void RevisionStrip::setBars(std::vector<Bar> bars)
{
    m_history.clear();
    m_tallest = 1;
    m_occurs = {};
    for (Bar &bar : bars) {
        takeIn(bar.counts);
        m_history.append(std::move(bar));
    }
    m_scale = scale();
    update();
    announceValue();
}

void RevisionStrip::append(Bar bar)
{
    if (!m_pinned && m_history.size() > 0)
        updateSlotOf(m_history.size() - 1); // the frame leaves it
    const bool labelled = !bar.label.isEmpty();
    takeIn(bar.counts);
    m_history.append(std::move(bar));
    if (labelled || m_scale != scale()) {
        m_scale = scale();
        update();
    }
    updateSlotOf(m_history.size() - 1);
    updateCaption();
    if (!m_pinned)
        announceValue();
}

void RevisionStrip::setCounts(quint64 revision, const OutcomeCounts &counts)
{
    const std::size_t index = m_history.indexOf(revision);
    if (index >= m_history.size() || m_history.bar(index).revision != revision || m_history.bar(index).counts == counts)
        return;
    takeIn(counts);
    m_history.setCounts(index, counts);
    updateSlotOf(index);
}

quint64 RevisionStrip::current() const { return m_history.size() == 0 ? 0 : m_history.bar(currentIndex()).revision; }

void RevisionStrip::setCurrent(std::optional<quint64> revision)
{
    if (revision == m_pinned)
        return;
    const bool shown = m_history.size() > 0;
    if (shown)
        updateSlotOf(currentIndex());
    m_pinned = revision;
    if (shown)
        updateSlotOf(currentIndex());
    updateCaption();
    announceValue();
}

void RevisionStrip::pick(quint64 revision)
{
    if (m_history.size() > 0)
        pickAt(m_history.indexOf(revision));
}

QString RevisionStrip::currentInWords() const
{
    if (m_history.size() == 0)
        return tr("no revision yet");
    const QLocale locale;
    const QString words =
        tr("revision %1 of %2").arg(locale.toString(current()), locale.toString(m_history.bars().back().revision));
    return isLive() ? tr("%1 · live").arg(words) : words;
}

std::vector<Outcome> RevisionStrip::legend() const
{
    std::vector<Outcome> outcomes(usualOutcomes.begin(), usualOutcomes.end());
    std::ranges::copy_if(allOutcomes, std::back_inserter(outcomes), [this](Outcome outcome) {
        return m_occurs.at(indexOf(outcome)) && !std::ranges::contains(usualOutcomes, outcome);
    });
    return outcomes;
}

QRect RevisionStrip::barArea(quint64 revision) const
{
    return m_history.size() == 0 ? QRect() : slotArea(m_history.indexOf(revision) >> m_scale.level);
}

QSize RevisionStrip::sizeHint() const { return {640, 96}; }
QSize RevisionStrip::minimumSizeHint() const { return {240, 72}; }

bool RevisionStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<const QHelpEvent *>(event);
    const std::optional<std::size_t> index = indexAt(help->pos());
    if (!index) {
        QToolTip::hideText();
        return true;
    }
    const Bar &bar = m_history.bar(*index);
    const QLocale locale;
    QStringList lines{tr("revision %1").arg(locale.toString(bar.revision)) + (bar.label.isEmpty() ? u""_s : u": "_s)
                      + bar.label};
    for (const Outcome outcome : stackOrder) {
        if (const quint32 count = bar.counts.at(indexOf(outcome)); count > 0)
            lines << u"%1 %2"_s.arg(locale.toString(count), plainWords(outcome));
    }
    QToolTip::showText(help->globalPos(), lines.join(u'\n'), this, barArea(bar.revision));
    return true;
}

void RevisionStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.panel);
    const QRect bars = barsArea().adjusted(-4, -3, 4, 3);
    const QRegion &region = event->region();
    if (const QRegion exposed = region & bars; !exposed.isEmpty()) {
        paintBars(painter, exposed.boundingRect());
        paintFrame(painter);
    }
    if (region.intersects(QRect(0, 0, width(), bars.top())))
        paintLabels(painter);
    if (region.intersects(QRect(0, height() - captionHeight, width(), captionHeight)))
        paintCaption(painter);
    if (hasFocus()) {
        painter.setPen(m_theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void RevisionStrip::resizeEvent(QResizeEvent *) { m_scale = scale(); }

void RevisionStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        m_theme = Theme::of(palette());
        update();
    }
    QWidget::changeEvent(event);
}

void RevisionStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto index = indexAt(event->position().toPoint()))
        pickAt(*index);
}

void RevisionStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    if (const auto index = indexAt(event->position().toPoint()))
        pickAt(*index);
}

void RevisionStrip::keyPressEvent(QKeyEvent *event)
{
    if (m_history.size() == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const bool toEvents = event->modifiers() & Qt::ControlModifier;
    const std::size_t here = currentIndex();
    switch (event->key()) {
    case Qt::Key_Left:
        if (toEvents)
            pickLabelled(-1);
        else if (here > 0)
            pickAt(here - 1);
        break;
    case Qt::Key_Right:
        if (toEvents)
            pickLabelled(1);
        else if (here + 1 < m_history.size())
            pickAt(here + 1);
        break;
    case Qt::Key_Home:
        pickAt(0);
        break;
    case Qt::Key_End:
        setCurrent(std::nullopt);
        Q_EMIT livePicked();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void RevisionStrip::focusInEvent(QFocusEvent *) { update(); }
void RevisionStrip::focusOutEvent(QFocusEvent *) { update(); }

RevisionStrip::Scale RevisionStrip::scale() const
{
    const auto width = static_cast<std::size_t>(std::max(1, barsArea().width()));
    Scale found{.pitch = widestPitch, .level = 0};
    while (m_history.slots(found.level) * static_cast<std::size_t>(found.pitch) > width) {
        if (found.pitch > narrowestPitch)
            found.pitch /= 2;
        else if (m_history.slots(found.level) > 1)
            ++found.level;
        else
            break;
    }
    return found;
}

QRect RevisionStrip::barsArea() const
{
    return rect().adjusted(stripMargin, labelHeight + 4, -stripMargin, -captionHeight - 4);
}

QRect RevisionStrip::slotArea(std::size_t slot) const
{
    const QRect area = barsArea();
    return {area.left() + static_cast<int>(slot) * m_scale.pitch, area.top(), m_scale.pitch, area.height()};
}

std::size_t RevisionStrip::currentIndex() const
{
    return m_pinned ? m_history.indexOf(*m_pinned) : m_history.size() - 1;
}

std::optional<std::size_t> RevisionStrip::indexAt(QPoint point) const
{
    const QRect area = barsArea();
    if (m_history.size() == 0 || !area.adjusted(0, -4, 0, 4).contains(point))
        return {};
    const auto slot = static_cast<std::size_t>((point.x() - area.left()) / m_scale.pitch);
    if (slot >= m_history.slots(m_scale.level))
        return {};
    const std::size_t last = ((slot + 1) << m_scale.level) - 1;
    return std::min(last, m_history.size() - 1);
}

/// Scale and legend are those of all bars.
void RevisionStrip::takeIn(const OutcomeCounts &counts)
{
    for (const Outcome outcome : allOutcomes) {
        bool &occurs = m_occurs.at(indexOf(outcome));
        if (counts.at(indexOf(outcome)) > 0 && !std::exchange(occurs, true))
            updateCaption();
    }
    if (const double height = stackHeight(counts); height > m_tallest) {
        m_tallest = height;
        update();
    }
}

void RevisionStrip::updateSlotOf(std::size_t index) { update(slotArea(index >> m_scale.level).adjusted(-4, -3, 4, 3)); }

void RevisionStrip::updateCaption() { update(0, height() - captionHeight, width(), captionHeight); }

void RevisionStrip::pickAt(std::size_t index)
{
    const quint64 revision = m_history.bar(index).revision;
    if (m_pinned == revision)
        return;
    setCurrent(revision);
    Q_EMIT picked(revision);
}

void RevisionStrip::pickLabelled(int direction)
{
    const auto &labelled = m_history.labelled();
    const std::size_t here = currentIndex();
    const auto next =
        direction > 0 ? std::ranges::upper_bound(labelled, here) : std::ranges::lower_bound(labelled, here);
    if (direction > 0 && next != labelled.end())
        pickAt(*next);
    else if (direction < 0 && next != labelled.begin())
        pickAt(*std::prev(next));
}

void RevisionStrip::announceValue()
{
    QAccessibleValueChangeEvent event(this, current());
    QAccessible::updateAccessibility(&event);
}

void RevisionStrip::paintBars(QPainter &painter, const QRect &exposed)
{
    const QRect area = barsArea();
    const int gap = m_scale.pitch / 3;
    const double unit = area.height() / m_tallest;
    const auto first = static_cast<std::size_t>(std::max(0, (exposed.left() - area.left()) / m_scale.pitch));
    const auto last = static_cast<std::size_t>(std::max(0, (exposed.right() - area.left()) / m_scale.pitch + 1));
    std::array<std::vector<QRectF>, outcomeCount> parts;
    for (std::size_t slot = first; slot < std::min(last, m_history.slots(m_scale.level)); ++slot) {
        const OutcomeCounts counts = m_history.counts(m_scale.level, slot);
        const QRect place = slotArea(slot);
        double bottom = place.bottom() + 1;
        for (const Outcome outcome : stackOrder) {
            const double height = partHeight(counts.at(indexOf(outcome))) * unit;
            if (height <= 0)
                continue;
            bottom -= height;
            parts.at(indexOf(outcome)).emplace_back(place.left() + gap / 2, bottom, m_scale.pitch - gap, height);
        }
    }
    painter.setPen(Qt::NoPen);
    for (const Outcome outcome : allOutcomes) {
        const auto &boxes = parts.at(indexOf(outcome));
        painter.setBrush(QBrush(m_theme[outcome].ink, m_theme.pattern(outcome)));
        painter.drawRects(boxes.data(), static_cast<int>(boxes.size()));
        m_paintedItems += static_cast<qint64>(boxes.size());
    }
}

// From the newest to the oldest, leaving out a label that would touch the one before; looks at no label twice that
// falls on the same pixels.
void RevisionStrip::paintLabels(QPainter &painter)
{
    const QFont font = sized(this->font(), labelTextSize);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    painter.setPen(m_theme.muted);
    const auto &labelled = m_history.labelled();
    int free = width() - stripMargin;
    for (auto next = labelled.end(); next != labelled.begin();) {
        const std::size_t index = *--next;
        const Bar &bar = m_history.bar(index);
        const int textWidth = metrics.horizontalAdvance(bar.label);
        const QRect place = slotArea(index >> m_scale.level);
        const int left = std::clamp(place.center().x() - textWidth / 2, stripMargin,
                                    std::max(stripMargin, width() - stripMargin - textWidth));
        if (left + textWidth > free) {
            // Nothing to the right of `free` can be shown: go on with the first bar that is left of it.
            const int slot = std::max(0, (free - barsArea().left()) / m_scale.pitch);
            const std::size_t bound = std::min(index, static_cast<std::size_t>(slot) << m_scale.level);
            next = std::ranges::lower_bound(labelled.begin(), next, bound);
            continue;
        }
        painter.drawText(left, barsArea().top() - 6, bar.label); // above what a new bar erases
        ++m_paintedItems;
        free = left - 8;
    }
}

void RevisionStrip::paintFrame(QPainter &painter)
{
    if (m_history.size() == 0)
        return;
    const QRectF slot = slotArea(currentIndex() >> m_scale.level);
    const double least = std::max(0.0, (6 - slot.width()) / 2); // a bar of 3 px needs a frame that is seen
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(slot.adjusted(-least - 1, -2, least + 1, 2), 2, 2);
    painter.restore();
}

void RevisionStrip::paintCaption(QPainter &painter)
{
    const QFont font = sized(this->font(), stripTextSize);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const QRect band(stripMargin, height() - captionHeight, width() - 2 * stripMargin, captionHeight);
    const QString current = currentInWords();
    painter.setPen(m_theme.muted);
    painter.drawText(band, Qt::AlignRight | Qt::AlignVCenter, current);

    const int end = band.right() - metrics.horizontalAdvance(current) - 16;
    int left = band.left();
    for (const Outcome outcome : legend()) {
        const QString words = plainWords(outcome);
        const int textWidth = metrics.horizontalAdvance(words);
        if (left + 12 + textWidth > end)
            break;
        painter.fillRect(left, band.center().y() - 4, 8, 8, QBrush(m_theme[outcome].ink, m_theme.pattern(outcome)));
        painter.drawText(QRect(left + 12, band.top(), textWidth + 4, band.height()), Qt::AlignVCenter, words);
        left += 12 + textWidth + 16;
    }
}

} // namespace nuages::canvas
