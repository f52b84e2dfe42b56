#include "engine/rules/diagnostic.h"

#include <tuple>

namespace nuages::rules {

std::string_view word(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Information:
        return "information";
    case Severity::Hint:
        break;
    }
    return "hint";
}

bool shownBefore(const Diagnostic &left, const Diagnostic &right)
{
    const auto place = [](const Diagnostic &diagnostic) {
        return std::tie(diagnostic.range.begin, diagnostic.range.end, diagnostic.rule, diagnostic.message);
    };
    return place(left) < place(right);
}

} // namespace nuages::rules
