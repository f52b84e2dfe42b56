#include "lsp/server/features/notes.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/django.h"
#include "engine/project/settings/settings.h"
#include "engine/rules/openness.h"
#include "engine/rules/selection.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/diagnostics.h"
#include "lsp/protocol/types/window.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <format>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace json = boost::json;

namespace nuages::server {

namespace {

using protocol::DiagnosticSeverity;
using protocol::MessageType;

struct Note {
    std::uint32_t line = 1; ///< From 1.
    DiagnosticSeverity severity = DiagnosticSeverity::Information;
    std::string_view code; ///< A literal.
    std::string text;
};

struct Notes {
    std::vector<std::pair<MessageType, std::string>> messages;
    std::map<std::string, std::vector<Note>> files;
    std::map<std::string, std::shared_ptr<const source::LineIndex>> lines; ///< Of those.
};

void addConfiguration(const project::Configuration &configuration, Notes &notes)
{
    for (const project::ConfigurationProblem &problem : configuration.problems) {
        const std::string place = problem.file.empty() ? "" : std::format("{}:{}: ", problem.file, problem.line);
        notes.messages.emplace_back(MessageType::Warning, place + problem.what);
        if (!problem.file.empty())
            notes.files[problem.file].push_back(
                {std::max(problem.line, 1U), DiagnosticSeverity::Warning, "configuration", problem.what});
    }
}

/// Of the names of rules in it, which only the rules know.
void addRuleNames(const project::Configuration &configuration, Notes &notes)
{
    for (const std::string &problem : rules::problemsOf(configuration))
        notes.messages.emplace_back(MessageType::Warning, problem);
}

void addPackages(query::Reader &db, project::Project project, Notes &notes)
{
    const std::string &root = project::rootOf(db, project);
    const project::InstalledPackages &packages = db.get<project::SitePackages>(project);
    const std::vector<std::string> &wanted = db.get<project::ProjectConfiguration>(project).sitePackages;
    for (const std::string &folder : wanted) {
        if (!std::ranges::contains(packages.folders, folder))
            notes.messages.emplace_back(MessageType::Warning, std::format("site-packages is not a folder: {}", folder));
    }
    const auto &django = db.get<project::FindDjango>(project);
    if (!django) {
        notes.messages.emplace_back(
            MessageType::Warning,
            std::format(
                "No Django is found for {}, so no tag, filter or template is called unknown. Start the editor in "
                "the project's environment, or name its folder with site-packages in [tool.nuages].",
                root));
        return;
    }
    const std::string used = std::format("{} is read with Django {} of {}", root, django->version, django->directory);
    if (packages.isSystems) {
        notes.messages.emplace_back(
            MessageType::Info,
            used
                + ", which is the system's, as no environment of the project is found. If it runs with another, name "
                  "that with site-packages in [tool.nuages].");
    } else {
        notes.messages.emplace_back(MessageType::Log, std::format("{}, found by {}.", used, packages.foundBy));
    }
}

void addSettings(query::Reader &db, project::Project project, Notes &notes)
{
    const auto &location = db.get<project::SettingsModule>(project);
    const std::string &wanted = db.get<project::ProjectConfiguration>(project).settings;
    if (!wanted.empty() && (!location || location->file.empty())) {
        notes.messages.emplace_back(MessageType::Warning,
                                    std::format("There is no settings module {} in {} or the installed packages.",
                                                wanted, project::rootOf(db, project)));
    } else if (location) {
        notes.messages.emplace_back(MessageType::Log,
                                    std::format("{} has its settings in {}, found by {}.", project::rootOf(db, project),
                                                location->module, location->foundBy));
    }
}

void addOpenness(query::Reader &db, project::Project project, Notes &notes)
{
    std::size_t count = 0;
    const project::OpenReason *first = nullptr;
    for (const rules::Withheld &withheld : db.get<rules::ProjectOpenness>(project)) {
        const project::OpenReason &reason = withheld.reason;
        if (reason.line == 0)
            continue; // what concerns a folder as a whole
        ++count;
        first = first ? first : &reason;
        notes.files[reason.file].push_back(
            {reason.line, DiagnosticSeverity::Information, "not-read",
             std::format("nuages cannot read this, so it calls less unknown: {}", reason.why)});
    }
    if (first) {
        notes.messages.emplace_back(
            MessageType::Info,
            std::format("{} of {} cannot be read ({}:{}: {}), so some names are not judged; 'nuages check' says which.",
                        count == 1 ? "A line" : std::format("{} lines", count), project::rootOf(db, project),
                        first->file, first->line, first->why));
    }
}

json::value toJson(const Note &note, const Coordinates &coordinates, const std::string &path,
                   const std::shared_ptr<const source::LineIndex> &lines)
{
    const std::uint32_t line = std::min(note.line, lines->lineCount()) - 1;
    const auto range = coordinates.range(path, lines->line(line), lines);
    if (!range)
        return nullptr;
    protocol::Diagnostic diagnostic;
    diagnostic.range = *range;
    diagnostic.severity = note.severity;
    diagnostic.code = std::string(note.code);
    diagnostic.source = "nuages";
    diagnostic.message = note.text;
    return protocol::toJson(diagnostic);
}

} // namespace

Encode findNotes(query::Reader &db, const Question &question)
{
    Notes notes;
    std::vector<project::Project> seen;
    for (const std::string &path : question.paths) {
        const project::Project project = project::projectOf(db, question.given, path);
        if (std::ranges::contains(seen, project))
            continue;
        seen.push_back(project);
        addConfiguration(db.get<project::ProjectConfiguration>(project), notes);
        addRuleNames(db.get<project::ProjectConfiguration>(project), notes);
        addPackages(db, project, notes);
        addSettings(db, project, notes);
        addOpenness(db, project, notes);
    }
    for (const auto &[path, all] : notes.files)
        notes.lines[path] = std::make_shared<const source::LineIndex>(db.get<source::Lines>(source::fileAt(db, path)));
    return [notes = std::move(notes)](const Coordinates &coordinates, const ClientTraits &) -> json::value {
        json::array messages;
        for (const auto &[type, text] : notes.messages)
            messages.push_back(protocol::toJson(protocol::ShowMessageParams{type, text}));
        json::array files;
        for (const auto &[path, all] : notes.files) {
            json::array diagnostics;
            for (const Note &note : all) {
                if (json::value made = toJson(note, coordinates, path, notes.lines.at(path)); !made.is_null())
                    diagnostics.push_back(std::move(made));
            }
            files.push_back({{"uri", coordinates.uri(path)}, {"diagnostics", std::move(diagnostics)}});
        }
        return {{"messages", std::move(messages)}, {"files", std::move(files)}};
    };
}

} // namespace nuages::server
