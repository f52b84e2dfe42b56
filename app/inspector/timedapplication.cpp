#include "app/inspector/timedapplication.h"

#include <QElapsedTimer>
#include <QThread>

#include <utility>

namespace nuages::app {

bool TimedApplication::notify(QObject *receiver, QEvent *event)
{
    // Other threads come by here too, and so do events that are sent while one is served.
    if (!QThread::isMainThread() || thread()->loopLevel() == m_loopLevel)
        return QApplication::notify(receiver, event);
    const int outer = std::exchange(m_loopLevel, thread()->loopLevel());
    m_hasLooped = false;
    QElapsedTimer timer;
    timer.start();
    const bool isTaken = QApplication::notify(receiver, event);
    if (!m_hasLooped)
        m_turns.push_back(double(timer.nsecsElapsed()) / 1e6);
    m_loopLevel = outer;
    m_hasLooped = outer >= 0;
    return isTaken;
}

} // namespace nuages::app
