#pragma once

#include "ui/views/page.h"

namespace nuages::views {

/// What the server was asked, and on request its own work.
class RequestsPage final : public Page
{
    Q_OBJECT

public:
    explicit RequestsPage(const PageContext &context);
};

} // namespace nuages::views
