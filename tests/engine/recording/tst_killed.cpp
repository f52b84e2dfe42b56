#include "tests/engine/recording/told.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <random>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

/// In a process of its own: writes the story, and a byte into the pipe for each commit, until it is killed.
[[noreturn]] void writeUntilKilled(const std::string &path, const std::vector<recording::Entry> &told, int pipe,
                                   std::size_t every, std::uint64_t room)
{
    recording::SessionWriter writer(path, about, {.bytes = room, .chunkBytes = 4'096});
    std::size_t count = 0;
    for (const recording::Entry &entry : told) {
        std::visit([&](const auto &thing) { writer.add(thing); }, entry);
        if (++count % every == 0) {
            writer.commit();
            if (::write(pipe, "", 1) != 1)
                break;
        }
    }
    ::_exit(0);
}

/// How many commits had been told of when it was killed, somewhere amid what came next.
std::size_t killAfter(std::size_t commits, std::uint_fast32_t spin, const std::string &path,
                      const std::vector<recording::Entry> &told, std::size_t every, std::uint64_t room)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        qFatal("no pipe");
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        writeUntilKilled(path, told, ends[1], every, room);
    }
    ::close(ends[1]);
    std::size_t seen = 0;
    char byte = 0;
    while (seen < commits && ::read(ends[0], &byte, 1) == 1)
        ++seen;
    for (std::atomic<std::uint_fast32_t> turn = 0; turn < spin;)
        ++turn;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &byte, 1) == 1)
        ++seen;
    ::close(ends[0]);
    return seen;
}

} // namespace

/// A program that is killed while it records.
class TestKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allThatWasCommittedIsThere();
    void alsoWhileTheOldestIsDropped();
};

void TestKilled::allThatWasCommittedIsThere()
{
    std::mt19937 random(11);
    const auto told = story(8, 300);
    for (int round = 0; round < 150; ++round) {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
        const std::size_t every = 1 + random() % 12;
        const std::size_t commits =
            killAfter(1 + random() % (told.size() / every), random() % 200'000, path, told, every, 1ULL << 30);
        const ReadSession session = readSession(path);
        QVERIFY2(session.fault.empty(), session.fault.c_str());
        const QString wrong = difference(told, session.entries, commits * every);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
}

void TestKilled::alsoWhileTheOldestIsDropped()
{
    std::mt19937 random(12);
    const auto told = story(9, 300);
    for (int round = 0; round < 60; ++round) {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
        const std::size_t commits = killAfter(40 + random() % 100, random() % 200'000, path, told, 5, 100'000);
        const ReadSession session = readSession(path);
        QVERIFY2(session.fault.empty(), session.fault.c_str());
        QVERIFY(!session.entries.empty());
        // What comes last is what was committed last, or one commit more.
        const auto at = std::ranges::find_if(
            told, [&](const recording::Entry &entry) { return isSame(entry, session.entries.back()); });
        const auto count = std::size_t(at - told.begin()) + 1;
        QVERIFY2(at != told.end() && count >= commits * 5, qPrintable(QString::number(count)));
    }
}

NUAGES_TEST(TestKilled)
#include "tst_killed.moc"
