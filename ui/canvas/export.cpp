#include "ui/canvas/export.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/glyph.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/route.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr double exportTextInset = 10;
constexpr double exportGlyphSide = 12;
constexpr double pngScale = 2; // For print and fine screens.

QString tr(const char *text) { return QCoreApplication::translate("canvas::export", text); }

QString keyOf(const Card &card) { return card.key.isEmpty() ? card.title : card.key; }

QString quoted(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return u'"' + text + u'"';
}

QString number(double value) { return QString::number(value, 'f', 1); }

QString pathData(const QPainterPath &path)
{
    QString data;
    for (int at = 0; at < path.elementCount(); ++at) {
        const QPainterPath::Element element = path.elementAt(at);
        switch (element.type) {
        case QPainterPath::MoveToElement:
            data += u'M';
            break;
        case QPainterPath::LineToElement:
            data += u'L';
            break;
        case QPainterPath::CurveToElement:
            data += u'C';
            break;
        case QPainterPath::CurveToDataElement:
            data += u' ';
            break;
        }
        data += number(element.x) + u',' + number(element.y);
    }
    return data;
}

QString svgText(QPointF at, const QFont &font, const QColor &colour, const QString &text, double room)
{
    return u"<text x=\"%1\" y=\"%2\" font-size=\"%3\" font-weight=\"%4\" fill=\"%5\">%6</text>\n"_s.arg(
        number(at.x()), number(at.y()), QString::number(font.pixelSize()), QString::number(font.weight()),
        colour.name(), shortened(text, font, room).toHtmlEscaped());
}

QString svgCard(const Picture &picture, const Card &card, const Theme &theme, const QFont &font)
{
    const auto &[ink, tint] = theme[card.outcome];
    const QRectF box = cardRect(placeOf(card));
    QString svg = u"<g><title>%1</title>\n"_s.arg(inWords(picture, card).toHtmlEscaped());
    svg += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"%5\" fill=\"%6\" stroke=\"%7\"/>\n"_s.arg(
        number(box.x()), number(box.y()), number(box.width()), number(box.height()), number(cardRadius), tint.name(),
        ink.name());
    svg += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>\n"_s.arg(
        number(box.x()), number(box.y()), number(outcomeBarWidth), number(box.height()), ink.name());
    const Glyph &glyph = glyphOf(card.outcome);
    const QString paint = glyph.drawn == Glyph::Drawn::Filled
        ? u"fill=\"%1\""_s.arg(ink.name())
        : u"fill=\"none\" stroke=\"%1\" stroke-width=\"1.4\" stroke-linecap=\"round\""_s.arg(ink.name());
    svg += u"<path transform=\"translate(%1,%2)\" d=\"%3\" %4/>\n"_s.arg(number(box.right() - 4 - exportGlyphSide),
                                                                         number(box.center().y() - exportGlyphSide / 2),
                                                                         pathData(glyph.path), paint);
    const double room = cardWidth - exportTextInset - exportGlyphSide - 4;
    const QPointF text = box.topLeft() + QPointF(exportTextInset, 0);
    svg += svgText(text + QPointF(0, 15), sized(font, 11), theme.text, card.title, room);
    svg += svgText(text + QPointF(0, 28), sized(font, 10), theme.muted, subtitleOf(card), room);
    return svg + u"</g>\n"_s;
}

