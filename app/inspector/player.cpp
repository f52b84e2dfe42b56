#include "app/inspector/player.h"

#include "app/inspector/heldrequest.h"
#include "app/inspector/randomedits.h"
#include "app/inspector/settlinglink.h"
#include "app/inspector/timedapplication.h"

#include "engine/trace/store.h"
#include "lsp/server/uri.h"
#include "ui/models/inspection.h"
#include "ui/models/signalcount.h"
#include "ui/models/text.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"
#include "ui/views/toldtext.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextBlock>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::app {

namespace {

constexpr std::chrono::minutes patience(2);

QString uriOf(const QString &path) { return QString::fromStdString(server::uriOfPath(path.toStdString())); }

quint64 rowsIn(const models::SignalCount::Totals &totals)
{
    return totals.inserted + totals.removed + totals.moved + totals.changed;
}

} // namespace

/// Turns the event loop until `start`'s callback has been called; false if it is not called in time, or if playing is
/// stopped.
template <class Start>
bool Player::turnUntilCalled(Start start)
{
    if (m_isStopped)
        return false;
    const auto loop = std::make_shared<QEventLoop>(); // shared with a callback that may come when all is over
    const auto isCalled = std::make_shared<bool>(false);
    start([loop, isCalled] {
        *isCalled = true;
        loop->quit();
    });
    QTimer::singleShot(patience, loop.get(), &QEventLoop::quit);
    QObject::connect(&m_window, &views::MainWindow::closed, loop.get(), &QEventLoop::quit);
    if (!*isCalled)
        loop->exec();
    return *isCalled && !m_isStopped;
}

Player::Player(SettlingLink &link, models::Inspection &inspection, views::MainWindow &window, QString workspace)
    : m_link(link), m_inspection(inspection), m_window(window), m_source(window.source()),
      m_workspace(std::move(workspace))
{
    QObject::connect(&m_inspection, &models::Inspection::refreshed, &m_context, [this] { countTick(); });
    QObject::connect(&m_window, &views::MainWindow::closed, &m_context, [this] { m_isStopped = true; });
}

std::expected<void, QString> Player::play(const std::vector<Step> &steps)
{
    m_window.setChecksByItself(false); // Not while someone types; and then at once, so that it is the same every time.
    for (std::size_t at = 0; at < steps.size(); ++at) {
        const bool isWhole = steps[at].verb != "close"_L1;
        if (const Result result = play(steps[at]).and_then([&] { return isWhole ? finishStep() : Result(); }); !result)
            return std::unexpected(u"step %1, %2: %3"_s.arg(at + 1).arg(steps[at].verb, result.error()));
    }
    m_window.setChecksByItself(true);
    return {};
}

bool Player::settle()
{
    const bool isSettled = m_link.isSettled() || turnUntilCalled([this](const std::function<void()> &done) {
                               QObject::connect(&m_link, &link::Link::settled, &m_link, done, Qt::SingleShotConnection);
                           });
    m_inspection.refresh();
    while (m_inspection.pendingCount() > 0 && !m_isStopped) {
        turnUntilCalled([this](const std::function<void()> &done) {
            QObject::connect(&m_inspection, &models::Inspection::refreshed, &m_inspection, done,
                             Qt::SingleShotConnection);
        });
    }
    return isSettled && !m_isStopped;
}

Player::Result Player::play(const Step &step)
{
    const QString &verb = step.verb;
    if (verb == "open"_L1)
        return open(step.value().toString());
    if (verb == "write"_L1)
        return write(step);
    if (verb == "select"_L1)
        return select(step.value().toString());
    if (verb == "revision"_L1)
        return revision(step.value());
    if (verb == "scrub"_L1)
        return scrub(step.value().toInt());
    if (verb == "await"_L1)
        return awaitRevision(std::uint32_t(step.value().toInteger()));
    if (verb == "close"_L1) {
        QTimer::singleShot(0, &m_window, &QWidget::close);
        return {};
    }
    if (verb == "forget"_L1) {
        m_tally = {};
        qobject_cast<TimedApplication *>(qApp)->forgetTurns();
        return {};
    }
    if (m_cursor.isNull())
        return std::unexpected(u"no file is open"_s);
    moveCursor(step.members.value("at"_L1));
    if (verb == "type"_L1)
        return type(step);
    if (verb == "paste"_L1)
        return edit([&] { m_cursor.insertText(step.value().toString()); });
    if (verb == "remove"_L1)
        return remove(step);
    if (verb == "random"_L1)
        return playRandom(step);
    if (verb == "request"_L1)
        return request(step);
    for (int count = 0; count < std::max(step.value().toInt(), 1); ++count) {
        QTextDocument &document = *m_cursor.document();
        const Result result = edit([&] { verb == "undo"_L1 ? document.undo() : document.redo(); });
        if (!result)
            return result;
    }
    return {};
}

