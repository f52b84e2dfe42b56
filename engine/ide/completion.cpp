#include "engine/ide/completion.h"

#include "engine/analysis/ancestry.h"
#include "engine/ide/templatelist.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/template/queries.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace nuages::ide {

namespace {

using templates::TagShape;
using templates::Token;

/// The inside of a tag or variable up to the asked offset, whether or not it is closed already.
struct Inside {
    bool isTag = false; ///< `{%`, else `{{`.
    std::uint32_t begin = 0; ///< First byte after the opener.
    std::string_view text; ///< From there to the offset.
};

/// Looks back along the line: Django's tags never span two.
std::optional<Inside> insideAt(std::string_view text, std::uint32_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t line = before.find_last_of("\r\n") + 1; // npos + 1 is 0
    std::size_t open = before.npos;
    for (std::size_t at = line; at + 1 < before.size(); ++at) {
        const std::string_view pair = before.substr(at, 2);
        if (open == before.npos) {
            if (pair == "{%" || pair == "{{" || pair == "{#")
                open = at++;
        } else if (pair[1] == '}' && pair[0] == (before[open + 1] == '{' ? '}' : before[open + 1])) {
            open = before.npos;
            ++at;
        }
    }
    if (open == before.npos || before[open + 1] == '#')
        return std::nullopt;
    return Inside{before[open + 1] == '%', static_cast<std::uint32_t>(open + 2), before.substr(open + 2)};
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

/// The quote that is open at the end of `text`, and where; nullopt outside quotes.
std::optional<std::size_t> openQuote(std::string_view text)
{
    std::optional<std::size_t> open;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (open && text[at] == '\\')
            ++at;
        else if (open && text[at] == text[*open])
            open.reset();
        else if (!open && (text[at] == '"' || text[at] == '\''))
            open = at;
    }
    return open;
}

class Completer
{
public:
    Completer(const View &view, std::uint32_t offset) : m_view(view), m_offset(offset)
    {
        m_found.replaces = {offset, offset};
    }

    Completions run()
    {
        const std::optional<Inside> inside = insideAt(m_view.syntax().text(), m_offset);
        if (!inside || isSkipped())
            return std::move(m_found);
        if (inside->isTag)
            completeTag(*inside);
        else if (!openQuote(inside->text))
            completeFilter(inside->text);
        return std::move(m_found);
    }

private:
    /// In the body of a comment or the like, or in verbatim, nothing is a tag.
    bool isSkipped() const
    {
        for (const std::uint32_t open : m_view.openTagsAt(m_offset)) {
            const TagShape *shape = m_view.structure().shapeOf(open);
            if (shape && shape->body == TagShape::Body::Raw)
                return true;
            if (m_view.syntax().command(m_view.syntax().tokens()[open]) == "verbatim")
                return true;
        }
        return false;
    }

    void beginWord(std::string_view text, bool (*isPart)(char) = isWordByte)
    {
        std::size_t size = 0;
        while (size < text.size() && isPart(text[text.size() - size - 1]))
            ++size;
        m_found.replaces = {m_offset - static_cast<std::uint32_t>(size), m_offset};
    }

    void completeTag(const Inside &inside)
    {
        const std::size_t first = inside.text.find_first_not_of(" \t");
        const std::string_view content = first == inside.text.npos ? std::string_view() : inside.text.substr(first);
        const std::size_t end = content.find_first_of(" \t");
        if (end == content.npos)
            return completeCommand(content);
        const std::string_view command = content.substr(0, end);
        const std::string_view rest = content.substr(end);
        const std::optional<std::size_t> quote = openQuote(rest);
        if (command == "load")
            return completeLibrary(rest);
        if (quote) {
            const bool isFirst = rest.find_first_not_of(" \t") == *quote;
            if (isFirst && (command == "include" || command == "extends"))
                completeTemplate(rest.substr(*quote + 1));
            return;
        }
        if (command == "endblock")
            return completeEndBlock(rest);
        if (command == "block")
            return completeBlock(rest);
        completeFilter(rest);
    }

