#include "engine/recording/recording.h"
#include "tests/engine/query/freeyields.h"
#include "tests/engine/query/seedrows.h"
#include "tests/engine/recording/told.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <format>
#include <future>
#include <iterator>
#include <mutex>
#include <random>
#include <thread>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int rowSize = 25;

/// Those of one kind, as text.
template <class Kind>
std::vector<recording::Entry> only(const std::vector<recording::Entry> &entries)
{
    std::vector<recording::Entry> found;
    std::ranges::copy_if(entries, std::back_inserter(found),
                         [](const recording::Entry &entry) { return std::holds_alternative<Kind>(entry); });
    return found;
}

/// Several threads that add to one recording, and want things of it meanwhile.
class Crowd
{
public:
    Crowd(const std::vector<recording::Entry> &told, std::uint32_t seed)
        : m_batches(only<trace::Batch>(told)), m_messages(only<recording::Message>(told)), m_whole(storeOf(told)),
          m_seed(seed), m_yields(seed), m_path(m_folder.filePath(u"s.nuages"_s).toStdString())
    {
    }

    /// A sentence about what was wrong; empty if nothing was.
    std::string run()
    {
        std::atomic<int> faults = 0;
        {
            recording::Recording recording(m_path, about, {.chunkBytes = 4'096},
                                           [&](const std::string &) { ++faults; });
            std::thread batches([&] { addBatches(recording); });
            std::thread messages([&] { addMessages(recording); });
            std::thread reader([&] { readBack(recording); });
            batches.join();
            messages.join();
            reader.join();
        }
        if (m_answers != m_questions || faults > 0)
            return std::format("{} of {} answers, {} faults", m_answers.load(), m_questions.load(), faults.load());
        const ReadSession session = readSession(m_path);
        if (!session.fault.empty())
            return session.fault;
        if (const QString wrong = difference(m_batches, only<trace::Batch>(session.entries), m_batches.size());
            !wrong.isEmpty())
            return wrong.toStdString();
        return difference(m_messages, only<recording::Message>(session.entries), m_messages.size()).toStdString()
            + m_failure;
    }

private:
    void addBatches(recording::Recording &recording)
    {
        std::mt19937 random(m_seed);
        for (std::size_t at = 0; at < m_batches.size(); ++at) {
            recording.add(std::make_shared<const trace::Batch>(std::get<trace::Batch>(m_batches[at])));
            m_added = at + 1;
            if (random() % 8 != 0)
                continue;
            recording.flush();
            const auto found = only<trace::Batch>(readSession(m_path).entries);
            if (const QString wrong = difference(m_batches, found, at + 1); !wrong.isEmpty())
                fail("after a flush: " + wrong.toStdString());
        }
    }

    void addMessages(recording::Recording &recording)
    {
        std::mt19937 random(m_seed + 1);
        for (std::size_t at = 0; at < m_messages.size(); ++at) {
            recording.add(std::get<recording::Message>(m_messages[at]));
            if (random() % 8 != 0)
                continue;
            const std::string copy = m_folder.filePath(u"copy%1.nuages"_s.arg(at)).toStdString();
            ++m_questions;
            recording.copyTo(copy, [this, copy, at](const recording::Recording::Result &result) {
                ++m_answers;
                const auto found = only<recording::Message>(readSession(copy).entries);
                const QString wrong =
                    result ? difference(m_messages, found, at + 1) : QString::fromStdString(result.error());
                if (!wrong.isEmpty())
                    fail("in a copy: " + wrong.toStdString());
            });
        }
    }

    void readBack(recording::Recording &recording)
    {
        std::mt19937 random(m_seed + 2);
        for (int question = 0; question < 6; ++question) {
            const std::size_t added = m_added;
            if (added < 2) {
                std::this_thread::yield();
                continue;
            }
            // What was told in its batch, and in those after it that came before the answer.
            const trace::Revision revision = std::get<trace::Batch>(m_batches[random() % (added - 1)]).revision;
            ++m_questions;
            std::promise<trace::RevisionEvents> done;
            recording.readBack(revision, [&](trace::RevisionEvents happened) {
                ++m_answers;
                done.set_value(std::move(happened));
            });
            const trace::RevisionEvents happened = done.get_future().get();
            const std::vector<trace::Execution> all = m_whole.executions(revision);
            if (happened.executions.size() > all.size() || (happened.executions.empty() && !all.empty()))
                fail(std::format("{} things of {} in revision {}", happened.executions.size(), all.size(), revision));
            for (const trace::Execution &each : happened.executions) {
                if (!std::ranges::contains(all, each))
                    fail("something else is read back");
            }
        }
    }

    void fail(const std::string &why)
    {
        const std::scoped_lock lock(m_mutex);
        m_failure = m_failure.empty() ? why : m_failure;
    }

    std::vector<recording::Entry> m_batches;
    std::vector<recording::Entry> m_messages;
    trace::Store m_whole;
    std::uint32_t m_seed;
    FreeYields m_yields;
    QTemporaryDir m_folder;
    std::string m_path;
    std::atomic<std::size_t> m_added = 0; ///< Batches.
    std::atomic<int> m_questions = 0;
    std::atomic<int> m_answers = 0;
    std::mutex m_mutex;
    std::string m_failure; ///< m_mutex
};

} // namespace

/// The thread that writes and those who add, under many schedules.
class TestRecordingSeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsAddedStaysInOrder_data();
    void whatIsAddedStaysInOrder();
};

void TestRecordingSeeds::whatIsAddedStaysInOrder_data() { addSeedRows(rowSize); }

void TestRecordingSeeds::whatIsAddedStaysInOrder()
{
    static const auto told = story(6, 20);
    runSeeds([](std::uint32_t seed) { return Crowd(told, seed).run(); });
}

NUAGES_TEST(TestRecordingSeeds)
#include "tst_recordingseeds.moc"
