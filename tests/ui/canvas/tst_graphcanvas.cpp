#include "tests/support/testmain.h"
#include "tests/ui/canvas/demopicture.h"
#include "ui/canvas/graphcanvas.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QFontInfo>
#include <QPointingDevice>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace nuages::canvas;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// The canvas as a user meets it, on a screen that nobody sees.
class TestGraphCanvas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickSelectsTheCardBelowIt();
    void nothingIsFoundBetweenCards();
    void arrowsWalkTheEdges();
    void keysActivateAndExpand();
    void keysReachEveryCard();
    void keysPinAndCollapse();
    void theMenuIsAskedForByMouseAndByKey();
    void whatIsPinnedOrCollapsedLooksSo();
    void textKeepsASizeThatIsRead();
    void asManyCardsAsAreCountedAreSeen();
    void noScrollBarWhereAllFits();
    void fitShowsEverything();
    void fitFillsALargeRoom();
    void aFittedGraphFollowsItsRoomUntilTheUserZooms();
    void theClickedCardStaysBelowThePointer_data();
    void theClickedCardStaysBelowThePointer();
    void aCardThatIsSelectedElsewhereComesIntoTheMiddle();
    void aLargerFontMakesLargerCards();
    void zoomKeepsThePointBelowTheMouse();
    void twoFingersZoom();
    void theCardBelowTheMouseShowsItsEdges();

    void onlyVisibleCardsArePainted();
    void aCardThatChangesIsPaintedAlone();
    void theSamePictureAgainPaintsNothing();
    void fromFarAwayBoxesAreBoundedByPixels();
    void tooManyEdgesAreCountedInsteadOfDrawn();
    void fromFarAwayEdgesAreRibbonsBetweenColumns();

    void aScreenReaderHearsEveryCard();
    void dependenciesAreRelations();
    void cardsThatWentAreInvalid();
};

namespace {

/// A canvas that is shown, with everything painted that was to be painted.
struct Shown {
    explicit Shown(Picture picture, QSize size = {1100, 480})
    {
        canvas.resize(size);
        canvas.setPicture(std::move(picture));
        canvas.show();
        settle();
    }

    /// The items that were painted since the last call.
    qint64 settle()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return canvas.paintedItems() - std::exchange(before, canvas.paintedItems());
    }

    GraphCanvas canvas;
    qint64 before = 0;
};

QList<quint32> ids(const QSignalSpy &spy)
{
    QList<quint32> all;
    for (const QList<QVariant> &arguments : spy)
        all << arguments.at(0).toUInt();
    return all;
}

Card &cardOf(Picture &picture, quint32 id) { return *std::ranges::find(picture.cards, id, &Card::id); }

} // namespace

void TestGraphCanvas::aClickSelectsTheCardBelowIt()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const QSignalSpy spy(&canvas, &GraphCanvas::selected);
    for (const Card &card : canvas.picture().cards)
        QCOMPARE(canvas.cardAt(canvas.cardArea(card.id).center()), card.id);
    QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, canvas.cardArea(4).center());
    QCOMPARE(spy.size(), 1);
    QCOMPARE(canvas.selection(), 4U);
}

void TestGraphCanvas::nothingIsFoundBetweenCards()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const QRect card = canvas.cardArea(1);
    QCOMPARE(canvas.cardAt(card.topRight() + QPoint(6, 4)), 0U);
    QCOMPARE(canvas.cardAt(card.bottomLeft() + QPoint(4, 6)), 0U);
    QCOMPARE(canvas.cardAt(QPoint(20, 30)), 0U); // in the header
}

// From the typed file along the path, across to the diagnostics, and back.
void TestGraphCanvas::arrowsWalkTheEdges()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&canvas, key);
        return canvas.selection();
    };
    QCOMPARE(press(Qt::Key_Right), 1U); // nothing was selected: the first card
    QCOMPARE(press(Qt::Key_Right), 2U);
    QCOMPARE(press(Qt::Key_Right), 3U);
    QCOMPARE(press(Qt::Key_Right), 4U); // the path goes to two columns: the nearer one
    QCOMPARE(press(Qt::Key_Right), 5U);
    QCOMPARE(press(Qt::Key_Down), 12U);
    QCOMPARE(press(Qt::Key_Left), 11U); // in the same row, before base.html's facts
    QCOMPARE(press(Qt::Key_Up), 4U);
    QCOMPARE(press(Qt::Key_Up), 4U); // there is nothing above
    QCOMPARE(press(Qt::Key_Left), 3U);
}

