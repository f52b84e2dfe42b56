#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace nuages::tests {

/// How an editor is started. In the arguments HOME stands for its home and PAGE for the page it opens.
struct Start {
    QString program;
    QStringList arguments;
    QString configuration; ///< A file of resources/editors; empty where the editor has none.
    QString place; ///< Where docs/editors.md puts that file, under the home.
    QMap<QString, QByteArray> files = {}; ///< More files of its home.
    QString server =
        {}; ///< A line of the shell in the place of `nuages` and what it is given; HOME stands for the home.
};

/// An editor that has opened a page, with `nuages serve` from its PATH, and has been closed again.
///
/// Its home holds a copy of the demo project, a package without manage.py, and nothing of Nuages but the configuration.
/// Its script writes what it saw, step by step; judging that is the business of the test.
class Editor
{
public:
    /// Starts it in a home of its own, and waits for its end. `page` starts from that home; it gets `text`, unless that
    /// is null and the page is one of the demo.
    explicit Editor(const Start &start, const QString &page = QStringLiteral("bookshop/templates/drafts/sale.html"),
                    const QByteArray &text = {});

    QString page() const { return m_page; }
    QString file(const QString &name) const { return m_home.filePath(name); }
    QString project() const { return m_home.path() + QStringLiteral("/bookshop"); }

    /// Empty if the script was played to its end.
    QString fault() const { return m_fault; }
    QJsonValue saw(const char *step) const { return m_report.value(QLatin1String(step)); }
    /// Exit code of the server that the editor started; empty if none ended.
    QString serverExit() const { return m_serverExit; }
    /// How often it has started a server.
    qsizetype serverCount() const { return m_serverCount; }

private:
    void prepare(const Start &start, const QByteArray &text);

    QTemporaryDir m_home;
    QString m_page;
    QJsonObject m_report;
    QString m_fault;
    QString m_serverExit;
    qsizetype m_serverCount = 0;
};

} // namespace nuages::tests
