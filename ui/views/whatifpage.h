#pragma once

#include "ui/models/predictions.h"
#include "ui/views/answerpage.h"

namespace nuages::views {

/// What would run if somebody edited the selected file; and what became of that when they did.
class WhatIfPage final : public AnswerPage
{
    Q_OBJECT

public:
    explicit WhatIfPage(const PageContext &context);

protected:
    QString answer() override;

private:
    models::Predictions m_predictions;
    models::AnswerRows *m_expected;
    models::AnswerRows *m_fared;
};

} // namespace nuages::views
