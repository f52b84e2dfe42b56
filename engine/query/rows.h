#pragma once

#include "engine/query/columns.h"

#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace nuages::query::detail {

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
        for (std::uint32_t at = 0; at < m_size; ++at)
            (*this)[at].~Row();
        for (unsigned segment = 0; segment < Segments::count; ++segment) {
            if (Row *rows = m_segments[segment].load(std::memory_order_relaxed))
                std::allocator<Row>().deallocate(rows, Segments::size(segment));
        }
    }

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
        const unsigned segment = Segments::of(m_size);
        Row *rows = m_segments[segment].load(std::memory_order_relaxed);
        if (!rows) {
            rows = std::allocator<Row>().allocate(Segments::size(segment));
            m_segments[segment].store(rows, std::memory_order_release);
        }
        std::construct_at(rows + (m_size - Segments::start(segment)), std::forward<A>(arguments)...);
        return m_size++;
    }

    std::uint32_t size()
    {
        std::scoped_lock lock(m_appending);
        return m_size;
    }

private:
    std::atomic<Row *> m_segments[Segments::count] = {};
    std::mutex m_appending; // guards m_size and the making of rows and segments
    std::uint32_t m_size = 0;
};

} // namespace nuages::query::detail
