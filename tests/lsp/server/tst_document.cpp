#include "lsp/server/document.h"
#include "lsp/server/editedtext.h"
#include "tests/support/testmain.h"

#include <QString>
#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::server;
using namespace Qt::StringLiterals;

namespace {

/// The editor of the test: lines of UTF-32, which no byte offset ever enters.
class Editor
{
public:
    explicit Editor(QList<QList<char32_t>> lines) : m_lines(std::move(lines)) { }

    static std::int64_t width(char32_t c, PositionEncoding encoding)
    {
        if (encoding == PositionEncoding::Utf32)
            return 1;
        const QString text = QString::fromUcs4(&c, 1);
        return encoding == PositionEncoding::Utf16 ? text.size() : text.toUtf8().size();
    }

    protocol::Position positionOf(qsizetype line, qsizetype index, PositionEncoding encoding) const
    {
        protocol::Position position{line, 0};
        for (const char32_t c : m_lines[line].first(index))
            position.character += width(c, encoding);
        return position;
    }

    void replace(qsizetype line, qsizetype from, qsizetype to, const QList<char32_t> &text)
    {
        m_lines[line] = m_lines[line].first(from) + text + m_lines[line].sliced(to);
    }

    const QList<char32_t> &line(qsizetype line) const { return m_lines[line]; }
    qsizetype lineCount() const { return m_lines.size(); }

    std::string text() const
    {
        QString text;
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            if (i > 0)
                text += u"\r\n"_s;
            text += QString::fromUcs4(m_lines[i].constData(), m_lines[i].size());
        }
        return text.toStdString();
    }

private:
    QList<QList<char32_t>> m_lines;
};

std::shared_ptr<const source::LineIndex> linesOf(const source::Text &text)
{
    return std::make_shared<const source::LineIndex>(text);
}

/// Each change in turn, with an index of the whole text for each.
ChangedText appliedOneByOne(std::string text, const std::vector<protocol::TextDocumentContentChangeEvent> &changes,
                            PositionEncoding encoding)
{
    bool isExact = true;
    for (const auto &change : changes) {
        const source::LineIndex lines{source::Text(text)};
        const Offset a = toOffset(lines, change.range->start, encoding);
        const Offset b = toOffset(lines, change.range->end, encoding);
        isExact = isExact && a.isExact && b.isExact && a.value <= b.value;
        text.replace(std::min(a.value, b.value), std::max(a.value, b.value) - std::min(a.value, b.value), change.text);
    }
    return {source::Text(text), isExact};
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPositionHasAnOffset_data();
    void everyPositionHasAnOffset();
    void positionsBeyondTheTextAreItsEnd();
    void changesApplyOneAfterTheOther();
    void aRangeTheWrongWayRoundIsTurned();
    void randomEditsFollowTheEditor_data();
    void randomEditsFollowTheEditor();
    void manyChangesLeadToTheSameAsOneByOne_data();
    void manyChangesLeadToTheSameAsOneByOne();
    void manyChangesOfALongTextCostLittleMoreThanOne_data();
    void manyChangesOfALongTextCostLittleMoreThanOne();
};

void TestDocument::everyPositionHasAnOffset_data()
{
    QTest::addColumn<PositionEncoding>("encoding");
    QTest::addColumn<QList<int>>("characters");
    QTest::addColumn<QList<int>>("offsets");
    QTest::addColumn<QList<bool>>("exact");

    // The line is "é😀x": 2, 4 and 1 bytes; its terminator CR LF.
    QTest::newRow("UTF-8") << PositionEncoding::Utf8 << QList{-1, 0, 1, 2, 3, 6, 7, 8} << QList{0, 0, 0, 2, 2, 6, 7, 7}
                           << QList{false, true, false, true, false, true, true, false};
    QTest::newRow("UTF-16") << PositionEncoding::Utf16 << QList{0, 1, 2, 3, 4, 5} << QList{0, 2, 2, 6, 7, 7}
                            << QList{true, true, false, true, true, false};
    QTest::newRow("UTF-32") << PositionEncoding::Utf32 << QList{0, 1, 2, 3, 4} << QList{0, 2, 6, 7, 7}
                            << QList{true, true, true, true, false};
}

