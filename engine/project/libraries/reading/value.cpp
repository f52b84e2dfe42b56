#include "engine/project/libraries/reading/objects.h"

#include <algorithm>

namespace nuages::project::reading {

const Value *Arguments::find(std::string_view name, std::size_t position) const
{
    if (position < positional.size())
        return &positional[position];
    const auto found = std::ranges::find(named, name, &std::pair<std::string, Value>::first);
    return found == named.end() ? nullptr : &found->second;
}

void Dict::set(const Value &key, Value value)
{
    const auto found = std::ranges::find(entries, key, &std::pair<Value, Value>::first);
    if (found == entries.end())
        entries.emplace_back(key, std::move(value));
    else
        found->second = std::move(value);
}

const Value *Dict::find(const Value &key) const
{
    const auto found = std::ranges::find(entries, key, &std::pair<Value, Value>::first);
    return found == entries.end() ? nullptr : &found->second;
}

} // namespace nuages::project::reading
