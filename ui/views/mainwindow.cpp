#include "ui/views/mainwindow.h"

#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/link/link.h"
#include "ui/models/bill.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/querykinds.h"
#include "ui/models/revisions.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"
#include "ui/views/codeeditor.h"
#include "ui/views/diffpage.h"
#include "ui/views/editorclient.h"
#include "ui/views/elidedlabel.h"
#include "ui/views/lists.h"
#include "ui/views/messagespage.h"
#include "ui/views/protocolpage.h"
#include "ui/views/sourcepane.h"
#include "ui/views/whypane.h"

#include <QCloseEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStatusBar>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr double smallestFit = 0.75; // Below it a card has no second line.
constexpr double wantedFit = 0.9; // So many cards are picked that they fill the room at this size.
constexpr int pauseMs = 300; ///< So long a user does nothing before what an edit means elsewhere is looked for.

canvas::Bar barOf(const models::RevisionRow &row)
{
    return {.revision = row.revision,
            .label = row.isBig ? row.label : QString(),
            .counts = row.shares.counts,
            .times = row.times};
}

canvas::Picture pictureOf(const models::Focus &focus)
{
    canvas::Picture picture;
    for (const auto &column : focus.columns)
        picture.columns.push_back({.title = column.kind, .subtitle = column.subtitle});
    for (const auto &card : focus.cards)
        picture.cards.push_back({.id = card.node,
                                 .column = card.column,
                                 .row = card.row,
                                 .title = card.title,
                                 .subtitle = card.subtitle,
                                 .key = card.key,
                                 .outcome = card.outcome,
                                 .isPinned = card.isPinned,
                                 .isCollapsed = card.isCollapsed});
    for (const auto &wire : focus.wires)
        picture.wires.push_back({.from = wire.from, .to = wire.to, .onPath = wire.isOnPath});
    return picture;
}

} // namespace

MainWindow::MainWindow(models::Inspection &inspection, link::Link &link, const QString &workspace, QWidget *parent)
    : QMainWindow(parent), m_inspection(inspection), m_link(link), m_workspace(workspace),
      m_client(new EditorClient(this))
{
    setObjectName(u"inspector"_s);
    setAcceptDrops(true);
    setWindowTitle(tr("Nuages: %1").arg(workspace.section(u'/', -1)));
    makePanes();
    makeTopBar();
    makeMenus();
    makeStatusBar();
    showPerspective(Perspective::Why);
    m_graph->fit(smallestFit);
    goToPage("kindsPage");
    wire();
    if (m_link.lookedAt().isEmpty()) {
        m_client->start(workspace);
    } else {
        setWindowTitle(tr("Nuages: %1 (%2)").arg(workspace.section(u'/', -1), m_link.lookedAt()));
        m_checksByItself = false;
        m_client->lookOn();
        m_source->lookOn();
    }
    m_detach->setEnabled(m_client->isLookingOn());
    m_attachAgain->setEnabled(false);
    refresh();
    showFigures();
    showPause();
}

MainWindow::~MainWindow() = default;

QStringList MainWindow::messages() const { return findChild<MessagesPage *>()->messages(); }

const models::MessageLog &MainWindow::protocol() const { return findChild<ProtocolPage *>()->log(); }

qint64 MainWindow::paintedItems() const { return m_graph->paintedItems() + m_strip->paintedItems(); }

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_client->stop(); // The answer is waited for by nobody: whoever owns the server ends with it.
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        m_pinnedBefore.clear();
        m_inspection.selection().follow();
    } else if (event->key() == Qt::Key_Backspace && m_graphPane->isAncestorOf(focusWidget())) {
        showLevelAbove();
    } else {
        QMainWindow::keyPressEvent(event);
    }
}

void MainWindow::setChecksByItself(bool checksByItself)
{
    m_checksByItself = checksByItself;
    m_checkSoon.stop();
}

void MainWindow::checkProject()
{
    m_checkSoon.stop();
    if (const quint32 revision = m_inspection.store().revision(); revision > m_checkedRevision) {
        m_checkedRevision = revision;
        m_client->checkProject();
    }
}