void TestDocument::everyPositionHasAnOffset()
{
    QFETCH(PositionEncoding, encoding);
    QFETCH(QList<int>, characters);
    QFETCH(QList<int>, offsets);
    QFETCH(QList<bool>, exact);
    const source::LineIndex lines(source::Text(u"é😀x\r\ny"_s.toStdString()));
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const Offset offset = toOffset(lines, {0, characters[i]}, encoding);
        QCOMPARE(int(offset.value), offsets[i]);
        QCOMPARE(offset.isExact, exact[i]);
        if (exact[i])
            QCOMPARE(int(toPosition(lines, offset.value, encoding).column), characters[i]);
    }
}

void TestDocument::positionsBeyondTheTextAreItsEnd()
{
    const source::LineIndex lines(source::Text("a\nb"));
    QCOMPARE(toOffset(lines, {7, 0}, PositionEncoding::Utf16).value, 3U);
    QVERIFY(!toOffset(lines, {7, 0}, PositionEncoding::Utf16).isExact);
    QCOMPARE(toOffset(lines, {INT64_MAX, INT64_MAX}, PositionEncoding::Utf8).value, 3U);
    QCOMPARE(toOffset(lines, {INT64_MIN, INT64_MIN}, PositionEncoding::Utf32).value, 0U);
}

void TestDocument::changesApplyOneAfterTheOther()
{
    const std::vector<protocol::TextDocumentContentChangeEvent> changes = {
        {protocol::Range{{9, 9}, {9, 9}}, "lost, as the next one replaces everything"},
        {{}, "one\ntwo"},
        {protocol::Range{{0, 3}, {1, 0}}, " "},
        {protocol::Range{{0, 4}, {0, 7}}, "drei"},
    };
    const ChangedText changed = applyChanges(linesOf(source::Text("old")), changes, PositionEncoding::Utf16);
    QCOMPARE(changed.text, source::Text("one drei"));
    QVERIFY(changed.isExact);
}

void TestDocument::aRangeTheWrongWayRoundIsTurned()
{
    const std::vector<protocol::TextDocumentContentChangeEvent> changes = {{protocol::Range{{0, 3}, {0, 1}}, "-"}};
    const ChangedText changed = applyChanges(linesOf(source::Text("abcd")), changes, PositionEncoding::Utf16);
    QCOMPARE(changed.text, source::Text("a-d"));
    QVERIFY(!changed.isExact);
}

void TestDocument::randomEditsFollowTheEditor_data()
{
    QTest::addColumn<PositionEncoding>("encoding");
    QTest::newRow("UTF-8") << PositionEncoding::Utf8;
    QTest::newRow("UTF-16") << PositionEncoding::Utf16;
    QTest::newRow("UTF-32") << PositionEncoding::Utf32;
}

void TestDocument::randomEditsFollowTheEditor()
{
    QFETCH(PositionEncoding, encoding);
    const QList<char32_t> alphabet = {U'a', U'{', U'%', U'é', U'漢', U'😀', U'\u2028'};
    std::mt19937 random(20261124);
    Editor editor(QList<QList<char32_t>>(6));
    source::Text text(editor.text());
    for (int step = 0; step < 2000; ++step) {
        const auto line = qsizetype(random()) % editor.lineCount();
        const qsizetype size = editor.line(line).size();
        const qsizetype from = qsizetype(random()) % (size + 1);
        const qsizetype to = std::min(size, from + qsizetype(random() % 4));
        QList<char32_t> inserted;
        for (std::size_t i = random() % 4; i > 0; --i)
            inserted.append(alphabet[qsizetype(random()) % alphabet.size()]);
        const protocol::TextDocumentContentChangeEvent change{
            protocol::Range{editor.positionOf(line, from, encoding), editor.positionOf(line, to, encoding)},
            QString::fromUcs4(inserted.constData(), inserted.size()).toStdString()};
        editor.replace(line, from, to, inserted);
        const ChangedText changed = applyChanges(linesOf(text), {&change, 1}, encoding);
        QVERIFY(changed.isExact);
        text = changed.text;
        QCOMPARE(text, source::Text(editor.text()));
    }
}

