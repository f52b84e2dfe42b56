#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include <format>
#include <iterator>
#include <string_view>

namespace nuages::app {

namespace {

/// A workflow command ends at the line's end; in a property colon and comma are taken as well.
std::string escaped(std::string_view text, std::string_view taken)
{
    std::string result;
    for (const char c : wellFormed(text)) {
        if (taken.contains(c))
            std::format_to(std::back_inserter(result), "%{:02X}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result;
}

std::string property(std::string_view text) { return escaped(text, "%\r\n:,"); }

std::string_view command(rules::Severity severity)
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
    return "notice";
}

} // namespace

// Source: GitHub's documentation, "Workflow commands for GitHub Actions". The columns are given only where the span
// lies in one line, as GitHub refuses them otherwise.
std::string github(const Report &report)
{
    std::string text;
    const auto out = std::back_inserter(text);
    for (const Finding &finding : report.findings) {
        const Span &span = finding.span;
        std::format_to(out, "::{} file={},line={},endLine={}", command(finding.severity),
                       property(fromRepository(report, finding.path)), span.start.line, span.end.line);
        if (span.start.line == span.end.line)
            std::format_to(out, ",col={},endColumn={}", span.start.column, span.end.column);
        std::format_to(out, ",title={}::{}\n", property(finding.rule), escaped(finding.message, "%\r\n"));
    }
    return text;
}

} // namespace nuages::app
