#include "tests/share/help.h"

#include "tests/support/program.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

/// Reads lines such as "  -h,--help  Print…", "  --format concise|full|json", and below "Subcommands:" "  check  …".
Help readHelp(const QString &program, const QString &subcommand)
{
    static const QRegularExpression option(u"^  ((?:-\\w,)?--[\\w-]+)(?:\\S*)(?: ([a-z-]+(?:\\|[a-z-]+)+))?"_s);
    static const QRegularExpression word(u"^  ([a-z]+) "_s);
    Help help{program, subcommand, {}, {}};
    const QStringList asked = subcommand.isEmpty() ? QStringList{} : QStringList{subcommand};
    bool isSubcommand = false;
    for (const QString &line : runProgram(programFile(program), asked + QStringList{u"--help"_s}).out.split(u'\n')) {
        if (!line.startsWith(u' '))
            isSubcommand = line.startsWith("Subcommands:"_L1, Qt::CaseInsensitive);
        if (const auto match = option.match(line); match.hasMatch()) {
            for (const QString &name : match.captured(1).split(u','))
                help.options[name] = match.captured(2).split(u'|', Qt::SkipEmptyParts);
        } else if (const auto name = word.match(line); isSubcommand && name.hasMatch()) {
            help.subcommands << name.captured(1);
        }
    }
    return help;
}

} // namespace

Run runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QStringList captures(const QString &text, const QString &pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    QStringList found;
    for (const auto &match : expression.globalMatch(text))
        found << match.captured(1);
    return found;
}

QString programFile(const QString &name)
{
    return name == u"nuages" ? nuagesProgram() : QStringLiteral(NUAGES_PROGRAMS "/") + name;
}

QString resource(const QString &path)
{
    QFile file(QStringLiteral(NUAGES_RESOURCES "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<Help> allHelp()
{
    QList<Help> all = {readHelp(u"nuages"_s, {})};
    for (const QString &subcommand : all.constFirst().subcommands)
        all << readHelp(u"nuages"_s, subcommand);
#ifdef NUAGES_WITH_INSPECTOR
    all << readHelp(u"nuages-inspector"_s, {});
#endif
    return all;
}

void helpRows()
{
    QTest::addColumn<Help>("help");
    for (const Help &help : allHelp())
        QTest::newRow(qPrintable(help.page())) << help;
}

} // namespace nuages::tests
