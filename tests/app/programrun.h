#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace nuages::tests {

/// What one run of the program did.
struct ProgramRun {
    int exitCode = -1; ///< -1: it did not start, crashed or hung.
    QByteArray out;
    QByteArray err;
};

struct RunOptions {
    QByteArray input = {};
    QString folder = {}; ///< Working folder; empty: that of the test.
    QStringList environment = {}; ///< "NAME=value", added to a bare environment.
};

/// Runs `nuages` with `arguments` to its end. VIRTUAL_ENV, DJANGO_SETTINGS_MODULE and the like do not reach it.
ProgramRun runNuages(const QStringList &arguments, const RunOptions &options = {});

/// A folder of the repository, by its path from the top.
QString sourceFolder(const QString &path);

/// Copies a folder with everything in it; false if something could not be copied.
bool copyFolder(const QString &from, const QString &to);

QByteArray fileBytes(const QString &path);
bool writeFile(const QString &path, const QByteArray &bytes);

} // namespace nuages::tests