void TestGraphCanvas::keysActivateAndExpand()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const QSignalSpy activated(&canvas, &GraphCanvas::activated);
    const QSignalSpy expanded(&canvas, &GraphCanvas::expandAsked);
    QTest::keyClick(&canvas, Qt::Key_Return); // nothing selected, nothing said
    canvas.select(7);
    QTest::keyClick(&canvas, Qt::Key_Return);
    QTest::keyClick(&canvas, Qt::Key_Space);
    QCOMPARE(ids(activated), QList<quint32>{7});
    QCOMPARE(ids(expanded), QList<quint32>{7});
}

// A thousand, none of them wired to another.
void TestGraphCanvas::keysReachEveryCard()
{
    Picture picture = largePicture(100);
    picture.wires.clear();
    std::erase_if(picture.cards, [](const Card &card) { return card.column == 4; }); // An empty column is no end.
    std::erase_if(picture.cards, [](const Card &card) { return card.column == 6 && card.row < 90; });
    Shown shown(picture);
    GraphCanvas &canvas = shown.canvas;
    QSet<quint32> reached;
    quint32 column = 0;
    QTest::keyClick(&canvas, Qt::Key_Down); // To the first one.
    while (column != canvas.selection()) {
        QTest::keyClick(&canvas, Qt::Key_Up, Qt::ControlModifier);
        for (quint32 before = 0; before != canvas.selection();) {
            before = canvas.selection();
            reached << before;
            QTest::keyClick(&canvas, Qt::Key_Down);
        }
        column = canvas.selection();
        QTest::keyClick(&canvas, Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(canvas.selection(), column);
        QTest::keyClick(&canvas, Qt::Key_Right, Qt::ControlModifier);
    }
    QCOMPARE(reached.size(), std::ssize(picture.cards));
    QTest::keyClick(&canvas, Qt::Key_Up, Qt::ControlModifier);
    for (int step = 0; step < 10; ++step)
        QTest::keyClick(&canvas, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(canvas.scene().card(canvas.selection())->column, 0);
    QVERIFY(canvas.viewport()->rect().contains(canvas.cardArea(canvas.selection())));
}

void TestGraphCanvas::keysPinAndCollapse()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const QSignalSpy pinned(&canvas, &GraphCanvas::pinAsked);
    const QSignalSpy collapsed(&canvas, &GraphCanvas::collapseAsked);
    QTest::keyClick(&canvas, Qt::Key_P); // Nothing is selected, nothing is said.
    QTest::keyClick(&canvas, Qt::Key_C);
    canvas.select(7);
    QTest::keyClick(&canvas, Qt::Key_P);
    canvas.select(8);
    QTest::keyClick(&canvas, Qt::Key_C);
    QCOMPARE(ids(pinned), QList<quint32>{7});
    QCOMPARE(ids(collapsed), QList<quint32>{8});
}

void TestGraphCanvas::theMenuIsAskedForByMouseAndByKey()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const QSignalSpy asked(&canvas, &GraphCanvas::menuAsked);
    const auto ask = [&](QContextMenuEvent::Reason reason, QPoint at) {
        QContextMenuEvent event(reason, at, canvas.viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(canvas.viewport(), &event);
    };
    canvas.select(5);
    ask(QContextMenuEvent::Mouse, canvas.cardArea(9).center());
    ask(QContextMenuEvent::Mouse, {2, canvas.viewport()->height() - 2}); // Between cards there is none.
    ask(QContextMenuEvent::Keyboard, {});
    QCOMPARE(ids(asked), (QList<quint32>{9, 5}));
    const QPoint atKey = canvas.viewport()->mapFromGlobal(asked.at(1).at(1).toPoint());
    QVERIFY(canvas.cardArea(5).contains(atKey));
}

void TestGraphCanvas::whatIsPinnedOrCollapsedLooksSo()
{
    for (const double zoom : {1.0, 0.5}) {
        Shown shown(demoPicture());
        GraphCanvas &canvas = shown.canvas;
        canvas.setZoom(zoom, {});
        shown.settle();
        QList<QImage> seen{canvas.grab().toImage()};
        QStringList said;
        for (const auto &[isPinned, isCollapsed] : {std::pair(true, false), std::pair(false, true)}) {
            Picture picture = demoPicture();
            cardOf(picture, 3).isPinned = isPinned;
            cardOf(picture, 3).isCollapsed = isCollapsed;
            canvas.setPicture(picture);
            shown.settle();
            const QImage image = canvas.grab().toImage();
            QVERIFY(!seen.contains(image));
            canvas.viewport()->update(); // Nothing else had to be painted.
            shown.settle();
            QCOMPARE(canvas.grab().toImage(), image);
            seen << image;
            said << inWords(canvas.picture(), *canvas.scene().card(3));
        }
        QVERIFY2(said[0].endsWith(u", pinned"_s) && said[1].endsWith(u", collapsed"_s), qPrintable(said.join(u'|')));
        canvas.setPicture(demoPicture());
        shown.settle();
        QCOMPARE(canvas.grab().toImage(), seen[0]); // And nothing of it is left.
    }
}

/// How high what is written on a card is, in pixels, from the first row with text to the last.
static int heightOfTitle(const GraphCanvas &canvas, quint32 id)
{
    const QImage image = const_cast<GraphCanvas &>(canvas).grab().toImage();
    const QRect card = canvas.cardArea(id).translated(canvas.viewport()->pos());
    const QRect title(card.left() + 8, card.top() + 3, card.width() * 2 / 3, card.height() / 2);
    int first = -1;
    int last = -1;
    for (int y = title.top(); y < title.bottom(); ++y) {
        for (int x = title.left(); x < title.right(); ++x) {
            if (qGray(image.pixel(x, y)) < 110) {
                first = first < 0 ? y : first;
                last = y;
            }
        }
    }
    return last - first + 1;
}

void TestGraphCanvas::textKeepsASizeThatIsRead()
{
    Picture picture = demoPicture();
    for (Card &card : picture.cards)
        card.title = u"Hl"_s; // As high as capitals are.
    Shown shown(picture);
    GraphCanvas &canvas = shown.canvas;
    const int natural = heightOfTitle(canvas, 6);
    QVERIFY2(natural >= 7, qPrintable(QString::number(natural)));
    canvas.setZoom(0.75, {});
    shown.settle();
    const int small = heightOfTitle(canvas, 6);
    QVERIFY2(small >= natural - 1, qPrintable(u"%1, %2"_s.arg(small).arg(natural)));
}

void TestGraphCanvas::asManyCardsAsAreCountedAreSeen()
{
    for (const QSize size : {QSize(500, 250), QSize(960, 430), QSize(1900, 900)}) {
        for (const double zoom : {0.75, 0.9, 1.0, 1.3}) {
            Shown shown({}, size);
            GraphCanvas &canvas = shown.canvas;
            const QSize seen = canvas.cardsSeen(zoom);
            const auto zoomFor = [&](int columns, int rows) {
                Picture picture;
                for (int column = 0; column < columns; ++column)
                    picture.columns.push_back({u"Kind%1"_s.arg(column), {}});
                Card &card = picture.cards.emplace_back();
                card.id = 1;
                card.column = columns - 1;
                card.row = rows - 1;
                canvas.setPicture(picture);
                canvas.fit();
                return canvas.zoom();
            };
            QVERIFY(zoomFor(seen.width(), seen.height()) >= std::min(zoom, GraphCanvas::largestFit) - 0.001);
            QVERIFY(zoomFor(seen.width() + 1, seen.height()) < zoom);
            QVERIFY(zoomFor(seen.width(), seen.height() + 1) < zoom);
        }
    }
}

void TestGraphCanvas::noScrollBarWhereAllFits()
{
    Shown shown(demoPicture());
    const GraphCanvas &canvas = shown.canvas;
    QVERIFY(!canvas.horizontalScrollBar()->isVisible());
    QVERIFY(!canvas.verticalScrollBar()->isVisible());
}

void TestGraphCanvas::fitShowsEverything()
{
    Shown shown(largePicture(40), {1600, 700});
    GraphCanvas &canvas = shown.canvas;
    QVERIFY(canvas.verticalScrollBar()->maximum() > 0);
    QTest::keyClick(&canvas, Qt::Key_F);
    shown.settle();
    QCOMPARE(canvas.verticalScrollBar()->maximum(), 0);
    for (const Card &card : canvas.picture().cards)
        QVERIFY(canvas.viewport()->rect().contains(canvas.cardArea(card.id)));
    QTest::keyClick(&canvas, Qt::Key_0);
    QCOMPARE(canvas.zoom(), 1.0);
}

void TestGraphCanvas::fitFillsALargeRoom()
{
    Shown shown(demoPicture(), {1970, 860});
    GraphCanvas &canvas = shown.canvas;
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_F);
    QRect all;
    for (const Card &card : canvas.picture().cards)
        all |= canvas.cardArea(card.id);
    QVERIFY(canvas.viewport()->rect().contains(all));
    QVERIFY2(all.width() > 0.75 * canvas.viewport()->width(), qPrintable(QString::number(all.width())));
    QVERIFY(canvas.zoom() > 1.2 && canvas.zoom() <= GraphCanvas::largestFit);
}

