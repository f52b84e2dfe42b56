#include "tests/support/testmain.h"
#include "tests/ui/canvas/demopicture.h"
#include "ui/canvas/export.h"
#include "ui/canvas/graphcanvas.h"

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

} // namespace

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
