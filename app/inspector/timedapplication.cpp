#include "app/inspector/timedapplication.h"

#include <QElapsedTimer>
#include <QThread>

#include <ctime>
#include <utility>

namespace nuages::app {

namespace {

double busyMs()
{
    std::timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

const char *className(const QObject *object) { return object ? object->metaObject()->className() : ""; }

} // namespace

bool TimedApplication::notify(QObject *receiver, QEvent *event)
{
    // Other threads come by here too, and so do events that are sent while one is served.
    if (!QThread::isMainThread() || thread()->loopLevel() == m_loopLevel)
        return QApplication::notify(receiver, event);
    const int outer = std::exchange(m_loopLevel, thread()->loopLevel());
    m_hasLooped = false;
    Turn turn{.event = event->type(), .receiver = className(receiver), .owner = className(receiver->parent())};
    const double busyBefore = busyMs();
    QElapsedTimer timer;
    timer.start();
    const bool isTaken = QApplication::notify(receiver, event); // which may delete both
    if (!m_hasLooped) {
        turn.ms = double(timer.nsecsElapsed()) / 1e6;
        m_turns.push_back(turn.ms);
        if (!m_longest || turn.ms > m_longest->ms) {
            turn.busyMs = busyMs() - busyBefore;
            m_longest = turn;
        }
    }
    m_loopLevel = outer;
    m_hasLooped = outer >= 0;
    return isTaken;
}

} // namespace nuages::app