Player::Result Player::open(const QString &path)
{
    bool isShown = false;
    inTurn([&] {
        m_inspection.selectFile(absolute(path));
        isShown = m_source.path() == absolute(path);
    });
    if (!isShown)
        return std::unexpected(u"%1 cannot be shown"_s.arg(path));
    m_cursor = QTextCursor(m_source.editor().document());
    return settleAndCompare();
}

Player::Result Player::type(const Step &step)
{
    const QString text = step.value().toString();
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype width = text.at(at).isHighSurrogate() ? 2 : 1;
        if (const Result result = edit([&] { m_cursor.insertText(text.mid(at, width)); }); !result)
            return result;
        at += width;
    }
    return {};
}

Player::Result Player::remove(const Step &step)
{
    return edit([&] {
        m_cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, step.value().toInt());
        m_cursor.removeSelectedText();
    });
}

/// What the models signalled in this tick, and what was painted for the one before.
void Player::countTick()
{
    const quint64 rows = rowsIn(m_inspection.signalCount().totals());
    m_tally.mostRowsAtOnce = std::max(m_tally.mostRowsAtOnce, rows - std::exchange(m_rowsBefore, rows));
    const qint64 painted = m_window.paintedItems();
    m_tally.mostPaintedAtOnce = std::max(m_tally.mostPaintedAtOnce, painted - std::exchange(m_paintedBefore, painted));
}

/// Does something in a turn of its own, as if a key or a click had asked for it.
void Player::inTurn(const std::function<void()> &act)
{
    turnUntilCalled([&](const std::function<void()> &done) {
        QTimer::singleShot(0, &m_source, [this, act, done] {
            if (!m_isStopped) // What it refers to may be gone.
                act();
            done();
        });
    });
}

/// What the user sees in a pause after the step.
Player::Result Player::finishStep()
{
    if (!m_link.isSettled()) // A request runs that waits for the next step.
        return {};
    m_window.checkProject();
    return settle() ? Result() : std::unexpected(u"the server does not settle"_s);
}

/// Makes one edit in the pane and counts what it brings about.
Player::Result Player::edit(const std::function<void()> &make)
{
    QElapsedTimer timer;
    timer.start();
    inTurn(make);
    ++m_tally.edits;
    if (!settle())
        return std::unexpected(u"the server does not settle"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::UpdateRequest);
    m_tally.lagsMs.push_back(double(timer.nsecsElapsed()) / 1e6);
    return compareTexts();
}

Player::Result Player::playRandom(const Step &step)
{
    RandomEdits random(unsigned(step.members.value("seed"_L1).toInt(1)));
    for (int count = 0; count < step.value().toInt(); ++count) {
        if (const Result result = edit([&] { random.edit(*m_cursor.document()); }); !result)
            return result;
    }
    return {};
}

/// Changes files behind the server's back, and tells it of all of them in one message, which is one transaction.
Player::Result Player::write(const Step &step)
{
    constexpr int changed = 2;
    constexpr int deleted = 3;
    QJsonArray changes;
    const QJsonObject files = step.value().toObject();
    for (auto file = files.begin(); file != files.end(); ++file) {
        const QString path = absolute(file.key());
        changes.append(QJsonObject{{u"uri"_s, uriOf(path)}, {u"type"_s, file->isNull() ? deleted : changed}});
        if (file->isNull()) {
            QFile::remove(path);
            continue;
        }
        QDir().mkpath(path.section(u'/', 0, -2));
        QFile target(path);
        if (!target.open(QIODevice::WriteOnly) || target.write(file->toString().toUtf8()) < 0)
            return std::unexpected(u"%1 cannot be written"_s.arg(path));
    }
    if (step.members.value("quietly"_L1).toBool())
        return {};
    const QJsonObject message{{u"jsonrpc"_s, u"2.0"_s},
                              {u"method"_s, u"workspace/didChangeWatchedFiles"_s},
                              {u"params"_s, QJsonObject{{u"changes"_s, changes}}}};
    m_link.send(QJsonDocument(message).toJson(QJsonDocument::Compact));
    return settleAndCompare();
}

