#include "tests/editors/editor.h"

#include "tests/support/program.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QDir().mkpath(path.section(u'/', 0, -2));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
}

QProcessEnvironment environmentFor(const QString &home, const QString &project, const QString &page)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"XDG_") || name.startsWith(u"NVIM") || name.startsWith(u"EMACS"))
            environment.remove(name);
    }
    for (const char *name : {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV", "NODE_OPTIONS"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_RUNTIME_DIR"_s, home + u"/run"_s); // Where an inspector finds its server, and no other.
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"PATH"_s, home + u"/bin:"_s + environment.value(u"PATH"_s));
    environment.insert(u"NODE_PATH"_s, environment.value(u"NUAGES_NODE_PACKAGES"_s));
    environment.insert(u"NUAGES_PROJECT"_s, project);
    environment.insert(u"NUAGES_PAGE"_s, page);
    environment.insert(u"NUAGES_REPORT"_s, home + u"/report.json"_s);
    environment.insert(u"NUAGES_EXIT"_s, home + u"/exit"_s);
    environment.insert(u"NUAGES_STARTS"_s, home + u"/starts"_s);
    return environment;
}

} // namespace

Editor::Editor(const Start &start, const QString &page, const QByteArray &text) : m_page(m_home.filePath(page))
{
    prepare(start, text);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setProcessEnvironment(environmentFor(m_home.path(), project(), m_page));
    process.setWorkingDirectory(m_home.path());
    process.start(
        start.program,
        QStringList(start.arguments).replaceInStrings(u"PAGE"_s, m_page).replaceInStrings(u"HOME"_s, m_home.path()));
    if (!process.waitForFinished(240'000)) {
        process.kill();
        process.waitForFinished();
    }
    m_report = QJsonDocument::fromJson(contents(m_home.filePath(u"report.json"_s))).object();
    const auto hasEnded = [this] {
        m_serverExit = QString::fromUtf8(contents(m_home.filePath(u"exit"_s))).trimmed();
        return !m_serverExit.isEmpty();
    };
    if (m_report.value("served"_L1).toBool(true))
        (void)QTest::qWaitFor(hasEnded, 30'000);
    m_serverCount = contents(m_home.filePath(u"starts"_s)).count('\n');
    if (m_report.isEmpty() || m_report.contains("fault"_L1) || process.exitCode() != 0) {
        m_fault = u"%1 ended with %2; %3\n%4"_s.arg(start.program, QString::number(process.exitCode()),
                                                    m_report.value("fault"_L1).toString(u"no fault reported"_s),
                                                    QString::fromUtf8(process.readAll()));
    }
}

void Editor::prepare(const Start &start, const QByteArray &text)
{
    const QString resources = u"" NUAGES_SOURCE_FOLDER "/resources"_s;
    const QString demo = resources + u"/demo"_s;
    QDirIterator files(demo, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString target = project() + files.next().mid(demo.size());
        QDir().mkpath(target.section(u'/', 0, -2));
        QFile::copy(files.filePath(), target);
    }
    write(m_home.filePath(u"package/pyproject.toml"_s), "[project]\nname = \"package\"\n\n[tool.nuages]\n");
    for (const auto &[name, bytes] : start.files.asKeyValueRange())
        write(m_home.filePath(name), bytes);
    if (!text.isNull())
        write(m_page, text);
    if (!start.configuration.isEmpty())
        write(m_home.filePath(start.place), contents(resources + u"/editors/"_s + start.configuration));

    // An editor does not tell how many servers it starts and how they end, so the command on its PATH does. Emacs gives
    // the server a tenth of a second to end and then kills its process group, hence the session of its own.
    QDir().mkpath(m_home.filePath(u"run"_s));
    QDir().mkpath(m_home.filePath(u"bin"_s));
    QFile command(m_home.filePath(u"bin/nuages"_s));
    if (command.open(QIODevice::WriteOnly)) {
        const QByteArray run = start.server.isEmpty()
            ? QByteArray("\"$0\" \"$@\"")
            : QString(start.server).replace(u"HOME"_s, m_home.path()).toUtf8();
        command.write("#!/bin/sh\necho >>\"$NUAGES_STARTS\"\nexec setsid --wait sh -c '" + run
                      + "; echo $? >\"$NUAGES_EXIT\"' '" + nuagesProgram().toUtf8() + "' \"$@\"\n");
        command.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
}

} // namespace nuages::tests
