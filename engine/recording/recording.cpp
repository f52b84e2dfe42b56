#include "engine/recording/recording.h"

#include "engine/query/yieldpoint.h"
#include "engine/recording/sessionreader.h"

#include <chrono>
#include <utility>

namespace nuages::recording {

namespace {

/// From the first thing that waits to the commit: what a kill may lose.
constexpr std::chrono::milliseconds pause(500);

} // namespace

Recording::Recording(std::string path, About about, SessionWriter::Limits limits,
                     std::function<void(std::string)> failed)
    : m_path(std::move(path)), m_about(std::move(about)), m_limits(limits), m_failed(std::move(failed)),
      m_thread([this] { run(); })
{
}

Recording::~Recording()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    NUAGES_YIELD("a recording ends");
    m_changed.notify_all();
    m_thread.join();
}

void Recording::put(Thing thing)
{
    NUAGES_YIELD("put into a recording");
    {
        const std::scoped_lock lock(m_mutex);
        m_isAsked |= std::holds_alternative<Copy>(thing) || std::holds_alternative<ReadBack>(thing);
        m_waiting.push_back(std::move(thing));
    }
    NUAGES_YIELD("put, and nobody told");
    m_changed.notify_all();
}

void Recording::add(std::shared_ptr<const trace::Batch> batch) { put(std::move(batch)); }

void Recording::add(Message message) { put(std::move(message)); }

void Recording::copyTo(std::string path, std::function<void(Result)> done)
{
    put(Copy{std::move(path), std::move(done)});
}

void Recording::readBack(trace::Revision revision, std::function<void(trace::RevisionEvents)> done)
{
    put(ReadBack{revision, std::move(done)});
}

void Recording::flush()
{
    NUAGES_YIELD("flush a recording");
    std::unique_lock lock(m_mutex);
    ++m_awaiting;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_waiting.empty() && m_isIdle; });
    --m_awaiting;
}

void Recording::run()
{
    SessionWriter writer(m_path, m_about, m_limits);
    write(writer, {}); // a file that cannot be made is told at once
    for (bool isEnding = false; !isEnding;) {
        std::unique_lock lock(m_mutex);
        m_isIdle = true;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
        m_changed.wait_for(lock, pause, [this] { return m_isEnding || m_awaiting > 0 || m_isAsked; });
        std::vector<Thing> things = std::exchange(m_waiting, {});
        m_isAsked = false;
        isEnding = m_isEnding;
        m_isIdle = false;
        lock.unlock();
        NUAGES_YIELD("taken, and not written");
        write(writer, std::move(things));
    }
    writer.end();
}

void Recording::write(SessionWriter &writer, std::vector<Thing> things)
{
    struct Add {
        SessionWriter &writer;
        const std::string &path;
        void operator()(const std::shared_ptr<const trace::Batch> &batch) const { writer.add(*batch); }
        void operator()(const Message &message) const { writer.add(message); }
        void operator()(const Copy &copy) const
        {
            writer.commit();
            copy.done(copySession(path, copy.path));
        }
        void operator()(const ReadBack &asked) const
        {
            writer.commit();
            trace::RevisionEvents happened;
            if (auto reader = SessionReader::open(path))
                happened = reader->happenedIn(asked.revision).value_or(trace::RevisionEvents());
            asked.done(std::move(happened));
        }
    };
    for (const Thing &thing : things) {
        std::visit(Add{writer, m_path}, thing);
        NUAGES_YIELD("written, and not committed");
    }
    writer.commit();
    if (const auto fault = writer.fault(); fault && m_failed)
        std::exchange(m_failed, nullptr)(*fault);
}

} // namespace nuages::recording
