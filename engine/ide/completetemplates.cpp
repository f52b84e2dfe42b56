#include "engine/ide/draft.h"
#include "engine/ide/templatelist.h"
#include "engine/project/templates/findtemplate.h"

#include <algorithm>
#include <format>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

/// Completion of the names of templates.

namespace nuages::ide {

namespace {

bool isPathByte(char c) { return isWordByte(c) || std::string_view("-./+@").contains(c); }

/// A name as it is begun, in two parts: "../" and the like, which lead to a folder, and what follows.
struct BegunName {
    std::string_view steps; ///< "./", "../../", …; empty: the name is not relative.
    std::string_view rest;
};

BegunName splitSteps(std::string_view written)
{
    std::size_t end = 0;
    for (;;) {
        const std::string_view rest = written.substr(end);
        if (rest.starts_with("../"))
            end += 3;
        else if (rest.starts_with("./"))
            end += 2;
        else
            return {written.substr(0, end), rest};
    }
}

/// The folder that `steps` lead to from the template `current`: "" or "a/b/"; nullopt outside of all.
std::optional<std::string> folderAfter(std::string_view current, std::string_view steps)
{
    std::string folder(current.substr(0, current.rfind('/') + 1)); // npos + 1 is 0
    for (; !steps.empty(); steps.remove_prefix(steps.find('/') + 1)) {
        if (!steps.starts_with(".."))
            continue;
        if (folder.empty())
            return std::nullopt;
        folder.erase(folder.find_last_of('/', folder.size() - 2) + 1);
    }
    return folder;
}

/// Adds templates until there are enough. Walks the list, but makes nothing of what does not fit.
class TemplateAdder
{
public:
    TemplateAdder(Draft &draft, std::string_view written, bool quotes)
        : m_draft(draft), m_quotes(quotes), m_list(draft.view.db().get<TemplateList>(draft.view.project())),
          m_room(Completions::limit - std::min(draft.found.items.size(), Completions::limit)), m_written(written)
    {
    }

    void addNames()
    {
        if (m_list.size() <= m_room) {
            for (const NamedTemplate &named : m_list)
                add(named.name, named);
            return;
        }
        m_draft.found.isNarrowed = true;
        for (const bool isStart : {true, false}) {
            for (const NamedTemplate &named : m_list) {
                if (isFull())
                    return;
                if (named.name.starts_with(m_written) == isStart && named.name.contains(m_written))
                    add(named.name, named);
            }
        }
    }

    void addRelative()
    {
        const BegunName begun =
            m_written == "." || m_written == ".." ? BegunName{m_written, {}} : splitSteps(m_written);
        if (begun.steps.empty())
            return;
        const std::string steps = std::string(begun.steps) + (begun.steps.ends_with('/') ? "" : "/");
        const View &view = m_draft.view;
        std::set<std::string, std::less<>> seen;
        for (const std::string &current : view.db().get<project::TemplateNames>(view.project(), view.file())) {
            const std::optional<std::string> folder = folderAfter(current, steps);
            if (!folder)
                continue;
            for (const NamedTemplate &named : m_list) {
                const bool fits = named.name.starts_with(*folder) && named.name != current
                    && std::string_view(named.name).substr(folder->size()).starts_with(begun.rest);
                if (!fits)
                    continue;
                m_draft.found.isNarrowed = m_draft.found.isNarrowed || isFull();
                std::string name = steps + named.name.substr(folder->size());
                if (!isFull() && seen.insert(name).second)
                    add(name, named);
            }
        }
    }

private:
    bool isFull() const { return m_count >= m_room; }

    void add(std::string name, const NamedTemplate &named)
    {
        ++m_count;
        std::string quoted = m_quotes ? std::format("\"{}\"", name) : std::string();
        m_draft.add(Completion::Kind::Template, std::move(name), named.path);
        m_draft.found.items.back().insert = std::move(quoted);
    }

    Draft &m_draft;
    bool m_quotes;
    const std::vector<NamedTemplate> &m_list;
    std::size_t m_room;
    std::size_t m_count = 0;
    std::string_view m_written;
};

} // namespace

void completeTemplates(Draft &draft, std::string_view written)
{
    const char quote = draft.inside.before[draft.inside.before.size() - written.size() - 1];
    const std::string_view after = draft.inside.after;
    std::size_t rest = after.find(quote);
    if (rest == after.npos) {
        rest = static_cast<std::size_t>(std::ranges::find_if_not(after, isPathByte) - after.begin());
        draft.found.after = quote + missingEnd(draft.inside, rest);
    }
    draft.found.replaces = {draft.offset - static_cast<std::uint32_t>(written.size()), draft.offset};
    draft.found.wordEnd = draft.offset + static_cast<std::uint32_t>(rest);
    TemplateAdder adder(draft, written, false);
    if (written.starts_with('.'))
        adder.addRelative();
    else
        adder.addNames();
}

void completeUnquotedTemplates(Draft &draft)
{
    draft.beginWord(isPathByte);
    draft.found.after = missingEnd(draft.inside, draft.found.wordEnd - draft.offset);
    completeVariables(draft); // a few, which the templates must leave room for
    const auto others = std::ssize(draft.found.items);
    TemplateAdder adder(draft, draft.begun(), true);
    if (draft.begun().starts_with('.'))
        adder.addRelative();
    else
        adder.addNames();
    std::ranges::rotate(draft.found.items, draft.found.items.begin() + others);
}

} // namespace nuages::ide
