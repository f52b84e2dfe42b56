#pragma once

#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/trace/recorder.h"
#include "lsp/server/filetrace.h"
#include "lsp/server/inbox.h"
#include "lsp/server/session.h"
#include "tests/oracle/trace/world.h"

#include <boost/json/value.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::oracle {

/// Each look at it is a microsecond later.
class TickingClock final : public query::Clock
{
public:
    query::Instant now() override { return m_now += 1'000; }
    void advanceTo(query::Instant instant) { m_now = std::max(instant, m_now.load()); }

private:
    std::atomic<query::Instant> m_now{0};
};

/// The disk in memory; a look at a file may be the moment in which something else happens.
class InterruptedDisk final : public source::FileSystem
{
public:
    source::FileState state(const std::string &path) override { return m_memory.state(path); }
    std::unique_ptr<source::OpenFile> open(const std::string &path) override;
    std::optional<std::string> linkTarget(const std::string & /*path*/) override { return std::nullopt; }

    source::MemoryFileSystem &memory() { return m_memory; }

private:
    source::MemoryFileSystem m_memory;
};

/// A request as whoever sent it knows it.
struct AskedRequest {
    std::string method;
    std::string path; ///< Of the document.
    std::optional<std::int32_t> version; ///< Of the document, if it was open.
    trace::Revision revision = 0; ///< The present one when it was sent.
    std::uint32_t line = 0; ///< Of its position.
    std::uint32_t column = 0;
    enum class Reply : std::uint8_t { None, Result, Nothing, Error } reply = Reply::None;
    bool isCancelled = false; ///< It was sent a cancellation.
};

/// A server as the inspector hosts one, without threads, with an editor that does seeded random things, and a project
/// that is on no disk. The same seed gives the same steps and the same events.
class Editor
{
public:
    /// Is given each batch as the recorder made it.
    using Tell = std::function<void(std::shared_ptr<const trace::Batch>)>;

    Editor(std::uint32_t seed, Tell tell);
    ~Editor();

    /// One thing by chance, in words. Some of what follows from it may be left for later.
    std::string step();

    /// All that is left, and all findings of the project.
    void checkAll();

    /// Makes another text of a template, which it opens before if none is open; its path.
    std::string templateToEdit();
    void type(const std::string &path);

    /// Tells all that has happened, as the worker does.
    void take();

    bool isToldFromTheBeginning() const { return m_isToldFromTheBeginning; }

    const World &world() const { return m_world; }
    const query::Engine &engine() const { return m_engine; }
    query::Clock &clock() { return m_clock; }
    trace::Revision revision() const { return m_engine.revision(); }
    const std::map<std::uint64_t, AskedRequest> &asked() const { return m_asked; } ///< By number.
    const std::map<std::string, std::int32_t> &versions() const { return m_versions; } ///< Of open documents.

    /// The findings that the client has, by path, as the server sent them.
    const std::map<std::string, boost::json::value> &published() const { return m_published; }

    /// What is given for the project.
    static project::GivenData given();

    /// All templates of the project, as the list that a check of the project wants.
    static server::Encode listTemplates(query::Reader &db, const server::Question &question);

private:
    void beginTelling();
    void advance();
    void runJob();
    void settle();
    void runSome();
    void post(std::string_view method, const boost::json::value &params);
    void notify(std::string_view method, const boost::json::value &params);
    void hear(const std::string &body);

    std::string writeFile(const std::string &path, const std::string &text);
    void tellOfDisk(const std::vector<std::string> &paths);
    void open(const std::string &path);
    void close(const std::string &path);
    void postChange(const std::string &path);
    std::uint64_t ask(const std::string &path);
    void cancel(std::uint64_t request);
    std::string anyOpen();
    std::string textFor(const std::string &path);
    void interruptNext();

    std::string changeDisk();
    std::string rename();

    Random m_random;
    Tell m_tell;
    World m_world;
    TickingClock m_clock;
    InterruptedDisk m_disk;
    source::Files m_files;
    query::Engine m_engine;
    server::Inbox m_inbox;
    std::deque<query::Pool::Job> m_jobs;
    server::Session m_session;
    std::unique_ptr<trace::Recorder> m_recorder; ///< From some step on, as of a server that is attached to.
    std::unique_ptr<server::FileTrace> m_fileTrace;
    int m_stepsUntold;
    bool m_isToldFromTheBeginning;
    std::map<std::string, std::int32_t> m_versions;
    std::int32_t m_lastVersion = 0;
    std::uint64_t m_lastRequest = 0;
    std::map<std::uint64_t, AskedRequest> m_asked;
    std::map<std::string, boost::json::value> m_published;
};

} // namespace nuages::oracle
