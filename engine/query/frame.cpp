#include "engine/query/frame.h"

#include <algorithm>
#include <bit>

namespace nuages::query::detail {

void Frame::open(Reason reason, DependencyKey cause, Instant began, Instant insideOuterNs)
{
    m_edges.clear();
    if (++m_stamp == 0) { // Once in 2^32 queries the stamps start again, and old ones could be taken for new.
        m_table.clear();
        m_stamp = 1;
    }
    m_ran = {.reason = reason, .cause = cause, .began = began};
    m_insideOuterNs = insideOuterNs;
    m_hasLostEdge = false;
}

void Frame::addAll(const Frame &other)
{
    for (const DependencyKey edge : other.m_edges)
        add(edge, other.m_ran.changedAt, other.m_ran.durability);
    if (other.m_ran.isUntracked)
        addUntracked();
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
