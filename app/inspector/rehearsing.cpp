#include "app/inspector/rehearsing.h"

#include "app/rehearsal.h"

namespace nuages::app {

namespace {

Overlay overlayOf(const link::FileText &file) { return {file.path.toStdString(), file.text.toStdString()}; }

} // namespace

Rehearsing::Rehearsing(link::Link &link) : m_link(link) { m_thread.setMaxThreadCount(1); }

Rehearsing::~Rehearsing()
{
    stop();
    m_thread.waitForDone();
}

void Rehearsing::start(const link::Trial &trial)
{
    stop();
    m_stop = query::CancelToken();
    Rehearsal rehearsal{.root = trial.root.toStdString(), .now = {}, .then = overlayOf(trial.then)};
    for (const link::FileText &file : trial.now)
        rehearsal.now.push_back(overlayOf(file));
    m_thread.start([link = &m_link, stop = m_stop, rehearsal = std::move(rehearsal)] {
        const auto ran = rehearse(rehearsal, stop, [link](RehearsalProgress progress) {
            const bool isEdited = progress.stage == RehearsalProgress::Stage::Editing;
            QMetaObject::invokeMethod(
                link, [link, isEdited, portions = progress.portions] { Q_EMIT link->rehearsing(isEdited, portions); },
                Qt::QueuedConnection);
        });
        QStringList names;
        QString fault;
        if (!ran)
            fault = QString::fromStdString(ran.error().sentence);
        else
            for (const std::string &name : *ran)
                names << QString::fromStdString(name);
        QMetaObject::invokeMethod(
            link, [link, names, fault] { Q_EMIT link->rehearsed(names, fault); }, Qt::QueuedConnection);
    });
}

} // namespace nuages::app
