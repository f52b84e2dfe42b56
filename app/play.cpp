#include "app/play.h"

#include "app/inspection.h"
#include "app/projectoptions.h"
#include "app/whyline.h"

#include "engine/project/discovery/configuration.h"
#include "engine/trace/recorder.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <format>
#include <iostream>
#include <iterator>
#include <utility>

namespace nuages::app {

namespace {

/// The names that contain what was asked for, to help someone who mistyped.
std::string similarNames(const trace::Store &store, const std::string &subject)
{
    constexpr std::size_t most = 3;
    const std::string inBrackets = subject.substr(subject.find('(') + 1);
    const std::string key = inBrackets.substr(0, inBrackets.find(')'));
    const std::string base = key.substr(key.rfind('/') + 1);
    std::vector<std::string> names;
    for (trace::NodeId id = 1; id <= store.lastNode() && names.size() < most; ++id) {
        const trace::NodeName node = store.node(id);
        if (!base.empty() && !node.isInput && node.key.ends_with(base))
            names.push_back(nameOf(node));
    }
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "; there is " : ", ") + name;
    return text;
}

std::string labelOf(const std::vector<Overlay> &texts, const std::string &root)
{
    std::string files;
    for (const Overlay &text : texts)
        files += (files.empty() ? "" : ", ") + project::pathFrom(root, text.path);
    return "edit of " + files;
}

} // namespace

void addEditOptions(CLI::App &command, EditOptions &options, Edits edits)
{
    command
        .add_option("--edit", options.replacements,
                    "In FILE, put NEW in the place of OLD; repeatable, all in one change")
        ->type_name("FILE OLD NEW")
        ->allow_extra_args(false);
    if (edits != Edits::StdinOnly) {
        command
            .add_option("--first", options.first,
                        "Likewise, but played before the edit; repeatable, each a change of its own")
            ->type_name("FILE OLD NEW")
            ->allow_extra_args(false);
    }
    if (edits != Edits::FirstOnly) {
        command
            .add_option("--stdin-filename", options.wanted.stdinFilename,
                        "The text on stdin takes the place of this file's")
            ->type_name("NAME");
    }
    addProjectOptions(command, options.wanted, "the edited file");
    command.add_flag_callback(
        "--no-times", [&options] { options.times = trace::Times::Hidden; },
        "Print no durations, so that the output is the same on every run");
}

std::expected<std::unique_ptr<Play>, Failure> Play::create(const EditOptions &options)
{
    Wanted wanted = options.wanted;
    wanted.stdinFilename.clear(); // it is the text after, not before
    if (wanted.project.empty() && !options.wanted.stdinFilename.empty())
        wanted.paths = {options.wanted.stdinFilename};
    else if (wanted.project.empty() && !options.replacements.empty())
        wanted.paths = {std::get<0>(options.replacements.front())};
    else if (wanted.project.empty() && !options.first.empty())
        wanted.paths = {std::get<0>(options.first.front())};
    std::expected<Environment, Failure> environment = findEnvironment(wanted);
    if (!environment)
        return std::unexpected(environment.error());
    environment->paths.clear(); // the whole project, wherever the edit is
    return std::unique_ptr<Play>(new Play(std::move(*environment)));
}

Play::Play(Environment environment)
    : m_environment(std::move(environment)), m_workspace(m_environment, {}, 1),
      m_recorder(std::make_unique<trace::Recorder>(m_workspace.engine()))
{
    m_workspace.setBetween([this] { take(); });
}

Play::~Play() = default;

void Play::take()
{
    for (bool isPartial = true; isPartial; isPartial = m_store.isPartial())
        m_store.apply(m_recorder->take());
    if (m_told)
        m_told();
}

std::expected<Report, Failure> Play::check()
{
    const query::RequestId request = ++m_checks;
    m_recorder->requestArrived(request, "the check", root());
    m_recorder->requestStarted(request);
    std::expected<Report, Failure> report = inspect(m_workspace, m_environment, request);
    m_recorder->requestEnded(request, trace::RequestRecord::State::Answered);
    take();
    return report;
}

