#include "lsp/protocol/json.h"
#include "lsp/server/options.h"
#include "lsp/server/session.h"
#include "lsp/server/uri.h"

#include "engine/source/path.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

/// What a session and its client tell each other of projects as a whole: folders, configuration, what people should
/// know of them, and that they are being read.

namespace json = boost::json;

namespace nuages::server {

namespace {

constexpr std::string_view readingToken = "nuages-reading";

json::value progress(json::object value) { return {{"token", readingToken}, {"value", std::move(value)}}; }

} // namespace

protocol::RequestId Session::configurationId() { return std::string("nuages-configuration"); }

protocol::RequestId Session::progressId() { return std::string("nuages-progress"); }

std::vector<std::string> Session::foldersOf(const std::vector<protocol::WorkspaceFolder> &folders)
{
    std::vector<std::string> paths;
    for (const protocol::WorkspaceFolder &folder : folders) {
        if (const auto path = pathOfUri(folder.uri); path && !path->empty())
            paths.push_back(source::normalPath(*path));
    }
    return paths;
}

std::vector<std::string> Session::foldersOf(const protocol::InitializeParams &params)
{
    std::vector<std::string> folders =
        foldersOf(params.workspaceFolders.value_or(std::vector<protocol::WorkspaceFolder>()));
    for (const std::optional<std::string> &path :
         {params.rootUri ? pathOfUri(*params.rootUri) : std::nullopt, params.rootPath}) {
        if (folders.empty() && path && !path->empty())
            folders.push_back(source::normalPath(*path));
    }
    return folders;
}

void Session::openProjects(const protocol::InitializeParams &params)
{
    m_folders = foldersOf(params);
    m_firstOptions = params.initializationOptions.value_or(nullptr);
    project::GivenData given = givenNow();
    std::vector<source::Files::Root> roots;
    for (const std::string &folder : given.folders)
        roots.push_back({folder, query::Durability::Low});
    for (const std::string &folder : given.options.sitePackages)
        roots.push_back({folder, query::Durability::High});
    m_files.setRoots(std::move(roots));
    // No reader was ever opened, so this cannot wait.
    m_engine.write("initialize", [&](query::Transaction &tx) {
        m_given = tx.create<project::Given>(std::move(given), query::Durability::Medium);
    });
}

project::GivenData Session::givenNow() const
{
    project::GivenData given = m_host.given;
    if (!m_folders.empty())
        given.folders = m_folders;
    const project::Configuration first =
        project::merged(readOptions(given.folders, m_firstOptions), std::move(given.options));
    given.options = project::merged(readOptions(given.folders, m_options), first);
    return given;
}

void Session::giveAgain(query::Transaction &tx)
{
    project::GivenData given = givenNow();
    tx.set<&project::GivenData::folders>(m_given, std::move(given.folders));
    tx.set<&project::GivenData::options>(m_given, std::move(given.options));
    m_isWarm = false;
}

void Session::changeFolders(const protocol::DidChangeWorkspaceFoldersParams &params, query::Transaction &tx)
{
    for (const std::string &gone : foldersOf(params.event.removed))
        std::erase(m_folders, gone);
    for (std::string &come : foldersOf(params.event.added)) {
        if (!std::ranges::contains(m_folders, come))
            m_folders.push_back(std::move(come));
    }
    giveAgain(tx);
}

/// Clients that can be asked say nothing of use here; others send their settings, all of them or our section alone.
void Session::changeConfiguration(const json::value &params, query::Transaction &tx)
{
    if (m_client.hasConfiguration)
        return askForConfiguration();
    const json::object *object = params.if_object();
    const json::value *settings = object ? object->if_contains("settings") : nullptr;
    const json::object *sections = settings ? settings->if_object() : nullptr;
    const json::value *ours = sections ? sections->if_contains("nuages") : nullptr;
    m_options = ours ? *ours : settings ? *settings : json::value();
    giveAgain(tx);
}

void Session::askForConfiguration()
{
    m_host.send(
        protocol::encodeRequest(configurationId(), "workspace/configuration", {{"items", {{{"section", "nuages"}}}}}));
}

void Session::takeConfiguration(const protocol::Response &response)
{
    const json::value *result = std::get_if<json::value>(&response.outcome);
    const json::array *items = result ? result->if_array() : nullptr;
    if (!items || items->empty() || items->front() == m_options)
        return;
    m_options = items->front();
    m_isOptionsNew = true;
    m_inbox.lookAgain(); // as it is an edit
}

// Notes.

void Session::startNotes()
{
    m_notesDue = false;
    Finished header;
    header.job = ++m_lastJob;
    header.isNotes = true;
    header.computed = m_moment;
    auto question = std::make_shared<Question>();
    question->given = m_given;
    for (const auto &[path, document] : m_documents.all())
        question->paths.push_back(path);
    if (m_check.isAsked)
        std::ranges::copy(givenNow().folders, std::back_inserter(question->paths));
    const Look &look = m_looks.emplace(header.job, Look{{}, m_moment, {}, m_engine.clock().now()}).first->second;
    const query::RequestId work = trace::ownWork | header.job;
    if (m_recorder) {
        m_recorder->requestArrived(work, "nuages/notes", {});
        m_recorder->requestStarted(work);
    }
    query::Ticket ticket = m_engine.ticket(work, look.token);
    submit(std::move(ticket), std::move(header), std::move(question), m_host.findNotes);
}

void Session::finishNotes(Finished &finished)
{
    endProgress();
    if (m_recorder) {
        using State = trace::RequestRecord::State;
        m_recorder->requestEnded(trace::ownWork | finished.job, finished.outcome ? State::Answered : State::Cancelled);
    }
    if (!finished.outcome) {
        m_notesDue |= mayTryAgain(finished.outcome.error());
        return;
    }
    if (m_life != Life::Running || m_inputEnded)
        return;
    const Coordinates coordinates(m_documents, m_client.encoding, {}, finished.computed, finished.computed);
    const json::value notes = (*finished.outcome)(coordinates, m_client);
    for (const json::value &message : notes.at("messages").as_array())
        say(message);
    std::map<std::string, json::value> files;
    for (const json::value &file : notes.at("files").as_array())
        files[std::string(file.at("uri").as_string())] = file.at("diagnostics");
    for (const auto &[uri, diagnostics] : m_noted) {
        if (!files.contains(uri))
            publishNotes(uri, json::array());
    }
    for (const auto &[uri, diagnostics] : files) {
        const auto known = m_noted.find(uri);
        if (known == m_noted.end() || known->second != diagnostics)
            publishNotes(uri, diagnostics);
    }
    m_noted = std::move(files);
}

/// Each once in a session.
void Session::say(const json::value &message)
{
    if (!m_said.insert(json::serialize(message)).second)
        return;
    const bool isForLog = message.at("type") == std::to_underlying(protocol::MessageType::Log);
    m_host.send(protocol::encodeNotification(isForLog ? "window/logMessage" : "window/showMessage", message));
}

void Session::publishNotes(const std::string &uri, const json::value &diagnostics)
{
    m_host.send(
        protocol::encodeNotification("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", diagnostics}}));
}

// Progress: from the first open document to the first notes.

void Session::askForProgress()
{
    if (m_progress != Progress::None || !m_client.showsProgress || !m_host.findNotes)
        return;
    m_progress = Progress::Asked;
    m_host.send(protocol::encodeRequest(progressId(), "window/workDoneProgress/create", {{"token", readingToken}}));
}

void Session::beginProgress(const protocol::Response &response)
{
    if (m_progress != Progress::Asked)
        return;
    m_progress = std::holds_alternative<std::string>(response.outcome) ? Progress::Over : Progress::Shown;
    if (m_progress == Progress::Shown)
        m_host.send(protocol::encodeNotification(
            "$/progress", progress({{"kind", "begin"}, {"title", "Reading the Django project"}})));
}

void Session::endProgress()
{
    if (std::exchange(m_progress, Progress::Over) == Progress::Shown)
        m_host.send(protocol::encodeNotification("$/progress", progress({{"kind", "end"}})));
}

} // namespace nuages::server
