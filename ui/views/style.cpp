#include "ui/views/style.h"

#include <QApplication>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QIcon>
#include <QScreen>
#include <QStyleFactory>
#include <QStyleHints>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

// What is between @ and @ is a colour of the theme.
constexpr auto rules = R"(
QMainWindow, QToolBar, QMenuBar { background: @window@; }
QMenuBar::item { padding: 4px 8px; background: transparent; color: @text@; }
QMenuBar::item:selected { background: @selection@; }
QMainWindow::separator { width: 8px; height: 8px; background: @window@; }
QToolBar { border: 0; spacing: 8px; padding: 6px; }
QToolButton, QPushButton { background: @panel@; border: 1px solid @line@; border-radius: 4px; padding: 4px 8px; }
QToolButton:hover, QPushButton:hover { border-color: @muted@; }
QToolButton:checked { border-color: @accent@; }
QToolButton:focus, QPushButton:focus { border: 2px solid @accent@; padding: 3px 7px; }
QToolButton:disabled, QPushButton:disabled { color: @muted@; }
QLineEdit { background: @panel@; border: 1px solid @line@; border-radius: 4px; padding: 4px 8px; }
QLineEdit:focus { border: 2px solid @accent@; padding: 3px 7px; }

#paneBody { background: @panel@; border: 1px solid @line@; }
#muted { color: @muted@; }
QTabBar { background: @panel@; }
QTabBar::tab { color: @muted@; padding: 4px 8px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text@; border-bottom-color: @accent@; }
QTabBar::tab:focus { border: 2px solid @accent@; padding: 2px 6px; }
QTableView, QTreeView, QListWidget, QPlainTextEdit { background: @panel@; border: 2px solid @panel@; outline: 0; }
QTableView:focus, QTreeView:focus, QListWidget:focus, QPlainTextEdit:focus { border-color: @accent@; }
QHeaderView { background: @panel@; border: 0; }
QHeaderView::section { background: @panel@; color: @muted@; border: 0; border-bottom: 1px solid @line@; padding: 4px 8px; }
QStatusBar { background: @window@; color: @muted@; border-top: 1px solid @line@; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @muted@; padding: 4px 8px; }
)";

constexpr int frameOfWindow = 12; // of both sides; the window manager says it only once the window is shown
constexpr int titleOfWindow = 32;
constexpr int leastRowHeight = 24;
constexpr int aroundText = 8; // above and below the text of a row

QString styleSheetOf(const canvas::Theme &theme)
{
    QString sheet = QString::fromLatin1(rules);
    const auto colour = [&](QLatin1StringView name, const QColor &value) {
        sheet.replace(u'@' + QString(name) + u'@', value.name());
    };
    colour("window"_L1, theme.window);
    colour("panel"_L1, theme.panel);
    colour("line"_L1, theme.line);
    colour("text"_L1, theme.text);
    colour("muted"_L1, theme.muted);
    colour("accent"_L1, theme.accent);
    colour("selection"_L1, theme.selection);
    return sheet;
}

QIcon programIcon()
{
    QIcon ours(u":/icons/nuages-64.png"_s);
    ours.addFile(u":/icons/nuages-256.png"_s);
    return QIcon::fromTheme(desktopName, ours);
}

} // namespace

QSize firstSizeOn(const QScreen &screen)
{
    return usualSize.boundedTo(screen.availableSize() - QSize(frameOfWindow, frameOfWindow + titleOfWindow));
}

int heightOfRows() { return std::max(leastRowHeight, QFontMetrics(QApplication::font()).height() + aroundText); }

void dress(QApplication &application, const canvas::Theme &theme)
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(theme.palette());
    application.setStyleSheet(styleSheetOf(theme));
    QApplication::setWindowIcon(programIcon());
}

void dressAsDesktop(QApplication &application)
{
    dress(application, themeFor({}));
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &application,
                     [&application](Qt::ColorScheme scheme) {
                         dress(application,
                               scheme == Qt::ColorScheme::Dark ? canvas::Theme::dark() : canvas::Theme::light());
                     });
}

canvas::Theme themeFor(const QString &wanted)
{
    if (wanted == "light"_L1)
        return canvas::Theme::light();
    if (wanted == "dark"_L1)
        return canvas::Theme::dark();
    const canvas::Theme desktop = canvas::Theme::of(QGuiApplication::palette());
    if (desktop.kind == canvas::Theme::Kind::HighContrast)
        return desktop;
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? canvas::Theme::dark()
                                                                                 : canvas::Theme::light();
}

} // namespace nuages::views
