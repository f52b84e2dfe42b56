#include "app/choice.h"
#include "app/commands.h"
#include "app/environment.h"
#include "app/formats/report.h"
#include "app/inspection.h"
#include "app/projectoptions.h"

#include "engine/rules/selection.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <format>
#include <iostream>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace nuages::app {

namespace {

enum class Format { Concise, Full, Json, GitHub, GitLab, JUnit, Sarif };
enum class WhenColoured { Auto, Always, Never };

struct CheckOptions {
    Wanted wanted;
    Format format = Format::Concise;
    WhenColoured coloured = WhenColoured::Auto;
    rules::Severity failOn = rules::Severity::Error;
    bool failOnOpen = false;
    bool allowEmpty = false;
    unsigned threads = 0; ///< 0: one for each core.
};

bool isSet(const char *variable)
{
    const char *const value = std::getenv(variable);
    return value && *value;
}

/// NO_COLOR and CLICOLOR_FORCE as programs have agreed on them: any value counts but the empty one, and "0" forces
/// nothing.
Colours coloursOf(WhenColoured when)
{
    if (when != WhenColoured::Auto)
        return when == WhenColoured::Always ? Colours::On : Colours::Off;
    if (isSet("NO_COLOR"))
        return Colours::Off;
    if (isSet("CLICOLOR_FORCE") && std::string_view(std::getenv("CLICOLOR_FORCE")) != "0")
        return Colours::On;
    const bool isDumb = isSet("TERM") && std::string_view(std::getenv("TERM")) == "dumb";
    return ::isatty(STDOUT_FILENO) && !isDumb ? Colours::On : Colours::Off;
}

std::string print(const Report &report, const CheckOptions &options)
{
    switch (options.format) {
    case Format::Full:
        return full(report, coloursOf(options.coloured));
    case Format::Json:
        return json(report);
    case Format::GitHub:
        return github(report);
    case Format::GitLab:
        return gitlab(report);
    case Format::JUnit:
        return junit(report);
    case Format::Sarif:
        return sarif(report);
    case Format::Concise:
        break;
    }
    return concise(report, coloursOf(options.coloured));
}

/// Whether applications are missing in a project of which no environment is found. That is then the likeliest cause.
bool lacksEnvironment(const ProjectReport &project)
{
    return project.environmentFoundBy.value_or("the system") == "the system"
        && std::ranges::contains(project.open, "apps", &Opening::cure);
}

/// Reasons go to stderr, so that what is on stdout is findings and nothing else; JSON has them inside.
void printOpenReasons(const Report &report)
{
    for (const ProjectReport &project : report.projects) {
        if (lacksEnvironment(project)) {
            std::fprintf(stderr,
                         "nuages: no environment of %s is found, so its packages are looked for in the system's;"
                         " --site-packages can name one\n",
                         project.root.c_str());
        }
        for (const Opening &opening : project.open)
            std::fprintf(stderr, "nuages: not judged: %s; %s\n", shown(opening).c_str(), costOf(opening).c_str());
    }
}

bool withholdsClaims(const Report &report)
{
    return std::ranges::any_of(report.projects, [](const ProjectReport &project) {
        return std::ranges::any_of(project.open, [](const Opening &opening) { return opening.claims > 0; });
    });
}

/// A check of nothing would be green for ever.
std::string nothingToCheck(const Environment &environment, const Report &report)
{
    std::string where;
    for (const std::string &path : environment.paths)
        where += (where.empty() ? "" : ", ") + project::pathFrom(report.root, path);
    std::string why;
    for (const ProjectReport &project : report.projects) {
        if (why.empty() && !project.open.empty())
            why = std::format(" ({})", shown(project.open.front()));
    }
    return std::format("no template is found in {}{}; --allow-empty takes that for a clean check",
                       where.empty() || where == "." ? report.root : where, why);
}

std::expected<ExitCode, Failure> check(const CheckOptions &options)
{
    for (const std::vector<std::string> *names : {&options.wanted.select, &options.wanted.ignore}) {
        for (const std::string &name : *names) {
            if (const auto problem = rules::unknownRule(name))
                return std::unexpected(Failure{*problem});
        }
    }
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
    if (report->templates.empty() && !options.allowEmpty)
        return std::unexpected(Failure{nothingToCheck(*environment, *report)});
    const std::string text = print(*report, options);
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (std::fflush(stdout) != 0)
        return std::unexpected(Failure{"cannot write to stdout"});
    if (options.format != Format::Json)
        printOpenReasons(*report);
    const bool failed = std::ranges::any_of(
        report->findings, [&options](const Finding &finding) { return finding.severity <= options.failOn; });
    const bool hides = options.failOnOpen && withholdsClaims(*report);
    return failed || hides ? ExitCode::Findings : ExitCode::Clean;
}

} // namespace

void addCheck(CLI::App &program, Command &chosen)
{
    static constexpr std::array<Choice<Format>, 7> formats = {{{"concise", Format::Concise},
                                                               {"full", Format::Full},
                                                               {"json", Format::Json},
                                                               {"github", Format::GitHub},
                                                               {"gitlab", Format::GitLab},
                                                               {"junit", Format::JUnit},
                                                               {"sarif", Format::Sarif}}};
    static constexpr std::array<Choice<WhenColoured>, 3> colours = {
        {{"auto", WhenColoured::Auto}, {"always", WhenColoured::Always}, {"never", WhenColoured::Never}}};
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
    addProjectOptions(*command, options->wanted, "PATH");
    addChoice<Format>(*command, "--format", options->format, formats, "How findings are printed; default: concise");
    addChoice<WhenColoured>(*command, "--color", options->coloured, colours,
                            "Colours in the formats for people; default: on a terminal");
    command
        ->add_option("--select", options->wanted.select,
                     "Judge by this rule, repeatable, also with commas; default: by all")
        ->type_name("RULE")
        ->delimiter(',')
        ->allow_extra_args(false);
    command
        ->add_option("--ignore", options->wanted.ignore, "Leave out what this rule finds, repeatable, also with commas")
        ->type_name("RULE")
        ->delimiter(',')
        ->allow_extra_args(false);
    addChoice<rules::Severity>(*command, "--fail-on", options->failOn, severities,
                               "Least severity that makes the exit code 1; default: error");
    command->add_flag("--fail-on-open", options->failOnOpen,
                      "Exit with 1 too if claims are withheld because something could not be read");
    command->add_flag("--allow-empty", options->allowEmpty, "It is no mistake if there is no template to check");
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
