#include "engine/trace/wire.h"
#include "lsp/inspect/door.h"
#include "tests/engine/query/freeyields.h"
#include "tests/engine/query/seedrows.h"
#include "tests/lsp/inspect/calls.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <format>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace nuages;
using namespace nuages::inspect;

namespace {

constexpr int rowSize = 10;

constexpr int longestWaitMs = 20'000;
constexpr const char *tooSlow = "it reads too slowly";

/// What an inspector sees of one server, from its first word to its last.
class Visit
{
public:
    explicit Visit(Call call) : m_call(std::move(call)) { }

    /// Takes in the next frame; false when the server has hung up, or something is wrong.
    bool goOn()
    {
        const std::optional<Frame> frame = next();
        if (!frame)
            return false;
        if (frame->kind == Kind::Refused) {
            refused = frame->payload;
        } else if (frame->kind == Kind::Batch) {
            const auto batch = trace::decode(frame->payload);
            if (!batch)
                fail(batch.error());
            else if (lastBatch != 0 && batch->revision != lastBatch + 1)
                fail(std::format("batch {} after {}", batch->revision, lastBatch));
            else
                lastBatch = batch->revision;
            ++batches;
        } else if (frame->kind == Kind::Lost) {
            lost += lostIn(frame->payload).value_or(0);
        } else if (const auto message = overheardIn(frame->payload)) {
            if (lastMessage != 0 && message->at != lastMessage + trace::Instant(lost) + 1)
                fail(std::format("message {} after {} and {} lost", message->at, lastMessage, lost));
            lastMessage = message->at;
            lost = 0;
        } else {
            fail("something else is said");
        }
        return failure.empty();
    }

    trace::Revision lastBatch = 0;
    int batches = 0;
    trace::Instant lastMessage = 0; ///< Their number.
    std::uint64_t lost = 0; ///< Since the last one.
    std::string refused;
    std::string failure;

private:
    void fail(std::string why) { failure = failure.empty() ? std::move(why) : failure; }

    std::optional<Frame> next()
    {
        constexpr std::size_t atOnce = 4096;
        auto frame = tests::nextFrame(m_call, longestWaitMs, atOnce);
        if (!frame)
            fail(frame.error());
        return frame ? *std::move(frame) : std::nullopt;
    }

    Call m_call;
};

/// A server that tells as much as it may, on two threads, and inspectors that come and go.
class Meetings
{
public:
    explicit Meetings(std::uint32_t seed)
        : m_random(seed), m_hangsUp(seed % 2 == 0), m_yields(seed),
          m_door({.arrived =
                      [this](Door::Watcher watcher) {
                          const std::scoped_lock lock(m_mutex);
                          m_arrived.push_back(watcher);
                      },
                  .left = [this] { ++m_left; },
                  .hasRoom = [this] { ++m_rooms; }},
                 {.bytes = 3'000})
    {
    }

    /// A sentence about what was wrong; empty if nothing was.
    std::string run()
    {
        const std::string folder = m_folder.path().toStdString();
        const auto process = std::uint64_t(getpid());
        const auto opened =
            m_door.open(folder, {.wire = trace::wireVersion, .process = process, .version = "1", .workspace = "/w"});
        if (!opened)
            return opened.error();
        std::thread teller([this, seed = std::uint32_t(m_random())] { tellBatches(seed); });
        std::thread messenger([this] { tellMessages(); });
        std::optional<Visit> last;
        std::string failure;
        constexpr int visits = 4;
        for (int visit = 0; visit < visits && failure.empty(); ++visit) {
            last.reset(); // And hangs up, or is dead.
            failure = visitOnce(socketPath(folder, process), last);
        }
        m_isOver = true;
        teller.join();
        messenger.join();
        if (!failure.empty())
            return failure;
        std::thread end([this] { m_door.finish(std::chrono::milliseconds(longestWaitMs)); });
        while (last->goOn()) { }
        end.join();
        if (!last->failure.empty() || !last->refused.empty())
            return last->failure;
        if (last->lastBatch != m_lastBatch)
            return std::format("the last batch is {}, and {} was told", m_lastBatch, last->lastBatch);
        if (last->lastMessage != 0 && last->lastMessage + trace::Instant(last->lost) != m_lastMessage)
            return std::format("of {} messages {} are told, and {} lost", m_lastMessage, last->lastMessage, last->lost);
        return {};
    }

private:
    /// The owner of a server: begins with whoever comes, and waits when it is told to.
    void tellBatches(std::uint32_t seed)
    {
        std::mt19937 random(seed);
        while (!m_isOver) {
            std::vector<Door::Watcher> arrived;
            {
                const std::scoped_lock lock(m_mutex);
                arrived = std::exchange(m_arrived, {});
            }
            for (const Door::Watcher watcher : arrived)
                m_door.begin(watcher);
            if (!m_door.isWatched()) {
                std::this_thread::yield();
                continue;
            }
            const int rooms = m_rooms;
            const int left = m_left;
            const bool hasRoom = m_door.tell(tests::batchOf(++m_lastBatch, random() % 4 == 0 ? 2'000 : 10));
            if (!hasRoom && m_hangsUp)
                m_door.hangUp(tooSlow);
            while (!hasRoom && m_rooms == rooms && m_left == left && !m_isOver)
                std::this_thread::yield();
        }
    }

    void tellMessages()
    {
        while (!m_isOver) {
            if (m_door.isWatched())
                m_door.overhear(true, ++m_lastMessage, "a message");
            std::this_thread::yield();
        }
    }

    std::string visitOnce(const std::string &path, std::optional<Visit> &visit)
    {
        constexpr int frames = 20'000; // Many times what it takes.
        int batches = 2 + int(m_random() % 6); // To be seen, whether or not it is hung up on meanwhile.
        for (int seen = 0; seen < frames; ++seen) {
            if (!visit) {
                auto made = call(path);
                if (!made || !beginToWatch(*made))
                    return made ? "the server does not listen" : made.error();
                visit.emplace(*std::move(made));
            }
            if (m_random() % 8 == 0)
                std::this_thread::yield();
            const int before = visit->batches;
            const bool goesOn = visit->goOn();
            batches -= visit->batches - before;
            if (goesOn && batches <= 0)
                return {};
            if (!visit->failure.empty())
                return visit->failure;
            if (!visit->refused.empty() && visit->refused != tooSlow
                && visit->refused != "another inspector looks at this server already")
                return visit->refused;
            if (!visit->refused.empty())
                visit.reset(); // And calls again.
        }
        return "batches have stopped";
    }

    QTemporaryDir m_folder;
    std::mt19937 m_random;
    bool m_hangsUp;
    std::atomic<bool> m_isOver = false;
    std::atomic<int> m_left = 0;
    std::atomic<int> m_rooms = 0;
    trace::Revision m_lastBatch = 0; ///< That was told; the teller's.
    trace::Instant m_lastMessage = 0; ///< The messenger's.
    std::mutex m_mutex;
    std::vector<Door::Watcher> m_arrived; ///< m_mutex
    tests::FreeYields m_yields;
    Door m_door; // last: its thread uses the above
};

} // namespace

/// A door and those who come to it, under many schedules.
class TestMeetings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void eachIsToldAllInOrder_data();
    void eachIsToldAllInOrder();
};

void TestMeetings::eachIsToldAllInOrder_data() { tests::addSeedRows(rowSize); }

void TestMeetings::eachIsToldAllInOrder()
{
    tests::runSeeds([](std::uint32_t seed) { return Meetings(seed).run(); });
}

NUAGES_TEST(TestMeetings)
#include "tst_meetings.moc"
