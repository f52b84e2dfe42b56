#pragma once

#include "engine/query/keynumber.h"

#include <cstddef>
#include <functional>

namespace nuages::query::detail {

/// A table of keys, whatever they are made of, for those who forget them.
class KeyStore
{
public:
    static constexpr unsigned shardBits = 4;
    static constexpr unsigned shardCount = 1u << shardBits;

    using Unused = std::function<bool(std::uint32_t number)>;
    using Forgotten = std::function<void(std::uint32_t place, std::uint32_t nextGeneration)>;

    /// How many places there are, those of forgotten keys included.
    virtual std::uint32_t places() const = 0;

    /// Forgets the keys of one shard that are unused, tells of each, and returns how many they were. Only while no
    /// reader is open. May throw std::bad_alloc; then nothing has happened.
    virtual std::size_t forgetUnused(unsigned shard, const Unused &isUnused, const Forgotten &forgotten) = 0;

protected:
    ~KeyStore() = default;
};

} // namespace nuages::query::detail