QByteArray toPng(const GraphCanvas &graph)
{
    QImage image(graph.paintSize() * pngScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(pngScale);
    QPainter painter(&image);
    graph.paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

QStringList exportFilters()
{
    return {tr("SVG picture (*.svg)"), tr("PNG picture (*.png)"), tr("Graphviz (*.dot)"), tr("JSON (*.json)")};
}

std::expected<void, QString> exportPicture(const GraphCanvas &graph, const QString &path)
{
    QByteArray bytes;
    if (path.endsWith(".svg"_L1, Qt::CaseInsensitive))
        bytes = toSvg(graph.scene(), Theme::of(graph.palette()), graph.font());
    else if (path.endsWith(".png"_L1, Qt::CaseInsensitive))
        bytes = toPng(graph);
    else if (path.endsWith(".dot"_L1, Qt::CaseInsensitive))
        bytes = toDot(graph.picture());
    else if (path.endsWith(".json"_L1, Qt::CaseInsensitive))
        bytes = toJson(graph.picture());
    else
        return std::unexpected(tr("%1: the name must end in .svg, .png, .dot or .json").arg(path));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

QByteArray toDot(const Picture &picture)
{
    QString dot = u"digraph nuages {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n"_s;
    for (int column = 0; column < int(picture.columns.size()); ++column) {
        dot += u"  { rank=same;"_s;
        for (const Card &card : picture.cards) {
            if (card.column == column)
                dot += u" n%1;"_s.arg(card.id);
        }
        dot += u" }\n"_s;
    }
    for (const Card &card : picture.cards) {
        const QString &kind = picture.columns.at(std::size_t(card.column)).title;
        dot += u"  n%1 [label=%2, tooltip=%3];\n"_s.arg(QString::number(card.id),
                                                        quoted(kind + u'\n' + card.title + u'\n' + subtitleOf(card)),
                                                        quoted(inWords(picture, card)));
    }
    for (const Wire &wire : picture.wires)
        dot += u"  n%1 -> n%2%3;\n"_s.arg(QString::number(wire.from), QString::number(wire.to),
                                          wire.onPath ? u" [style=bold]"_s : QString());
    return (dot + u"}\n"_s).toUtf8();
}

QByteArray toJson(const Picture &picture)
{
    QJsonArray columns;
    for (const Column &column : picture.columns)
        columns.append(QJsonObject{{u"kind"_s, column.title}, {u"about"_s, column.subtitle}});
    QJsonArray cards;
    for (const Card &card : picture.cards)
        cards.append(QJsonObject{{u"id"_s, qint64(card.id)},
                                 {u"kind"_s, picture.columns.at(std::size_t(card.column)).title},
                                 {u"key"_s, keyOf(card)},
                                 {u"outcome"_s, plainWords(card.outcome)},
                                 {u"detail"_s, subtitleOf(card)},
                                 {u"column"_s, card.column},
                                 {u"row"_s, card.row}});
    QJsonArray wires;
    for (const Wire &wire : picture.wires) {
        QJsonObject object{{u"from"_s, qint64(wire.from)}, {u"to"_s, qint64(wire.to)}, {u"onPath"_s, wire.onPath}};
        if (wire.count > 1)
            object[u"count"_s] = qint64(wire.count);
        wires.append(object);
    }
    return QJsonDocument(QJsonObject{{u"columns"_s, columns}, {u"cards"_s, cards}, {u"wires"_s, wires}}).toJson();
}

QByteArray toSvg(const Scene &scene, const Theme &theme, const QFont &font)
{
    const QSizeF size = scene.size() + QSizeF(0, headerHeight);
    QString svg = u"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" viewBox=\"0 0 %1 %2\" "
                  "font-family=\"%3, sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"%4\"/>\n"_s.arg(
                      number(size.width()), number(size.height()), font.family().toHtmlEscaped(), theme.panel.name());
    const double room = cardWidth + columnGap - 4;
    for (int at = 0; const Column &column : scene.picture().columns) {
        const double left = cardRect({.column = at++, .row = 0}).left();
        svg += svgText({left, 32}, sized(font, 12, QFont::DemiBold), theme.text, column.title, room);
        svg += svgText({left, 48}, sized(font, 10), theme.muted, column.subtitle, room);
    }
    svg += u"<g transform=\"translate(0,%1)\">\n"_s.arg(headerHeight);
    const auto wires = [&](bool onPath, const QColor &colour, double width) {
        for (int wire = 0; wire < int(scene.picture().wires.size()); ++wire) {
            if (scene.picture().wires[std::size_t(wire)].onPath == onPath)
                svg += u"<path d=\"%1\" fill=\"none\" stroke=\"%2\" stroke-width=\"%3\"/>\n"_s.arg(
                    pathData(routeOf(scene.from(wire), scene.to(wire))), colour.name(),
                    number(widthOf(scene.picture().wires[std::size_t(wire)], width)));
        }
    };
    wires(false, theme.edge, 1);
    for (const Card &card : scene.picture().cards)
        svg += svgCard(scene.picture(), card, theme, font);
    wires(true, theme[Outcome::ExecutedChanged].ink, 2);
    return (svg + u"</g>\n</svg>\n"_s).toUtf8();
}

} // namespace nuages::canvas
