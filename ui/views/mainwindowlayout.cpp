// Where the panes are: the perspectives, and what of them is kept from one start to the next.
#include "ui/canvas/graphcanvas.h"
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

constexpr int layoutVersion = 2; // Rises when a pane is added, removed or renamed.
constexpr int leastSide = 200;
constexpr int mostSide = 300;
constexpr int lowWindow = 760; // Below it the rarer outcomes of the bill are scrolled to.
constexpr int paneFrame = 40; // its title and borders

} // namespace

std::vector<QDockWidget *> MainWindow::docks() const
{
    return {m_queriesDock, m_billDock, m_nodeDock, m_whyDock, m_listsDock, m_sourceDock, m_questionsDock};
}

/// A perspective is the same whatever was there before: panes are put back to their places, with their sizes.
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
    bool isNumber = false;
    const int perspective = settings.value("window/perspective").toInt(&isNumber);
    if (isNumber && perspective >= 0 && perspective < m_perspectives->actions().size())
        showPerspective(static_cast<Perspective>(perspective));
    if (restoreState(settings.value("window/panes").toByteArray(), layoutVersion))
        m_isAsDefined = false;
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/perspective", m_perspectives->actions().indexOf(m_perspectives->checkedAction()));
    if (m_isAsDefined)
        settings.remove("window/panes");
    else
        settings.setValue("window/panes", saveState(layoutVersion));
}

} // namespace nuages::views
