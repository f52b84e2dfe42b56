#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/answerpage.h"

#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QTabBar>
#include <QTest>

#include <map>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using trace::Execution;
using trace::NodeId;
using trace::Outcome;

/// The pages that answer questions, by keys and mouse; each answer is compared with a list of all that was told.
class TestQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyShowsTheQuestions();
    void theLedgerCountsWhatThisRevisionDid();
    void theLedgerOfAllCountsAllThatWasTold();
    void aRowOfTheLedgerLeadsToItsQuery();
    void aHeaderSortsAndSortsBack();
    void whatIsNotSeenIsNotComputed();
    void twoMarkedRevisionsAreCompared();
    void withoutMarksTheShownRevisionIsComparedWithTheOneBefore();
    void whatWasForetoldIsHeldAgainstWhatRan();
    void statisticsCountAllThatWasTold();
    void theTableOrTheChainIsCopiedAsMarkdown();
};

namespace {

/// A window that remembers all that it was told.
struct ToldWindow : ShownWindow {
    std::vector<Execution> told;

    ToldWindow()
    {
        for (trace::Revision revision = 1; revision <= inspection.store().revision(); ++revision) {
            const auto executions = inspection.store().executions(revision);
            told.insert(told.end(), executions.begin(), executions.end());
        }
    }

    void edit(int file)
    {
        const auto batch = project.edit(file);
        told.insert(told.end(), batch->executions.begin(), batch->executions.end());
        trace(batch);
    }

    AnswerPage *page(QAnyStringView name) { return window.findChild<AnswerPage *>(name); }
    /// Clicks on its tab.
    void goTo(const QString &title)
    {
        pressKey(Qt::Key_7, Qt::AltModifier);
        auto *tabs = window.findChild<QDockWidget *>(u"questionsDock")->findChild<QTabBar *>();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->tabText(tab) == title)
                QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
        }
        QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
    }

    QStringList column(QAnyStringView name, int column)
    {
        QStringList texts;
        const QAbstractItemModel &rows = *table(name)->model();
        for (int row = 0; row < rows.rowCount(); ++row)
            texts << rows.index(row, column).data().toString();
        return texts;
    }

    QString nameOf(NodeId node) { return models::toQString(trace::nameOf(inspection.store().node(node))); }

    /// The queries that changed after one revision and until another, by the list of all that was told.
    QStringList changedBetween(trace::Revision early, trace::Revision late)
    {
        QStringList names;
        for (const Execution &each : told) {
            const bool isChange = each.outcome == Outcome::ExecutedChanged;
            if (each.revision > early && each.revision <= late && isChange && !names.contains(nameOf(each.node)))
                names << nameOf(each.node);
        }
        names.sort();
        return names;
    }

    QString sentence(QAnyStringView name) { return page(name)->findChild<QLabel *>("answerSentence")->text(); }

    /// Chooses by its keys, as from the keyboard.
    void choose(QAnyStringView name, int index)
    {
        const auto all = window.findChildren<QComboBox *>(name); // one a page
        auto *choice = *std::ranges::find_if(all, [](const QComboBox *each) { return each->isVisible(); });
        choice->setFocus();
        while (choice->currentIndex() != index)
            pressKey(choice->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    }
};

/// "3 useful", "1 in vain": what the sentence must say, counted from the list.
QString counted(const std::vector<Execution> &told, trace::Revision first, trace::Revision last)
{
    int useful = 0;
    int same = 0;
    int checked = 0;
    for (const Execution &each : told) {
        if (each.revision < first || each.revision > last)
            continue;
        useful += each.outcome == Outcome::ExecutedNew || each.outcome == Outcome::ExecutedChanged;
        same += each.outcome == Outcome::ExecutedBackdated;
        checked += each.outcome == Outcome::Validated;
    }
    return u"%1 useful|%2 in vain|%3 checked"_s.arg(useful).arg(same).arg(checked);
}

