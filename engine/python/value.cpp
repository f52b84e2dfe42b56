#include "engine/python/value.h"

#include "engine/python/heap.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr std::size_t alternativesLimit = 16;

} // namespace

std::string unexpected(const Value &value, const Heap &heap)
{
    std::string_view what = "a value";
    if (value.isNone())
        what = "None";
    else if (std::holds_alternative<bool>(value.data))
        what = "a truth value";
    else if (value.asInteger())
        what = "a number";
    else if (value.asText())
        what = "a text";
    else if (value.asPath())
        what = "a path";
    else if (value.asFile())
        what = "the text of a file";
    else if (heap.as<Sequence>(value))
        what = "a list";
    else if (heap.as<Dictionary>(value))
        what = "a dictionary";
    else if (heap.as<Function>(value))
        what = "a function";
    else if (heap.as<Class>(value))
        what = "a class";
    else if (heap.as<Module>(value))
        what = "a module";
    return std::string(what) + " stands where another kind of value is needed";
}

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
