#include "ui/views/protocolpage.h"

#include "engine/trace/store.h"
#include "ui/link/link.h"
#include "ui/models/inspection.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/lists.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int leastTextWidth = 120;
constexpr std::size_t unansweredKept = 1'000;

QString textOf(const protocol::RequestId &id)
{
    const auto *number = std::get_if<std::int64_t>(&id);
    return number ? QString::number(*number) : QString::fromStdString(std::get<std::string>(id));
}

bool changesText(const QString &method)
{
    return method == "textDocument/didOpen"_L1 || method == "textDocument/didChange"_L1
        || method == "textDocument/didClose"_L1 || method == "workspace/didChangeWatchedFiles"_L1;
}

} // namespace

/// By a text anywhere in the message, and by a method.
class ProtocolPage::Filter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text)
    {
        m_text = text;
        invalidateRowsFilter();
    }
    void setMethod(const QString &method)
    {
        m_method = method;
        invalidateRowsFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &) const override
    {
        const models::MessageRow &message =
            static_cast<const models::MessageLog *>(sourceModel())->rows()[std::size_t(row)];
        return (m_method.isEmpty() || message.method == m_method)
            && (m_text.isEmpty() || message.text.contains(m_text, Qt::CaseInsensitive)
                || message.method.contains(m_text, Qt::CaseInsensitive));
    }

private:
    QString m_text;
    QString m_method;
};

ProtocolPage::ProtocolPage(const PageContext &context)
    : m_inspection(context.inspection), m_log(new models::MessageLog(this)), m_filter(new Filter(this)),
      m_methods(new QComboBox), m_lost(new QLabel)
{
    m_filter->setSourceModel(m_log);
    auto *messages = new Table(m_filter, tr("Messages of the protocol"));
    messages->setObjectName(u"protocol"_s);
    messages->setWidths(models::MessageLog::TextColumn, {0, 0, 0, 0, 0, leastTextWidth},
                        {models::MessageLog::SizeColumn, models::MessageLog::SenderColumn,
                         models::MessageLog::TimeColumn, models::MessageLog::KindColumn});
    auto *text = new QLineEdit;
    text->setObjectName(u"protocolText"_s);
    text->setPlaceholderText(tr("Filter messages"));
    text->setAccessibleName(text->placeholderText());
    m_methods->setObjectName(u"protocolMethod"_s);
    m_methods->setAccessibleName(tr("Method"));
    m_methods->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_methods->addItem(tr("All methods"), QString());
    m_lost->setObjectName(u"protocolLost"_s);
    m_lost->setWordWrap(true);
    m_lost->hide();

    auto *filters = new QHBoxLayout;
    filters->addWidget(text, 1);
    filters->addWidget(m_methods);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(filters);
    layout->addWidget(messages, 1);
    layout->addWidget(m_lost);
    setEntry(messages);

    connect(text, &QLineEdit::textChanged, this, [this](const QString &wanted) { m_filter->setText(wanted); });
    connect(m_methods, &QComboBox::currentIndexChanged, this,
            [this] { m_filter->setMethod(m_methods->currentData().toString()); });
    connect(messages, &Table::picked, this, [this](const QModelIndex &index) {
        const int row = m_filter->mapToSource(index).row();
        if (row >= 0)
            pick(m_log->rows()[std::size_t(row)]);
    });
    connect(&context.link, &link::Link::messageReceived, this,
            [this](const QByteArray &body, qint64 at) { add(body, true, at); });
    connect(&context.link, &link::Link::messageSent, this,
            [this](const QByteArray &body, qint64 at) { add(body, false, at); });
    connect(&context.link, &link::Link::messagesLost, this, &ProtocolPage::addLost);
}

void ProtocolPage::add(const QByteArray &body, bool isFromServer, qint64 at)
{
    models::MessageRow row{
        .at = at, .isFromServer = isFromServer, .method = {}, .kind = {}, .bytes = body.size(), .text = {}};
    const auto message = protocol::decode(std::string_view(body.constData(), std::size_t(body.size())));
    if (!message) {
        row.kind = tr("not understood");
    } else if (const auto *request = std::get_if<protocol::Request>(&*message)) {
        row.method = QString::fromStdString(request->method);
        row.kind = tr("request %1").arg(textOf(request->id));
        if (m_asked.size() >= unansweredKept)
            m_asked.erase(m_asked.begin());
        m_asked[{isFromServer, request->id}] = row.method;
    } else if (const auto *notification = std::get_if<protocol::Notification>(&*message)) {
        row.method = QString::fromStdString(notification->method);
        row.kind = tr("notification");
    } else {
        const auto &response = std::get<protocol::Response>(*message);
        const bool isError = std::holds_alternative<std::string>(response.outcome);
        if (response.id) {
            row.kind = (isError ? tr("error %1") : tr("response %1")).arg(textOf(*response.id));
            if (const auto asked = m_asked.extract({!isFromServer, *response.id}))
                row.method = asked.mapped();
        } else {
            row.kind = tr("error");
        }
    }
    row.text = QString::fromUtf8(body.first(std::min(body.size(), models::MessageLog::textLength)));
    if (!row.method.isEmpty() && m_methods->findData(row.method) < 0)
        m_methods->addItem(row.method, row.method);
    m_log->append(std::move(row));
}

void ProtocolPage::addLost(quint64 count)
{
    m_log->addLost(count);
    m_lost->setText(models::countOf(
        m_log->lost(),
        QT_TRANSLATE_N_NOOP("models", "%1 message(s) went by unseen, because this window did not keep up")));
    m_lost->show();
}

void ProtocolPage::pick(const models::MessageRow &row)
{
    // An edit makes the first revision after it, everything else is about the last one before.
    const auto &revisions = m_inspection.store().revisions();
    auto found = std::ranges::lower_bound(revisions, row.at, {}, &trace::RevisionRecord::at);
    if (row.isFromServer || !changesText(row.method)) {
        if (found == revisions.begin())
            return;
        --found;
    }
    if (found == revisions.end())
        return;
    if (found->revision == m_inspection.store().revision())
        m_inspection.selection().goLive();
    else
        m_inspection.selection().selectRevision(found->revision);
}

} // namespace nuages::views