Player::Result Player::request(const Step &step)
{
    QJsonObject params = step.members.value("params"_L1).toObject();
    params["textDocument"_L1] = QJsonObject{{u"uri"_s, uriOf(m_source.path())}};
    params["position"_L1] =
        QJsonObject{{u"line"_s, m_cursor.blockNumber()}, {u"character"_s, m_cursor.positionInBlock()}};
    const QJsonObject message{{u"jsonrpc"_s, u"2.0"_s},
                              {u"id"_s, u"script %1"_s.arg(++m_requests)},
                              {u"method"_s, step.value().toString()},
                              {u"params"_s, params}};
    m_link.send(QJsonDocument(message).toJson(QJsonDocument::Compact));
    if (!step.waitsUntilRunning())
        return settleAndCompare();
    return waitForHeldRequest() ? Result() : std::unexpected(u"it does not run"_s);
}

Player::Result Player::select(const QString &name)
{
    const trace::NodeId node = m_inspection.store().find(name.toStdString());
    if (node == 0)
        return std::unexpected(u"there is no %1"_s.arg(name));
    m_inspection.selection().selectNode(node, models::toQString(m_inspection.store().node(node).file));
    return {};
}

Player::Result Player::revision(const QJsonValue &value)
{
    if (value == "live"_L1) {
        m_inspection.selection().goLive();
        return {};
    }
    const auto revision = std::uint32_t(value.toInteger());
    if (!m_inspection.store().revision(revision))
        return std::unexpected(u"there is no revision %1"_s.arg(revision));
    m_inspection.selection().selectRevision(revision);
    return {};
}

/// Goes to so many revisions that are kept, spread over all of them, the last first.
Player::Result Player::scrub(int steps)
{
    std::vector<std::uint32_t> kept;
    for (const trace::RevisionRecord &record : m_inspection.store().revisions())
        kept.push_back(record.revision);
    for (int step = steps; step > 0 && !kept.empty() && !m_isStopped; --step) {
        const std::size_t at = (kept.size() - 1) * std::size_t(step) / std::size_t(steps);
        QElapsedTimer timer;
        timer.start();
        m_inspection.selection().selectRevision(kept[at]);
        QCoreApplication::processEvents(); // It is painted.
        m_tally.scrubMs.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    return {};
}

Player::Result Player::awaitRevision(std::uint32_t revision)
{
    while (m_inspection.store().revision() < revision) {
        const bool isTold = turnUntilCalled([this](const std::function<void()> &done) {
            QObject::connect(&m_inspection, &models::Inspection::refreshed, &m_inspection, done,
                             Qt::SingleShotConnection);
        });
        if (!isTold)
            return std::unexpected(u"there is no revision %1"_s.arg(revision));
    }
    return settleAndCompare();
}

Player::Result Player::settleAndCompare()
{
    if (!settle())
        return std::unexpected(u"the server does not settle"_s);
    return compareTexts();
}

Player::Result Player::compareTexts()
{
    if (m_cursor.isNull())
        return {};
    const auto answer = std::make_shared<std::optional<QByteArray>>();
    const bool isTold = turnUntilCalled([&](const std::function<void()> &done) {
        m_link.askText(m_source.path(), [answer, done](const std::optional<QByteArray> &text) {
            *answer = text;
            done();
        });
    });
    const std::optional<QByteArray> &told = *answer;
    if (!isTold)
        return std::unexpected(u"the server does not give its text"_s);
    if (!m_window.client().isOpen(m_source.path()))
        return told ? Result(std::unexpected(u"the server has a text that nobody has typed"_s)) : Result();
    ++m_tally.textsCompared;
    if (!told || QString::fromUtf8(*told) != views::textOf(*m_cursor.document()))
        ++m_tally.textsDifferent;
    return {};
}

void Player::moveCursor(const QJsonValue &at)
{
    if (at == "end"_L1)
        m_cursor.movePosition(QTextCursor::End);
    if (!at.isObject())
        return;
    const QTextBlock block = m_cursor.document()->findBlockByNumber(at["line"_L1].toInt());
    m_cursor.setPosition(block.position() + std::min(at["column"_L1].toInt(), block.length() - 1));
}

QString Player::absolute(const QString &path) const { return QDir::cleanPath(QDir(m_workspace).filePath(path)); }

} // namespace nuages::app
