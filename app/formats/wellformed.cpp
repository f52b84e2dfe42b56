#include "app/formats/wellformed.h"

#include "engine/source/utf8.h"

namespace nuages::app {

namespace {

constexpr std::string_view replacementCharacter = "\xEF\xBF\xBD";

} // namespace

std::string wellFormed(std::string_view bytes)
{
    std::string result;
    result.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = source::sequenceLength(bytes);
        // A length of one is ASCII, or a byte that begins no sequence.
        const bool stray = length == 1 && static_cast<unsigned char>(bytes.front()) >= 0x80;
        result += stray ? replacementCharacter : bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return result;
}

std::string visible(std::string_view bytes)
{
    std::string result;
    result.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7F)
            result += replacementCharacter;
        else
            result += c;
    }
    return result;
}

} // namespace nuages::app
