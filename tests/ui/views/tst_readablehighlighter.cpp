#include "tests/support/testmain.h"

#include "ui/views/readablehighlighter.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QPlainTextDocumentLayout>
#include <QTest>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

using namespace nuages::views;
using namespace Qt::StringLiterals;
using KSyntaxHighlighting::Repository;

namespace {

using Formats = QList<QTextLayout::FormatRange>;

/// A document that is coloured as a template.
struct Coloured {
    explicit Coloured(const QString &lines)
    {
        text.setDocumentLayout(new QPlainTextDocumentLayout(&text));
        text.setPlainText(lines);
        colour(Repository::LightTheme, Qt::white);
    }

    void colour(Repository::DefaultTheme theme, const QColor &ground)
    {
        highlighter.colour(syntaxes.definitionForName(u"Django HTML Template"_s), syntaxes.defaultTheme(theme), ground);
    }

    void insertAtEndOf(int line, const QString &what)
    {
        const QTextBlock block = text.findBlockByNumber(line);
        QTextCursor cursor(&text);
        cursor.setPosition(block.position() + block.length() - 1);
        cursor.insertText(what);
    }

    /// Also a line whose end changes the next one takes a turn.
    void finish()
    {
        for (int turn = 0; turn < text.blockCount() || highlighter.isColouring(); ++turn)
            QCoreApplication::processEvents();
    }

    Formats formats(int line) { return text.findBlockByNumber(line).layout()->formats(); }

    QList<Formats> allFormats()
    {
        QList<Formats> all;
        for (int line = 0; line < text.blockCount(); ++line)
            all << formats(line);
        return all;
    }

    Repository syntaxes;
    QTextDocument text;
    ReadableHighlighter highlighter{&text};
};

QString linesOf(int count) { return u"<a href=\"{% url 'x' %}\">{{ a|upper }}</a>\n"_s.repeated(count - 1) + u"<b>"_s; }

} // namespace

class TestReadableHighlighter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongDocumentIsColouredInPortions();
    void whatIsPastedIsColouredInPortionsToo();
    void anotherThemeColoursAllAnew();
    void anInsertedLineReachesThoseBelow();
    void whatIsTypedIsColouredAtOnce();
};

void TestReadableHighlighter::aLongDocumentIsColouredInPortions()
{
    constexpr int lines = 3 * ReadableHighlighter::portion;
    Coloured document(linesOf(lines));
    QVERIFY(document.highlighter.isColouring());
    QVERIFY(!document.formats(ReadableHighlighter::portion - 1).isEmpty());
    QVERIFY(document.formats(ReadableHighlighter::portion).isEmpty());
    document.finish();
    for (int line = 1; line < lines - 1; ++line)
        QCOMPARE(document.formats(line), document.formats(0));
    QVERIFY(!document.formats(lines - 1).isEmpty());
}

void TestReadableHighlighter::whatIsPastedIsColouredInPortionsToo()
{
    Coloured document(linesOf(3));
    document.insertAtEndOf(1, u'\n' + linesOf(2 * ReadableHighlighter::portion));
    QVERIFY(document.highlighter.isColouring());
    document.finish();
    for (int line = 2; line <= 2 * ReadableHighlighter::portion; ++line)
        QCOMPARE(document.formats(line), document.formats(0));
}

void TestReadableHighlighter::anotherThemeColoursAllAnew()
{
    const QString lines = linesOf(2 * ReadableHighlighter::portion);
    Coloured document(lines);
    document.finish();
    const QList<Formats> light = document.allFormats();
    document.colour(Repository::DarkTheme, Qt::black);
    document.finish();
    const QList<Formats> dark = document.allFormats();
    for (qsizetype line = 0; line < light.size(); ++line)
        QVERIFY(light[line] != dark[line]);
    document.colour(Repository::LightTheme, Qt::white);
    document.finish();
    QCOMPARE(document.allFormats(), light);
}

void TestReadableHighlighter::anInsertedLineReachesThoseBelow()
{
    Coloured document(linesOf(4));
    document.insertAtEndOf(0, u"\n{% comment %}"_s);
    document.finish();
    Coloured fresh(document.text.toPlainText());
    fresh.finish();
    QCOMPARE(document.allFormats(), fresh.allFormats());
    QVERIFY(document.formats(2) != document.formats(0));
}

void TestReadableHighlighter::whatIsTypedIsColouredAtOnce()
{
    Coloured document(linesOf(2));
    for (int count = 0; count < 2 * ReadableHighlighter::portion; ++count) {
        document.insertAtEndOf(document.text.blockCount() - 1, u"\n<b>"_s);
        QCoreApplication::processEvents();
        QVERIFY(!document.formats(document.text.blockCount() - 1).isEmpty());
    }
    QVERIFY(!document.highlighter.isColouring());
}

NUAGES_TEST(TestReadableHighlighter)
#include "tst_readablehighlighter.moc"
