#include "lsp/protocol/framing.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace nuages::protocol;
using namespace Qt::StringLiterals;

namespace {

/// What a stream gave: bodies as they are, faults as "!kind".
std::vector<std::string> drain(FrameStream &stream)
{
    std::vector<std::string> seen;
    for (;;) {
        auto taken = stream.take();
        if (!taken) {
            seen.push_back("!" + std::to_string(static_cast<int>(taken.error().kind)));
            continue;
        }
        if (!*taken)
            return seen;
        seen.push_back(**taken);
    }
}

const std::string noLength = "!0";
const std::string badLength = "!1";
const std::string tooLarge = "!2";
const std::string garbage = "!3";

} // namespace

class TestFraming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headersAreReadAsHttpFields_data();
    void headersAreReadAsHttpFields();
    void aFaultCostsNoLaterMessage_data();
    void aFaultCostsNoLaterMessage();
    void aBodyOfWrongLengthCostsNoLaterMessage_data();
    void aBodyOfWrongLengthCostsNoLaterMessage();
    void aBodyEndsWhereTheNextHeaderBegins_data();
    void aBodyEndsWhereTheNextHeaderBegins();
    void aTextAboutHeadersIsNoHeader();
    void aRejectedBodyIsNoHeader();
    void anEndlessHeaderIsGivenUpAndForgotten();
    void splittingTheStreamAnywhereChangesNothing();
    void randomStreamsNeverLoseAFramedMessageThatFollowsThem();
};

void TestFraming::headersAreReadAsHttpFields_data()
{
    QTest::addColumn<QByteArray>("header");

    QTest::newRow("as the specification writes it") << "Content-Length: 2\r\n\r\n"_ba;
    QTest::newRow("lower case") << "content-length: 2\r\n\r\n"_ba;
    QTest::newRow("no blank after the colon") << "Content-Length:2\r\n\r\n"_ba;
    QTest::newRow("blanks around the value") << "Content-Length: \t 2 \r\n\r\n"_ba;
    QTest::newRow("blank before the colon") << "Content-Length : 2\r\n\r\n"_ba;
    QTest::newRow("lines end in LF alone") << "Content-Length: 2\n\n"_ba;
    QTest::newRow("content type first") << "Content-Type: x; charset=utf8\r\nContent-Length: 2\r\n\r\n"_ba;
    QTest::newRow("a field nobody knows") << "Content-Length: 2\r\nX-Sent-By: me\r\n\r\n"_ba;
    QTest::newRow("the last length counts") << "Content-Length: 9\r\nContent-Length: 2\r\n\r\n"_ba;
}

void TestFraming::headersAreReadAsHttpFields()
{
    QFETCH(QByteArray, header);
    FrameStream stream;
    stream.append(header.toStdString() + "{}");
    QCOMPARE(drain(stream), (std::vector<std::string>{"{}"}));
    QVERIFY(!stream.isInsideMessage());
}

void TestFraming::aFaultCostsNoLaterMessage_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QByteArray>("kind");

    QTest::newRow("no length") << "Content-Type: x\r\n\r\n{}"_ba << QByteArray::fromStdString(noLength);
    QTest::newRow("length 0") << "Content-Length: 0\r\n\r\n"_ba << QByteArray::fromStdString(badLength);
    QTest::newRow("negative length") << "Content-Length: -2\r\n\r\n{}"_ba << QByteArray::fromStdString(badLength);
    QTest::newRow("length in words") << "Content-Length: two\r\n\r\n{}"_ba << QByteArray::fromStdString(badLength);
    QTest::newRow("length with a tail") << "Content-Length: 2x\r\n\r\n{}"_ba << QByteArray::fromStdString(badLength);
    QTest::newRow("length over the limit")
        << "Content-Length: 99999999\r\n\r\n{}"_ba << QByteArray::fromStdString(tooLarge);
    QTest::newRow("length over 64 bits") << "Content-Length: 99999999999999999999999\r\n\r\n{}"_ba
                                         << QByteArray::fromStdString(tooLarge);
    QTest::newRow("a stray print") << "warning: something\n\n"_ba << QByteArray::fromStdString(noLength);
    QTest::newRow("a stray print in the block") << "oh no\r\n"_ba << QByteArray::fromStdString(garbage);
}

void TestFraming::aFaultCostsNoLaterMessage()
{
    QFETCH(QByteArray, fault);
    QFETCH(QByteArray, kind);
    FrameStream stream(1000);
    stream.append(frame("[1]") + fault.toStdString() + frame("[2]") + frame("[3]"));
    QCOMPARE(drain(stream), (std::vector<std::string>{"[1]", kind.toStdString(), "[2]", "[3]"}));
}

void TestFraming::aBodyOfWrongLengthCostsNoLaterMessage_data()
{
    QTest::addColumn<int>("claimed");

    // The body is "{\"id\":1}", 8 bytes.
    QTest::newRow("one byte short") << 7;
    QTest::newRow("six bytes short") << 2;
    QTest::newRow("one byte long") << 9;
    QTest::newRow("into the next header") << 20;
    QTest::newRow("into the next body") << 33;
    QTest::newRow("past the next message") << 45;
}

