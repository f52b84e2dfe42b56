#include "tests/support/testmain.h"

#include "ui/views/toldtext.h"

#include <QPlainTextDocumentLayout>
#include <QTest>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <random>
#include <vector>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;

namespace {

/// A server's side of a document: knows only the edits, and counts lines by itself.
class ServerText
{
public:
    explicit ServerText(const QString &text) : m_text(text) { }

    const QString &text() const { return m_text; }

    void apply(const protocol::TextDocumentContentChangeEvent &edit)
    {
        const qsizetype start = offsetOf(edit.range->start);
        const qsizetype end = offsetOf(edit.range->end);
        QVERIFY(start >= 0 && start <= end && end <= m_text.size());
        QVERIFY(!isInsidePair(start) && !isInsidePair(end));
        m_text = m_text.left(start) + QString::fromStdString(edit.text) + m_text.mid(end);
    }

private:
    /// Of a position in UTF-16 units; -1 if there is no such line or it is shorter.
    qsizetype offsetOf(const protocol::Position &position) const
    {
        qsizetype start = 0;
        for (auto line = position.line; line > 0; --line) {
            const qsizetype end = m_text.indexOf(u'\n', start);
            if (end < 0)
                return -1;
            start = end + 1;
        }
        const qsizetype end = m_text.indexOf(u'\n', start);
        qsizetype length = (end < 0 ? m_text.size() : end) - start;
        if (end > start && m_text[end - 1] == u'\r')
            --length;
        return position.character <= length ? start + position.character : -1;
    }

    bool isInsidePair(qsizetype offset) const
    {
        return offset > 0 && offset < m_text.size() && m_text[offset - 1].isHighSurrogate();
    }

    QString m_text;
};

/// Someone at the keyboard, who never parts the two halves of a surrogate pair.
class Typist
{
public:
    Typist(QTextDocument &document, unsigned seed) : m_document(document), m_random(seed) { }

    void edit()
    {
        switch (below(10)) {
        case 0:
            return m_document.undo();
        case 1:
            return m_document.redo();
        case 2:
            return severalAtOnce();
        case 3:
            return somewhere().deletePreviousChar();
        case 4:
            return somewhere().deleteChar();
        case 5:
            return selection().removeSelectedText();
        case 6:
            return selection().insertText(snippet() + snippet() + snippet());
        case 7:
            return somewhere().insertBlock();
        default:
            return somewhere().insertText(snippet());
        }
    }

    /// Changes how some of it looks, as a highlighter does; not the text.
    void colour()
    {
        QTextCharFormat format;
        format.setFontItalic(below(2) == 0);
        selection().mergeCharFormat(format);
    }

private:
    int below(int bound) { return int(m_random() % unsigned(bound)); }

    // The pairs have halves in common, so that a comparison by unit would cut them.
    QString snippet()
    {
        static const QString snippets[] = {u"a"_s,  u"{{ x }}"_s, u"\n"_s, u"\n\n"_s,   u"é"_s,  u"\u00A0"_s,
                                           u"😀"_s, u"😁"_s,      u"𐐀"_s,  u"x\ny😀"_s, u"aa"_s, u"\t"_s};
        return snippets[below(std::size(snippets))];
    }

    QTextCursor somewhere()
    {
        QTextCursor cursor(&m_document);
        int position = below(m_document.characterCount());
        if (m_document.characterAt(position).isLowSurrogate())
            --position;
        cursor.setPosition(position);
        return cursor;
    }

    QTextCursor selection()
    {
        QTextCursor cursor = somewhere();
        for (int count = below(8); count > 0; --count)
            cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        return cursor;
    }

    /// Like replacing all: many edits that the document tells as one.
    void severalAtOnce()
    {
        QTextCursor block(&m_document);
        block.beginEditBlock();
        for (int count = 1 + below(4); count > 0; --count)
            selection().insertText(snippet());
        block.endEditBlock();
    }

    QTextDocument &m_document;
    std::mt19937 m_random;
};

QString withCrLf(QString text) { return text.replace(u"\n"_s, u"\r\n"_s); }

} // namespace

class TestToldText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServerHasTheTextAfterEveryEdit_data();
    void theServerHasTheTextAfterEveryEdit();
    void whatChangesNoTextIsNotTold();
    void oneKeyIsToldAsOneCharacter();
    void halvesOfAPairAreToldTogether();
    void textsThatQtReadsOtherwiseAreRefused_data();
    void textsThatQtReadsOtherwiseAreRefused();
};

void TestToldText::theServerHasTheTextAfterEveryEdit_data()
{
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<bool>("hasCrLf");
    for (unsigned seed = 1; seed <= 4; ++seed) {
        QTest::addRow("LF, %u", seed) << seed << false;
        QTest::addRow("CRLF, %u", seed) << seed << true;
    }
}

