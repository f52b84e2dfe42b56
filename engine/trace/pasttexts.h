#pragma once

#include "engine/query/hash.h"
#include "engine/trace/batch.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::trace {

/// The texts that files had. Each is kept once, as after an undo.
class PastTexts
{
public:
    /// Beyond so many bytes of texts that are not a file's last one, the oldest go.
    explicit PastTexts(std::size_t maxBytes) : m_maxBytes(maxBytes) { }

    void add(const TextRecord &text);

    /// The last text that was told by `revision`, if that was in `since` or later; else null.
    std::shared_ptr<const std::string> at(std::string_view path, Revision since, Revision revision) const;

private:
    using ByRevision = std::map<Revision, std::shared_ptr<const std::string>>; ///< In which they were told.

    void outdate(const std::string &path, Revision told);
    void thin();

    std::size_t m_maxBytes;
    boost::unordered_flat_map<std::string, ByRevision, query::SeededHash, std::equal_to<>> m_texts; ///< By path.
    boost::unordered_flat_map<std::uint64_t, std::weak_ptr<const std::string>> m_same; ///< By their hash.
    std::deque<std::pair<std::string, Revision>> m_old; ///< Path and revision of those that are not the last ones.
    std::size_t m_oldBytes = 0;
};

} // namespace nuages::trace
