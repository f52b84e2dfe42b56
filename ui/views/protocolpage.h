#pragma once

#include "lsp/protocol/message.h"
#include "ui/models/messagelog.h"
#include "ui/views/page.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <utility>

class QComboBox;
class QLabel;
class QLineEdit;

namespace nuages::views {

class Table;

/// The messages of the protocol, both ways, of whoever the server's client is. Picking one goes to the revision that
/// it has made, or that held when it went by.
class ProtocolPage final : public Page
{
    Q_OBJECT

public:
    explicit ProtocolPage(const PageContext &context);

    const models::MessageLog &log() const { return *m_log; }

private:
    class Filter;

    void add(const QByteArray &body, bool isFromServer, qint64 at);
    void addLost(quint64 count);
    void pick(const models::MessageRow &row);

    models::Inspection &m_inspection;
    models::MessageLog *m_log;
    Filter *m_filter;
    QComboBox *m_methods;
    QLabel *m_lost;
    std::map<std::pair<bool, protocol::RequestId>, QString> m_asked; ///< Methods of requests without response.
};

} // namespace nuages::views
