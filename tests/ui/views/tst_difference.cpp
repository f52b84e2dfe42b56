#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/link/link.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/answerpage.h"
#include "ui/views/diffpage.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <map>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using canvas::Difference;
using trace::NodeId;

/// Two marked revisions on the strip and in the graph, and edits that are tried.
class TestDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksStandOnTheStrip();
    void theGraphSaysHowEachCardDiffers();
    void whatCameUpIsAddedOrRemovedAsTheMarksStand();
    void theCardsStayWhereTheyAre();
    void anEditIsTriedAndScored();
    void aTrialIsStopped();
    void whatCannotBeTriedSaysWhy();
};

namespace {

/// Plays no edit, but remembers what it was asked to, and says what it is told to.
class TryingLink final : public link::Link
{
public:
    void send(const QByteArray &) override { }
    bool canRehearse() const override { return true; }
    bool rehearse(const link::Trial &trial) override
    {
        asked.push_back(trial);
        return canTry;
    }
    void stopRehearsal() override { ++stopped; }

    std::vector<link::Trial> asked;
    int stopped = 0;
    bool canTry = true;
};

struct TrialWindow {
    TrialWindow()
    {
        window.resize(1600, 1000);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        Q_EMIT link.traced(project.first());
        inspection.refresh();
        Q_EMIT link.traced(project.edit(1));
        inspection.refresh();
        inspection.selectFile(project.pathOf(1));
        window.findChild<QAction *>("show_whatIfPage")->trigger();
    }

    QString sentence()
    {
        return window.findChild<QWidget *>("whatIfPage")->findChild<QLabel *>("answerSentence")->text();
    }
    QLineEdit &field(QAnyStringView name) { return *window.findChild<QLineEdit *>(name); }
    QPushButton &button() { return *window.findChild<QPushButton *>("trialBegin"); }

    /// Types it as from the keyboard.
    void type(QAnyStringView name, const QString &text)
    {
        field(name).setFocus();
        QTest::keyClicks(QApplication::focusWidget(), text);
    }

    QString nameOf(int file, MadeUpProject::Stage stage)
    {
        return models::nameOf(inspection.store(), MadeUpProject::idOf(file, stage));
    }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    TryingLink link;
    MainWindow window{inspection, link, project.root()};
};

std::map<NodeId, std::optional<Difference>> differencesIn(const canvas::Picture &picture)
{
    std::map<NodeId, std::optional<Difference>> all;
    for (const canvas::Card &card : picture.cards)
        all.emplace(card.id, card.difference);
    return all;
}

} // namespace

void TestDifference::marksStandOnTheStrip()
{
    ShownWindow bench;
    canvas::RevisionStrip &strip = bench.window.strip();
    QVERIFY(strip.pins().empty());
    const auto markAt = [&](trace::Revision revision) {
        const QRect bar = strip.barArea(revision);
        const QImage image = strip.grab().toImage();
        int painted = 0;
        for (int y = bar.bottom() - 12; y < bar.bottom(); ++y)
            painted += image.pixelColor(bar.center().x() + 2, y) == canvas::Theme::of(strip.palette()).accent;
        return painted >= 3;
    };
    QVERIFY(!markAt(2));
    pressKey(Qt::Key_BracketLeft);
    pressKey(Qt::Key_BracketLeft, Qt::ControlModifier); // A is revision 2
    bench.window.graph().setFocus();
    pressKey(Qt::Key_BracketRight);
    pressKey(Qt::Key_BracketRight, Qt::ControlModifier); // B is revision 3
    QCOMPARE(strip.pins(), (std::vector<canvas::RevisionPin>{{2, u"A"_s}, {3, u"B"_s}}));
    QVERIFY(markAt(2));
    QVERIFY(strip.currentInWords().contains(u" · B"_s));
    bench.inspection.selection().selectRevision(1);
    QVERIFY(!strip.currentInWords().contains(u" · B"_s));
}

