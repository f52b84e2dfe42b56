#include "lsp/server/worker.h"

#include "lsp/server/features/diagnostics.h"

#include <QThread>

#include <algorithm>
#include <chrono>
#include <utility>

namespace nuages::server {

namespace {

constexpr std::chrono::milliseconds tracePause(100);

/// From the first change on the disk to the look at it. Who writes a file writes several times, and who checks out a
/// branch writes many files.
constexpr std::chrono::milliseconds settlingTime(50);

} // namespace

Worker::Worker(Host host)
    : m_host(std::move(host)),
      m_inbox([this](query::Wish wish) { wantWrite(wish); }, [this] { ring(); }, m_host.overheard), m_grace(this),
      m_wake(this), m_trace(this), m_settling(this)
{
    m_grace.setSingleShot(true);
    m_grace.setTimerType(Qt::PreciseTimer);
    // Queued also on the worker's own thread: advance() is never entered twice.
    connect(this, &Worker::rung, this, &Worker::advance, Qt::QueuedConnection);
    connect(&m_grace, &QTimer::timeout, this, &Worker::stopOverdueReaders);
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Worker::ring);
    m_trace.setSingleShot(true);
    connect(&m_trace, &QTimer::timeout, this, &Worker::emitTrace);
    m_settling.setSingleShot(true);
    m_settling.setInterval(settlingTime);
    connect(&m_settling, &QTimer::timeout, this, &Worker::takeFromDisk);
}

Worker::~Worker()
{
    Q_ASSERT_X(!m_session || QThread::currentThread() == thread(), Q_FUNC_INFO, "destroy it on its own thread");
    if (m_session)
        m_session->abandon("The server is ending.");
    m_pool.reset();
}

void Worker::start()
{
    m_files = std::make_unique<source::Files>(m_disk);
    m_engine = std::make_unique<query::Engine>();
    m_engine->attach(*m_files);
    m_engine->onIdle([this] { ring(); });
    m_pool = std::make_unique<query::Pool>(m_host.threads);
    listenToDisk();
    m_session = std::make_unique<Session>(
        *m_engine, *m_files, m_inbox,
        Session::Host{
            .given = m_host.given,
            .greet = m_host.greet,
            .submit = [this](query::Urgency urgency, query::Pool::Job job) { m_pool->submit(urgency, std::move(job)); },
            .send = m_host.send,
            .ring = [this] { ring(); },
            .slots = m_host.threads,
            .features = m_host.features,
            .findDiagnostics = findDiagnostics,
            .findNotes = m_host.findNotes,
            .warmUp = m_host.warmUp,
            .listTemplates = m_host.listTemplates,
            .commands = m_host.commands,
            .watch = &*m_diskWatch,
        });
    watch();
    m_isStarted.count_down();
    Q_EMIT started();
}

void Worker::listenToDisk()
{
    m_diskWatch.emplace(m_host.watchedFolders);
    if (m_diskWatch->descriptor() < 0)
        return;
    m_diskNotifier = std::make_unique<QSocketNotifier>(m_diskWatch->descriptor(), QSocketNotifier::Read);
    connect(m_diskNotifier.get(), &QSocketNotifier::activated, this, [this] {
        m_diskNotifier->setEnabled(false); // the system remembers the rest
        m_settling.start();
    });
}

void Worker::takeFromDisk()
{
    m_session->see(m_diskWatch->take());
    m_diskNotifier->setEnabled(true);
}

/// On the reader thread, which may be ahead of start().
void Worker::wantWrite(query::Wish wish)
{
    m_isStarted.wait();
    m_engine->wantWrite(wish);
}

void Worker::setWatched(bool isWatched)
{
    Q_ASSERT_X(!m_session || QThread::currentThread() == thread(), Q_FUNC_INFO, "connect with a queued connection");
    m_isWatched = isWatched;
    watch();
}

void Worker::setHeld(bool isHeld)
{
    Q_ASSERT_X(!m_session || QThread::currentThread() == thread(), Q_FUNC_INFO, "connect with a queued connection");
    if (m_isHeld == isHeld || !m_recorder)
        return;
    m_isHeld = isHeld;
    if (isHeld)
        return;
    if (std::exchange(m_hasForgone, false)) {
        m_fileTrace->lookAtAll();
        m_session->watch(m_recorder.get());
    }
    emitTrace();
}

