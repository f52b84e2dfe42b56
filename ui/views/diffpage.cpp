#include "ui/views/diffpage.h"

#include "engine/trace/diff.h"
#include "ui/models/inspection.h"
#include "ui/models/questionrows.h"
#include "ui/models/text.h"

#include <algorithm>

namespace nuages::views {

namespace {

std::optional<canvas::Difference> differenceIn(const trace::NodeDifference &node)
{
    using enum trace::ValueChange;
    switch (node.value) {
    case Changed:
        return canvas::Difference::Changed;
    case Absent:
        return node.b.isThere ? canvas::Difference::Added : canvas::Difference::Removed;
    case Unknown:
        return canvas::Difference::Unknown;
    case Same:
        break;
    }
    const bool hasRun = node.b.outcome && isExecution(*node.b.outcome);
    return hasRun ? std::optional(canvas::Difference::SameValue) : std::nullopt;
}

QHash<quint32, canvas::Difference> differencesIn(const trace::Diff &diff)
{
    QHash<quint32, canvas::Difference> differences;
    for (const trace::NodeId input : diff.inputs)
        differences.insert(input, canvas::Difference::Changed);
    for (const trace::NodeDifference &node : diff.nodes) {
        if (const auto difference = differenceIn(node))
            differences.insert(node.node, *difference);
    }
    return differences;
}

} // namespace

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
    Q_EMIT marksChanged();
    if (isWanted())
        askAgain();
}

void DiffPage::setDrawn(bool isDrawn)
{
    if (isDrawn == m_isDrawn)
        return;
    m_isDrawn = isDrawn;
    if (isDrawn)
        askAgain();
    else
        Q_EMIT differencesChanged();
}

std::optional<canvas::Difference> DiffPage::differenceOf(quint32 node) const
{
    const auto found = m_differences.constFind(node);
    return !m_isDrawn || found == m_differences.cend() ? std::nullopt : std::optional(*found);
}

AnswerPage::Search DiffPage::ask()
{
    const std::deque<trace::RevisionRecord> &revisions = inspection().store().revisions();
    if (revisions.empty()) {
        return [](const trace::Store &) -> Found { return [] { return tr("There is no revision yet."); }; };
    }
    const auto before = [&revisions](trace::Revision revision) {
        const auto at = std::ranges::lower_bound(revisions, revision, {}, &trace::RevisionRecord::revision);
        return at == revisions.begin() ? revision : std::prev(at)->revision;
    };
    const trace::Revision b = m_marks[B].value_or(inspection().shownRevision());
    const trace::Revision a = m_marks[A].value_or(before(b));
    return [this, a, b, byNode = m_nodes->order(), byInput = m_inputs->order()](const trace::Store &store) -> Found {
        const trace::Diff diff = trace::diff(store, a, b);
        const auto title = [&store](trace::Revision revision) {
            const trace::RevisionRecord *record = store.revision(revision);
            return record ? models::labelOf(store, *record) : models::notKept();
        };
        return [this, a, b, differences = differencesIn(diff),
                nodes = models::ReadyRows(models::diffNodeRows(store, diff), byNode),
                inputs = models::ReadyRows(models::diffInputRows(store, diff), byInput),
                sentence = tr("A: revision %1, %2 · B: revision %3, %4 · %5")
                               .arg(a)
                               .arg(title(a))
                               .arg(b)
                               .arg(title(b), models::diffSentence(diff))] {
            m_nodes->setTitles(models::diffNodeTitles(a, b));
            m_nodes->update(nodes);
            m_inputs->update(inputs);
            m_differences = differences;
            Q_EMIT differencesChanged();
            return sentence;
        };
    };
}

} // namespace nuages::views
