#include "app/formats/colours.h"
#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include <format>
#include <iterator>

namespace nuages::app {

std::string summary(const Report &report)
{
    const std::size_t problems = report.findings.size();
    const std::size_t templates = report.templates.size();
    return std::format("{} problem{} in {} template{}", problems, problems == 1 ? "" : "s", templates,
                       templates == 1 ? "" : "s");
}

std::string concise(const Report &report, Colours colours)
{
    const Paint paint(colours);
    std::string text;
    for (const Finding &finding : report.findings) {
        const std::string place =
            std::format("{}:{}:{}:", visible(finding.path), finding.span.start.line, finding.span.start.column);
        std::format_to(std::back_inserter(text), "{} {} {}\n", paint.strong(place),
                       paint.severity(finding.severity, std::format("{} {}:", word(finding.severity), finding.rule)),
                       visible(finding.message));
    }
    return text + summary(report) + '\n';
}

} // namespace nuages::app
