#include "app/environment.h"
#include "app/inspector/attached.h"
#include "app/inspector/dump.h"
#include "app/inspector/foreditor.h"
#include "app/inspector/heldrequest.h"
#include "app/inspector/hostedlink.h"
#include "app/inspector/madetimes.h"
#include "app/inspector/player.h"
#include "app/inspector/recordedlink.h"
#include "app/inspector/script.h"
#include "app/inspector/sessions.h"
#include "app/inspector/timedapplication.h"

#include "lsp/server/version.h"
#include "ui/models/bill.h"
#include "ui/models/inspection.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"
#include "ui/views/mainwindow.h"
#include "ui/views/style.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPixmap>
#include <QProcess>
#include <QSaveFile>
#include <QScreen>
#include <QTimer>

#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <format>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace nuages;
using namespace Qt::StringLiterals;

struct Options {
    std::string project = ".";
    std::string script;
    std::string state;
    std::string screenshot;
    std::string theme;
    std::optional<int> width;
    std::optional<int> height;
    bool measuresTimes = true;
    bool isStdio = false;
    app::Connection connection; ///< To an editor.
    std::optional<std::string> attach; ///< To a server; empty: the one that runs.
    bool isForEditor = false; ///< This is the window of a server that an editor has started.
    std::string record; ///< File; empty: the usual one.
    bool records = true;
    views::Settings settings; ///< Those of the user; as at first where a picture or the like is all that is wanted.

    bool servesEditor() const { return isStdio || !connection.pipe.empty() || connection.socket != 0; }
    bool endsItself() const { return !state.empty() || !screenshot.empty(); }
};

QtMessageHandler defaultHandler = nullptr;

/// Qt's offscreen platform says of every window that it has no size hints. That is no news, and has no category.
void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (message != "This plugin does not support propagateSizeHints()"_L1)
        defaultHandler(type, context, message);
}

int fail(const QString &sentence)
{
    std::fprintf(stderr, "nuages-inspector: %s\n", qPrintable(sentence));
    return static_cast<int>(app::ExitCode::Failed);
}

/// Whether there is anything to show a window on. Without, Qt would abort the program.
bool hasDisplay()
{
    return std::ranges::any_of(std::array{"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"},
                               [](const char *name) { return !qEnvironmentVariableIsEmpty(name); });
}

/// What the last revision did, and why, for who has no screen.
void printAnswer(models::Inspection &inspection)
{
    QStringList parts;
    for (const models::BillRow &row : inspection.bill().rows()) {
        if (row.count > 0)
            parts << QStringLiteral("%1 %2").arg(row.count).arg(models::outcomeText(row.segment));
    }
    std::printf("revision %u: %s\n", inspection.shownRevision(), qPrintable(parts.join(QStringLiteral("; "))));
    if (const QString sentence = inspection.why().sentence(); !sentence.isEmpty())
        std::printf("why: %s\n", qPrintable(sentence));
}

/// Replaces a file by a whole one; a pipe or a device stays what it is and is written to. A sentence about what went
/// wrong.
std::expected<void, QString> write(const QString &path, const QByteArray &text)
{
    const QFileInfo place(path);
    QSaveFile whole(path);
    QFile stream(path);
    QFileDevice &file = place.exists() && !place.isFile() ? static_cast<QFileDevice &>(stream) : whole;
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size()
        && (&file == &whole ? whole.commit() : file.flush());
    if (!isWritten)
        return std::unexpected(QStringLiteral("%1: %2").arg(path, file.errorString()));
    return {};
}

std::expected<void, QString> writeAsked(const Options &options, const app::Tally &tally, models::Inspection &inspection,
                                        views::MainWindow &window);

/// Plays the script and writes what was asked for; a sentence about what went wrong.
std::expected<void, QString> play(const Options &options, const std::vector<app::Step> &steps, app::Player &player,
                                  models::Inspection &inspection, views::MainWindow &window)
{
    if (!player.settle())
        return std::unexpected(QStringLiteral("the server does not settle"));
    if (const auto played = player.play(steps); !played)
        return played;
    if (!steps.empty())
        printAnswer(inspection);
    return writeAsked(options, player.tally(), inspection, window);
}