void TestGraphCanvas::aFittedGraphFollowsItsRoomUntilTheUserZooms()
{
    Shown shown(demoPicture(), {700, 300});
    GraphCanvas &canvas = shown.canvas;
    canvas.fit();
    const double small = canvas.zoom();
    canvas.resize(1400, 700);
    shown.settle();
    const double large = canvas.zoom();
    QVERIFY2(large > 1.8 * small, qPrintable(u"%1, %2"_s.arg(small).arg(large)));
    canvas.setPicture(largePicture(30));
    shown.settle();
    QVERIFY(canvas.zoom() < large); // The whole of another picture.

    QTest::keyClick(&canvas, Qt::Key_0);
    canvas.resize(700, 300);
    shown.settle();
    QCOMPARE(canvas.zoom(), 1.0);
}

void TestGraphCanvas::theClickedCardStaysBelowThePointer_data()
{
    QTest::addColumn<int>("columnsBefore");
    QTest::addColumn<int>("rowsBefore");
    QTest::newRow("further right and down") << 6 << 9;
    QTest::newRow("further left and up") << -4 << -3;
    QTest::newRow("where it was") << 0 << 0;
}

// The picture around it is another one, as when a query is selected of which other things are of interest.
void TestGraphCanvas::theClickedCardStaysBelowThePointer()
{
    QFETCH(const int, columnsBefore);
    QFETCH(const int, rowsBefore);
    Shown shown(demoPicture(), {900, 420});
    GraphCanvas &canvas = shown.canvas;
    canvas.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&canvas));
    canvas.fit(0.9);
    const quint32 id = 33; // Of the fifth row and column.
    connect(&canvas, &GraphCanvas::selected, &canvas, [&](quint32 picked) {
        Picture next = demoPicture();
        Card clicked = cardOf(next, picked);
        next.cards.clear();
        clicked.column += columnsBefore;
        clicked.row += rowsBefore;
        next.columns.resize(std::size_t(clicked.column) + 3);
        next.cards = {clicked};
        canvas.setPicture(next);
    });
    const QPoint pointer = canvas.cardArea(id).topLeft() + QPoint(20, 8);
    QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, pointer);
    shown.settle();
    QCOMPARE(canvas.selection(), id);
    QCOMPARE(canvas.cardAt(pointer), id);
    QVERIFY((canvas.cardArea(id).topLeft() + QPoint(20, 8) - pointer).manhattanLength() <= 2);
    const QImage painted = canvas.grab().toImage();
    canvas.viewport()->repaint(); // What was moved is what would have been painted.
    QCOMPARE(canvas.grab().toImage(), painted);
}

