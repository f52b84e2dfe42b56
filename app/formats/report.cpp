#include "app/formats/report.h"

#include "engine/source/contenthash.h"

#include <format>
#include <map>

namespace nuages::app {

std::string shown(const Opening &opening)
{
    const std::string line = opening.line == 0 ? std::string() : std::format(":{}", opening.line);
    return std::format("{}{}: {}", opening.path, line, opening.why);
}

std::string costOf(const Opening &opening)
{
    if (opening.claims == 0)
        return "withholds nothing now";
    std::string text =
        std::format("withholds {} claim{} in {} template{}", opening.claims, opening.claims == 1 ? "" : "s",
                    opening.templates, opening.templates == 1 ? "" : "s");
    if (opening.cure == "env")
        text += "; set the variable, or give its value in [tool.nuages] env";
    else if (opening.cure == "apps")
        text += "; [tool.nuages] apps can name the applications that are missing";
    else if (opening.cure == "libraries")
        text += "; [tool.nuages] libraries can name the libraries that are missing";
    return text;
}

std::string fromRepository(const Report &report, const std::string &path)
{
    if (path.starts_with('/'))
        return path;
    const std::string prefix =
        report.root == report.repository ? std::string() : report.root.substr(report.repository.size() + 1);
    if (path == ".")
        return prefix.empty() ? path : prefix;
    return prefix.empty() ? path : prefix + '/' + path;
}

std::vector<std::string> fingerprints(const Report &report)
{
    const auto hashOf = [](std::string_view text) {
        const source::ContentHash hash = source::contentHash(text);
        return std::format("{:016x}{:016x}", hash.high, hash.low);
    };
    std::map<std::string, int> seen;
    std::vector<std::string> result;
    for (const Finding &finding : report.findings) {
        // The line by its hash, as thousands of findings may stand in a long one.
        const std::string print = hashOf(fromRepository(report, finding.path) + '\0' + finding.rule + '\0'
                                         + finding.message + '\0' + hashOf(finding.line.view()));
        const int earlier = seen[print]++;
        result.push_back(earlier == 0 ? print : hashOf(print + std::to_string(earlier)));
    }
    return result;
}

} // namespace nuages::app
