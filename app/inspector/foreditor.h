#pragma once

#include "app/openserver.h"

#include <string>
#include <vector>

namespace nuages::app {

/// How an editor has started the inspector in the place of `nuages serve`.
struct ForEditor {
    Connection connection;
    bool hasDisplay = true; ///< Else it serves all the same, and says so.
    std::vector<std::string> windowOptions; ///< For the window.
    bool waitsForWindow = false; ///< It writes something when the server has ended.
};

/// Serves the editor until it ends; the exit code is that of `nuages serve`. The window is a process of its own that
/// looks on: whatever becomes of it, the editor keeps its server. An editor that says so opens it again.
[[nodiscard]] std::expected<ExitCode, Failure> serveEditor(const ForEditor &editor);

} // namespace nuages::app
