#include "ui/views/statisticspage.h"

#include "engine/trace/statistics.h"
#include "ui/models/inspection.h"
#include "ui/models/questionrows.h"
#include "ui/models/text.h"

namespace nuages::views {

StatisticsPage::StatisticsPage(const PageContext &context)
    : AnswerPage(context), m_kinds(new models::AnswerRows(models::statisticsTitles(), this)),
      m_kindMemory(new models::AnswerRows(models::kindMemoryTitles(), this)),
      m_fileMemory(new models::AnswerRows(models::fileMemoryTitles(), this))
{
    addTable(m_kinds, QStringLiteral("statistics"), tr("Work by query"), 0);
    addTable(m_kindMemory, QStringLiteral("memoryByKind"), tr("Memory by query"), 0);
    addTable(m_fileMemory, QStringLiteral("memoryByFile"), tr("Memory by file"), 0);
}

AnswerPage::Search StatisticsPage::ask()
{
    return [this, byKind = m_kinds->order(), byKindMemory = m_kindMemory->order(),
            byFile = m_fileMemory->order()](const trace::Store &store) -> Found {
        const std::vector<trace::KindStatistics> kinds = trace::statistics(store);
        std::uint64_t cells = 0;
        std::uint64_t edges = 0;
        for (const trace::KindStatistics &kind : kinds) {
            cells += kind.memos;
            edges += kind.edges;
        }
        return [this, cells, edges, work = models::ReadyRows(models::statisticsRows(kinds), byKind),
                ofKinds = models::ReadyRows(models::kindMemoryRows(kinds), byKindMemory),
                ofFiles = models::ReadyRows(models::fileMemoryRows(store, trace::memoryByFile(store)), byFile)] {
            m_kinds->update(work);
            m_kindMemory->update(ofKinds);
            m_fileMemory->update(ofFiles);
            return tr("%1 and %2 are kept · counts since the engine began, times of what is kept")
                .arg(models::countOf(cells, QT_TRANSLATE_N_NOOP("models", "%1 cell(s)")),
                     models::countOf(edges, QT_TRANSLATE_N_NOOP("models", "%1 read(s)")));
        };
    };
}

} // namespace nuages::views
