#include "engine/project/libraries/reading/path.h"

#include <utility>

namespace nuages::project::reading {

std::uint8_t Path::choose(std::uint8_t count)
{
    if (asked == options.size()) {
        options.push_back(count);
        answers.push_back(0);
    }
    return answers[asked++];
}

bool Path::advance()
{
    Path next;
    next.answers = std::move(answers);
    next.options = std::move(options);
    next.answers.resize(asked);
    next.options.resize(asked);
    while (!next.answers.empty() && next.answers.back() + 1 == next.options.back()) {
        next.answers.pop_back();
        next.options.pop_back();
    }
    if (next.answers.empty())
        return false;
    ++next.answers.back();
    *this = std::move(next);
    return true;
}

} // namespace nuages::project::reading
