#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include <boost/json.hpp>

namespace nuages::app {

namespace {

namespace js = boost::json;

js::string text(std::string_view bytes) { return js::string(wellFormed(bytes)); }

js::value optionalText(const std::optional<std::string> &value)
{
    return value ? js::value(text(*value)) : js::value(nullptr);
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
        related.push_back(
            js::object{{"path", text(other.path)}, {"message", text(other.message)}, {"range", span(other.span)}});
    return {{"path", text(finding.path)},       {"rule", finding.rule},        {"severity", word(finding.severity)},
            {"message", text(finding.message)}, {"range", span(finding.span)}, {"related", std::move(related)}};
}

} // namespace

// Members keep the order in which they are written here: js::object is ordered by insertion.
std::string json(const Report &report)
{
    js::array diagnostics;
    for (const Finding &finding : report.findings)
        diagnostics.push_back(diagnostic(finding));
    js::array open;
    for (const std::string &reason : report.open)
        open.push_back(js::value(text(reason)));
    const js::object document{{"version", 1},
                              {"project", text(report.project)},
                              {"django", optionalText(report.django)},
                              {"settings", optionalText(report.settings)},
                              {"templates", report.templates},
                              {"diagnostics", std::move(diagnostics)},
                              {"open", std::move(open)}};
    return js::serialize(document) + '\n';
}

} // namespace nuages::app
