#include "engine/ide/loadedit.h"

#include <format>
#include <optional>

namespace nuages::ide {

namespace {

constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

/// The token behind which a load goes; nullopt: it goes to the start.
std::optional<std::uint32_t> tokenBefore(const View &view, std::uint32_t offset)
{
    const templates::TemplateFacts &facts = view.facts();
    const auto standsBefore = [&](std::uint32_t token) {
        const templates::Place &place = view.structure().places[token];
        const bool isOutermost =
            place.parent == templates::noToken || (facts.extends && place.parent == facts.extends->token);
        return isOutermost && place.role == templates::Place::Role::Tag
            && view.syntax().tokens()[token].range.end <= offset;
    };
    std::optional<std::uint32_t> found;
    if (facts.extends && standsBefore(facts.extends->token))
        found = facts.extends->token;
    for (const templates::Load &load : facts.loads) {
        if (standsBefore(load.token))
            found = load.token;
    }
    return found;
}

} // namespace

Insertion loadOf(const View &view, const std::string &library, std::uint32_t offset)
{
    const std::string tag = std::format("{{% load {} %}}", library);
    const std::string_view text = view.syntax().text();
    const std::optional<std::uint32_t> token = tokenBefore(view, offset);
    if (!token) {
        const std::size_t start = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
        const std::size_t end = text.find_first_of("\r\n");
        return {static_cast<std::uint32_t>(start), tag + (end != text.npos && text[end] == '\r' ? "\r\n" : "\n")};
    }
    const std::uint32_t end = view.syntax().tokens()[*token].range.end;
    const std::string_view behind = text.substr(end);
    const std::string_view lineEnd = behind.starts_with("\r\n") ? "\r\n" : behind.starts_with('\n') ? "\n" : "";
    return {end, std::string(lineEnd) + tag};
}

} // namespace nuages::ide
