#pragma once

#include "engine/recording/sessionwriter.h"
#include "engine/trace/store.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

namespace nuages::recording {

/// Keeps a session in a file, on a thread of its own: whoever adds something never waits.
class Recording
{
public:
    using Result = std::expected<void, std::string>;

    /// `failed` is called on that thread with a sentence, at most once: nothing is recorded after that.
    Recording(std::string path, About about, SessionWriter::Limits limits, std::function<void(std::string)> failed);

    /// Waits until all is in the file.
    ~Recording();

    const std::string &path() const { return m_path; }

    void add(std::shared_ptr<const trace::Batch> batch);
    void add(Message message);

    /// Writes all that was added so far into another file as well, and calls `done` on the thread of the recording.
    void copyTo(std::string path, std::function<void(Result)> done);

    /// Reads what happened in a revision, and calls `done` with it on the thread of the recording; with nothing if that
    /// cannot be.
    void readBack(trace::Revision revision, std::function<void(trace::RevisionEvents)> done);

    /// Waits until what was added so far stays.
    void flush();

private:
    struct Copy {
        std::string path;
        std::function<void(Result)> done;
    };
    struct ReadBack {
        trace::Revision revision = 0;
        std::function<void(trace::RevisionEvents)> done;
    };
    using Thing = std::variant<std::shared_ptr<const trace::Batch>, Message, Copy, ReadBack>;

    void put(Thing thing);
    void run();
    void write(SessionWriter &writer, std::vector<Thing> things);

    std::string m_path;
    About m_about;
    SessionWriter::Limits m_limits;
    std::function<void(std::string)> m_failed;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Thing> m_waiting; // m_mutex
    int m_awaiting = 0; // m_mutex; so many wait, so it is written at once
    bool m_isAsked = false; // m_mutex; likewise for something that waits
    bool m_isEnding = false; // m_mutex
    bool m_isIdle = false; // m_mutex; all that was taken stays
    std::thread m_thread; // last
};

} // namespace nuages::recording
