#pragma once

#include "engine/query/columns.h"
#include "engine/query/misuse.h"

#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace nuages::query::detail {

inline constexpr std::uint32_t maxRows = 1u << 24; ///< Of one type: what a number of a key has room for.

/// Rows of one type in append-only segments: a row never moves, and is there until the table dies.
///
/// Appending is thread-safe. A row may be read by whoever got its number through something that synchronises.
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
            if (Row *rows = m_segments[segment].load(std::memory_order_relaxed))
                std::allocator<Row>().deallocate(rows, Segments::size(segment));
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

    Row &operator[](std::uint32_t index)
    {
        const unsigned segment = Segments::of(index);
        return m_segments[segment].load(std::memory_order_acquire)[index - Segments::start(segment)];
    }

    /// Appends a row made from `arguments` and returns its number.
    template <class... A>
    std::uint32_t append(A &&...arguments)
    {
        std::scoped_lock lock(m_appending);
        const std::uint32_t index = m_size.load(std::memory_order_relaxed);
        if (index == maxRows)
            misuse("an Engine has no more room for inputs or keys of one type");
        const unsigned segment = Segments::of(index);
        Row *rows = m_segments[segment].load(std::memory_order_relaxed);
        if (!rows) {
            rows = std::allocator<Row>().allocate(Segments::size(segment));
            m_segments[segment].store(rows, std::memory_order_release);
        }
        std::construct_at(rows + (index - Segments::start(segment)), std::forward<A>(arguments)...);
        m_size.store(index + 1, std::memory_order_relaxed); // who gets the number sees this
        return index;
    }

    std::uint32_t size() const { return m_size.load(std::memory_order_relaxed); }

private:
    std::atomic<Row *> m_segments[Segments::count] = {};
    std::atomic<std::uint32_t> m_size{0};
    std::mutex m_appending; // guards the making of rows and segments
};

} // namespace nuages::query::detail