void MainWindow::wire()
{
    connect(m_client, &EditorClient::bodyReady, &m_link, &link::Link::send);
    connect(&m_link, &link::Link::messageReceived, m_client, &EditorClient::receive);
    connect(&m_link, &link::Link::showAsked, this, &MainWindow::comeToFront);
    connect(&m_link, &link::Link::ended, this, &MainWindow::showEnd);
    connect(&m_link, &link::Link::traced, &m_inspection, &models::Inspection::take);
    connect(m_client, &EditorClient::becameReady, this, [this] {
        m_checkedRevision = 1; // The first one, of which nothing has been told yet.
        m_client->checkProject();
    });
    connect(m_client, &EditorClient::diagnosticsChanged, this, &MainWindow::showFigures);
    connect(m_client, &EditorClient::progressChanged, this, &MainWindow::showFigures);
    connect(m_client, &EditorClient::said, this, &MainWindow::showMessage);
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(pauseMs);
    connect(&m_checkSoon, &QTimer::timeout, this, &MainWindow::checkProject);

    models::Selection &selection = m_inspection.selection();
    connect(&selection, &models::Selection::changed, this, &MainWindow::followSelection);
    connect(&m_inspection, &models::Inspection::refreshed, this, &MainWindow::refresh);
    connect(&m_inspection, &models::Inspection::figuresChanged, this, &MainWindow::showFigures);
    connect(&m_inspection, &models::Inspection::pendingCountChanged, this, &MainWindow::showPause);
    connect(&m_inspection, &models::Inspection::pausedChanged, this, &MainWindow::showPause);
    connect(&m_inspection.focus(), &models::FocusPicture::changed, this, &MainWindow::showPicture);
    const auto *diff = findChild<DiffPage *>();
    connect(diff, &DiffPage::differencesChanged, this, &MainWindow::showPicture);
    connect(diff, &DiffPage::marksChanged, this, &MainWindow::showPins);

    connect(m_graph, &canvas::GraphCanvas::selected, this, [this](quint32 node) {
        m_inspection.focus().keepPlaces();
        pickNode(node);
    });
    connect(m_graph, &canvas::GraphCanvas::activated, this, &MainWindow::pickNode);
    connect(m_graph, &canvas::GraphCanvas::pathAsked, this, &MainWindow::showPathTo);
    connect(m_graph, &canvas::GraphCanvas::expandAsked, &m_inspection, &models::Inspection::expand);
    connect(m_graph, &canvas::GraphCanvas::collapseAsked, this,
            [this](quint32 node) { m_inspection.setCollapsed(node, !m_inspection.focus().isCollapsed(node)); });
    connect(m_graph, &canvas::GraphCanvas::pinAsked, this,
            [this](quint32 node) { m_inspection.setPinned(node, !m_inspection.focus().isPinned(node)); });
    connect(m_graph, &canvas::GraphCanvas::menuAsked, this, &MainWindow::showCardMenu);
    connect(m_graph, &canvas::GraphCanvas::roomChanged, this, [this] {
        const QSize seen = m_graph->cardsSeen(wantedFit);
        m_inspection.setRoom(seen.width(), seen.height());
    });
    connect(m_strip, &canvas::RevisionStrip::picked, this,
            [&selection](quint64 revision) { selection.selectRevision(std::uint32_t(revision)); });
    connect(m_strip, &canvas::RevisionStrip::livePicked, &selection, &models::Selection::goLive);

    const models::Revisions &revisions = m_inspection.revisions();
    connect(&revisions, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { addBars(first, last); });
    connect(&revisions, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) { updateBars(first.row(), last.row()); });
    if (revisions.rowCount() > 0)
        addBars(0, revisions.rowCount() - 1);
}

void MainWindow::pickNode(quint32 node)
{
    if (node == 0)
        return;
    m_inspection.selection().selectNode(node, models::toQString(m_inspection.store().node(node).file));
}

void MainWindow::showPathTo(quint32 node)
{
    m_inspection.showPathTo(node);
    m_graph->fit(smallestFit);
}

/// While two revisions are compared the cards stay where they are, and say how they differ.
void MainWindow::showPicture()
{
    canvas::Picture picture = pictureOf(m_inspection.focus().focus());
    const auto *diff = findChild<DiffPage *>();
    for (canvas::Card &card : picture.cards)
        card.difference = diff->differenceOf(card.id);
    m_graph->setPicture(std::move(picture));
}

