#include "ui/views/style.h"

#include <QApplication>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QStyleFactory>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

// What is between @ and @ is a colour of the theme.
constexpr auto rules = R"(
QMainWindow, QToolBar { background: @window@; }
QMainWindow::separator { width: 8px; height: 8px; background: @window@; }
QToolBar { border: 0; spacing: 8px; padding: 8px; }
QToolButton, QPushButton { background: @panel@; border: 1px solid @line@; border-radius: 4px; padding: 4px 12px; }
QToolButton:hover, QPushButton:hover { border-color: @muted@; }
QToolButton:checked, QToolButton:focus, QPushButton:focus { border-color: @accent@; }
QToolButton:disabled, QPushButton:disabled { color: @muted@; }
QLineEdit { background: @panel@; border: 1px solid @line@; border-radius: 4px; padding: 4px 8px; }
QLineEdit:focus { border-color: @accent@; }

#paneBody { background: @panel@; border: 1px solid @line@; }
#muted { color: @muted@; }
QTabBar { background: @panel@; }
QTabBar::tab { color: @muted@; padding: 4px 8px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text@; border-bottom-color: @accent@; }
QTableView, QTreeView, QListWidget, QPlainTextEdit { background: @panel@; border: 0; outline: 0; }
QTableView:focus, QTreeView:focus, QListWidget:focus, QPlainTextEdit:focus { border: 1px solid @accent@; }
QHeaderView { background: @panel@; border: 0; }
QHeaderView::section { background: @panel@; color: @muted@; border: 0; border-bottom: 1px solid @line@; padding: 4px 8px; }
QStatusBar { background: @window@; color: @muted@; border-top: 1px solid @line@; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @muted@; padding: 4px 8px; }
)";

constexpr int fontPixels = 12; // 9 pt

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
    return sheet;
}

QIcon programIcon()
{
    QIcon ours(u":/icons/nuages-64.png"_s);
    ours.addFile(u":/icons/nuages-256.png"_s);
    return QIcon::fromTheme(desktopName, ours);
}

} // namespace

void dress(QApplication &application, const canvas::Theme &theme)
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(theme.palette());
    QFont font = QApplication::font();
    font.setPixelSize(fontPixels);
    QApplication::setFont(font);
    application.setStyleSheet(styleSheetOf(theme));
    QApplication::setWindowIcon(programIcon());
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
