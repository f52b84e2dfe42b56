#include "tests/ui/attach/watching.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace nuages::tests {

namespace {

constexpr int longestWaitMs = 60'000; // For a machine under load.
const json::value page = {{"uri", "file://" NUAGES_DEMO "/templates/drafts/sale.html"}};

} // namespace

Meeting::Meeting()
{
    QDir().mkpath(file(u"run"_s));
    QDir().mkpath(file(u"home"_s));
    m_environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    m_environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    m_environment.insert(u"HOME"_s, file(u"home"_s));
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, file(u"run"_s));
    m_environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
}

bool Meeting::comesTo(qint64 process) const
{
    const QString socket = u"%1/%2.sock"_s.arg(sockets()).arg(process);
    return QTest::qWaitFor([&] { return QFileInfo::exists(socket); }, longestWaitMs);
}

Attachment::Attachment(const Meeting &meeting, const QStringList &more)
{
    m_process.setProcessEnvironment(meeting.environment());
    m_process.start(QStringLiteral(NUAGES_INSPECTOR), QStringList{u"--attach"_s} + more);
    QByteArray said;
    while (!said.contains('\n') && m_process.waitForReadyRead(longestWaitMs))
        said += m_process.readAllStandardOutput();
    m_isAttached = said.startsWith("looking at process ");
}

Attachment::~Attachment() { kill(); }

void Attachment::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

int Attachment::waitForExit()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(longestWaitMs))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

json::object Typist::begin()
{
    const json::value reply = m_client.request(
        "initialize", {{"processId", nullptr}, {"rootUri", "file://" NUAGES_DEMO}, {"capabilities", json::object()}});
    m_client.notify("initialized", json::object());
    const json::value *capabilities = reply.as_object().if_contains("capabilities");
    return capabilities ? capabilities->as_object() : json::object();
}

void Typist::open()
{
    json::object document = page.as_object();
    document["languageId"] = "django-html";
    document["version"] = m_version;
    document["text"] = "{% load catalog_tags %}\n{{ price|money }}\n";
    m_client.notify("textDocument/didOpen", {{"textDocument", document}});
}

void Typist::type(std::string_view text)
{
    json::object document = page.as_object();
    document["version"] = ++m_version;
    const json::value begin = {{"line", 2}, {"character", 0}};
    const json::value end = {{"line", 3}, {"character", 0}};
    m_client.notify("textDocument/didChange",
                    {{"textDocument", document},
                     {"contentChanges", json::array{{{"range", {{"start", begin}, {"end", end}}}, {"text", text}}}}});
}

json::value Typist::complete()
{
    return m_client.request("textDocument/completion",
                            {{"textDocument", page}, {"position", {{"line", 2}, {"character", 3}}}});
}

int Typist::leave()
{
    m_client.request("shutdown", nullptr);
    m_client.notify("exit", nullptr);
    return m_client.waitForExit();
}

} // namespace nuages::tests
