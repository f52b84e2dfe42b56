#include "tests/engine/query/memory/failingnew.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local bool isWatched = false;
std::atomic<long> counted = 0;
std::atomic<long> failing = 0;

/// Null when it fails.
void *take(std::size_t size, std::size_t alignment)
{
    if (isWatched && ++counted == failing)
        return nullptr;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
}

void *takeOrThrow(std::size_t size, std::size_t alignment)
{
    void *const memory = take(size, alignment);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

constexpr std::size_t usual = alignof(std::max_align_t);

} // namespace

void *operator new(std::size_t size) { return takeOrThrow(size, usual); }
void *operator new[](std::size_t size) { return takeOrThrow(size, usual); }
void *operator new(std::size_t size, std::align_val_t alignment) { return takeOrThrow(size, std::size_t(alignment)); }
void *operator new[](std::size_t size, std::align_val_t alignment) { return takeOrThrow(size, std::size_t(alignment)); }
void *operator new(std::size_t size, const std::nothrow_t & /*no*/) noexcept { return take(size, usual); }
void *operator new[](std::size_t size, const std::nothrow_t & /*no*/) noexcept { return take(size, usual); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete(void *memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete[](void *memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete[](void *memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, const std::nothrow_t & /*no*/) noexcept { std::free(memory); }
void operator delete[](void *memory, const std::nothrow_t & /*no*/) noexcept { std::free(memory); }

namespace nuages::tests {

void failAllocation(long number)
{
    counted = 0;
    failing = number;
}

long countedAllocations() { return counted; }

bool hasFailed() { return failing != 0 && counted >= failing; }

Watched::Watched(bool watched) : m_before(isWatched) { isWatched = watched; }

Watched::~Watched() { isWatched = m_before; }

} // namespace nuages::tests
