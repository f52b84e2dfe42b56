#include "lsp/inspect/frames.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <limits>
#include <string>

using namespace nuages;
using namespace nuages::inspect;

class TestFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSaidArrivesHoweverItIsCut();
    void aPayloadThatIsCutSaysNothing();
    void aStreamOfSomethingElseIsRefused_data();
    void aStreamOfSomethingElseIsRefused();
};

void TestFrames::whatIsSaidArrivesHoweverItIsCut()
{
    const Greeting greeting{.wire = 7,
                            .process = std::numeric_limits<std::uint64_t>::max(),
                            .since = -1,
                            .version = "1.2",
                            .workspace = std::string("/a\0b", 4)};
    const Overheard message{true, 12, std::string(70'000, 'x')};
    const std::string bytes = frameOf(greeting) + frame(Kind::Watch, {}) + frameOf(message) + lostFrame(3);
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, bytes.size()}) {
        FrameReader reader;
        std::vector<Frame> frames;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            reader.append(std::string_view(bytes).substr(at, step));
            for (auto taken = reader.take(); taken && *taken; taken = reader.take())
                frames.push_back(**taken);
        }
        QCOMPARE(frames.size(), 4u);
        QVERIFY(greetingIn(frames[0].payload) == greeting);
        QCOMPARE(frames[1].kind, Kind::Watch);
        QVERIFY(overheardIn(frames[2].payload) == message);
        QCOMPARE(lostIn(frames[3].payload), std::optional<std::uint64_t>(3));
    }
}

void TestFrames::aPayloadThatIsCutSaysNothing()
{
    FrameReader reader;
    reader.append(frameOf(Greeting{.version = "1", .workspace = "/w"}));
    const std::string whole = (*reader.take())->payload;
    QVERIFY(greetingIn(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(!greetingIn(std::string_view(whole).substr(0, size)));
    QVERIFY(!greetingIn(whole + "x"));
    QVERIFY(!overheardIn(whole.substr(0, 20)));
    QVERIFY(!lostIn("1234567"));
}

void TestFrames::aStreamOfSomethingElseIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("words") << QByteArray("GET / HTTP/1.1\r\n");
    QTest::newRow("nothing inside") << QByteArray(8, '\0');
    QTest::newRow("longer than any frame") << QByteArray("\xff\xff\xff\x7f\x04");
}

void TestFrames::aStreamOfSomethingElseIsRefused()
{
    QFETCH(QByteArray, bytes);
    FrameReader reader;
    reader.append({bytes.constData(), std::size_t(bytes.size())});
    QVERIFY(!reader.take());
}

NUAGES_TEST(TestFrames)
#include "tst_frames.moc"
