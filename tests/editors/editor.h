#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace nuages::tests {

/// An editor that has opened a page of the demo project, with `nuages serve` from its PATH, and has been closed again.
///
/// Its script writes what it saw, step by step; judging that is the business of the test.
class Editor
{
public:
    /// Starts `program` on a copy of the demo, in a home of its own, and waits for its end.
    Editor(const QString &program, const QStringList &arguments);

    QString page() const { return project() + QStringLiteral("/templates/drafts/sale.html"); }
    QString project() const { return m_home.path() + QStringLiteral("/bookshop"); }

    /// Empty if the script was played to its end.
    QString fault() const { return m_fault; }
    QJsonValue saw(const char *step) const { return m_report.value(QLatin1String(step)); }
    /// Exit code of the server that the editor started; empty if none ended.
    QString serverExit() const { return m_serverExit; }

private:
    void prepare();

    QTemporaryDir m_home;
    QJsonObject m_report;
    QString m_fault;
    QString m_serverExit;
};

} // namespace nuages::tests
