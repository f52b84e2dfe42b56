#pragma once

#include "ui/views/pane.h"
#include "ui/views/toldtext.h"

#include <KSyntaxHighlighting/Repository>

#include <map>
#include <memory>

class QListWidget;

namespace nuages::views {

class CodeEditor;
class EditorClient;

/// A file of the project, which can be typed into. Every edit goes to the server as an editor would send it, and the
/// server's findings come back into the text.
///
/// A file is opened with the server when it is first shown and stays open, so that its edits are kept while others
/// are looked at. What cannot be edited without loss (no text, not UTF-8, over a megabyte, line ends that Qt reads
/// otherwise) is shown read-only and not opened.
class SourcePane final : public Pane
{
    Q_OBJECT

public:
    /// `client` must outlive the pane.
    explicit SourcePane(EditorClient &client, QWidget *parent = nullptr);
    ~SourcePane() override;

    /// Shows the file. Returns false, and shows why, if it cannot be read.
    bool open(const QString &path);

    const QString &path() const { return m_path; } ///< Absolute; empty before the first open().
    CodeEditor &editor() { return *m_editor; }

    /// The text that the server was told last, with line feeds; null if the file is not open.
    QString toldText(const QString &path) const;

    /// What stands behind the path: "@ revision 118".
    void setMoment(const QString &moment);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Document;

    Document *load(const QString &path, QString &problem);
    void tell(Document &document, int from, int removed, int added);
    void showDiagnostics(const QString &path);
    void showNote();
    void colour(Document &document);

    EditorClient &m_client;
    KSyntaxHighlighting::Repository m_syntaxes;
    std::map<QString, std::unique_ptr<Document>> m_documents;
    CodeEditor *m_editor;
    QListWidget *m_findings;
    QString m_path;
    QString m_moment;
};

} // namespace nuages::views
