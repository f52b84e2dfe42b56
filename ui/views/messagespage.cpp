#include "ui/views/messagespage.h"

#include "ui/views/editorclient.h"

#include <QListView>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

MessagesPage::MessagesPage(const PageContext &context) : m_messages(new QStringListModel(this))
{
    auto *messages = new QListView;
    messages->setModel(m_messages);
    messages->setObjectName(u"messages"_s);
    messages->setAccessibleName(tr("Messages of the server"));
    messages->setEditTriggers(QAbstractItemView::NoEditTriggers);
    messages->setWordWrap(true);
    messages->setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(messages);
    setEntry(messages);
    connect(&context.client, &EditorClient::said, this, [this](const EditorClient::Message &message) {
        m_messages->insertRow(m_messages->rowCount());
        m_messages->setData(m_messages->index(m_messages->rowCount() - 1), message.text);
    });
}

QStringList MessagesPage::messages() const { return m_messages->stringList(); }

} // namespace nuages::views
