#include "engine/rules/phrases.h"

namespace nuages::rules {

std::string quotedChoice(std::span<const std::string> names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            text += i + 1 == names.size() ? " or " : ", ";
        text += '\'' + names[i] + '\'';
    }
    return text;
}

} // namespace nuages::rules
