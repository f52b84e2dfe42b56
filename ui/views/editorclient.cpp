#include "ui/views/editorclient.h"

#include "lsp/protocol/types/lifecycle.h"

#include <QCoreApplication>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr std::int64_t initializeId = 1;
constexpr std::int64_t shutdownId = 2;
constexpr std::string_view checkToken = "check"; ///< Of the progress of checkProject().

std::string uriOf(const QString &path) { return QUrl::fromLocalFile(path).toEncoded().toStdString(); }

QString pathOf(const std::string &uri) { return QUrl(QString::fromStdString(uri)).toLocalFile(); }

protocol::InitializeParams introduction(const QString &workspace)
{
    protocol::InitializeParams params;
    params.processId = QCoreApplication::applicationPid();
    params.clientInfo = protocol::ClientInfo{"nuages-inspector", {}};
    params.rootUri = uriOf(workspace);
    params.capabilities.general = protocol::GeneralClientCapabilities{{{"utf-16"}}};
    params.capabilities.textDocument.emplace().publishDiagnostics =
        protocol::PublishDiagnosticsClientCapabilities{false, true, false};
    return params;
}

/// The files that the server has something to say of beside templates: settings and configuration.
bool isTemplate(const QString &path) { return !path.endsWith(u".py") && !path.endsWith(u".toml"); }

template <class Params>
QByteArray notification(const char *method, const Params &params)
{
    return QByteArray::fromStdString(protocol::encodeNotification(method, protocol::toJson(params)));
}

} // namespace

void EditorClient::start(const QString &workspace)
{
    Q_ASSERT(m_life == Life::Fresh);
    m_life = Life::Initializing;
    Q_EMIT bodyReady(QByteArray::fromStdString(
        protocol::encodeRequest(initializeId, "initialize", protocol::toJson(introduction(workspace)))));
}

void EditorClient::lookOn()
{
    Q_ASSERT(m_life == Life::Fresh);
    m_life = Life::LookingOn;
}

void EditorClient::stop()
{
    if (m_life == Life::Fresh || m_life == Life::Stopped || m_life == Life::LookingOn)
        return;
    m_life = Life::Stopped;
    Q_EMIT bodyReady(QByteArray::fromStdString(protocol::encodeRequest(shutdownId, "shutdown", nullptr)));
    Q_EMIT bodyReady(QByteArray::fromStdString(protocol::encodeNotification("exit", nullptr)));
}

void EditorClient::open(const QString &path, const QString &text)
{
    Document &document = m_documents[path];
    if (document.isOpen)
        return;
    document.isOpen = true;
    ++document.version;
    notify("textDocument/didOpen",
           protocol::DidOpenTextDocumentParams{
               {uriOf(path), path.endsWith(u".py") ? "python" : "django-html", document.version, text.toStdString()}});
}

void EditorClient::change(const QString &path, const protocol::TextDocumentContentChangeEvent &edit)
{
    Document &document = m_documents[path];
    Q_ASSERT(document.isOpen);
    ++document.version;
    notify("textDocument/didChange", protocol::DidChangeTextDocumentParams{{uriOf(path), document.version}, {edit}});
}

void EditorClient::close(const QString &path)
{
    if (!isOpen(path))
        return;
    m_documents[path].isOpen = false;
    notify("textDocument/didClose", protocol::DidCloseTextDocumentParams{{uriOf(path)}});
}

void EditorClient::checkProject()
{
    post(QByteArray::fromStdString(
        protocol::encodeNotification("nuages/checkProject", {{"workDoneToken", checkToken}})));
}

bool EditorClient::isOpen(const QString &path) const
{
    const auto found = m_documents.find(path);
    return found != m_documents.end() && found->second.isOpen;
}

int EditorClient::version(const QString &path) const
{
    const auto found = m_documents.find(path);
    return found == m_documents.end() ? 0 : found->second.version;
}

const std::vector<protocol::Diagnostic> &EditorClient::diagnostics(const QString &path) const
{
    static const std::vector<protocol::Diagnostic> none;
    const auto found = m_documents.find(path);
    return found == m_documents.end() ? none : found->second.diagnostics;
}

std::size_t EditorClient::findingCount() const
{
    std::size_t count = 0;
    for (const auto &[path, document] : m_documents)
        count += isTemplate(path) ? document.diagnostics.size() : 0;
    return count;
}

template <class Params>
void EditorClient::notify(const char *method, const Params &params)
{
    post(notification(method, params));
}

void EditorClient::post(QByteArray body)
{
    if (m_life == Life::Ready)
        Q_EMIT bodyReady(body);
    else if (m_life != Life::Stopped && m_life != Life::LookingOn)
        m_waiting.push_back(std::move(body));
}

void EditorClient::receive(const QByteArray &body)
{
    const auto message = protocol::decode(std::string_view(body.constData(), std::size_t(body.size())));
    if (!message) {
        Q_EMIT said({protocol::MessageType::Error, false,
                     tr("message not understood: %1").arg(QString::fromStdString(message.error().text))});
        return;
    }
    std::visit([this](const auto &kind) { handle(kind); }, *message);
}

void EditorClient::handle(const protocol::Notification &notification)
{
    if (notification.method == "textDocument/publishDiagnostics") {
        auto params = protocol::fromJson<protocol::PublishDiagnosticsParams>(notification.params);
        if (!params)
            return;
        const QString path = pathOf(params->uri);
        m_documents[path].diagnostics = std::move(params->diagnostics);
        Q_EMIT diagnosticsChanged(path);
    } else if (notification.method == "window/logMessage" || notification.method == "window/showMessage") {
        if (const auto params = protocol::fromJson<protocol::ShowMessageParams>(notification.params))
            Q_EMIT said(
                {params->type, notification.method == "window/showMessage", QString::fromStdString(params->message)});
    } else if (notification.method == "$/progress") {
        showProgress(notification.params);
    }
}

void EditorClient::showProgress(const boost::json::value &params)
{
    const auto textAt = [](const boost::json::value &object, std::string_view key) {
        const boost::json::value *value = object.is_object() ? object.as_object().if_contains(key) : nullptr;
        return value && value->is_string() ? QString::fromStdString(std::string(value->as_string())) : QString();
    };
    const boost::json::object *object = params.if_object();
    const boost::json::value *value = object ? object->if_contains("value") : nullptr;
    if (!value)
        return;
    if (const QString title = textAt(*value, "title"); !title.isEmpty())
        m_progressTitle = title;
    const QString message = textAt(*value, "message");
    m_progress = textAt(*value, "kind") == "end"_L1 ? QString()
        : message.isEmpty()                         ? m_progressTitle
                                                    : m_progressTitle + u": "_s + message;
    Q_EMIT progressChanged();
}

// Whatever the server asks of its client, such as to register for files, is granted and needs nothing done here.
void EditorClient::handle(const protocol::Request &request)
{
    if (m_life != Life::LookingOn)
        Q_EMIT bodyReady(QByteArray::fromStdString(protocol::encodeResult(request.id, nullptr)));
}

void EditorClient::handle(const protocol::Response &response)
{
    if (m_life != Life::Initializing || response.id != protocol::RequestId(initializeId))
        return;
    if (const auto *error = std::get_if<std::string>(&response.outcome)) {
        Q_EMIT said({protocol::MessageType::Error, true, QString::fromStdString(*error)});
        return;
    }
    m_life = Life::Ready;
    Q_EMIT bodyReady(notification("initialized", protocol::InitializedParams()));
    for (const QByteArray &body : std::exchange(m_waiting, {}))
        Q_EMIT bodyReady(body);
    Q_EMIT becameReady();
}

} // namespace nuages::views
