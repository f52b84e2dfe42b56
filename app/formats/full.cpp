#include "app/formats/colours.h"
#include "app/formats/displaywidth.h"
#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include "engine/source/utf8.h"

#include <algorithm>
#include <format>
#include <iterator>

namespace nuages::app {

namespace {

/// What is shown of a source line, and what stands under it so that the carets are below the span on a terminal.
struct Excerpt {
    std::string line;
    std::string before; ///< As wide as what is shown before the span, tabs where that has tabs.
    std::string carets; ///< As wide as the span, one at least.
};

constexpr std::size_t mostAround = 120; // bytes; of a longer line only what is near the span is shown

bool isInsideOfSequence(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string markUnder(std::string_view shown, char mark)
{
    std::string marks;
    for (; !shown.empty(); shown.remove_prefix(source::sequenceLength(shown))) {
        if (shown.front() == '\t')
            marks += '\t';
        else
            marks.append(static_cast<std::size_t>(displayWidth(shown)), mark);
    }
    return marks;
}

Excerpt excerptOf(const Finding &finding)
{
    const std::string_view line = finding.line.view();
    const std::size_t start = std::min<std::size_t>(finding.span.start.offset - finding.line.range.begin, line.size());
    const bool oneLine = finding.span.end.line == finding.span.start.line;
    const std::size_t end =
        oneLine ? std::min<std::size_t>(finding.span.end.offset - finding.line.range.begin, line.size()) : line.size();
    std::size_t from = start > mostAround ? start - mostAround : 0;
    while (from > 0 && from < start && isInsideOfSequence(line[from]))
        ++from;
    std::size_t to = std::min(line.size(), std::min(end, start + mostAround) + mostAround);
    while (to < line.size() && isInsideOfSequence(line[to]))
        ++to;

    const std::string_view left = from > 0 ? "…" : "";
    Excerpt excerpt;
    excerpt.line = std::format("{}{}{}", left, visible(line.substr(from, to - from)), to < line.size() ? "…" : "");
    excerpt.before = markUnder(left, ' ') + markUnder(line.substr(from, start - from), ' ');
    excerpt.carets = markUnder(line.substr(start, std::min(end, to) - start), '^');
    if (!excerpt.carets.contains('^'))
        excerpt.carets += '^';
    return excerpt;
}

} // namespace

std::string full(const Report &report, Colours colours)
{
    const Paint paint(colours);
    std::string text;
    const auto out = std::back_inserter(text);
    for (const Finding &finding : report.findings) {
        const std::string number = std::to_string(finding.span.start.line);
        const std::string margin(number.size(), ' ');
        const Excerpt excerpt = excerptOf(finding);
        std::format_to(out, "{}: {}\n",
                       paint.severity(finding.severity, std::format("{}[{}]", word(finding.severity), finding.rule)),
                       paint.strong(visible(finding.message)));
        std::format_to(out, "{}{} {}:{}:{}\n", margin, paint.faint("-->"), visible(finding.path), number,
                       finding.span.start.column);
        std::format_to(out, "{} {}\n", paint.faint(number + " |"), excerpt.line);
        std::format_to(out, "{} {}{}\n", paint.faint(margin + " |"), excerpt.before,
                       paint.severity(finding.severity, excerpt.carets));
        for (const Place &place : finding.related) {
            std::format_to(out, "{} {}:{}:{}: {}\n", paint.faint(margin + " ="), visible(place.path),
                           place.span.start.line, place.span.start.column, visible(place.message));
        }
        std::format_to(out, "{} page: nuages rule {}\n\n", paint.faint(margin + " ="), finding.rule);
    }
    return text + summary(report) + '\n';
}

} // namespace nuages::app
