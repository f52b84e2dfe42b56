#include "engine/python/value.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr std::size_t alternativesLimit = 16;

} // namespace

std::vector<Value> alternativesOf(const Value &value)
{
    if (const auto *alternatives = std::get_if<Value::Alternatives>(&value.data))
        return *alternatives->values;
    return {value};
}

Value oneOf(const std::vector<Value> &values, const OpenReason &tooMany)
{
    std::vector<Value> different;
    for (const Value &value : values) {
        for (const Value &alternative : alternativesOf(value)) {
            if (!std::ranges::contains(different, alternative))
                different.push_back(alternative);
        }
    }
    if (different.size() == 1)
        return different.front();
    if (different.size() > alternativesLimit) {
        different.resize(alternativesLimit - 1);
        const Value rest = Value::unknown(tooMany, values.front().place);
        if (!std::ranges::contains(different, rest))
            different.push_back(rest);
    }
    const Place place = different.front().place;
    return {Value::Alternatives{std::make_shared<const std::vector<Value>>(std::move(different))}, place};
}

} // namespace nuages::python
