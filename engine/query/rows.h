#pragma once

#include "engine/query/columns.h"
#include "engine/query/misuse.h"

#include <memory>
#include <new>
#include <utility>

namespace nuages::query::detail {

inline constexpr std::uint32_t maxRows = 1u << 24; ///< Of one type: what a number of a key has room for.

/// Rows of one type in append-only segments: a row never moves, and is there until the table dies.
///
/// One thread at a time may append; whoever owns the rows sees to that. A row may be read, meanwhile too, by whoever
/// got its number through something that synchronises.
template <class Row>
class Rows
{
public:
    Rows() = default;
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;

    ~Rows()
    {
        for (std::uint32_t at = 0; at < size(); ++at)
            (*this)[at].~Row();
        for (unsigned segment = 0; segment < Segments::count; ++segment) {
            if (m_biased[segment].load(std::memory_order_relaxed))
                std::allocator<Row>().deallocate(rowAt(segment, Segments::start(segment)), Segments::size(segment));
        }
    }

    /// The row of a handle that somebody passed in. Aborts with a sentence if there is none.
    Row &at(std::uint32_t index)
    {
        if (!has(index)) [[unlikely]]
            noSuchHandle();
        return (*this)[index];
    }

    bool has(std::uint32_t index) const { return index < m_size.load(std::memory_order_relaxed); }

    Row &operator[](std::uint32_t index) { return *rowAt(Segments::of(index), index); }

    /// Appends a row made from `arguments` and returns its number.
    template <class... A>
    std::uint32_t append(A &&...arguments)
    {
        const std::uint32_t index = m_size.load(std::memory_order_relaxed);
        if (index == maxRows)
            misuse("an Engine has no more room for inputs or keys of one type");
        const unsigned segment = Segments::of(index);
        if (!m_biased[segment].load(std::memory_order_relaxed)) {
            Row *rows = std::allocator<Row>().allocate(Segments::size(segment));
            m_biased[segment].store(reinterpret_cast<std::uintptr_t>(rows)
                                        - std::uintptr_t(Segments::start(segment)) * sizeof(Row),
                                    std::memory_order_release);
        }
        std::construct_at(rowAt(segment, index), std::forward<A>(arguments)...);
        m_size.store(index + 1, std::memory_order_relaxed); // who gets the number sees this
        return index;
    }

    std::uint32_t size() const { return m_size.load(std::memory_order_relaxed); }

private:
    Row *rowAt(unsigned segment, std::uint32_t index)
    {
        return reinterpret_cast<Row *>(m_biased[segment].load(std::memory_order_acquire)
                                       + std::uintptr_t(index) * sizeof(Row));
    }

    /// As in a Column: the address of a segment minus its start times the size of a row; 0 while there is none.
    std::atomic<std::uintptr_t> m_biased[Segments::count] = {};
    std::atomic<std::uint32_t> m_size{0};
};

} // namespace nuages::query::detail
