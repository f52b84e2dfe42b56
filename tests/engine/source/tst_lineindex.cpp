#include "engine/source/lineindex.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QStringDecoder>
#include <QTest>

#include <random>
#include <string>

using namespace nuages::source;

class TestLineIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLineEndBeginsALine_data();
    void everyLineEndBeginsALine();
    void columnsCountWhatTheUnitSays_data();
    void columnsCountWhatTheUnitSays();
    void placesBeyondTheTextAreTakenAsItsEnd();
    void agreesWithAWalkOverTheWholeText();
    void aLongLineCostsNoMoreThanShortOnes_data();
    void aLongLineCostsNoMoreThanShortOnes();
};

void TestLineIndex::everyLineEndBeginsALine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("lines");

    QTest::newRow("no text") << QByteArray() << QByteArrayList{""};
    QTest::newRow("no line end") << QByteArray("one") << QByteArrayList{"one"};
    QTest::newRow("unix") << QByteArray("one\ntwo\n") << QByteArrayList{"one", "two", ""};
    QTest::newRow("windows") << QByteArray("one\r\ntwo\r\n") << QByteArrayList{"one", "two", ""};
    QTest::newRow("old mac") << QByteArray("one\rtwo\r") << QByteArrayList{"one", "two", ""};
    QTest::newRow("mixed") << QByteArray("a\r\r\n\nb\n\rc") << QByteArrayList{"a", "", "", "b", "", "c"};
}

void TestLineIndex::everyLineEndBeginsALine()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, lines);
    const LineIndex index{Text(text.toStdString())};

    QByteArrayList found;
    for (std::uint32_t line = 0; line < index.lineCount(); ++line) {
        const Range range = index.line(line);
        found.append(text.mid(range.begin, range.size()));
    }
    QCOMPARE(found, lines);
}

void TestLineIndex::columnsCountWhatTheUnitSays_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<quint32>("bytes");
    QTest::addColumn<quint32>("codePoints");
    QTest::addColumn<quint32>("utf16");

    QTest::newRow("ascii") << QByteArray("abc") << 3u << 3u << 3u;
    QTest::newRow("accent") << QByteArray("\xC3\xA9") << 2u << 1u << 1u;
    QTest::newRow("euro") << QByteArray("\xE2\x82\xAC") << 3u << 1u << 1u;
    QTest::newRow("beyond the basic plane") << QByteArray("\xF0\x9F\x98\x80") << 4u << 1u << 2u;
    QTest::newRow("a byte that is not UTF-8") << QByteArray("\xFF") << 1u << 1u << 1u;
    QTest::newRow("a surrogate, which UTF-8 has not") << QByteArray("\xED\xA0\x80") << 3u << 3u << 3u;
    QTest::newRow("an overlong slash") << QByteArray("\xC0\xAF") << 2u << 2u << 2u;
}

void TestLineIndex::columnsCountWhatTheUnitSays()
{
    QFETCH(QByteArray, before);
    QFETCH(quint32, bytes);
    QFETCH(quint32, codePoints);
    QFETCH(quint32, utf16);
    const LineIndex index{Text("first\n" + before.toStdString() + "|rest")};
    const auto offset = static_cast<std::uint32_t>(6 + before.size());

    QCOMPARE(index.position(offset, ColumnUnit::Byte), (Position{1, bytes}));
    QCOMPARE(index.position(offset, ColumnUnit::CodePoint), (Position{1, codePoints}));
    QCOMPARE(index.position(offset, ColumnUnit::Utf16), (Position{1, utf16}));
    QCOMPARE(index.offset({1, bytes}, ColumnUnit::Byte), offset);
    QCOMPARE(index.offset({1, codePoints}, ColumnUnit::CodePoint), offset);
    QCOMPARE(index.offset({1, utf16}, ColumnUnit::Utf16), offset);
}

void TestLineIndex::placesBeyondTheTextAreTakenAsItsEnd()
{
    const LineIndex index{Text("ab\r\n\xF0\x9F\x98\x80")};
    QCOMPARE(index.position(100), (Position{1, 4}));
    QCOMPARE(index.offset({0, 100}, ColumnUnit::Utf16), 2u); // before CR LF
    QCOMPARE(index.offset({7, 0}, ColumnUnit::Utf16), 8u);
    QCOMPARE(index.offset({1, 1}, ColumnUnit::Utf16), 4u); // inside the surrogate pair
    QCOMPARE(index.position(6, ColumnUnit::CodePoint), (Position{1, 0})); // inside the sequence
}

