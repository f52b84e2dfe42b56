#pragma once

#include "app/failure.h"
#include "app/stream.h"

#include "lsp/inspect/door.h"
#include "lsp/server/service.h"

#include <CLI/App.hpp>

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nuages::app {

/// How an editor and a server find each other.
struct Connection {
    std::string pipe;
    int socket = 0;
    pid_t clientProcess = 0;
};

/// Adds the options that editors give.
void addConnection(CLI::App &command, Connection &connection);

[[nodiscard]] std::expected<Stream, Failure> streamFor(const Connection &connection);

/// The server of an editor, which an inspector may look at: what `nuages serve` is.
class OpenServer
{
public:
    struct Host {
        pid_t clientProcess = 0; ///< As in Connection.
        bool isOpen = true; ///< Has a door for inspectors, once the editor has said initialize.
        /// The door is open, or cannot be, as the sentence says. Owner's thread; null: nothing.
        std::function<void(const std::optional<std::string> &why)> opened = nullptr;
        /// Is told all that the engine does, beside inspectors.
        std::function<void(const trace::Batch &)> traced = nullptr;
        bool expectsInspector = false; ///< All that happens is kept for the first one, within bounds.
        std::vector<server::Command> commands = {};
    };

    /// Serves at once. `stream` outlives it.
    OpenServer(const Stream &stream, Host host);

    inspect::Door &door() { return m_door; }

    /// No inspector will come that was expected.
    void expectNoInspector();

    /// Waits for the end of the service, then until an inspector has been told of it; the exit code of the process.
    /// `ending`, if any, is called between the two. Called once.
    ExitCode waitForEnd(const std::function<void()> &ending = nullptr);

private:
    server::Service::Host serviceHost();
    void open(const protocol::InitializeParams &params);

    Host m_host;
    query::Instant m_since;
    inspect::Door m_door;
    server::Service m_service; // last: its threads use the above
};

} // namespace nuages::app
