#include "lsp/server/service.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::server {

Service::Service(int input, int output, Host host)
    : m_host(std::move(host)), m_lastResort(m_host.patience, m_host.giveUp), m_writer(output, [this] { end(1); })
{
    auto worker = std::make_unique<Worker>(Worker::Host{
        .given = m_host.given,
        // Once it has the reply the client may end, and an ended process cannot be watched.
        .greet =
            [this](const protocol::InitializeParams &params) {
                if (params.processId)
                    watchParent(*params.processId);
                m_greeting = params;
            },
        .send = [this](std::string body) { send(std::move(body)); },
        .threads = m_host.threads,
        .features = m_host.features,
        .findNotes = m_host.findNotes,
        .warmUp = m_host.warmUp,
        .commands = m_host.commands,
        .overheard =
            [this](std::string_view body) {
                if (m_host.overheard)
                    m_host.overheard(false, body);
            },
    });
    // Called on the owner's thread.
    QObject::connect(worker.get(), &Worker::ended, worker.get(), [this](int exitCode) { end(exitCode); });
    worker->setWatched(m_host.isWatched);
    if (m_host.traced) {
        QObject::connect(worker.get(), &Worker::traced, worker.get(), [this, worker = worker.get()](const auto &batch) {
            if (!m_host.traced(batch))
                worker->setHeld(true);
        });
    }
    // The reader is there before the owner's thread, which makes it watch the parent.
    m_listener.emplace(input,
                       Listener::Ears{
                           .receive =
                               [this, worker = worker.get()](std::string_view bytes) {
                                   Inbox &inbox = worker->inbox();
                                   inbox.receive(bytes);
                                   if (inbox.hasExit())
                                       m_lastResort.arm();
                                   return !inbox.hasExit();
                               },
                           .close =
                               [this, worker = worker.get()] {
                                   m_lastResort.arm();
                                   worker->inbox().close();
                               },
                       });
    m_worker = worker.get();
    m_owner.emplace(std::move(worker));
}

Service::~Service()
{
    m_lastResort.arm();
    m_listener.reset(); // Nothing reaches the inbox any more.
}

/// On the owner's thread.
void Service::send(std::string body)
{
    if (m_host.overheard)
        m_host.overheard(true, body);
    m_writer.send(std::move(body));
    if (const auto greeting = std::exchange(m_greeting, std::nullopt); greeting && m_host.greeted)
        m_host.greeted(*greeting);
}

void Service::setWatched(bool isWatched)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, isWatched] { worker->setWatched(isWatched); }, Qt::QueuedConnection);
}

void Service::setHeld(bool isHeld)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, isHeld] { worker->setHeld(isHeld); }, Qt::QueuedConnection);
}

void Service::tellAnew(std::function<void()> change)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, change = std::move(change)] { worker->tellAnew(change); }, Qt::QueuedConnection);
}

void Service::end(int exitCode)
{
    if (m_hasEnded.exchange(true))
        return;
    m_lastResort.arm();
    m_exitCode.set_value(exitCode);
}

} // namespace nuages::server
