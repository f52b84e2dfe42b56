#pragma once

#include "ui/canvas/picture.h"

#include <QByteArray>
#include <QFont>
#include <QString>
#include <QStringList>

#include <expected>
#include <functional>

class QPainter;

namespace nuages::canvas {

class GraphCanvas;
class MatrixCanvas;
class MatrixSource;
class Scene;
struct Theme;

/// The kinds of file that a graph can be written as, as a file dialog names them: "SVG picture (*.svg)".
QStringList exportFilters();

/// What a file of each kind would hold.
struct ExportFormats {
    std::function<QByteArray()> svg;
    std::function<QByteArray()> png; ///< Empty if it would be too large.
    std::function<QByteArray()> dot;
    std::function<QByteArray()> json;
};

/// Writes what the ending of `path` names: svg, png, dot or json. Otherwise, and where nothing can be written, a
/// sentence for the user.
[[nodiscard]] std::expected<void, QString> exportTo(const QString &path, const ExportFormats &formats);

/// Writes the whole graph in the format that the ending of `path` names, as exportTo() does.
[[nodiscard]] std::expected<void, QString> exportPicture(const GraphCanvas &graph, const QString &path);

/// Likewise a whole matrix, with rows and columns that are not seen.
[[nodiscard]] std::expected<void, QString> exportMatrix(const MatrixCanvas &matrix, const QString &path);

/// The graph as lines of Graphviz: columns are ranks, the path of the change is bold.
QByteArray toDot(const Picture &picture);

/// The graph as a JSON object of `columns`, `cards` and `wires`, with the outcomes in words.
QByteArray toJson(const Picture &picture);

/// The graph as it is drawn, as a picture that scales.
QByteArray toSvg(const Scene &scene, const Theme &theme, const QFont &font);

/// What `paint` draws, as a PNG picture; finer than the screen if that is not too large.
QByteArray toPng(QSize size, const std::function<void(QPainter &)> &paint);

/// The matrix as a table of Graphviz, as a JSON object of `kinds` and `rows`, and as it is drawn.
QByteArray toDot(const MatrixSource &matrix, const Theme &theme);
QByteArray toJson(const MatrixSource &matrix);
QByteArray toSvg(const MatrixSource &matrix, const Theme &theme, const QFont &font);

} // namespace nuages::canvas
