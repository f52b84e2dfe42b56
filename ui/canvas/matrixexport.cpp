// A matrix in files; export.cpp has the graph.
#include "ui/canvas/export.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/matrixcanvas.h"
#include "ui/canvas/svg.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr double matrixTextSize = 11;
constexpr double matrixGlyphSide = 12;

/// Calls `visit(column)` for the cells of a row that are there.
template <class Visit>
void forEachCell(const MatrixSource &matrix, int row, Visit visit)
{
    for (int column = 0; column < matrix.columns(); ++column) {
        if (matrix.isThere(row, column))
            visit(column);
    }
}

QString svgCell(const MatrixSource &matrix, int row, int column, const Theme &theme)
{
    const Outcome outcome = matrix.outcomeAt(row, column);
    const auto &[ink, tint] = theme[outcome];
    const QRectF box = QRectF(MatrixCanvas::rowTitleWidth + column * MatrixCanvas::cellWidth,
                              MatrixCanvas::columnTitleHeight + row * MatrixCanvas::cellHeight, MatrixCanvas::cellWidth,
                              MatrixCanvas::cellHeight)
                           .adjusted(1, 1, -1, -1);
    const auto filled = [&](double width, const QColor &colour) {
        return u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>\n"_s.arg(
            svgNumber(box.x()), svgNumber(box.y()), svgNumber(width), svgNumber(box.height()), colour.name());
    };
    return u"<g><title>%1</title>\n"_s.arg(matrix.wordsAt(row, column).toHtmlEscaped()) + filled(box.width(), tint)
        + filled(3, ink)
        + svgGlyph({box.right() - matrixGlyphSide - 1, box.center().y() - matrixGlyphSide / 2}, outcome, ink)
        + u"</g>\n"_s;
}

} // namespace

std::expected<void, QString> exportMatrix(const MatrixCanvas &matrix, const QString &path)
{
    const MatrixSource &source = matrix.source();
    const Theme theme = Theme::of(matrix.palette());
    const auto png = [&] {
        MatrixCanvas whole(source); // Large enough for all of it.
        whole.setFont(matrix.font());
        whole.setPalette(matrix.palette());
        whole.resize(whole.wholeSize());
        return toPng(whole.size(), [&](QPainter &painter) { whole.render(&painter); });
    };
    return exportTo(path,
                    {.svg = [&] { return toSvg(source, theme, matrix.font()); },
                     .png = png,
                     .dot = [&] { return toDot(source, theme); },
                     .json = [&] { return toJson(source); }});
}

QByteArray toDot(const MatrixSource &matrix, const Theme &theme)
{
    QString dot = u"digraph nuages {\n  node [shape=plain];\n  matrix [label=<\n"
                  "    <table border=\"0\" cellborder=\"1\" cellspacing=\"0\">\n    <tr><td></td>"_s;
    for (int column = 0; column < matrix.columns(); ++column)
        dot += u"<td>%1</td>"_s.arg(matrix.columnTitle(column).toHtmlEscaped());
    for (int row = 0; row < matrix.rows(); ++row) {
        dot += u"</tr>\n    <tr><td align=\"left\">%1</td>"_s.arg(matrix.rowTitle(row).toHtmlEscaped());
        for (int column = 0; column < matrix.columns(); ++column) {
            if (!matrix.isThere(row, column)) {
                dot += u"<td></td>"_s;
                continue;
            }
            const Outcome outcome = matrix.outcomeAt(row, column);
            dot += u"<td bgcolor=\"%1\">%2</td>"_s.arg(theme[outcome].tint.name(), plainWords(outcome).toHtmlEscaped());
        }
    }
    return (dot + u"</tr>\n    </table>>];\n}\n"_s).toUtf8();
}

QByteArray toJson(const MatrixSource &matrix)
{
    QJsonArray kinds;
    for (int column = 0; column < matrix.columns(); ++column)
        kinds.append(matrix.columnTitle(column));
    QJsonArray rows;
    for (int row = 0; row < matrix.rows(); ++row) {
        QJsonArray cells;
        forEachCell(matrix, row, [&](int column) {
            cells.append(QJsonObject{{u"kind"_s, matrix.columnTitle(column)},
                                     {u"outcome"_s, plainWords(matrix.outcomeAt(row, column))},
                                     {u"detail"_s, matrix.wordsAt(row, column)}});
        });
        rows.append(QJsonObject{{u"file"_s, matrix.rowTitle(row)}, {u"cells"_s, cells}});
    }
    return QJsonDocument(QJsonObject{{u"kinds"_s, kinds}, {u"rows"_s, rows}}).toJson();
}

QByteArray toSvg(const MatrixSource &matrix, const Theme &theme, const QFont &font)
{
    constexpr double left = MatrixCanvas::rowTitleWidth;
    constexpr double top = MatrixCanvas::columnTitleHeight;
    const QFont text = sized(font, matrixTextSize);
    QString svg = svgBegin(
        {left + matrix.columns() * MatrixCanvas::cellWidth + 8, top + matrix.rows() * MatrixCanvas::cellHeight + 8},
        font, theme.panel);
    for (int column = 0; column < matrix.columns(); ++column) {
        svg += u"<g transform=\"translate(%1,%2) rotate(-90)\">"_s.arg(
                   svgNumber(left + (column + 0.5) * MatrixCanvas::cellWidth), svgNumber(top - 6))
            + svgText({0, 4}, text, theme.text, matrix.columnTitle(column), top - 10) + u"</g>\n"_s;
    }
    for (int row = 0; row < matrix.rows(); ++row) {
        svg += svgText({8, top + (row + 0.7) * MatrixCanvas::cellHeight}, text, theme.text, matrix.rowTitle(row),
                       left - 12);
        forEachCell(matrix, row, [&](int column) { svg += svgCell(matrix, row, column, theme); });
    }
    return (svg + u"</svg>\n"_s).toUtf8();
}

} // namespace nuages::canvas
