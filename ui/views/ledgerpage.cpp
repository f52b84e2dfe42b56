#include "ui/views/ledgerpage.h"

#include "engine/trace/ledger.h"
#include "ui/models/answerrows.h"
#include "ui/models/inspection.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"

#include <QComboBox>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

enum LedgerScope : int { OfRevision, OfRequest, OfAll };

} // namespace

LedgerPage::LedgerPage(const PageContext &context)
    : AnswerPage(context), m_kinds(new models::AnswerRows(models::ledgerKindTitles(), this)),
      m_edges(new models::AnswerRows(models::ledgerEdgeTitles(), this)),
      m_findings(new models::AnswerRows(models::ledgerFindingTitles(), this))
{
    m_scope = addChoice(u"ledgerScope"_s, tr("Whose work"),
                        {tr("This revision"), tr("The selected request"), tr("All that is kept")});
    addTable(m_kinds, u"ledgerKinds"_s, tr("By query"), 0);
    addTable(m_edges, u"ledgerEdges"_s, tr("By what had changed"), 0);
    addTable(m_findings, u"ledgerFindings"_s, tr("What stands out"), 4);
}

AnswerPage::Search LedgerPage::ask()
{
    trace::Scope scope;
    QString whose = tr("All that is kept");
    if (m_scope->currentIndex() == OfRevision) {
        scope.first = scope.last = inspection().shownRevision();
        whose = tr("Revision %1").arg(scope.first);
    } else if (m_scope->currentIndex() == OfRequest) {
        scope.request = inspection().selection().spot().request;
        const trace::RequestRecord *request =
            scope.request == 0 ? nullptr : inspection().store().request(scope.request);
        if (!request) {
            return [this](const trace::Store &) -> Found {
                return [this] {
                    for (models::AnswerRows *rows : {m_kinds, m_edges, m_findings})
                        rows->update(models::ReadyRows());
                    return tr("Select a request to see what it cost.");
                };
            };
        }
        whose = models::toQString(request->method);
    }
    return [this, scope, whose, byKind = m_kinds->order(), byEdge = m_edges->order(),
            byFinding = m_findings->order()](const trace::Store &store) -> Found {
        const trace::Ledger ledger = trace::ledger(store, scope);
        return [this, kinds = models::ReadyRows(models::ledgerKindRows(ledger), byKind),
                edges = models::ReadyRows(models::ledgerEdgeRows(store, ledger), byEdge),
                findings = models::ReadyRows(models::ledgerFindingRows(ledger), byFinding),
                sentence = tr("%1: %2").arg(whose, models::ledgerSentence(ledger))] {
            m_kinds->update(kinds);
            m_edges->update(edges);
            m_findings->update(findings);
            return sentence;
        };
    };
}

} // namespace nuages::views
