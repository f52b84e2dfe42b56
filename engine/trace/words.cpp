#include "engine/trace/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <string_view>

namespace nuages::trace {

namespace {

struct FieldWords {
    std::string_view kind;
    std::string_view field;
    std::string_view words; ///< Before the key.
};
constexpr std::array fieldWords = {
    FieldWords{"File", "stamp", "the text of "},
    FieldWords{"File", "status", "whether there is a "},
};

struct SparedWords {
    std::string_view kind;
    std::string_view one;
    std::string_view many;
};
constexpr std::array sparedWords = {
    SparedWords{"Diagnostics", "1 template was not checked again", "{} templates were not checked again"},
};

const SparedWords *sparedWordsOf(std::string_view kind)
{
    const auto *found = std::ranges::find(sparedWords, kind, &SparedWords::kind);
    return found == sparedWords.end() ? nullptr : found;
}

} // namespace

std::string phraseOf(const NodeName &field)
{
    const auto *found = std::ranges::find_if(fieldWords, [&field](const FieldWords &words) {
        return words.kind == field.kind && words.field == field.field;
    });
    return found == fieldWords.end() ? nameOf(field) : std::string(found->words).append(field.key);
}

bool hasSparedPhrase(std::string_view kind) { return sparedWordsOf(kind) != nullptr; }

std::string sparedPhrase(std::string_view kind, std::size_t count)
{
    const SparedWords *words = sparedWordsOf(kind);
    if (!words)
        return count == 1 ? "1 query did not run again" : std::format("{} queries did not run again", count);
    return count == 1 ? std::string(words->one) : std::vformat(words->many, std::make_format_args(count));
}

std::string unbornSentence(const std::string &name, std::uint32_t born, std::uint32_t revision)
{
    return std::format("{} was not there in revision {}: it came up in revision {}.", name, revision, born);
}

std::string milliseconds(std::uint64_t ns)
{
    const double ms = double(ns) / 1e6;
    if (ms >= 10)
        return std::format("{:.0f} ms", ms);
    if (ms < 0.01)
        return std::format("{:.1g} ms", ms);
    return std::format("{:.{}f} ms", ms, ms >= 1 ? 1 : 2);
}

} // namespace nuages::trace
