#include "tests/ui/views/madeupproject.h"

#include "lsp/protocol/message.h"
#include "lsp/protocol/types/diagnostics.h"
#include "lsp/protocol/types/documents.h"
#include "tests/ui/views/servertext.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

const QString names[MadeUpProject::fileCount] = {u"base.html"_s, u"cart.html"_s, u"home.html"_s};

template <class Params>
void emitNotification(link::Link &link, const char *method, const Params &params)
{
    Q_EMIT link.messageReceived(
        QByteArray::fromStdString(protocol::encodeNotification(method, protocol::toJson(params))));
}

protocol::Message decoded(const QByteArray &body) { return protocol::decode(body.toStdString()).value(); }

} // namespace

MadeUpProject::MadeUpProject()
{
    QDir(root()).mkdir(u"templates"_s);
    for (int file = 0; file < fileCount; ++file) {
        QFile written(pathOf(file));
        if (written.open(QIODevice::WriteOnly))
            written.write("{# " + names[file].toUtf8() + " #}\n<p>{{ shop }}</p>\n");
    }
}

QString MadeUpProject::pathOf(int file) const { return root() + u"/templates/"_s + names[file]; }

std::shared_ptr<const trace::Batch> MadeUpProject::first()
{
    auto batch = begin();
    for (int file = 0; file < fileCount; ++file) {
        const std::string path = pathOf(file).toStdString();
        const std::string key = "templates/" + names[file].toStdString();
        batch->nodes.push_back({idOf(file, Stamp), "File", key, "stamp", path, true});
        batch->nodes.push_back({idOf(file, Text), "Text", key, {}, path, false});
        batch->nodes.push_back({idOf(file, Tree), "Tree", key, {}, path, false});
        batch->nodes.push_back({idOf(file, Findings), "Findings", key, {}, path, false});
        trace::FileRecord record;
        record.path = path;
        record.shown = key;
        record.status = trace::FileRecord::Status::Disk;
        record.changedAt = 1;
        batch->files.push_back(std::move(record));
        for (const Stage stage : {Text, Tree, Findings}) {
            run(*batch, idOf(file, stage), trace::Outcome::ExecutedNew, 0);
            trace::Memo memo;
            memo.node = idOf(file, stage);
            memo.changedAt = memo.verifiedAt = m_revision;
            memo.reads = {idOf(file, Stage(stage - 1))};
            if (stage == Findings && file > 0)
                memo.reads.push_back(idOf(0, Tree));
            batch->memos.push_back(std::move(memo));
        }
    }
    return batch;
}

std::shared_ptr<const trace::Batch> MadeUpProject::edit(int file)
{
    auto batch = begin();
    batch->commits.push_back({m_revision, "textDocument/didChange", query::Durability::Low, 1, ++m_sequence});
    run(*batch, idOf(file, Stamp), trace::Outcome::InputSet, 0);
    for (const Stage stage : {Text, Tree, Findings})
        run(*batch, idOf(file, stage), trace::Outcome::ExecutedChanged, idOf(file, Stage(stage - 1)));
    batch->requests.push_back({.id = m_revision,
                               .method = "textDocument/hover",
                               .document = pathOf(file).toStdString(),
                               .state = trace::RequestRecord::State::Answered,
                               .begun = m_revision,
                               .ended = m_revision,
                               .attempts = 1,
                               .at = 1,
                               .durationNs = 1000});
    return batch;
}

std::shared_ptr<trace::Batch> MadeUpProject::begin()
{
    auto batch = std::make_shared<trace::Batch>();
    batch->revision = ++m_revision;
    batch->number = m_revision;
    for (const char *kind : {"Findings", "Text", "Tree"})
        batch->kinds.push_back({kind, false, fileCount, {}});
    batch->kinds.push_back({"File", true, fileCount, {}});
    return batch;
}

void MadeUpProject::run(trace::Batch &batch, trace::NodeId node, trace::Outcome outcome, trace::NodeId cause)
{
    trace::Execution execution;
    execution.node = node;
    execution.revision = m_revision;
    execution.outcome = outcome;
    execution.reason = cause == 0 ? query::Reason::NeverComputed : query::Reason::DependencyChanged;
    execution.cause = cause;
    execution.selfNs = execution.durationNs = 1'000'000;
    execution.since = m_revision - 1;
    execution.sequence = ++m_sequence;
    execution.edges = 1;
    batch.executions.push_back(execution);
}

QStringList FakeLink::methods() const
{
    QStringList methods;
    for (const QByteArray &body : m_sent) {
        const protocol::Message message = decoded(body);
        if (const auto *request = std::get_if<protocol::Request>(&message))
            methods << QString::fromStdString(request->method);
        else if (const auto *notification = std::get_if<protocol::Notification>(&message))
            methods << QString::fromStdString(notification->method);
        else
            methods << QString();
    }
    return methods;
}

QString FakeLink::textOf(const QString &path) const
{
    const std::string uri = QUrl::fromLocalFile(path).toEncoded().toStdString();
    std::optional<ServerText> text;
    for (const QByteArray &body : m_sent) {
        const protocol::Message message = decoded(body);
        const auto *notification = std::get_if<protocol::Notification>(&message);
        if (!notification)
            continue;
        if (notification->method == "textDocument/didOpen") {
            const auto params = protocol::fromJson<protocol::DidOpenTextDocumentParams>(notification->params).value();
            if (params.textDocument.uri == uri)
                text.emplace(QString::fromStdString(params.textDocument.text));
        } else if (notification->method == "textDocument/didChange") {
            const auto params = protocol::fromJson<protocol::DidChangeTextDocumentParams>(notification->params).value();
            if (params.textDocument.uri != uri)
                continue;
            for (const auto &edit : params.contentChanges) {
                if (!text || !text->apply(edit))
                    return {};
            }
        }
    }
    return text ? text->text() : QString();
}

void FakeLink::answerInitialize()
{
    for (const QByteArray &body : m_sent) {
        const protocol::Message message = decoded(body);
        const auto *request = std::get_if<protocol::Request>(&message);
        if (request && request->method == "initialize")
            Q_EMIT messageReceived(QByteArray::fromStdString(
                protocol::encodeResult(request->id, boost::json::object{{"capabilities", boost::json::object()}})));
    }
}

void FakeLink::notify(std::string_view method, const boost::json::value &params)
{
    Q_EMIT messageReceived(QByteArray::fromStdString(protocol::encodeNotification(method, params)));
}

void FakeLink::publish(const QString &path, std::string_view message, int line)
{
    protocol::Diagnostic diagnostic;
    diagnostic.range = {{line, 0}, {line, 3}};
    diagnostic.message = message;
    emitNotification(
        *this, "textDocument/publishDiagnostics",
        protocol::PublishDiagnosticsParams{QUrl::fromLocalFile(path).toEncoded().toStdString(), {}, {diagnostic}});
}

} // namespace nuages::tests

#include "madeupproject.moc"
