#include "app/commands.h"
#include "app/environment.h"
#include "app/stream.h"
#include "app/tracefile.h"

#include "lsp/server/features/notes.h"
#include "lsp/server/features/warmup.h"
#include "lsp/server/service.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace nuages::app {

namespace {

struct ServeOptions {
    std::string pipe;
    int socket = 0;
    pid_t clientProcess = 0;
    std::string trace;
};

std::expected<ExitCode, Failure> serve(const ServeOptions &options)
{
    std::signal(SIGPIPE, SIG_IGN); // a client that is gone is seen when writing to it
    const std::expected<Stream, Failure> stream = options.pipe.empty() && options.socket == 0 ? standardStream()
        : options.pipe.empty() ? connectToPort(options.socket)
                               : connectToPipe(options.pipe);
    if (!stream)
        return std::unexpected(stream.error());

    std::optional<TraceFile> traceFile;
    if (!options.trace.empty()) {
        auto created = TraceFile::create(options.trace);
        if (!created)
            return std::unexpected(created.error());
        traceFile.emplace(std::move(*created));
    }

    // Qt reads what there is of the user's locale, a dozen files; the server speaks UTF-8, and no language.
    for (const char *category :
         {"LC_ALL", "LC_ADDRESS", "LC_COLLATE", "LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES", "LC_MONETARY",
          "LC_NAME", "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME"})
        unsetenv(category);
    setenv("LANG", "C", 1);
    setenv("LC_CTYPE", "C.UTF-8", 1);
    int argc = 0;
    const QCoreApplication application(argc, nullptr); // for the owner's event loop
    server::Service::Host host{
        .given = surroundings(),
        .traced = {},
        .giveUp =
            [] {
                std::fputs("nuages: work did not end in time after the client had left\n", stderr);
                std::_Exit(EXIT_FAILURE);
            },
        .threads = std::max(std::thread::hardware_concurrency(), 2U),
        .findNotes = server::findNotes,
        .warmUp = server::warmUp,
    };
    if (traceFile)
        host.traced = [&traceFile](const trace::Batch &batch) { traceFile->write(batch); };
    server::Service service(stream->input(), stream->output(), std::move(host));
    if (options.clientProcess > 0)
        service.watchParent(options.clientProcess);
    return service.waitForEnd() == 0 ? ExitCode::Clean : ExitCode::Findings;
}

} // namespace

void addServe(CLI::App &program, Command &chosen)
{
    CLI::App *command = program.add_subcommand("serve", "Run the language server for an editor");
    auto options = std::make_shared<ServeOptions>();
    command->add_flag("--stdio", "Speak over standard input and output; this is the default");
    auto *pipe =
        command->add_option("--pipe", options->pipe, "Connect to this local socket, at which the editor listens")
            ->type_name("PATH")
            ->option_text("PATH");
    auto *socket =
        command->add_option("--socket", options->socket, "Connect to this port of the local machine, likewise")
            ->check(CLI::Range(1, 65535))
            ->type_name("PORT")
            ->option_text("PORT");
    pipe->excludes(socket); // which the help would name at length but for option_text()
    command
        ->add_option("--clientProcessId", options->clientProcess,
                     "End when this process ends; default: the one that the editor names")
        ->type_name("PID");
    command->add_option("--trace", options->trace, "Write what the engine does to this file")->type_name("FILE");
    command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

} // namespace nuages::app
