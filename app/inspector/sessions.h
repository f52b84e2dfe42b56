#pragma once

#include "engine/recording/recording.h"
#include "ui/views/settings.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>

namespace nuages::link {
class Link;
}

namespace nuages::models {
class Inspection;
}

namespace nuages::app {

/// Keeps what a link tells in a session file, from its making to its end.
class SessionKeeper final : public QObject
{
    Q_OBJECT

public:
    /// `link` must outlive it. `workspace` is an absolute path.
    SessionKeeper(link::Link &link, const QString &path, const QString &workspace, std::uint64_t maxBytes);

    /// Nothing more is recorded; what was stays.
    void stop();

    QString path() const { return QString::fromStdString(m_recording.path()); }

    /// All that was told so far, into another file; `done` is called on this thread with what went wrong, if anything.
    void copyTo(const QString &path, std::function<void(QString)> done);

    /// Has what happened in revisions that are thinned in memory read back when somebody looks at them. `inspection`
    /// must outlive it.
    void readBackFor(models::Inspection &inspection);

Q_SIGNALS:
    /// Nothing more is recorded.
    void failed(const QString &sentence);

private:
    link::Link &m_link;
    recording::Recording m_recording;
};

/// Where sessions are kept by themselves: a folder of its own in the one that the user has set, else the usual one;
/// empty if there is no such place.
QString sessionFolder(const views::Settings &settings);

/// The file of a new session there; the folder is made, and the oldest sessions go. Empty if there is no such place.
QString newSession(const QString &workspace, const views::Settings &settings);

} // namespace nuages::app
