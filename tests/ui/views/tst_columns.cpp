#include "tests/support/testmain.h"

#include "ui/models/roles.h"
#include "ui/views/delegates.h"
#include "ui/views/elidedlabel.h"
#include "ui/views/lists.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QImage>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <random>

using namespace nuages::views;
using namespace Qt::StringLiterals;

/// Widths of columns and labels, and what becomes of a text without room.
class TestColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresAreNeverShortened();
    void columnsDoNotShrinkWhileFiguresChange();
    void aLargerFontNeedsMoreRoom();
    void spareColumnsGiveWayInTheirOrder();
    void aShortenedTextIsWholeInItsToolTip();
    void wordsBesideANameAreCutBetweenWords();
    void rowsOfATreeAreOfOneHeight();
    void aValueIsReadBesideTheName();
    void aTreeThatGetsTheFocusPicksNothing();
    void aShortenedLabelIsWholeInItsToolTip();
};

namespace {

QStandardItem *figure(const QString &text)
{
    auto *item = new QStandardItem(text);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

/// Paths and two figures.
struct Listed {
    explicit Listed(int width = 600)
    {
        model.setHorizontalHeaderLabels({u"path"_s, u"rev"_s, u"readers"_s});
        table.setWidths(0, {120}, {2, 1});
        table.resize(width, 400);
        table.show();
    }

    void add(const QString &path, const QString &revision, const QString &readers)
    {
        model.appendRow({new QStandardItem(path), figure(revision), figure(readers)});
    }

    bool hasRoomForFigures() const
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            for (const int column : {1, 2}) {
                const QString text = model.index(row, column).data().toString();
                if (table.fontMetrics().horizontalAdvance(text) + 16 > table.columnWidth(column))
                    return false;
            }
        }
        return true;
    }

    QStandardItemModel model;
    Table table{&model, u"list"_s};
};

/// One step of a chain.
struct Step {
    explicit Step(const QString &detail, const QString &value = {})
    {
        auto *item = new QStandardItem(u"TemplateFacts(templates/base.html)"_s);
        item->setData(detail, nuages::models::DetailRole);
        if (!value.isEmpty())
            item->setData(value, nuages::models::ValueRole);
        model.appendRow(item);
        tree.header()->setSectionResizeMode(0, QHeaderView::Stretch);
    }

    QImage at(int width)
    {
        tree.resize(width, 60);
        tree.show();
        return tree.viewport()->grab().toImage();
    }

    QStandardItemModel model;
    Tree tree{&model, u"chain"_s};
};

QString toolTipAt(QWidget &viewport, QPoint point)
{
    QToolTip::hideText();
    QHelpEvent event(QEvent::ToolTip, point, viewport.mapToGlobal(point));
    QCoreApplication::sendEvent(&viewport, &event);
    return QToolTip::text();
}

} // namespace