/// The last part of what a script, or a server that was looked at, is for.
std::expected<void, QString> writeAsked(const Options &options, const app::Tally &tally, models::Inspection &inspection,
                                        views::MainWindow &window)
{
    const auto &application = *qobject_cast<app::TimedApplication *>(qApp);
    const std::vector<double> turns = application.turns(); // without the picture's
    const std::optional<app::TimedApplication::Turn> longest = application.longestTurn();
    if (!options.screenshot.empty()) {
        const QString path = QString::fromStdString(options.screenshot);
        QCoreApplication::processEvents(); // Scroll bars come one turn after what they scroll.
        if (!window.grab().save(path))
            return std::unexpected(QStringLiteral("%1 cannot be written").arg(path));
        std::printf("screenshot: %s\n", qPrintable(QFileInfo(path).absoluteFilePath()));
    }
    if (!options.state.empty()) {
        const auto written = write(QString::fromStdString(options.state),
                                   QJsonDocument(app::dumpState(inspection, tally, window, turns, longest)).toJson());
        if (!written)
            return written;
    }
    std::fflush(stdout);
    return {};
}

/// An editor has started this program in the place of `nuages serve`.
int serveEditor(const Options &options)
{
    app::ForEditor editor{.connection = options.connection,
                          .hasDisplay = hasDisplay(),
                          .windowOptions = {},
                          .waitsForWindow = options.endsItself()};
    const auto pass = [&editor](const char *name, const std::string &value) {
        if (!value.empty())
            editor.windowOptions.push_back(std::format("{}={}", name, value));
    };
    pass("--dump-state", options.state);
    pass("--screenshot", options.screenshot);
    pass("--theme", options.theme);
    pass("--width", options.width ? std::to_string(*options.width) : std::string());
    pass("--height", options.height ? std::to_string(*options.height) : std::string());
    pass("--record", options.record);
    if (!options.records)
        editor.windowOptions.emplace_back("--no-record");
    if (!options.measuresTimes)
        editor.windowOptions.emplace_back("--made-times");
    const auto code = app::serveEditor(editor);
    return code ? static_cast<int>(*code) : fail(QString::fromStdString(code.error().sentence));
}

/// "shop, recorded on 30 Nov 2026, 05:00".
QString titleOf(const recording::About &about)
{
    const QDateTime started = QDateTime::fromSecsSinceEpoch(about.started);
    return views::MainWindow::tr("%1, recorded on %2")
        .arg(QString::fromStdString(about.workspace).section(u'/', -1),
             QLocale().toString(started, u"d MMM yyyy, HH:mm"));
}

/// Nobody waits for what is recorded while a script plays, but for a file that was asked for.
std::unique_ptr<app::SessionKeeper> keep(const Options &options, link::Link &link, const QString &workspace)
{
    QString path = QString::fromStdString(options.record);
    if (path.isEmpty() && options.records && options.settings.records && !options.endsItself())
        path = app::newSession(workspace, options.settings);
    const std::uint64_t maxBytes = std::uint64_t(options.settings.sessionMegabytes) << 20;
    return path.isEmpty() ? nullptr : std::make_unique<app::SessionKeeper>(link, path, workspace, maxBytes);
}

void connectSessions(const Options &options, views::MainWindow &window, app::SessionKeeper *keeper,
                     app::RecordedLink *recorded)
{
    window.setSessionFolder(app::sessionFolder(options.settings));
    window.setRecords(keeper || options.endsItself()); // A picture shows the window as it usually is.
    if (keeper) {
        QObject::connect(&window, &views::MainWindow::settingsChanged, keeper,
                         [keeper, &window](const views::Settings &settings) {
                             if (!settings.records) {
                                 keeper->stop();
                                 window.setRecords(false);
                             }
                         });
        keeper->readBackFor(window.inspection());
        window.setSaver([keeper](const QString &path, std::function<void(QString)> done) {
            keeper->copyTo(path, std::move(done));
        });
        QObject::connect(keeper, &app::SessionKeeper::failed, &window, &views::MainWindow::tell);
    }
    if (recorded) {
        window.setRecorded(titleOf(recorded->about()));
        window.setSaver([recorded](const QString &path, const std::function<void(QString)> &done) {
            done(recorded->copyTo(path));
        });
        QObject::connect(recorded, &app::RecordedLink::failed, &window, &views::MainWindow::tell);
    }
}