void TestFraming::aBodyOfWrongLengthCostsNoLaterMessage()
{
    QFETCH(int, claimed);
    FrameStream stream;
    stream.append("Content-Length: " + std::to_string(claimed) + "\r\n\r\n{\"id\":1}" + frame("{\"id\":2}")
                  + frame("{\"id\":3}"));
    std::vector<std::string> messages;
    for (int step = 0; step < 20; ++step) {
        auto taken = stream.take();
        if (!taken)
            continue;
        if (!*taken)
            break;
        std::string &body = **taken;
        // Stands in for the JSON parser: these are the only two messages that parse.
        if (body == "{\"id\":2}" || body == "{\"id\":3}")
            messages.push_back(body);
        else
            stream.reject(std::move(body));
    }
    QCOMPARE(messages, (std::vector<std::string>{"{\"id\":2}", "{\"id\":3}"}));
}

void TestFraming::aBodyEndsWhereTheNextHeaderBegins_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("the length is far too large") << "Content-Length: 1000000\r\n\r\n[1]"_ba;
    QTest::newRow("lines end in LF alone") << "content-length:1000000\n\n[1]"_ba;
    QTest::newRow("the body has lines") << "Content-Length: 1000000\r\n\r\n[1\n,\n\n2]"_ba;
}

// The next message must not wait for the million bytes to come.
void TestFraming::aBodyEndsWhereTheNextHeaderBegins()
{
    QFETCH(QByteArray, bytes);
    const std::string body = bytes.mid(bytes.indexOf('[')).toStdString();
    const std::string stream = bytes.toStdString() + frame("[7]") + frame("[8]");
    for (std::size_t split = 0; split <= stream.size(); ++split) {
        FrameStream frames;
        frames.append(std::string_view(stream).substr(0, split));
        std::vector<std::string> seen = drain(frames);
        frames.append(std::string_view(stream).substr(split));
        for (std::string &item : drain(frames))
            seen.push_back(std::move(item));
        QCOMPARE(seen, (std::vector<std::string>{body, "[7]", "[8]"}));
    }
}

void TestFraming::aTextAboutHeadersIsNoHeader()
{
    for (const std::string body : {R"(["Content-Length: 5\r\n\r\n"])", "[\"Content-Length: 5\"\n]",
                                   "{\"Content-Length\"\n: 5\n}", "[\"x\",\n\"Content-Length:\"\n]"}) {
        FrameStream stream;
        stream.append(frame(body));
        QCOMPARE(drain(stream), std::vector<std::string>{body});
    }
}

// The first would be a field of a header without length, the second a header with a wrong one; either would cost the
// message whose header it seems to begin.
void TestFraming::aRejectedBodyIsNoHeader()
{
    for (const std::string body : {"x: 1", "[\"Content-Length: 5\""}) {
        FrameStream stream;
        stream.append(frame(body) + frame("[7]"));
        auto taken = stream.take();
        QVERIFY(taken && *taken);
        stream.reject(std::move(**taken));
        QCOMPARE(drain(stream).back(), std::string("[7]"));
    }
}

void TestFraming::anEndlessHeaderIsGivenUpAndForgotten()
{
    FrameStream stream;
    for (int block = 0; block < 100; ++block) {
        stream.append(std::string(1000, 'x'));
        drain(stream);
    }
    stream.append(frame("[1]"));
    QCOMPARE(drain(stream), (std::vector<std::string>{"[1]"}));
}

void TestFraming::splittingTheStreamAnywhereChangesNothing()
{
    const std::string bytes = frame("[1]") + "Content-Type: x\r\n\r\nstray" + frame("[2]") + "oh\r\n" + frame("[3]");
    FrameStream whole;
    whole.append(bytes);
    const std::vector<std::string> expected = drain(whole);
    QCOMPARE(expected.size(), std::size_t(5));

    for (std::size_t split = 0; split <= bytes.size(); ++split) {
        FrameStream stream;
        stream.append(std::string_view(bytes).substr(0, split));
        std::vector<std::string> seen = drain(stream);
        stream.append(std::string_view(bytes).substr(split));
        for (std::string &item : drain(stream))
            seen.push_back(std::move(item));
        QCOMPARE(seen, expected);
    }
}

void TestFraming::randomStreamsNeverLoseAFramedMessageThatFollowsThem()
{
    std::mt19937 random(20261124);
    const std::vector<std::string> pieces = {"Content-Length:",
                                             "Content-Length: 3",
                                             "Content-Length: 99",
                                             "\r\n",
                                             "\n",
                                             "\r\n\r\n",
                                             "{}",
                                             "x",
                                             ":",
                                             "-1",
                                             "content-",
                                             "length"};
    for (int round = 0; round < 2000; ++round) {
        std::string noise;
        for (std::size_t i = random() % 8; i > 0; --i)
            noise += pieces[random() % pieces.size()];
        FrameStream stream;
        stream.append(noise + "\r\n\r\n");
        // Enough messages that a length claimed by the noise cannot swallow all of them.
        for (int message = 0; message < 20; ++message)
            stream.append(frame("[7]"));
        int found = 0;
        for (;;) {
            auto taken = stream.take();
            if (!taken)
                continue;
            if (!*taken)
                break;
            if (**taken == "[7]")
                ++found;
            else
                stream.reject(std::move(**taken));
        }
        QVERIFY2(found >= 19, noise.c_str());
    }
}

NUAGES_TEST(TestFraming)
#include "tst_framing.moc"
