#include "engine/rules/phrases.h"

namespace nuages::rules {

std::string quoted(std::string_view name)
{
    const char quote = name.contains('\'') ? '"' : '\'';
    return quote + std::string(name) + quote;
}

std::string quotedChoice(std::span<const std::string> names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            text += i + 1 == names.size() ? " or " : ", ";
        text += quoted(names[i]);
    }
    return text;
}

} // namespace nuages::rules