/// "shop-2.nuages" for the second part of "shop.nuages".
std::string recordedBeside(const std::string &path, int part)
{
    const QFileInfo file(QString::fromStdString(path));
    return file.dir()
        .filePath(QStringLiteral("%1-%2.%3").arg(file.completeBaseName()).arg(part).arg(file.suffix()))
        .toStdString();
}

/// The window looks on at the server of an editor.
int runAttached(const Options &options)
{
    const auto code = app::runAttached({
        .id = QString::fromStdString(*options.attach),
        .isEditorsOwn = options.isForEditor,
        .measuresTimes = options.measuresTimes,
        .size = QSize(options.width.value_or(0), options.height.value_or(0)),
        .record = [own = options, count = 0](link::Link &link, views::MainWindow &window,
                                             const QString &workspace) mutable -> std::shared_ptr<void> {
            if (++count > 1 && !own.record.empty()) // Attached again: what was recorded before stays.
                own.record = recordedBeside(own.record, count);
            if (count > 1 && !own.endsItself())
                own.settings = views::Settings::load();
            std::shared_ptr<app::SessionKeeper> keeper = keep(own, link, workspace);
            connectSessions(own, window, keeper.get(), nullptr);
            return keeper;
        },
        .endsItself = options.endsItself(),
        .finish =
            [&options](models::Inspection &inspection, views::MainWindow &window) {
                return writeAsked(options, app::Tally(), inspection, window);
            },
    });
    return code ? *code : fail(code.error());
}

int run(const Options &options)
{
    std::vector<app::Step> steps;
    if (!options.script.empty()) {
        auto read = app::readScript(QString::fromStdString(options.script));
        if (!read)
            return fail(read.error());
        steps = *std::move(read);
    }
    QString workspace = QString::fromStdString(options.project);
    if (workspace != views::demoSession)
        workspace = QString::fromStdString(app::normalPath(options.project));
    const QFileInfo given(workspace);
    if (!given.isDir() && !given.isFile())
        return fail(QStringLiteral("%1 is no folder and no session").arg(workspace));

    std::unique_ptr<app::SettlingLink> link;
    app::RecordedLink *recorded = nullptr;
    if (given.isFile()) {
        auto opened = app::RecordedLink::open(workspace);
        if (!opened)
            return fail(opened.error());
        recorded = opened->get();
        link = *std::move(opened);
        workspace = QString::fromStdString(recorded->about().workspace);
    } else {
        link = std::make_unique<app::HostedLink>(
            app::HostedLink::Host{.features = app::featuresForScripts(), .measuresTimes = options.measuresTimes});
    }
    app::StillClock still;
    models::Inspection inspection(workspace, recorded ? app::recordedLimits : trace::Store::Limits(),
                                  options.measuresTimes ? query::steadyClock() : still);
    const std::unique_ptr<app::SessionKeeper> keeper = recorded ? nullptr : keep(options, *link, workspace);
    views::MainWindow window(inspection, *link, workspace);
    connectSessions(options, window, keeper.get(), recorded);
    window.setSettings(options.settings);
    const QSize size = options.endsItself() ? views::usualSize : views::firstSizeOn(*window.screen());
    window.resize(options.width.value_or(size.width()), options.height.value_or(size.height()));
    window.show();
    app::Player player(*link, inspection, window, workspace);
    int exitCode = 0;
    if (options.endsItself() || !steps.empty()) {
        QTimer::singleShot(0, &window, [&] {
            const auto played = play(options, steps, player, inspection, window);
            if (player.isStopped())
                return; // The window is closed, and the program ends with it.
            if (!played)
                QCoreApplication::exit(fail(played.error()));
            else if (options.endsItself())
                QCoreApplication::exit(0);
        });
    }
    if (!options.endsItself()) {
        window.restoreLayout();
        if (!recorded)
            window.rememberProject();
        else if (recorded->path() != views::demoSession)
            views::MainWindow::rememberSession(recorded->path());
    }
    QObject::connect(&window, &views::MainWindow::projectAsked, &window, [](const QString &path) {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {path});
    });
    window.setServers(app::servers);
    QObject::connect(&window, &views::MainWindow::serverAsked, &window, [](quint64 process) {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--attach"_s, QString::number(process)});
    });
    if (recorded)
        recorded->begin();
    exitCode = QApplication::exec();
    if (!options.endsItself())
        window.saveLayout();
    return exitCode;
}