void TestToldText::theServerHasTheTextAfterEveryEdit()
{
    QFETCH(const unsigned, seed);
    QFETCH(const bool, hasCrLf);
    const QString lines = u"{% extends \"base.html\" %}\n{% block title %}😀{% endblock %}\n\n"_s;
    const QString begun = hasCrLf ? withCrLf(lines) : lines;
    QTextDocument document;
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document)); // Without one it tells nothing.
    document.setPlainText(begun);
    ToldText told(begun);
    ServerText server(begun);
    int toldEdits = 0;
    connect(&document, &QTextDocument::contentsChange, this, [&](int from, int removed, int added) {
        if (const auto edit = told.follow(document, from, removed, added)) {
            ++toldEdits;
            server.apply(*edit);
        }
    });

    Typist typist(document, seed);
    for (int count = 0; count < 1000; ++count) {
        typist.edit();
        const QString wanted = textOf(document);
        QCOMPARE(told.text(), wanted);
        QCOMPARE(server.text(), hasCrLf ? withCrLf(wanted) : wanted);
    }
    QVERIFY(toldEdits > 500); // The rest had nothing to undo, or to delete.
    while (document.isUndoAvailable())
        document.undo();
    QCOMPARE(server.text(), begun);
}

void TestToldText::whatChangesNoTextIsNotTold()
{
    QTextDocument document(u"one 😀\ntwo\n"_s);
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
    ToldText told(textOf(document));
    int signalled = 0;
    connect(&document, &QTextDocument::contentsChange, this, [&](int from, int removed, int added) {
        ++signalled;
        QVERIFY(!told.follow(document, from, removed, added));
    });
    Typist typist(document, 1);
    for (int count = 0; count < 50; ++count)
        typist.colour();
    QTextCursor cursor(&document);
    cursor.select(QTextCursor::Document);
    cursor.insertText(u"one 😀\ntwo\n"_s); // The same once more.
    QVERIFY(signalled > 10);
}

void TestToldText::oneKeyIsToldAsOneCharacter()
{
    QTextDocument document(u"aaa\naaa"_s);
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
    ToldText told(textOf(document));
    std::vector<protocol::TextDocumentContentChangeEvent> edits;
    connect(&document, &QTextDocument::contentsChange, this, [&](int from, int removed, int added) {
        if (auto edit = told.follow(document, from, removed, added))
            edits.push_back(*std::move(edit));
    });
    QTextCursor cursor(&document);
    cursor.setPosition(5); // After the first letter of the second line; its neighbours are the same.
    cursor.insertText(u"a"_s);
    cursor.deletePreviousChar();
    QCOMPARE(edits.size(), 2U);
    QVERIFY(edits[0] == (protocol::TextDocumentContentChangeEvent{protocol::Range{{1, 1}, {1, 1}}, "a"}));
    QVERIFY(edits[1] == (protocol::TextDocumentContentChangeEvent{protocol::Range{{1, 1}, {1, 2}}, ""}));
}

void TestToldText::halvesOfAPairAreToldTogether()
{
    QTextDocument document(u"x😀y"_s);
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
    ToldText told(textOf(document));
    std::vector<protocol::TextDocumentContentChangeEvent> edits;
    connect(&document, &QTextDocument::contentsChange, this, [&](int from, int removed, int added) {
        if (auto edit = told.follow(document, from, removed, added))
            edits.push_back(*std::move(edit));
    });
    QTextCursor cursor(&document);
    cursor.setPosition(1);
    cursor.setPosition(3, QTextCursor::KeepAnchor);
    cursor.insertText(u"😁"_s); // The first halves are the same.
    QCOMPARE(edits.size(), 1U);
    QVERIFY(edits[0] == (protocol::TextDocumentContentChangeEvent{protocol::Range{{0, 1}, {0, 3}}, "😁"}));
}

void TestToldText::textsThatQtReadsOtherwiseAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isFollowed");
    QTest::newRow("empty") << QString() << true;
    QTest::newRow("LF") << u"a\nb\n"_s << true;
    QTest::newRow("CRLF") << u"a\r\nb\r\n"_s << true;
    QTest::newRow("both") << u"a\r\nb\nc"_s << true;
    QTest::newRow("lone CR") << u"a\rb"_s << false;
    QTest::newRow("CR CR LF") << u"a\r\r\nb"_s << false;
    QTest::newRow("line separator") << u"a\u2028b"_s << true;
    QTest::newRow("paragraph separator") << u"a\u2029b"_s << false;
    QTest::newRow("Qt's begin of a frame") << u"a\uFDD0b"_s << false;
}

void TestToldText::textsThatQtReadsOtherwiseAreRefused()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isFollowed);
    QCOMPARE(ToldText::canFollow(text), isFollowed);
    if (isFollowed) {
        QTextDocument document;
        document.setPlainText(text);
        QCOMPARE(textOf(document), ToldText(text).text());
    }
}

NUAGES_TEST(TestToldText)
#include "tst_toldtext.moc"
