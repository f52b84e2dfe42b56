#pragma once

#include "ui/views/answerpage.h"

namespace nuages::views {

/// All that was done and is there, by kind of query and by file.
class StatisticsPage final : public AnswerPage
{
    Q_OBJECT

public:
    explicit StatisticsPage(const PageContext &context);

protected:
    Search ask() override;

private:
    models::AnswerRows *m_kinds;
    models::AnswerRows *m_kindMemory;
    models::AnswerRows *m_fileMemory;
};

} // namespace nuages::views