/// Blocks of this size go back to the system when they are freed. Left alone, the allocator raises the bound to the
/// largest block that was ever freed, and keeps in every thread's share what one large batch took.
constexpr int largeBlock = 128 * 1024; // bytes

} // namespace

int main(int argc, char **argv)
{
    mallopt(M_MMAP_THRESHOLD, largeBlock);
    CLI::App program("Shows live what a Django project's language server computes, and why.", "nuages-inspector");
    program.set_version_flag("--version", std::string("nuages-inspector ") + server::programVersion,
                             "Print the version and exit");
    Options options;
    program
        .add_option("PROJECT", options.project,
                    "Folder of the project, or a recorded session; default: the working folder")
        ->option_text(" ");
    program.add_option("--script", options.script, "Play the steps of this file")->type_name("FILE");
    program.add_option("--dump-state", options.state, "Write what the window shows after that, as JSON, and end")
        ->type_name("FILE");
    program.add_option("--screenshot", options.screenshot, "Write a picture of the window after that, and end")
        ->type_name("FILE");
    program.add_option("--theme", options.theme, "Colours; default: as the desktop has them")
        ->check(CLI::IsMember({"light", "dark", "high-contrast"}))
        ->type_name("THEME")
        ->option_text("light|dark|high-contrast");
    program.add_option("--width", options.width, "Of the window; default: 1600, or what the screen has room for")
        ->check(CLI::Range(400, 10'000).description(""))
        ->type_name("PIXELS");
    program.add_option("--height", options.height, "Of the window; default: 1000, or what the screen has room for")
        ->check(CLI::Range(300, 10'000).description(""))
        ->type_name("PIXELS");
    program.add_flag_callback(
        "--made-times", [&options] { options.measuresTimes = false; },
        "Show made-up times, so that pictures are the same on every run");
    program.add_flag("--stdio", options.isStdio, "Serve an editor as 'nuages serve' does, and show that");
    app::addConnection(program, options.connection);
    program.add_option("--attach", options.attach, "Show a server that runs; default: the only one that does")
        ->expected(0, 1)
        ->type_name("PID")
        ->option_text("[PID]");
    program.add_flag("--for-editor", options.isForEditor)->group(""); // What --stdio starts.
    program.add_option("--record", options.record, "Record into this file; default: one in $XDG_STATE_HOME/nuages")
        ->type_name("FILE");
    program.add_flag_callback("--no-record", [&options] { options.records = false; }, "Record nothing");
    try {
        program.parse(argc, argv);
    } catch (const CLI::Success &help) {
        return program.exit(help);
    } catch (const CLI::ParseError &error) {
        return fail(QString::fromLocal8Bit(error.what()) + u"; see 'nuages-inspector --help'"_s);
    }
    if (options.servesEditor() && options.attach)
        return fail(u"--attach and --stdio, --pipe or --socket exclude each other"_s);
    if (!options.records && !options.record.empty())
        return fail(u"--record and --no-record exclude each other"_s);
    if (options.servesEditor())
        return serveEditor(options);
    if (!hasDisplay())
        return fail(u"there is no display; for --screenshot and --dump-state set QT_QPA_PLATFORM=offscreen"_s);
    defaultHandler = qInstallMessageHandler(handleMessage);
    app::TimedApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("nuages"));
    QApplication::setApplicationName(QStringLiteral("nuages-inspector"));
    QGuiApplication::setDesktopFileName(views::desktopName);
    QApplication::setApplicationVersion(QString::fromUtf8(server::programVersion));
    if (!options.endsItself())
        options.settings = views::Settings::load();
    views::Settings looks = options.settings;
    if (!options.theme.empty())
        looks.colours = QString::fromStdString(options.theme);
    views::apply(looks, *qApp);
    if (program.count("PROJECT") == 0 && !options.endsItself() && QDir::current() == QDir::home()) {
        if (const QString last = views::MainWindow::lastProject(); !last.isEmpty())
            options.project = last.toStdString();
    }
    return options.attach ? runAttached(options) : run(options);
}