namespace {

// How long the sequence at the front is, judged by Qt's decoder instead of ours.
qsizetype sequenceByQt(QByteArrayView text)
{
    for (qsizetype length = 1; length <= std::min<qsizetype>(4, text.size()); ++length) {
        QStringDecoder decoder(QStringConverter::Utf8,
                               QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
        const QString decoded = decoder(text.first(length));
        if (!decoder.hasError() && decoded.toUcs4().size() == 1)
            return length;
    }
    return 1;
}

} // namespace

// The oracle walks from the start for every offset and asks Qt what a sequence is.
void TestLineIndex::agreesWithAWalkOverTheWholeText()
{
    const std::string pieces[] = {"a",           "b",        "\n",           "\r",
                                  "\r\n",        "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                  "\xFF",        "\xC3",     "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                  "\xE0\x80\x80"};
    std::mt19937 random(20261124);
    for (int round = 0; round < 300; ++round) {
        std::string text;
        // Some are long, so that sequences stand across what the index remembers.
        for (auto left = random() % (round % 10 == 0 ? 700 : 20); left > 0; --left)
            text += pieces[random() % (round % 20 == 0 ? 8 : std::size(pieces))];
        const LineIndex index{Text(text)};

        Position bytes, codePoints, utf16;
        for (qsizetype at = 0; at < qsizetype(text.size());) {
            const auto offset = static_cast<std::uint32_t>(at);
            QCOMPARE(index.position(offset, ColumnUnit::Byte), bytes);
            QCOMPARE(index.position(offset, ColumnUnit::CodePoint), codePoints);
            QCOMPARE(index.position(offset, ColumnUnit::Utf16), utf16);
            if (text[offset] != '\n' || offset == 0 || text[offset - 1] != '\r') {
                QCOMPARE(index.offset(bytes, ColumnUnit::Byte), offset);
                QCOMPARE(index.offset(codePoints, ColumnUnit::CodePoint), offset);
                QCOMPARE(index.offset(utf16, ColumnUnit::Utf16), offset);
            }
            const bool isCrOfCrLf = text[offset] == '\r' && offset + 1 < text.size() && text[offset + 1] == '\n';
            if ((text[offset] == '\n' || text[offset] == '\r') && !isCrOfCrLf) {
                bytes = codePoints = utf16 = {bytes.line + 1, 0};
                ++at;
                continue;
            }
            const qsizetype length = sequenceByQt(QByteArrayView(text).sliced(at));
            bytes.column += static_cast<std::uint32_t>(length);
            codePoints.column += 1;
            utf16.column += length == 4 ? 2 : 1;
            at += length;
        }
        QCOMPARE(index.position(static_cast<std::uint32_t>(text.size()), ColumnUnit::Utf16), utf16);
    }
}

void TestLineIndex::aLongLineCostsNoMoreThanShortOnes_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("ascii") << QByteArray("{% if a %}");
    QTest::newRow("accents") << QByteArray("{% if \xC3\xA9 %}");
    QTest::newRow("beyond the basic plane") << QByteArray("\xF0\x9F\x98\x80");
}

// So many places in one line of megabytes: walked from the begin of the line each, it would take longer than a test
// may.
void TestLineIndex::aLongLineCostsNoMoreThanShortOnes()
{
    QFETCH(QByteArray, piece);
    constexpr std::uint32_t count = 200'000;
    const LineIndex index{Text("\n" + piece.repeated(count).toStdString())};
    const std::uint32_t columns =
        index.position(1 + static_cast<std::uint32_t>(piece.size()), ColumnUnit::Utf16).column;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t offset = 1 + i * static_cast<std::uint32_t>(piece.size());
        const Position position{1, i * columns};
        if (index.position(offset, ColumnUnit::Utf16) != position
            || index.offset(position, ColumnUnit::Utf16) != offset)
            QFAIL(qPrintable(QString::number(i)));
    }
}

NUAGES_TEST(TestLineIndex)
#include "tst_lineindex.moc"
