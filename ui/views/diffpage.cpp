#include "ui/views/diffpage.h"

#include "engine/trace/diff.h"
#include "ui/models/inspection.h"
#include "ui/models/questionrows.h"
#include "ui/models/text.h"

#include <algorithm>

namespace nuages::views {

DiffPage::DiffPage(const PageContext &context)
    : AnswerPage(context), m_nodes(new models::AnswerRows(models::diffNodeTitles(0, 0), this)),
      m_inputs(new models::AnswerRows(models::diffInputTitles(), this))
{
    addTable(m_nodes, QStringLiteral("diffNodes"), tr("Values and work"), 0);
    addTable(m_inputs, QStringLiteral("diffInputs"), tr("Inputs"), 0);
}

void DiffPage::mark(Side side, std::optional<std::uint32_t> revision)
{
    m_marks.at(std::size_t(side)) = revision;
    if (isVisible())
        askAgain();
}

QString DiffPage::answer()
{
    const trace::Store &store = inspection().store();
    if (store.revisions().empty())
        return tr("There is no revision yet.");
    const auto before = [&store](trace::Revision revision) {
        const auto at = std::ranges::lower_bound(store.revisions(), revision, {}, &trace::RevisionRecord::revision);
        return at == store.revisions().begin() ? revision : std::prev(at)->revision;
    };
    const trace::Revision b = m_marks[B].value_or(inspection().shownRevision());
    const trace::Revision a = m_marks[A].value_or(before(b));
    const trace::Diff diff = trace::diff(store, a, b);
    m_nodes->setTitles(models::diffNodeTitles(a, b));
    m_nodes->update(models::diffNodeRows(store, diff));
    m_inputs->update(models::diffInputRows(store, diff));
    const auto title = [&store](trace::Revision revision) {
        const trace::RevisionRecord *record = store.revision(revision);
        return record ? models::labelOf(store, *record) : models::notKept();
    };
    return tr("A: revision %1, %2 · B: revision %3, %4 · %5")
        .arg(a)
        .arg(title(a))
        .arg(b)
        .arg(title(b), models::diffSentence(diff));
}

} // namespace nuages::views
