#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QStringList>

namespace nuages::tests {

struct InspectorRun {
    int exitCode = -1; ///< -1: it did not start, crashed or hung.
    QByteArray out;
    QByteArray err;
};

/// Runs the program without a display; settings of a Python outside do not reach it, nor a layout saved before.
/// `scale` is that of the screen.
InspectorRun runInspector(const QStringList &arguments, const QString &home, int scale = 1);

/// The object in a file; where it speaks of the project's folder it says PROJECT. Empty if it cannot be read.
QJsonObject objectIn(const QString &path, const QString &project = QStringLiteral("PROJECT"));

} // namespace nuages::tests
