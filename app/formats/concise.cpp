#include "app/formats/report.h"

#include <format>
#include <iterator>

namespace nuages::app {

std::string summary(const Report &report)
{
    return std::format("{} problem{} in {} template{}", report.findings.size(), report.findings.size() == 1 ? "" : "s",
                       report.templates, report.templates == 1 ? "" : "s");
}

std::string concise(const Report &report)
{
    std::string text;
    for (const Finding &finding : report.findings) {
        std::format_to(std::back_inserter(text), "{}:{}:{}: {} {}: {}\n", finding.path, finding.span.start.line,
                       finding.span.start.column, word(finding.severity), finding.rule, finding.message);
    }
    return text + summary(report) + '\n';
}

} // namespace nuages::app
