#pragma once

#include "app/inspector/script.h"

#include <QObject>
#include <QTextCursor>

#include <expected>
#include <functional>
#include <vector>

namespace nuages::models {
class Inspection;
}
namespace nuages::views {
class SourcePane;
class MainWindow;
} // namespace nuages::views

namespace nuages::app {

class SettlingLink;

/// What a script has shown beside the state it ends in.
struct Tally {
    int edits = 0; ///< Changes of a text that were made in the pane.
    int textsCompared = 0; ///< Times that the server's text was held against the pane's: once after each edit.
    int textsDifferent = 0;
    quint64 mostRowsAtOnce = 0; ///< Rows that the models named in signals, of whatever kind, in one tick.
    qint64 mostPaintedAtOnce = 0; ///< Cards, edges, bars and labels, from one tick to the next.
    std::vector<double> scrubMs; ///< Of each revision that was gone to, until it was painted.
    std::vector<double> lagsMs; ///< Of each edit, from the key to what it brought about being painted.
};

/// Plays a script: does what a user would do, in the same widgets, and waits for the server by its signals alone.
///
/// Lives on the GUI thread and turns its event loop while it waits. Time is only used to give up.
class Player
{
public:
    /// `workspace` is the absolute path of the project. All of these outlive the player.
    Player(SettlingLink &link, models::Inspection &inspection, views::MainWindow &window, QString workspace);

    /// Plays all steps; a sentence about the first one that cannot be played.
    std::expected<void, QString> play(const std::vector<Step> &steps);

    /// Turns the event loop until nothing is under way and every model shows it; false after two minutes.
    bool settle();

    /// The window was closed, so that what was to be played will not be.
    bool isStopped() const { return m_isStopped; }

    const Tally &tally() const { return m_tally; }

private:
    using Result = std::expected<void, QString>;

    Result play(const Step &step);
    Result open(const QString &path);
    Result type(const Step &step);
    Result remove(const Step &step);
    void inTurn(const std::function<void()> &act);
    Result edit(const std::function<void()> &make);
    Result playRandom(const Step &step);
    Result write(const Step &step);
    Result request(const Step &step);
    Result select(const QString &name);
    Result revision(const QJsonValue &value);
    Result scrub(int steps);
    Result awaitRevision(std::uint32_t revision);
    void countTick();
    Result settleAndCompare();
    Result compareTexts();
    void moveCursor(const QJsonValue &at);
    QString absolute(const QString &path) const;
    Result finishStep();
    template <class Start>
    bool turnUntilCalled(Start start);

    QObject m_context; ///< What it is connected to ends with it.
    SettlingLink &m_link;
    models::Inspection &m_inspection;
    views::MainWindow &m_window;
    views::SourcePane &m_source;
    QString m_workspace;
    QTextCursor m_cursor; ///< In the file that is shown.
    int m_requests = 0;
    bool m_isStopped = false;
    quint64 m_rowsBefore = 0; ///< Signalled when the tick before ended.
    qint64 m_paintedBefore = 0;
    Tally m_tally;
};

} // namespace nuages::app
