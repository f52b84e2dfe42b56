#include "lsp/server/writer.h"

#include "lsp/protocol/framing.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace nuages::server;
using namespace Qt::StringLiterals;
using nuages::protocol::FrameStream;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

std::string logged(std::size_t size)
{
    return R"({"method":"window/logMessage","params":{"type":4,"message":")" + std::string(size, 'x') + R"("}})";
}

std::string published(std::string_view uri, int count)
{
    return R"({"method":"textDocument/publishDiagnostics","params":{"uri":")" + std::string(uri)
        + R"(","diagnostics":[)" + std::to_string(count) + "]}}";
}

/// A pipe whose reading end is the client.
class Client
{
public:
    Client() { m_isOpen = pipe2(m_ends.data(), O_CLOEXEC) == 0; }
    ~Client()
    {
        leave();
        close(m_ends[1]);
    }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    int serverEnd() const { return m_ends[1]; }

    void leave()
    {
        if (m_isOpen)
            close(m_ends[0]);
        m_isOpen = false;
    }

    /// Waits for the next message.
    std::string read()
    {
        for (;;) {
            auto body = m_stream.take();
            if (body && *body)
                return std::move(**body);
            std::array<char, 65536> bytes{};
            const ssize_t count = ::read(m_ends[0], bytes.data(), bytes.size());
            if (count <= 0)
                return "the stream has ended";
            m_stream.append({bytes.data(), std::size_t(count)});
        }
    }

private:
    std::array<int, 2> m_ends{-1, -1};
    bool m_isOpen = false;
    FrameStream m_stream;
};

} // namespace

class TestWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void whatALaterMessageMakesWorthless_data();
    void whatALaterMessageMakesWorthless();
    void messagesArriveInOrder();
    void endingWritesWhatTheClientTakes();
    void endingWaitsForNoClientThatDoesNotRead();
    void aFullQueueLosesOnlyWhatIsSuperseded();
    void aClientThatTakesNothingIsGivenUpOnce();
    void aClientThatLeftIsNoticedOnce();
};

void TestWriter::whatALaterMessageMakesWorthless_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<bool>("isSuperseded");

    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    QTest::newRow("logs") << bytes(logged(3)) << bytes(logged(4)) << true;
    QTest::newRow("traces") << R"({"method":"$/logTrace","params":1})"_ba << R"({"method":"$/logTrace","params":2})"_ba
                            << true;
    QTest::newRow("a log and a trace") << bytes(logged(3)) << R"({"method":"$/logTrace","params":2})"_ba << false;
    QTest::newRow("diagnostics of one document") << bytes(published("a", 1)) << bytes(published("a", 2)) << true;
    QTest::newRow("diagnostics of two documents") << bytes(published("a", 1)) << bytes(published("b", 1)) << false;
    QTest::newRow("replies") << R"({"id":1,"result":null})"_ba << R"({"id":1,"result":null})"_ba << false;
    QTest::newRow("messages to read") << R"({"method":"window/showMessage","params":1})"_ba
                                      << R"({"method":"window/showMessage","params":1})"_ba << false;
    QTest::newRow("replies about logs") << R"({"id":1,"result":"\"method\":\"window/logMessage\""})"_ba
                                        << R"({"id":2,"result":"\"method\":\"window/logMessage\""})"_ba << false;
}

void TestWriter::whatALaterMessageMakesWorthless()
{
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, other);
    QFETCH(bool, isSuperseded);
    const std::string_view about = supersededBy({one.constData(), std::size_t(one.size())});
    const std::string_view aboutOther = supersededBy({other.constData(), std::size_t(other.size())});
    QCOMPARE(!about.empty() && about == aboutOther, isSuperseded);
}

void TestWriter::messagesArriveInOrder()
{
    Client client;
    Writer writer(client.serverEnd(), [] { });
    for (int i = 0; i < 1000; ++i)
        writer.send(std::to_string(i));
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(client.read(), std::to_string(i));
}

void TestWriter::endingWritesWhatTheClientTakes()
{
    Client client;
    std::optional<Writer> writer(std::in_place, client.serverEnd(), [] { });
    for (int i = 0; i < 100; ++i)
        writer->send(std::to_string(i));
    writer.reset();
    for (int i = 0; i < 100; ++i)
        QCOMPARE(client.read(), std::to_string(i));
}

// A message larger than the pipe, and nobody who reads: the thread must not sleep in write() for ever.
void TestWriter::endingWaitsForNoClientThatDoesNotRead()
{
    Client client;
    auto writer = std::make_shared<std::optional<Writer>>(std::in_place, client.serverEnd(), [] { });
    (*writer)->send(std::string(mebibyte, 'x'));
    const auto ended = std::async(std::launch::async, [writer] { writer->reset(); });
    const bool isInTime = ended.wait_for(std::chrono::seconds(10)) == std::future_status::ready;
    client.leave(); // lets a thread go that sleeps
    QVERIFY(isInTime);
}

void TestWriter::aFullQueueLosesOnlyWhatIsSuperseded()
{
    Client client;
    std::atomic<int> broken = 0;
    Writer writer(client.serverEnd(), [&broken] { ++broken; });
    writer.send(std::string(mebibyte, 'x')); // more than the pipe holds, so that all others wait
    writer.send(R"({"id":1,"result":null})");
    writer.send(published("a", 1));
    writer.send(published("b", 1));
    for (std::size_t i = 0; i < 2 * Writer::limit / mebibyte; ++i)
        writer.send(logged(mebibyte));
    writer.send(published("a", 2));
    writer.send(R"({"id":2,"result":null})");
    QCOMPARE(broken, 0);

    QCOMPARE(client.read().size(), mebibyte);
    QCOMPARE(client.read(), R"({"id":1,"result":null})");
    std::vector<std::string> rest;
    std::size_t logs = 0;
    for (std::string body = client.read();; body = client.read()) {
        if (body.starts_with(R"({"method":"window/logMessage")"))
            ++logs;
        else
            rest.push_back(body);
        if (body.starts_with(R"({"id":2)"))
            break;
    }
    QVERIFY(logs >= 1 && logs <= Writer::limit / mebibyte);
    QCOMPARE(rest,
             (std::vector<std::string>{published("a", 1), published("b", 1), published("a", 2),
                                       R"({"id":2,"result":null})"}));
}

void TestWriter::aClientThatTakesNothingIsGivenUpOnce()
{
    Client client;
    std::atomic<int> broken = 0;
    Writer writer(client.serverEnd(), [&broken] { ++broken; });
    for (std::size_t i = 0; i <= Writer::limit / mebibyte + 1; ++i) {
        QCOMPARE(broken, 0);
        writer.send(std::string(mebibyte, 'x'));
    }
    QCOMPARE(broken, 1);
    for (std::size_t i = 0; i <= Writer::limit / mebibyte + 1; ++i)
        writer.send(std::string(mebibyte, 'x'));
    QCOMPARE(broken, 1);
}

void TestWriter::aClientThatLeftIsNoticedOnce()
{
    Client client;
    std::atomic<int> broken = 0;
    Writer writer(client.serverEnd(), [&broken] { ++broken; });
    client.leave();
    writer.send("1");
    QVERIFY(QTest::qWaitFor([&] { return broken == 1; }));
    writer.send("2");
    QCOMPARE(broken, 1);
}

NUAGES_TEST(TestWriter)
#include "tst_writer.moc"
