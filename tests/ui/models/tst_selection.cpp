#include "tests/support/testmain.h"

#include "ui/models/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace nuages::models;
using namespace Qt::StringLiterals;

class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachDifferenceOnce();
    void aNodeBringsItsFile();
    void backAndForwardWalkTheSpots();
    void goingElsewhereForgetsWhatLayAhead();
    void theFilterIsNoPartOfTheHistory();
};

void TestSelection::tellsEachDifferenceOnce()
{
    Selection selection;
    QSignalSpy changed(&selection, &Selection::changed);
    selection.selectNode(3);
    selection.selectNode(3);
    QCOMPARE(changed.size(), 1);
}

void TestSelection::aNodeBringsItsFile()
{
    Selection selection;
    selection.selectNode(3, u"/shop/base.html"_s);
    QCOMPARE(selection.spot().file, u"/shop/base.html"_s);
    selection.selectNode(4); // of no file: what is shown stays
    QCOMPARE(selection.spot().file, u"/shop/base.html"_s);
}

void TestSelection::backAndForwardWalkTheSpots()
{
    Selection selection;
    selection.selectNode(1);
    selection.selectRevision(7);
    selection.back();
    QVERIFY(selection.spot().isLive());
    QCOMPARE(selection.spot().node, 1U);
    selection.back();
    QVERIFY(!selection.canGoBack());
    selection.forward();
    selection.forward();
    QCOMPARE(selection.spot().revision, std::optional(7U));
    QVERIFY(!selection.canGoForward());
}

void TestSelection::goingElsewhereForgetsWhatLayAhead()
{
    Selection selection;
    selection.selectNode(1);
    selection.selectNode(2);
    selection.back();
    selection.selectNode(3);
    QVERIFY(!selection.canGoForward());
    selection.back();
    QCOMPARE(selection.spot().node, 1U);
}

void TestSelection::theFilterIsNoPartOfTheHistory()
{
    Selection selection;
    selection.selectNode(1);
    selection.setFilter(u"base"_s);
    selection.back();
    QCOMPARE(selection.filter(), u"base"_s);
}

NUAGES_TEST(TestSelection)
#include "tst_selection.moc"
