#pragma once

#include "engine/query/canceltoken.h"
#include "ui/link/link.h"

#include <QThreadPool>

namespace nuages::app {

/// Tries edits for a link, each on a thread of its own, one at a time. Lives on the link's thread, which hears what
/// comes of it.
class Rehearsing
{
public:
    explicit Rehearsing(link::Link &link);

    /// Stops what is under way, and waits for it.
    ~Rehearsing();

    /// Whatever was under way is stopped.
    void start(const link::Trial &trial);
    void stop() { m_stop.cancel(); }

private:
    link::Link &m_link;
    query::CancelToken m_stop;
    QThreadPool m_thread;
};

} // namespace nuages::app
