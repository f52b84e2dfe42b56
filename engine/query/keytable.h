#pragma once

#include "engine/query/keyhash.h"
#include "engine/query/rows.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace nuages::query::detail {

/// Gives equal values one small number, and keeps them: the table behind Interned and behind keys of several parts.
///
/// Thread-safe. Looking up a value that is there takes no lock; adding one locks a shard. An index of a shard that
/// was outgrown is kept until the table dies, because a reader may still be probing it; all of them together are
/// smaller than the last.
template <class V>
class KeyTable
{
    struct Nothing {
        void operator()() const { }
    };

public:
    /// The number of the value equal to `value`, which may be a borrowed form of it, as a view is of a string. If it is
    /// new and cannot be kept, calls `onThrow()` and throws.
    template <class Form, class OnThrow = Nothing>
    std::uint32_t numberOf(const Form &value, OnThrow onThrow = {})
    {
        const std::size_t hash = hashKey(value);
        Shard &shard = m_shards[hash >> (sizeof(hash) * 8 - shardBits)];
        if (const Index *index = shard.index.load(std::memory_order_acquire)) {
            if (const std::uint32_t found = probe(*index, hash, value))
                return found - 1;
        }
        return addOrTell(shard, hash, value, onThrow);
    }

    /// The value of a number that was given; aborts with a sentence if none was.
    const V &operator[](std::uint32_t number) { return m_values.at(number); }

    bool has(std::uint32_t number) const { return m_values.has(number); }
    std::uint32_t size() const { return m_values.size(); }

private:
    static constexpr unsigned shardBits = 4;

    /// Open addressing; a slot holds the upper half of the hash and the number plus one, or 0.
    struct Index {
        explicit Index(std::size_t capacity) : slots(new std::atomic<std::uint64_t>[capacity]()), mask(capacity - 1) { }
        std::unique_ptr<std::atomic<std::uint64_t>[]> slots;
        std::size_t mask;
        std::size_t used = 0; // guarded by the shard's mutex
    };
    struct alignas(64) Shard {
        std::atomic<Index *> index{nullptr};
        std::mutex adding; // guards the indexes and every store to a slot
        std::vector<std::unique_ptr<Index>> indexes;
    };

    static std::uint64_t slotFor(std::size_t hash, std::uint32_t number)
    {
        return (hash & 0xFFFFFFFF00000000u) | (std::uint64_t(number) + 1);
    }

    template <class Form>
    std::uint32_t probe(const Index &index, std::size_t hash, const Form &value)
    {
        for (std::size_t at = hash;; ++at) {
            const std::uint64_t slot = index.slots[at & index.mask].load(std::memory_order_acquire);
            if (slot == 0)
                return 0;
            if ((slot >> 32) == (hash >> 32) && m_values[static_cast<std::uint32_t>(slot) - 1] == value)
                return static_cast<std::uint32_t>(slot);
        }
    }

    // Out of the way of a look-up that finds its value.
    template <class Form, class OnThrow>
    [[gnu::noinline]] std::uint32_t addOrTell(Shard &shard, std::size_t hash, const Form &value, OnThrow onThrow)
    {
        try {
            return add(shard, hash, value);
        } catch (...) {
            onThrow();
            throw;
        }
    }

    template <class Form>
    std::uint32_t add(Shard &shard, std::size_t hash, const Form &value)
    {
        std::scoped_lock lock(shard.adding);
        Index *index = shard.index.load(std::memory_order_relaxed);
        if (index) {
            if (const std::uint32_t found = probe(*index, hash, value))
                return found - 1;
        }
        if (!index || index->used * 2 >= index->mask)
            index = grow(shard, index);
        const std::uint32_t number = m_values.append(V(value));
        insert(*index, hash, slotFor(hash, number));
        return number;
    }

    static void insert(Index &index, std::size_t hash, std::uint64_t slot)
    {
        std::size_t at = hash;
        while (index.slots[at & index.mask].load(std::memory_order_relaxed) != 0)
            ++at;
        index.slots[at & index.mask].store(slot, std::memory_order_release);
        ++index.used;
    }

    Index *grow(Shard &shard, const Index *old)
    {
        auto fresh = std::make_unique<Index>(old ? (old->mask + 1) * 2 : 16);
        if (old) {
            for (std::size_t at = 0; at <= old->mask; ++at) {
                if (const std::uint64_t slot = old->slots[at].load(std::memory_order_relaxed))
                    insert(*fresh, hashKey(m_values[static_cast<std::uint32_t>(slot) - 1]), slot);
            }
        }
        shard.indexes.push_back(std::move(fresh));
        shard.index.store(shard.indexes.back().get(), std::memory_order_release);
        return shard.indexes.back().get();
    }

    std::array<Shard, std::size_t(1) << shardBits> m_shards;
    Rows<V> m_values;
};

} // namespace nuages::query::detail
