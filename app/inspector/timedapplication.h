#pragma once

#include <QApplication>

#include <vector>

namespace nuages::app {

/// An application that knows how long the turns of its GUI thread took.
///
/// A turn is what the thread does for one event: no other is served meanwhile. An event during which an event loop
/// ran is none, but those served by that loop are.
class TimedApplication : public QApplication
{
    Q_OBJECT

public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

    /// Milliseconds, in order, since the last call of forgetTurns().
    const std::vector<double> &turns() const { return m_turns; }
    void forgetTurns() { m_turns.clear(); }

private:
    int m_loopLevel = -1; ///< Of the event that is served; -1 while none is.
    bool m_hasLooped = false; ///< An event loop ran inside it.
    std::vector<double> m_turns;
};

} // namespace nuages::app
