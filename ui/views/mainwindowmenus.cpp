// Where the commands of the window are found: its menus, and the dialogs behind some of them.
#include "engine/trace/store.h"
#include "ui/canvas/export.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/selection.h"
#include "ui/views/mainwindow.h"
#include "ui/views/page.h"
#include "ui/views/pane.h"
#include "ui/views/settingsdialog.h"
#include "ui/views/style.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace nuages::views {

/// Adds a menu of commands by name; an empty name draws a line.
void MainWindow::addMenu(const QString &title, const QStringList &names)
{
    QMenu *menu = menuBar()->addMenu(title);
    for (const QString &name : names) {
        if (name.isEmpty())
            menu->addSeparator();
        else
            menu->addAction(commandNamed(name));
    }
}

void MainWindow::makeMenus()
{
    QStringList panes;
    for (const QDockWidget *dock : docks()) {
        QAction *action = dock->toggleViewAction();
        action->setObjectName(u"show_"_s + dock->objectName());
        action->setToolTip(tr("Pane: %1").arg(dock->windowTitle()));
        connect(action, &QAction::triggered, this, [this] { m_isAsDefined = false; });
        addAction(action);
        m_commands.push_back(action);
        panes << action->objectName();
    }
    addMenu(tr("&File"),
            {u"openProject"_s,
             u"detach"_s,
             u"attachAgain"_s,
             {},
             u"openSession"_s,
             u"saveSession"_s,
             {},
             u"openInEditor"_s,
             u"exportPicture"_s,
             {},
             u"close"_s,
             u"quit"_s});
    m_recent = new QMenu(tr("Recent projects"), this);
    menuBar()->actions().front()->menu()->insertMenu(menuBar()->actions().front()->menu()->actions().at(1), m_recent);
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::showRecent);
    m_servers = new QMenu(tr("Attach to a running server"), this);
    m_servers->setObjectName(u"servers"_s);
    menuBar()->actions().front()->menu()->insertMenu(commandNamed(u"detach"_s), m_servers);
    connect(m_servers, &QMenu::aboutToShow, this, &MainWindow::showServers);
    m_recentSessions = new QMenu(tr("Recent sessions"), this);
    m_recentSessions->setToolTipsVisible(true);
    menuBar()->actions().front()->menu()->insertMenu(commandNamed(u"saveSession"_s), m_recentSessions);
    connect(m_recentSessions, &QMenu::aboutToShow, this, &MainWindow::showRecentSessions);
    addMenu(tr("&Edit"),
            {u"undo"_s,
             u"redo"_s,
             {},
             u"cut"_s,
             u"copy"_s,
             u"paste"_s,
             u"selectAll"_s,
             {},
             u"search"_s,
             u"copyChain"_s,
             u"copyMarkdown"_s,
             {},
             u"settings"_s});
    addMenu(tr("&View"),
            panes
                + QStringList{{},
                              u"perspectiveWhy"_s,
                              u"perspectivePerformance"_s,
                              u"perspectiveFiles"_s,
                              u"perspectiveProtocol"_s,
                              u"resetLayout"_s,
                              {},
                              u"zoomIn"_s,
                              u"zoomOut"_s,
                              u"zoomToFit"_s,
                              u"showTimes"_s,
                              u"absentFiles"_s,
                              {},
                              u"pauseView"_s});
    QStringList pages{u"show_neighbours"_s};
    for (const PageEntry &entry : pageEntries())
        pages << u"show_"_s + QLatin1StringView(entry.name);
    addMenu(tr("&Go"),
            QStringList{u"back"_s,
                        u"forward"_s,
                        {},
                        u"previousRevision"_s,
                        u"nextRevision"_s,
                        u"goLive"_s,
                        u"follow"_s,
                        {},
                        u"markA"_s,
                        u"markB"_s,
                        u"clearMarks"_s,
                        u"showDifferences"_s,
                        {},
                        u"pathTo"_s,
                        u"focusGraph"_s,
                        u"focusChain"_s,
                        u"focusFiles"_s,
                        u"focusSource"_s,
                        u"focusRevisions"_s,
                        u"focusQueries"_s,
                        u"focusQuestions"_s,
                        u"nextPane"_s,
                        u"previousPane"_s,
                        {}}
                + pages);
    addMenu(tr("&Help"), {u"demoSession"_s, u"shortcuts"_s, {}, u"about"_s, u"aboutQt"_s});
}

