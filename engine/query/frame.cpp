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
    for (const DependencyKey &edge : m_edges)
        insert(edge);
}

} // namespace nuages::query::detail