void Worker::tellAnew(const std::function<void()> &change)
{
    Q_ASSERT_X(!m_session || QThread::currentThread() == thread(), Q_FUNC_INFO, "connect with a queued connection");
    emitTrace();
    change();
    m_recorder->tellAnew();
    m_fileTrace = std::make_unique<FileTrace>(*m_engine, *m_files, m_disk);
    m_session->watch(m_recorder.get());
    m_trace.start(0);
}

/// Now, if there is nothing more to come, so that what settled() says is true; else soon.
void Worker::tellTheTrace()
{
    const Session::Census census = m_session->census();
    const bool isIdle = census.isIdle() && !m_isRung;
    if (m_recorder && isIdle) {
        m_trace.stop();
        emitTrace();
    } else if (m_recorder && !m_trace.isActive()) {
        m_trace.start(tracePause);
    }
    if (isIdle)
        Q_EMIT settled(census.messages);
}

std::optional<std::string> Worker::documentText(std::string_view uri) const
{
    Q_ASSERT_X(QThread::currentThread() == thread(), Q_FUNC_INFO, "ask on the worker's thread");
    const auto path = Documents::pathOf(uri);
    const OpenDocument *document = path ? m_session->documents().find(*path) : nullptr;
    return document ? std::optional(std::string(document->history.present()->text().view())) : std::nullopt;
}

/// Makes the recorder, or ends it, as is wanted.
void Worker::watch()
{
    if (!m_session || m_isWatched == bool(m_recorder))
        return;
    if (m_isWatched) {
        m_recorder = std::make_unique<trace::Recorder>(*m_engine);
        m_fileTrace = std::make_unique<FileTrace>(*m_engine, *m_files, m_disk);
        m_trace.start(0);
    } else {
        emitTrace();
        m_trace.stop(); // Which a batch that was not all may have started again.
        m_isHeld = m_hasForgone = false;
    }
    m_files->keepReadings(m_isWatched);
    m_session->watch(m_isWatched ? m_recorder.get() : nullptr);
    if (!m_isWatched)
        m_recorder.reset();
}

void Worker::forgo()
{
    const bool hasForgone = m_recorder->forgo();
    const bool hasRead = !m_files->takeReadings().empty();
    m_hasForgone = m_hasForgone || hasForgone || hasRead;
}

/// What was there before goes as fast as it is taken in; whoever receives it says setHeld() when that is enough.
/// Between two portions the events of this thread are served, so that no request waits for more than one.
void Worker::emitTrace()
{
    if (m_isHeld)
        return forgo();
    trace::Batch batch = m_recorder->take();
    m_fileTrace->addTo(batch, m_session->documents());
    if (batch.isPartial)
        m_trace.start(m_recorder->hasMore() ? std::chrono::milliseconds(0) : tracePause);
    const bool isNews = std::exchange(m_isPartialTold, batch.isPartial) != batch.isPartial; // Also that it is over.
    if (!batch.isEmpty() || isNews)
        Q_EMIT traced(std::make_shared<const trace::Batch>(std::move(batch)));
}

void Worker::ring()
{
    if (!m_isRung.exchange(true))
        Q_EMIT rung();
}

void Worker::advance()
{
    m_isRung = false; // before looking: what comes later rings again
    if (m_recorder)
        m_recorder->gather(); // A job has ended, and an edit may follow.
    m_session->advance();
    stopOverdueReaders();
    startAt(m_wake, m_session->wakeAt());
    tellTheTrace();
    if (const auto exitCode = m_session->exitCode(); exitCode && !std::exchange(m_hasEnded, true))
        Q_EMIT ended(*exitCode);
}

void Worker::stopOverdueReaders() { startAt(m_grace, m_engine->stopOverdue()); }

/// Lets it run as it does if there is no instant.
void Worker::startAt(QTimer &timer, std::optional<query::Instant> instant)
{
    if (!instant)
        return;
    const std::chrono::nanoseconds left(std::max<query::Instant>(*instant - m_engine->clock().now(), 0));
    timer.start(std::chrono::ceil<std::chrono::milliseconds>(left));
}

} // namespace nuages::server