/// What the keys of the graph do, for who asks with the mouse or does not know them.
void MainWindow::showCardMenu(quint32 node, QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"cardMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const QKeySequence &key, auto act) {
        QAction *action = menu->addAction(text, this, act);
        action->setShortcut(key);
        action->setShortcutVisibleInContextMenu(true);
    };
    const bool isPinned = m_inspection.focus().isPinned(node);
    const bool isCollapsed = m_inspection.focus().isCollapsed(node);
    add(tr("Make it the middle"), Qt::Key_Return, [this, node] { pickNode(node); });
    add(tr("Show all its neighbours"), Qt::Key_Space, [this, node] { m_inspection.expand(node); });
    add(isCollapsed ? tr("Show its neighbours again") : tr("Collapse: hide its neighbours"), Qt::Key_C,
        [this, node, isCollapsed] { m_inspection.setCollapsed(node, !isCollapsed); });
    add(isPinned ? tr("Unpin") : tr("Pin: keep it in every picture"), Qt::Key_P,
        [this, node, isPinned] { m_inspection.setPinned(node, !isPinned); });
    if (node != m_inspection.selection().spot().node)
        add(tr("Path from the selected query"), {}, [this, node] { showPathTo(node); });
    menu->popup(position);
}

void MainWindow::setSettings(const Settings &settings)
{
    m_settings = settings;
    m_pinsFirst = !settings.followsAtStart && m_inspection.store().revision() == 0;
}

/// What is chosen there holds at once, here and in the next window.
SettingsDialog &MainWindow::showSettings()
{
    auto *dialog = findChild<SettingsDialog *>();
    if (!dialog) {
        dialog = new SettingsDialog(m_settings, this);
        connect(dialog, &SettingsDialog::changed, this, [this](const Settings &settings) {
            settings.save();
            if (!settings.looksLike(m_settings))
                apply(settings, *qApp);
            m_settings = settings;
            Q_EMIT settingsChanged(settings);
        });
    }
    dialog->show();
    dialog->activateWindow();
    return *dialog;
}

void MainWindow::showShortcuts()
{
    QString text;
    const auto addRow = [&text](const QString &keys, const QString &what) {
        text += u"<tr><td>%1</td><td>&nbsp;&nbsp;%2</td></tr>"_s.arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
    };
    for (const QAction *action : m_commands) {
        if (!action->shortcut().isEmpty())
            addRow(QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText), action->text());
    }
    addRow(tr("arrows"),
           tr("In the graph: along its edges, up and down a column; with Ctrl to other columns and ends"));
    addRow(tr("Enter, Space, C"),
           tr("In the graph: make the card the middle, show more of what is around it, or less"));
    addRow(tr("P"), tr("In the graph: pin the card, so that it is in every picture, or unpin it"));
    addRow(tr("Ctrl+click"), tr("In the graph: the shortest path between the selected card and this one"));
    addRow(tr("F, +, -, 0"), tr("In the graph: all of it, closer, further, natural size; also the wheel with Ctrl"));
    addRow(tr("Enter"), tr("In the kinds: the files of the kind; in files × kinds: the query"));
    addRow(tr("arrows, Page Up, Page Down, Home, End"), tr("In files × kinds: from cell to cell"));
    addRow(tr("Backspace"), tr("In the graph: from a query to files × kinds, from there to the kinds"));
    addRow(tr("Left, Right, Home, End"),
           tr("In the revisions: one by one, the first, the latest; with Ctrl the big ones"));
    addRow(tr("+, -, 0, Page Up, Page Down"), tr("In the revisions: closer, further, all, scroll; also the wheel"));
    addRow(tr("T"), tr("In the revisions: times or counts"));
    auto *list =
        new QMessageBox(QMessageBox::NoIcon, tr("Keys"), u"<table>"_s + text + u"</table>"_s, QMessageBox::Close, this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

void MainWindow::showAbout()
{
    auto *about = new QMessageBox(
        QMessageBox::NoIcon, tr("About Nuages Inspector"),
        tr("<h3>Nuages Inspector %1</h3><p>Shows live what the language server of a Django project computes for each "
           "edit, and why.</p><p>Free software under the MIT licence. Drawn with Qt %2.</p>")
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped(), QString::fromLatin1(qVersion())),
        QMessageBox::Close, this);
    about->setIconPixmap(windowIcon().pixmap(64));
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->open();
}

/// Of the graph in the level that is in front; a list of it is no picture, and has that of the focus.
void MainWindow::exportPicture()
{
    const auto *page = qobject_cast<const Page *>(m_graphPane->pageInFront());
    auto *dialog = new QFileDialog(this, tr("Export picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(canvas::exportFilters());
    dialog->setDefaultSuffix(u"svg"_s);
    const QString level = page ? page->objectName().chopped(4) : u"graph"_s; // "kindsPage"
    dialog->selectFile(level + u".svg"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString &filter) { dialog->setDefaultSuffix(filter.section(u"*."_s, 1).chopped(1)); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, page](const QString &path) {
        const auto ofPage = page ? page->exportTo(path) : std::nullopt;
        const std::expected<void, QString> written = ofPage ? *ofPage : canvas::exportPicture(*m_graph, path);
        if (written)
            return;
        auto *failed =
            new QMessageBox(QMessageBox::Warning, tr("Export picture"), written.error(), QMessageBox::Close, this);
        failed->setAttribute(Qt::WA_DeleteOnClose);
        failed->open();
    });
    dialog->open();
}

} // namespace nuages::views
