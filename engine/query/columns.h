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

/// How far a walk over all cells has come. Starts at the first.
struct CellWalk {
    std::uint32_t kind = 1;
    std::uint32_t place = 0;

    friend bool operator==(const CellWalk &, const CellWalk &) = default;
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
        CellHeader *const found = at(kind, key.kind, kind.place(key.key));
        return found ? *found : grow(kind, key);
    }

    /// The cell of this memo, or of one whose key had the same place; null if there is none yet.
    CellHeader *find(const Kind &kind, DependencyKey key) const { return at(kind, key.kind, kind.place(key.key)); }

    /// The cell of this memo; null if there is none yet, or none any more.
    CellHeader *find(DependencyKey key) const
    {
        const Kind &kind = kindOf(key.kind);
        CellHeader *const found = find(kind, key);
        return found && found->generation == kind.generation(key.key) ? found : nullptr;
    }

    /// The next cell of the walk, empty ones included, and where it is; null at the end.
    CellHeader *next(CellWalk &walk, DependencyKey &where) const;

private:
    CellHeader *at(const Kind &kind, std::uint32_t number, std::uint32_t place) const
    {
        const std::uintptr_t biased = m_columns[number].biased[Segments::of(place)].load(std::memory_order_acquire);
        return biased ? reinterpret_cast<CellHeader *>(biased + std::uintptr_t(place) * kind.stride) : nullptr;
    }
    CellHeader &grow(const Kind &kind, DependencyKey key);

    Column *m_columns; ///< maxKinds of them, zeroed, touched only where used.
};

} // namespace nuages::query::detail
