// The ledger as rows.
#include "engine/trace/ledger.h"
#include "ui/models/answerrows.h"
#include "ui/models/text.h"

namespace nuages::models {

QStringList ledgerKindTitles()
{
    return {Words::tr("query"),   Words::tr("useful"),   Words::tr("in vain"),
            Words::tr("checked"), Words::tr("own time"), Words::tr("of it in vain")};
}

std::vector<AnswerRow> ledgerKindRows(const trace::Ledger &ledger)
{
    std::vector<AnswerRow> rows;
    for (const trace::KindWork &kind : ledger.kinds) {
        const trace::Work &work = kind.work;
        rows.push_back({.name = toQString(kind.kind),
                        .cells = {toQString(kind.kind), countCell(work.useful), countCell(work.same),
                                  countCell(work.checked), timeCell(work.ns()), timeCell(work.sameNs)},
                        .node = kind.dearest});
    }
    return rows;
}

QStringList ledgerEdgeTitles()
{
    return {Words::tr("what had changed → what ran"),
            Words::tr("ran"),
            Words::tr("in vain"),
            Words::tr("own time"),
            Words::tr("of it in vain"),
            Words::tr("for example")};
}

std::vector<AnswerRow> ledgerEdgeRows(const trace::Store &store, const trace::Ledger &ledger)
{
    std::vector<AnswerRow> rows;
    for (const trace::EdgeWork &edge : ledger.edges) {
        const QString name = toQString(edge.read) + QStringLiteral(" → ") + toQString(edge.reader);
        rows.push_back({.name = name,
                        .cells = {name, countCell(edge.runs), countCell(edge.same), timeCell(edge.ns),
                                  timeCell(edge.sameNs), nameOf(store, edge.example.node)},
                        .node = edge.example.node,
                        .revision = edge.example.revision});
    }
    return rows;
}

QStringList ledgerFindingTitles()
{
    return {Words::tr("what stands out"), Words::tr("rev"), Words::tr("count"), Words::tr("time"), Words::tr("why")};
}

std::vector<AnswerRow> ledgerFindingRows(const trace::Ledger &ledger)
{
    std::vector<AnswerRow> rows;
    for (const trace::Finding &finding : ledger.findings) {
        const QString sentence = toQString(finding.sentence);
        rows.push_back({.name = sentence,
                        .cells = {told(nameOf(finding.kind)), countCell(finding.revision), countCell(finding.count),
                                  timeCell(finding.ns), sentence},
                        .node = finding.node,
                        .revision = finding.revision});
    }
    return rows;
}

QString ledgerSentence(const trace::Ledger &ledger)
{
    const trace::Work &all = ledger.all;
    QString text = Words::tr("%1 useful in %2 · %3 in vain in %4 · %5 checked, %6 looked at")
                       .arg(countText(all.useful), timeText(all.usefulNs), countText(all.same), timeText(all.sameNs),
                            countText(all.checked), countOf(all.looked, QT_TRANSLATE_N_NOOP("models", "%1 read(s)")));
    if (all.cancelled > 0)
        text += Words::tr(" · %1 cancelled").arg(countText(all.cancelled));
    if (ledger.countsOnly > 0)
        text += Words::tr(" · of %1 only counts are kept")
                    .arg(countOf(ledger.countsOnly, QT_TRANSLATE_N_NOOP("models", "%1 revision(s)")));
    return text;
}

} // namespace nuages::models
