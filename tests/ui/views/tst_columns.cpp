#include "tests/support/testmain.h"

#include "ui/views/delegates.h"
#include "ui/views/elidedlabel.h"
#include "ui/views/lists.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QStandardItemModel>
#include <QTest>
#include <QToolTip>

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
