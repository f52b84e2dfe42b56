// How long the inspector's pictures take to paint: a graph of 100,000 nodes and a matrix of 10,000 files, on a pane of
// 1600 × 1000. Prints milliseconds and counts as JSON; started by window.py.
#include "tests/ui/canvas/demopicture.h"
#include "tests/ui/models/eventstream.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/matrixcanvas.h"
#include "ui/link/link.h"
#include "ui/models/inspection.h"
#include "ui/views/editorclient.h"
#include "ui/views/matrixpage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QWindow>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace nuages;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize paneSize(1600, 1000);
constexpr int rounds = 30;
constexpr int graphRows = 10'000; // Of ten columns.
constexpr int matrixFiles = 10'000;

/// What `act` takes, and what is painted for it.
template <class Canvas, class Act>
QJsonObject measured(const Canvas &canvas, Act act)
{
    std::vector<double> ms;
    const qint64 before = canvas.paintedItems();
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        act(round);
        canvas.viewport()->repaint();
        ms.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(ms);
    return {{u"medianMs"_s, ms[ms.size() / 2]},
            {u"longestMs"_s, ms.back()},
            {u"items"_s, (canvas.paintedItems() - before) / rounds}};
}

/// Only what is exposed is painted.
void show(QWidget &widget)
{
    widget.show();
    while (!widget.windowHandle()->isExposed())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QCoreApplication::processEvents();
}

QJsonObject ofGraph()
{
    const canvas::Picture picture = tests::largePicture(graphRows);
    canvas::GraphCanvas graph;
    graph.resize(paneSize);
    graph.setPicture(picture);
    show(graph);
    const auto nothing = [](int) { };
    QJsonObject result{{u"nodes"_s, qint64(picture.cards.size())}, {u"edges"_s, qint64(picture.wires.size())}};
    graph.fit();
    result[u"whole"_s] = measured(graph, nothing);
    graph.setZoom(0.4, {});
    result[u"names"_s] = measured(graph, nothing);
    graph.setZoom(1, {});
    result[u"natural"_s] = measured(graph, nothing);
    result[u"scrolled"_s] = measured(graph, [&](int round) { graph.verticalScrollBar()->setValue(round * 10'000); });
    return result;
}

class NoLink final : public link::Link
{
public:
    void send(const QByteArray &) override { }
};

QJsonObject ofMatrix()
{
    tests::EventStream stream(1, matrixFiles);
    models::Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    while (inspection.pendingCount() > 0)
        inspection.refresh();
    NoLink link;
    views::EditorClient client;
    views::MatrixPage page({inspection, client, link});
    page.resize(paneSize);
    show(page);
    const canvas::MatrixCanvas &matrix = page.matrix();
    QJsonObject result{{u"rows"_s, matrix.source().rows()}};
    result[u"seen"_s] = measured(matrix, [](int) { });
    result[u"scrolled"_s] = measured(matrix, [&](int round) { matrix.verticalScrollBar()->setValue(round * 5'000); });
    result[u"after an edit"_s] = measured(matrix, [&](int) {
        inspection.take(stream.edit());
        inspection.refresh();
        page.refresh();
    });
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QJsonObject result{{u"graph"_s, ofGraph()}, {u"matrix"_s, ofMatrix()}};
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return 0;
}