void MainWindow::showPins()
{
    const auto *diff = findChild<DiffPage *>();
    std::vector<canvas::RevisionPin> pins;
    for (const auto &[side, name] : {std::pair(DiffPage::A, u"A"_s), std::pair(DiffPage::B, u"B"_s)}) {
        if (const auto revision = diff->marked(side))
            pins.push_back({.revision = *revision, .name = name});
    }
    m_strip->setPins(std::move(pins));
}

void MainWindow::followSelection()
{
    const models::Spot &spot = m_inspection.selection().spot();
    m_strip->setCurrent(spot.revision ? std::optional<quint64>(*spot.revision) : std::nullopt);
    m_back->setEnabled(m_inspection.selection().canGoBack());
    m_forward->setEnabled(m_inspection.selection().canGoForward());
    m_follow->setChecked(spot.isFollowing());
    // Who types goes on in the file that they type into, whatever else changes.
    const bool isTyping = !spot.isPinned && m_source->editor().hasFocus() && !m_source->path().isEmpty();
    if (!spot.file.isEmpty() && spot.file != m_source->path() && !isTyping)
        m_source->open(spot.file);
    refresh();
    m_queries->scrollToCurrent();
    m_neighbours->scrollToCurrent();
    for (Page *page : m_pages)
        page->followSelection();
}

// For who walks in the graph the picture stays as it is, as long as the card is seen.
void MainWindow::bringIntoView(quint32 node)
{
    if (node == m_graph->selection())
        return;
    const bool isSeen = m_graph->viewport()->rect().contains(m_graph->cardArea(node));
    if (!isSeen || !m_graph->hasFocus())
        m_graph->fit(smallestFit);
    m_graph->select(node);
}

void MainWindow::refresh()
{
    m_queriesPane->setNote(
        models::countOf(m_inspection.kinds().memoTotal(), QT_TRANSLATE_N_NOOP("models", "%1 memo(s)")));
    m_billPane->setTitle(m_inspection.bill().title());
    m_billPane->setNote(m_inspection.bill().subtitle());
    m_graphPane->setNote(m_inspection.focus().focus().caption);
    m_source->setMoment(tr("@ revision %1").arg(m_inspection.shownRevision()));
    m_source->setFound(m_inspection.mistakesOf(m_source->path()), m_inspection.shownRevision());
    const std::shared_ptr<const std::string> text = m_inspection.textOf(m_source->path());
    if (m_inspection.shownRevision() < m_inspection.store().revision())
        m_source->showPast(text);
    else if (m_isRecorded || (m_client->isLookingOn() && text))
        m_source->showEditorsText(text);
    else
        m_source->showPresent();
    m_source->lookAgain();
    if (const quint32 revision = m_inspection.store().revision();
        m_checksByItself && revision > std::max(m_checkedRevision, m_shownLast)) {
        m_shownLast = revision;
        m_checkSoon.start();
    }
    m_queries->follow();
    m_neighbours->follow();
    m_why->follow();
    bringIntoView(m_inspection.selection().spot().node);
    const bool isChange = std::ranges::any_of(m_inspection.focus().focus().wires, &models::Focus::Wire::isOnPath);
    if (isChange || m_inspection.selection().spot().isPinned)
        leaveKinds();
    for (Page *page : m_pages)
        page->refresh();
    showFigures();
    pinAsBefore();
    pinFirst();
}

void MainWindow::addBars(int first, int last)
{
    const auto &rows = m_inspection.revisions().rows();
    for (int row = first; row <= last; ++row) {
        canvas::Bar bar = barOf(rows[std::size_t(row)]);
        if (row == 0 && bar.revision > 1) // What was before is not kept, or nobody watched.
            bar.label = tr("history begins");
        if (row > 0 && rows[std::size_t(row) - 1].isThinned && !rows[std::size_t(row)].isThinned)
            bar.label = tr("details begin"); // Of what was before only counts are kept.
        m_strip->append(bar);
    }
}

void MainWindow::updateBars(int first, int last)
{
    const auto &rows = m_inspection.revisions().rows();
    for (int row = first; row <= last; ++row) {
        const canvas::Bar bar = barOf(rows[std::size_t(row)]);
        m_strip->setCounts(bar.revision, bar.counts, bar.times);
    }
}

