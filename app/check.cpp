#include "app/commands.h"
#include "app/environment.h"
#include "app/formats/report.h"
#include "app/inspection.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

namespace nuages::app {

namespace {

enum class Format { Concise, Full, Json };

struct CheckOptions {
    Wanted wanted;
    Format format = Format::Concise;
    rules::Severity failOn = rules::Severity::Error;
    unsigned threads = 0; ///< 0: one for each core.
};

std::string print(const Report &report, Format format)
{
    switch (format) {
    case Format::Full:
        return full(report);
    case Format::Json:
        return json(report);
    case Format::Concise:
        break;
    }
    return concise(report);
}

/// Reasons go to stderr, so that what is on stdout is findings and nothing else; JSON has them inside.
void printOpenReasons(const Report &report)
{
    for (const std::string &reason : report.open)
        std::fprintf(stderr, "nuages: not judged: %s\n", reason.c_str());
}

std::expected<ExitCode, Failure> check(const CheckOptions &options)
{
    const std::expected<Environment, Failure> environment = findEnvironment(options.wanted);
    if (!environment)
        return std::unexpected(environment.error());
    std::optional<Overlay> overlay;
    if (!options.wanted.stdinFilename.empty()) {
        overlay = {normalPath(options.wanted.stdinFilename),
                   std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>())};
    }
    Workspace workspace(*environment, overlay, options.threads);
    const std::expected<Report, Failure> report = inspect(workspace, *environment, 1);
    if (!report)
        return std::unexpected(report.error());
    const std::string text = print(*report, options.format);
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (std::fflush(stdout) != 0)
        return std::unexpected(Failure{"cannot write to stdout"});
    if (options.format != Format::Json)
        printOpenReasons(*report);
    const bool failed = std::ranges::any_of(
        report->findings, [&options](const Finding &finding) { return finding.severity <= options.failOn; });
    return failed ? ExitCode::Findings : ExitCode::Clean;
}

} // namespace

void addCheck(CLI::App &program, Command &chosen)
{
    static const std::map<std::string, Format> formats = {
        {"concise", Format::Concise}, {"full", Format::Full}, {"json", Format::Json}};
    static const std::map<std::string, rules::Severity> severities = {{"error", rules::Severity::Error},
                                                                      {"warning", rules::Severity::Warning},
                                                                      {"information", rules::Severity::Information},
                                                                      {"hint", rules::Severity::Hint}};

    CLI::App *command = program.add_subcommand("check", "Report mistakes in templates");
    const auto options = std::make_shared<CheckOptions>();
    command->add_option("path", options->wanted.paths, "Templates, or folders of them; default: the project's own")
        ->type_name("PATH");
    command->add_option("--project", options->wanted.project, "Root of the project; default: found from PATH")
        ->type_name("DIR");
    command->add_option("--settings", options->wanted.settings, "Settings module; default: as manage.py has it")
        ->type_name("MODULE");
    command
        ->add_option("--site-packages", options->wanted.sitePackages,
                     "Folder of installed packages, repeatable; default: found from the project")
        ->type_name("DIR")
        ->allow_extra_args(false);
    command->add_option("--format", options->format, "How findings are printed; default: concise")
        ->transform(CLI::Transformer(formats).description("concise|full|json"));
    command->add_option("--fail-on", options->failOn, "Least severity that makes the exit code 1; default: error")
        ->transform(CLI::Transformer(severities).description("error|warning|information|hint"));
    command
        ->add_option("--stdin-filename", options->wanted.stdinFilename,
                     "Check the text on stdin as if it stood in this file")
        ->type_name("NAME");
    command->add_option("--threads", options->threads, "Worker threads; default: one for each core")
        ->check(CLI::Range(1u, 1024u).description(""))
        ->type_name("N");
    command->callback([options, &chosen] { chosen = [options] { return check(*options); }; });
}

} // namespace nuages::app
