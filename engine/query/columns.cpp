#include "engine/query/columns.h"

#include <cstdlib>
#include <new>

namespace nuages::query::detail {

namespace {

void *zeroed(std::size_t count, std::size_t size)
{
    void *memory = std::calloc(count, size);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

} // namespace

Columns::Columns() : m_columns(static_cast<Column *>(zeroed(maxKinds, sizeof(Column)))) { }

Columns::~Columns()
{
    const std::uint32_t kinds = kindCount();
    for (std::uint32_t number = 1; number < kinds; ++number) {
        const Kind &kind = kindOf(number);
        if (kind.isField())
            continue;
        for (unsigned segment = 0; segment < Segments::count; ++segment) {
            const std::uintptr_t biased = m_columns[number].biased[segment].load(std::memory_order_relaxed);
            if (!biased)
                continue;
            auto *cells =
                reinterpret_cast<std::byte *>(biased + std::uintptr_t(Segments::start(segment)) * kind.stride);
            for (std::uint32_t at = 0; at < Segments::size(segment); ++at) {
                auto &cell = *reinterpret_cast<CellHeader *>(cells + at * kind.stride);
                kind.destroy(cell);
                cell.freeEdges();
            }
            std::free(cells);
        }
    }
    std::free(m_columns);
}

CellHeader &Columns::grow(const Kind &kind, DependencyKey key)
{
    const std::uint32_t place = kind.place(key.key);
    const unsigned segment = Segments::of(place);
    auto &slot = m_columns[key.kind].biased[segment];
    void *fresh = zeroed(Segments::size(segment), kind.stride);
    const auto mine = reinterpret_cast<std::uintptr_t>(fresh) - std::uintptr_t(Segments::start(segment)) * kind.stride;
    std::uintptr_t biased = 0;
    if (slot.compare_exchange_strong(biased, mine, std::memory_order_acq_rel))
        biased = mine;
    else
        std::free(fresh); // another reader was first
    return *reinterpret_cast<CellHeader *>(biased + std::uintptr_t(place) * kind.stride);
}

CellHeader *Columns::next(CellWalk &walk, DependencyKey &where) const
{
    for (const std::uint32_t kinds = kindCount(); walk.kind < kinds;) {
        const Kind &kind = kindOf(walk.kind);
        const unsigned segment = Segments::of(walk.place);
        CellHeader *const cell = kind.isField() ? nullptr : at(kind, walk.kind, walk.place);
        where = {walk.kind, walk.place};
        const bool isLast = !cell || walk.place + 1 == Segments::start(segment) + Segments::size(segment);
        if (kind.isField() || (isLast && segment + 1 == Segments::count))
            walk = {walk.kind + 1, 0};
        else
            walk.place = isLast ? Segments::start(segment + 1) : walk.place + 1;
        if (cell) {
            if (kind.keyStore)
                where.key = keyNumber(where.key, cell->generation);
            return cell;
        }
    }
    return nullptr;
}

} // namespace nuages::query::detail
