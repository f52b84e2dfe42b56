// What the window is made of; mainwindow.cpp has what happens in it.
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/models/bill.h"
#include "ui/models/inspection.h"
#include "ui/models/neighbours.h"
#include "ui/models/nodedetails.h"
#include "ui/models/querykinds.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/whychain.h"
#include "ui/views/delegates.h"
#include "ui/views/elidedlabel.h"
#include "ui/views/kindspage.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"
#include "ui/views/matrixpage.h"
#include "ui/views/page.h"
#include "ui/views/sourcepane.h"
#include "ui/views/style.h"
#include "ui/views/whypane.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int windowMargin = 8;
constexpr int leastRows = 2; // of a list, so that a small window holds all of them
constexpr int leastPathWidth = 120;
constexpr int leastKindWidth = 120;
constexpr int leastBarWidth = 44;

Pane *paneWith(const QString &title, QWidget *page)
{
    auto *pane = new Pane;
    pane->addPage(title, page);
    return pane;
}

} // namespace

void MainWindow::makePanes()
{
    m_queries = new Table(&m_inspection.kinds(), tr("Queries by kind"));
    m_queries->setObjectName(u"queries"_s);
    m_queries->horizontalHeader()->hide();
    m_queries->setItemDelegateForColumn(models::QueryKinds::SharesColumn, new SharesDelegate(m_queries));
    m_queries->setWidths(models::QueryKinds::KindColumn, {leastKindWidth, 0, leastBarWidth},
                         {models::QueryKinds::SharesColumn});
    m_queries->setMinimumHeight(leastRows * heightOfRows());
    m_queriesPane = paneWith(tr("Queries"), m_queries);

    auto *bill = new Table(&m_inspection.bill(), tr("Bill of the revision"));
    bill->setObjectName(u"bill"_s);
    bill->horizontalHeader()->hide();
    bill->setWidths(models::Bill::OutcomeColumn, {}, {models::Bill::TimeColumn});
    bill->setMinimumHeight(leastRows * heightOfRows());
    m_billPane = paneWith(tr("Revision"), bill);

    m_graph = new canvas::GraphCanvas;
    m_graph->setObjectName(u"graph"_s);
    m_graph->setAccessibleName(tr("Graph of queries"));
    m_graph->setFrameShape(QFrame::NoFrame);
    m_neighbours = new Table(&m_inspection.neighbours(), tr("Neighbours of the selected query"));
    m_neighbours->setObjectName(u"neighbours"_s);
    m_neighbours->setWidths(models::Neighbours::NameColumn, {0, leastPathWidth}, {models::Neighbours::OutcomeColumn});
    m_graphPane = paneWith(tr("Graph"), m_graph);

    auto *details = new Table(&m_inspection.details(), tr("The selected query"));
    details->setObjectName(u"details"_s);
    details->horizontalHeader()->hide();
    auto *valueCells = new CellDelegate(details);
    valueCells->setGlyphColumn(models::NodeDetails::ValueColumn);
    details->setItemDelegate(valueCells);
    details->setWidths(models::NodeDetails::ValueColumn, {0, 80});

    m_why = new WhyPane(m_inspection.why());
    m_followButton = new QToolButton; // Beside the answer that it is about.
    m_why->addCorner(m_followButton);
    m_why->chain().setMinimumHeight(leastRows * heightOfRows());

    m_source = new SourcePane(*m_client);

    setContentsMargins(windowMargin, 0, windowMargin, 0);
    m_notice = new QLabel;
    m_notice->setObjectName(u"notice"_s);
    m_notice->setAccessibleName(tr("Message of the server"));
    m_notice->setWordWrap(true);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_noticeAct = new QPushButton(tr("Do it")); // It gets the name of a command.
    m_noticeAct->setObjectName(u"noticeAct"_s);
    connect(m_noticeAct, &QPushButton::clicked, this, [this] { commandNamed(m_noticeCommand)->trigger(); });
    auto *closeNotice = new QPushButton(tr("Close"));
    closeNotice->setAccessibleName(tr("Close the message"));
    m_noticeRow = new QWidget;
    auto *noticeLayout = new QHBoxLayout(m_noticeRow);
    noticeLayout->setContentsMargins(0, 0, 0, windowMargin);
    noticeLayout->addWidget(m_notice, 1);
    noticeLayout->addWidget(m_noticeAct);
    noticeLayout->addWidget(closeNotice);
    m_noticeRow->hide();
    connect(closeNotice, &QPushButton::clicked, m_noticeRow, &QWidget::hide);

    auto *centre = new QWidget;
    auto *centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->setSpacing(0);
    centreLayout->addWidget(m_noticeRow);
    centreLayout->addWidget(m_graphPane, 1);

    auto *node = paneWith(tr("Node"), details);
    auto *lists = new Pane;
    auto *questions = new Pane;
    makePages({{"queriesDock"_L1, m_queriesPane},
               {"billDock"_L1, m_billPane},
               {"nodeDock"_L1, node},
               {"whyDock"_L1, m_why},
               {"listsDock"_L1, lists},
               {"sourceDock"_L1, m_source},
               {"questionsDock"_L1, questions}});
    m_graphPane->addPage(tr("Neighbours as list"), m_neighbours);

    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    // The Tab key goes from pane to pane in the order in which they become parts of the window: as they stand, from the
    // left to the right, from above to below.
    m_queriesDock = dockOf(m_queriesPane, u"queriesDock"_s, tr("Queries"), this);
    m_billDock = dockOf(m_billPane, u"billDock"_s, tr("Revision"), this);
    setCentralWidget(centre);
    m_nodeDock = dockOf(node, u"nodeDock"_s, tr("Node"), this);
    m_whyDock = dockOf(m_why, u"whyDock"_s, tr("Why"), this);
    m_listsDock = dockOf(lists, u"listsDock"_s, tr("Files and requests"), this);
    m_sourceDock = dockOf(m_source, u"sourceDock"_s, tr("Source"), this);
    m_questionsDock = dockOf(questions, u"questionsDock"_s, tr("Questions"), this);

    m_strip = new canvas::RevisionStrip;
    m_strip->setObjectName(u"strip"_s);
    m_strip->setAccessibleName(tr("Revisions"));
    auto *bottom = new QToolBar(tr("Revisions"));
    bottom->setObjectName(u"revisionBar"_s);
    bottom->setAccessibleName(bottom->windowTitle());
    bottom->setMovable(false);
    bottom->toggleViewAction()->setEnabled(false); // The strip is always there.
    m_strip->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    bottom->addWidget(m_strip);
    addToolBar(Qt::BottomToolBarArea, bottom);

    const auto pickNodeOf = [this](const QModelIndex &index) {
        pickNode(index.siblingAtColumn(0).data(models::NodeRole).toUInt());
    };
    connect(m_queries, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        m_omnibox->ask(index.siblingAtColumn(models::QueryKinds::KindColumn).data().toString() + u'(');
    });
    connect(details, &Table::picked, this, [this](const QModelIndex &index) {
        pickNode(index.siblingAtColumn(models::NodeDetails::ValueColumn).data(models::NodeRole).toUInt());
    });
    connect(m_neighbours, &QAbstractItemView::activated, this, pickNodeOf);
    connect(m_why, &WhyPane::nodePicked, this, &MainWindow::pickNode);
}

