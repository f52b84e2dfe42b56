#include "ui/models/answerrows.h"

#include "tests/support/testmain.h"

#include "ui/models/roles.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <random>

using namespace nuages::models;
using namespace Qt::StringLiterals;

class TestAnswerRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeGoAndStaySortedWithoutAReset();
    void figuresSortByNumberAndWordsByLetters();
};

namespace {

std::vector<AnswerRow> randomRows(std::mt19937 &random)
{
    std::vector<AnswerRow> rows;
    for (int row = 0; row < 20; ++row) {
        if (random() % 3 == 0)
            continue;
        const std::uint64_t count = random() % 3000;
        rows.push_back(
            {.name = u"row %1"_s.arg(row), .cells = {u"row %1"_s.arg(row), countCell(count)}, .node = unsigned(row)});
    }
    std::ranges::shuffle(rows, random);
    return rows;
}

QStringList namesIn(const AnswerRows &rows)
{
    QStringList names;
    for (int row = 0; row < rows.rowCount(); ++row)
        names << rows.index(row, 0).data().toString();
    return names;
}

} // namespace

void TestAnswerRows::rowsComeGoAndStaySortedWithoutAReset()
{
    std::mt19937 random(5);
    AnswerRows rows({u"name"_s, u"count"_s});
    const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy resets(&rows, &QAbstractItemModel::modelReset);
    for (int turn = 0; turn < 200; ++turn) {
        const std::vector<AnswerRow> wanted = randomRows(random);
        if (turn == 50)
            rows.sort(1, Qt::DescendingOrder);
        if (turn == 100)
            rows.sort(1, Qt::AscendingOrder);
        rows.update(wanted);
        QCOMPARE(rows.rowCount(), int(wanted.size()));
        for (int row = 0; row < rows.rowCount(); ++row) {
            const AnswerRow &shown = rows.rows()[std::size_t(row)];
            QCOMPARE(rows.index(row, 1).data().toString(), shown.cells[1].text);
            QCOMPARE(rows.index(row, 1).data(NodeRole).toUInt(), shown.node);
            QVERIFY(std::ranges::contains(wanted, shown));
            if (turn < 50)
                QVERIFY(shown == wanted[std::size_t(row)]);
            else if (row > 0 && turn < 100)
                QVERIFY(rows.rows()[std::size_t(row) - 1].cells[1].number >= shown.cells[1].number);
            else if (row > 0)
                QVERIFY(rows.rows()[std::size_t(row) - 1].cells[1].number <= shown.cells[1].number);
        }
    }
    QCOMPARE(resets.size(), 0);
}

void TestAnswerRows::figuresSortByNumberAndWordsByLetters()
{
    AnswerRows rows({u"name"_s, u"count"_s});
    rows.update({{.name = u"b"_s, .cells = {u"b"_s, countCell(1000)}},
                 {.name = u"a"_s, .cells = {u"a"_s, countCell(9)}},
                 {.name = u"c"_s, .cells = {u"c"_s, countCell(200)}}});
    QCOMPARE(namesIn(rows), (QStringList{u"b"_s, u"a"_s, u"c"_s}));
    rows.sort(1, Qt::AscendingOrder);
    QCOMPARE(namesIn(rows), (QStringList{u"a"_s, u"c"_s, u"b"_s}));
    rows.sort(0, Qt::DescendingOrder);
    QCOMPARE(namesIn(rows), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
}

NUAGES_TEST(TestAnswerRows)
#include "tst_answerrows.moc"
