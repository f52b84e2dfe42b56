#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/models/focuspicture.h"
#include "ui/models/selection.h"

using namespace nuages;
using namespace Qt::StringLiterals;
using tests::MadeUpProject;
using tests::ShownWindow;

/// The path between two queries, asked for by the mouse and by keys.
class TestPathTo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickWithCtrlShowsIt();
    void theKeysAskForItByName();
    void escapeLeavesIt();
};

void TestPathTo::aClickWithCtrlShowsIt()
{
    ShownWindow shown;
    const trace::NodeId findings = MadeUpProject::idOf(2, MadeUpProject::Findings);
    const trace::NodeId stamp = MadeUpProject::idOf(2, MadeUpProject::Stamp);
    shown.inspection.selection().selectNode(findings);
    canvas::GraphCanvas &graph = shown.window.graph();
    graph.fit();
    QTest::mouseClick(graph.viewport(), Qt::LeftButton, Qt::ControlModifier, graph.cardArea(stamp).center());
    QCOMPARE(shown.spot().node, findings); // It stays the selected one.
    QCOMPARE(graph.picture().cards.size(), 4);
    QVERIFY(graph.scene().card(stamp));
    for (const canvas::Card &card : graph.picture().cards)
        QVERIFY(graph.viewport()->rect().contains(graph.cardArea(card.id)));
}

void TestPathTo::theKeysAskForItByName()
{
    ShownWindow shown;
    const trace::NodeId findings = MadeUpProject::idOf(2, MadeUpProject::Findings);
    shown.inspection.selection().selectNode(findings);
    tests::pressKey(Qt::Key_P, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"text(templates/home"_s);
    QCOMPARE(shown.inspection.selection().filter(), QString()); // It hides nothing of the lists.
    tests::pressKey(Qt::Key_Return);
    QCOMPARE(shown.spot().node, findings);
    QCOMPARE(shown.inspection.focus().path().nodes,
             (std::vector<trace::NodeId>{MadeUpProject::idOf(2, MadeUpProject::Text),
                                         MadeUpProject::idOf(2, MadeUpProject::Tree), findings}));
    QVERIFY(shown.window.graph().hasFocus());
}

void TestPathTo::escapeLeavesIt()
{
    ShownWindow shown;
    const trace::NodeId node = shown.spot().node;
    QVERIFY(shown.spot().isFollowing());
    shown.inspection.showPathTo(MadeUpProject::idOf(2, MadeUpProject::Stamp));
    QVERIFY(!shown.inspection.focus().path().nodes.empty());
    QVERIFY(!shown.spot().isFollowing()); // Else the next edit would take it away.
    tests::pressKey(Qt::Key_Escape);
    QCOMPARE(shown.spot().node, node);
    QVERIFY(shown.inspection.focus().path().nodes.empty());
}

NUAGES_TEST(TestPathTo)
#include "tst_pathto.moc"
