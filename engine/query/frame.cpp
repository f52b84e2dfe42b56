#include "engine/query/frame.h"

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
}

void Frame::fillTable()
{
    if (m_table.size() < m_edges.size() * 4)
        m_table.assign(std::bit_ceil(m_edges.size() * 4), Slot{});
    for (std::uint32_t at = 0; at < m_edges.size(); ++at)
        insert(m_edges[at], at);
}

} // namespace nuages::query::detail
