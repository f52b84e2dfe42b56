#pragma once

#include <QApplication>
#include <QEvent>

#include <optional>
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

    /// One that took long. The names live as long as the program.
    struct Turn {
        double ms = 0;
        double busyMs = 0; ///< Of the processor; the rest of the time others had it, or the thread waited.
        QEvent::Type event = QEvent::None;
        const char *receiver = ""; ///< The name of its class.
        const char *owner = ""; ///< That of the receiver's parent.
    };

    bool notify(QObject *receiver, QEvent *event) override;

    /// Milliseconds, in order, since the last call of forgetTurns().
    const std::vector<double> &turns() const { return m_turns; }
    const std::optional<Turn> &longestTurn() const { return m_longest; } ///< Of those.
    void forgetTurns()
    {
        m_turns.clear();
        m_longest.reset();
    }

private:
    int m_loopLevel = -1; ///< Of the event that is served; -1 while none is.
    bool m_hasLooped = false; ///< An event loop ran inside it.
    std::vector<double> m_turns;
    std::optional<Turn> m_longest;
};

} // namespace nuages::app
