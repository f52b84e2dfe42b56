#include "tests/support/testmain.h"

#include "ui/canvas/contrast.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/canvas/theme.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/lists.h"
#include "ui/views/sourcepane.h"
#include "ui/views/style.h"

#include <QApplication>
#include <QIcon>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <QStyleHints>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QToolButton>
#include <QVBoxLayout>

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
    void theFontIsThatOfTheDesktop();
    void theThemeOfTheDesktopIsFollowed();
    void highContrastIsFollowed();
    void theFocusIsSeen_data() { addThemes(); }
    void theFocusIsSeen();

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

void TestStyle::theFontIsThatOfTheDesktop()
{
    for (const double points : {9.0, 11.0, 18.0}) { // The last one is 200 %.
        QFont font = m_fontBefore;
        font.setPointSizeF(points);
        QApplication::setFont(font);
        views::dress(*qApp, canvas::Theme::light());
        QCOMPARE(QApplication::font().pointSizeF(), points);
        QVERIFY(views::heightOfRows() >= QFontMetrics(QApplication::font()).height() + 4);
        const QLabel label(u"text"_s);
        QCOMPARE(label.font().pointSizeF(), points);
    }
    QApplication::setFont(m_fontBefore);
    QCOMPARE(views::heightOfRows(), 24);
}

void TestStyle::theThemeOfTheDesktopIsFollowed()
{
    views::dressAsDesktop(*qApp);
    QWidget window;
    for (const auto &[scheme, theme] : {std::pair(Qt::ColorScheme::Dark, canvas::Theme::dark()),
                                        std::pair(Qt::ColorScheme::Light, canvas::Theme::light()),
                                        std::pair(Qt::ColorScheme::Dark, canvas::Theme::dark())}) {
        Q_EMIT QGuiApplication::styleHints()->colorSchemeChanged(scheme); // As the platform tells of it.
        QCOMPARE(QApplication::palette().color(QPalette::Window), theme.window);
        QCoreApplication::processEvents();
        QCOMPARE(window.palette().color(QPalette::Window), theme.window);
        QVERIFY(qApp->styleSheet().contains(theme.accent.name()));
    }
    delete qApp->findChild<QObject *>(u"desktopFollower"_s);
}

// It comes and goes while the program runs, on a light desktop and on a dark one, and the window follows.
void TestStyle::highContrastIsFollowed()
{
    const auto black = [] {
        QPalette palette{QColor(Qt::black)};
        palette.setColor(QPalette::Base, Qt::black);
        palette.setColor(QPalette::WindowText, Qt::white);
        return palette;
    };
    QPalette desktop(QColor(0xefefef));
    views::dressAsDesktop(*qApp, [&desktop] { return desktop; });
    QWidget window;
    window.show();
    canvas::GraphCanvas graph(&window);
    const auto wear = [&](const QPalette &palette) {
        desktop = palette;
        QEvent changed(QEvent::ThemeChange); // As the platform tells every window.
        QCoreApplication::sendEvent(window.windowHandle(), &changed);
        QCoreApplication::processEvents();
        return canvas::Theme::of(window.palette());
    };
    for (int time = 0; time < 2; ++time) {
        const canvas::Theme theme = wear(black());
        QCOMPARE(theme.kind, canvas::Theme::Kind::HighContrast);
        QCOMPARE(canvas::Theme::of(graph.palette()), theme);
        QVERIFY(qApp->styleSheet().contains(u"background: #000000"_s));
        Q_EMIT QGuiApplication::styleHints()->colorSchemeChanged(Qt::ColorScheme::Light); // It outweighs that.
        QCOMPARE(canvas::Theme::of(QApplication::palette()).kind, canvas::Theme::Kind::HighContrast);
        QCOMPARE(wear(QPalette(QColor(0xefefef))), canvas::Theme::light());
    }
    delete qApp->findChild<QObject *>(u"desktopFollower"_s);
}

// Whatever takes the focus has a ring of two pixels in the accent, and nothing moves for it.
void TestStyle::theFocusIsSeen()
{
    QFETCH(const canvas::Theme, theme);
    views::dress(*qApp, theme);
    QWidget window;
    window.resize(400, 600);
    auto *layout = new QVBoxLayout(&window);
    QStandardItemModel model(3, 2);
    auto *table = new views::Table(&model, u"table"_s);
    table->setWidths(0, {40});
    auto *tree = new views::Tree(&model, u"tree"_s);
    auto *text = new QPlainTextEdit;
    auto *line = new QLineEdit;
    auto *button = new QToolButton;
    button->setText(u"Button"_s);
    button->setFocusPolicy(Qt::StrongFocus);
    auto *tabs = new QTabBar;
    tabs->addTab(u"one"_s);
    tabs->addTab(u"two"_s);
    auto *strip = new canvas::RevisionStrip;
    auto *graph = new canvas::GraphCanvas;
    auto *other = new QPushButton(u"Other"_s);
    const QList<QWidget *> widgets{table, tree, text, line, button, tabs, strip, graph};
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addWidget(other);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto ringOf = [&](QWidget *widget) {
        const QImage image = widget->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y) == theme.accent;
        }
        return count;
    };
    for (QWidget *widget : widgets) {
        other->setFocus();
        const int without = ringOf(widget);
        const QRect place = widget->geometry();
        const QSize hint = widget->sizeHint();
        widget->setFocus();
        const int with = ringOf(widget);
        const int around = widget == tabs ? 2 * tabs->tabRect(0).width() : 2 * (widget->width() + widget->height());
        const int ring = widget == tabs ? with : with - without; // The tab in front is underlined in the accent anyway.
        QVERIFY2(ring > 1.5 * around - 60,
                 qPrintable(QLatin1StringView(widget->metaObject()->className())
                            + u": %1 of %2"_s.arg(ring).arg(2 * around)));
        QCOMPARE(widget->geometry(), place);
        QCOMPARE(widget->sizeHint(), hint);
    }

    // In a list also the row that the keys would move.
    table->setFocus();
    table->setCurrentIndex(model.index(0, 0));
    const int first = ringOf(table);
    const int row = 2 * table->viewport()->width();
    table->setCurrentIndex({});
    QVERIFY(first - ringOf(table) > 1.5 * row);
}

NUAGES_TEST(TestStyle)
#include "tst_style.moc"