void MainWindow::makePages(const std::map<QLatin1StringView, Pane *> &panes)
{
    for (const PageEntry &entry : pageEntries()) {
        Page *page = entry.make({m_inspection, *m_client, m_link});
        page->setObjectName(QLatin1StringView(entry.name));
        Pane *pane = entry.dock ? panes.at(QLatin1StringView(entry.dock)) : m_graphPane;
        pane->addPage(QCoreApplication::translate("Page", entry.title), page);
        connect(page, &Page::nodePicked, this, &MainWindow::pickNode);
        if (pane == m_graphPane)
            connect(page, &Page::nodePicked, this, &MainWindow::showFocus);
        m_pages.push_back(page);
    }
    connect(m_graphPane->findChild<KindsPage *>(), &KindsPage::kindPicked, this, [this](const QString &kind) {
        showPage("matrixPage");
        findChild<MatrixPage *>()->goToKind(kind);
        goToPage("matrixPage");
    });
}

void MainWindow::showFocus()
{
    m_graphPane->showPage(m_graph);
    m_graph->setFocus();
}

/// From what is in focus to the matrix, from there to the kinds.
void MainWindow::showLevelAbove()
{
    if (m_graphPane->pageInFront() == m_graph)
        goToPage("matrixPage");
    else if (m_graphPane->pageInFront() == findChild<MatrixPage *>())
        goToPage("kindsPage");
}