void TestDifference::theGraphSaysHowEachCardDiffers()
{
    ShownWindow bench;
    auto same = std::make_shared<trace::Batch>(*bench.project.edit(2)); // Its findings come out the same.
    same->executions.back().outcome = trace::Outcome::ExecutedBackdated;
    bench.trace(same);
    bench.inspection.selection().selectNode(MadeUpProject::idOf(2, MadeUpProject::Findings), {});
    for (const auto &[node, difference] : differencesIn(bench.window.graph().picture()))
        QVERIFY(!difference);
    bench.window.graph().setFocus();
    pressKey(Qt::Key_D, Qt::ControlModifier); // Revision 4 and the one before it.
    const auto drawn = differencesIn(bench.window.graph().picture());
    QVERIFY(drawn.size() >= 5);
    int differing = 0;
    for (const auto &[node, difference] : drawn) {
        std::optional<Difference> expected;
        for (const trace::Execution &each : same->executions) {
            if (each.node == node)
                expected =
                    each.outcome == trace::Outcome::ExecutedBackdated ? Difference::SameValue : Difference::Changed;
        }
        QCOMPARE(difference, expected);
        differing += difference.has_value();
    }
    QCOMPARE(differing, 4);
    const canvas::Picture &picture = bench.window.graph().picture();
    const auto findings =
        std::ranges::find(picture.cards, MadeUpProject::idOf(2, MadeUpProject::Findings), &canvas::Card::id);
    QVERIFY(inWords(picture, *findings).endsWith(u"ran, the value of A"_s));

    bench.inspection.selection().selectRevision(1); // Against itself: the first one has none before it.
    bench.window.graph().setFocus();
    pressKey(Qt::Key_BracketLeft, Qt::ControlModifier);
    bench.inspection.selection().goLive();
    bench.inspection.refresh();
    QVERIFY(QTest::qWaitFor([&] {
        return differencesIn(bench.window.graph().picture())[MadeUpProject::idOf(2, MadeUpProject::Findings)]
            == Difference::Changed; // since revision 1, in revision 3
    }));
    bench.window.graph().setFocus();
    pressKey(Qt::Key_D, Qt::ControlModifier);
    for (const auto &[node, difference] : differencesIn(bench.window.graph().picture()))
        QVERIFY(!difference);
}

