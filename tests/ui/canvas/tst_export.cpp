#include "tests/support/testmain.h"
#include "tests/ui/canvas/demopicture.h"
#include "ui/canvas/export.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/matrixcanvas.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace nuages::canvas;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// A graph in files: what is drawn is in each of them, once.
class TestExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anSvgHoldsEveryCardAndEdge();
    void aPngIsWhatIsSeen();
    void dotNamesEveryCardAndEdge();
    void jsonSaysWhatTheGraphShows();
    void kindsHaveTheirSharesInAFile();
    void aMatrixIsWrittenWhole();
    void aMatrixThatIsTooLargeForAPngIsSaidToBe();
    void aLowMatrixHasRoomForItsRows();
    void textIsQuoted();
    void whatCannotBeWrittenIsSaid();
};

namespace {

QByteArray written(const QString &ending, const Picture &picture = demoPicture())
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"graph."_s + ending);
    GraphCanvas graph;
    graph.setPicture(picture);
    if (const auto done = exportPicture(graph, path); !done)
        qWarning("%s", qPrintable(done.error()));
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Rows of files and columns of kinds, in a chequer of outcomes; every seventh cell is not there.
class Chequer final : public MatrixSource
{
public:
    Chequer(int rows, int columns) : m_rows(rows), m_columns(columns) { }

    int rows() const override { return m_rows; }
    int columns() const override { return m_columns; }
    QString rowTitle(int row) const override { return u"a<b>&/page%1.html"_s.arg(row); }
    QString columnTitle(int column) const override { return u"Kind%1"_s.arg(column); }
    bool beginsGroup(int row) const override { return row == 3; }
    bool isThere(int row, int column) const override { return (row + column) % 7 != 0; }
    Outcome outcomeAt(int row, int column) const override
    {
        return allOutcomes.at(std::size_t(row + column) % outcomeCount);
    }
    QString wordsAt(int row, int column) const override { return u"<%1, %2>"_s.arg(row).arg(column); }

    int cellsThere() const
    {
        int count = 0;
        for (int row = 0; row < m_rows; ++row) {
            for (int column = 0; column < m_columns; ++column)
                count += isThere(row, column);
        }
        return count;
    }

private:
    int m_rows;
    int m_columns;
};

QByteArray writtenMatrix(const MatrixSource &source, const QString &ending)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"matrix."_s + ending);
    MatrixCanvas matrix(source);
    matrix.resize(300, 200); // Less than all of it is seen.
    if (const auto done = exportMatrix(matrix, path); !done)
        return done.error().toUtf8();
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestExport::kindsHaveTheirSharesInAFile()
{
    Picture picture;
    picture.columns.resize(1);
    picture.cards.push_back(
        {.id = 1, .column = 0, .row = 0, .title = u"Template"_s, .subtitle = {}, .key = u"Template"_s});
    picture.cards[0].shares[indexOf(Outcome::Validated)] = 30;
    picture.cards[0].shares[indexOf(Outcome::ExecutedChanged)] = 10;
    const QJsonValue card = QJsonDocument::fromJson(written(u"json"_s, picture)).object()[u"cards"_s][0];
    QCOMPARE(card[u"kind"_s].toString(), u"Template"_s);
    QCOMPARE(card[u"shares"_s].toObject(), (QJsonObject{{u"checked, kept"_s, 30}, {u"ran, changed"_s, 10}}));
    QVERIFY(written(u"dot"_s, picture).contains("label=\"Template\\n"));
    const QByteArray svg = written(u"svg"_s, picture);
    QVERIFY(svg.contains("width=\"94.5\" height=\"4\"") && svg.contains("width=\"31.5\" height=\"4\""));
    QVERIFY(svg.contains("translate(0,0)")); // No empty header.
}

void TestExport::aMatrixIsWrittenWhole()
{
    const Chequer source(40, 9);
    QXmlStreamReader xml(writtenMatrix(source, u"svg"_s));
    QStringList titles;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == "title"_L1)
            titles << xml.readElementText();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(titles.size(), source.cellsThere());
    QCOMPARE(titles.last(), u"<39, 8>"_s);

    const QString dot = QString::fromUtf8(writtenMatrix(source, u"dot"_s));
    QCOMPARE(dot.count(u"bgcolor"_s), source.cellsThere());
    QCOMPARE(dot.count(u"<td"_s), 41 * 10);
    QCOMPARE(dot.count(u"<tr>"_s), dot.count(u"</tr>"_s));
    QVERIFY(dot.contains(u"a&lt;b&gt;&amp;/page39.html"_s));

    const QJsonObject json = QJsonDocument::fromJson(writtenMatrix(source, u"json"_s)).object();
    int cells = 0;
    for (const QJsonValue &row : json[u"rows"_s].toArray())
        cells += int(row[u"cells"_s].toArray().size());
    QCOMPARE(cells, source.cellsThere());
    QCOMPARE(json[u"kinds"_s].toArray().size(), 9);

    const QImage image = QImage::fromData(writtenMatrix(source, u"png"_s), "PNG");
    const MatrixCanvas matrix(source);
    QCOMPARE(image.size(), 2 * matrix.wholeSize());
    const QPoint bar = matrix.cellArea({.row = 39, .column = 8}).topLeft() + QPoint(2, 5);
    QCOMPARE(image.pixelColor(2 * bar), Theme::of(matrix.palette())[source.outcomeAt(39, 8)].ink);
}

