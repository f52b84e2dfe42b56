#pragma once

#include "engine/trace/timeline.h"
#include "ui/canvas/timelinecanvas.h"
#include "ui/views/answerpage.h"

#include <QHash>

#include <utility>
#include <vector>

namespace nuages::views {

/// What happened when, on which thread, and which thread waited for which.
class TimelinePage final : public AnswerPage, private canvas::TimeSource
{
    Q_OBJECT

public:
    explicit TimelinePage(const PageContext &context);
    ~TimelinePage() override;

    canvas::TimelineCanvas &canvas() { return *m_canvas; }

    void followSelection() override;

protected:
    Search ask() override;

private:
    /// One of the two lists is empty.
    struct Row {
        QString title;
        std::vector<trace::Span> spans;
        std::vector<trace::RequestRecord> requests;
        std::vector<canvas::TimeBar> bars; ///< As the other list.
        std::uint32_t thread = 0; ///< Of spans.
    };

    /// What is on the canvas.
    struct Shown {
        std::vector<Row> rows;
        QHash<quint64, canvas::TimePlace> bySequence; ///< Where spans are.
        QHash<quint32, std::vector<canvas::TimePlace>> byNode; ///< Where a node ran, by time on each thread.
        QHash<quint64, std::pair<quint32, quint64>> holders; ///< By the sequence of a wait: whose thread, and the run.
    };

    static Shown shownOf(trace::TimeLine line);
    void put(Shown shown);
    void goToBar(canvas::TimePlace place);

    int rows() const override { return int(m_shown.rows.size()); }
    QString rowTitle(int row) const override { return m_shown.rows[std::size_t(row)].title; }
    std::span<const canvas::TimeBar> bars(int row) const override { return m_shown.rows[std::size_t(row)].bars; }
    QString nameAt(canvas::TimePlace place) const override;
    QString wordsAt(canvas::TimePlace place) const override;
    std::optional<canvas::TimePlace> causeOf(canvas::TimePlace place) const override;

    /// Null for a request.
    const trace::Span *spanAt(canvas::TimePlace place) const;

    QComboBox *m_scope;
    canvas::TimelineCanvas *m_canvas;
    models::AnswerRows *m_blocked;
    Shown m_shown;
};

} // namespace nuages::views
