#pragma once

#include "engine/trace/batch.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::trace {

/// What was found in files whenever somebody looked for mistakes.
class PastMistakes
{
public:
    /// Beyond so many looks the older half goes, but for each file's last one.
    explicit PastMistakes(std::size_t maxLooks) : m_maxLooks(maxLooks) { }

    void add(const LookRecord &look);

    /// What was known of the mistakes in a file.
    struct Known {
        Revision revision = 0; ///< Of which it is true: the last one in which somebody had looked.
        std::shared_ptr<const std::vector<Mistake>> found; ///< Never null.
    };

    /// What was known in a revision; nullopt if nobody had looked, or it is not kept.
    std::optional<Known> at(std::string_view path, Revision revision) const;

    /// The files in which mistakes were ever looked for, sorted.
    std::vector<std::string> paths() const;

private:
    using ByRevision = std::map<Revision, std::shared_ptr<const std::vector<Mistake>>>; ///< Null where looks ended.

    void thin();

    std::size_t m_maxLooks;
    std::map<std::string, ByRevision, std::less<>> m_looks; ///< By path.
    std::size_t m_count = 0;
};

} // namespace nuages::trace
