#include "engine/source/utf8.h"

#include <cassert>

namespace nuages::source {

namespace {

struct Lead {
    std::size_t length;
    unsigned char secondFrom;
    unsigned char secondTo;
};

// The second byte is where overlong forms, surrogates and what lies beyond U+10FFFF are told apart.
Lead leadOf(unsigned char byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return {1, 0, 0};
    if (byte < 0xE0)
        return {2, 0x80, 0xBF};
    if (byte < 0xF0)
        return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
}

} // namespace

std::size_t sequenceLength(std::string_view text)
{
    assert(!text.empty());
    const auto byteAt = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const Lead lead = leadOf(byteAt(0));
    if (lead.length == 1 || text.size() < lead.length)
        return 1;
    if (byteAt(1) < lead.secondFrom || byteAt(1) > lead.secondTo)
        return 1;
    for (std::size_t i = 2; i < lead.length; ++i) {
        if ((byteAt(i) & 0xC0) != 0x80)
            return 1;
    }
    return lead.length;
}

} // namespace nuages::source
