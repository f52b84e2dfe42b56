#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include <boost/json.hpp>

namespace nuages::app {

namespace {

namespace js = boost::json;

std::string_view weight(rules::Severity severity)
{
    switch (severity) {
    case rules::Severity::Error:
        return "major";
    case rules::Severity::Warning:
        return "minor";
    case rules::Severity::Information:
    case rules::Severity::Hint:
        break;
    }
    return "info";
}

} // namespace

// Source: GitLab's documentation, "Code Quality", "Code Quality report format".
std::string gitlab(const Report &report)
{
    const std::vector<std::string> prints = fingerprints(report);
    js::array issues;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const Finding &finding = report.findings[i];
        const js::object lines{{"begin", finding.span.start.line}, {"end", finding.span.end.line}};
        issues.push_back(
            js::object{{"description", wellFormed(finding.message)},
                       {"check_name", finding.rule},
                       {"fingerprint", prints[i]},
                       {"severity", weight(finding.severity)},
                       {"location", {{"path", wellFormed(fromRepository(report, finding.path))}, {"lines", lines}}}});
    }
    return js::serialize(issues) + '\n';
}

} // namespace nuages::app
