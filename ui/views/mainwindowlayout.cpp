// Where the panes are: the perspectives, and what of them is kept from one start to the next.
#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/models/inspection.h"
#include "ui/models/selection.h"
#include "ui/views/mainwindow.h"
#include "ui/views/pane.h"
#include "ui/views/style.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMouseEvent>
#include <QSettings>
#include <QStatusBar>
#include <QStyle>
#include <QToolBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int layoutVersion = 3; // Rises when a pane is added, removed or renamed.
constexpr int leastSide = 200;
constexpr int mostSide = 300;
constexpr int lowWindow = 760; // Below it the rarer outcomes of the bill are scrolled to.
constexpr int paneFrame = 40; // its title and borders

/// Of a perspective, by its number.
QString panesKey(std::size_t perspective) { return u"window/panes%1"_s.arg(perspective + 1); }

} // namespace

std::vector<QDockWidget *> MainWindow::docks() const
{
    return {m_queriesDock, m_billDock, m_nodeDock, m_whyDock, m_listsDock, m_sourceDock, m_questionsDock};
}

/// Leaves the one that is shown as it is, for when the user comes back to it.
void MainWindow::goToPerspective(Perspective perspective)
{
    keepPanes();
    showPerspective(perspective);
    restorePanes(perspective);
}

void MainWindow::resetLayout()
{
    m_panes.fill({});
    showPerspective(m_shownPerspective);
}

void MainWindow::keepPanes()
{
    m_panes.at(std::size_t(m_shownPerspective)) = m_isAsDefined ? QByteArray() : saveState(layoutVersion);
}

bool MainWindow::restorePanes(Perspective perspective)
{
    if (!restoreState(m_panes.at(std::size_t(perspective)), layoutVersion))
        return false;
    m_isAsDefined = false;
    m_graph->followRoom();
    return true;
}

/// A perspective as it is defined, whatever was there before: panes are put to their places, with their sizes.
void MainWindow::showPerspective(Perspective perspective)
{
    const bool isWhy = perspective == Perspective::Why;
    const bool isPerformance = perspective == Perspective::Performance;
    setUpdatesEnabled(false);
    placeDocks();
    m_queriesDock->setVisible(isWhy || isPerformance);
    m_billDock->setVisible(isWhy || isPerformance);
    m_nodeDock->setVisible(perspective != Perspective::Protocol);
    m_whyDock->setVisible(isWhy || isPerformance);
    m_listsDock->setVisible(true);
    m_sourceDock->setVisible(!isPerformance);
    m_questionsDock->setVisible(isPerformance);
    showPage(perspective == Perspective::Protocol || isPerformance ? "requestsPage" : "filesPage");
    m_perspectives->actions().at(static_cast<int>(perspective))->setChecked(true);
    m_shownPerspective = perspective;
    m_isAsDefined = true;
    m_graph->followRoom();
    sizeDocks();
    setUpdatesEnabled(true);
}

/// Leaves them hidden.
void MainWindow::placeDocks()
{
    for (QDockWidget *dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_queriesDock);
    splitDockWidget(m_queriesDock, m_billDock, Qt::Vertical);
    addDockWidget(Qt::RightDockWidgetArea, m_nodeDock);
    addDockWidget(Qt::BottomDockWidgetArea, m_whyDock);
    splitDockWidget(m_whyDock, m_listsDock, Qt::Horizontal);
    splitDockWidget(m_listsDock, m_sourceDock, Qt::Horizontal);
    splitDockWidget(m_sourceDock, m_questionsDock, Qt::Horizontal);
}

