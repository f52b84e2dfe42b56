#include "engine/query/edgememory.h"

#include <array>
#include <bit>
#include <cstddef>
#include <mutex>
#include <new>
#include <type_traits>

#include <sys/mman.h>

#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else // A compiler without AddressSanitizer.
#define ASAN_POISON_MEMORY_REGION(address, size) (static_cast<void>(address), static_cast<void>(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) (static_cast<void>(address), static_cast<void>(size))
#endif

namespace nuages::query::detail {

namespace {

static_assert(std::is_trivially_copyable_v<DependencyKey> && sizeof(DependencyKey) >= sizeof(void *));

constexpr std::size_t chunkBytes = std::size_t{1} << 20; ///< Address space taken at once.
constexpr std::size_t populateBytes = std::size_t{64} << 10; ///< Memory taken at once.

/// Four sizes between a power of two and the next, so that at most a fifth of a block is unused.
struct SizeClass {
    std::uint32_t number;
    std::uint32_t edges;
};

constexpr std::uint32_t smallest = 4;
constexpr std::uint32_t classes = 45; // Up to 2^13 edges.

constexpr SizeClass classOf(std::uint32_t count)
{
    if (count <= smallest)
        return {0, smallest};
    const std::uint32_t below = std::bit_floor(count - 1);
    const std::uint32_t step = below / 4;
    const std::uint32_t steps = (count - 1 - below) / step + 1;
    return {(static_cast<std::uint32_t>(std::bit_width(below)) - 3) * 4 + steps, below + steps * step};
}
static_assert(classOf(5).number == 1 && classOf(5).edges == 5 && classOf(9).edges == 10);
static_assert(classOf(1U << 13).number == classes - 1 && classOf(1U << 13).edges == 1U << 13);

struct Free {
    Free *next;
};

/// Of the whole process: a cell does not know its engine, and engines are few.
struct Blocks {
    std::mutex mutex; // guards what follows
    std::array<Free *, classes> free{};
    std::byte *next = nullptr; ///< In the present chunk.
    std::byte *populated = nullptr; ///< Up to here the chunk has memory.
    std::byte *end = nullptr;

    std::byte *fresh(std::size_t bytes)
    {
        if (static_cast<std::size_t>(end - next) < bytes) {
            void *const chunk = mmap(nullptr, chunkBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (chunk == MAP_FAILED)
                throw std::bad_alloc();
            next = populated = static_cast<std::byte *>(chunk);
            end = next + chunkBytes;
        }
        std::byte *const block = next;
        next += bytes;
        for (; populated < next; populated += populateBytes)
            madvise(populated, populateBytes, MADV_POPULATE_WRITE); // If it cannot, pages come one by one.
        return block;
    }
};

/// Lets the system have the whole pages of a block that is free, but for the one with its beginning.
void letGo(std::byte *begin, std::size_t bytes)
{
    constexpr std::size_t page = 4096; // Where pages are larger, nothing happens.
    constexpr std::size_t worthACall = 4 * page;
    if (bytes < worthACall)
        return;
    const std::size_t past = page - reinterpret_cast<std::uintptr_t>(begin) % page;
    madvise(begin + past, (bytes - past) / page * page, MADV_DONTNEED);
}

Blocks &blocks()
{
    static auto *const all = new Blocks; // Never destroyed: an engine may live as long as the process.
    return *all;
}

} // namespace

DependencyKey *takeEdges(std::uint32_t count)
{
    const SizeClass size = classOf(count);
    if (size.number >= classes)
        return new DependencyKey[count];
    Blocks &all = blocks();
    const std::scoped_lock lock(all.mutex);
    if (Free *block = all.free[size.number]) {
        ASAN_UNPOISON_MEMORY_REGION(block, size.edges * sizeof(DependencyKey));
        all.free[size.number] = block->next;
        return reinterpret_cast<DependencyKey *>(block);
    }
    return reinterpret_cast<DependencyKey *>(all.fresh(size.edges * sizeof(DependencyKey)));
}

void giveBackEdges(DependencyKey *edges, std::uint32_t count) noexcept
{
    const SizeClass size = classOf(count);
    if (size.number >= classes) {
        delete[] edges;
        return;
    }
    letGo(reinterpret_cast<std::byte *>(edges), size.edges * sizeof(DependencyKey));
    Blocks &all = blocks();
    const std::scoped_lock lock(all.mutex);
    all.free[size.number] = new (edges) Free{all.free[size.number]};
    ASAN_POISON_MEMORY_REGION(edges, size.edges * sizeof(DependencyKey)); // so that a late read is still found
}

} // namespace nuages::query::detail
