#pragma once

#include "ui/canvas/picture.h"

#include <QByteArray>
#include <QFont>
#include <QString>
#include <QStringList>

#include <expected>

namespace nuages::canvas {

class GraphCanvas;
class Scene;
struct Theme;

/// The kinds of file that a graph can be written as, as a file dialog names them: "SVG picture (*.svg)".
QStringList exportFilters();

/// Writes the whole graph in the format that the ending of `path` names: svg, png, dot or json. Otherwise, and where
/// nothing can be written, a sentence for the user.
[[nodiscard]] std::expected<void, QString> exportPicture(const GraphCanvas &graph, const QString &path);

/// The graph as lines of Graphviz: columns are ranks, the path of the change is bold.
QByteArray toDot(const Picture &picture);

/// The graph as a JSON object of `columns`, `cards` and `wires`, with the outcomes in words.
QByteArray toJson(const Picture &picture);

/// The graph as it is drawn, as a picture that scales.
QByteArray toSvg(const Scene &scene, const Theme &theme, const QFont &font);

} // namespace nuages::canvas
