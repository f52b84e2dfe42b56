#pragma once

#include "tests/benchmarks/lesson/workspace.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace nuages::lesson {

/// How a server with many requests shares an engine that one thread owns.
enum class Way : std::uint8_t {
    Mutex, ///< A mutex is held for a whole request, and for a whole edit.
    EngineEach, ///< Each request has an engine of its own, which reads what it needs.
    Actor, ///< The owner thread does everything in turn.
    Tickets, ///< The product's: the owner writes and never waits, readers on a pool are told to stop and asked again.
    Clones, ///< A handle moves into each task, and the writer waits until all are gone, as Ruff's server does.
};
inline constexpr std::array<std::string_view, 5> ways = {"mutex", "engine-each", "actor", "tickets", "clones"};

std::optional<Way> wayCalled(std::string_view name);

/// Called on any thread when an arrival is dealt with: once for each, unless the server is abandoned before.
using Done = std::function<void(std::size_t arrival, std::uint64_t answer)>;

/// A server without a protocol, around the product's engine. The client is one thread, which is never held up.
class Server
{
public:
    virtual ~Server() = default;
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    virtual void edit(std::size_t arrival, const Edit &edit) = 0;
    virtual void ask(std::size_t arrival, const Question &question) = 0;

    /// What has not begun never will.
    void abandon() { m_isOver.store(true, std::memory_order_relaxed); }

    /// How many attempts at a request an edit has cancelled.
    std::size_t cancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

protected:
    Server() = default;

    bool isOver() const { return m_isOver.load(std::memory_order_relaxed); }
    void countCancelled() { m_cancelled.fetch_add(1, std::memory_order_relaxed); }

private:
    std::atomic<bool> m_isOver = false;
    std::atomic<std::size_t> m_cancelled = 0;
};

/// Returns when it is warm. Its owner thread runs on the first processor, its `threads` readers on all in turn.
std::unique_ptr<Server> makeServer(Way way, const std::shared_ptr<const Subject> &subject, unsigned threads, Done done);

} // namespace nuages::lesson
