#include "engine/template/opentags.h"

#include <algorithm>

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
    const TagShape::Section &all = stops();
    const auto found = std::ranges::find(all, word, &StopWord::word);
    return found == all.end() ? nullptr : &*found;
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
    ++count(&shape);
    m_tags.push_back(std::move(tag));
}

void OpenTags::dropAbove(std::size_t index)
{
    while (m_tags.size() > index + 1) {
        const std::vector<OpaqueTag> opaques = std::move(top().opaques);
        --count(top().shape);
        m_tags.pop_back();
        for (OpaqueTag opaque : opaques) {
            opaque.outlived = true;
            top().holdsOpaque = top().holdsOpaque || opaque.exists;
            top().opaques.push_back(opaque);
        }
    }
}

std::optional<std::size_t> OpenTags::ownerOf(std::string_view word) const
{
    // Shapes first: thousands of open tags share a few of them.
    std::vector<const TagShape *> owners;
    for (const auto &[shape, open] : m_counts) {
        if (open > 0 && hasStop(*shape, word))
            owners.push_back(shape);
    }
    if (owners.empty())
        return std::nullopt;
    for (std::size_t i = m_tags.size() - 1;; --i) {
        if (std::ranges::find(owners, m_tags[i].shape) != owners.end())
            return i;
    }
}

void OpenTags::addOpaque(std::string_view name, bool exists)
{
    top().opaques.push_back({name, exists, false});
    top().holdsOpaque = top().holdsOpaque || exists;
}

bool OpenTags::endOpaque(std::string_view closer)
{
    if (!closer.starts_with("end"))
        return false;
    const std::string_view name = closer.substr(3);
    for (std::size_t i = m_tags.size(); i-- > 0;) {
        std::vector<OpaqueTag> &opaques = m_tags[i].opaques;
        for (std::size_t k = opaques.size(); k-- > 0;) {
            if (opaques[k].name != name || opaques[k].outlived)
                continue;
            dropAbove(i);
            // With those that stood inside it, and those of the dropped tags.
            opaques.erase(opaques.begin() + static_cast<std::ptrdiff_t>(k), opaques.end());
            top().holdsOpaque = std::ranges::any_of(opaques, &OpaqueTag::exists);
            return true;
        }
    }
    return false;
}

void OpenTags::doubtAllInsideOpaque()
{
    for (OpenTag &tag : m_tags)
        tag.doubtful = tag.doubtful || tag.insideOpaque;
}

void OpenTags::doubt(const TagShape *shape)
{
    for (OpenTag &tag : m_tags)
        tag.doubtful = tag.doubtful || tag.shape == shape;
}

std::size_t &OpenTags::count(const TagShape *shape)
{
    const auto found = std::ranges::find(m_counts, shape, &std::pair<const TagShape *, std::size_t>::first);
    return found == m_counts.end() ? m_counts.emplace_back(shape, 0).second : found->second;
}

} // namespace nuages::templates
