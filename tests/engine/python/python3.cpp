#include "tests/engine/python/python3.h"

#include <QProcess>
#include <QTest>

namespace nuages::tests {

QStringList python3(const std::string &program, const QStringList &inputs)
{
    QProcess python;
    python.start(QStringLiteral("python3"),
                 {QStringLiteral("-X"), QStringLiteral("utf8"), QStringLiteral("-W"), QStringLiteral("ignore"),
                  QStringLiteral("-c"), QString::fromStdString(program)});
    python.write(inputs.join(QLatin1Char('\n')).toUtf8());
    python.closeWriteChannel();
    const bool isDone = python.waitForFinished(60'000) && python.exitCode() == 0;
    if (!isDone)
        QTest::qFail(python.readAllStandardError().constData(), __FILE__, __LINE__);
    QStringList lines = QString::fromUtf8(python.readAllStandardOutput()).split(QLatin1Char('\n'));
    lines.removeLast(); // behind the last LF
    return lines;
}

} // namespace nuages::tests