void TestGraphCanvas::aCardThatIsSelectedElsewhereComesIntoTheMiddle()
{
    Shown shown(largePicture(200));
    GraphCanvas &canvas = shown.canvas;
    canvas.select(905); // Its neighbours of all sides are seen.
    for (const quint32 id : {905, 904, 906, 895, 915})
        QVERIFY2(canvas.viewport()->rect().contains(canvas.cardArea(id)), qPrintable(QString::number(id)));
    const QRect before = canvas.cardArea(906);
    canvas.select(906); // It is seen already.
    QCOMPARE(canvas.cardArea(906), before);
}

void TestGraphCanvas::aLargerFontMakesLargerCards()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const QSize before = canvas.cardArea(1).size();
    QFont font = canvas.font();
    font.setPixelSize(2 * QFontInfo(font).pixelSize());
    canvas.setFont(font);
    shown.settle();
    const QSize after = canvas.cardArea(1).size();
    QVERIFY(std::abs(after.width() - 2 * before.width()) <= 2 && std::abs(after.height() - 2 * before.height()) <= 2);
    QCOMPARE(canvas.zoom(), 1.0);
}

void TestGraphCanvas::zoomKeepsThePointBelowTheMouse()
{
    Shown shown(largePicture(200));
    GraphCanvas &canvas = shown.canvas;
    canvas.select(905); // scrolls into the middle of it
    const QPoint anchor = canvas.cardArea(905).center();
    for (const double zoom : {2.0, 1.5, 3.0}) { // half a pixel lost each time, and grown by the next
        canvas.setZoom(zoom, anchor);
        const QPoint moved = canvas.cardArea(905).center() - anchor;
        QVERIFY2(moved.manhattanLength() <= 6, qPrintable(u"%1, %2 at %3"_s.arg(moved.x()).arg(moved.y()).arg(zoom)));
    }
}

