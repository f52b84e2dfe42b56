#include "app/commands.h"
#include "app/environment.h"
#include "app/formats/report.h"
#include "app/inspection.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <format>
#include <iostream>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

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

template <class T>
using Choice = std::pair<std::string_view, T>;

/// An option that takes one of some words, and sets `value` to what the word stands for. `choices` outlives the parse.
template <class T>
void addChoice(CLI::App &command, const std::string &name, T &value, std::span<const Choice<T>> choices,
               const std::string &description)
{
    std::string words;
    for (const Choice<T> &choice : choices)
        words.append(words.empty() ? "" : "|").append(choice.first);
    const auto choose = [name, words, choices, &value](const std::string &word) {
        const auto choice = std::ranges::find(choices, word, &Choice<T>::first);
        if (choice == choices.end())
            throw CLI::ValidationError(name, std::format("'{}' is none of {}", word, words));
        value = choice->second;
    };
    command.add_option_function<std::string>(name, choose, description)->type_name(words);
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
    static constexpr std::array<Choice<Format>, 3> formats = {
        {{"concise", Format::Concise}, {"full", Format::Full}, {"json", Format::Json}}};
    static constexpr std::array<Choice<rules::Severity>, 4> severities = {
        {{"error", rules::Severity::Error},
         {"warning", rules::Severity::Warning},
         {"information", rules::Severity::Information},
         {"hint", rules::Severity::Hint}}};

    CLI::App *command = program.add_subcommand("check", "Report mistakes in templates");
    command->footer("Exit code: 0 if no finding is as severe as --fail-on says, 1 if one is, 2 for wrong usage.\n"
                    "A finding ends with the name of its rule; 'nuages rule NAME' explains it.");
    const auto options = std::make_shared<CheckOptions>();
    command->add_option("PATH", options->wanted.paths, "Templates, or folders of them; default: the project's own")
        ->option_text("...");
    command->add_option("--project", options->wanted.project, "Root of the project; default: found from PATH")
        ->type_name("DIR");
    command->add_option("--settings", options->wanted.settings, "Settings module; default: as manage.py has it")
        ->type_name("MODULE");
    command
        ->add_option("--site-packages", options->wanted.sitePackages,
                     "Folder of installed packages, repeatable; default: found from the project")
        ->type_name("DIR")
        ->allow_extra_args(false);
    addChoice<Format>(*command, "--format", options->format, formats, "How findings are printed; default: concise");
    addChoice<rules::Severity>(*command, "--fail-on", options->failOn, severities,
                               "Least severity that makes the exit code 1; default: error");
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