/// Where there is a change to look at, or something was picked, the focus comes to the front, once.
void MainWindow::leaveKinds()
{
    if (!std::exchange(m_isFirstLook, false) || m_graphPane->pageInFront() != findChild<KindsPage *>())
        return;
    const bool hadFocus = m_graphPane->isAncestorOf(focusWidget());
    m_graphPane->showPage(m_graph);
    if (hadFocus)
        m_graph->setFocus();
}

Page &MainWindow::showPage(QAnyStringView name)
{
    const auto found = std::ranges::find(m_pages, name, &QObject::objectName);
    Q_ASSERT(found != m_pages.end());
    reveal(**found);
    return **found;
}

/// Puts the page in which the widget is in front of the others of its pane, and shows that.
void MainWindow::reveal(QWidget &widget)
{
    for (QWidget *above = &widget; above; above = above->parentWidget()) {
        if (auto *pane = qobject_cast<Pane *>(above))
            pane->showPage(&widget);
        if (auto *dock = qobject_cast<QDockWidget *>(above); dock && dock->isHidden()) {
            const bool wasAsDefined = std::exchange(m_isAsDefined, false);
            dock->show();
            if (wasAsDefined) // Else it would have to do with the room that the others leave.
                sizeDocks();
        }
    }
}

void MainWindow::goToPage(QAnyStringView name) { showPage(name).entry().setFocus(); }

void MainWindow::goTo(QWidget &widget)
{
    reveal(widget);
    widget.setFocus();
}

/// To the next one or the one before: of those that are seen, in the order of the Tab key. Behind the last one comes
/// the first.
void MainWindow::stepPane(int by)
{
    std::vector<QWidget *> seen = {m_queriesDock, m_billDock,   m_graphPane,     m_nodeDock, m_whyDock,
                                   m_listsDock,   m_sourceDock, m_questionsDock, m_strip};
    std::erase_if(seen, [](const QWidget *pane) { return !pane->isVisible(); });
    const auto isHere = [focused = focusWidget()](const QWidget *pane) {
        return pane == focused || pane->isAncestorOf(focused);
    };
    const auto here = std::ranges::find_if(seen, isHere);
    const std::ptrdiff_t count = std::ssize(seen);
    const std::ptrdiff_t before = by > 0 ? -1 : count; // The search line is in none of them.
    const std::ptrdiff_t from = here == seen.end() ? before : here - seen.begin();
    QWidget *next = seen[std::size_t((from + by + count) % count)];
    if (const auto *dock = qobject_cast<QDockWidget *>(next))
        next = dock->widget();
    if (const auto *pane = qobject_cast<Pane *>(next))
        next = pane->pageInFront();
    if (auto *page = qobject_cast<Page *>(next))
        next = &page->entry();
    next->setFocus(by > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

void MainWindow::makeStatusBar()
{
    constexpr int figureCount = 5;
    for (int at = 0; at < figureCount; ++at) {
        m_figures.push_back(new ElidedLabel);
        statusBar()->addWidget(m_figures.back());
    }
    m_serving = new ElidedLabel;
    statusBar()->addPermanentWidget(m_serving);
    statusBar()->setSizeGripEnabled(false);
}

} // namespace nuages::views
