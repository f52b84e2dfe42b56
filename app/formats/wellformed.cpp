#include "app/formats/wellformed.h"

#include "engine/source/utf8.h"

namespace nuages::app {

std::string wellFormed(std::string_view bytes)
{
    std::string result;
    result.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = source::sequenceLength(bytes);
        // A length of one is ASCII, or a byte that begins no sequence.
        const bool stray = length == 1 && static_cast<unsigned char>(bytes.front()) >= 0x80;
        result += stray ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return result;
}

} // namespace nuages::app
