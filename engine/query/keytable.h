#pragma once

#include "engine/query/keyhash.h"
#include "engine/query/keystore.h"
#include "engine/query/rows.h"
#include "engine/query/yieldpoint.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <type_traits>
#include <vector>

namespace nuages::query::detail {

/// Gives equal values one number, and keeps them until they are forgotten: the table behind Interned and, with another
/// `Use`, behind keys of several parts.
///
/// Thread-safe, but for what KeyStore says. Looking up a value that is there takes no lock; adding one locks a shard.
/// An index of a shard that was outgrown is kept as long as a reader may be probing it; all of them together are
/// smaller than the last.
template <class V, class Use = void>
class KeyTable final : public KeyStore
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
            if (const std::uint64_t found = probe(*index, hash, value))
                return numberIn(found);
        }
        return addOrTell(shard, hash, value, onThrow);
    }

    /// The value of a number that was given; aborts with a sentence if none was, or if the value was forgotten.
    const V &operator[](std::uint32_t number)
    {
        if (!has(number)) [[unlikely]]
            noSuchHandle();
        return m_values[placeOf(number)];
    }

    bool has(std::uint32_t number) const
    {
        return m_values.has(placeOf(number)) && generationAt(placeOf(number)) == generationOf(number);
    }

    std::uint32_t places() const override { return m_values.size(); }

    std::size_t forgetUnused(unsigned shardNumber, const Unused &isUnused, const Forgotten &forgotten) override
    {
        Shard &shard = m_shards[shardNumber];
        const Index *old = shard.index.load(std::memory_order_relaxed);
        if (!old)
            return 0;
        std::vector<std::uint64_t> kept;
        std::vector<std::uint32_t> gone;
        for (std::size_t at = 0; at <= old->mask; ++at) {
            const std::uint64_t slot = old->slots[at].load(std::memory_order_relaxed);
            if (slot == 0)
                continue;
            if (isUnused(numberIn(slot)))
                gone.push_back(placeOf(numberIn(slot)));
            else
                kept.push_back(slot);
        }
        if (gone.empty())
            return 0;
        std::vector<std::unique_ptr<Index>> indexes;
        indexes.push_back(std::make_unique<Index>(capacityFor(kept.size())));
        for (const std::uint64_t slot : kept)
            insert(*indexes.back(), slot);
        m_free.reserve(m_free.size() + gone.size());
        m_generations.resize(m_values.size());
        // Nothing from here on can fail.
        shard.index.store(indexes.back().get(), std::memory_order_release);
        shard.indexes.swap(indexes);
        for (const std::uint32_t place : gone) {
            const std::uint32_t next = generationAt(place) + (NUAGES_MUTATED(KeptCollectedKey) ? 0 : 1);
            m_generations[place] = static_cast<std::uint8_t>(next);
            forgotten(place, next);
            if (next < lastGeneration)
                m_free.push_back(place);
        }
        return gone.size();
    }

private:
    static_assert(shardCount == std::size_t(1) << shardBits);

    /// Open addressing; a slot holds the upper half of the hash and the number plus one, or 0. A value's place follows
    /// from the upper half too, so that an index is made from another without the values.
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

    static constexpr std::size_t leastCapacity = 32; // slots of a shard; 4 KiB for a table with a key in each
    static constexpr std::uint64_t upperHalf = 0xFFFFFFFF00000000u;

    static std::uint64_t slotFor(std::size_t hash, std::uint32_t number)
    {
        return (hash & upperHalf) | (std::uint64_t(number) + 1);
    }
    static std::uint32_t numberIn(std::uint64_t slot) { return static_cast<std::uint32_t>(slot) - 1; }

    static std::size_t capacityFor(std::size_t count)
    {
        std::size_t capacity = leastCapacity;
        while (count * 2 >= capacity - 1)
            capacity *= 2;
        return capacity;
    }

    std::uint32_t generationAt(std::uint32_t place) const
    {
        return place < m_generations.size() ? m_generations[place] : 0;
    }

    template <class Form>
    std::uint64_t probe(const Index &index, std::size_t hash, const Form &value)
    {
        for (std::size_t at = hash >> 32;; ++at) {
            const std::uint64_t slot = index.slots[at & index.mask].load(std::memory_order_acquire);
            if (slot == 0)
                return 0;
            if ((slot & upperHalf) == (hash & upperHalf) && m_values[placeOf(numberIn(slot))] == value)
                return slot;
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
            if (const std::uint64_t found = probe(*index, hash, value))
                return numberIn(found);
        }
        if (!index || index->used * 2 >= index->mask)
            index = grow(shard, index);
        const std::uint32_t number = keep(V(value));
        insert(*index, slotFor(hash, number));
        return number;
    }

    /// Keeps the value where one was that is forgotten, or at a new place: what may fail to move takes no other's.
    std::uint32_t keep(V &&value)
    {
        std::scoped_lock lock(m_keeping);
        if constexpr (std::is_nothrow_move_constructible_v<V>) {
            if (!m_free.empty()) {
                const std::uint32_t place = m_free.back();
                m_free.pop_back();
                std::destroy_at(&m_values[place]);
                std::construct_at(&m_values[place], std::move(value));
                return keyNumber(place, generationAt(place));
            }
        }
        return m_values.append(std::move(value));
    }

    static void insert(Index &index, std::uint64_t slot)
    {
        std::size_t at = slot >> 32;
        while (index.slots[at & index.mask].load(std::memory_order_relaxed) != 0)
            ++at;
        index.slots[at & index.mask].store(slot, std::memory_order_release);
        ++index.used;
    }

    Index *grow(Shard &shard, const Index *old)
    {
        auto fresh = std::make_unique<Index>(old ? (old->mask + 1) * 2 : leastCapacity);
        for (std::size_t at = 0; old && at <= old->mask; ++at) {
            if (const std::uint64_t slot = old->slots[at].load(std::memory_order_relaxed))
                insert(*fresh, slot);
        }
        shard.indexes.push_back(std::move(fresh));
        shard.index.store(shard.indexes.back().get(), std::memory_order_release);
        return shard.indexes.back().get();
    }

    std::array<Shard, shardCount> m_shards;
    Rows<V> m_values;
    std::vector<std::uint8_t> m_generations; ///< Of the places that there were when values were forgotten last.
    std::mutex m_keeping; // guards m_free and the making of rows, for all shards
    std::vector<std::uint32_t> m_free; ///< Places whose values are forgotten.
};

} // namespace nuages::query::detail
