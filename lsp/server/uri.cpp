#include "lsp/server/uri.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <format>

namespace nuages::server {

namespace {

bool equalIgnoringCase(std::string_view text, std::string_view lowered)
{
    return std::ranges::equal(text, lowered, {}, [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
}

/// nullopt for a bad escape and for an escaped NUL, which no path can hold.
std::optional<std::string> unescaped(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            bytes += text[at];
            continue;
        }
        unsigned char byte = 0;
        const std::string_view digits = text.substr(at + 1, 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2 || byte == 0)
            return std::nullopt;
        bytes += static_cast<char>(byte);
        at += 2;
    }
    return bytes;
}

bool isBare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || std::string_view("-._~/").contains(c);
}

} // namespace

std::optional<std::string> pathOfUri(std::string_view uri)
{
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos || !equalIgnoringCase(uri.substr(0, colon), "file"))
        return std::nullopt;
    std::string_view rest = uri.substr(colon + 1);
    rest = rest.substr(0, rest.find_first_of("?#"));

    std::string host;
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        host = rest.substr(0, slash);
        rest.remove_prefix(slash);
    }
    if (!rest.starts_with('/'))
        return std::nullopt;
    std::optional<std::string> path = unescaped(rest);
    if (path && !host.empty() && !equalIgnoringCase(host, "localhost"))
        path->insert(0, "//" + host);
    return path;
}

std::string uriOfPath(std::string_view path)
{
    std::string uri = "file://";
    for (const char c : path) {
        if (isBare(c))
            uri += c;
        else
            uri += std::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

} // namespace nuages::server
