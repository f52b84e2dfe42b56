// Other projects: each is looked at in a window of its own.
#include "ui/views/mainwindow.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr qsizetype recentProjects = 10;

/// The first folder or session among what is dragged; empty if there is none.
QString projectIn(const QMimeData &dragged)
{
    for (const QUrl &url : dragged.urls()) {
        if (const QString path = url.toLocalFile(); QFileInfo(path).isDir() || path.endsWith(sessionSuffix))
            return path;
    }
    return {};
}

QStringList recent() { return QSettings().value("projects/recent").toStringList(); }

} // namespace

void MainWindow::askForProject()
{
    auto *dialog = new QFileDialog(this, tr("Open project"), m_workspace);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::projectAsked);
    dialog->open();
}

void MainWindow::rememberProject()
{
    QStringList projects = recent();
    if (projects.isEmpty())
        showNotice(tr("New here? A recorded session of a small shop shows what there is to see."), u"demoSession"_s);
    projects.removeAll(m_workspace);
    projects.prepend(m_workspace);
    QSettings().setValue("projects/recent", projects.mid(0, recentProjects));
}

QString MainWindow::lastProject()
{
    const QStringList projects = recent();
    const auto found = std::ranges::find_if(projects, [](const QString &folder) { return QFileInfo(folder).isDir(); });
    return found == projects.end() ? QString() : *found;
}

void MainWindow::showRecent()
{
    m_recent->clear();
    for (const QString &folder : recent()) {
        if (folder == m_workspace || !QFileInfo(folder).isDir())
            continue;
        QString shown = folder;
        connect(m_recent->addAction(shown.replace(u'&', u"&&"_s)), &QAction::triggered, this,
                [this, folder] { Q_EMIT projectAsked(folder); });
    }
    if (m_recent->isEmpty())
        m_recent->addAction(tr("None yet"))->setEnabled(false);
}

void MainWindow::showServers()
{
    m_servers->clear();
    for (const Server &server : m_listServers ? m_listServers() : std::vector<Server>()) {
        QString shown = server.text;
        connect(m_servers->addAction(shown.replace(u'&', u"&&"_s)), &QAction::triggered, this,
                [this, process = server.process] { Q_EMIT serverAsked(process); });
    }
    if (m_servers->isEmpty())
        m_servers->addAction(tr("None is running"))->setEnabled(false);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!projectIn(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    if (const QString path = projectIn(*event->mimeData()); !path.isEmpty()) {
        event->acceptProposedAction();
        Q_EMIT projectAsked(path);
    }
}

} // namespace nuages::views