QString saidIn(const QString &sentence)
{
    QStringList parts;
    for (const QString &part : sentence.section(u": "_s, 1).split(u" · "_s)) {
        for (const QString &word : {u"useful"_s, u"in vain"_s, u"checked"_s}) {
            if (part.contains(word))
                parts << part.section(u' ', 0, 0) + u' ' + word;
        }
    }
    return parts.join(u'|');
}

} // namespace

void TestQuestions::aKeyShowsTheQuestions()
{
    ToldWindow bench;
    QVERIFY(!bench.page(u"ledgerPage")->isVisible());
    pressKey(Qt::Key_7, Qt::AltModifier);
    QVERIFY(bench.page(u"ledgerPage")->isVisible());
    QCOMPARE(QApplication::focusWidget(), bench.table(u"ledgerKinds"));
    QVERIFY(!bench.spot().isPinned); // Going there selects nothing.
    pressKey(Qt::Key_Down);
    QVERIFY(!bench.spot().isPinned);
    pressKey(Qt::Key_Return);
    QVERIFY(bench.spot().isPinned);
}

void TestQuestions::theLedgerCountsWhatThisRevisionDid()
{
    ToldWindow bench;
    pressKey(Qt::Key_7, Qt::AltModifier);
    QCOMPARE(saidIn(bench.sentence(u"ledgerPage")), counted(bench.told, 3, 3));
    bench.edit(0);
    QVERIFY(QTest::qWaitFor([&] { return saidIn(bench.sentence(u"ledgerPage")) == counted(bench.told, 4, 4); }));
    pressKey(Qt::Key_BracketLeft); // a revision back
    QVERIFY(QTest::qWaitFor([&] { return bench.sentence(u"ledgerPage").startsWith(u"Revision 3: "_s); }));
    QCOMPARE(saidIn(bench.sentence(u"ledgerPage")), counted(bench.told, 3, 3));
}

void TestQuestions::theLedgerOfAllCountsAllThatWasTold()
{
    ToldWindow bench;
    pressKey(Qt::Key_7, Qt::AltModifier);
    bench.choose(u"ledgerScope", 2);
    QCOMPARE(saidIn(bench.sentence(u"ledgerPage")), counted(bench.told, 1, 3));
    std::map<QString, int> runs;
    for (const Execution &each : bench.told) {
        if (trace::isExecution(each.outcome))
            ++runs[models::toQString(bench.inspection.store().node(each.node).kind)];
    }
    const QAbstractItemModel &kinds = *bench.table(u"ledgerKinds")->model();
    QCOMPARE(std::size_t(kinds.rowCount()), runs.size());
    for (int row = 0; row < kinds.rowCount(); ++row) {
        const int ran = kinds.index(row, 1).data().toInt() + kinds.index(row, 2).data().toInt();
        QCOMPARE(ran, runs.at(kinds.index(row, 0).data().toString()));
    }
    bench.choose(u"ledgerScope", 1);
    QCOMPARE(bench.sentence(u"ledgerPage"), u"Select a request to see what it cost."_s);
}

void TestQuestions::aRowOfTheLedgerLeadsToItsQuery()
{
    ToldWindow bench;
    bench.edit(1);
    pressKey(Qt::Key_7, Qt::AltModifier);
    bench.choose(u"ledgerScope", 2);
    bench.choose(u"answerTables", 1);
    Table &edges = *bench.table(u"ledgerEdges");
    const QModelIndex cell = edges.model()->index(0, 0);
    QVERIFY(cell.isValid());
    const auto node = cell.data(models::NodeRole).toUInt();
    const auto revision = cell.data(models::RevisionRole).toUInt();
    QTest::mouseClick(edges.viewport(), Qt::LeftButton, {}, edges.visualRect(cell).center());
    QCOMPARE(bench.spot().node, node);
    QVERIFY(bench.spot().isPinned);
    QCOMPARE(bench.inspection.shownRevision(), revision);
    const auto isTold = [&](const Execution &each) {
        return each.node == node && each.revision == revision && trace::isExecution(each.outcome);
    };
    QVERIFY(std::ranges::any_of(bench.told, isTold));
}

