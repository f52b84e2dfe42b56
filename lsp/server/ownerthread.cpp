#include "lsp/server/ownerthread.h"

namespace nuages::server {

OwnerThread::OwnerThread(std::unique_ptr<Worker> worker) : m_worker(worker.release())
{
    m_thread.setObjectName("nuages owner");
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::started, m_worker, &Worker::start);
    QObject::connect(&m_thread, &QThread::finished, &m_thread, [this] { m_isEnding.wait(); }, Qt::DirectConnection);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    QObject::connect(
        m_worker, &QObject::destroyed, &m_thread, [this] { m_workerIsGone.count_down(); }, Qt::DirectConnection);
    m_thread.start();
}

OwnerThread::~OwnerThread()
{
    m_isEnding.count_down();
    m_thread.quit();
    m_workerIsGone.wait();
    m_thread.wait();
}

} // namespace nuages::server
