#include "lsp/server/session.h"

#include "engine/source/queries.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/diagnostics.h"
#include "lsp/server/capabilities.h"
#include "lsp/server/mutation.h"

#include <boost/json/object.hpp>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <expected>
#include <format>
#include <limits>
#include <ranges>
#include <utility>

namespace json = boost::json;

namespace nuages::server {

namespace {

using protocol::ErrorCode;

/// After so many attempts that a write cancelled, the next write waits for the request.
constexpr std::uint32_t protectedAttempt = 3;

using State = trace::RequestRecord::State;

/// What the job of a question needs, and tells while it runs.
struct Asked {
    std::shared_ptr<const Question> question;
    Find find = nullptr;
    std::uint64_t writes = 0; ///< When its ticket was made.
    std::shared_ptr<const std::uint64_t> writesNow;
    mutable std::atomic<bool> began = false;
};

/// The text of a document that is not open is the one that the queries see.
Encode findInClosed(query::Reader &db, const Asked &asked)
{
    Question question = *asked.question;
    auto lines = std::make_shared<const source::LineIndex>(db.get<source::Lines>(source::fileAt(db, question.path)));
    question.text = lines->text();
    question.offset = toOffset(*lines, question.closed->position, question.closed->encoding).value;
    return
        [encode = asked.find(db, question), lines](const Coordinates &coordinates, const ClientTraits &client) mutable {
            return encode(coordinates.about(lines), client);
        };
}

/// On a pool thread, with the reader open.
Encode find(query::Reader &db, const Asked &asked)
{
    // A write of what nobody had read makes no revision, so the ticket is still good; but the moment it was made for
    // has passed, and with it the texts in whose coordinates the answer would be given.
    if (*asked.writesNow != asked.writes && !NUAGES_SESSION_MUTATED(StaleAttempt))
        throw query::Cancelled{query::Cancelled::Why::TicketExpired};
    asked.began.store(true, std::memory_order_relaxed);
    return asked.question->closed ? findInClosed(db, asked) : asked.find(db, *asked.question);
}

/// What a request is about; its position is the begin where it names none.
std::expected<protocol::TextDocumentPositionParams, protocol::DecodeError> subjectOf(const Feature &feature,
                                                                                     const json::value &params)
{
    using protocol::TextDocumentPositionParams;
    if (feature.atPosition)
        return protocol::fromJson<TextDocumentPositionParams>(params);
    if (feature.resolves) {
        const json::object *item = params.if_object();
        const json::value *data = item ? item->if_contains("data") : nullptr;
        return protocol::fromJson<protocol::TextDocumentIdentifier>(data ? *data : json::value())
            .transform([](protocol::TextDocumentIdentifier &&document) {
                return TextDocumentPositionParams{std::move(document), {}};
            });
    }
    return protocol::fromJson<protocol::AboutDocument>(params).transform(
        [](protocol::AboutDocument &&about) { return TextDocumentPositionParams{std::move(about.textDocument), {}}; });
}

/// Of the one kind of request that the server sends and waits for.
protocol::RequestId refreshId() { return std::string("nuages-pull"); }

/// Of the one that registers for changes of files. Only an error in response to it means anything.
protocol::RequestId watchId() { return std::string("nuages-watch"); }

/// For the log, where it may say more than an answer may.
std::string describe(const query::Failure &failure)
{
    std::string queries;
    for (const std::string &query : failure.queries)
        queries += (queries.empty() ? "" : " > ") + query;
    switch (failure.kind) {
    case query::Failure::Kind::Cancelled:
        return std::format("queries are nested too deeply: {}", queries);
    case query::Failure::Kind::Cycle:
        return std::format("queries need each other: {}", queries);
    case query::Failure::Kind::Exception:
        break;
    }
    return std::format("{} in revision {}, in {}", failure.message, failure.revision,
                       queries.empty() ? "no query" : queries);
}

} // namespace

Session::Session(query::Engine &engine, source::Files &files, Inbox &inbox, Host host)
    : m_engine(engine), m_files(files), m_inbox(inbox), m_host(std::move(host)),
      m_documents([this](const std::string &text) { log(protocol::MessageType::Warning, text); }),
      m_writes(std::make_shared<std::uint64_t>(0)), m_finished(std::make_shared<Mailbox<Finished>>())
{
}

Session::~Session() = default;

std::optional<int> Session::exitCode() const
{
    if (!m_inputEnded || m_running > 0)
        return std::nullopt;
    return m_life == Life::ShutDown ? 0 : 1;
}

std::optional<query::Instant> Session::wakeAt() const
{
    if (m_life != Life::Running)
        return std::nullopt;
    return m_publisher.isIdle() ? m_refresh.dueAt() : nextTurnEnd();
}

Session::Census Session::census() const
{
    return {m_requests.size(),       m_running, m_backlog.size(), m_retries, m_documents.repairCount(),
            m_moment - m_ownMessages};
}

void Session::advance()
{
    for (Finished &finished : m_finished->take())
        finish(std::move(finished));
    if (const std::vector<std::string> doubted = m_files.takeDoubted(); !doubted.empty()) {
        m_doubted.insert(m_doubted.end(), doubted.begin(), doubted.end());
        m_inbox.lookAgain();
    }
    for (Received &received : m_inbox.take())
        m_backlog.push_back(std::move(received));

    while (!m_backlog.empty()) {
        const auto *notification = std::get_if<ReceivedNotification>(&m_backlog.front());
        if (notification && notification->wish > 0) {
            if (!writeEdits())
                return; // The bell rings when the last reader has gone.
            continue;
        }
        Received received = std::move(m_backlog.front());
        m_backlog.pop_front();
        ++m_moment;
        handle(std::move(received));
    }
    dispatch();
}

// Finished work.

void Session::finish(Finished finished)
{
    --m_running;
    m_runningBackground -= finished.isBackground;
    if (finished.request != 0)
        return finishRequest(finished);
    if (finished.isNotes)
        finishNotes(finished);
    else if (finished.isCheck)
        return finishCheck(finished);
    else if (finished.path.empty())
        return finishWarmUp(finished);
    else
        finishDiagnostics(finished);
    m_looks.erase(finished.job);
}

void Session::finishRequest(Finished &finished)
{
    const auto found = m_requests.find(finished.request);
    if (found == m_requests.end() || found->second.job != finished.job)
        return; // answered meanwhile, by shutdown or a cancellation
    Pending &pending = found->second;
    pending.job = 0;
    if (pending.token.isCancelled())
        return fail(found, ErrorCode::RequestCancelled, "The client cancelled this request.");
    if (finished.outcome) {
        const Coordinates coordinates(m_documents, m_client.encoding, {pending.question->path, pending.lines},
                                      pending.asked, pending.computed);
        return reply(found, (*finished.outcome)(coordinates, m_client));
    }
    const query::Failure &failure = finished.outcome.error();
    if (mayTryAgain(failure)) {
        if (finished.began) { // else it was refused at the door, which is no attempt
            ++pending.attempt;
            ++m_retries;
        }
        if (m_recorder)
            m_recorder->requestReturned(found->first, finished.began);
        return; // queued again
    }
    log(protocol::MessageType::Error, std::format("{} failed: {}.", pending.feature->method, describe(failure)));
    fail(found, ErrorCode::InternalError, "The server could not answer; its log says more.");
}

/// A write, for one.
bool Session::mayTryAgain(const query::Failure &failure)
{
    return failure.kind == query::Failure::Kind::Cancelled && failure.why != query::Cancelled::Why::TooDeep;
}

void Session::finishDiagnostics(Finished &finished)
{
    if (m_recorder)
        m_recorder->requestEnded(trace::ownWork | finished.job, finished.outcome ? State::Answered : State::Cancelled);
    if (m_life != Life::Running || m_inputEnded)
        return; // After the reply to shutdown nothing is said.
    if (!finished.outcome) {
        if (mayTryAgain(finished.outcome.error()))
            return m_publisher.retry(finished.path);
        log(protocol::MessageType::Error,
            std::format("The diagnostics of {} failed: {}.", finished.path, describe(finished.outcome.error())));
        return m_publisher.giveUp(finished.path);
    }
    const Coordinates coordinates(m_documents, m_client.encoding, {finished.path, finished.lines}, finished.computed,
                                  finished.computed);
    const json::value findings = (*finished.outcome)(coordinates, m_client);
    const OpenDocument *document = m_documents.find(finished.path);
    if (m_recorder && document && document->instance == finished.instance)
        traceLook(finished.path, finished.revision, inUtf16(coordinates, *finished.outcome, findings));
    const auto cause = m_publisher.finished(finished.path, finished.instance, finished.version, findings);
    if (!document || !cause)
        return;
    if (m_client.pulls) {
        if (*cause == Publisher::Cause::Project)
            m_refresh.want();
        return;
    }
    json::object params{{"uri", document->uri}, {"diagnostics", findings}};
    if (m_client.takesVersions && finished.version)
        params["version"] = *finished.version;
    m_host.send(protocol::encodeNotification("textDocument/publishDiagnostics", params));
}

/// A record of the trace has UTF-16, whatever the client speaks.
json::value Session::inUtf16(const Coordinates &coordinates, Encode &encode, const json::value &encoded)
{
    return m_client.encoding == PositionEncoding::Utf16 ? encoded
                                                        : encode(coordinates.in(PositionEncoding::Utf16), m_client);
}

void Session::traceLook(const std::string &path, query::Revision revision, const json::value &diagnostics)
{
    std::vector<trace::Mistake> mistakes;
    for (const json::value &each : diagnostics.as_array()) {
        const auto read = protocol::fromJson<protocol::Diagnostic>(each);
        assert(read); // it was written here
        mistakes.push_back(
            {.line = std::uint32_t(read->range.start.line),
             .column = std::uint32_t(read->range.start.character),
             .endLine = std::uint32_t(read->range.end.line),
             .endColumn = std::uint32_t(read->range.end.character),
             .severity = std::to_underlying(read->severity.value_or(protocol::DiagnosticSeverity::Error)),
             .rule = read->code.value_or(""),
             .message = read->message});
    }
    m_recorder->looked(path, revision, std::move(mistakes));
}

/// What was read before a write came is kept; the next time goes on from there.
void Session::finishWarmUp(const Finished &finished)
{
    if (m_recorder)
        m_recorder->requestEnded(trace::ownWork | finished.job, finished.outcome ? State::Answered : State::Cancelled);
    m_isWarm = finished.outcome || !mayTryAgain(finished.outcome.error());
}

// Messages that change nothing.

void Session::handle(Received received)
{
    if (auto *request = std::get_if<ReceivedRequest>(&received)) {
        handle(std::move(*request));
    } else if (auto *notification = std::get_if<ReceivedNotification>(&received)) {
        handle(notification->notification);
    } else if (auto *fault = std::get_if<protocol::MessageFault>(&received)) {
        m_host.send(protocol::encodeError(fault->id, fault->code, fault->text));
    } else if (std::holds_alternative<EndOfInput>(received)) {
        m_inputEnded = true;
        ++m_ownMessages;
        abandon("The client has left.");
    } else {
        handle(std::get<protocol::Response>(received));
    }
}

void Session::handle(const protocol::Response &response)
{
    if (response.id == refreshId())
        m_refresh.answered();
    else if (response.id == configurationId())
        takeConfiguration(response);
    else if (response.id == progressId())
        beginProgress(response);
    else if (const auto *error = std::get_if<std::string>(&response.outcome); error && response.id == watchId())
        log(protocol::MessageType::Warning, std::format("Changes of files go unseen: {}", *error));
}

void Session::handle(ReceivedRequest received)
{
    const protocol::Request &request = received.request;
    if (m_life == Life::ShutDown)
        return refuse(received, ErrorCode::InvalidRequest, "The server has been shut down; only exit may follow.");
    if (request.method == "initialize") {
        if (m_life != Life::Fresh)
            return refuse(received, ErrorCode::InvalidRequest, "The server is initialized already.");
        return initialize(received);
    }
    if (m_life == Life::Fresh)
        return refuse(received, ErrorCode::ServerNotInitialized, "The first request must be initialize.");
    if (request.method == "shutdown")
        return shutDown(received);
    if (request.method == "workspace/executeCommand" && !m_host.commands.empty())
        return execute(received);
    const auto feature = std::ranges::find(m_host.features, request.method, &Feature::method);
    if (feature == m_host.features.end())
        return refuse(received, ErrorCode::MethodNotFound, std::format("There is no method {}.", request.method));
    if (received.token.isCancelled())
        return refuse(received, ErrorCode::RequestCancelled, "The client cancelled this request.");
    queue(std::move(received), *feature);
}

void Session::handle(const protocol::Notification &notification)
{
    const bool isFirst =
        notification.method == "initialized" && m_life == Life::Running && !std::exchange(m_isInitialized, true);
    if (isFirst && m_client.hasConfiguration)
        askForConfiguration();
    if (isFirst && m_client.registersWatchers)
        m_host.send(protocol::encodeRequest(watchId(), "client/registerCapability", protocol::toJson(watchedFiles())));
    if (notification.method == "nuages/checkProject" && m_life == Life::Running)
        askForCheck(notification.params);
    if (notification.method != "$/cancelRequest")
        return;
    // The reader thread has used the token. A request that no job works on would else never notice.
    for (auto pending = m_requests.begin(); pending != m_requests.end();) {
        const auto next = std::next(pending);
        if (pending->second.job == 0 && pending->second.token.isCancelled())
            fail(pending, ErrorCode::RequestCancelled, "The client cancelled this request.");
        pending = next;
    }
}

void Session::initialize(const ReceivedRequest &received)
{
    const auto params = protocol::fromJson<protocol::InitializeParams>(received.request.params);
    if (!params) {
        return refuse(received, ErrorCode::InvalidParams,
                      std::format("{} {}.", params.error().pointer, params.error().text));
    }
    m_client = traitsOf(*params);
    if (m_host.greet)
        m_host.greet(*params);
    answer(received, protocol::toJson(offer(m_client, m_host.commands)));
    openProjects(*params);
    m_life = Life::Running;
}

void Session::queue(ReceivedRequest received, const Feature &feature)
{
    const auto subject = subjectOf(feature, received.request.params);
    if (!subject && feature.resolves) // an item that was complete when it was sent
        return answer(received, received.request.params);
    if (!subject) {
        return refuse(received, ErrorCode::InvalidParams,
                      std::format("{} {}.", subject.error().pointer, subject.error().text));
    }
    const auto path = Documents::pathOf(subject->textDocument.uri);
    if (!path)
        return refuse(received, ErrorCode::InvalidParams, "/textDocument/uri is empty.");
    const OpenDocument *document = m_documents.find(*path);
    const bool isTemplate = document ? document->isTemplate : !path->ends_with(".py");
    if (!isTemplate && !feature.resolves)
        return answer(received, feature.nothing ? feature.nothing() : nullptr);

    const History::Lines lines = document ? document->history.present() : nullptr;
    std::shared_ptr<Question> question = questionAbout(*path, lines ? lines->text() : source::Text());
    if (!lines)
        question->closed = ClosedDocument{subject->position, m_client.encoding};
    else if (feature.atPosition)
        question->offset = toOffset(*lines, subject->position, m_client.encoding).value;
    question->params = std::move(received.request.params);
    Pending pending;
    pending.id = received.request.id;
    pending.token = received.token;
    pending.feature = &feature;
    pending.question = std::move(question);
    pending.lines = lines;
    pending.asked = m_moment;
    if (m_recorder)
        m_recorder->requestArrived(received.cookie, received.request.method, *path,
                                   document ? document->version : std::nullopt);
    m_requests.emplace(received.cookie, std::move(pending));
}

void Session::shutDown(const ReceivedRequest &received)
{
    m_life = Life::ShutDown;
    abandon("The server is shutting down.");
    answer(received, nullptr);
}

void Session::execute(const ReceivedRequest &received)
{
    const auto params = protocol::fromJson<protocol::ExecuteCommandParams>(received.request.params);
    if (!params)
        return refuse(received, ErrorCode::InvalidParams,
                      std::format("{} {}.", params.error().pointer, params.error().text));
    const auto command = std::ranges::find(m_host.commands, params->command, &Command::name);
    if (command == m_host.commands.end())
        return refuse(received, ErrorCode::InvalidParams, std::format("There is no command {}.", params->command));
    command->run();
    answer(received, nullptr);
}

void Session::abandon(std::string_view why)
{
    m_ownWork.cancel();
    for (const auto &[job, look] : m_looks)
        look.token.cancel();
    while (!m_requests.empty()) {
        m_requests.begin()->second.token.cancel();
        fail(m_requests.begin(), ErrorCode::RequestCancelled, why);
    }
}

// Work for the pool.

void Session::dispatch()
{
    if (m_life != Life::Running || m_inputEnded)
        return;
    for (auto pending = m_requests.begin(); pending != m_requests.end(); ++pending) {
        if (pending->second.job == 0 && mayStart(urgencyOf(pending->second)))
            start(pending);
    }
    while (mayStart(query::Urgency::Background)) {
        const auto path = m_publisher.next();
        if (!path)
            break;
        startDiagnostics(*path);
    }
    endTurns();
    if (m_notesDue && m_host.findNotes && m_publisher.isIdle() && mayStart(query::Urgency::Background))
        startNotes();
    while (hasCheckToStart() && m_publisher.isIdle() && mayStart(query::Urgency::Background))
        startCheck();
    if (m_running == 0 && !m_documents.all().empty() && m_host.warmUp && !m_isWarm)
        startWarmUp();
    if (m_running == 0 && wantsToWatch())
        m_inbox.lookAgain();
    askToPullAgain();
    m_documents.forget(oldestMoment());
}

query::Urgency Session::urgencyOf(const Pending &pending)
{
    return pending.attempt >= protectedAttempt ? query::Urgency::Protected : pending.feature->urgency;
}

bool Session::mayStart(query::Urgency urgency) const
{
    const bool isFree = urgency != query::Urgency::Background || m_runningBackground + 1 < std::max(m_host.slots, 2U);
    return m_running < m_host.slots && isFree;
}

std::shared_ptr<Question> Session::questionAbout(const std::string &path, const source::Text &text) const
{
    auto question = std::make_shared<Question>();
    question->given = m_given;
    question->path = path;
    question->text = text;
    question->client = m_client;
    return question;
}

void Session::start(Requests::iterator request)
{
    Pending &pending = request->second;
    pending.job = ++m_lastJob;
    pending.computed = m_moment;
    Finished header;
    header.job = pending.job;
    header.request = request->first;
    if (m_recorder)
        m_recorder->requestStarted(request->first);
    submit(m_engine.ticket(request->first, pending.token, urgencyOf(pending)), std::move(header), pending.question,
           pending.feature->find);
}

void Session::startDiagnostics(const std::string &path)
{
    const OpenDocument *document = m_documents.find(path);
    Finished header;
    header.job = ++m_lastJob;
    header.path = path;
    header.instance = document->instance;
    header.version = document->version;
    header.computed = m_moment;
    header.lines = document->history.present();
    std::shared_ptr<Question> question = questionAbout(path, header.lines->text());
    const Look &look = m_looks.emplace(header.job, Look{path, m_moment, {}, m_engine.clock().now()}).first->second;
    const query::RequestId work = trace::ownWork | header.job;
    if (m_recorder) {
        m_recorder->requestArrived(work, "textDocument/publishDiagnostics", path, document->version);
        m_recorder->requestStarted(work);
    }
    submit(m_engine.ticket(work, look.token), std::move(header), std::move(question), m_host.findDiagnostics);
}

/// When the first look will have lasted too long for those that wait; nullopt if none waits.
std::optional<query::Instant> Session::nextTurnEnd() const
{
    std::optional<query::Instant> first;
    if (!m_publisher.hasNext())
        return first;
    for (const auto &[job, look] : m_looks) {
        const query::Instant end = look.began + m_publisher.turnOf(look.path);
        if (!look.token.isCancelled() && end < first.value_or(std::numeric_limits<query::Instant>::max()))
            first = end;
    }
    return first;
}

/// Stops the looks that have lasted too long for those that wait. What they have found so far stays.
void Session::endTurns()
{
    const query::Instant now = m_engine.clock().now();
    if (const auto due = nextTurnEnd(); !due || *due > now)
        return;
    for (const auto &[job, look] : m_looks) {
        if (now >= look.began + m_publisher.turnOf(look.path) && !look.token.isCancelled()) {
            look.token.cancel();
            m_publisher.cutShort(look.path);
        }
    }
}

void Session::startWarmUp()
{
    m_isWarm = true;
    Finished header;
    header.job = ++m_lastJob;
    auto question = std::make_shared<Question>();
    question->given = m_given;
    const query::RequestId work = trace::ownWork | header.job;
    if (m_recorder) {
        m_recorder->requestArrived(work, "nuages/warmUp", {});
        m_recorder->requestStarted(work);
    }
    submit(m_engine.ticket(work, m_ownWork), std::move(header), std::move(question), m_host.warmUp);
}

void Session::submit(query::Ticket ticket, Finished header, std::shared_ptr<const Question> question, Find find)
{
    ++m_running;
    auto asked = std::make_shared<Asked>(std::move(question), find, *m_writes, m_writes);
    const query::Urgency urgency = ticket.urgency();
    header.isBackground = urgency == query::Urgency::Background;
    header.revision = m_engine.revision();
    m_runningBackground += header.isBackground;
    auto work = query::task(
        std::move(ticket), [](query::Reader &db, std::shared_ptr<const Asked> what) { return server::find(db, *what); },
        std::shared_ptr<const Asked>(asked));
    m_host.submit(urgency,
                  [work = std::move(work), header = std::move(header), asked = std::move(asked), finished = m_finished,
                   ring = m_host.ring]() mutable {
                      header.outcome = query::runTask(std::move(work));
                      header.began = asked->began.load(std::memory_order_relaxed);
                      if (finished->put(std::move(header)))
                          ring();
                  });
}

Session::Moment Session::oldestMoment() const
{
    Moment oldest = m_moment;
    for (const auto &[job, look] : m_looks)
        oldest = std::min(oldest, look.computed);
    for (const auto &[cookie, pending] : m_requests)
        oldest = std::min(oldest, pending.asked);
    return oldest;
}

// Replies.

void Session::reply(Requests::iterator pending, const json::value &result)
{
    if (m_recorder)
        m_recorder->requestEnded(pending->first, State::Answered, result.is_null());
    m_host.send(protocol::encodeResult(pending->second.id, result));
    if (pending->second.attempt == 0 || !NUAGES_SESSION_MUTATED(SecondReply))
        erase(pending);
}

void Session::fail(Requests::iterator pending, ErrorCode code, std::string_view text)
{
    if (m_recorder)
        m_recorder->requestEnded(pending->first,
                                 code == ErrorCode::RequestCancelled ? State::Cancelled : State::Failed);
    m_host.send(protocol::encodeError(pending->second.id, code, text));
    erase(pending);
}

void Session::erase(Requests::iterator pending)
{
    m_inbox.forget(pending->second.id, pending->first);
    m_requests.erase(pending);
}

void Session::answer(const ReceivedRequest &received, const json::value &result)
{
    m_host.send(protocol::encodeResult(received.request.id, result));
    m_inbox.forget(received.request.id, received.cookie);
}

void Session::refuse(const ReceivedRequest &received, ErrorCode code, std::string_view text)
{
    m_host.send(protocol::encodeError(received.request.id, code, text));
    m_inbox.forget(received.request.id, received.cookie);
}

void Session::log(protocol::MessageType type, const std::string &text)
{
    const protocol::LogMessageParams params{type, text};
    m_host.send(protocol::encodeNotification("window/logMessage", protocol::toJson(params)));
}

/// When all documents have been looked at, so that one question is enough for them.
void Session::askToPullAgain()
{
    if (m_publisher.isIdle() && m_refresh.ask(m_engine.clock().now()))
        m_host.send(protocol::encodeRequest(refreshId(), "workspace/diagnostic/refresh", nullptr));
}

} // namespace nuages::server