void TestExport::aMatrixThatIsTooLargeForAPngIsSaidToBe()
{
    const Chequer source(10'000, 2);
    QVERIFY(writtenMatrix(source, u"png"_s).contains("too large for a PNG"));
    QVERIFY(writtenMatrix(source, u"svg"_s).endsWith("</svg>\n"));
}

void TestExport::aLowMatrixHasRoomForItsRows()
{
    const Chequer source(40, 9);
    MatrixCanvas matrix(source);
    const auto rowsSeen = [&](int height) {
        matrix.resize(600, height);
        matrix.grab(); // So that it is laid out.
        return (matrix.viewport()->height() - matrix.cellArea({}).top()) / matrix.cellArea({}).height();
    };
    QVERIFY(rowsSeen(190) >= 5);
    QVERIFY(rowsSeen(400) >= 12);
    QCOMPARE(rowsSeen(1000), (1000 - int(MatrixCanvas::columnTitleHeight)) / 18);
}

void TestExport::anSvgHoldsEveryCardAndEdge()
{
    QXmlStreamReader xml(written(u"svg"_s));
    QStringList titles;
    int strokes = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "title"_L1)
            titles << xml.readElementText();
        else if (xml.name() == "path"_L1 && !xml.attributes().hasAttribute("transform"_L1))
            ++strokes;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(titles.size(), std::ssize(demoPicture().cards));
    QVERIFY(titles.contains(u"TemplateFacts templates/base.html, ran, same value"_s));
    QCOMPARE(strokes, std::ssize(demoPicture().wires));
}

void TestExport::aPngIsWhatIsSeen()
{
    const QImage image = QImage::fromData(written(u"png"_s), "PNG");
    GraphCanvas graph;
    graph.setPicture(demoPicture());
    QCOMPARE(image.size(), 2 * graph.paintSize());
    QCOMPARE(image.pixelColor(2 * 18, 2 * (56 + 16 + 17)), Theme::light()[Outcome::InputSet].ink); // the first bar
}

void TestExport::dotNamesEveryCardAndEdge()
{
    const QString dot = QString::fromUtf8(written(u"dot"_s));
    QCOMPARE(dot.count(u"[label="_s), std::ssize(demoPicture().cards));
    QCOMPARE(dot.count(u" -> "_s), std::ssize(demoPicture().wires));
    QVERIFY(dot.startsWith(u"digraph "_s) && dot.endsWith(u"}\n"_s));
    QVERIFY(dot.contains(u"n1 -> n2 [style=bold];"_s));
}

void TestExport::jsonSaysWhatTheGraphShows()
{
    const QJsonObject graph = QJsonDocument::fromJson(written(u"json"_s)).object();
    QCOMPARE(graph[u"columns"_s].toArray().size(), 7);
    QCOMPARE(graph[u"wires"_s].toArray().size(), std::ssize(demoPicture().wires));
    QStringList cards;
    for (const QJsonValue &card : graph[u"cards"_s].toArray())
        cards << card[u"kind"_s].toString() + u' ' + card[u"key"_s].toString() + u": "_s
                + card[u"outcome"_s].toString();
    QCOMPARE(cards.size(), std::ssize(demoPicture().cards));
    QVERIFY(cards.contains(u"TemplateFacts templates/base.html: ran, same value"_s));
}

void TestExport::textIsQuoted()
{
    Picture picture;
    picture.columns = {{u"A<b>"_s, u"\"&\""_s}};
    picture.cards = {{.id = 1,
                      .column = 0,
                      .row = 0,
                      .title = u"<\\\"&\n.html"_s,
                      .subtitle = {},
                      .key = {},
                      .outcome = Outcome::Cycle}};
    QXmlStreamReader xml(written(u"svg"_s, picture));
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(written(u"dot"_s, picture).contains("label=\"A<b>\\n<\\\\\\\"&\\n.html"));
}

void TestExport::whatCannotBeWrittenIsSaid()
{
    GraphCanvas graph;
    graph.setPicture(demoPicture());
    const auto nowhere = exportPicture(graph, u"/nowhere/at/all/graph.svg"_s);
    QVERIFY(!nowhere && nowhere.error().startsWith(u"/nowhere/at/all/graph.svg cannot be written"_s));
    QTemporaryDir folder;
    const auto unknown = exportPicture(graph, folder.filePath(u"graph.bmp"_s));
    QVERIFY(!unknown && unknown.error().contains(u".svg, .png, .dot or .json"_s));
    QVERIFY(!QFile::exists(folder.filePath(u"graph.bmp"_s)));
}

NUAGES_TEST(TestExport)
#include "tst_export.moc"
