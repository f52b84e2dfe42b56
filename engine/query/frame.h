#pragma once

#include "engine/query/cell.h"
#include "engine/query/urgency.h"
#include "engine/query/yieldpoint.h"

#include <vector>

namespace nuages::query::detail {

/// What becomes of a memo when its query ran, but for the value and the edges.
struct Ran {
    Revision changedAt = 1; ///< The latest of all that was read; 1 if nothing was.
    Durability durability = Durability::High; ///< The lowest of all that was read.
    bool isUntracked = false;
    bool fellBack = false;
    Reason reason = Reason::NeverComputed;
    DependencyKey cause;
    Instant began = 0; ///< Of a watched reader.
};

/// What the running query has read so far, each thing once, in order of first reading.
///
/// Looking for a duplicate costs little in every size: the last edge, then all of the first eight by eye, then a
/// hash table of edge numbers, stamped, so that opening the next frame clears nothing.
class Frame
{
public:
    /// For a query that begins; `insideOuterNs` is what the executions took so far that its caller asked for.
    void open(Reason reason, DependencyKey cause, Instant began, Instant insideOuterNs);

    /// Notes a read of something that has been the same since `changedAt` and is `durability` durable.
    void add(DependencyKey edge, Revision changedAt, Durability durability)
    {
        if (changedAt > m_ran.changedAt)
            m_ran.changedAt = changedAt;
        if (durability < m_ran.durability && !NUAGES_MUTATED(ForgottenDurability))
            m_ran.durability = durability;
        if (!m_edges.empty() && m_edges.back() == edge)
            return;
        addDistinct(edge);
    }

    void addUntracked()
    {
        m_ran.isUntracked = true;
        m_ran.durability = Durability::Low; // Whoever reads this memo must look at it in every revision.
    }

    /// Adds all that `other` read.
    void addAll(const Frame &other);

    const std::vector<DependencyKey> &edges() const { return m_edges; }
    const Ran &ran() const { return m_ran; }
    Instant insideOuterNs() const { return m_insideOuterNs; }
    /// Memory ran out for an edge. That threw; who swallows it has a frame that is of no use.
    bool hasLostEdge() const { return m_hasLostEdge; }

private:
    static constexpr std::size_t byEye = 8;

    struct Slot {
        std::uint32_t stamp; ///< Of the query that filled it; another one's slot is empty.
        std::uint32_t at; ///< Which of its edges.
    };

    void addDistinct(DependencyKey edge)
    {
        if (NUAGES_MUTATED(DroppedEdge) && m_edges.size() == 1)
            return;
        if (m_edges.size() <= byEye) {
            for (const DependencyKey &known : m_edges) {
                if (known == edge)
                    return;
            }
            append(edge);
            if (m_edges.size() > byEye)
                fillTable();
            return;
        }
        if (insert(edge, static_cast<std::uint32_t>(m_edges.size()))) {
            append(edge);
            if (m_edges.size() * 2 > m_table.size())
                fillTable();
        }
    }
    void append(DependencyKey edge)
    {
        if (m_edges.size() == m_edges.capacity()) [[unlikely]]
            makeRoom();
        m_edges.push_back(edge);
    }
    bool insert(DependencyKey edge, std::uint32_t number)
    {
        const std::size_t mask = m_table.size() - 1;
        const std::uint64_t packed = std::uint64_t(edge.kind) << 32 | edge.key;
        for (std::size_t at = (packed * 0x9E3779B97F4A7C15u) >> 32;; ++at) {
            Slot &slot = m_table[at & mask];
            if (slot.stamp != m_stamp) {
                slot = {m_stamp, number};
                return true;
            }
            if (m_edges[slot.at] == edge)
                return false;
        }
    }
    void makeRoom();
    void fillTable();

    std::vector<DependencyKey> m_edges;
    std::vector<Slot> m_table; // empty, or a power of two of at least twice the edges
    std::uint32_t m_stamp = 0;
    Ran m_ran;
    Instant m_insideOuterNs = 0;
    bool m_hasLostEdge = false;
};

} // namespace nuages::query::detail
