#include "lsp/server/listener.h"

#include "tests/lsp/server/sessionrig.h"
#include "tests/support/testmain.h"

#include <QProcess>
#include <QTest>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

using namespace nuages::server;
using namespace Qt::StringLiterals;

namespace {

/// As on a system that knows no such descriptors.
int openNothing(pid_t)
{
    errno = ENOSYS;
    return -1;
}

/// A listener at the reading end of a pipe, and what it has heard.
class Heard
{
public:
    template <class... System>
    explicit Heard(System &&...system)
    {
        m_isOpen = pipe2(m_ends.data(), O_CLOEXEC) == 0;
        m_listener.emplace(m_ends[0],
                           Listener::Ears{
                               .receive =
                                   [this](std::string_view bytes) {
                                       const std::scoped_lock lock(m_mutex);
                                       m_bytes += bytes;
                                       return !m_bytes.ends_with("no more");
                                   },
                               .close = [this] { ++m_closed; },
                           },
                           std::forward<System>(system)...);
    }
    ~Heard()
    {
        m_listener.reset();
        hangUp();
        close(m_ends[0]);
    }
    Heard(const Heard &) = delete;
    Heard &operator=(const Heard &) = delete;

    Listener &listener() { return *m_listener; }
    void end() { m_listener.reset(); }

    void say(std::string_view bytes) { QCOMPARE(write(m_ends[1], bytes.data(), bytes.size()), ssize_t(bytes.size())); }

    void hangUp()
    {
        if (m_isOpen)
            close(m_ends[1]);
        m_isOpen = false;
    }

    std::string bytes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_bytes;
    }
    int closed() const { return m_closed; }

private:
    std::array<int, 2> m_ends{-1, -1};
    bool m_isOpen = false;
    mutable std::mutex m_mutex; // guards m_bytes
    std::string m_bytes;
    std::atomic<int> m_closed = 0;
    std::optional<Listener> m_listener;
};

/// A process that waits to be killed.
class Parent
{
public:
    Parent()
    {
        m_process.start(u"sleep"_s, {u"600"_s});
        m_process.waitForStarted();
    }
    ~Parent() { die(); }
    Parent(const Parent &) = delete;
    Parent &operator=(const Parent &) = delete;

    pid_t id() const { return static_cast<pid_t>(m_process.processId()); }
    void die()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

} // namespace

class TestListener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAreHeardUntilTheStreamEnds();
    void nothingIsHeardAfterTheLastWord();
    void itEndsWhileTheClientHoldsTheStreamOpen();
    void theDeathOfTheParentEndsTheStream();
    void aNumberOfNoProcessIsNotWatched();
    void aParentThatIsGoneAlreadyEndsTheStream();
    void onlyTheFirstParentIsWatched();
    void withoutDescriptorsTheParentIsLookedAtByTheClock();
    void withoutDescriptorsAParentThatIsGoneEndsTheStream();
    void aProcessHasABeginningUntilItEnds();
    void aProcessMayEndWhileItIsLookedAt();
};

void TestListener::bytesAreHeardUntilTheStreamEnds()
{
    Heard heard;
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    heard.say(" two");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one two"; }));
    QCOMPARE(heard.closed(), 0);
    heard.say("!");
    heard.hangUp();
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
    QCOMPARE(heard.bytes(), "one two!");
    heard.end();
    QCOMPARE(heard.closed(), 1);
}

void TestListener::nothingIsHeardAfterTheLastWord()
{
    Heard heard;
    heard.say("no more");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "no more"; }));
    heard.hangUp();
    heard.end();
    QCOMPARE(heard.closed(), 0); // whoever said it knows
}

void TestListener::itEndsWhileTheClientHoldsTheStreamOpen()
{
    Heard heard;
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    heard.end(); // a hang here is the failure
    QCOMPARE(heard.closed(), 0);
}

// This test holds the other end of the pipe, as a child of the parent might.
void TestListener::theDeathOfTheParentEndsTheStream()
{
    Heard heard;
    Parent parent;
    heard.listener().watchParent(parent.id());
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    QCOMPARE(heard.closed(), 0);
    heard.say(" two");
    parent.die();
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
    QCOMPARE(heard.bytes(), "one two"); // what it said before it died is heard
}

void TestListener::aNumberOfNoProcessIsNotWatched()
{
    Heard heard;
    for (const std::int64_t none : {std::int64_t(-1), std::int64_t(0), std::int64_t(1) << 40})
        heard.listener().watchParent(none);
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    QCOMPARE(heard.closed(), 0);
    Parent other; // Another one may be named later.
    heard.listener().watchParent(other.id());
    other.die();
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
}

void TestListener::aParentThatIsGoneAlreadyEndsTheStream()
{
    Heard heard;
    Parent parent;
    const pid_t gone = parent.id();
    parent.die();
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    heard.listener().watchParent(gone);
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
}

void TestListener::onlyTheFirstParentIsWatched()
{
    Heard heard;
    Parent first;
    Parent second;
    heard.listener().watchParent(first.id());
    heard.listener().watchParent(second.id());
    second.die();
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    QCOMPARE(heard.closed(), 0);
    first.die();
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
}

void TestListener::withoutDescriptorsTheParentIsLookedAtByTheClock()
{
    nuages::tests::HeldClock clock;
    Heard heard(clock, openNothing);
    Parent parent;
    heard.listener().watchParent(parent.id());
    clock.advanceTo(ProcessPoll::pause); // It looks, and the parent is there.
    heard.say("one");
    QVERIFY(QTest::qWaitFor([&] { return heard.bytes() == "one"; }));
    QCOMPARE(heard.closed(), 0);
    parent.die();
    clock.advanceTo(2 * ProcessPoll::pause);
    heard.say(" two"); // Time that a test moves wakes nobody; whether this is still heard is a matter of luck.
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
}

void TestListener::withoutDescriptorsAParentThatIsGoneEndsTheStream()
{
    nuages::tests::HeldClock clock;
    Heard heard(clock, openNothing);
    Parent gone;
    const pid_t id = gone.id();
    gone.die();
    heard.listener().watchParent(id);
    QVERIFY(QTest::qWaitFor([&] { return heard.closed() == 1; }));
}

void TestListener::aProcessHasABeginningUntilItEnds()
{
    nuages::tests::HeldClock clock;
    Parent parent;
    const auto began = beginningOf(parent.id());
    QVERIFY(began > beginningOf(1)); // later than the first process
    QCOMPARE(beginningOf(parent.id()), began);
    auto poll = ProcessPoll::create(parent.id(), clock);
    QVERIFY(poll && !poll->hasEnded());
    QCOMPARE(poll->untilNextLook(), ProcessPoll::pause);
    const pid_t id = parent.id();
    parent.die();
    QVERIFY(!beginningOf(id));
    QVERIFY(!poll->hasEnded()); // It has not looked yet.
    clock.advanceTo(ProcessPoll::pause);
    QVERIFY(poll->hasEnded());
}

// Its file in /proc can be opened before its end and read after it, which fails.
void TestListener::aProcessMayEndWhileItIsLookedAt()
{
    for (int round = 0; round < 200; ++round) {
        const pid_t child = fork();
        if (child == 0)
            _exit(0);
        QVERIFY(child > 0);
        std::jthread reaper([child] { waitpid(child, nullptr, 0); });
        while (beginningOf(child))
            std::this_thread::yield();
    }
}

NUAGES_TEST(TestListener)
#include "tst_listener.moc"
