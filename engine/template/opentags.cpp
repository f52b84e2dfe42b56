#include "engine/template/opentags.h"

#include <algorithm>
#include <ranges>

namespace nuages::templates {

namespace {

bool hasStop(const TagShape &shape, std::string_view word)
{
    return std::ranges::any_of(shape.sections, [word](const TagShape::Section &section) {
        return std::ranges::find(section, word, &StopWord::word) != section.end();
    });
}

} // namespace

const TagShape::Section &OpenTag::stops() const
{
    static const TagShape::Section nothing;
    return shape && section < shape->sections.size() ? shape->sections[section] : nothing;
}

const StopWord *OpenTag::stop(std::string_view word) const
{
    const auto in = [word](const TagShape::Section &words) {
        const auto found = std::ranges::find(words, word, &StopWord::word);
        return found == words.end() ? nullptr : &*found;
    };
    const StopWord *found = in(stops());
    for (std::size_t i = 0; anySection && !found && i < shape->sections.size(); ++i)
        found = in(shape->sections[i]);
    return found;
}

std::vector<const TagShape *> OpenTags::shapes() const
{
    std::vector<const TagShape *> all;
    all.reserve(m_tags.size());
    for (const OpenTag &tag : m_tags)
        all.push_back(tag.shape);
    return all;
}

void OpenTags::open(std::uint32_t opener, const TagShape &shape, std::uint8_t section)
{
    OpenTag tag;
    tag.opener = opener;
    tag.shape = &shape;
    tag.section = section;
    tag.insideOpaque = mayBeInsideOpaque();
    tag.firstOpaque = m_opaques.size();
    indicesOf(&shape).push_back(m_tags.size());
    m_tags.push_back(tag);
}

// The opaque tags of what is dropped stay in the list, and so stand in the body around.
void OpenTags::dropAbove(std::size_t index)
{
    for (; m_tags.size() > index + 1; m_tags.pop_back())
        indicesOf(top().shape).pop_back();
}

void OpenTags::dropDoubtful(std::size_t index)
{
    for (; m_tags.size() > index + 1; dropAbove(m_tags.size() - 2)) {
        if (!std::ranges::contains(m_dropped, top().shape))
            m_dropped.push_back(top().shape);
    }
}

bool OpenTags::mayBelongToDropped(std::string_view word) const
{
    return std::ranges::any_of(m_dropped, [word](const TagShape *shape) { return hasStop(*shape, word); });
}

std::optional<std::size_t> OpenTags::ownerOf(std::string_view word) const
{
    // By shapes: thousands of open tags share a few of them.
    std::optional<std::size_t> owner;
    for (const auto &[shape, indices] : m_byShape) {
        if (!indices.empty() && indices.back() >= owner.value_or(0) && hasStop(*shape, word))
            owner = indices.back();
    }
    return owner;
}

void OpenTags::addOpaque(std::string_view name, bool exists)
{
    m_byName[name].push_back(m_opaques.size());
    m_opaques.push_back({name, m_tags.size() - 1, existingBefore(m_opaques.size()) + (exists ? 1 : 0)});
}

bool OpenTags::topHoldsExisting() const { return existingBefore(m_opaques.size()) > existingBefore(top().firstOpaque); }

bool OpenTags::isOpaqueOpen(std::string_view name)
{
    const std::optional<std::size_t> opaque = innermostOpaque(name);
    return opaque && existingBefore(*opaque + 1) > existingBefore(*opaque);
}

bool OpenTags::endOpaque(std::string_view closer)
{
    if (!closer.starts_with("end"))
        return false;
    const std::optional<std::size_t> opaque = innermostOpaque(closer.substr(3));
    if (!opaque)
        return false;
    dropDoubtful(holderOf(*opaque));
    // Those inside of it may reach beyond it, if it is none that has a body.
    const bool leavesSome = existingBefore(m_opaques.size()) > existingBefore(*opaque + 1);
    m_opaques.resize(*opaque);
    if (leavesSome)
        m_opaques.push_back({{}, m_tags.size() - 1, existingBefore(*opaque) + 1});
    return true;
}

void OpenTags::doubtAllInsideOpaque()
{
    // Whatever stands inside a tag that is inside an opaque one is so too: the search ends where the last one began.
    for (OpenTag &tag : std::views::reverse(m_tags)) {
        if (!tag.insideOpaque || tag.doubtedWithOuter)
            break;
        tag.doubtful = tag.doubtedWithOuter = true;
    }
}

void OpenTags::doubt(const TagShape *shape)
{
    for (const std::size_t index : std::views::reverse(indicesOf(shape))) {
        OpenTag &tag = m_tags[index];
        if (tag.doubtedWithShape)
            break;
        tag.doubtful = tag.doubtedWithShape = true;
    }
}

std::vector<std::size_t> &OpenTags::indicesOf(const TagShape *shape)
{
    const auto found = std::ranges::find(m_byShape, shape, [](const auto &entry) { return entry.first; });
    return found == m_byShape.end() ? m_byShape.emplace_back(shape, std::vector<std::size_t>()).second : found->second;
}

std::size_t OpenTags::existingBefore(std::size_t opaque) const
{
    return opaque == 0 ? 0 : m_opaques[opaque - 1].existing;
}

std::size_t OpenTags::holderOf(std::size_t opaque) const
{
    const auto inner = std::ranges::upper_bound(m_tags, opaque, {}, &OpenTag::firstOpaque);
    return static_cast<std::size_t>(inner - m_tags.begin()) - 1;
}

std::optional<std::size_t> OpenTags::innermostOpaque(std::string_view name)
{
    const auto found = m_byName.find(name);
    if (found == m_byName.end())
        return std::nullopt;
    for (std::vector<std::size_t> &all = found->second; !all.empty(); all.pop_back()) {
        const std::size_t opaque = all.back();
        const bool isThere = opaque < m_opaques.size() && m_opaques[opaque].name == name;
        if (isThere && m_opaques[opaque].depth <= holderOf(opaque))
            return opaque;
    }
    return std::nullopt;
}

} // namespace nuages::templates
