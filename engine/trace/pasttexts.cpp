#include "engine/trace/pasttexts.h"

#include <iterator>

namespace nuages::trace {

void PastTexts::add(const TextRecord &text)
{
    ByRevision &texts = m_texts[text.path];
    std::shared_ptr<const std::string> &kept = texts[text.revision];
    const bool isNew = !kept;
    kept = text.text;
    std::weak_ptr<const std::string> &known = m_same[query::seededHash(*kept)];
    if (const auto same = known.lock(); same && *same == *kept)
        kept = same;
    else
        known = kept;
    if (isNew && texts.size() > 1) {
        const Revision older = std::prev(texts.end(), 2)->first;
        outdate(text.path, texts.rbegin()->first == text.revision ? older : text.revision);
    }
    thin();
}

std::shared_ptr<const std::string> PastTexts::at(std::string_view path, Revision since, Revision revision) const
{
    const auto texts = m_texts.find(path);
    if (texts == m_texts.end())
        return nullptr;
    const auto after = texts->second.upper_bound(revision);
    if (after == texts->second.begin() || std::prev(after)->first < since)
        return nullptr;
    return std::prev(after)->second;
}

/// A later text of the file is known than the one that was told in `told`.
void PastTexts::outdate(const std::string &path, Revision told)
{
    m_old.emplace_back(path, told);
    m_oldBytes += m_texts[path].at(told)->size();
}

void PastTexts::thin()
{
    while (m_oldBytes > m_maxBytes && !m_old.empty()) {
        const auto &[path, told] = m_old.front();
        auto &texts = m_texts[path];
        if (const auto found = texts.find(told); found != texts.end()) {
            m_oldBytes -= found->second->size();
            const std::uint64_t hash = query::seededHash(*found->second);
            texts.erase(found);
            if (const auto same = m_same.find(hash); same != m_same.end() && same->second.expired())
                m_same.erase(same);
        }
        m_old.pop_front();
    }
}

} // namespace nuages::trace