/// Sizes in proportion to the window.
void MainWindow::sizeDocks()
{
    const auto isThere = [](const QDockWidget *dock) { return !dock->isHidden(); };
    const int separator = style()->pixelMetric(QStyle::PM_DockWidgetSeparatorExtent, nullptr, this);
    const int side = std::clamp(width() * 43 / 200, leastSide, mostSide);
    resizeDocks({m_queriesDock, m_nodeDock}, {side, side}, Qt::Horizontal);

    QList<QDockWidget *> below;
    std::ranges::copy_if(std::vector{m_whyDock, m_listsDock, m_sourceDock, m_questionsDock}, std::back_inserter(below),
                         isThere);
    const int bottom = height() * (isThere(m_whyDock) ? 30 : 42) / 100;
    const int room = contentsRect().width() - separator * int(below.size() - 1);
    resizeDocks(below, QList<int>(below.size(), room / int(below.size())), Qt::Horizontal);
    resizeDocks(below, QList<int>(below.size(), bottom), Qt::Vertical);

    int above = height() - menuBar()->sizeHint().height() - statusBar()->sizeHint().height() - bottom - 2 * separator;
    for (const QToolBar *bar : findChildren<QToolBar *>(Qt::FindDirectChildrenOnly))
        above -= bar->isHidden() ? 0 : bar->sizeHint().height();
    const int bill = heightOfRows() * (height() < lowWindow ? 4 : 5) + paneFrame;
    resizeDocks({m_queriesDock, m_billDock}, {std::max(1, above - bill), bill}, Qt::Vertical);
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && isSeparator(static_cast<QMouseEvent *>(event)->pos()))
        m_isAsDefined = false;
    return QMainWindow::event(event);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (m_isAsDefined)
        sizeDocks();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_graph->followRoom();
    if (m_isAsDefined)
        sizeDocks();
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    restoreGeometry(settings.value("window/geometry").toByteArray());
    for (std::size_t at = 0; at < m_panes.size(); ++at)
        m_panes.at(at) = settings.value(panesKey(at)).toByteArray();
    bool isNumber = false;
    const int perspective = settings.value("window/perspective").toInt(&isNumber);
    if (isNumber && perspective >= 0 && perspective < m_perspectives->actions().size())
        showPerspective(static_cast<Perspective>(perspective));
    if (!restorePanes(m_shownPerspective))
        m_panes.at(std::size_t(m_shownPerspective)).clear();
    m_pinnedBefore = settings.value("session/pinned").toMap().value(m_workspace).toString();
    pinAsBefore();
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/perspective", int(m_shownPerspective));
    for (std::size_t at = 0; at < m_panes.size(); ++at) {
        const bool isShown = at == std::size_t(m_shownPerspective);
        const QByteArray panes = !isShown ? m_panes.at(at) : m_isAsDefined ? QByteArray() : saveState(layoutVersion);
        if (panes.isEmpty())
            settings.remove(panesKey(at));
        else
            settings.setValue(panesKey(at), panes);
    }
    QVariantMap pinned = settings.value("session/pinned").toMap();
    const models::Spot &spot = m_inspection.selection().spot();
    if (spot.isPinned && spot.node != 0)
        pinned[m_workspace] = m_inspection.shownName(spot.node);
    else if (m_pinnedBefore.isEmpty()) // Else it may be found the next time.
        pinned.remove(m_workspace);
    settings.setValue("session/pinned", pinned);
}

/// Once there is such a query; whatever the user picks before that counts more.
void MainWindow::pinAsBefore()
{
    if (m_pinnedBefore.isEmpty())
        return;
    if (m_inspection.selection().spot().isPinned) {
        m_pinnedBefore.clear();
    } else if (const quint32 node = m_inspection.store().find(m_pinnedBefore.toStdString()); node != 0) {
        m_pinnedBefore.clear();
        pickNode(node);
    }
}

/// For who does not want to follow from the start.
void MainWindow::pinFirst()
{
    models::Selection &selection = m_inspection.selection();
    if (!m_pinsFirst || selection.spot().node == 0)
        return;
    m_pinsFirst = false;
    if (selection.spot().isFollowing())
        selection.pin();
}

} // namespace nuages::views
