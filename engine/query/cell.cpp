#include "engine/query/cell.h"

#include "engine/query/edgememory.h"
#include "engine/query/yieldpoint.h"

#include <algorithm>
#include <utility>

namespace nuages::query::detail {

void CellHeader::setEdges(const DependencyKey *first, std::uint32_t count)
{
    if (count <= inlineEdges) {
        freeEdges();
        std::copy_n(first, count, few);
    } else {
        if (edgeCount != count) {
            auto *fresh = takeEdges(count);
            freeEdges();
            many = fresh;
        }
        std::copy_n(first, count, many);
    }
    edgeCount = count;
    if (NUAGES_MUTATED(WrongOrder))
        std::reverse(count <= inlineEdges ? few : many, (count <= inlineEdges ? few : many) + count);
}

void CellHeader::clear(std::uint8_t nextGeneration)
{
    freeEdges();
    *this = CellHeader{};
    generation = nextGeneration;
}

/// Leaves `other` without any.
void CellHeader::takeEdgesOf(CellHeader &other) noexcept
{
    freeEdges();
    if (other.edgeCount <= inlineEdges)
        std::copy_n(other.few, other.edgeCount, few);
    else
        many = other.many;
    edgeCount = std::exchange(other.edgeCount, 0);
}

void CellHeader::freeEdges()
{
    if (edgeCount > inlineEdges)
        giveBackEdges(many, edgeCount);
    edgeCount = 0;
}

} // namespace nuages::query::detail
