#include "ui/canvas/revisionstrip.h"

#include "ui/canvas/accessible.h"
#include "ui/canvas/fonts.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr int closestPitch = 48; // halved for each step of the zoom, before a bar stands for several revisions
constexpr int usualStep = 2; // the widest bars, 12 px, while everything is shown
constexpr int lastPlainStep = 4; // 3 px

/// These are in the legend from the start, others once they occur.
constexpr std::array usualOutcomes = {Outcome::ExecutedChanged, Outcome::ExecutedBackdated, Outcome::Validated,
                                      Outcome::NotChecked};

} // namespace

RevisionStrip::RevisionStrip(QWidget *parent) : QWidget(parent), m_theme(Theme::of(palette()))
{
    installAccessibility();
    m_unit = unitOf(font());
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
        takeIn(bar.counts, bar.times);
        m_history.append(std::move(bar));
    }
    rescale();
    announceValue();
}

void RevisionStrip::append(Bar bar)
{
    if (!m_pinned && m_history.size() > 0)
        updateSlotOf(m_history.size() - 1); // the frame leaves it
    const bool labelled = !bar.label.isEmpty();
    takeIn(bar.counts, bar.times);
    m_history.append(std::move(bar));
    if (labelled || m_scale != scale())
        rescale();
    if (m_step && !m_pinned)
        scrollTo(contentWidth());
    updateSlotOf(m_history.size() - 1);
    updateCaption();
    if (!m_pinned)
        announceValue();
}

void RevisionStrip::setCounts(quint64 revision, const OutcomeCounts &counts, const OutcomeTimes &times)
{
    const std::size_t index = m_history.indexOf(revision);
    if (index >= m_history.size() || m_history.bar(index).revision != revision)
        return;
    if (m_history.bar(index).counts == counts && m_history.bar(index).times == times)
        return;
    takeIn(counts, times);
    m_history.setCounts(index, counts, times);
    updateSlotOf(index);
}

void RevisionStrip::setMeasure(Measure measure)
{
    if (measure == m_measure)
        return;
    m_measure = measure;
    m_tallest = 1;
    for (const Bar &bar : m_history.bars())
        takeIn(bar.counts, bar.times);
    update();
    Q_EMIT measureChanged(measure);
}

void RevisionStrip::zoom(int steps, int x)
{
    const int before = m_step.value_or(wholeStep());
    const int next = std::max(0, before - steps);
    const double at = double(std::clamp(x, barsArea().left(), barsArea().right()) - barsArea().left() + m_offset);
    const double revisionAt = at * (1 << m_scale.level) / m_scale.pitch;
    if (next >= wholeStep())
        m_step.reset();
    else
        m_step = next;
    rescale();
    if (m_step)
        scrollTo(int(revisionAt * m_scale.pitch / (1 << m_scale.level) - at + m_offset));
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
    if (shown) {
        showIndex(currentIndex());
        updateSlotOf(currentIndex());
    }
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
        tr("revision %1 of %2").arg(locale.toString(current()), locale.toString(m_history.bars().back().revision))
        + pinsInWords(current());
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

QSize RevisionStrip::sizeHint() const { return {640, sized(88)}; }
QSize RevisionStrip::minimumSizeHint() const { return {240, sized(72)}; }

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
        const quint32 count = bar.counts.at(indexOf(outcome));
        if (count == 0)
            continue;
        lines << u"%1 %2"_s.arg(locale.toString(count), plainWords(outcome));
        if (const quint64 ns = bar.times.at(indexOf(outcome)); ns > 0)
            lines.last() += tr(" · %1 ms").arg(locale.toString(double(ns) / 1e6, 'f', 2));
    }
    QToolTip::showText(help->globalPos(), lines.join(u'\n'), this, barArea(bar.revision));
    return true;
}

void RevisionStrip::resizeEvent(QResizeEvent *)
{
    rescale();
    if (m_history.size() > 0)
        showIndex(currentIndex());
}

void RevisionStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        m_theme = Theme::of(palette());
        update();
    }
    if (event->type() == QEvent::FontChange) {
        m_unit = unitOf(font());
        updateGeometry();
        rescale();
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

void RevisionStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        if (turned.y() != 0)
            zoom(turned.y() > 0 ? 1 : -1, int(event->position().x()));
    } else if (m_step) {
        scrollTo(m_offset - (turned.x() != 0 ? turned.x() : turned.y()));
    } else {
        event->ignore(); // There is nothing to scroll.
        return;
    }
    event->accept();
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
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        zoom(event->key() == Qt::Key_Minus ? -1 : 1, slotArea(here >> m_scale.level).center().x());
        showIndex(here);
        break;
    case Qt::Key_0:
        m_step.reset();
        rescale();
        break;
    case Qt::Key_PageUp:
        scrollTo(m_offset - barsArea().width());
        break;
    case Qt::Key_PageDown:
        scrollTo(m_offset + barsArea().width());
        break;
    case Qt::Key_T:
        setMeasure(m_measure == Measure::Count ? Measure::Time : Measure::Count);
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

RevisionStrip::Scale RevisionStrip::scaleOf(int step)
{
    return {.pitch = closestPitch >> std::min(step, lastPlainStep), .level = std::max(0, step - lastPlainStep)};
}

/// The first step in which everything has room.
int RevisionStrip::wholeStep() const
{
    const auto room = static_cast<std::size_t>(std::max(1, barsArea().width()));
    int step = usualStep;
    for (;; ++step) {
        const auto [pitch, level] = scaleOf(step);
        if (m_history.slots(level) * static_cast<std::size_t>(pitch) <= room || m_history.slots(level) <= 1)
            return step;
    }
}

int RevisionStrip::contentWidth() const { return static_cast<int>(m_history.slots(m_scale.level)) * m_scale.pitch; }

void RevisionStrip::scrollTo(int offset)
{
    const int next = m_step ? std::clamp(offset, 0, std::max(0, contentWidth() - barsArea().width())) : 0;
    if (std::exchange(m_offset, next) != next)
        update();
}

void RevisionStrip::showIndex(std::size_t index)
{
    const QRect slot = slotArea(index >> m_scale.level);
    const QRect area = barsArea();
    if (slot.left() < area.left())
        scrollTo(m_offset - (area.left() - slot.left()));
    else if (slot.right() > area.right())
        scrollTo(m_offset + slot.right() - area.right());
}

void RevisionStrip::rescale()
{
    if (m_step && *m_step >= wholeStep())
        m_step.reset();
    m_scale = scale();
    scrollTo(m_offset);
    update();
}

double RevisionStrip::heightOf(const OutcomeCounts &counts, const OutcomeTimes &times, Outcome outcome) const
{
    constexpr double nanoseconds = 1000; // in a microsecond
    return std::log2(1.0
                     + (m_measure == Measure::Count ? counts.at(indexOf(outcome))
                                                    : double(times.at(indexOf(outcome))) / nanoseconds));
}

int RevisionStrip::sized(int pixels) const { return qRound(pixels * m_unit); }

int RevisionStrip::captionHeight() const { return sized(24); }

QRect RevisionStrip::barsArea() const
{
    return rect().adjusted(stripMargin, sized(labelHeight) + 4, -stripMargin, -captionHeight() - 4);
}

QRect RevisionStrip::slotArea(std::size_t slot) const
{
    const QRect area = barsArea();
    return {area.left() + static_cast<int>(slot) * m_scale.pitch - m_offset, area.top(), m_scale.pitch, area.height()};
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
    const auto slot = static_cast<std::size_t>((point.x() - area.left() + m_offset) / m_scale.pitch);
    if (slot >= m_history.slots(m_scale.level))
        return {};
    const std::size_t last = ((slot + 1) << m_scale.level) - 1;
    return std::min(last, m_history.size() - 1);
}

/// Scale and legend are those of all bars.
void RevisionStrip::takeIn(const OutcomeCounts &counts, const OutcomeTimes &times)
{
    double height = 0;
    for (const Outcome outcome : allOutcomes) {
        bool &occurs = m_occurs.at(indexOf(outcome));
        if (counts.at(indexOf(outcome)) > 0 && !std::exchange(occurs, true))
            updateCaption();
        height += heightOf(counts, times, outcome);
    }
    if (height > m_tallest) {
        m_tallest = height;
        update();
    }
}

void RevisionStrip::updateSlotOf(std::size_t index) { update(slotArea(index >> m_scale.level).adjusted(-4, -3, 4, 3)); }

void RevisionStrip::updateCaption() { update(0, height() - captionHeight(), width(), captionHeight()); }

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

} // namespace nuages::canvas
