#include "engine/trace/wire.h"
#include "lsp/inspect/door.h"
#include "tests/lsp/inspect/calls.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::inspect;
using tests::batchOf;

namespace {

constexpr int patienceMs = 10'000;

std::optional<uid_t> another(int fd) { return *userAt(fd) + 1; }

/// A door in a folder of its own, and what it has said to its server.
class Opened
{
public:
    explicit Opened(Door::Limits limits = {}, Door::UserAt userAt = inspect::userAt)
        : m_door({.arrived = [this](Door::Watcher watcher) { arrived = watcher; },
                  .left = [this] { ++left; },
                  .hasRoom = [this] { ++rooms; }},
                 limits, userAt)
    {
    }

    void open(std::uint64_t process = std::uint64_t(getpid()))
    {
        const auto opened = m_door.open(
            folder(), {.wire = trace::wireVersion, .process = process, .since = 5, .version = "1", .workspace = "/w"});
        if (!opened)
            qFatal("%s", opened.error().c_str());
    }
    std::string folder() const { return m_folder.path().toStdString(); }
    std::string path() const { return socketPath(folder(), std::uint64_t(getpid())); }
    Door &door() { return m_door; }

    std::atomic<Door::Watcher> arrived = 0;
    std::atomic<int> left = 0;
    std::atomic<int> rooms = 0;

private:
    QTemporaryDir m_folder;
    Door m_door; // last: its thread uses the above
};

/// The next frame; nullopt when the server has hung up, or says nothing.
std::optional<Frame> next(Call &call)
{
    constexpr std::size_t atOnce = 65536;
    return tests::nextFrame(call, patienceMs, atOnce).value_or(std::nullopt);
}

template <class Condition>
bool comes(Condition condition)
{
    return QTest::qWaitFor(condition, patienceMs);
}

trace::Revision revisionIn(const std::optional<Frame> &frame)
{
    if (!frame || frame->kind != Kind::Batch)
        return 0;
    const auto batch = trace::decode(frame->payload);
    return batch ? batch->revision : 0;
}

} // namespace

class TestDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void everyoneIsToldWhoTheServerIs();
    void whoWatchesIsToldFromBeginOn();
    void thePastOfOneWatcherIsNotToldToTheNext();
    void aSecondWatcherIsRefused();
    void aProcessOfAnotherUserIsRefused();
    void aProcessThatHasBecomeAnotherUserIsRefused();
    void aWatcherThatReadsNothingCostsBoundedMemory();
    void messagesAloneAreBoundedToo();
    void theFirstWatcherGetsWhatCameBefore();
    void aCallerThatTalksNonsenseIsHungUpOn();
    void callersAreLimited();
    void socketsOfKilledServersAreRemovedAndOthersStay();
    void aSocketThatIsSeenCanBeCalled();
    void itsLastWordsAreHeard();
    void whoIsHungUpOnIsToldWhy();
};

void TestDoor::everyoneIsToldWhoTheServerIs()
{
    Opened opened;
    opened.open();
    const std::vector<Greeting> servers = runningServers(opened.folder());
    QCOMPARE(servers.size(), 1u);
    QCOMPARE(servers[0].process, std::uint64_t(getpid()));
    QCOMPARE(servers[0].workspace, "/w");
    QCOMPARE(servers[0].since, 5);
    QVERIFY(!whyNotReadable(servers[0]));
    QCOMPARE(opened.arrived, 0u); // To be asked is not to be watched.
    Greeting other = servers[0];
    other.wire += 1;
    QVERIFY(whyNotReadable(other));
}

