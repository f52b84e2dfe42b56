#pragma once

#include "app/edit.h"
#include "app/environment.h"
#include "app/failure.h"
#include "app/formats/report.h"
#include "app/workspace.h"

#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace nuages::trace {
class Recorder;
}

namespace nuages::app {

/// What the subcommands that play an edit have in common.
struct EditOptions {
    Wanted wanted;
    std::vector<Replacement> first; ///< Each in a revision of its own, before the edit.
    std::vector<Replacement> replacements; ///< All in one revision.
    trace::Times times = trace::Times::Shown;

    bool hasEdit() const { return !replacements.empty() || !wanted.stdinFilename.empty(); }
};

/// Which of the options for edits a subcommand has beside --edit.
enum class Edits : std::uint8_t { StdinOnly, FirstAndStdin, FirstOnly };

/// Adds --edit, --first and --stdin-filename as far as they are offered, --project and the like, and --no-times.
void addEditOptions(CLI::App &command, EditOptions &options, Edits edits);

/// A whole project in memory, on which edits are played while its engine is watched. Nothing is written to the disk.
///
/// Works on one thread, so that who needed what first is the same on every run.
class Play
{
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Play>, Failure> create(const EditOptions &options);

    ~Play();

    /// Checks all templates and takes in what the engine did for it. Each check is a request of its own.
    [[nodiscard]] std::expected<Report, Failure> check();

    /// Gives the files these texts: one revision, called "edit of" them, or none if nothing that was read changes.
    void put(const std::vector<Overlay> &texts);

    /// Like put(). Fails if that changes nothing that was read.
    [[nodiscard]] std::expected<void, Failure> edit(const std::vector<Overlay> &texts);

    using Seen = std::function<void(const Report &)>;

    /// Checks, plays those edits that come first and checks after each; tells `seen` each report.
    [[nodiscard]] std::expected<void, Failure> playFirst(const EditOptions &options, const Seen &seen = {});

    /// Likewise, and then the edit, if there is one.
    [[nodiscard]] std::expected<void, Failure> playAll(const EditOptions &options, const Seen &seen = {});

    /// From now on `token` stops a check, which then fails.
    void setCancelToken(query::CancelToken token) { m_workspace.setCancelToken(std::move(token)); }

    /// From now on `fn()` is called between portions of the work.
    void setTold(std::function<void()> fn) { m_told = std::move(fn); }

    Workspace &workspace() { return m_workspace; }
    const trace::Store &store() const { return m_store; }
    const std::string &root() const { return m_workspace.root(); }

private:
    explicit Play(Environment environment);

    void take();

    Environment m_environment;
    Workspace m_workspace;
    std::unique_ptr<trace::Recorder> m_recorder;
    trace::Store m_store;
    query::RequestId m_checks = 0;
    std::function<void()> m_told;
};

/// The texts that the files have after the edit, the first ones included; fails if there is no edit.
[[nodiscard]] std::expected<std::vector<Overlay>, Failure> textsAfter(const EditOptions &options,
                                                                      const std::string &root);

/// The node that a subject of the command line means: a query by its name, or a template by its path, which means its
/// diagnostics.
[[nodiscard]] std::expected<trace::NodeId, Failure> nodeOf(const trace::Store &store, const std::string &subject,
                                                           const std::string &root);

/// Prints `text` on stdout, and on stderr how many events were lost, if any were.
[[nodiscard]] std::expected<ExitCode, Failure> printed(const std::string &text, const trace::Store &store);

} // namespace nuages::app
