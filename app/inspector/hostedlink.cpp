#include "app/inspector/hostedlink.h"

#include "app/environment.h"
#include "app/inspector/madetimes.h"
#include "app/inspector/templatelist.h"

#include "lsp/protocol/framing.h"
#include "lsp/server/features/notes.h"
#include "lsp/server/uri.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

namespace nuages::app {

HostedLink::HostedLink(Host host, QObject *parent) : SettlingLink(parent)
{
    auto worker = std::make_unique<server::Worker>(server::Worker::Host{
        .given = surroundings(),
        .send =
            [this](std::string body) {
                QMetaObject::invokeMethod(
                    this,
                    [this, bytes = QByteArray::fromStdString(body), at = query::steadyClock().now()] {
                        Q_EMIT messageReceived(bytes, at);
                    },
                    Qt::QueuedConnection);
            },
        .threads = std::max(std::thread::hardware_concurrency(), 2U),
        .features = host.features,
        .findNotes = server::findNotes,
        .listTemplates = listTemplates,
    });
    m_worker = worker.get();
    m_worker->setWatched(true);
    connect(m_worker, &server::Worker::started, this, &HostedLink::begin);
    connect(m_worker, &server::Worker::traced, this, [this, host](const std::shared_ptr<const trace::Batch> &batch) {
        Q_EMIT traced(host.measuresTimes ? batch : std::make_shared<const trace::Batch>(withMadeTimes(*batch)));
    });
    connect(m_worker, &server::Worker::settled, this, [this](quint64 messages) {
        m_settled = messages;
        if (isSettled())
            Q_EMIT settled();
    });
    connect(m_worker, &server::Worker::ended, this, &HostedLink::ended);
    m_owner.emplace(std::move(worker));
}

HostedLink::~HostedLink() { m_worker->inbox().close(); }

void HostedLink::askText(const QString &path, std::function<void(std::optional<QByteArray>)> take)
{
    const std::string uri = server::uriOfPath(path.toStdString());
    QMetaObject::invokeMethod(
        m_worker,
        [this, uri, take = std::move(take)] {
            std::optional<QByteArray> text;
            if (const std::optional<std::string> found = m_worker->documentText(uri))
                text = QByteArray::fromStdString(*found);
            QMetaObject::invokeMethod(this, [take, text] { take(text); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void HostedLink::send(const QByteArray &body)
{
    ++m_sent;
    if (m_hasBegun)
        deliver(body);
    else
        m_early.push_back(body);
    Q_EMIT messageSent(body, query::steadyClock().now());
}

void HostedLink::begin()
{
    m_hasBegun = true;
    for (const QByteArray &body : std::exchange(m_early, {}))
        deliver(body);
}

void HostedLink::deliver(const QByteArray &body)
{
    m_worker->inbox().receive(protocol::frame(std::string_view(body.constData(), std::size_t(body.size()))));
}

} // namespace nuages::app