// 100,000 cards and 90,000 edges; no more are painted than fit into the window.
void TestGraphCanvas::twoFingersZoom()
{
    Shown shown(largePicture(400));
    QWidget *viewport = shown.canvas.viewport();
    const std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    const QPoint centre = viewport->rect().center();
    const auto fingers = [&](int apart) { return std::pair(centre - QPoint(apart, 0), centre + QPoint(apart, 0)); };
    QTest::touchEvent(viewport, screen.get()).press(0, fingers(50).first).press(1, fingers(50).second);
    for (const int apart : {60, 80, 100})
        QTest::touchEvent(viewport, screen.get()).move(0, fingers(apart).first).move(1, fingers(apart).second);
    QTest::touchEvent(viewport, screen.get()).release(0, fingers(100).first).release(1, fingers(100).second);
    QVERIFY2(shown.canvas.zoom() > 1.2, qPrintable(QString::number(shown.canvas.zoom())));
}

void TestGraphCanvas::theCardBelowTheMouseShowsItsEdges()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    const quint32 id = canvas.picture().wires.front().to;
    const QImage before = canvas.grab().toImage();
    QTest::mouseMove(canvas.viewport(), canvas.cardArea(id).center());
    shown.settle();
    QVERIFY(canvas.grab().toImage() != before);
    QTest::mouseMove(canvas.viewport(), {2, canvas.viewport()->height() - 2});
    shown.settle();
    QCOMPARE(canvas.grab().toImage(), before);
}

