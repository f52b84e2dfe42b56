#include "tests/support/testmain.h"
#include "tests/ui/canvas/demopicture.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"

#include <QSignalSpy>
#include <QTest>

using namespace nuages::canvas;
using namespace nuages::tests;

class TestGraphCanvas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickSelectsTheCardBelowIt();
};

void TestGraphCanvas::aClickSelectsTheCardBelowIt()
{
    GraphCanvas canvas;
    canvas.resize(1100, 480);
    canvas.setPicture(demoPicture());
    canvas.show();
    QSignalSpy spy(&canvas, &GraphCanvas::selected);
    for (const Card &card : canvas.picture().cards)
        QCOMPARE(canvas.cardAt(canvas.cardArea(card.id).center()), card.id);
    QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, canvas.cardArea(4).center());
    QCOMPARE(spy.size(), 1);
    QCOMPARE(canvas.selection(), 4U);
    if (const QString folder = qEnvironmentVariable("NUAGES_PICTURES"); !folder.isEmpty()) {
        for (const Theme &theme : {Theme::light(), Theme::dark()}) {
            const QString name = theme.kind == Theme::Kind::Light ? QStringLiteral("light") : QStringLiteral("dark");
            canvas.setPalette(theme.palette());
            canvas.grab().save(folder + QStringLiteral("/graph-") + name + QStringLiteral(".png"));
            RevisionStrip strip;
            strip.setPalette(theme.palette());
            strip.resize(1584, 96);
            strip.setBars(demoBars());
            strip.grab().save(folder + QStringLiteral("/strip-") + name + QStringLiteral(".png"));
        }
    }
}

NUAGES_TEST(TestGraphCanvas)
#include "tst_graphcanvas.moc"
