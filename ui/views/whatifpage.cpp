#include "ui/views/whatifpage.h"

#include "ui/models/inspection.h"
#include "ui/models/questionrows.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"

namespace nuages::views {

WhatIfPage::WhatIfPage(const PageContext &context)
    : AnswerPage(context), m_expected(new models::AnswerRows(models::whatIfTitles(), this)),
      m_fared(new models::AnswerRows(
          {tr("file"), tr("rev"), tr("sure"), tr("ran"), tr("maybe"), tr("ran"), tr("others")}, this))
{
    addTable(m_expected, QStringLiteral("whatIfExpected"), tr("What would run"), 0);
    addTable(m_fared, QStringLiteral("whatIfFared"), tr("What became of it"), 0);
}

QString WhatIfPage::answer()
{
    const trace::Store &store = inspection().store();
    std::vector<models::AnswerRow> rows;
    const auto fared = m_predictions.fared(store);
    for (const models::Predictions::Fared &each : fared) {
        const QString file = models::shownPath(store, each.file);
        rows.push_back({.name = QStringLiteral("%1 %2").arg(each.revision).arg(file),
                        .cells = {file, models::countCell(each.revision), models::countCell(each.score.sure),
                                  models::countCell(each.score.sureRan), models::countCell(each.score.maybe),
                                  models::countCell(each.score.maybeRan), models::countCell(each.score.unforeseen)},
                        .node = store.nodesOfFile(each.file).front(),
                        .revision = each.revision});
    }
    m_fared->update(std::move(rows));
    const QString &path = inspection().selection().spot().file;
    if (path.isEmpty()) {
        m_expected->update({});
        return tr("Select a file to see what an edit of it would run.");
    }
    const trace::WhatIf &whatIf = m_predictions.foretell(store, path.toStdString());
    m_expected->update(models::whatIfRows(store, whatIf));
    QString text = tr("%1: %2").arg(inspection().shownPath(path), models::whatIfSentence(whatIf));
    if (!fared.empty()) {
        text += tr(" · last time, in revision %1: %2")
                    .arg(fared.front().revision)
                    .arg(models::toQString(sentenceOf(fared.front().score)));
    }
    return text;
}

} // namespace nuages::views