void TestColumns::figuresAreNeverShortened()
{
    Listed listed;
    std::mt19937 random(3);
    for (int row = 0; row < 3'000; ++row)
        listed.add(u"templates/page%1.html"_s.arg(row), QString::number(random() % 5'000), QString::number(row));
    QVERIFY(listed.hasRoomForFigures());
    listed.model.setData(listed.model.index(2'999, 1), u"1,234,567,890"_s); // Far below what is seen.
    QVERIFY(listed.hasRoomForFigures());
    QVERIFY(listed.table.columnWidth(0) >= 120);
    QCOMPARE(listed.table.columnWidth(0) + listed.table.columnWidth(1) + listed.table.columnWidth(2),
             listed.table.viewport()->width());
}

void TestColumns::columnsDoNotShrinkWhileFiguresChange()
{
    Listed listed;
    listed.add(u"a.html"_s, u"1"_s, u"1,000,000"_s);
    const int width = listed.table.columnWidth(2);
    listed.model.setData(listed.model.index(0, 2), u"7"_s);
    QCOMPARE(listed.table.columnWidth(2), width);
}

void TestColumns::aLargerFontNeedsMoreRoom()
{
    Listed listed;
    listed.add(u"a.html"_s, u"1"_s, u"1,000,000"_s);
    QFont font = listed.table.font();
    font.setPointSizeF(2 * font.pointSizeF());
    const int before = listed.table.columnWidth(2);
    listed.table.setFont(font);
    QVERIFY(listed.table.columnWidth(2) > 1.6 * before);
    QVERIFY(listed.hasRoomForFigures());
}

void TestColumns::spareColumnsGiveWayInTheirOrder()
{
    Listed listed(600);
    listed.add(u"templates/a.html"_s, u"1,234"_s, u"1,234"_s);
    QStringList seen;
    for (int width = 600; width > 100; width -= 20) {
        listed.table.resize(width, 400);
        const QString state = u"%1%2"_s.arg(listed.table.isColumnHidden(1) ? u"-"_s : u"rev"_s,
                                            listed.table.isColumnHidden(2) ? u"-"_s : u"readers"_s);
        if (seen.isEmpty() || seen.last() != state)
            seen << state;
        if (width > 140)
            QVERIFY2(listed.table.columnWidth(0) >= 120, qPrintable(QString::number(width)));
    }
    QCOMPARE(seen, (QStringList{u"revreaders"_s, u"rev-"_s, u"--"_s}));
    listed.table.resize(600, 400);
    QVERIFY(!listed.table.isColumnHidden(1) && !listed.table.isColumnHidden(2));
    QVERIFY(listed.hasRoomForFigures());
}

void TestColumns::aShortenedTextIsWholeInItsToolTip()
{
    Listed listed(300);
    const QString path = u"a/very/long/way/down/to/some/templates/catalog/includes/navigation.html"_s;
    listed.add(path, u"1"_s, u"1"_s);
    listed.add(u"a.html"_s, u"1"_s, u"1"_s);
    const auto tipOf = [&](int row) {
        return toolTipAt(*listed.table.viewport(), listed.table.visualRect(listed.model.index(row, 0)).center());
    };
    QCOMPARE(tipOf(1), QString());
    QCOMPARE(tipOf(0), path);
    QCOMPARE(listed.table.textElideMode(), Qt::ElideMiddle);
}

void TestColumns::wordsBesideANameAreCutBetweenWords()
{
    const QString whole = u"same value: change stops here"_s;
    Step step(whole);
    const QStringList cuts{
        QString(), u"same…"_s, u"same value…"_s, u"same value: change…"_s, u"same value: change stops…"_s,
        whole}; // One that is too long would be cut itself.
    QSet<QString> seen;
    for (int width = 200; width < 600; width += 3) {
        const QImage shown = step.at(width);
        const int needed = step.tree.itemDelegate()->sizeHint({}, step.model.index(0, 0)).width();
        const auto isShown = [&](const QString &cut) {
            return (cut != whole || needed <= width + 1) && Step(cut).at(width) == shown;
        };
        const auto found = std::ranges::find_if(cuts, isShown);
        QVERIFY2(found != cuts.end(), qPrintable(QString::number(width)));
        seen << *found;
    }
    QCOMPARE(seen.size(), cuts.size());
    step.at(330);
    QCOMPARE(toolTipAt(*step.tree.viewport(), step.tree.visualRect(step.model.index(0, 0)).center()),
             u"TemplateFacts(templates/base.html)  "_s + whole);
}

void TestColumns::rowsOfATreeAreOfOneHeight()
{
    Step step(u"set in revision 2"_s, u"1 → 2"_s);
    step.model.appendRow(new QStandardItem(u"Template(templates/base.html)"_s));
    step.at(500);
    QCOMPARE(step.tree.visualRect(step.model.index(0, 0)).height(),
             step.tree.visualRect(step.model.index(1, 0)).height());
}

void TestColumns::aValueIsReadBesideTheName()
{
    const QString detail = u"value differs, in revision 3"_s;
    Step step(detail, u"794 bytes → 807 bytes"_s);
    const QImage narrow = step.at(430);
    QCOMPARE(narrow, Step(u"794 bytes → 807 bytes"_s).at(430)); // It says that they differ.
    QVERIFY(step.at(700) != Step(u"794 bytes → 807 bytes"_s).at(700)); // There is room for both.
    step.at(430);
    const QString tip = toolTipAt(*step.tree.viewport(), step.tree.visualRect(step.model.index(0, 0)).center());
    QVERIFY2(tip.contains(detail) && tip.endsWith(u"\n794 bytes → 807 bytes"_s), qPrintable(tip));
}

// Without a current row the first becomes that.
void TestColumns::aTreeThatGetsTheFocusPicksNothing()
{
    Step step(u"value differs"_s);
    step.model.appendRow(new QStandardItem(u"Template(templates/base.html)"_s));
    QSignalSpy picked(&step.tree, &Tree::picked);
    step.tree.show();
    step.tree.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&step.tree));
    step.tree.setFocus(Qt::TabFocusReason);
    QVERIFY(step.tree.currentIndex().isValid());
    QCOMPARE(picked.size(), 0);
    QTest::keyClick(&step.tree, Qt::Key_Down);
    QCOMPARE(picked.size(), 1);
}

void TestColumns::aShortenedLabelIsWholeInItsToolTip()
{
    ElidedLabel label;
    label.setText(u"focus: Diagnostics(templates/catalog/book.html) · 40 of 909"_s);
    QVERIFY(label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(label.fullText()));
    label.resize(120, 20);
    label.show();
    QVERIFY(label.text() != label.fullText());
    QVERIFY(label.text().contains(u'…') && label.text().startsWith(u"foc"_s) && label.text().endsWith(u"909"_s));
    QVERIFY(label.fontMetrics().horizontalAdvance(label.text()) <= 120);
    QCOMPARE(label.toolTip(), label.fullText());
    QCOMPARE(label.accessibleName(), label.fullText());
    label.resize(900, 20);
    QCOMPARE(label.text(), label.fullText());
    QCOMPARE(label.toolTip(), QString());
}

NUAGES_TEST(TestColumns)
#include "tst_columns.moc"
