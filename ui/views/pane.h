#pragma once

#include <QDockWidget>
#include <QFrame>

class QLabel;
class QStackedWidget;
class QTabBar;
class QHBoxLayout;

namespace nuages::views {

class ElidedLabel;

/// A frame of the window: a title row, and below it one page, or one of several behind tabs.
class Pane : public QFrame
{
    Q_OBJECT

public:
    explicit Pane(QWidget *parent = nullptr);

    /// Adds a page; with a second one, titles become tabs.
    void addPage(const QString &title, QWidget *page);
    int pageCount() const;
    void setCurrentPage(int page);
    void showPage(const QWidget *widget); ///< A page that was added, or the one that the widget is in.
    int currentPage() const;
    QWidget *pageInFront() const;

    /// Renames the first page: "Revision 118".
    void setTitle(const QString &title);

    /// The muted words beside the title.
    void setNote(const QString &note);

    /// Adds a button or the like at the right end of the title row.
    void addCorner(QWidget *widget);

private:
    QFrame *m_titleRow;
    QHBoxLayout *m_titleLayout;
    QTabBar *m_tabs;
    QLabel *m_title;
    ElidedLabel *m_note;
    QStackedWidget *m_pages;
};

/// Puts a pane into a dock that is called `name` in a saved layout and `title` in menus.
QDockWidget *dockOf(Pane *pane, const QString &name, const QString &title, QWidget *parent);

} // namespace nuages::views
