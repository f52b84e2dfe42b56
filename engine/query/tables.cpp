#include "engine/query/tables.h"

#include "engine/query/misuse.h"

namespace nuages::query::detail {

std::uint32_t numberTable(std::atomic<std::uint32_t> &slot)
{
    static std::mutex numbering;
    static std::uint32_t next = 1;
    std::scoped_lock lock(numbering);
    if (const std::uint32_t given = slot.load(std::memory_order_relaxed))
        return given;
    if (next == maxTables)
        misuse("the program has more kinds of inputs, keys and attached objects than engine/query/tables.h allows");
    slot.store(next, std::memory_order_release);
    return next++;
}

Tables::Tables() : m_objects(new std::atomic<void *>[maxTables]()) { }

} // namespace nuages::query::detail