void TestDoor::whoWatchesIsToldFromBeginOn()
{
    Opened opened;
    opened.open();
    QVERIFY(opened.door().tell(batchOf(1)));
    auto made = call(opened.path());
    QVERIFY2(made, made ? "" : made.error().c_str());
    QVERIFY(beginToWatch(*made));
    QVERIFY(comes([&] { return opened.arrived == 1u; }));
    QVERIFY(opened.door().tell(batchOf(2)));
    opened.door().begin(1);
    QVERIFY(opened.door().tell(batchOf(3)));
    opened.door().overhear(true, 9, "{}");
    QCOMPARE(revisionIn(next(*made)), 3u);
    const auto message = next(*made);
    QVERIFY(message && overheardIn(message->payload) == (Overheard{true, 9, "{}"}));
    QVERIFY(opened.door().show());
    QCOMPARE(next(*made).value_or(Frame()).kind, Kind::Show);
}

void TestDoor::thePastOfOneWatcherIsNotToldToTheNext()
{
    Opened opened;
    opened.open();
    auto first = call(opened.path());
    QVERIFY(first && beginToWatch(*first));
    QVERIFY(comes([&] { return opened.arrived == 1u; }));
    opened.door().begin(1);
    first->socket.reset();
    QVERIFY(comes([&] { return opened.left == 1; }));
    QVERIFY(!opened.door().isWatched());
    auto second = call(opened.path());
    QVERIFY(second && beginToWatch(*second));
    QVERIFY(comes([&] { return opened.arrived == 2u; }));
    opened.door().begin(1); // The server is late: that one has gone.
    QVERIFY(opened.door().tell(batchOf(7)));
    opened.door().begin(2);
    QVERIFY(opened.door().tell(batchOf(8)));
    QCOMPARE(revisionIn(next(*second)), 8u);
}

void TestDoor::aSecondWatcherIsRefused()
{
    Opened opened;
    opened.open();
    auto first = call(opened.path());
    QVERIFY(first && beginToWatch(*first));
    QVERIFY(comes([&] { return opened.arrived == 1u; }));
    auto second = call(opened.path());
    QVERIFY(second && beginToWatch(*second));
    const auto refused = next(*second);
    QVERIFY(refused && refused->kind == Kind::Refused);
    QCOMPARE(refused->payload, "another inspector looks at this server already");
    QVERIFY(!next(*second));
    QCOMPARE(opened.left, 0);
}

void TestDoor::aProcessOfAnotherUserIsRefused()
{
    Opened opened({}, another);
    opened.open();
    const auto made = call(opened.path());
    QVERIFY(!made);
    QCOMPARE(made.error(), "the server is another user's");
    QVERIFY(runningServers(opened.folder()).empty());
    QCOMPARE(opened.arrived, 0u);
}

