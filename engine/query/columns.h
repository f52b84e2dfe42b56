#pragma once

#include "engine/query/kind.h"

#include <atomic>
#include <bit>
#include <cstdint>

namespace nuages::query::detail {

/// Where a number lies in segments that double: 128, 128, 256, 512 and so on, so that growing moves nothing.
struct Segments {
    static constexpr unsigned count = 26;

    static constexpr unsigned of(std::uint32_t index) { return static_cast<unsigned>(std::bit_width(index >> 7)); }
    static constexpr std::uint32_t start(unsigned segment) { return segment == 0 ? 0 : 64u << segment; }
    static constexpr std::uint32_t size(unsigned segment) { return segment == 0 ? 128 : 64u << segment; }
};

/// The cells of one query. `biased[s]` is the address of segment `s` minus its start times the stride, so that one
/// load leads from a key to its cell; 0 while the segment has not been needed.
struct Column {
    std::atomic<std::uintptr_t> biased[Segments::count];
};

/// All cells of an engine, a column for each kind. Cells never move, and die with the columns.
///
/// Finding and making cells is thread-safe.
class Columns
{
public:
    Columns();
    ~Columns();
    Columns(const Columns &) = delete;
    Columns &operator=(const Columns &) = delete;

    /// The first column; a kind's number is its index.
    Column *first() { return m_columns; }

    /// The cell of this memo, empty if it was never asked for.
    CellHeader &cell(const Kind &kind, DependencyKey key)
    {
        const std::uintptr_t biased = m_columns[key.kind].biased[Segments::of(key.key)].load(std::memory_order_acquire);
        return biased ? *reinterpret_cast<CellHeader *>(biased + std::uintptr_t(key.key) * kind.stride)
                      : grow(kind, key);
    }

    /// The cell of this memo; null if there is none yet.
    CellHeader *find(const Kind &kind, DependencyKey key) const
    {
        const std::uintptr_t biased = m_columns[key.kind].biased[Segments::of(key.key)].load(std::memory_order_acquire);
        return biased ? reinterpret_cast<CellHeader *>(biased + std::uintptr_t(key.key) * kind.stride) : nullptr;
    }
    CellHeader *find(DependencyKey key) const { return find(kindOf(key.kind), key); }

private:
    CellHeader &grow(const Kind &kind, DependencyKey key);

    Column *m_columns; ///< maxKinds of them, zeroed, touched only where used.
};

} // namespace nuages::query::detail