void MainWindow::showFigures()
{
    const models::Figures &figures = m_inspection.figures();
    const QLocale locale;
    const QStringList texts = {
        tr("watching costs %1 %").arg(locale.toString(figures.watchingPercent, 'f', 1)),
        models::countOf(figures.lost, QT_TRANSLATE_N_NOOP("models", "%1 event(s) lost")),
        m_isRecorded ? QString() : tr("%1 ms behind").arg(locale.toString(figures.behindMs, 'f', 0)),
        tr("history %1").arg(locale.formattedDataSize(qint64(figures.storeBytes), 1)),
        models::countOf(figures.memos, QT_TRANSLATE_N_NOOP("models", "%1 memo(s)")),
    };
    for (std::size_t at = 0; at < m_figures.size(); ++at)
        m_figures[at]->setText(texts[qsizetype(at)]);
    const std::optional<std::size_t> findings = findingCount();
    const QString found = models::countOf(figures.templates, QT_TRANSLATE_N_NOOP("models", "%1 template(s)")) + u" · "_s
        + (findings ? models::countOf(*findings, QT_TRANSLATE_N_NOOP("models", "%1 finding(s)"))
                    : tr("findings %1").arg(models::notKept()));
    m_serving->setText(m_client->progress().isEmpty() ? found : m_client->progress() + u" · "_s + found);
}

/// Who looks on may have come after the server had said what it found; but the trace begins with it.
std::optional<std::size_t> MainWindow::findingCount() const
{
    const bool isPast = m_inspection.shownRevision() < m_inspection.store().revision();
    if (!isPast && !m_isRecorded && !m_client->isLookingOn())
        return m_client->findingCount();
    const auto found = m_inspection.mistakeCount();
    return found || isPast ? found : m_client->findingCount();
}

void MainWindow::showPause()
{
    const bool isPaused = m_inspection.isPaused();
    m_pause->setChecked(isPaused);
    if (m_isRecorded) {
        m_live->setText(tr("■ Recorded session"));
        return;
    }
    const std::size_t waiting = isPaused ? m_inspection.pendingCount() : 0;
    const QString live = m_records ? tr("● Recording") : tr("● Live");
    m_live->setText(m_hasEnded        ? tr("Ended")
                        : !isPaused   ? live
                        : waiting > 0 ? tr("%1 · %2 new").arg(live).arg(waiting)
                                      : tr("%1 · view paused").arg(live));
}

void MainWindow::showMessage(const EditorClient::Message &message)
{
    if (!message.isForUser || message.type > protocol::MessageType::Warning)
        return; // The list has it.
    const bool isEmpty = m_inspection.figures().templates == 0 && !m_client->isLookingOn() && !m_isRecorded;
    showNotice(message.text, isEmpty ? u"demoSession"_s : QString());
}

/// With a button for a command that has to do with it.
void MainWindow::showNotice(const QString &text, const QString &command)
{
    m_noticeCommand = command;
    m_notice->setText(text);
    m_noticeAct->setVisible(!command.isEmpty());
    if (!command.isEmpty())
        m_noticeAct->setText(commandNamed(command)->text());
    m_noticeRow->show();
}

void MainWindow::comeToFront()
{
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void MainWindow::showEnd()
{
    if (!m_client->isLookingOn())
        return; // Then it is the window that ends it.
    m_hasEnded = true;
    m_detach->setEnabled(false);
    showPause();
    m_attachAgain->setEnabled(true);
    showNotice(tr("Nothing more comes from %1. What it did stays here.").arg(m_link.lookedAt()), u"attachAgain"_s);
}

void MainWindow::stepRevision(int by)
{
    const auto &rows = m_inspection.revisions().rows();
    if (rows.empty())
        return;
    const auto shown = std::ranges::lower_bound(rows, m_inspection.shownRevision(), {}, &models::RevisionRow::revision);
    const auto at = std::clamp<std::ptrdiff_t>(shown - rows.begin() + by, 0, std::ssize(rows) - 1);
    if (at == std::ssize(rows) - 1 && by > 0)
        m_inspection.selection().goLive();
    else
        m_inspection.selection().selectRevision(rows[std::size_t(at)].revision);
}

} // namespace nuages::views
