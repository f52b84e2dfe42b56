#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/answerpage.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
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
    QString sentence(QAnyStringView name) { return page(name)->findChild<QLabel *>("answerSentence")->text(); }

    /// Chooses by its keys, as from the keyboard.
    void choose(QAnyStringView name, int index)
    {
        auto *choice = window.findChild<QComboBox *>(name);
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
}

void TestQuestions::theLedgerCountsWhatThisRevisionDid()
{
    ToldWindow bench;
    pressKey(Qt::Key_7, Qt::AltModifier);
    QCOMPARE(saidIn(bench.sentence(u"ledgerPage")), counted(bench.told, 3, 3));
    bench.edit(0);
    QCOMPARE(saidIn(bench.sentence(u"ledgerPage")), counted(bench.told, 4, 4));
    pressKey(Qt::Key_BracketLeft); // a revision back
    QVERIFY(bench.sentence(u"ledgerPage").startsWith(u"Revision 3: "_s));
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

NUAGES_TEST(TestQuestions)
#include "tst_questions.moc"
