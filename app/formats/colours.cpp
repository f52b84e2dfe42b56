#include "app/formats/colours.h"

#include <format>

namespace nuages::app {

// The eight colours that every terminal has, so that its user's own palette decides.
std::string Paint::severity(rules::Severity severity, std::string_view text) const
{
    switch (severity) {
    case rules::Severity::Error:
        return marked("\033[1;31m", text);
    case rules::Severity::Warning:
        return marked("\033[1;33m", text);
    case rules::Severity::Information:
    case rules::Severity::Hint:
        break;
    }
    return marked("\033[1;36m", text);
}

std::string Paint::marked(std::string_view mark, std::string_view text) const
{
    return m_isOn && !text.empty() ? std::format("{}{}\033[0m", mark, text) : std::string(text);
}

} // namespace nuages::app