void Play::put(const std::vector<Overlay> &texts) { m_workspace.edit(labelOf(texts, root()), texts); }

std::expected<void, Failure> Play::edit(const std::vector<Overlay> &texts)
{
    const query::Revision before = m_workspace.engine().revision();
    put(texts);
    if (m_workspace.engine().revision() == before)
        return std::unexpected(Failure{"the edit changes nothing that was read"});
    return {};
}

std::expected<void, Failure> Play::playFirst(const EditOptions &options, const Seen &seen)
{
    for (std::size_t count = 0; count <= options.first.size(); ++count) {
        if (count > 0) {
            const auto texts = edited({options.first.begin(), options.first.begin() + std::ptrdiff_t(count)}, root());
            if (!texts)
                return std::unexpected(texts.error());
            const std::string changed = fileNamed(std::get<0>(options.first[count - 1]), root());
            if (const auto played = edit({*std::ranges::find(*texts, changed, &Overlay::path)}); !played)
                return played;
        }
        const std::expected<Report, Failure> report = check();
        if (!report)
            return std::unexpected(report.error());
        if (seen)
            seen(*report);
    }
    return {};
}

std::expected<void, Failure> Play::playAll(const EditOptions &options, const Seen &seen)
{
    std::expected<std::vector<Overlay>, Failure> texts;
    if (options.hasEdit())
        texts = textsAfter(options, root()); // A mistake in it is told before anything is checked.
    if (!texts)
        return std::unexpected(texts.error());
    if (const auto played = playFirst(options, seen); !played || !options.hasEdit())
        return played;
    if (const auto played = edit(*texts); !played)
        return played;
    const std::expected<Report, Failure> report = check();
    if (!report)
        return std::unexpected(report.error());
    if (seen)
        seen(*report);
    return {};
}

std::expected<std::vector<Overlay>, Failure> textsAfter(const EditOptions &options, const std::string &root)
{
    if (!options.hasEdit()) {
        return std::unexpected(Failure{"an edit is needed: --edit FILE OLD NEW, or --stdin-filename NAME and the text "
                                       "that it has then on stdin"});
    }
    std::vector<Replacement> all = options.first;
    all.insert(all.end(), options.replacements.begin(), options.replacements.end());
    std::expected<std::vector<Overlay>, Failure> texts = edited(all, root);
    if (!texts)
        return texts;
    std::erase_if(*texts, [&](const Overlay &text) {
        return std::ranges::none_of(options.replacements, [&](const Replacement &replacement) {
            return fileNamed(std::get<0>(replacement), root) == text.path;
        });
    });
    if (!options.wanted.stdinFilename.empty()) {
        texts->push_back({fileNamed(options.wanted.stdinFilename, root),
                          std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>())});
    }
    return texts;
}

std::expected<trace::NodeId, Failure> nodeOf(const trace::Store &store, const std::string &subject,
                                             const std::string &root)
{
    if (const trace::NodeId node = store.find(subject))
        return node;
    if (!subject.contains('(')) {
        const auto place = TemplateLine::of(subject);
        for (const trace::NodeId id : store.nodesOfFile(fileNamed(place ? place->path : subject, root))) {
            if (store.node(id).kind == "Diagnostics")
                return id;
        }
        return std::unexpected(Failure{std::format("{} is no template that was checked", subject)});
    }
    return std::unexpected(Failure{std::format("no query {}{}", subject, similarNames(store, subject))});
}

std::expected<ExitCode, Failure> printed(const std::string &text, const trace::Store &store)
{
    if (const std::uint64_t lost = store.cost().lostValidations + store.cost().lostOthers)
        std::fprintf(stderr, "nuages: %llu events found no room and are missing\n", (unsigned long long)(lost));
    std::fputs(text.c_str(), stdout);
    if (std::fflush(stdout) != 0)
        return std::unexpected(Failure{"cannot write to stdout"});
    return ExitCode::Clean;
}

} // namespace nuages::app
