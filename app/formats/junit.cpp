#include "app/formats/report.h"
#include "app/formats/wellformed.h"

#include "engine/source/utf8.h"

#include <format>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

namespace nuages::app {

namespace {

/// As an attribute or text of XML 1.0, which has no place for control characters, nor for U+FFFE and U+FFFF.
std::string escaped(std::string_view text)
{
    const std::string clean = visible(wellFormed(text));
    std::string result;
    for (std::string_view rest = clean; !rest.empty();) {
        const std::string_view one = rest.substr(0, source::sequenceLength(rest));
        rest.remove_prefix(one.size());
        if (one == "&")
            result += "&amp;";
        else if (one == "<")
            result += "&lt;";
        else if (one == ">")
            result += "&gt;";
        else if (one == "\"")
            result += "&quot;";
        else if (one == "\t")
            result += "&#9;";
        else if (one == "\xEF\xBF\xBE" || one == "\xEF\xBF\xBF")
            result += "\xEF\xBF\xBD";
        else
            result += one;
    }
    return result;
}

} // namespace

std::string junit(const Report &report)
{
    std::map<std::string_view, std::vector<const Finding *>> byTemplate;
    for (const Finding &finding : report.findings)
        byTemplate[finding.path].push_back(&finding);

    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const auto out = std::back_inserter(text);
    const std::string counts = std::format("name=\"nuages\" tests=\"{}\" failures=\"{}\" errors=\"0\"",
                                           report.templates.size(), byTemplate.size());
    std::format_to(out, "<testsuites {}>\n<testsuite {}>\n", counts, counts);
    for (const std::string &path : report.templates) {
        const std::string shown = escaped(fromRepository(report, path));
        const auto found = byTemplate.find(path);
        std::format_to(out, "<testcase classname=\"nuages\" name=\"{}\" file=\"{}\"{}>\n", shown, shown,
                       found == byTemplate.end() ? "/" : "");
        if (found == byTemplate.end())
            continue;
        for (const Finding *finding : found->second) {
            const std::string message = escaped(finding->message);
            std::format_to(out, "<failure type=\"{}\" message=\"{}\">{}:{}:{}: {} {}: {}</failure>\n",
                           escaped(finding->rule), message, shown, finding->span.start.line, finding->span.start.column,
                           word(finding->severity), escaped(finding->rule), message);
        }
        text += "</testcase>\n";
    }
    return text + "</testsuite>\n</testsuites>\n";
}

} // namespace nuages::app
