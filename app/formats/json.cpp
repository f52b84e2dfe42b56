#include "app/formats/jsontext.h"
#include "app/formats/report.h"

#include <boost/json.hpp>

namespace nuages::app {

namespace {

namespace js = boost::json;

js::value optionalText(const std::optional<std::string> &value)
{
    return value ? js::value(jsonText(*value)) : js::value(nullptr);
}

js::object place(const Position &position)
{
    return {{"line", position.line}, {"column", position.column}, {"offset", position.offset}};
}

js::object span(const Span &range) { return {{"start", place(range.start)}, {"end", place(range.end)}}; }

js::object diagnostic(const Finding &finding)
{
    js::array related;
    for (const Place &other : finding.related)
        related.push_back(js::object{
            {"path", jsonText(other.path)}, {"message", jsonText(other.message)}, {"range", span(other.span)}});
    return {{"path", jsonText(finding.path)},       {"rule", finding.rule},        {"severity", word(finding.severity)},
            {"message", jsonText(finding.message)}, {"range", span(finding.span)}, {"related", std::move(related)}};
}

js::object openingObject(const Opening &opening)
{
    return {{"path", jsonText(opening.path)},
            {"line", opening.line == 0 ? js::value(nullptr) : js::value(opening.line)},
            {"why", jsonText(opening.why)},
            {"withheld", opening.claims},
            {"templates", opening.templates},
            {"cure", opening.cure.empty() ? js::value(nullptr) : js::value(opening.cure)}};
}

js::object projectObject(const ProjectReport &project)
{
    js::array folders;
    for (const std::string &folder : project.environment)
        folders.push_back(js::value(jsonText(folder)));
    js::array open;
    for (const Opening &each : project.open)
        open.push_back(openingObject(each));
    return {{"root", jsonText(project.root)},
            {"django", optionalText(project.django)},
            {"settings", optionalText(project.settings)},
            {"environment", {{"folders", std::move(folders)}, {"foundBy", optionalText(project.environmentFoundBy)}}},
            {"templates", project.templates},
            {"open", std::move(open)}};
}

} // namespace

// Members keep the order in which they are written here: js::object is ordered by insertion.
std::string json(const Report &report)
{
    js::array projects;
    for (const ProjectReport &each : report.projects)
        projects.push_back(projectObject(each));
    js::array diagnostics;
    for (const Finding &finding : report.findings)
        diagnostics.push_back(diagnostic(finding));
    const js::object document{{"version", 2},
                              {"root", jsonText(report.root)},
                              {"projects", std::move(projects)},
                              {"templates", report.templates.size()},
                              {"diagnostics", std::move(diagnostics)}};
    return js::serialize(document) + '\n';
}

} // namespace nuages::app
