#include "app/inspector/attached.h"

#include "app/inspector/attachedlink.h"
#include "app/inspector/madetimes.h"

#include "lsp/inspect/folder.h"
#include "ui/models/inspection.h"
#include "ui/views/style.h"

#include <QApplication>
#include <QProcess>
#include <QScreen>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

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

namespace {

/// The server that was looked at, or if it has ended the one that serves its folder now.
QString successorOf(const inspect::Greeting &before)
{
    const auto folder = inspect::socketFolder();
    const auto running = folder ? inspect::runningServers(*folder) : std::vector<inspect::Greeting>();
    const auto isSame = [&](const inspect::Greeting &greeting) { return greeting.process == before.process; };
    const auto isInPlace = [&](const inspect::Greeting &greeting) { return greeting.workspace == before.workspace; };
    const auto same = std::ranges::find_if(running, isSame);
    const auto next = same != running.end() ? same : std::ranges::find_if(running, isInPlace);
    return QString::number(next != running.end() ? next->process : before.process);
}

/// A window with all that it shows. Of a server that is looked at again the numbers of revisions and nodes begin anew,
/// so it gets a new one, in the same place.
struct Looking {
    Looking(inspect::Call call, const Attached &attached)
        : link(std::move(call), attached.measuresTimes), workspace(QString::fromStdString(link.greeting().workspace)),
          inspection(workspace, attached.measuresTimes ? query::steadyClock() : still),
          window(inspection, link, workspace)
    {
        if (attached.record)
            record = attached.record(link, window, workspace);
        window.setServers(servers);
        std::printf("looking at process %llu: %s\n", qulonglong(link.greeting().process), qPrintable(workspace));
        std::fflush(stdout);
    }

    AttachedLink link;
    QString workspace;
    StillClock still;
    models::Inspection inspection;
    std::shared_ptr<void> record; ///< Outlives the window, which may save it.
    views::MainWindow window;
};

/// Runs the windows one after the other.
class Looker
{
public:
    explicit Looker(const Attached &attached) : m_attached(attached) { }

    void begin(inspect::Call call)
    {
        open(std::move(call));
        views::MainWindow &window = m_looking->window;
        const QSize usual = m_attached.endsItself ? views::usualSize : views::firstSizeOn(*window.screen());
        window.resize(m_attached.size.width() > 0 ? m_attached.size.width() : usual.width(),
                      m_attached.size.height() > 0 ? m_attached.size.height() : usual.height());
        window.show();
        if (!m_attached.endsItself)
            window.restoreLayout();
    }

    void saveLayout() { m_looking->window.saveLayout(); }
    const QString &fault() const { return m_fault; }

private:
    void open(inspect::Call call)
    {
        m_looking = std::make_unique<Looking>(std::move(call), m_attached);
        views::MainWindow &window = m_looking->window;
        const auto start = [](const QStringList &words) {
            QProcess::startDetached(QCoreApplication::applicationFilePath(), words);
        };
        QObject::connect(&window, &views::MainWindow::projectAsked, &window,
                         [start](const QString &folder) { start({folder}); });
        QObject::connect(&window, &views::MainWindow::serverAsked, &window,
                         [start](quint64 process) { start({u"--attach"_s, QString::number(process)}); });
        QObject::connect(
            &window, &views::MainWindow::attachAgainAsked, &m_context, [this] { again(); },
            Qt::QueuedConnection); // The window goes.
        QObject::connect(&m_looking->link, &link::Link::ended, &window, [this] { end(); }, Qt::QueuedConnection);
    }

    void again()
    {
        auto call = callServer(successorOf(m_looking->link.greeting()));
        if (!call)
            return m_looking->window.tell(call.error());
        saveLayout();
        const std::unique_ptr<Looking> before = std::move(m_looking);
        open(*std::move(call));
        m_looking->window.restoreLayout(); // Which may place it as it was when the program began.
        m_looking->window.setGeometry(before->window.geometry());
        m_looking->window.setWindowState(before->window.windowState());
        m_looking->window.show();
        m_looking->window.activateWindow();
    }

    void end()
    {
        const QString &fault = m_looking->link.fault();
        if (!fault.isEmpty())
            std::fprintf(stderr, "nuages-inspector: %s\n", qPrintable(fault));
        while (m_attached.endsItself && m_looking->inspection.pendingCount() > 0)
            m_looking->inspection.refresh();
        const auto finished = m_attached.finish ? m_attached.finish(m_looking->inspection, m_looking->window)
                                                : std::expected<void, QString>();
        if (!finished)
            m_fault = finished.error();
        if (m_attached.endsItself || m_attached.isEditorsOwn)
            QCoreApplication::exit(fault.isEmpty() ? 0 : 2);
    }

    const Attached &m_attached;
    QObject m_context; ///< Outlives the windows.
    std::unique_ptr<Looking> m_looking;
    QString m_fault;
};

} // namespace

std::expected<int, QString> runAttached(const Attached &attached)
{
    auto call = callServer(attached.id);
    if (!call)
        return std::unexpected(call.error());
    QApplication::setQuitOnLastWindowClosed(!attached.isEditorsOwn);
    Looker looker(attached);
    looker.begin(*std::move(call));
    const int code = QApplication::exec();
    if (!attached.endsItself)
        looker.saveLayout();
    if (!looker.fault().isEmpty())
        return std::unexpected(looker.fault());
    return code;
}

} // namespace nuages::app
