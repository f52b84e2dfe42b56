// Sessions in files: recorded by this window, or shown by it.
#include "ui/views/codeeditor.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>

#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr qsizetype recentSessions = 10;
constexpr auto settingsKey = "sessions/recent";

QString filter() { return MainWindow::tr("Sessions (*%1)").arg(sessionSuffix); }

} // namespace

void MainWindow::setRecorded(const QString &title)
{
    m_isRecorded = true;
    setWindowTitle(tr("Nuages: %1").arg(title));
    setChecksByItself(false);
    m_source->setTypes(false);
    refresh();
    showPause();
    showFigures();
}

void MainWindow::setSaver(Saver saver)
{
    m_saver = std::move(saver);
    commandNamed(u"saveSession"_s)->setEnabled(m_saver != nullptr);
}

void MainWindow::setRecords(bool records)
{
    m_records = records;
    showPause();
}

void MainWindow::setSessionFolder(const QString &folder) { m_sessionFolder = folder; }

void MainWindow::rememberSession(const QString &path)
{
    QStringList sessions = QSettings().value(settingsKey).toStringList();
    sessions.removeAll(path);
    sessions.prepend(path);
    QSettings().setValue(settingsKey, sessions.mid(0, recentSessions));
}

void MainWindow::tell(const QString &sentence)
{
    showMessage({.type = protocol::MessageType::Warning, .isForUser = true, .text = sentence});
}

void MainWindow::askForSession()
{
    auto *dialog = new QFileDialog(this, tr("Open session"), m_sessionFolder, filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::projectAsked);
    dialog->open();
}

void MainWindow::saveSession()
{
    auto *dialog = new QFileDialog(this, tr("Save session as"), {}, filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QString(sessionSuffix).mid(1));
    dialog->selectFile(m_workspace.section(u'/', -1) + sessionSuffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_saver(path, [this, path](const QString &fault) {
            if (fault.isEmpty()) {
                rememberSession(path);
                tell(tr("The session is saved in %1.").arg(path));
                return;
            }
            auto *failed =
                new QMessageBox(QMessageBox::Warning, tr("Save session as"), fault, QMessageBox::Close, this);
            failed->setAttribute(Qt::WA_DeleteOnClose);
            failed->open();
        });
    });
    dialog->open();
}

/// Those that were saved or opened, then those that are kept by themselves.
void MainWindow::showRecentSessions()
{
    m_recentSessions->clear();
    QStringList paths = QSettings().value(settingsKey).toStringList();
    if (!m_sessionFolder.isEmpty()) {
        for (const QFileInfo &kept :
             QDir(m_sessionFolder).entryInfoList({u"*"_s + sessionSuffix}, QDir::Files, QDir::Time))
            paths << kept.filePath();
    }
    paths.removeDuplicates();
    for (const QString &path : std::as_const(paths)) {
        if (!QFileInfo(path).isFile() || m_recentSessions->actions().size() >= 2 * recentSessions)
            continue;
        QString shown = QFileInfo(path).completeBaseName();
        QAction *action = m_recentSessions->addAction(shown.replace(u'&', u"&&"_s));
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT projectAsked(path); });
    }
    if (m_recentSessions->isEmpty())
        m_recentSessions->addAction(tr("None yet"))->setEnabled(false);
}

} // namespace nuages::views
