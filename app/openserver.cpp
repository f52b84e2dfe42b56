#include "app/openserver.h"

#include "app/environment.h"

#include "engine/trace/wire.h"
#include "lsp/inspect/folder.h"
#include "lsp/server/features/notes.h"
#include "lsp/server/features/warmup.h"
#include "lsp/server/session.h"
#include "lsp/server/version.h"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>

namespace nuages::app {

namespace {

/// So long an inspector may take to hear the last words of a server, which its editor may be waiting for.
constexpr std::chrono::milliseconds lastWords(1000);

/// What may wait for an inspector where somebody else is told all the same, so that nothing can be held back: as much
/// as a very large project has.
constexpr std::size_t unheldBytes = std::size_t{256} << 20;

} // namespace

void addConnection(CLI::App &command, Connection &connection)
{
    auto *pipe =
        command.add_option("--pipe", connection.pipe, "Connect to this local socket, at which the editor listens")
            ->type_name("PATH")
            ->option_text("PATH");
    auto *socket =
        command.add_option("--socket", connection.socket, "Connect to this port of the local machine, likewise")
            ->check(CLI::Range(1, 65535))
            ->type_name("PORT")
            ->option_text("PORT");
    pipe->excludes(socket); // which the help would name at length but for option_text()
    command
        .add_option("--clientProcessId", connection.clientProcess,
                    "End when this process ends; default: the one that the editor names")
        ->type_name("PID");
}

std::expected<Stream, Failure> streamFor(const Connection &connection)
{
    if (!connection.pipe.empty())
        return connectToPipe(connection.pipe);
    return connection.socket == 0 ? standardStream() : connectToPort(connection.socket);
}

OpenServer::OpenServer(const Stream &stream, Host host)
    : m_host(std::move(host)), m_since(query::steadyClock().now()),
      m_door({.arrived =
                  [this](inspect::Door::Watcher watcher) {
                      if (m_host.traced)
                          return m_service.tellAnew([this, watcher] { m_door.begin(watcher); });
                      m_door.begin(watcher);
                      m_service.setWatched(true);
                  },
              .left =
                  [this] {
                      if (!m_host.traced)
                          m_service.setWatched(false);
                  },
              .hasRoom = [this] { m_service.setHeld(false); }},
             m_host.traced ? inspect::Door::Limits{.bytes = unheldBytes} : inspect::Door::Limits()),
      m_service(stream.input(), stream.output(), serviceHost())
{
    if (m_host.clientProcess > 0)
        m_service.watchParent(m_host.clientProcess);
}

server::Service::Host OpenServer::serviceHost()
{
    if (m_host.expectsInspector)
        m_door.expectFirst(); // before anything is told
    return {
        .given = surroundings(),
        .greeted =
            [this](const protocol::InitializeParams &params) {
                if (m_host.isOpen)
                    open(params);
            },
        .traced =
            [this](const std::shared_ptr<const trace::Batch> &batch) {
                if (m_host.traced)
                    m_host.traced(*batch);
                if (m_door.tell(batch))
                    return true;
                if (m_host.traced) // Who wants all of it cannot wait for who is slow.
                    m_door.hangUp("it reads too slowly, while the server writes all that happens into a file as well");
                return bool(m_host.traced);
            },
        .isWatched = m_host.expectsInspector || m_host.traced,
        .overheard =
            [this](bool isFromServer, std::string_view body) {
                if (m_door.isWatched())
                    m_door.overhear(isFromServer, query::steadyClock().now(), body);
            },
        .commands = m_host.commands,
        .giveUp =
            [] {
                std::fputs("nuages: work did not end in time after the client had left\n", stderr);
                std::_Exit(EXIT_FAILURE);
            },
        .threads = std::max(std::thread::hardware_concurrency(), 2U),
        .findNotes = server::findNotes,
        .warmUp = server::warmUp,
    };
}

/// On the owner's thread, when the editor has its reply.
void OpenServer::open(const protocol::InitializeParams &params)
{
    std::vector<std::string> folders = server::Session::foldersOf(params);
    if (folders.empty())
        folders = surroundings().folders;
    const auto opened = inspect::socketFolder().and_then([&](const std::string &folder) {
        return m_door.open(folder,
                           {.wire = trace::wireVersion,
                            .process = std::uint64_t(getpid()),
                            .since = m_since,
                            .version = server::programVersion,
                            .workspace = folders.front()});
    });
    if (m_host.opened)
        m_host.opened(opened ? std::nullopt : std::optional(opened.error()));
}

void OpenServer::expectNoInspector()
{
    if (m_door.giveUpFirst())
        m_service.setWatched(false);
}

ExitCode OpenServer::waitForEnd(const std::function<void()> &ending)
{
    const int code = m_service.waitForEnd();
    if (ending)
        ending();
    m_door.finish(lastWords);
    return code == 0 ? ExitCode::Clean : ExitCode::Findings;
}

} // namespace nuages::app
