#include "app/whyline.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <iterator>
#include <map>
#include <ranges>
#include <set>
#include <tuple>

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

/// Those of `findings` that have no equal in `others`, of which each stands for one.
std::vector<const Finding *> without(const std::vector<Finding> &findings, const std::vector<Finding> &others)
{
    const auto same = [](const Finding &finding) {
        return std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>(
            finding.path, finding.rule, finding.message, finding.line.view());
    };
    std::map<decltype(same(Finding())), std::size_t> left;
    for (const Finding &other : others)
        ++left[same(other)];
    std::vector<const Finding *> rest;
    for (const Finding &finding : findings) {
        const auto twin = left.find(same(finding));
        if (twin != left.end() && twin->second > 0)
            --twin->second;
        else
            rest.push_back(&finding);
    }
    return rest;
}

std::string counted(std::size_t count, std::string_view what)
{
    return count == 0 ? std::string() : std::format("{} {} {}", count, count == 1 ? "is" : "are", what);
}

} // namespace

ChangedFindings changedFindings(const Report &before, const Report &after)
{
    return {without(before.findings, after.findings), without(after.findings, before.findings)};
}

std::string textOf(const ChangedFindings &changed, std::size_t most)
{
    if (changed.gone.empty() && changed.fresh.empty())
        return "No finding changed.\n";
    const std::string gone = counted(changed.gone.size(), "gone");
    const std::string fresh = counted(changed.fresh.size(), "new");
    std::string text = std::format("Of the findings {}{}{}:\n", fresh, gone.empty() || fresh.empty() ? "" : ", ", gone);
    const auto add = [&](const std::vector<const Finding *> &findings, char sign) {
        for (const Finding *finding : findings | std::views::take(most)) {
            std::format_to(std::back_inserter(text), "  {} {}:{}:{}: {} {}: {}\n", sign, finding->path,
                           finding->span.start.line, finding->span.start.column, word(finding->severity), finding->rule,
                           finding->message);
        }
        if (findings.size() > most)
            std::format_to(std::back_inserter(text), "  {} and {} more\n", sign, findings.size() - most);
    };
    add(changed.fresh, '+');
    add(changed.gone, '-');
    return text;
}

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
