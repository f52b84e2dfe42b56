#pragma once

#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "lsp/server/inbox.h"
#include "lsp/server/session.h"
#include "tests/support/givenproject.h"

#include <boost/json/value.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// Time stands still until the test moves it.
class HeldClock final : public query::Clock
{
public:
    query::Instant now() override { return m_now.load(); }
    void advanceTo(query::Instant instant) { m_now = std::max(instant, m_now.load()); }

private:
    std::atomic<query::Instant> m_now{0};
};

/// A whole server without threads: its client is the test, and jobs run when the test says so.
///
/// It speaks to the session through the inbox, in framed bytes, as a pipe would, and holds what comes back against the
/// protocol's model.
class SessionRig
{
public:
    explicit SessionRig(std::span<const server::Feature> features, server::Find findDiagnostics,
                        project::GivenData given = givenAt("/p"), server::Find warmUp = nullptr,
                        server::DiskWatch *watch = nullptr, server::Find listTemplates = nullptr);

    source::MemoryFileSystem &disk() { return m_disk; }
    query::Engine &engine() { return m_engine; }
    const server::Session &session() const { return m_session; }

    /// Sends a message and lets the session take it.
    void notify(std::string_view method, boost::json::value params);
    std::int64_t request(std::string_view method, boost::json::value params);
    void sendBytes(std::string_view bytes);

    // A message that the session takes later, with advance().
    void post(std::string_view method, const boost::json::value &params);
    std::int64_t postRequest(std::string_view method, const boost::json::value &params);
    void advance() { m_session.advance(); }
    void watch(trace::Recorder *recorder) { m_session.watch(recorder); }
    void see(const server::DiskWatch::Changes &changes) { m_session.see(changes); }

    /// Posts an edit while a job runs, and lets the grace of the job's reader run out. For the job itself to call.
    void interrupt(std::string_view method, const boost::json::value &params);
    void close();

    /// The client's first messages. `capabilities` as in initialize.
    void initialize(boost::json::value capabilities = boost::json::object());
    void open(std::string_view uri, std::string_view text, std::int32_t version = 1);
    void cancel(std::int64_t id) { notify("$/cancelRequest", {{"id", id}}); }

    /// Moves the engine's clock on, and does what Worker's timer would do.
    void pass(query::Instant time);

    std::size_t waitingJobs() const { return m_jobs.size(); }
    void runJob(); ///< The oldest one; the session takes its result.
    void runJobUnheard(); ///< The oldest one; the session takes its result later.
    void runAllJobs(); ///< And those that follow from them.

    /// All that the server sent since the last call, decoded.
    std::vector<boost::json::value> takeSent();

    /// The one reply to `id` among `sent`; null if there is none, and a failed test if there are several.
    static const boost::json::value *replyTo(std::int64_t id, const std::vector<boost::json::value> &sent);

private:
    void take(boost::json::value message);

    source::MemoryFileSystem m_disk;
    source::Files m_files;
    HeldClock m_clock;
    query::Engine m_engine;
    server::Inbox m_inbox;
    std::deque<query::Pool::Job> m_jobs;
    std::vector<boost::json::value> m_sent;
    std::map<std::int64_t, std::string> m_asked; ///< Methods of the requests.
    server::Session m_session;
    std::int64_t m_lastId = 0;
};

} // namespace nuages::tests