void TestQuestions::aHeaderSortsAndSortsBack()
{
    ToldWindow bench;
    pressKey(Qt::Key_7, Qt::AltModifier);
    bench.choose(u"ledgerScope", 2);
    Table &table = *bench.table(u"ledgerKinds");
    const auto textsOf = [&table](int column) {
        QStringList texts;
        for (int row = 0; row < table.model()->rowCount(); ++row)
            texts << table.model()->index(row, column).data().toString();
        return texts;
    };
    const auto click = [&table](int column) {
        QHeaderView &header = *table.horizontalHeader();
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {},
                          {header.sectionViewportPosition(column) + 4, header.height() / 2});
    };
    QStringList sorted = textsOf(0);
    sorted.sort();
    QStringList backwards = sorted;
    std::ranges::reverse(backwards);
    click(0);
    QCOMPARE(textsOf(0), backwards);
    click(0);
    QCOMPARE(textsOf(0), sorted);
    bench.edit(2);
    QCOMPARE(textsOf(0), sorted);
}

void TestQuestions::whatIsNotSeenIsNotComputed()
{
    ToldWindow bench;
    QCOMPARE(bench.sentence(u"ledgerPage"), QString());
    bench.edit(0);
    QCOMPARE(bench.sentence(u"ledgerPage"), QString());
    QCOMPARE(bench.table(u"ledgerKinds")->model()->rowCount(), 0);
}

void TestQuestions::twoMarkedRevisionsAreCompared()
{
    ToldWindow bench;
    bench.window.graph().setFocus();
    for (int back = 0; back < 2; ++back)
        pressKey(Qt::Key_BracketLeft);
    pressKey(Qt::Key_BracketLeft, Qt::ControlModifier); // A is the first one.
    pressKey(Qt::Key_BracketRight);
    pressKey(Qt::Key_BracketRight);
    pressKey(Qt::Key_BracketRight, Qt::ControlModifier); // B is the third.
    bench.edit(0); // Marks stay.
    QVERIFY2(bench.sentence(u"diffPage").startsWith(u"A: revision 1, "_s), qPrintable(bench.sentence(u"diffPage")));
    QVERIFY2(bench.sentence(u"diffPage").contains(u" · B: revision 3, "_s), qPrintable(bench.sentence(u"diffPage")));
    QStringList names = bench.column(u"diffNodes", 0);
    names.sort();
    QStringList expected = bench.changedBetween(1, 3);
    // And those of which only the work is another: they ran for the first time in A, and nothing was done to them in B.
    for (const Execution &each : bench.told) {
        const QString name = bench.nameOf(each.node);
        if (each.revision == 1 && trace::isExecution(each.outcome) && !expected.contains(name))
            expected << name;
    }
    expected.sort();
    QCOMPARE(names, expected);
    QCOMPARE(bench.column(u"diffNodes", 2).count(u"value differs"_s), bench.changedBetween(1, 3).size());
    QCOMPARE(bench.column(u"diffInputs", 0).size(), 2);
    for (const QAnyStringView name : {u"diffNodes", u"diffInputs"}) // What the question is about comes first.
        QCOMPARE(bench.table(name)->model()->headerData(1, Qt::Horizontal).toString(), u"from A to B"_s);
}

void TestQuestions::withoutMarksTheShownRevisionIsComparedWithTheOneBefore()
{
    ToldWindow bench;
    bench.goTo(u"Differences"_s);
    QVERIFY(bench.sentence(u"diffPage").startsWith(u"A: revision 2, "_s));
    bench.edit(0);
    QVERIFY(QTest::qWaitFor([&] { return bench.sentence(u"diffPage").startsWith(u"A: revision 3, "_s); }));
    QCOMPARE(bench.column(u"diffNodes", 2).count(u"value differs"_s), bench.changedBetween(3, 4).size());
    const QAbstractItemModel &rows = *bench.table(u"diffNodes")->model();
    QCOMPARE(rows.headerData(5, Qt::Horizontal).toString(), u"B: revision 4"_s);
}

