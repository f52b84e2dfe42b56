#include "tests/support/testmain.h"
#include "tests/ui/views/servertext.h"

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
using tests::ServerText;
using namespace Qt::StringLiterals;

namespace {

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
    void countsThatReachTooFarOrNotFarEnoughAreMended_data();
    void countsThatReachTooFarOrNotFarEnoughAreMended();
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
            QVERIFY(server.apply(*edit));
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

void TestToldText::countsThatReachTooFarOrNotFarEnoughAreMended_data()
{
    QTest::addColumn<int>("removed");
    QTest::addColumn<int>("added");
    QTest::newRow("right") << 1 << 2;
    QTest::newRow("with what follows") << 3 << 4;
    QTest::newRow("with the final separator") << 5 << 6;
    QTest::newRow("one of them alone") << 1 << 6;
    QTest::newRow("the other alone") << 5 << 2;
    QTest::newRow("not far enough") << 0 << 0;
}

void TestToldText::countsThatReachTooFarOrNotFarEnoughAreMended()
{
    QFETCH(const int, removed);
    QFETCH(const int, added);
    ToldText told(u"abcde"_s);
    const auto edit = told.follow(QTextDocument(u"aXYcde"_s), 1, removed, added);
    QVERIFY(edit == (protocol::TextDocumentContentChangeEvent{protocol::Range{{0, 1}, {0, 2}}, "XY"}));
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
