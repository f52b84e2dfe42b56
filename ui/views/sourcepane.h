#pragma once

#include "engine/trace/store.h"
#include "lsp/protocol/types/diagnostics.h"
#include "ui/views/pane.h"
#include "ui/views/toldtext.h"

#include <KSyntaxHighlighting/Repository>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QListWidget;

namespace nuages::views {

class CodeEditor;
class EditorClient;

/// A file of the project, which can be typed into. Every edit goes to the server as an editor would send it, and the
/// server's findings come back into the text.
///
/// Looking at a file is no edit: the server is told of it with the first key that is pressed in it, and the file stays
/// open from then on, so that its edits are kept while others are looked at. Until then the pane shows what the disk
/// holds: see lookAgain(). What cannot be edited without loss (no text, not UTF-8, over a megabyte, line ends that Qt
/// reads otherwise) is shown read-only and not opened.
class SourcePane final : public Pane
{
    Q_OBJECT

public:
    /// `client` must outlive the pane.
    explicit SourcePane(EditorClient &client, QWidget *parent = nullptr);
    ~SourcePane() override;

    /// Shows the file. Returns false, and shows why, if it cannot be read.
    bool open(const QString &path);

    /// Whether files are read from the disk and typed into; true at first. Else showPast() is all that is shown.
    void setTypes(bool types) { m_types = types; }

    /// Takes the text of the file from the disk again, if it is shown and nobody has typed into it.
    void lookAgain();

    const QString &path() const { return m_path; } ///< Absolute; empty before the first open().
    CodeEditor &editor() { return *m_editor; }

    /// The text that the server was told last, with line feeds; null if the file cannot be edited here.
    QString toldText(const QString &path) const;

    /// What stands behind the path: "@ revision 118".
    void setMoment(const QString &moment);

    /// From now on nothing can be typed: an editor does that.
    void lookOn();

    /// Shows what the editor's user has typed so far, until showPast() or showPresent().
    void showEditorsText(const std::shared_ptr<const std::string> &text);

    /// What the trace knows of the mistakes in the file by the revision `shown`: what is shown of a past one, and of an
    /// editor's text where it is known.
    void setFound(std::optional<trace::PastMistakes::Known> found, std::uint32_t shown);

    /// Shows what the file said in a past revision, null if that is not kept, and does not let it be changed; until
    /// showPresent().
    void showPast(const std::shared_ptr<const std::string> &text);
    void showPresent();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Document;

    struct ReadText {
        QString text;
        bool isEditable = false;
    };

    static std::optional<ReadText> readText(const QString &path, QString &problem);
    void adopt(Document &document, const ReadText &read) const;
    Document *load(const QString &path, QString &problem);
    void tell(Document &document, int from, int removed, int added);
    void showDiagnostics(const QString &path);
    std::vector<protocol::Diagnostic> findings() const;
    void showNote();
    void showText(const std::shared_ptr<const std::string> &text);
    std::unique_ptr<Document> documentFor(const QString &path, const QString &text);
    void show(Document &document);
    void colour(Document &document);

    EditorClient &m_client;
    bool m_types = true;
    KSyntaxHighlighting::Repository m_syntaxes;
    std::map<QString, std::unique_ptr<Document>> m_documents;
    CodeEditor *m_editor;
    QListWidget *m_findings;
    QString m_path;
    QString m_moment;
    bool m_isLookingOn = false;
    bool m_isEditorsText = false; ///< What is shown in the place of the disk's.
    std::unique_ptr<Document> m_past; ///< What is shown, while that is of a past revision or an editor's.
    std::shared_ptr<const std::string> m_pastText;
    std::optional<trace::PastMistakes::Known> m_found; ///< Of the file, as the trace has them.
    std::uint32_t m_shownRevision = 0;
    std::vector<protocol::Diagnostic> m_shownFindings;
};

} // namespace nuages::views
