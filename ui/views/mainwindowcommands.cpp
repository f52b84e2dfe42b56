// What can be done in the window: its commands, where they are found, and the perspectives.
#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/models/fileindex.h"
#include "ui/models/inspection.h"
#include "ui/models/requests.h"
#include "ui/models/selection.h"
#include "ui/models/whychain.h"
#include "ui/views/codeeditor.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"
#include "ui/views/whypane.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QLabel>
#include <QMessageBox>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr std::size_t proposalsShown = 12;

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

void MainWindow::makeTopBar()
{
    models::Selection &selection = m_inspection.selection();
    m_back = command(u"back"_s, tr("◀"), QKeySequence(Qt::ALT | Qt::Key_Left), [&selection] { selection.back(); });
    m_forward =
        command(u"forward"_s, tr("▶"), QKeySequence(Qt::ALT | Qt::Key_Right), [&selection] { selection.forward(); });
    m_back->setToolTip(tr("Back (Alt+Left)"));
    m_forward->setToolTip(tr("Forward (Alt+Right)"));
    m_pause = command(u"pauseView"_s, tr("Pause view"), QKeySequence(Qt::CTRL | Qt::Key_P),
                      [this] { m_inspection.setPaused(!m_inspection.isPaused()); });
    m_pause->setCheckable(true);
    m_follow = command(u"follow"_s, tr("Follow"), {},
                       [this, &selection] { m_follow->isChecked() ? selection.follow() : selection.pin(); });
    m_follow->setToolTip(tr("Follow: show the answer to each edit as it comes (Escape)"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    const std::pair<QString, QString> perspectives[] = {{u"perspectiveWhy"_s, tr("Why")},
                                                        {u"perspectivePerformance"_s, tr("Performance")},
                                                        {u"perspectiveFiles"_s, tr("Files")},
                                                        {u"perspectiveProtocol"_s, tr("Protocol")}};
    std::vector<QAction *> perspectiveActions;
    for (int at = 0; at < 4; ++at) {
        const auto &[name, text] = perspectives[at];
        perspectiveActions.push_back(command(name, text, QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + at)),
                                             [this, at] { showPerspective(static_cast<Perspective>(at)); }));
    }
    command(u"search"_s, tr("Search"), QKeySequence(Qt::CTRL | Qt::Key_L), [this] { m_omnibox->setFocus(); });
    command(u"previousRevision"_s, tr("Previous revision"), QKeySequence(Qt::Key_BracketLeft),
            [this] { stepRevision(-1); });
    command(u"nextRevision"_s, tr("Next revision"), QKeySequence(Qt::Key_BracketRight), [this] { stepRevision(1); });
    command(u"goLive"_s, tr("Follow the latest revision"), QKeySequence(Qt::CTRL | Qt::Key_End),
            [&selection] { selection.goLive(); });
    command(u"copyChain"_s, tr("Copy the chain"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
            [this] { QApplication::clipboard()->setText(m_inspection.why().plainText()); });
    command(u"focusGraph"_s, tr("Go to the graph"), QKeySequence(Qt::CTRL | Qt::Key_G),
            [this] { m_graph->setFocus(); });
    command(u"focusChain"_s, tr("Go to the chain of causes"), QKeySequence(Qt::CTRL | Qt::Key_W),
            [this] { m_why->chain().setFocus(); });
    command(u"focusSource"_s, tr("Go to the source"), QKeySequence(Qt::CTRL | Qt::Key_E),
            [this] { m_source->editor().setFocus(); });
    command(u"focusRevisions"_s, tr("Go to the revisions"), QKeySequence(Qt::CTRL | Qt::Key_R),
            [this] { m_strip->setFocus(); });
    command(u"shortcuts"_s, tr("List of keys"), QKeySequence(Qt::Key_Question), [this] {
        showShortcuts();
    })->setShortcuts({Qt::Key_Question, Qt::Key_F1});

    m_omnibox = new Omnibox([this](const QString &text) { return proposalsFor(text); });
    connect(m_omnibox, &Omnibox::filterChanged, &selection, &models::Selection::setFilter);
    connect(m_omnibox, &Omnibox::left, this, [this] { m_graph->setFocus(); }); // Where [ and ] are commands.
    m_live = new QLabel;
    m_live->setObjectName(u"recording"_s);
    auto *project = new QLabel(u"<b>Nuages</b>&nbsp;&nbsp;&nbsp;"_s + m_workspace.section(u'/', -1).toHtmlEscaped());

    auto *bar = new QToolBar(tr("Commands"));
    bar->setObjectName(u"commandBar"_s);
    bar->setMovable(false);
    bar->toggleViewAction()->setEnabled(false);
    bar->addWidget(project);
    bar->addAction(m_back);
    bar->addAction(m_forward);
    bar->addWidget(m_omnibox);
    bar->addWidget(m_live);
    bar->addAction(m_pause);
    bar->addAction(m_follow);
    for (QAction *action : perspectiveActions)
        bar->addAction(action);
    for (QToolButton *button : bar->findChildren<QToolButton *>()) {
        button->setFocusPolicy(Qt::TabFocus);
        if (button->defaultAction())
            button->setAccessibleName(button->defaultAction()->toolTip());
    }
    addToolBar(Qt::TopToolBarArea, bar);
    addToolBarBreak(Qt::TopToolBarArea);
    addToolBar(Qt::TopToolBarArea, m_noticeBar);
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
                {u"#%1 %2"_s.arg(row.id).arg(name), [&selection, id = row.id] { selection.selectRequest(id); }});
    }
    return found;
}

void MainWindow::showPerspective(Perspective perspective)
{
    m_sourceDock->setVisible(perspective != Perspective::Performance);
    m_whyDock->setVisible(perspective == Perspective::Why || perspective == Perspective::Performance);
    m_queriesDock->setVisible(perspective == Perspective::Why || perspective == Perspective::Performance);
    m_billDock->setVisible(perspective == Perspective::Why || perspective == Perspective::Performance);
    m_nodeDock->setVisible(perspective != Perspective::Protocol);
    m_listsPane->setCurrentPage(perspective == Perspective::Protocol || perspective == Perspective::Performance ? 1
                                                                                                                : 0);
    m_listsDock->setVisible(true);
}

void MainWindow::showShortcuts()
{
    QString text;
    for (const QAction *action : m_commands) {
        if (!action->shortcut().isEmpty())
            text += u"<tr><td>%1</td><td>&nbsp;&nbsp;%2</td></tr>"_s.arg(
                QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText).toHtmlEscaped(),
                action->toolTip().section(u" ("_s, 0, 0).toHtmlEscaped());
    }
    auto *list =
        new QMessageBox(QMessageBox::NoIcon, tr("Keys"), u"<table>"_s + text + u"</table>"_s, QMessageBox::Close, this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

} // namespace nuages::views
