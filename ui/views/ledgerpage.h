#pragma once

#include "ui/views/answerpage.h"

namespace nuages::views {

/// What the work was spent on: of the shown revision, of the selected request, or of all that is kept.
class LedgerPage final : public AnswerPage
{
    Q_OBJECT

public:
    explicit LedgerPage(const PageContext &context);

protected:
    Search ask() override;

private:
    QComboBox *m_scope;
    models::AnswerRows *m_kinds;
    models::AnswerRows *m_edges;
    models::AnswerRows *m_findings;
};

} // namespace nuages::views
