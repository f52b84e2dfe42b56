#include "ui/views/timelinepage.h"

#include "ui/models/inspection.h"
#include "ui/models/questionrows.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"

#include <QComboBox>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace nuages::views {

using canvas::TimeBar;
using canvas::TimePlace;

namespace {

enum TimelineScope : int { RevisionTime, AllTime };

QString threadText(std::uint32_t thread) { return TimelinePage::tr("thread %1").arg(thread); }

} // namespace

TimelinePage::TimelinePage(const PageContext &context)
    : AnswerPage(context), m_canvas(new canvas::TimelineCanvas(*this)),
      m_blocked(new models::AnswerRows(models::blockedTitles(), this))
{
    m_scope = addChoice(u"timelineScope"_s, tr("Which time"), {tr("This revision"), tr("All that is kept")});
    m_canvas->setObjectName(u"timeline"_s);
    addView(m_canvas, tr("Time line"));
    addTable(m_blocked, u"blocked"_s, tr("Who waited for whom"), 0);
    connect(m_canvas, &canvas::TimelineCanvas::activated, this,
            [this](int row, int bar) { goToBar({.row = row, .bar = bar}); });
}

TimelinePage::~TimelinePage() { delete m_canvas; } // It asks this page, which is its source.

AnswerPage::Search TimelinePage::ask()
{
    const bool isAll = m_scope->currentIndex() == AllTime;
    const trace::Revision first = isAll ? 0 : inspection().shownRevision();
    const trace::Revision last = isAll ? std::numeric_limits<trace::Revision>::max() : first;
    return [this, first, last, byWait = m_blocked->order()](const trace::Store &store) -> Found {
        trace::TimeLine line = trace::timeLine(store, first, last);
        const models::ReadyRows blocked(models::blockedRows(store, line), byWait);
        QString sentence = models::timeLineSentence(line);
        return [this, blocked, sentence, shown = shownOf(std::move(line))] {
            m_blocked->update(blocked);
            put(shown);
            return sentence;
        };
    };
}

TimelinePage::Shown TimelinePage::shownOf(trace::TimeLine line)
{
    Shown shown;
    for (auto &requests : line.requests) {
        Row row;
        row.title = shown.rows.empty() ? tr("Requests") : QString();
        row.requests = std::move(requests);
        for (const trace::RequestRecord &each : row.requests)
            row.bars.push_back({.at = each.at, .ns = qint64(each.durationNs), .kind = TimeBar::Kind::Request});
        shown.rows.push_back(std::move(row));
    }
    for (trace::Lane &lane : line.lanes) {
        QString title = tr("Thread %1").arg(lane.thread);
        for (std::vector<trace::Span> &spans : lane.rows) {
            Row row;
            row.title = std::exchange(title, QString());
            row.spans = std::move(spans);
            row.thread = lane.thread;
            for (const trace::Span &span : row.spans) {
                const TimePlace place{.row = int(shown.rows.size()), .bar = int(row.bars.size())};
                row.bars.push_back({.at = span.at,
                                    .ns = qint64(span.ns),
                                    .kind = span.isWait ? TimeBar::Kind::Wait : TimeBar::Kind::Run,
                                    .outcome = span.outcome});
                shown.bySequence.insert(span.sequence, place);
                if (!span.isWait)
                    shown.byNode[span.node].push_back(place);
            }
            shown.rows.push_back(std::move(row));
        }
    }
    for (const trace::BlockedInterval &blocked : line.blocked)
        shown.holders.insert(blocked.wait.sequence, {blocked.holder, blocked.released});
    return shown;
}

/// Shows it, and stays at the span that was current before.
void TimelinePage::put(Shown shown)
{
    const auto before = m_canvas->current();
    const trace::Span *span = before ? spanAt(*before) : nullptr;
    const quint64 sequence = span ? span->sequence : 0;
    m_shown = std::move(shown);
    m_canvas->refresh();
    if (const auto found = m_shown.bySequence.constFind(sequence); found != m_shown.bySequence.cend())
        m_canvas->setCurrent(*found);
    else
        followSelection();
}

void TimelinePage::followSelection()
{
    const auto found = m_shown.byNode.constFind(inspection().selection().spot().node);
    if (!isVisible() || found == m_shown.byNode.cend())
        return;
    const auto current = m_canvas->current();
    if (current && std::ranges::contains(*found, *current))
        return;
    TimePlace latest = found->front();
    for (const TimePlace place : *found) {
        const trace::Span &span = *spanAt(place);
        if (span.revision <= inspection().shownRevision() && span.sequence > spanAt(latest)->sequence)
            latest = place;
    }
    m_canvas->setCurrent(latest);
}

void TimelinePage::goToBar(TimePlace place)
{
    if (const trace::Span *span = spanAt(place))
        goTo(span->node, span->revision);
    else
        inspection().selectRequest(m_shown.rows[std::size_t(place.row)].requests[std::size_t(place.bar)].id);
}

const trace::Span *TimelinePage::spanAt(TimePlace place) const
{
    const Row &row = m_shown.rows[std::size_t(place.row)];
    return row.spans.empty() ? nullptr : &row.spans[std::size_t(place.bar)];
}

QString TimelinePage::nameAt(TimePlace place) const
{
    if (const trace::Span *span = spanAt(place))
        return models::nameOf(inspection().store(), span->node);
    return models::toQString(m_shown.rows[std::size_t(place.row)].requests[std::size_t(place.bar)].method);
}

QString TimelinePage::wordsAt(TimePlace place) const
{
    const Row &row = m_shown.rows[std::size_t(place.row)];
    const trace::Store &store = inspection().store();
    const trace::Span *span = spanAt(place);
    if (!span) {
        const trace::RequestRecord &request = row.requests[std::size_t(place.bar)];
        return tr("Request %1 %2, %3")
            .arg(models::toQString(request.method), models::shownPath(store, request.document),
                 models::timeText(request.durationNs));
    }
    const QString name = models::nameOf(store, span->node);
    if (span->isWait) {
        const auto [holder, run] = m_shown.holders.value(span->sequence);
        const QString words = tr("Waited %1 for %2, %3").arg(models::timeText(span->ns), name, threadText(row.thread));
        return holder == 0 ? words : tr("%1; %2 had it").arg(words, threadText(holder));
    }
    return tr("%1, %2, %3, own %4, revision %5, %6")
        .arg(name, models::outcomeText(span->outcome), models::timeText(span->ns), models::timeText(span->selfNs))
        .arg(span->revision)
        .arg(threadText(row.thread));
}

/// Of a run: that of what had changed; of a wait: that of who kept it waiting.
std::optional<TimePlace> TimelinePage::causeOf(TimePlace place) const
{
    const trace::Span *span = spanAt(place);
    if (!span)
        return std::nullopt;
    if (span->isWait) {
        const auto run = m_shown.bySequence.constFind(m_shown.holders.value(span->sequence).second);
        return run == m_shown.bySequence.cend() ? std::nullopt : std::optional(*run);
    }
    const auto ran = m_shown.byNode.constFind(span->cause);
    if (ran == m_shown.byNode.cend())
        return std::nullopt;
    std::optional<TimePlace> latest;
    for (const TimePlace each : *ran) {
        const trace::Span &cause = *spanAt(each);
        if (cause.sequence < span->sequence && (!latest || cause.sequence > spanAt(*latest)->sequence))
            latest = each;
    }
    return latest;
}

} // namespace nuages::views
