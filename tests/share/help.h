#pragma once

#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace nuages::tests {

/// What one run of a program printed. It has no display, and of the environment only PATH.
struct Run {
    int exitCode = -1; ///< -1: it did not start, crashed or hung.
    QString out;
    QString err;
};

Run runProgram(const QString &program, const QStringList &arguments);

/// The file of `nuages` or `nuages-inspector`.
QString programFile(const QString &name);

/// What stands under resources/, by its path from there; empty if it cannot be read.
QString resource(const QString &path);

/// What `pattern` captures first, wherever in `text` it matches; ^ and $ are the ends of a line.
QStringList captures(const QString &text, const QString &pattern);

/// All that can be asked for in one place of a command line, as --help prints it.
struct Help {
    QString program;
    QString subcommand; ///< Empty: before the subcommand, or the program has none.
    QStringList subcommands;
    QMap<QString, QStringList> options; ///< The words that an option takes, as in "json"; none if it takes anything.

    /// "nuages-check", the name of the page, or "nuages".
    QString page() const { return subcommand.isEmpty() ? program : program + u'-' + subcommand; }

    QStringList optionNames() const { return options.keys(); } ///< Sorted, such as "--format" and "-h".
};

/// The help of both programs and of each subcommand, as far as they are built.
QList<Help> allHelp();

/// Rows for a test, one for each of allHelp(): fetch it with `QFETCH(Help, help)`.
void helpRows();

} // namespace nuages::tests

Q_DECLARE_METATYPE(nuages::tests::Help)
