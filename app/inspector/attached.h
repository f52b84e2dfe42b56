#pragma once

#include "ui/views/mainwindow.h"

#include <QSize>
#include <QString>

#include <expected>
#include <functional>
#include <memory>
#include <vector>

namespace nuages::link {
class Link;
}

namespace nuages::app {

/// The servers that may be looked at now, for a menu or a list.
std::vector<views::MainWindow::Server> servers();

/// How a window looks on at the server of an editor.
struct Attached {
    QString id; ///< Process of the server; empty: the only one that runs.
    bool isEditorsOwn = false; ///< The editor has started this program: what is closed is only hidden.
    bool measuresTimes = true;
    QSize size; ///< Each side 0 for what is usual.
    /// Has what comes recorded, if that is wanted, as long as what it returns lives.
    std::function<std::shared_ptr<void>(link::Link &, views::MainWindow &, const QString &workspace)> record;
    bool endsItself = false; ///< When the server has ended and `finish` has been called.
    std::function<std::expected<void, QString>(models::Inspection &, views::MainWindow &)> finish;
};

/// Runs until the window is closed, or the server has ended where that is the end; the exit code. A sentence if there
/// is no such server.
[[nodiscard]] std::expected<int, QString> runAttached(const Attached &attached);

} // namespace nuages::app
