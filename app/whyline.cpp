#include "app/whyline.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <ranges>
#include <set>

namespace nuages::app {

namespace {

bool isOfWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("_-./").contains(c) || (c & 0x80) != 0;
}

/// Names of tags, filters and libraries, and those of templates, whole.
std::set<std::string_view> wordsOf(std::string_view line)
{
    std::set<std::string_view> words;
    for (std::size_t begin = 0; begin < line.size(); ++begin) {
        std::size_t end = begin;
        while (end < line.size() && isOfWord(line[end]))
            ++end;
        if (end > begin)
            words.insert(line.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

/// `query` and what it read of the template that is its key, such as the structure.
std::vector<trace::NodeId> ofTheSameTemplate(const trace::Store &store, trace::NodeId query)
{
    std::vector<trace::NodeId> all = {query};
    for (const trace::NodeId read : store.reads(query)) {
        if (store.node(read).key == store.node(query).key)
            all.push_back(read);
    }
    return all;
}

std::vector<const Finding *> findingsAt(const Report &report, std::string_view path, std::string_view line)
{
    std::vector<const Finding *> found;
    for (const Finding &finding : report.findings) {
        if (finding.path == path && finding.line.view() == line)
            found.push_back(&finding);
    }
    return found;
}

bool hasSame(const std::vector<const Finding *> &findings, const Finding &wanted)
{
    return std::ranges::any_of(findings, [&wanted](const Finding *finding) {
        return finding->rule == wanted.rule && finding->message == wanted.message;
    });
}

} // namespace

std::optional<TemplateLine> TemplateLine::of(const std::string &subject)
{
    const std::size_t colon = subject.find(':');
    if (colon == subject.npos)
        return std::nullopt;
    TemplateLine place{subject.substr(0, colon), 0};
    std::from_chars(subject.data() + colon + 1, subject.data() + subject.size(), place.number);
    return place.number > 0 ? std::optional(place) : std::nullopt;
}

std::optional<std::string_view> lineOf(std::string_view text, std::uint32_t number)
{
    std::uint32_t at = 0;
    for (const auto part : text | std::views::split('\n')) {
        const std::string_view line(part.begin(), part.end());
        if (++at == number)
            return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    }
    return std::nullopt;
}

std::vector<trace::NodeId> queriesOfLine(const trace::Store &store, trace::NodeId diagnostics, std::string_view line)
{
    const std::set<std::string_view> words = wordsOf(line);
    std::set<trace::NodeId> found;
    for (const trace::NodeId asker : ofTheSameTemplate(store, diagnostics)) {
        for (const trace::NodeId read : store.reads(asker)) {
            for (const auto part : std::string_view(store.node(read).key) | std::views::split(std::string_view(", "))) {
                if (words.contains(std::string_view(part.begin(), part.end())))
                    found.insert(read);
            }
        }
    }
    return {found.begin(), found.end()};
}

std::string findingsOfLine(const Report &before, const Report &after, std::string_view path, std::string_view line)
{
    const auto then = findingsAt(before, path, line);
    const auto now = findingsAt(after, path, line);
    std::string text;
    const auto add = [&text](const Finding &finding, std::string_view fate) {
        std::format_to(std::back_inserter(text), "  {}: {} ({})\n", finding.rule, finding.message, fate);
    };
    for (const Finding *finding : now)
        add(*finding, hasSame(then, *finding) ? "as before" : "new");
    for (const Finding *finding : then) {
        if (!hasSame(now, *finding))
            add(*finding, "gone");
    }
    return text;
}

} // namespace nuages::app
