#include "app/inspector/foreditor.h"

#include <QCoreApplication>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <format>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

namespace nuages::app {

namespace {

void say(std::string_view sentence) { std::fputs(std::format("nuages-inspector: {}\n", sentence).c_str(), stderr); }

/// The window's process.
class Window
{
public:
    /// `lost` is called when it could not be opened, or has ended otherwise than by its user; on a thread of its own.
    Window(std::vector<std::string> options, std::function<void()> lost)
        : m_options(std::move(options)), m_state(std::make_shared<State>())
    {
        m_state->lost = std::move(lost);
    }

    /// Nobody is told any more. The process ends by itself when the server does.
    ~Window() { m_state->isOver = true; }
    Window(const Window &) = delete;
    Window &operator=(const Window &) = delete;

    /// Starts it, unless it runs.
    void open()
    {
        if (m_state->isRunning.exchange(true))
            return;
        std::vector<std::string> words{"nuages-inspector", "--attach", std::to_string(getpid()), "--for-editor"};
        words.insert(words.end(), m_options.begin(), m_options.end());
        std::vector<char *> arguments;
        for (std::string &word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_t process = 0;
        if (posix_spawn(&process, "/proc/self/exe", nullptr, nullptr, arguments.data(), environ) != 0) {
            m_state->isRunning = false;
            return m_state->lost();
        }
        // Whoever waits must not keep the server from ending.
        std::thread([state = m_state, process] {
            int status = 0;
            const bool isKnown = waitpid(process, &status, 0) == process;
            state->isRunning = false;
            state->isRunning.notify_all();
            if (!state->isOver && !(isKnown && WIFEXITED(status) && WEXITSTATUS(status) == 0))
                state->lost();
        }).detach();
    }

    void waitForEnd() const { m_state->isRunning.wait(true); }

    /// From now on it ends because the server does.
    void letGo() { m_state->isOver = true; }

private:
    struct State {
        std::atomic<bool> isRunning = false;
        std::atomic<bool> isOver = false;
        std::function<void()> lost;
    };

    std::vector<std::string> m_options;
    std::shared_ptr<State> m_state; ///< Shared with the threads that wait.
};

} // namespace

std::expected<ExitCode, Failure> serveEditor(const ForEditor &editor)
{
    std::signal(SIGPIPE, SIG_IGN); // a client that is gone is seen when writing to it
    const std::expected<Stream, Failure> stream = streamFor(editor.connection);
    if (!stream)
        return std::unexpected(stream.error());
    int argc = 0;
    const QCoreApplication application(argc, nullptr); // for the owner's event loop

    std::atomic<OpenServer *> server = nullptr; // Told before the editor can have said anything that opens a window.
    Window window(editor.windowOptions, [&server] {
        say("the window is gone; the server goes on without it");
        server.load()->expectNoInspector();
    });
    OpenServer::Host host{.clientProcess = editor.connection.clientProcess, .expectsInspector = editor.hasDisplay};
    if (editor.hasDisplay) {
        host.opened = [&](const std::optional<std::string> &why) {
            server.wait(nullptr);
            if (!why)
                return window.open();
            say(std::format("there is no window, since it cannot reach the server: {}", *why));
            server.load()->expectNoInspector();
        };
        host.commands.push_back({"nuages.showInspector", [&] {
                                     server.wait(nullptr);
                                     if (!server.load()->door().show())
                                         window.open();
                                 }});
    } else {
        say("there is no display; the server runs without its window");
    }
    OpenServer serving(*stream, std::move(host));
    server = &serving;
    server.notify_all();
    const ExitCode code = serving.waitForEnd([&window] { window.letGo(); });
    if (editor.waitsForWindow)
        window.waitForEnd();
    return code;
}

} // namespace nuages::app
