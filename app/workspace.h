#pragma once

#include "app/environment.h"

#include "engine/project/project.h"
#include "engine/query/engine.h"
#include "engine/query/pool.h"
#include "engine/query/task.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nuages::app {

/// A text that stands for a file instead of what is on the disk.
struct Overlay {
    std::string path; ///< Absolute and normal.
    std::string text;
};

/// One engine with the projects of an environment in it, and the pool that reads it.
///
/// Belongs to the thread that made it, which alone writes and asks; the answers are computed on the pool.
class Workspace
{
public:
    /// `threads` of 0 stands for one a core.
    Workspace(const Environment &environment, const std::optional<Overlay> &overlay, unsigned threads);

    query::Engine &engine() { return m_engine; }
    project::Given given() const { return m_given; }

    /// The project in which the work begins, and its root.
    project::Project project() const { return m_project; }
    const std::string &root() const { return m_root; }

    unsigned threadCount() const { return m_pool.threadCount(); }

    /// Opens `overlay` in the place of its file: one transaction with this label. Likewise several.
    void edit(std::string_view label, const Overlay &overlay) { edit(label, std::span(&overlay, 1)); }
    void edit(std::string_view label, std::span<const Overlay> overlays);

    /// From now on `fn()` is called between portions of the work, while nobody reads.
    void setBetween(std::function<void()> fn) { m_between = std::move(fn); }

    /// From now on `token` stops the work: what was asked for fails as cancelled.
    void setCancelToken(query::CancelToken token) { m_token = std::move(token); }

    /// Runs `fn(Reader &, item, shared...)` on the pool for each item and waits for all; answers in the order of the
    /// items. `request` is the number that the engine's events carry. Rules for the arguments: query::task().
    template <class F, class Item, class... Shared>
    auto askEach(query::RequestId request, F fn, const std::vector<Item> &items, const Shared &...shared)
    {
        using Value = std::invoke_result_t<F, query::Reader &, Item, Shared...>;
        std::vector<std::optional<query::Outcome<Value>>> slots(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            // Someone waits for the answer, so that the pool keeps no thread back as it does for background work.
            query::Ticket ticket = m_engine.ticket(request, m_token, query::Urgency::Latency);
            m_pool.submit(query::task(std::move(ticket), fn, items[i], shared...),
                          [&slot = slots[i]](query::Outcome<Value> outcome) { slot = std::move(outcome); });
            if (m_between) {
                m_pool.drain();
                m_between();
            }
        }
        m_pool.drain();
        std::vector<query::Outcome<Value>> answers;
        for (auto &slot : slots)
            answers.push_back(std::move(*slot));
        return answers;
    }

    template <class F, class... A>
    auto ask(query::RequestId request, F, const A &...arguments)
    {
        const auto first = []<class... B>(query::Reader &db, bool, B... rest) { return F{}(db, std::move(rest)...); };
        return std::move(askEach(request, first, std::vector<std::uint8_t>{0}, arguments...).front());
    }

private:
    source::DiskFileSystem m_disk;
    source::Files m_files{m_disk};
    query::Engine m_engine;
    project::Given m_given;
    project::Project m_project;
    std::string m_root;
    std::function<void()> m_between;
    query::CancelToken m_token;
    query::Pool m_pool; // Last, so that its threads end before what they read.
};

} // namespace nuages::app