    void completeCommand(std::string_view word)
    {
        beginWord(word);
        std::set<std::string, std::less<>> seen;
        for (const std::string &stop : stopWords()) {
            if (seen.insert(stop).second)
                add(Completion::Kind::Closer, stop, "of the open tag");
        }
        const std::size_t sorted = m_found.items.size();
        for (const std::string_view name : m_view.scope().tagNames(m_offset)) {
            if (seen.emplace(name).second)
                add(Completion::Kind::Tag, std::string(name), {});
        }
        sortFrom(sorted);
    }

    /// What closes or continues the innermost open tag, closers first.
    std::vector<std::string> stopWords() const
    {
        const std::vector<std::uint32_t> open = m_view.openTagsAt(m_offset);
        const TagShape *shape = open.empty() ? nullptr : m_view.structure().shapeOf(open.front());
        std::vector<std::string> closers;
        std::vector<std::string> middles;
        for (const TagShape::Section &section : shape ? shape->sections : std::vector<TagShape::Section>()) {
            for (const templates::StopWord &stop : section)
                (stop.next == templates::StopWord::closes ? closers : middles).push_back(stop.word);
        }
        closers.insert(closers.end(), middles.begin(), middles.end());
        return closers;
    }

    void completeFilter(std::string_view text)
    {
        beginWord(text);
        const std::string_view before = text.substr(0, text.size() - m_found.replaces.size());
        const std::size_t last = before.find_last_not_of(" \t");
        if (last == before.npos || before[last] != '|')
            return;
        std::set<std::string_view> seen;
        for (const std::string_view name : m_view.scope().filterNames(m_offset)) {
            if (seen.insert(name).second)
                add(Completion::Kind::Filter, std::string(name), {});
        }
        sortFrom(0);
    }

    void completeLibrary(std::string_view rest)
    {
        beginWord(rest, [](char c) { return isWordByte(c) || c == '.' || c == '-'; });
        for (const project::Library &library : m_view.db().get<project::Libraries>(m_view.project()).libraries)
            add(Completion::Kind::Library, library.name, library.modules.empty() ? "" : library.modules.front().module);
    }

    void completeTemplate(std::string_view written)
    {
        m_found.replaces = {m_offset - static_cast<std::uint32_t>(written.size()), m_offset};
        for (const NamedTemplate &named : m_view.db().get<TemplateList>(m_view.project()))
            add(Completion::Kind::Template, named.name, named.path);
    }

    /// The open blocks, innermost first.
    void completeEndBlock(std::string_view rest)
    {
        beginWord(rest, [](char c) { return c != ' ' && c != '\t'; });
        for (const std::uint32_t open : m_view.openTagsAt(m_offset)) {
            const auto block = std::ranges::find(m_view.facts().blocks, open, &templates::BlockName::token);
            if (block != m_view.facts().blocks.end())
                add(Completion::Kind::Block, block->name, {});
        }
    }

    /// The blocks of the templates that this one extends, without those it has itself.
    void completeBlock(std::string_view rest)
    {
        beginWord(rest, [](char c) { return c != ' ' && c != '\t'; });
        const auto &extends = m_view.facts().extends;
        if (!extends || !extends->name)
            return;
        std::set<std::string, std::less<>> seen;
        for (const templates::BlockName &own : m_view.facts().blocks)
            seen.insert(own.name);
        query::Reader &db = m_view.db();
        for (const source::File ancestor :
             db.get<analysis::Ancestry>(m_view.project(), m_view.file(), *extends->name)) {
            for (const templates::BlockName &block : db.get<templates::Facts>(ancestor).blocks) {
                if (seen.insert(block.name).second)
                    add(Completion::Kind::Block, block.name, db.read<&source::FileData::path>(ancestor));
            }
        }
    }

    void add(Completion::Kind kind, std::string text, std::string detail)
    {
        m_found.items.push_back({kind, std::move(text), std::move(detail)});
    }

    void sortFrom(std::size_t first)
    {
        std::ranges::sort(m_found.items.begin() + std::ptrdiff_t(first), m_found.items.end(), {}, &Completion::text);
    }

    const View &m_view;
    std::uint32_t m_offset;
    Completions m_found;
};

} // namespace

Completions complete(const View &view, std::uint32_t offset) { return Completer(view, offset).run(); }

} // namespace nuages::ide