// Where the system has another user to become, as root does; then even a folder that is open to all helps nobody.
void TestDoor::aProcessThatHasBecomeAnotherUserIsRefused()
{
    constexpr uid_t nobody = 65534;
    enum : int { Refused = 0, Greeted = 1, NoUser = 2 };
    Opened opened;
    opened.open();
    QCOMPARE(chmod(opened.folder().c_str(), 0777), 0);
    QCOMPARE(chmod(opened.path().c_str(), 0777), 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    opened.path().copy(address.sun_path, sizeof address.sun_path - 1);
    const pid_t child = fork();
    if (child == 0) { // Nothing but calls of the system: other threads are not there any more.
        if (setuid(nobody) != 0)
            _exit(NoUser);
        const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
        std::array<char, 5> front{}; // The length, and what the frame is.
        const bool isConnected = ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0
            && read(fd, front.data(), front.size()) == ssize_t(front.size());
        _exit(isConnected && front[4] == char(Kind::Refused) ? Refused : Greeted);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QVERIFY(WEXITSTATUS(status) == Refused || (WEXITSTATUS(status) == NoUser && geteuid() != nobody));
    QVERIFY(!opened.door().isWatched());
}

void TestDoor::aWatcherThatReadsNothingCostsBoundedMemory()
{
    constexpr std::size_t limit = 1'000'000;
    Opened opened({.bytes = limit});
    opened.open();
    auto made = call(opened.path());
    QVERIFY(made && beginToWatch(*made));
    QVERIFY(comes([&] { return opened.arrived == 1u; }));
    opened.door().begin(1);
    trace::Revision told = 0;
    while (told < 1000 && opened.door().tell(batchOf(told + 1, 100'000)))
        ++told;
    QVERIFY2(told < 20, std::to_string(told).c_str()); // The limit, and what the socket holds.
    constexpr int messages = 10'000;
    for (int at = 0; at < messages; ++at)
        opened.door().overhear(false, at, "{}");
    QCOMPARE(opened.rooms, 0);

    for (trace::Revision revision = 1; revision <= told + 1; ++revision)
        QCOMPARE(revisionIn(next(*made)), revision);
    QVERIFY(comes([&] { return opened.rooms == 1; }));
    const auto lost = next(*made);
    QVERIFY(lost && lost->kind == Kind::Lost);
    QCOMPARE(lostIn(lost->payload), std::optional<std::uint64_t>(messages));
    opened.door().overhear(false, messages, "again");
    const auto message = next(*made);
    QCOMPARE(overheardIn(message ? message->payload : "").value_or(Overheard()).body, "again");
}

void TestDoor::messagesAloneAreBoundedToo()
{
    Opened opened({.bytes = 100'000});
    opened.door().expectFirst();
    const std::string body(1'000, 'x');
    constexpr int messages = 1'000;
    for (int at = 0; at < messages; ++at)
        opened.door().overhear(false, at, body);
    opened.open();
    auto made = call(opened.path());
    QVERIFY(made && beginToWatch(*made));
    std::uint64_t kept = 0;
    auto frame = next(*made);
    for (; frame && frame->kind != Kind::Lost; frame = next(*made))
        ++kept;
    QVERIFY2(kept > 50 && kept <= 100, std::to_string(kept).c_str());
    QCOMPARE(lostIn(frame ? frame->payload : ""), std::optional<std::uint64_t>(messages - kept));
}

void TestDoor::theFirstWatcherGetsWhatCameBefore()
{
    Opened opened;
    opened.door().expectFirst();
    QVERIFY(opened.door().tell(batchOf(1)));
    opened.door().overhear(false, 1, "initialize");
    opened.open();
    QCOMPARE(runningServers(opened.folder()).size(), 1u); // Who only asks is not the one.
    auto made = call(opened.path());
    QVERIFY(made && beginToWatch(*made));
    QCOMPARE(revisionIn(next(*made)), 1u);
    const auto message = next(*made);
    QCOMPARE(overheardIn(message ? message->payload : "").value_or(Overheard()).body, "initialize");
    QCOMPARE(opened.arrived, 0u);
    QVERIFY(!opened.door().giveUpFirst());
    made->socket.reset();
    QVERIFY(comes([&] { return opened.left == 1; }));
    auto second = call(opened.path());
    QVERIFY(second && beginToWatch(*second));
    QVERIFY(comes([&] { return opened.arrived == 2u; }));
}

void TestDoor::aCallerThatTalksNonsenseIsHungUpOn()
{
    Opened opened;
    opened.open();
    auto made = call(opened.path());
    QVERIFY(made);
    QCOMPARE(send(made->socket.get(), "GET / HTTP/1.1\r\n", 16, MSG_NOSIGNAL), 16);
    QVERIFY(!next(*made));
    auto watcher = call(opened.path());
    QVERIFY(watcher && beginToWatch(*watcher) && beginToWatch(*watcher));
    QVERIFY(comes([&] { return opened.left == 1; }));
}

void TestDoor::callersAreLimited()
{
    Opened opened({.callers = 2});
    opened.open();
    const auto first = call(opened.path());
    const auto second = call(opened.path());
    QVERIFY(first && second);
    QVERIFY(!call(opened.path()));
}

void TestDoor::socketsOfKilledServersAreRemovedAndOthersStay()
{
    Opened other;
    other.open(1);
    // What a killed process leaves: a socket with nobody behind it.
    const std::string folder = other.folder();
    {
        QFile stray(QString::fromStdString(folder + "/notes.sock"));
        QVERIFY(stray.open(QIODevice::WriteOnly));
    }
    const std::string stale = socketPath(folder, 2);
    QCOMPARE(link(socketPath(folder, 1).c_str(), stale.c_str()), 0);
    QCOMPARE(runningServers(folder).size(), 2u);
    other.door().finish(std::chrono::milliseconds(0));
    QVERIFY(QFile::exists(QString::fromStdString(stale)));
    Door door({});
    QVERIFY(door.open(folder, {.process = 3, .version = "1", .workspace = "/w"}));
    QVERIFY(!QFile::exists(QString::fromStdString(stale)));
    QVERIFY(QFile::exists(QString::fromStdString(folder + "/notes.sock")));
    QCOMPARE(socketsIn(folder), std::vector<std::uint64_t>{3});
}

void TestDoor::aSocketThatIsSeenCanBeCalled()
{
    Opened opened;
    const Descriptor watch(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    QVERIFY(inotify_add_watch(watch.get(), opened.folder().c_str(), IN_CREATE | IN_MOVED_TO) >= 0);
    opened.open();
    alignas(inotify_event) std::array<char, 4096> bytes{};
    const ssize_t count = read(watch.get(), bytes.data(), bytes.size());
    std::vector<std::string> created;
    std::vector<std::string> named;
    for (ssize_t at = 0; at < count;) {
        const auto &event = *reinterpret_cast<const inotify_event *>(bytes.data() + at);
        ((event.mask & IN_CREATE) != 0 ? created : named).emplace_back(event.name);
        at += ssize_t(sizeof event + event.len);
    }
    const std::string name = std::to_string(getpid()) + ".sock";
    QCOMPARE(named, std::vector<std::string>{name}); // It listened before.
    QCOMPARE(std::ranges::count(created, name), 0);
    QCOMPARE(socketsIn(opened.folder()), std::vector<std::uint64_t>{std::uint64_t(getpid())});
}

void TestDoor::itsLastWordsAreHeard()
{
    Opened opened;
    opened.open();
    auto made = call(opened.path());
    QVERIFY(made && beginToWatch(*made));
    QVERIFY(comes([&] { return opened.arrived == 1u; }));
    opened.door().begin(1);
    opened.door().tell(batchOf(1, 50'000));
    opened.door().finish(std::chrono::seconds(10));
    QCOMPARE(revisionIn(next(*made)), 1u);
    QVERIFY(!next(*made));
    QVERIFY(!QFile::exists(QString::fromStdString(opened.path())));
}

void TestDoor::whoIsHungUpOnIsToldWhy()
{
    Opened opened({.bytes = 1'000});
    opened.open();
    opened.door().hangUp("nobody is there");
    auto made = call(opened.path());
    QVERIFY(made && beginToWatch(*made));
    QVERIFY(comes([&] { return opened.arrived == 1u; }));
    opened.door().begin(1);
    QVERIFY(opened.door().tell(batchOf(1)));
    QCOMPARE(revisionIn(next(*made)), 1u);
    for (int told = 0; told < 100; ++told) // More than the socket holds.
        opened.door().tell(batchOf(2, 100'000));
    opened.door().hangUp("it reads too slowly");
    QVERIFY(comes([&] { return opened.left == 1; }));
    QVERIFY(!opened.door().isWatched());
    auto second = call(opened.path()); // While the first has not read why.
    QVERIFY(second && beginToWatch(*second));
    QVERIFY(comes([&] { return opened.arrived == 2u; }));
    std::optional<Frame> last;
    for (auto frame = next(*made); frame; frame = next(*made))
        last = std::move(frame);
    QVERIFY(last && last->kind == Kind::Refused);
    QCOMPARE(last->payload, "it reads too slowly");
    opened.door().begin(2);
    QVERIFY(opened.door().tell(batchOf(3)));
    QCOMPARE(revisionIn(next(*second)), 3u);
}

NUAGES_TEST(TestDoor)
#include "tst_door.moc"