void TestGraphCanvas::onlyVisibleCardsArePainted()
{
    Shown shown(largePicture(10'000));
    GraphCanvas &canvas = shown.canvas;
    shown.settle();
    canvas.viewport()->update();
    const qint64 painted = shown.settle();
    QVERIFY(painted > 0);
    // 8 columns and 8 rows have a part in 1100 × 424 pixels, with an edge between each two.
    QVERIFY2(painted <= 2 * 8 * 9, qPrintable(QString::number(painted)));
}

void TestGraphCanvas::aCardThatChangesIsPaintedAlone()
{
    Picture picture = largePicture(1'000);
    Shown shown(picture);
    GraphCanvas &canvas = shown.canvas;
    cardOf(picture, 23).outcome = Outcome::ExecutedBackdated;
    canvas.setPicture(picture);
    const qint64 painted = shown.settle();
    QVERIFY(painted >= 1);
    QVERIFY2(painted <= 3, qPrintable(QString::number(painted))); // with the two edges that touch its border

    cardOf(picture, 9'003).outcome = Outcome::ExecutedBackdated; // far below the window
    canvas.setPicture(picture);
    QCOMPARE(shown.settle(), 0);
}

void TestGraphCanvas::theSamePictureAgainPaintsNothing()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    Picture reversed = demoPicture();
    std::ranges::reverse(reversed.cards);
    std::ranges::reverse(reversed.wires);
    canvas.setPicture(reversed);
    QCOMPARE(shown.settle(), 0);
}

void TestGraphCanvas::fromFarAwayBoxesAreBoundedByPixels()
{
    Shown shown(largePicture(10'000));
    GraphCanvas &canvas = shown.canvas;
    canvas.fit();
    const qint64 painted = shown.settle();
    QVERIFY(painted > 0);
    QVERIFY2(painted <= 10 * 424, qPrintable(QString::number(painted))); // columns × pixels of height
}

void TestGraphCanvas::tooManyEdgesAreCountedInsteadOfDrawn()
{
    Picture picture = largePicture(400);
    for (const Card &card : largePicture(400).cards) { // everything reads the first card
        if (card.column > 0)
            picture.wires.push_back({.from = 1, .to = card.id});
    }
    Shown shown(picture);
    GraphCanvas &canvas = shown.canvas;
    canvas.viewport()->update();
    QVERIFY(shown.settle() <= 8 * 9);
    canvas.select(25);
    QVERIFY(shown.settle() >= 4); // two neighbours and the first card, and itself
}

void TestGraphCanvas::fromFarAwayEdgesAreRibbonsBetweenColumns()
{
    Shown shown(largePicture(2'000));
    GraphCanvas &canvas = shown.canvas;
    const std::vector<Scene::Ribbon> &ribbons = canvas.scene().ribbons();
    int wires = 0;
    for (const Scene::Ribbon &ribbon : ribbons)
        wires += ribbon.wires;
    QCOMPARE(std::size_t(wires), canvas.picture().wires.size());
    const std::size_t columns = canvas.picture().columns.size();
    QVERIFY(!ribbons.empty() && ribbons.size() <= columns * columns);

    canvas.fit();
    shown.settle();
    const QImage with = canvas.grab().toImage();
    Picture bare = canvas.picture();
    bare.wires.clear();
    canvas.setPicture(bare);
    shown.settle();
    QVERIFY(canvas.grab().toImage() != with); // Also where no card is another.
}

void TestGraphCanvas::aScreenReaderHearsEveryCard()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    QAccessibleInterface *graph = QAccessible::queryAccessibleInterface(&canvas);
    QVERIFY(graph);
    QCOMPARE(graph->text(QAccessible::Name), u"Graph"_s);
    QCOMPARE(graph->childCount(), std::ssize(canvas.picture().cards));
    QStringList names;
    for (int i = 0; i < graph->childCount(); ++i) {
        QAccessibleInterface *card = graph->child(i);
        QCOMPARE(graph->indexOfChild(card), i);
        QCOMPARE(card->parent(), graph);
        const QPoint middle = card->rect().center();
        QCOMPARE(graph->childAt(middle.x(), middle.y()), card);
        names << card->text(QAccessible::Name);
    }
    QVERIFY(names.contains(u"TemplateFacts templates/base.html, ran, same value"_s));
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
}

void TestGraphCanvas::dependenciesAreRelations()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    QAccessibleInterface *graph = QAccessible::queryAccessibleInterface(&canvas);
    QAccessibleInterface *facts = graph->child(canvas.scene().indexOf(4));
    const auto names = [&](QAccessible::Relation which) {
        QStringList all;
        for (const auto &[card, relation] : facts->relations(which))
            all << card->text(QAccessible::Name);
        return all;
    };
    QCOMPARE(names(QAccessible::FlowsFrom), QStringList(u"Template templates/base.html, ran, changed"_s));
    QCOMPARE(names(QAccessible::FlowsTo).size(), 5);

    const QSignalSpy spy(&canvas, &GraphCanvas::selected);
    facts->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(ids(spy), QList<quint32>{4});
    QVERIFY(facts->state().selected);
}

void TestGraphCanvas::cardsThatWentAreInvalid()
{
    Shown shown(demoPicture());
    GraphCanvas &canvas = shown.canvas;
    QAccessibleInterface *card = QAccessible::queryAccessibleInterface(&canvas)->child(0);
    QVERIFY(card->isValid());
    canvas.setPicture({});
    QVERIFY(!card->isValid());
    QCOMPARE(card->text(QAccessible::Name), QString());
}

NUAGES_TEST(TestGraphCanvas)
#include "tst_graphcanvas.moc"