void TestDifference::whatCameUpIsAddedOrRemovedAsTheMarksStand()
{
    ShownWindow bench;
    auto batch = std::make_shared<trace::Batch>(*bench.project.edit(2));
    const NodeId made = bench.inspection.store().lastNode() + 1;
    batch->nodes.push_back({made, "Text", "new.html", {}, "new.html", false});
    batch->memos.push_back({.node = made, .changedAt = batch->revision, .verifiedAt = batch->revision, .reads = {}});
    trace::Execution run = batch->executions.back();
    run.node = made;
    run.outcome = trace::Outcome::ExecutedNew;
    batch->executions.push_back(run);
    bench.trace(batch);
    auto *page = bench.window.findChild<DiffPage *>();
    pressKey(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(page->differenceOf(made), std::optional(Difference::Added));
    page->mark(DiffPage::A, batch->revision);
    page->mark(DiffPage::B, batch->revision - 1);
    QCOMPARE(page->differenceOf(made), std::optional(Difference::Removed));
}

void TestDifference::theCardsStayWhereTheyAre()
{
    ShownWindow bench;
    const auto places = [&] {
        std::map<NodeId, std::pair<int, int>> all;
        for (const canvas::Card &card : bench.window.graph().picture().cards)
            all.emplace(card.id, std::pair(card.column, card.row));
        return all;
    };
    const auto before = places();
    const QImage plain = bench.window.graph().grab().toImage();
    pressKey(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(places(), before);
    QVERIFY(bench.window.graph().grab().toImage() != plain);
}

void TestDifference::anEditIsTriedAndScored()
{
    TrialWindow bench;
    bench.type(u"trialOld", u"{{ shop }}"_s);
    bench.type(u"trialNew", u"{{ cart }}"_s);
    pressKey(Qt::Key_Return);
    QCOMPARE(bench.link.asked.size(), 1u);
    const link::Trial &trial = bench.link.asked.front();
    QCOMPARE(trial.root, bench.project.root());
    QCOMPARE(trial.then.path, bench.project.pathOf(1));
    QFile disk(bench.project.pathOf(1));
    QVERIFY(disk.open(QIODevice::ReadOnly));
    QCOMPARE(trial.then.text, disk.readAll().replace("shop", "cart"));
    QVERIFY(trial.now.isEmpty());
    QCOMPARE(bench.button().text(), u"Stop"_s);
    Q_EMIT bench.link.rehearsing(false, 12);
    QCOMPARE(bench.window.findChild<QWidget *>("whatIfPage")->findChild<QLabel *>("answerNote")->text(),
             u"The project is read: 12 done…"_s);
    const QStringList ran{bench.nameOf(1, MadeUpProject::Text), bench.nameOf(1, MadeUpProject::Tree), u"Scope(x)"_s};
    Q_EMIT bench.link.rehearsed(ran, {});
    QCOMPARE(bench.button().text(), u"Try"_s);
    // Sure is the text alone, and it ran; of the tree and all findings one ran; the scope was not foreseen.
    QVERIFY2(bench.sentence().contains(u"tried: 3 ran; of 1 sure 1 ran; of 2 maybe 1; 1 more ran"_s),
             qPrintable(bench.sentence()));
    const QAbstractItemModel &rows = *bench.window.findChild<Table *>("whatIfRan")->model();
    QStringList said;
    for (int row = 0; row < rows.rowCount(); ++row)
        said << rows.index(row, 0).data().toString() + u": "_s + rows.index(row, 1).data().toString();
    QCOMPARE(said.size(), 3);
    QCOMPARE(said[0], ran[0] + u": sure"_s);
    QVERIFY(said[1].endsWith(u" %"_s));
    QCOMPARE(said[2], u"Scope(x): not"_s);
}

void TestDifference::aTrialIsStopped()
{
    TrialWindow bench;
    bench.type(u"trialNew", u"x"_s);
    QTest::mouseClick(&bench.button(), Qt::LeftButton);
    QCOMPARE(bench.link.asked.size(), 1u);
    QVERIFY(bench.link.asked.front().then.text.endsWith("</p>\nx")); // At the end, if nothing is replaced.
    QTest::mouseClick(&bench.button(), Qt::LeftButton);
    QCOMPARE(bench.link.stopped, 1);
    QCOMPARE(bench.link.asked.size(), 1u);
    Q_EMIT bench.link.rehearsed({}, u"stopped"_s);
    QVERIFY2(bench.sentence().endsWith(u"not tried: stopped"_s), qPrintable(bench.sentence()));
    QCOMPARE(bench.button().text(), u"Try"_s);
}

void TestDifference::whatCannotBeTriedSaysWhy()
{
    TrialWindow bench;
    bench.type(u"trialOld", u"not there"_s);
    pressKey(Qt::Key_Return);
    QVERIFY(bench.sentence().endsWith(u"not tried: “not there” does not stand in the file once"_s));
    QVERIFY(bench.link.asked.empty());
    bench.field(u"trialOld").clear();
    pressKey(Qt::Key_Return);
    QVERIFY(bench.sentence().endsWith(u"not tried: that changes nothing"_s));
    bench.link.canTry = false;
    bench.type(u"trialNew", u"x"_s);
    pressKey(Qt::Key_Return);
    QVERIFY(bench.sentence().endsWith(u"not tried: there is no project here to try it on"_s));
}

NUAGES_TEST(TestDifference)
#include "tst_difference.moc"
