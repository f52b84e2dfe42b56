#pragma once

#include "ui/views/page.h"

namespace nuages::views {

class Table;

/// What the server was asked, and on request its own work.
class RequestsPage final : public Page
{
    Q_OBJECT

public:
    explicit RequestsPage(const PageContext &context);

    void followSelection() override;

private:
    models::Inspection &m_inspection;
    Table *m_requests;
};

} // namespace nuages::views
