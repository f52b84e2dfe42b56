#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <span>

namespace nuages::tests {

/// One row of the layer table: a folder, and what its sources may include and its target may link.
struct Layer {
    QString folder; ///< From the root of the tree: "engine/query".
    QStringList below; ///< The folders it may use besides itself.
    QStringList outside; ///< Libraries it may use: "Qt", "boost", "tree_sitter" …; the standard library always.
};

/// The layer table of ARCHITECTURE.md, top first.
std::span<const Layer> layers();

/// The row that a path from the root of the tree belongs to; null if no row's folder holds it.
const Layer *layerOf(const QString &path);

/// The library that a header in angle brackets comes from ("Qt", "boost" …); empty for the standard library and
/// the system.
QString libraryOf(const QString &header);

/// What is wrong with a source of `layer`: a sentence for each include that the table forbids, in their order.
/// Comments and conditions are not looked at: an include that is switched off must not point up either.
QStringList wrongIncludes(const Layer &layer, const QString &source);

/// What is wrong with a CMakeLists.txt of `layer`: a sentence for each link of its nuages_layer() and
/// target_link_libraries() that the table forbids. `folders` gives the folder of each target of ours.
QStringList wrongLinks(const Layer &layer, const QString &cmake, const QHash<QString, QString> &folders);

/// The name of the target that a CMakeLists.txt declares with nuages_layer() or add_library(); empty if there is none.
QString declaredTarget(const QString &cmake);

} // namespace nuages::tests
