#include "app/inspector/attached.h"

#include "app/inspector/attachedlink.h"
#include "app/inspector/madetimes.h"

#include "lsp/inspect/folder.h"
#include "ui/models/inspection.h"
#include "ui/views/style.h"

#include <QApplication>
#include <QProcess>
#include <QScreen>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace nuages::app {

namespace {

QString lifetimeOf(const inspect::Greeting &greeting)
{
    constexpr query::Instant second = 1'000'000'000;
    constexpr qint64 minute = 60;
    const qint64 seconds = std::max<query::Instant>(query::steadyClock().now() - greeting.since, 0) / second;
    return seconds < minute ? QStringLiteral("%1 s").arg(seconds)
        : seconds < minute * minute
        ? QStringLiteral("%1 min").arg(seconds / minute)
        : QStringLiteral("%1 h %2 min").arg(seconds / minute / minute).arg(seconds / minute % minute);
}

QString lineOf(const inspect::Greeting &greeting)
{
    return QStringLiteral("%1  %2  nuages %3, for %4")
        .arg(greeting.process)
        .arg(QString::fromStdString(greeting.workspace), QString::fromStdString(greeting.version),
             lifetimeOf(greeting));
}

/// The process that is meant, of those that run.
std::expected<quint64, QString> chosen(const QString &id, const std::string &folder)
{
    if (!id.isEmpty()) {
        bool isNumber = false;
        const quint64 process = id.toULongLong(&isNumber);
        return isNumber ? std::expected<quint64, QString>(process)
                        : std::unexpected(QStringLiteral("%1 is no process id of a server").arg(id));
    }
    const std::vector<inspect::Greeting> running = inspect::runningServers(folder);
    if (running.size() == 1)
        return running.front().process;
    if (running.empty())
        return std::unexpected(QStringLiteral("no server is running that could be looked at"));
    QStringList lines{QStringLiteral("say which server to look at, by its number:")};
    for (const inspect::Greeting &greeting : running)
        lines << lineOf(greeting);
    return std::unexpected(lines.join(QStringLiteral("\n  ")));
}

std::expected<inspect::Call, QString> callServer(const QString &id)
{
    const auto folder = inspect::socketFolder();
    if (!folder)
        return std::unexpected(QString::fromStdString(folder.error()));
    const auto process = chosen(id, *folder);
    if (!process)
        return std::unexpected(process.error());
    auto call = inspect::call(inspect::socketPath(*folder, *process));
    if (!call)
        return std::unexpected(QStringLiteral("process %1 cannot be looked at: %2")
                                   .arg(*process)
                                   .arg(QString::fromStdString(call.error())));
    if (const auto why = inspect::whyNotReadable(call->greeting))
        return std::unexpected(QString::fromStdString(*why));
    return std::move(*call);
}

} // namespace

std::vector<views::MainWindow::Server> servers()
{
    std::vector<views::MainWindow::Server> found;
    if (const auto folder = inspect::socketFolder()) {
        for (const inspect::Greeting &greeting : inspect::runningServers(*folder))
            found.push_back({greeting.process, lineOf(greeting)});
    }
    return found;
}

std::expected<int, QString> runAttached(const Attached &attached)
{
    auto call = callServer(attached.id);
    if (!call)
        return std::unexpected(call.error());
    const QString workspace = QString::fromStdString(call->greeting.workspace);
    AttachedLink link(*std::move(call), attached.measuresTimes);
    StillClock still;
    models::Inspection inspection(workspace, attached.measuresTimes ? query::steadyClock() : still);
    std::shared_ptr<void> record; // Outlives the window, which may save it.
    views::MainWindow window(inspection, link, workspace);
    if (attached.record)
        record = attached.record(link, window, workspace);
    window.setServers(servers);
    const QSize usual = attached.endsItself ? views::usualSize : views::firstSizeOn(*window.screen());
    window.resize(attached.size.width() > 0 ? attached.size.width() : usual.width(),
                  attached.size.height() > 0 ? attached.size.height() : usual.height());
    window.show();
    QApplication::setQuitOnLastWindowClosed(!attached.isEditorsOwn);
    std::printf("looking at process %llu: %s\n", qulonglong(link.greeting().process), qPrintable(workspace));
    std::fflush(stdout);

    QObject::connect(&window, &views::MainWindow::projectAsked, &window, [](const QString &folder) {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {folder});
    });
    QObject::connect(&window, &views::MainWindow::serverAsked, &window, [](quint64 process) {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--attach"_s, QString::number(process)});
    });
    QString fault;
    QObject::connect(
        &link, &link::Link::ended, &window,
        [&] {
            if (!link.fault().isEmpty())
                std::fprintf(stderr, "nuages-inspector: %s\n", qPrintable(link.fault()));
            while (attached.endsItself && inspection.pendingCount() > 0)
                inspection.refresh();
            const auto finished =
                attached.finish ? attached.finish(inspection, window) : std::expected<void, QString>();
            if (!finished)
                fault = finished.error();
            if (attached.endsItself || attached.isEditorsOwn)
                QCoreApplication::exit(link.fault().isEmpty() ? 0 : 2);
        },
        Qt::QueuedConnection);
    if (!attached.endsItself)
        window.restoreLayout();
    const int code = QApplication::exec();
    if (!attached.endsItself)
        window.saveLayout();
    if (!fault.isEmpty())
        return std::unexpected(fault);
    return code;
}

} // namespace nuages::app