void TestDocument::manyChangesLeadToTheSameAsOneByOne_data() { randomEditsFollowTheEditor_data(); }

// Also where positions lie outside of the text, ranges are turned round, and bytes are no characters.
void TestDocument::manyChangesLeadToTheSameAsOneByOne()
{
    QFETCH(PositionEncoding, encoding);
    const std::string pieces[] = {"a",    "{% if x %}", "\n",   "\r",   "\r\n",        "\xC3\xA9", "\xF0\x9F\x98\x80",
                                  "\xFF", "\xA9",       "\x80", "long", "\xE2\x82\xAC"};
    std::mt19937 random(20261129);
    const auto randomText = [&](std::size_t count) {
        std::string text;
        for (; count > 0; --count)
            text += pieces[random() % std::size(pieces)];
        return text;
    };
    for (int round = 0; round < 200; ++round) {
        const bool isOneLine = round % 3 == 0;
        const std::string text =
            isOneLine ? std::string(random() % 9000, 'x') : randomText(random() % (round % 4 == 0 ? 3000 : 20));
        const auto lineCount = std::int64_t(source::LineIndex(source::Text(text)).lineCount());
        std::vector<protocol::TextDocumentContentChangeEvent> changes;
        for (int left = 30; left > 0; --left) {
            const auto position = [&] {
                return protocol::Position{std::int64_t(random()) % (lineCount + 2) - 1,
                                          std::int64_t(random() % (isOneLine ? 9000 : 30)) - 1};
            };
            const protocol::Position start = position();
            const protocol::Position end =
                random() % 2 == 0 ? position() : protocol::Position{start.line, start.character + 2};
            changes.push_back({protocol::Range{start, end}, randomText(random() % (left % 10 == 0 ? 900 : 4))});
        }
        const ChangedText found = applyChanges(linesOf(source::Text(text)), changes, encoding);
        const ChangedText expected = appliedOneByOne(text, changes, encoding);
        QCOMPARE(found.text, expected.text);
        QCOMPARE(found.isExact, expected.isExact);
    }
}

void TestDocument::manyChangesOfALongTextCostLittleMoreThanOne_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<bool>("isOneLine");
    QTest::newRow("many lines") << "{% block a %}\n"_ba << false;
    QTest::newRow("one line") << "{% block \xC3\xA9 %}"_ba << true;
}

void TestDocument::manyChangesOfALongTextCostLittleMoreThanOne()
{
    QFETCH(QByteArray, piece);
    QFETCH(bool, isOneLine);
    constexpr int count = 10'000;
    const std::int64_t width = QString::fromUtf8(piece).size();
    const source::Text text(piece.repeated(2 * count).toStdString());
    EditedText edited(text, linesOf(text));
    for (int i = 0; i < count; ++i) {
        const protocol::Position at = isOneLine ? protocol::Position{0, width * i} : protocol::Position{i, 0};
        const Offset begin = edited.offsetOf(at, PositionEncoding::Utf16);
        QVERIFY(begin.isExact);
        edited.replace(begin.value, begin.value + 1, "[");
    }
    QByteArray changed = piece;
    changed[0] = '[';
    QCOMPARE(edited.whole(), source::Text((changed.repeated(count) + piece.repeated(count)).toStdString()));
    // Each change makes one piece anew, of a few thousand bytes; the text has hundreds of thousands.
    const std::size_t most = text.view().size() + std::size_t{count} * 4096;
    QVERIFY2(edited.countedBytes() <= most, std::to_string(edited.countedBytes()).c_str());
}

NUAGES_TEST(TestDocument)
#include "tst_document.moc"
