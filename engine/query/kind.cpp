#include "engine/query/kind.h"

#include "engine/query/misuse.h"

#include <mutex>

namespace nuages::query::detail {

namespace {

std::mutex numbering; // guards giving numbers; reading them takes no lock
std::atomic<std::uint32_t> nextKind{1};

} // namespace

std::atomic<const Kind *> kindTable[maxKinds];

std::uint32_t numberKind(std::atomic<std::uint32_t> &slot, const Kind &kind)
{
    if (const std::uint32_t given = slot.load(std::memory_order_acquire))
        return given;
    std::scoped_lock lock(numbering);
    if (const std::uint32_t given = slot.load(std::memory_order_relaxed))
        return given;
    const std::uint32_t number = nextKind.load(std::memory_order_relaxed);
    if (number == maxKinds)
        misuse("the program has more kinds of queries and fields than engine/query/kind.h allows");
    kindTable[number].store(&kind, std::memory_order_release);
    nextKind.store(number + 1, std::memory_order_release);
    slot.store(number, std::memory_order_release);
    return number;
}

bool Kind::isCalled(std::string_view called) const
{
    if (called == name)
        return true;
    if (!qualifiedName.ends_with(called))
        return false;
    const std::string_view before = qualifiedName.substr(0, qualifiedName.size() - called.size());
    return before.empty() || before.ends_with("::");
}

std::uint32_t kindCount() { return nextKind.load(std::memory_order_acquire); }

} // namespace nuages::query::detail
