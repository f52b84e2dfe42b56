#include "tests/support/program.h"

#include <QFileInfo>

namespace nuages::tests {

QString nuagesProgram()
{
    const QString other = qEnvironmentVariable("NUAGES_PROGRAM");
    if (other.isEmpty())
        return QStringLiteral(NUAGES_PROGRAM);
    const QFileInfo file(other);
    if (!file.isFile() || !file.isExecutable())
        qFatal("NUAGES_PROGRAM is %s, which is no program", qPrintable(other));
    return file.absoluteFilePath(); // the tests start it in other folders
}

} // namespace nuages::tests
