#include "ui/canvas/export.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/route.h"
#include "ui/canvas/svg.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSaveFile>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr double exportTextInset = 10;
constexpr double exportGlyphSide = 12;
constexpr double pngScale = 2; // For print and fine screens, where that is not too large.
constexpr int largestPng = 32'000; // Pixels: no painter goes further.

QString tr(const char *text) { return QCoreApplication::translate("canvas::export", text); }

QString keyOf(const Card &card) { return card.key.isEmpty() ? card.title : card.key; }

QString quoted(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return u'"' + text + u'"';
}

/// How the nodes of a card fared, as a stacked bar along its lower edge.
QString svgShares(const Card &card, const Theme &theme)
{
    const QRectF box = cardRect(placeOf(card));
    const double total = std::accumulate(card.shares.begin(), card.shares.end(), 0.0);
    double left = box.left();
    QString svg;
    for (const Outcome outcome : allOutcomes) {
        const double width = total > 0 ? box.width() * card.shares.at(indexOf(outcome)) / total : 0;
        if (width > 0)
            svg += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"4\" fill=\"%4\"/>\n"_s.arg(
                svgNumber(left), svgNumber(box.bottom() - 4), svgNumber(width), theme[outcome].ink.name());
        left += width;
    }
    return svg;
}

QString svgCard(const Picture &picture, const Card &card, const Theme &theme, const QFont &font)
{
    const auto &[ink, tint] = theme[card.outcome];
    const QRectF box = cardRect(placeOf(card));
    QString svg = u"<g><title>%1</title>\n"_s.arg(inWords(picture, card).toHtmlEscaped());
    svg += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"%5\" fill=\"%6\" stroke=\"%7\"/>\n"_s.arg(
        svgNumber(box.x()), svgNumber(box.y()), svgNumber(box.width()), svgNumber(box.height()), svgNumber(cardRadius),
        tint.name(), ink.name());
    svg += u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>\n"_s.arg(
        svgNumber(box.x()), svgNumber(box.y()), svgNumber(outcomeBarWidth), svgNumber(box.height()), ink.name());
    svg += svgGlyph({box.right() - 4 - exportGlyphSide, box.center().y() - exportGlyphSide / 2}, card.outcome, ink);
    svg += svgShares(card, theme);
    const double room = cardWidth - exportTextInset - exportGlyphSide - 4;
    const QPointF text = box.topLeft() + QPointF(exportTextInset, 0);
    svg += svgText(text + QPointF(0, 15), sized(font, 11), theme.text, card.title, room);
    svg += svgText(text + QPointF(0, 28), sized(font, 10), theme.muted, subtitleOf(card), room);
    return svg + u"</g>\n"_s;
}

} // namespace

QStringList exportFilters()
{
    return {tr("SVG picture (*.svg)"), tr("PNG picture (*.png)"), tr("Graphviz (*.dot)"), tr("JSON (*.json)")};
}

std::expected<void, QString> exportTo(const QString &path, const ExportFormats &formats)
{
    QByteArray bytes;
    if (path.endsWith(".svg"_L1, Qt::CaseInsensitive))
        bytes = formats.svg();
    else if (path.endsWith(".png"_L1, Qt::CaseInsensitive))
        bytes = formats.png();
    else if (path.endsWith(".dot"_L1, Qt::CaseInsensitive))
        bytes = formats.dot();
    else if (path.endsWith(".json"_L1, Qt::CaseInsensitive))
        bytes = formats.json();
    else
        return std::unexpected(tr("%1: the name must end in .svg, .png, .dot or .json").arg(path));
    if (bytes.isEmpty())
        return std::unexpected(tr("%1: this is too large for a PNG picture; an SVG one has room for it").arg(path));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(tr("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

std::expected<void, QString> exportPicture(const GraphCanvas &graph, const QString &path)
{
    return exportTo(path,
                    {.svg = [&] { return toSvg(graph.scene(), Theme::of(graph.palette()), graph.font()); },
                     .png = [&] { return toPng(graph.paintSize(), [&](QPainter &painter) { graph.paint(painter); }); },
                     .dot = [&] { return toDot(graph.picture()); },
                     .json = [&] { return toJson(graph.picture()); }});
}

QByteArray toPng(QSize size, const std::function<void(QPainter &)> &paint)
{
    const double scale = std::min(pngScale, double(largestPng) / std::max(size.width(), size.height()));
    if (scale < 1)
        return {};
    QImage image(size * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
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
        const QString &column = picture.columns.at(std::size_t(card.column)).title;
        const QString kind = column.isEmpty() ? QString() : column + u'\n';
        dot += u"  n%1 [label=%2, tooltip=%3];\n"_s.arg(QString::number(card.id),
                                                        quoted(kind + card.title + u'\n' + subtitleOf(card)),
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
    for (const Card &card : picture.cards) {
        const QString &kind = picture.columns.at(std::size_t(card.column)).title;
        QJsonObject object{{u"id"_s, qint64(card.id)},
                           {u"kind"_s, kind.isEmpty() ? card.title : kind},
                           {u"key"_s, keyOf(card)},
                           {u"outcome"_s, plainWords(card.outcome)},
                           {u"detail"_s, subtitleOf(card)},
                           {u"column"_s, card.column},
                           {u"row"_s, card.row}};
        QJsonObject shares;
        for (const Outcome outcome : allOutcomes) {
            if (const quint32 count = card.shares.at(indexOf(outcome)); count > 0)
                shares[plainWords(outcome)] = qint64(count);
        }
        if (!shares.isEmpty())
            object[u"shares"_s] = shares;
        cards.append(object);
    }
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
    const int header = isTitled(scene.picture()) ? headerHeight : 0;
    QString svg = svgBegin(scene.size() + QSizeF(0, header), font, theme.panel);
    const double room = cardWidth + columnGap - 4;
    for (int at = 0; const Column &column : scene.picture().columns) {
        const double left = cardRect({.column = at++, .row = 0}).left();
        svg += svgText({left, 32}, sized(font, 12, QFont::DemiBold), theme.text, column.title, room);
        svg += svgText({left, 48}, sized(font, 10), theme.muted, column.subtitle, room);
    }
    svg += u"<g transform=\"translate(0,%1)\">\n"_s.arg(header);
    const auto wires = [&](bool onPath, const QColor &colour, double width) {
        for (int wire = 0; wire < int(scene.picture().wires.size()); ++wire) {
            if (scene.picture().wires[std::size_t(wire)].onPath == onPath)
                svg += u"<path d=\"%1\" fill=\"none\" stroke=\"%2\" stroke-width=\"%3\"/>\n"_s.arg(
                    svgPathData(routeOf(scene.from(wire), scene.to(wire))), colour.name(),
                    svgNumber(widthOf(scene.picture().wires[std::size_t(wire)], width)));
        }
    };
    wires(false, theme.edge, 1);
    for (const Card &card : scene.picture().cards)
        svg += svgCard(scene.picture(), card, theme, font);
    wires(true, theme[Outcome::ExecutedChanged].ink, 2);
    return (svg + u"</g>\n</svg>\n"_s).toUtf8();
}

} // namespace nuages::canvas
