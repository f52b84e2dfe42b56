#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

namespace nuages::oracle {

/// What a program has said, on both ways, and its exit code; -1 if it did not come to its end.
struct Said {
    int exitCode = -1;
    QByteArray output;
};

inline Said run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished(-1)) // The test's own time limit ends it.
        return {-1, process.errorString().toUtf8()};
    const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {code, process.readAll()};
}

} // namespace nuages::oracle