void TestQuestions::whatWasForetoldIsHeldAgainstWhatRan()
{
    ToldWindow bench;
    bench.inspection.selection().selectFile(bench.project.pathOf(1));
    bench.goTo(u"What if"_s);
    QVERIFY2(bench.sentence(u"whatIfPage").contains(u"would run for sure"_s),
             qPrintable(bench.sentence(u"whatIfPage")));
    const QStringList foretold = bench.column(u"whatIfExpected", 0);
    const QStringList chances = bench.column(u"whatIfExpected", 1);
    QCOMPARE(foretold.size(), 3); // text, tree, findings
    bench.edit(1);
    int sure = 0;
    int sureRan = 0;
    int maybeRan = 0;
    for (int row = 0; row < foretold.size(); ++row) {
        const bool didRun = std::ranges::any_of(bench.told, [&](const Execution &each) {
            return each.revision == 4 && trace::isExecution(each.outcome) && bench.nameOf(each.node) == foretold[row];
        });
        const bool isSure = chances[row] == u"sure";
        sure += isSure;
        sureRan += isSure && didRun;
        maybeRan += !isSure && didRun;
    }
    QVERIFY2(sureRan == sure, qPrintable(foretold.join(u'|') + chances.join(u'|')));
    QVERIFY(QTest::qWaitFor([&] { return bench.column(u"whatIfFared", 1) == QStringList{u"4"_s}; }));
    QCOMPARE(bench.column(u"whatIfFared", 2), QStringList{QString::number(sure)});
    QCOMPARE(bench.column(u"whatIfFared", 3), QStringList{QString::number(sureRan)});
    QCOMPARE(bench.column(u"whatIfFared", 5), QStringList{QString::number(maybeRan)});
    QVERIFY2(bench.sentence(u"whatIfPage").contains(u"last time, in revision 4: of %1 sure"_s.arg(sure)),
             qPrintable(bench.sentence(u"whatIfPage")));
    bench.edit(2); // of another file: nothing was foretold of it
    QCOMPARE(bench.column(u"whatIfFared", 1), QStringList{u"4"_s});
}

void TestQuestions::statisticsCountAllThatWasTold()
{
    ToldWindow bench;
    bench.edit(1);
    bench.goTo(u"Statistics"_s);
    std::map<QString, std::uint64_t> times;
    for (const Execution &each : bench.told) {
        if (trace::isExecution(each.outcome))
            times[models::toQString(bench.inspection.store().node(each.node).kind)] += each.selfNs;
    }
    const QStringList names = bench.column(u"statistics", 0);
    QCOMPARE(std::size_t(names.size()), times.size());
    for (int row = 0; row < names.size(); ++row)
        QCOMPARE(bench.column(u"statistics", 5)[row], models::timeText(times.at(names[row])));
    std::size_t cells = 0;
    for (const QString &count : bench.column(u"memoryByFile", 1))
        cells += count.toUInt();
    QCOMPARE(cells, std::size_t(bench.inspection.store().lastNode()));
}

void TestQuestions::theTableOrTheChainIsCopiedAsMarkdown()
{
    ToldWindow bench;
    bench.goTo(u"Statistics"_s);
    pressKey(Qt::Key_7, Qt::AltModifier);
    QCOMPARE(QApplication::focusWidget(), bench.table(u"statistics"));
    bench.action(u"copyMarkdown"_s)->trigger();
    const QString table = QApplication::clipboard()->text();
    QVERIFY2(table.contains(u"\n| query | ran |"_s) && table.contains(u"\n| --- | --: |"_s), qPrintable(table));
    QCOMPARE(table.count(u"\n| Tree |"_s), 1);
    bench.window.graph().setFocus();
    bench.action(u"copyMarkdown"_s)->trigger();
    const QString chain = QApplication::clipboard()->text();
    QVERIFY2(chain.contains(u"\n- ⌨ `` "_s) && chain.contains(u"\n  - ● `` "_s), qPrintable(chain));
}

NUAGES_TEST(TestQuestions)
#include "tst_questions.moc"
