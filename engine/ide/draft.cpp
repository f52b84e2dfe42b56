#include "engine/ide/draft.h"

#include <utility>

namespace nuages::ide {

Draft::Draft(const View &view_, std::uint32_t offset_, Inside inside_)
    : view(view_), offset(offset_), inside(inside_), open(openSectionsAt(view, inside.open))
{
    found.replaces = {offset, offset};
    found.wordEnd = offset;
    found.tagEnd = offset;
}

void Draft::beginWord(bool (*isPart)(char))
{
    std::size_t before = 0;
    while (before < inside.before.size() && isPart(inside.before[inside.before.size() - before - 1]))
        ++before;
    std::size_t after = 0;
    while (after < inside.after.size() && isPart(inside.after[after]))
        ++after;
    found.replaces = {offset - static_cast<std::uint32_t>(before), offset};
    found.wordEnd = offset + static_cast<std::uint32_t>(after);
}

std::string_view Draft::begun() const { return inside.before.substr(inside.before.size() - found.replaces.size()); }

std::string_view Draft::beforeWord() const
{
    return inside.before.substr(0, inside.before.size() - found.replaces.size());
}

void Draft::add(Completion::Kind kind, std::string text, std::string detail)
{
    Completion item;
    item.kind = kind;
    item.text = std::move(text);
    item.detail = std::move(detail);
    found.items.push_back(std::move(item));
}

} // namespace nuages::ide
