#include "engine/query/frame.h"

#include <algorithm>
#include <bit>

namespace nuages::query::detail {

void Frame::open()
{
    m_edges.clear();
    if (++m_stamp == 0) { // Once in 2^32 queries the stamps start again, and old ones could be taken for new.
        m_table.clear();
        m_stamp = 1;
    }
    m_changedAt = 1;
    m_durability = Durability::High;
    m_isUntracked = false;
    m_hasLostEdge = false;
}

void Frame::makeRoom()
{
    m_hasLostEdge = true; // unless the next line returns
    m_edges.reserve(std::max(2 * m_edges.size(), byEye));
    m_hasLostEdge = false;
}

void Frame::fillTable()
{
    m_hasLostEdge = true; // as above
    if (m_table.size() < m_edges.size() * 4)
        m_table.assign(std::bit_ceil(m_edges.size() * 4), Slot{});
    m_hasLostEdge = false;
    for (std::uint32_t at = 0; at < m_edges.size(); ++at)
        insert(m_edges[at], at);
}

} // namespace nuages::query::detail
