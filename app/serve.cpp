#include "app/commands.h"
#include "app/openserver.h"
#include "app/tracefile.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace nuages::app {

namespace {

struct ServeOptions {
    Connection connection;
    std::string trace;
    bool isOpen = true;
};

std::expected<ExitCode, Failure> serve(const ServeOptions &options)
{
    std::signal(SIGPIPE, SIG_IGN); // a client that is gone is seen when writing to it
    const std::expected<Stream, Failure> stream = streamFor(options.connection);
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
    OpenServer::Host host{.clientProcess = options.connection.clientProcess, .isOpen = options.isOpen};
    if (traceFile)
        host.traced = [&traceFile](const trace::Batch &batch) { traceFile->write(batch); };
    OpenServer server(*stream, std::move(host));
    return server.waitForEnd();
}

} // namespace

void addServe(CLI::App &program, Command &chosen)
{
    CLI::App *command = program.add_subcommand("serve", "Run the language server for an editor");
    auto options = std::make_shared<ServeOptions>();
    command->add_flag("--stdio", "Speak over standard input and output; this is the default");
    addConnection(*command, options->connection);
    command->add_option("--trace", options->trace, "Write what the engine does to this file")->type_name("FILE");
    command->add_flag_callback(
        "--no-inspect", [options] { options->isOpen = false; }, "Do not let nuages-inspector look at this server");
    command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

} // namespace nuages::app
