#pragma once

#include "tests/ui/views/madeupproject.h"

#include "ui/models/inspection.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"

#include <QApplication>
#include <QDockWidget>
#include <QMouseEvent>
#include <QTest>

namespace nuages::tests {

/// A window over three revisions of a made-up project: the second edits cart.html, the third home.html.
struct ShownWindow {
    explicit ShownWindow(QSize size = {1600, 1000})
    {
        window.resize(size);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        trace(project.first());
        trace(project.edit(1));
        trace(project.edit(2));
    }

    void trace(const std::shared_ptr<const trace::Batch> &batch)
    {
        Q_EMIT link.traced(batch);
        inspection.refresh();
    }

    const models::Spot &spot() { return inspection.selection().spot(); }

    QAction *action(QAnyStringView name) { return window.findChild<QAction *>(name); }
    views::Table *table(QAnyStringView name) { return window.findChild<views::Table *>(name); }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    FakeLink link;
    views::MainWindow window{inspection, link, project.root()};
};

/// To whatever has the focus, as the keyboard does.
inline void pressKey(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

/// Drags with the left button.
inline void drag(QWidget &widget, QPoint from, QPoint to)
{
    QTest::mousePress(&widget, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, widget.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&widget, &move);
    QCoreApplication::processEvents(); // A separator is moved by a timer of 0 ms.
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
}

/// Drags what is between a pane and its right neighbour.
inline void dragRightEdge(views::MainWindow &window, QAnyStringView pane, int by)
{
    QPoint edge = window.findChild<QDockWidget *>(pane)->geometry().topRight() + QPoint(0, 40);
    while (!window.isSeparator(edge) && edge.x() < window.width())
        edge += QPoint(1, 0);
    QVERIFY(window.isSeparator(edge));
    drag(window, edge, edge + QPoint(by, 0));
}

} // namespace nuages::tests
