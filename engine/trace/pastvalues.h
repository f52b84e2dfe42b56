#pragma once

#include "engine/trace/batch.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nuages::trace {

/// The values that nodes had, in short as Memo has them. Of most nodes there are none.
class PastValues
{
public:
    /// Beyond so many bytes of values that are not a node's last one, the oldest go.
    explicit PastValues(std::size_t maxBytes) : m_maxBytes(maxBytes) { }

    /// The memo has this value, as was told in the revision `told`.
    void add(const Memo &memo, Revision told);

    /// The node has another value from now on; which one a memo will tell.
    void lose(NodeId id, Revision revision);

    /// Of these revisions an event may be missing.
    void eventsLost(Revision first, Revision last) { m_losses.emplace_back(first, last); }

    /// The value of the node in a revision; nullopt if its type has no short form, or it was another one by the time
    /// somebody looked.
    std::optional<std::string> at(NodeId id, Revision revision) const;

    /// Whether values of the node have a short form, as far as anybody has seen one.
    bool isPrinted(NodeId id) const { return m_values.contains(id); }

private:
    /// What a node had for a value.
    struct Value {
        Revision since = 0;
        Revision until = 0; ///< It was told of then; later it is the same if no event of that time was lost.
        std::optional<std::string> text; ///< None: it changed, and changed again before somebody looked.
        bool isOutdated = false; ///< Among `m_old`.
    };

    void outdate(NodeId id, Value &value);

    std::size_t m_maxBytes;
    boost::unordered_flat_map<NodeId, std::vector<Value>> m_values; ///< Rising.
    std::deque<std::pair<NodeId, Revision>> m_old; ///< Those that are not the last ones, the oldest first.
    std::size_t m_oldBytes = 0;
    std::vector<std::pair<Revision, Revision>> m_losses; ///< First and last revision in which an event may be lost.
};

} // namespace nuages::trace
