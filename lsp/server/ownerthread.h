#pragma once

#include "lsp/server/worker.h"

#include <QThread>

#include <latch>
#include <memory>

namespace nuages::server {

/// The QThread on which a worker lives and dies.
///
/// What it did is visible to whoever destroys this, and what that thread gave it before is visible to the end of the
/// worker, also if it was never taken. Latches say so and not QThread::quit() and wait(), because the race detector
/// cannot see into Qt.
class OwnerThread
{
public:
    /// Starts `worker`, whose signals are connected already.
    explicit OwnerThread(std::unique_ptr<Worker> worker);

    /// Ends the thread. Jobs under way are told to stop; one that never polls is waited for.
    ~OwnerThread();
    OwnerThread(const OwnerThread &) = delete;
    OwnerThread &operator=(const OwnerThread &) = delete;

    Worker &worker() { return *m_worker; }

private:
    std::latch m_isEnding{1};
    std::latch m_workerIsGone{1};
    QThread m_thread;
    Worker *m_worker; ///< Destroyed on m_thread.
};

} // namespace nuages::server
