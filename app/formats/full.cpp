#include "app/formats/report.h"

#include "engine/source/utf8.h"

#include <algorithm>
#include <format>
#include <iterator>

namespace nuages::app {

namespace {

/// The line under the source line: carets below the span, tabs where the source has tabs, so that both stay in step.
std::string caretLine(const Finding &finding)
{
    const std::uint32_t from = finding.span.start.column;
    const bool oneLine = finding.span.end.line == finding.span.start.line;
    std::string carets;
    std::string_view rest = finding.line.view();
    for (std::uint32_t column = 1; !rest.empty(); ++column) {
        if (column >= from && (!oneLine || column < finding.span.end.column))
            carets += '^';
        else if (column < from)
            carets += rest.front() == '\t' ? '\t' : ' ';
        else
            break;
        rest.remove_prefix(source::sequenceLength(rest));
    }
    return carets;
}

} // namespace

std::string full(const Report &report)
{
    std::string text;
    const auto out = std::back_inserter(text);
    for (const Finding &finding : report.findings) {
        const std::string number = std::to_string(finding.span.start.line);
        const std::string margin(number.size(), ' ');
        std::format_to(out, "{}[{}]: {}\n", word(finding.severity), finding.rule, finding.message);
        std::format_to(out, "{}--> {}:{}:{}\n", margin, finding.path, number, finding.span.start.column);
        std::format_to(out, "{} | {}\n{} | {}\n", number, finding.line.view(), margin, caretLine(finding));
        for (const Place &place : finding.related) {
            std::format_to(out, "{} = {}:{}:{}: {}\n", margin, place.path, place.span.start.line,
                           place.span.start.column, place.message);
        }
        std::format_to(out, "{} = page: nuages rule {}\n\n", margin, finding.rule);
    }
    return text + summary(report) + '\n';
}

} // namespace nuages::app
