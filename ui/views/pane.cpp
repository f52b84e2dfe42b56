#include "ui/views/pane.h"

#include "ui/views/elidedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int titleHeight = 32;

} // namespace

Pane::Pane(QWidget *parent)
    : QFrame(parent), m_titleRow(new QFrame), m_titleLayout(new QHBoxLayout(m_titleRow)), m_tabs(new QTabBar),
      m_title(new QLabel), m_note(new ElidedLabel), m_pages(new QStackedWidget)
{
    setObjectName(u"paneBody"_s);
    m_titleRow->setObjectName(u"paneTitleRow"_s);
    m_titleRow->setMinimumHeight(titleHeight); // More for a larger font.
    m_titleLayout->setContentsMargins(8, 0, 8, 0);
    m_titleLayout->setSpacing(8);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_note->setObjectName(u"muted"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->hide();
    for (QToolButton *arrow : m_tabs->findChildren<QToolButton *>())
        arrow->setFocusPolicy(Qt::NoFocus); // Where tabs have no room; the arrow keys go through all of them.
    m_titleLayout->addWidget(m_title);
    m_titleLayout->addWidget(m_tabs);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_titleLayout->addWidget(m_note, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_titleRow);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
}

void Pane::addPage(const QString &title, QWidget *page)
{
    m_pages->addWidget(page);
    m_tabs->addTab(title);
    if (m_pages->count() == 1) {
        m_title->setText(title);
        m_tabs->setAccessibleName(title);
    } else {
        m_title->hide();
        m_tabs->show();
    }
}

int Pane::pageCount() const { return m_pages->count(); }

void Pane::setCurrentPage(int page) { m_tabs->setCurrentIndex(page); }

void Pane::showPage(const QWidget *widget)
{
    for (int at = 0; at < m_pages->count(); ++at) {
        const QWidget *page = m_pages->widget(at);
        if (page == widget || page->isAncestorOf(widget))
            return setCurrentPage(at);
    }
}

QWidget *Pane::pageInFront() const { return m_pages->currentWidget(); }

int Pane::currentPage() const { return m_tabs->currentIndex(); }

void Pane::setTitle(const QString &title)
{
    m_title->setText(title);
    m_tabs->setTabText(0, title);
}

void Pane::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setToolTip(note); // There may be no room for it.
}

void Pane::addCorner(QWidget *widget) { m_titleLayout->addWidget(widget); }

QDockWidget *dockOf(Pane *pane, const QString &name, const QString &title, QWidget *parent)
{
    auto *dock = new QDockWidget(title, parent);
    dock->setObjectName(name);
    dock->setWidget(pane);
    auto *noTitle = new QWidget; // The pane has one of its own.
    noTitle->setFixedHeight(0);
    dock->setTitleBarWidget(noTitle);
    return dock;
}

} // namespace nuages::views
