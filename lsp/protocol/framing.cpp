#include "lsp/protocol/framing.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <utility>

namespace nuages::protocol {

namespace {

constexpr std::string_view lengthField = "content-length";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equalIgnoringCase(std::string_view text, std::string_view lowered)
{
    return std::ranges::equal(text, lowered, {}, lower);
}

/// Where the next Content-Length field starts, at `from` or later; npos if nowhere.
std::size_t findLengthField(std::string_view bytes, std::size_t from)
{
    for (std::size_t at = from; at + lengthField.size() < bytes.size(); ++at) {
        if (!equalIgnoringCase(bytes.substr(at, lengthField.size()), lengthField))
            continue;
        const std::size_t colon = bytes.find_first_not_of(" \t", at + lengthField.size());
        if (colon != std::string_view::npos && bytes[colon] == ':')
            return at;
    }
    return std::string_view::npos;
}

/// Where a header starts inside `body`, whose Content-Length line ends at `from` or later; npos if nowhere.
///
/// No JSON text holds such a line: its strings have no raw line end, and outside of them are no such letters.
std::size_t findHeaderInside(std::string_view body, std::size_t from)
{
    constexpr std::size_t longest = 64; // bytes of the line: name, blanks, digits
    for (std::size_t end = body.find('\n', from); end != std::string_view::npos; end = body.find('\n', end + 1)) {
        const std::size_t begin = end - std::min(end, longest);
        const std::string_view line = body.substr(begin, end - begin);
        const std::size_t at = findLengthField(line, 0);
        if (at == std::string_view::npos)
            continue;
        const std::size_t digits = line.find_first_not_of(": \t", at + lengthField.size());
        const std::size_t rest = line.find_first_not_of("0123456789", digits);
        if (digits != std::string_view::npos && rest != digits
            && line.find_first_not_of(" \t\r", rest) == std::string_view::npos)
            return begin + at;
    }
    return std::string_view::npos;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool isFieldName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

/// The value of Content-Length, or what is wrong with the block. `header` ends with its empty line.
std::expected<std::size_t, FramingError::Kind> bodySize(std::string_view header, std::size_t limit)
{
    std::optional<std::string_view> value;
    while (!header.empty()) {
        const std::size_t end = header.find('\n');
        const std::string_view line = trimmed(header.substr(0, end));
        header.remove_prefix(end + 1);
        if (line.empty())
            continue;
        const std::size_t colon = line.find(':');
        const std::string_view name = trimmed(line.substr(0, colon));
        if (colon == std::string_view::npos || !isFieldName(name))
            return std::unexpected(FramingError::Kind::Garbage);
        if (equalIgnoringCase(name, lengthField))
            value = trimmed(line.substr(colon + 1));
    }
    if (!value)
        return std::unexpected(FramingError::Kind::NoLength);

    std::size_t size = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), size);
    if (error == std::errc::result_out_of_range)
        return std::unexpected(FramingError::Kind::TooLarge);
    if (error != std::errc() || end != value->data() + value->size() || size == 0)
        return std::unexpected(FramingError::Kind::BadLength);
    if (size > limit)
        return std::unexpected(FramingError::Kind::TooLarge);
    return size;
}

/// The size of the header block in front, with the empty line that ends it; npos while it is incomplete.
std::size_t headerSize(std::string_view bytes)
{
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n', end + 1)) {
        if (bytes.substr(end + 1).starts_with('\n'))
            return end + 2;
        if (bytes.substr(end + 1).starts_with("\r\n"))
            return end + 3;
    }
    return std::string_view::npos;
}

} // namespace

void FrameStream::append(std::string_view bytes)
{
    m_bytes.erase(0, m_start);
    m_start = 0;
    m_bytes += bytes;
}

std::unexpected<FramingError> FrameStream::skipped(FramingError::Kind kind, std::size_t count)
{
    FramingError error{kind, std::string(pending().substr(0, std::min(count, maxHeaderSize)))};
    skip(count);
    return std::unexpected(std::move(error));
}

std::expected<std::optional<std::string>, FramingError> FrameStream::take()
{
    if (m_isLost) {
        const std::size_t next = findLengthField(pending(), 0);
        if (next == std::string_view::npos) {
            // A field cut by the end of the bytes may go on in the next ones.
            skip(pending().size() - std::min(pending().size(), 2 * lengthField.size()));
            return std::nullopt;
        }
        skip(next);
        m_isLost = false;
    }

    const std::size_t header = headerSize(pending().substr(0, maxHeaderSize));
    if (header == std::string_view::npos) {
        if (pending().size() < maxHeaderSize)
            return std::nullopt;
        m_isLost = true;
        return skipped(FramingError::Kind::Garbage, maxHeaderSize - lengthField.size());
    }

    const auto size = bodySize(pending().substr(0, header), m_maxBodySize);
    if (!size) {
        // Stray bytes in front of a header make one block with it.
        const std::size_t next = findLengthField(pending().substr(0, header), 1);
        if (next != std::string_view::npos)
            return skipped(size.error(), next);
        // The body of a block without a usable length has no known end: it is what stands before the next header.
        m_isLost = size.error() != FramingError::Kind::Garbage;
        return skipped(size.error(), header);
    }
    const std::string_view claimed = pending().substr(header, *size);
    const std::size_t next = findHeaderInside(claimed, m_searched);
    if (next == std::string_view::npos && claimed.size() < *size) {
        m_searched = claimed.size();
        return std::nullopt;
    }
    std::string body(claimed.substr(0, next));
    m_searched = 0;
    skip(header + body.size());
    return body;
}

void FrameStream::reject(std::string body)
{
    m_bytes.replace(0, m_start, body);
    m_start = 0;
    m_isLost = true;
}

std::string frame(std::string_view body) { return std::format("Content-Length: {}\r\n\r\n{}", body.size(), body); }

} // namespace nuages::protocol
