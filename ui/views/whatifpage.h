#pragma once

#include "ui/link/link.h"
#include "ui/models/predictions.h"
#include "ui/views/answerpage.h"

#include <QStringList>

#include <memory>

class QLineEdit;
class QPushButton;

namespace nuages::views {

/// What would run if somebody edited the selected file; and what became of that when they did. An edit may be tried: it
/// is played in a second engine on the same inputs, and what was foretold is held against what ran there.
class WhatIfPage final : public AnswerPage
{
    Q_OBJECT

public:
    explicit WhatIfPage(const PageContext &context);

protected:
    Search ask() override;

private:
    /// A trial that is under way, or the last one.
    struct Tried {
        std::shared_ptr<const trace::WhatIf> foretold;
        bool isRunning = false;
        QString progress;
        QString fault; ///< Why it is not known what ran.
        QStringList ran;
    };

    void tryOrStop();
    void begin();
    void showTrial();

    link::Link &m_link;
    QLineEdit *m_old;
    QLineEdit *m_new;
    QPushButton *m_try;
    Tried m_tried;
    models::AnswerRows *m_ran;
    models::Predictions m_predictions;
    models::AnswerRows *m_expected;
    models::AnswerRows *m_fared;
};

} // namespace nuages::views
