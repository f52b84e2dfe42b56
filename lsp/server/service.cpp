#include "lsp/server/service.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::server {

Service::Service(int input, int output, Host host)
    : m_lastResort(host.patience, std::move(host.giveUp)), m_writer(output, [this] { end(1); })
{
    auto worker = std::make_unique<Worker>(Worker::Host{
        .given = std::move(host.given),
        // Once it has the reply the client may end, and an ended process cannot be watched.
        .greet =
            [this](const protocol::InitializeParams &params) {
                if (params.processId)
                    watchParent(*params.processId);
            },
        .send = [this](std::string body) { m_writer.send(std::move(body)); },
        .threads = host.threads,
        .features = host.features,
        .findNotes = host.findNotes,
        .warmUp = host.warmUp,
    });
    // Called on the owner's thread.
    QObject::connect(worker.get(), &Worker::ended, worker.get(), [this](int exitCode) { end(exitCode); });
    if (host.traced) {
        worker->setWatched(true);
        QObject::connect(worker.get(), &Worker::traced, worker.get(),
                         [traced = std::move(host.traced)](const auto &batch) { traced(*batch); });
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
    m_owner.emplace(std::move(worker));
}

Service::~Service()
{
    m_lastResort.arm();
    m_listener.reset(); // Nothing reaches the inbox any more.
}

void Service::end(int exitCode)
{
    if (m_hasEnded.exchange(true))
        return;
    m_lastResort.arm();
    m_exitCode.set_value(exitCode);
}

} // namespace nuages::server
