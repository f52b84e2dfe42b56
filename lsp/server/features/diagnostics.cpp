#include "lsp/server/features/diagnostics.h"

#include "engine/project/discovery/discovery.h"
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

using LinesOf = std::map<std::string, std::shared_ptr<const source::LineIndex>>;

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

} // namespace

Encode findDiagnostics(query::Reader &db, const Question &question)
{
    const project::Project project = project::projectOf(db, question.given, question.path);
    const std::optional<source::File> &file = db.get<project::JudgedAs>(project, source::fileAt(db, question.path));
    if (!file)
        return [](const Coordinates &, const ClientTraits &) { return json::value(json::array()); };
    std::vector<rules::Diagnostic> diagnostics = rules::selected(
        db.get<rules::Diagnostics>(project, *file), rules::selectionOf(db.get<project::ProjectConfiguration>(project)),
        db.read<&source::FileData::path>(*file));
    LinesOf lines; // of other files that a finding refers to
    for (const rules::Diagnostic &diagnostic : diagnostics) {
        for (const rules::Related &related : diagnostic.related) {
            if (!lines.contains(related.path))
                lines[related.path] =
                    std::make_shared<const source::LineIndex>(db.get<source::Lines>(source::fileAt(db, related.path)));
        }
    }
    return [path = question.path, diagnostics = std::move(diagnostics),
            lines = std::move(lines)](const Coordinates &coordinates, const ClientTraits &client) {
        json::array all;
        for (const rules::Diagnostic &found : diagnostics) {
            const auto range = coordinates.range(path, found.range);
            if (!range)
                continue;
            protocol::Diagnostic diagnostic = toClient(found, *range);
            if (client.takesRelatedInformation && !found.related.empty()) {
                diagnostic.relatedInformation.emplace();
                for (const rules::Related &related : found.related) {
                    if (const auto place = coordinates.range(related.path, related.range, lines.at(related.path)))
                        diagnostic.relatedInformation->push_back(
                            {{coordinates.uri(related.path), *place}, related.message});
                }
            }
            all.push_back(protocol::toJson(diagnostic));
        }
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
