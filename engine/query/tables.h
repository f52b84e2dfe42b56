#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace nuages::query::detail {

inline constexpr std::uint32_t maxTables = 512;

template <class T>
inline constinit std::atomic<std::uint32_t> tableNumber{0};

/// Gives `slot` a number unless it has one, and returns it. Thread-safe; aborts with a sentence beyond maxTables.
std::uint32_t numberTable(std::atomic<std::uint32_t> &slot);

/// One object of each type, found by two loads; numbers are given to types on first use.
///
/// Thread-safe but for attach(), which comes before the first reader.
class Tables
{
public:
    Tables();
    Tables(const Tables &) = delete;
    Tables &operator=(const Tables &) = delete;

    /// The engine's own object of type T, made on first use.
    template <class T>
    T &get()
    {
        const std::uint32_t number = numberOf<T>();
        if (void *found = m_objects[number].load(std::memory_order_acquire)) [[likely]]
            return *static_cast<T *>(found);
        std::scoped_lock lock(m_making);
        if (void *found = m_objects[number].load(std::memory_order_relaxed))
            return *static_cast<T *>(found);
        auto owned = std::make_shared<T>();
        m_owned.push_back(owned);
        m_objects[number].store(owned.get(), std::memory_order_release);
        return *owned;
    }

    /// The object of type T that was attached; null if none was.
    template <class T>
    T *attached() const
    {
        return static_cast<T *>(m_objects[numberOf<Attached<T>>()].load(std::memory_order_acquire));
    }

    template <class T>
    void attach(T &object)
    {
        m_objects[numberOf<Attached<T>>()].store(&object, std::memory_order_release);
    }

private:
    template <class T>
    struct Attached;

    template <class T>
    static std::uint32_t numberOf()
    {
        const std::uint32_t number = tableNumber<T>.load(std::memory_order_relaxed);
        return number ? number : numberTable(tableNumber<T>);
    }

    std::unique_ptr<std::atomic<void *>[]> m_objects;
    std::mutex m_making; // guards m_owned and first use of a type
    std::vector<std::shared_ptr<void>> m_owned;
};

} // namespace nuages::query::detail
