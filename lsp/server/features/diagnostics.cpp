#include "lsp/server/features/diagnostics.h"

#include "engine/project/templates/projecttemplates.h"
#include "engine/query/hash.h"
#include "engine/rules/diagnostics.h"
#include "engine/rules/selection.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/diagnostics.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <format>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace json = boost::json;

namespace nuages::server {

namespace {

using LinesOf = std::map<std::string, std::shared_ptr<const source::LineIndex>>; // of files that are not open

protocol::Diagnostic toClient(const rules::Diagnostic &found, protocol::Range range)
{
    protocol::Diagnostic diagnostic;
    diagnostic.range = range;
    diagnostic.severity = static_cast<protocol::DiagnosticSeverity>(std::to_underlying(found.severity) + 1);
    diagnostic.code = found.rule;
    diagnostic.source = "nuages";
    diagnostic.message = found.message;
    return diagnostic;
}

/// What is found in one file, with what it takes to write it down.
struct Found {
    std::string path;
    std::vector<rules::Diagnostic> diagnostics;
    LinesOf lines;
};

Found foundIn(query::Reader &db, project::Given given, const std::string &path)
{
    Found found{path, {}, {}};
    const std::optional<project::JudgedFile> judged = project::judgeOf(db, given, path);
    if (!judged)
        return found;
    const auto [project, file] = *judged;
    found.diagnostics = rules::selected(db.get<rules::Diagnostics>(project, file),
                                        rules::selectionOf(db.get<project::ProjectConfiguration>(project)),
                                        db.read<&source::FileData::path>(file));
    for (const rules::Diagnostic &diagnostic : found.diagnostics) {
        for (const rules::Related &related : diagnostic.related) {
            if (!found.lines.contains(related.path))
                found.lines[related.path] =
                    std::make_shared<const source::LineIndex>(db.get<source::Lines>(source::fileAt(db, related.path)));
        }
    }
    return found;
}

json::array encode(const Found &found, const Coordinates &coordinates, const ClientTraits &client)
{
    json::array all;
    const auto own = found.lines.find(found.path);
    for (const rules::Diagnostic &each : found.diagnostics) {
        const auto range = coordinates.range(found.path, each.range, own == found.lines.end() ? nullptr : own->second);
        if (!range)
            continue;
        protocol::Diagnostic diagnostic = toClient(each, *range);
        if (client.takesRelatedInformation && !each.related.empty()) {
            diagnostic.relatedInformation.emplace();
            for (const rules::Related &related : each.related) {
                if (const auto place = coordinates.range(related.path, related.range, found.lines.at(related.path)))
                    diagnostic.relatedInformation->push_back(
                        {{coordinates.uri(related.path), *place}, related.message});
            }
        }
        all.push_back(protocol::toJson(diagnostic));
    }
    return all;
}

} // namespace

Encode findDiagnostics(query::Reader &db, const Question &question)
{
    return [found = foundIn(db, question.given, question.path)](const Coordinates &coordinates,
                                                                const ClientTraits &client) {
        return json::value(encode(found, coordinates, client));
    };
}

Encode checkTemplates(query::Reader &db, const Question &question)
{
    std::vector<Found> files;
    for (const std::string &path : question.paths) {
        files.push_back(foundIn(db, question.given, path));
        if (!files.back().diagnostics.empty()) // of a file that is not open nobody else has the lines
            files.back().lines[path] =
                std::make_shared<const source::LineIndex>(db.get<source::Lines>(source::fileAt(db, path)));
    }
    return [files = std::move(files)](const Coordinates &coordinates, const ClientTraits &client) {
        json::array all;
        for (const Found &file : files)
            all.push_back({{"uri", coordinates.uri(file.path)}, {"diagnostics", encode(file, coordinates, client)}});
        return json::value(std::move(all));
    };
}

Encode pullDiagnostics(query::Reader &db, const Question &question)
{
    const auto params = protocol::fromJson<protocol::DocumentDiagnosticParams>(question.params);
    return [find = findDiagnostics(db, question), known = params ? params->previousResultId : std::nullopt](
               const Coordinates &coordinates, const ClientTraits &client) mutable -> json::value {
        json::value items = find(coordinates, client);
        const std::string resultId = std::format("{:016x}", query::seededHash(json::serialize(items)));
        if (known == resultId)
            return {{"kind", "unchanged"}, {"resultId", resultId}};
        return {{"kind", "full"}, {"resultId", resultId}, {"items", std::move(items)}};
    };
}

json::value nothingToReport() { return {{"kind", "full"}, {"items", json::array()}}; }

} // namespace nuages::server
