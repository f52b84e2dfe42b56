// What can be done in the window: its commands, by name and by key.
#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/link/link.h"
#include "ui/models/fileindex.h"
#include "ui/models/inspection.h"
#include "ui/models/requests.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/whychain.h"
#include "ui/views/answerpage.h"
#include "ui/views/codeeditor.h"
#include "ui/views/diffpage.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"
#include "ui/views/page.h"
#include "ui/views/pane.h"
#include "ui/views/settingsdialog.h"
#include "ui/views/sourcepane.h"
#include "ui/views/whypane.h"

#include <QAbstractItemView>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QDockWidget>
#include <QLabel>
#include <QProcess>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr std::size_t proposalsShown = 12;

QString textOfRow(const QModelIndex &index)
{
    QStringList cells;
    for (int column = 0; index.isValid() && column < index.model()->columnCount(index.parent()); ++column) {
        const QModelIndex cell = index.siblingAtColumn(column);
        cells << cell.data().toString();
        if (const QString detail = cell.data(models::DetailRole).toString(); !detail.isEmpty())
            cells << detail;
    }
    if (const QString value = index.data(models::ValueRole).toString(); !value.isEmpty())
        cells << value;
    return cells.join(u'\t');
}

} // namespace

QAction *MainWindow::command(const QString &name, const QString &text, const QKeySequence &keys,
                             std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setToolTip(keys.isEmpty() ? text : u"%1 (%2)"_s.arg(text, keys.toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action);
    m_commands.push_back(action);
    return action;
}

QAction *MainWindow::commandNamed(const QString &name) const
{
    const auto found = std::ranges::find(m_commands, name, &QObject::objectName);
    Q_ASSERT(found != m_commands.end());
    return *found;
}

// Keys are those of the desktop where it has a word for the thing; panes are gone to by Alt and a number.
void MainWindow::makeCommands()
{
    models::Selection &selection = m_inspection.selection();
    command(u"openProject"_s, tr("Open project…"), {}, [this] { askForProject(); })->setShortcuts(QKeySequence::Open);
    command(u"openSession"_s, tr("Open session…"), {}, [this] { askForSession(); });
    command(u"saveSession"_s, tr("Save session as…"), {}, [this] { saveSession(); })->setEnabled(false);
    commandNamed(u"saveSession"_s)->setShortcuts(QKeySequence::SaveAs);
    command(u"demoSession"_s, tr("Recorded session of the demo project"), {},
            [this] { Q_EMIT projectAsked(demoSession); });
    command(u"openInEditor"_s, tr("Open the file in your editor"), QKeySequence(Qt::CTRL | Qt::Key_E),
            [this] { openInEditor(); });
    command(u"exportPicture"_s, tr("Export picture…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
            [this] { exportPicture(); });
    command(u"pathTo"_s, tr("Path to…"), QKeySequence(Qt::CTRL | Qt::Key_P), [this] { m_omnibox->ask(u"~"_s); });
    m_detach = command(u"detach"_s, tr("Detach from the server"), {}, [this] { m_link.detach(); });
    m_attachAgain = command(u"attachAgain"_s, tr("Attach again"), {}, [this] { Q_EMIT attachAgainAsked(); });
    command(u"close"_s, tr("Close"), {}, [this] { close(); })->setShortcuts(QKeySequence::Close);
    command(u"quit"_s, tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [] { QApplication::closeAllWindows(); });
    makeEditCommands();
    // Not every desktop has a key for it.
    command(u"settings"_s, tr("Settings…"), {}, [this] { showSettings(); })
        ->setShortcuts(QKeySequence::keyBindings(QKeySequence::Preferences)
                       + QList{QKeySequence(Qt::CTRL | Qt::Key_Comma)});

    m_perspectives = new QActionGroup(this);
    const std::pair<QString, QString> perspectives[] = {{u"perspectiveWhy"_s, tr("Why")},
                                                        {u"perspectivePerformance"_s, tr("Performance")},
                                                        {u"perspectiveFiles"_s, tr("Files")},
                                                        {u"perspectiveProtocol"_s, tr("Protocol")}};
    for (int at = 0; at < 4; ++at) {
        const auto &[name, text] = perspectives[at];
        QAction *action =
            command(name, tr("Perspective: %1").arg(text), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + at)),
                    [this, at] { goToPerspective(static_cast<Perspective>(at)); });
        action->setIconText(text);
        action->setCheckable(true);
        m_perspectives->addAction(action);
    }
    command(u"resetLayout"_s, tr("Reset layout"), {}, [this] { resetLayout(); });
    command(u"zoomIn"_s, tr("Zoom the graph in"), QKeySequence::ZoomIn, [this] {
        m_graph->zoomIn();
    })->setShortcuts({Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal}); // The second is the same key without Shift.
    command(u"zoomOut"_s, tr("Zoom the graph out"), QKeySequence::ZoomOut, [this] { m_graph->zoomOut(); });
    command(u"zoomToFit"_s, tr("Show the whole graph"), QKeySequence(Qt::CTRL | Qt::Key_0), [this] { m_graph->fit(); });
    QAction *times =
        command(u"showTimes"_s, tr("Show times in the revisions"), QKeySequence(Qt::CTRL | Qt::Key_T), [this] {
            const bool isTime = m_strip->measure() == canvas::Measure::Time;
            m_strip->setMeasure(isTime ? canvas::Measure::Count : canvas::Measure::Time);
        });
    times->setCheckable(true);
    connect(m_strip, &canvas::RevisionStrip::measureChanged, times,
            [times](canvas::Measure measure) { times->setChecked(measure == canvas::Measure::Time); });
    command(u"absentFiles"_s, tr("Show files that were only looked for"), {}, [this] {
        m_inspection.showAbsentFiles(commandNamed(u"absentFiles"_s)->isChecked());
    })->setCheckable(true);
    m_pause = command(u"pauseView"_s, tr("Pause view"), QKeySequence(Qt::Key_F8),
                      [this] { m_inspection.setPaused(!m_inspection.isPaused()); });
    m_pause->setCheckable(true);

    m_back = command(u"back"_s, tr("Back"), QKeySequence(Qt::ALT | Qt::Key_Left), [&selection] { selection.back(); });
    m_back->setIconText(u"◀"_s);
    m_back->setEnabled(false);
    m_forward = command(u"forward"_s, tr("Forward"), QKeySequence(Qt::ALT | Qt::Key_Right),
                        [&selection] { selection.forward(); });
    m_forward->setIconText(u"▶"_s);
    m_forward->setEnabled(false);
    command(u"previousRevision"_s, tr("Previous revision"), QKeySequence(Qt::Key_BracketLeft),
            [this] { stepRevision(-1); });
    command(u"nextRevision"_s, tr("Next revision"), QKeySequence(Qt::Key_BracketRight), [this] { stepRevision(1); });
    command(u"goLive"_s, tr("Follow the latest revision"), QKeySequence(Qt::CTRL | Qt::Key_End),
            [&selection] { selection.goLive(); });
    m_follow = command(u"follow"_s, tr("Follow"), {},
                       [this, &selection] { m_follow->isChecked() ? selection.follow() : selection.pin(); });
    m_follow->setToolTip(tr("Follow: show the answer to each edit as it comes (Escape)"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    command(u"markA"_s, tr("Mark the revision as A"), QKeySequence(Qt::CTRL | Qt::Key_BracketLeft),
            [this] { static_cast<DiffPage &>(showPage("diffPage")).mark(DiffPage::A, m_inspection.shownRevision()); });
    command(u"markB"_s, tr("Mark the revision as B"), QKeySequence(Qt::CTRL | Qt::Key_BracketRight),
            [this] { static_cast<DiffPage &>(showPage("diffPage")).mark(DiffPage::B, m_inspection.shownRevision()); });
    command(u"clearMarks"_s, tr("Clear the marks A and B"), {}, [this] {
        for (const DiffPage::Side side : {DiffPage::A, DiffPage::B})
            findChild<DiffPage *>()->mark(side, {});
    });
    command(u"showDifferences"_s, tr("Show the differences in the graph"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] {
        auto *diff = findChild<DiffPage *>();
        diff->setDrawn(!diff->isDrawn());
    })->setCheckable(true);
    command(u"focusGraph"_s, tr("Go to the graph"), QKeySequence(Qt::ALT | Qt::Key_1), [this] { showFocus(); });
    command(u"focusChain"_s, tr("Go to the chain of causes"), QKeySequence(Qt::ALT | Qt::Key_2),
            [this] { goTo(m_why->chain()); });
    command(u"focusFiles"_s, tr("Go to the files"), QKeySequence(Qt::ALT | Qt::Key_3),
            [this] { goToPage("filesPage"); });
    command(u"focusSource"_s, tr("Go to the source"), QKeySequence(Qt::ALT | Qt::Key_4),
            [this] { goTo(m_source->editor()); });
    command(u"focusRevisions"_s, tr("Go to the revisions"), QKeySequence(Qt::ALT | Qt::Key_5),
            [this] { m_strip->setFocus(); });
    command(u"focusQueries"_s, tr("Go to the queries"), QKeySequence(Qt::ALT | Qt::Key_6),
            [this] { goTo(*m_queries); });
    command(u"focusQuestions"_s, tr("Go to the questions"), QKeySequence(Qt::ALT | Qt::Key_7), [this] {
        auto *pane = static_cast<Pane *>(m_questionsDock->widget());
        goToPage(pane->pageInFront()->objectName());
    });
    command(u"nextPane"_s, tr("Next pane"), QKeySequence(Qt::Key_F6), [this] { stepPane(1); });
    command(u"previousPane"_s, tr("Previous pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { stepPane(-1); });
    for (const PageEntry &entry : pageEntries()) {
        const QLatin1StringView name(entry.name);
        const QKeySequence keys = name == "kindsPage"_L1 ? QKeySequence(Qt::ALT | Qt::Key_8)
            : name == "matrixPage"_L1                    ? QKeySequence(Qt::ALT | Qt::Key_9)
            : name == "timelinePage"_L1                  ? QKeySequence(Qt::ALT | Qt::Key_0)
                                                         : QKeySequence();
        command(u"show_"_s + name, tr("Show: %1").arg(QCoreApplication::translate("Page", entry.title)), keys,
                [this, name] { goToPage(name); });
    }

    command(u"show_neighbours"_s, tr("Show: %1").arg(tr("Neighbours as list")), {}, [this] {
        m_graphPane->showPage(m_neighbours);
        m_neighbours->setFocus();
    });

    command(u"shortcuts"_s, tr("List of keys"), QKeySequence::HelpContents, [this] {
        showShortcuts();
    })->setShortcuts({Qt::Key_F1, Qt::Key_Question});
    command(u"about"_s, tr("About Nuages Inspector"), {}, [this] { showAbout(); });
    command(u"aboutQt"_s, tr("About Qt"), {}, [] { QApplication::aboutQt(); });
}

void MainWindow::openInEditor()
{
    const QString path = m_source->path();
    QStringList words = commandFor(m_settings.editor, path, m_source->editor().textCursor().blockNumber() + 1);
    if (words.isEmpty()) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(path));
        return;
    }
    const QString program = words.takeFirst();
    if (!QProcess::startDetached(program, words))
        tell(tr("The command of your editor, %1, cannot be started. See Settings.").arg(program));
}

/// What is cut, copied and so on is that of whatever has the focus; of a list it is the row.
void MainWindow::makeEditCommands()
{
    const auto edit = [this](const QString &name, const QString &text, QKeySequence::StandardKey keys) {
        QAction *action = command(name, text, keys, [slot = name.toLatin1()] {
            QWidget *focused = QApplication::focusWidget();
            if (!focused)
                return;
            if (focused->metaObject()->indexOfMethod(slot + "()") >= 0)
                QMetaObject::invokeMethod(focused, slot.constData());
            else if (const auto *list = qobject_cast<QAbstractItemView *>(focused); list && slot == "copy")
                QApplication::clipboard()->setText(textOfRow(list->currentIndex()));
        });
        action->setShortcuts(keys); // All of them.
    };
    edit(u"undo"_s, tr("Undo"), QKeySequence::Undo);
    edit(u"redo"_s, tr("Redo"), QKeySequence::Redo);
    edit(u"cut"_s, tr("Cut"), QKeySequence::Cut);
    edit(u"copy"_s, tr("Copy"), QKeySequence::Copy);
    edit(u"paste"_s, tr("Paste"), QKeySequence::Paste);
    edit(u"selectAll"_s, tr("Select all"), QKeySequence::SelectAll);
    command(u"copyChain"_s, tr("Copy the chain"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
            [this] { QApplication::clipboard()->setText(m_inspection.why().plainText()); });
    command(u"copyMarkdown"_s, tr("Copy as Markdown"), {}, [this] { copyMarkdown(); });
    command(u"search"_s, tr("Find…"), QKeySequence::Find, [this] {
        m_omnibox->setFocus();
    })->setShortcuts({Qt::CTRL | Qt::Key_L, Qt::CTRL | Qt::Key_F});
}

/// The table of the page that has the focus, else the chain of causes.
void MainWindow::copyMarkdown()
{
    for (const QWidget *each = QApplication::focusWidget(); each; each = each->parentWidget()) {
        if (const auto *page = qobject_cast<const AnswerPage *>(each))
            return QApplication::clipboard()->setText(page->markdown());
    }
    QApplication::clipboard()->setText(m_inspection.why().markdown());
}

void MainWindow::makeTopBar()
{
    makeCommands();
    models::Selection &selection = m_inspection.selection();
    m_omnibox = new Omnibox([this](const QString &text) { return proposalsFor(text); });
    connect(m_omnibox, &Omnibox::filterChanged, &selection, &models::Selection::setFilter);
    connect(m_omnibox, &Omnibox::left, this, [this] { m_graph->setFocus(); }); // Where [ and ] are commands.
    m_live = new QLabel;
    m_live->setObjectName(u"recording"_s);
    auto *project = new QLabel(u"<b>%1</b>"_s.arg(m_workspace.section(u'/', -1).toHtmlEscaped()));

    auto *bar = new QToolBar(tr("Commands"));
    bar->setObjectName(u"commandBar"_s);
    bar->setAccessibleName(bar->windowTitle());
    bar->setMovable(false);
    bar->toggleViewAction()->setEnabled(false);
    bar->addWidget(project);
    bar->addAction(m_back);
    bar->addAction(m_forward);
    bar->addWidget(m_omnibox);
    bar->addWidget(m_live);
    bar->addAction(m_pause);
    bar->addActions(m_perspectives->actions());
    bar->findChild<QToolButton *>(u"qt_toolbar_ext_button"_s)->setAccessibleName(tr("More commands"));
    for (QToolButton *button : bar->findChildren<QToolButton *>()) {
        button->setFocusPolicy(Qt::TabFocus);
        if (button->defaultAction())
            button->setAccessibleName(button->defaultAction()->toolTip());
    }
    addToolBar(Qt::TopToolBarArea, bar);

    m_followButton->setDefaultAction(m_follow);
    m_followButton->setFocusPolicy(Qt::TabFocus);
    m_followButton->setAccessibleName(m_follow->toolTip());
}

std::vector<Omnibox::Proposal> MainWindow::proposalsFor(const QString &text)
{
    std::vector<Omnibox::Proposal> found;
    if (text.startsWith(u'>')) {
        const QString wanted = text.mid(1).trimmed();
        for (QAction *action : m_commands) {
            if (action->text().contains(wanted, Qt::CaseInsensitive) || action->objectName() == wanted)
                found.push_back({u"> %1"_s.arg(action->text()), [action] { action->trigger(); }});
        }
        for (const QString &title : SettingsDialog::titles()) {
            const QString name = tr("Setting: %1").arg(title);
            if (!wanted.isEmpty() && name.contains(wanted, Qt::CaseInsensitive))
                found.push_back({u"> "_s + name, [this, title] { showSettings().goTo(title); }});
        }
        return found;
    }
    models::Selection &selection = m_inspection.selection();
    if (text.startsWith(u':')) {
        bool isNumber = false;
        const std::uint32_t revision = text.mid(1).toUInt(&isNumber);
        if (isNumber && m_inspection.store().revision(revision))
            found.push_back(
                {tr(": revision %1").arg(revision), [&selection, revision] { selection.selectRevision(revision); }});
        return found;
    }
    if (text.startsWith(u'~')) {
        const QString wanted = text.mid(1).trimmed();
        const trace::NodeId last = m_inspection.store().lastNode();
        for (trace::NodeId node = 1; node <= last && found.size() < proposalsShown; ++node) {
            const QString name = m_inspection.shownName(node);
            if (name.contains(wanted, Qt::CaseInsensitive))
                found.push_back({tr("~ path to %1").arg(name), [this, node] { showPathTo(node); }});
        }
        return found;
    }
    for (const models::FileRow &row : m_inspection.files().rows()) {
        if (found.size() < proposalsShown / 2 && row.shown.contains(text, Qt::CaseInsensitive))
            found.push_back({row.shown, [this, path = row.path] { m_inspection.selectFile(path); }});
    }
    const trace::Store &store = m_inspection.store();
    for (trace::NodeId node = 1; node <= store.lastNode() && found.size() < proposalsShown; ++node) {
        const QString name = m_inspection.shownName(node);
        if (!store.node(node).isInput && name.contains(text, Qt::CaseInsensitive))
            found.push_back({name, [this, node] { pickNode(node); }});
    }
    for (const models::RequestRow &row : m_inspection.requests().rows()) {
        const QString name = u"%1 %2"_s.arg(row.method, row.document);
        if (found.size() < proposalsShown && name.contains(text, Qt::CaseInsensitive))
            found.push_back(
                {u"#%1 %2"_s.arg(row.id).arg(name), [this, id = row.id] { m_inspection.selectRequest(id); }});
    }
    return found;
}

} // namespace nuages::views
