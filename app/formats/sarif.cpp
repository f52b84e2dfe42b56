#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include "engine/rules/page.h"
#include "engine/rules/rule.h"
#include "lsp/server/version.h"

#include <boost/json.hpp>

#include <algorithm>
#include <format>
#include <iterator>

namespace nuages::app {

namespace {

namespace js = boost::json;

constexpr std::string_view uriBase = "REPOSITORY";

std::string_view level(rules::Severity severity)
{
    switch (severity) {
    case rules::Severity::Error:
        return "error";
    case rules::Severity::Warning:
        return "warning";
    case rules::Severity::Information:
    case rules::Severity::Hint:
        break;
    }
    return "note";
}

/// The path part of a URI (RFC 3986); a first part with a colon would be taken for a scheme, so colons are encoded too.
std::string uriPath(std::string_view path)
{
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
            || (byte >= '0' && byte <= '9') || std::string_view("/-._~").contains(c);
        if (isPlain)
            uri += c;
        else
            std::format_to(std::back_inserter(uri), "%{:02X}", byte);
    }
    return uri;
}

js::object message(std::string_view text) { return {{"text", wellFormed(text)}}; }

js::object artifact(const Report &report, const std::string &path)
{
    const std::string shown = fromRepository(report, path);
    if (shown.starts_with('/'))
        return {{"uri", "file://" + uriPath(shown)}};
    return {{"uri", uriPath(shown)}, {"uriBaseId", uriBase}};
}

js::object location(const Report &report, const std::string &path, const Span &span)
{
    const js::object region{{"startLine", span.start.line},    {"startColumn", span.start.column},
                            {"endLine", span.end.line},        {"endColumn", span.end.column},
                            {"byteOffset", span.start.offset}, {"byteLength", span.end.offset - span.start.offset}};
    return {{"physicalLocation", {{"artifactLocation", artifact(report, path)}, {"region", region}}}};
}

js::array descriptors()
{
    js::array all;
    for (const rules::Rule *rule : rules::allRules()) {
        const rules::Page *const page = rules::pageOf(rule->name);
        all.push_back(js::object{{"id", rule->name},
                                 {"shortDescription", message(summaryOf(*page))},
                                 {"help", {{"text", page->text}, {"markdown", page->text}}},
                                 {"defaultConfiguration", {{"level", level(rule->severity)}}}});
    }
    return all;
}

js::object result(const Report &report, const Finding &finding, const std::string &fingerprint)
{
    const auto rule =
        std::ranges::find(rules::allRules(), finding.rule, [](const rules::Rule *each) { return each->name; });
    js::object object{{"ruleId", finding.rule},
                      {"ruleIndex", rule - rules::allRules().begin()},
                      {"level", level(finding.severity)},
                      {"message", message(finding.message)},
                      {"locations", js::array{location(report, finding.path, finding.span)}},
                      {"partialFingerprints", {{"nuages/v1", fingerprint}}}};
    js::array related;
    for (const Place &place : finding.related) {
        js::object other = location(report, place.path, place.span);
        other["message"] = message(place.message);
        related.push_back(std::move(other));
    }
    if (!related.empty())
        object["relatedLocations"] = std::move(related);
    return object;
}

js::array notes(const Report &report)
{
    js::array all;
    for (const ProjectReport &project : report.projects) {
        for (const Opening &opening : project.open) {
            js::object physical{{"artifactLocation", artifact(report, opening.path)}};
            if (opening.line > 0)
                physical["region"] = js::object{{"startLine", opening.line}};
            all.push_back(
                js::object{{"level", "note"},
                           {"message", message(std::format("not judged: {}; {}", opening.why, costOf(opening)))},
                           {"locations", js::array{js::object{{"physicalLocation", std::move(physical)}}}}});
        }
    }
    return all;
}

} // namespace

std::string sarif(const Report &report)
{
    const std::vector<std::string> prints = fingerprints(report);
    js::array results;
    for (std::size_t i = 0; i < report.findings.size(); ++i)
        results.push_back(result(report, report.findings[i], prints[i]));
    const js::object driver{{"name", "nuages"}, {"version", server::programVersion}, {"rules", descriptors()}};
    const js::object run{
        {"tool", {{"driver", driver}}},
        {"invocations",
         js::array{js::object{{"executionSuccessful", true}, {"toolExecutionNotifications", notes(report)}}}},
        {"originalUriBaseIds", {{uriBase, {{"uri", "file://" + uriPath(report.repository + "/")}}}}},
        {"columnKind", "unicodeCodePoints"},
        {"results", std::move(results)}};
    return js::serialize(js::object{{"version", "2.1.0"}, {"runs", js::array{run}}}) + '\n';
}

} // namespace nuages::app
