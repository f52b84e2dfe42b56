#include "ui/canvas/svg.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/glyph.h"

#include <QSizeF>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

QString svgNumber(double value) { return QString::number(value, 'f', 1); }

QString svgPathData(const QPainterPath &path)
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
        data += svgNumber(element.x) + u',' + svgNumber(element.y);
    }
    return data;
}

QString svgText(QPointF at, const QFont &font, const QColor &colour, const QString &text, double room)
{
    return u"<text x=\"%1\" y=\"%2\" font-size=\"%3\" font-weight=\"%4\" fill=\"%5\">%6</text>\n"_s.arg(
        svgNumber(at.x()), svgNumber(at.y()), QString::number(font.pixelSize()), QString::number(font.weight()),
        colour.name(), shortened(text, font, room).toHtmlEscaped());
}

QString svgBegin(QSizeF size, const QFont &font, const QColor &ground)
{
    return u"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" viewBox=\"0 0 %1 %2\" "
           "font-family=\"%3, sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"%4\"/>\n"_s.arg(
               svgNumber(size.width()), svgNumber(size.height()), font.family().toHtmlEscaped(), ground.name());
}

QString svgGlyph(QPointF at, Outcome outcome, const QColor &colour)
{
    const Glyph &glyph = glyphOf(outcome);
    const QString paint = glyph.drawn == Glyph::Drawn::Filled
        ? u"fill=\"%1\""_s.arg(colour.name())
        : u"fill=\"none\" stroke=\"%1\" stroke-width=\"1.4\" stroke-linecap=\"round\""_s.arg(colour.name());
    return u"<path transform=\"translate(%1,%2)\" d=\"%3\" %4/>\n"_s.arg(svgNumber(at.x()), svgNumber(at.y()),
                                                                         svgPathData(glyph.path), paint);
}

} // namespace nuages::canvas
