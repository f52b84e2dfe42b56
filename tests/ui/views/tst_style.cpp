#include "tests/support/testmain.h"

#include "ui/canvas/contrast.h"
#include "ui/canvas/theme.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/sourcepane.h"
#include "ui/views/style.h"

#include <QApplication>
#include <QIcon>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <set>

using namespace nuages;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(nuages::canvas::Theme)

class TestStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void textOfAPaletteIsReadable_data() { addThemes(); }
    void textOfAPaletteIsReadable();
    void textOfTheStyleSheetIsReadable_data() { addThemes(); }
    void textOfTheStyleSheetIsReadable();
    void nothingFadesAndEveryNameHasItsColour_data() { addThemes(); }
    void nothingFadesAndEveryNameHasItsColour();
    void highlightedSourceIsReadable_data() { addThemes(); }
    void highlightedSourceIsReadable();
    void aThemeIsChosenByName();
    void theWindowHasAnIcon();

private:
    static void addThemes()
    {
        QTest::addColumn<canvas::Theme>("theme");
        QTest::newRow("light") << canvas::Theme::light();
        QTest::newRow("dark") << canvas::Theme::dark();
    }

    QPalette m_paletteBefore;
    QFont m_fontBefore;
};

void TestStyle::init()
{
    m_paletteBefore = QApplication::palette();
    m_fontBefore = QApplication::font();
}

void TestStyle::cleanup()
{
    qApp->setStyleSheet({});
    QApplication::setPalette(m_paletteBefore);
    QApplication::setFont(m_fontBefore);
}

void TestStyle::textOfAPaletteIsReadable()
{
    QFETCH(const canvas::Theme, theme);
    views::dress(*qApp, theme);
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window},         {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},        {QPalette::ButtonText, QPalette::Button},
        {QPalette::HighlightedText, QPalette::Highlight}, {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ToolTipText, QPalette::ToolTipBase},   {QPalette::Link, QPalette::Base},
    };
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        for (const auto &[text, ground] : pairs) {
            const double contrast = canvas::contrast(QApplication::palette().color(group, text),
                                                     QApplication::palette().color(group, ground));
            QVERIFY2(contrast >= canvas::textContrast, qPrintable(u"role %1: %2"_s.arg(text).arg(contrast)));
        }
    }
}

void TestStyle::textOfTheStyleSheetIsReadable()
{
    QFETCH(const canvas::Theme, theme);
    views::dress(*qApp, theme);
    static const QRegularExpression textColour(u"[{; ]color:\\s*(#[0-9a-f]{6})"_s);
    int count = 0;
    for (auto found = textColour.globalMatch(qApp->styleSheet()); found.hasNext(); ++count) {
        const QColor colour(found.next().captured(1));
        QVERIFY2(canvas::contrast(colour, theme.window) >= canvas::textContrast, qPrintable(colour.name()));
        QVERIFY2(canvas::contrast(colour, theme.panel) >= canvas::textContrast, qPrintable(colour.name()));
    }
    QVERIFY(count > 3);
}

void TestStyle::nothingFadesAndEveryNameHasItsColour()
{
    QFETCH(const canvas::Theme, theme);
    views::dress(*qApp, theme);
    QVERIFY(!qApp->styleSheet().isEmpty());
    QVERIFY(!qApp->styleSheet().contains("gradient"_L1, Qt::CaseInsensitive));
    QVERIFY(!qApp->styleSheet().contains(u'@'));
}

void TestStyle::highlightedSourceIsReadable()
{
    QFETCH(const canvas::Theme, theme);
    views::dress(*qApp, theme);
    QTemporaryDir project;
    QFile file(project.filePath(u"a.html"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "{# note #}\n{% extends \"base.html\" %}\n<!-- c --><p class=\"x\" on=1>{{ shop|upper:\"a\" }} &amp; é</p>\n"
        "<style>p { color: red; margin: 1px }</style><script>var a = 'b'; // c\n</script>\n");
    file.close();
    views::EditorClient client;
    views::SourcePane pane(client);
    pane.open(file.fileName());
    QTextDocument &document = *pane.editor().document();
    std::set<QString> seen;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
            if (!range.format.hasProperty(QTextFormat::ForegroundBrush))
                continue;
            const QColor colour = range.format.foreground().color();
            seen.insert(colour.name());
            QVERIFY2(canvas::contrast(colour, theme.panel) >= canvas::textContrast,
                     qPrintable(colour.name() + u": "_s + block.text().mid(range.start, range.length)));
        }
    }
    QVERIFY(seen.size() > 2);
}

void TestStyle::aThemeIsChosenByName()
{
    QVERIFY(views::themeFor(u"light"_s) == canvas::Theme::light());
    QVERIFY(views::themeFor(u"dark"_s) == canvas::Theme::dark());
    QVERIFY(views::themeFor(u"mauve"_s) == views::themeFor({})); // As the desktop has it.
}

// The amber node of the graph, the white one beside it, and the sky around the cloud.
void TestStyle::theWindowHasAnIcon()
{
    views::dress(*qApp, canvas::Theme::light());
    for (const int size : {64, 256}) {
        const QImage image = QApplication::windowIcon().pixmap(QSize(size, size), 1).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        const auto colourAt = [&](int x, int y) { return image.pixelColor(x * size / 64, y * size / 64); };
        QCOMPARE(colourAt(44, 40), QColor(0xffc83d));
        QCOMPARE(colourAt(20, 40), QColor(Qt::white));
        QCOMPARE(colourAt(1, 1).alpha(), 0);
    }
}

NUAGES_TEST(TestStyle)
#include "tst_style.moc"
