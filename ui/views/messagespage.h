#pragma once

#include "ui/views/page.h"

class QStringListModel;

namespace nuages::views {

/// What the server has said.
class MessagesPage final : public Page
{
    Q_OBJECT

public:
    explicit MessagesPage(const PageContext &context);

    QStringList messages() const; ///< Oldest first.

private:
    QStringListModel *m_messages;
};

} // namespace nuages::views
