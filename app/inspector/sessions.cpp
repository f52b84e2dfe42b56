#include "app/inspector/sessions.h"

#include "engine/recording/places.h"
#include "ui/link/link.h"
#include "ui/models/inspection.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>

#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::app {

namespace {

recording::About aboutSessionOf(const QString &workspace)
{
    const QString program = QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion();
    return {.program = program.toStdString(),
            .workspace = workspace.toStdString(),
            .started = QDateTime::currentSecsSinceEpoch()};
}

} // namespace

SessionKeeper::SessionKeeper(link::Link &link, const QString &path, const QString &workspace, std::uint64_t maxBytes)
    : m_link(link),
      m_recording(
          path.toStdString(), aboutSessionOf(workspace), {.bytes = maxBytes}, [this](const std::string &sentence) {
              QMetaObject::invokeMethod(
                  this, [this, text = QString::fromStdString(sentence)] { Q_EMIT failed(text); }, Qt::QueuedConnection);
          })
{
    const auto keep = [this](bool isFromClient) {
        return [this, isFromClient](const QByteArray &body) {
            m_recording.add({query::steadyClock().now(), isFromClient, body.toStdString()});
        };
    };
    connect(&link, &link::Link::messageSent, this, keep(true));
    connect(&link, &link::Link::messageReceived, this, keep(false));
    connect(&link, &link::Link::traced, this,
            [this](const std::shared_ptr<const trace::Batch> &batch) { m_recording.add(batch); });
}

void SessionKeeper::stop() { m_link.disconnect(this); }

void SessionKeeper::copyTo(const QString &path, std::function<void(QString)> done)
{
    m_recording.copyTo(path.toStdString(), [this, done = std::move(done)](const recording::Recording::Result &result) {
        const QString fault = result ? QString() : QString::fromStdString(result.error());
        QMetaObject::invokeMethod(this, [done, fault] { done(fault); }, Qt::QueuedConnection);
    });
}

void SessionKeeper::readBackFor(models::Inspection &inspection)
{
    connect(&inspection, &models::Inspection::thinnedShown, this, [this, &inspection](std::uint32_t revision) {
        m_recording.readBack(revision, [this, &inspection, revision](trace::RevisionEvents happened) {
            QMetaObject::invokeMethod(
                this,
                [&inspection, revision, happened = std::move(happened)]() mutable {
                    inspection.restore(revision, std::move(happened));
                },
                Qt::QueuedConnection);
        });
    });
}

// Of a folder that is not ours alone neither rights nor files are touched.
QString sessionFolder(const views::Settings &settings)
{
    return settings.sessionFolder.isEmpty() ? QString::fromStdString(recording::sessionFolder())
                                            : QDir(settings.sessionFolder).absoluteFilePath(u"nuages"_s);
}

QString newSession(const QString &workspace, const views::Settings &settings)
{
    const std::string folder = sessionFolder(settings).toStdString();
    if (folder.empty())
        return {};
    recording::tidy(folder, std::uint64_t(settings.allMegabytes) << 20);
    return QString::fromStdString(
        recording::sessionPath(folder, aboutSessionOf(workspace), long(QCoreApplication::applicationPid())));
}

} // namespace nuages::app
