#include "ui/views/style.h"

#include "ui/views/settings.h"

#include <QApplication>
#include <QEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QIcon>
#include <QMainWindow>
#include <QProxyStyle>
#include <QScreen>
#include <QStyleFactory>
#include <QStyleHints>

#include <algorithm>
#include <optional>
#include <utility>

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

constexpr QLatin1StringView followerName("desktopFollower");
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

bool moves = true;

/// Fusion that does not fade.
class CalmStyle final : public QProxyStyle
{
public:
    CalmStyle() : QProxyStyle(u"Fusion"_s) { }

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override
    {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, returned);
    }
};

QIcon programIcon()
{
    QIcon ours(u":/icons/nuages-64.png"_s);
    ours.addFile(u":/icons/nuages-256.png"_s);
    return QIcon::fromTheme(desktopName, ours);
}

canvas::Theme themeOfDesktop(const QPalette &palette, Qt::ColorScheme scheme)
{
    canvas::Theme theme = canvas::Theme::of(palette);
    if (theme.kind == canvas::Theme::Kind::HighContrast)
        return theme;
    return scheme == Qt::ColorScheme::Dark ? canvas::Theme::dark() : canvas::Theme::light();
}

/// Dresses an application anew whenever the desktop looks different.
class DesktopFollower final : public QObject
{
public:
    DesktopFollower(QApplication &application, std::function<QPalette()> palette)
        : QObject(&application), m_application(application), m_palette(std::move(palette))
    {
        setObjectName(followerName);
        follow(QGuiApplication::styleHints()->colorScheme());
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
                [this](Qt::ColorScheme scheme) { follow(scheme); });
        application.installEventFilter(this);
    }

    /// Every window is told that the desktop is another; of high contrast there is no signal.
    bool eventFilter(QObject *receiver, QEvent *event) override
    {
        if (event->type() == QEvent::ThemeChange && receiver->isWindowType())
            follow(QGuiApplication::styleHints()->colorScheme());
        return false;
    }

private:
    void follow(Qt::ColorScheme scheme)
    {
        const canvas::Theme theme = themeOfDesktop(m_palette(), scheme);
        if (std::exchange(m_theme, theme) != theme)
            dress(m_application, theme);
    }

    QApplication &m_application;
    std::function<QPalette()> m_palette;
    std::optional<canvas::Theme> m_theme; ///< That it wears.
};

} // namespace

QSize firstSizeOn(const QScreen &screen)
{
    return usualSize.boundedTo(screen.availableSize() - QSize(frameOfWindow, frameOfWindow + titleOfWindow));
}

int heightOfRows() { return std::max(leastRowHeight, QFontMetrics(QApplication::font()).height() + aroundText); }

void dress(QApplication &application, const canvas::Theme &theme)
{
    QApplication::setStyle(moves ? QStyleFactory::create(u"Fusion"_s) : new CalmStyle);
    QApplication::setPalette(theme.palette());
    application.setStyleSheet(styleSheetOf(theme));
    QApplication::setWindowIcon(programIcon());
}

QPalette paletteOfDesktop()
{
    const QPalette worn = QApplication::palette();
    QApplication::setPalette({}); // What is set hides what the platform says.
    QPalette desktop = QApplication::palette();
    QApplication::setPalette(worn);
    return desktop;
}

void dressAsDesktop(QApplication &application, std::function<QPalette()> palette)
{
    delete application.findChild<QObject *>(followerName, Qt::FindDirectChildrenOnly);
    new DesktopFollower(application, std::move(palette));
}

void apply(const Settings &settings, QApplication &application)
{
    static const QFont font = QApplication::font();
    static const int flashTime = QApplication::cursorFlashTime();
    QFont wanted = font;
    if (settings.fontSize > 0)
        wanted.setPointSize(settings.fontSize);
    QApplication::setFont(wanted);
    QApplication::setCursorFlashTime(settings.moves ? flashTime : 0);
    QApplication::setEffectEnabled(Qt::UI_General, settings.moves);
    moves = settings.moves;
    if (settings.colours.isEmpty()) {
        dressAsDesktop(application);
    } else {
        delete application.findChild<QObject *>(followerName, Qt::FindDirectChildrenOnly);
        dress(application, themeFor(settings.colours));
    }
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (auto *withPanes = qobject_cast<QMainWindow *>(window))
            withPanes->setAnimated(settings.moves);
    }
}

canvas::Theme themeFor(const QString &wanted)
{
    if (wanted == "light"_L1)
        return canvas::Theme::light();
    if (wanted == "dark"_L1)
        return canvas::Theme::dark();
    if (wanted == "high-contrast"_L1)
        return canvas::Theme::highContrast(QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    return themeOfDesktop(QGuiApplication::palette(), QGuiApplication::styleHints()->colorScheme());
}

} // namespace nuages::views
