#include "ui/views/sourcepane.h"

#include "ui/canvas/theme.h"
#include "ui/models/text.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/readablehighlighter.h"
#include "ui/views/style.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Theme>
#include <QFile>
#include <QFileInfo>
#include <QListWidget>
#include <QPlainTextDocumentLayout>
#include <QScrollBar>
#include <QStringDecoder>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr qint64 largestFile = 1'000'000; // bytes
constexpr int findingsShown = 3;

/// Makes the text of a document another one by one edit of what differs, so that places in it and what is seen of it
/// stay.
void replaceText(QTextDocument &document, const QString &text)
{
    const QString before = document.toPlainText();
    const qsizetype shorter = std::min(before.size(), text.size());
    qsizetype same = 0;
    while (same < shorter && before[same] == text[same])
        ++same;
    qsizetype end = 0;
    while (end < shorter - same && before[before.size() - end - 1] == text[text.size() - end - 1])
        ++end;
    QTextCursor cursor(&document);
    cursor.setPosition(int(same));
    cursor.setPosition(int(before.size() - end), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(same, text.size() - same - end));
}

} // namespace

struct SourcePane::Document {
    QString path;
    QString loaded; ///< As it was taken from the disk.
    QTextDocument text;
    std::optional<ToldText> told; ///< None: read-only.
    ReadableHighlighter colours{&text};
};

SourcePane::SourcePane(EditorClient &client, QWidget *parent)
    : Pane(parent), m_client(client), m_editor(new CodeEditor), m_findings(new QListWidget)
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_findings);
    page->setFocusProxy(m_editor);
    addPage(tr("Source"), page);

    m_editor->setObjectName(u"sourceEditor"_s);
    m_editor->setAccessibleName(tr("Source"));
    m_editor->setReadOnly(true);
    m_findings->setObjectName(u"findings"_s);
    m_findings->setAccessibleName(tr("Findings of this file"));
    m_findings->setFrameShape(QFrame::NoFrame);
    m_findings->setUniformItemSizes(true);
    m_findings->hide();
    setFocusProxy(m_editor);
    connect(&m_client, &EditorClient::diagnosticsChanged, this, &SourcePane::showDiagnostics);
    connect(m_findings, &QListWidget::itemActivated, this, [this](QListWidgetItem *item) {
        if (const auto row = std::size_t(m_findings->row(item)); row < m_shownFindings.size())
            m_editor->goTo(m_shownFindings[row].range.start);
    });
}

SourcePane::~SourcePane()
{
    delete m_editor; // Before the documents, which it must not be left with.
}

bool SourcePane::open(const QString &path)
{
    QString problem;
    if (!m_types) {
        m_path = path;
        return true;
    }
    Document *document = load(path, problem);
    if (!document) {
        setNote(problem);
        return false;
    }
    m_path = path;
    show(*document);
    return true;
}

void SourcePane::show(Document &document)
{
    m_editor->setDocument(&document.text);
    m_editor->setReadOnly(!document.told);
    if (&document != m_past.get())
        m_past.reset();
    showNote();
    showDiagnostics(m_path);
}

void SourcePane::lookOn()
{
    m_isLookingOn = true;
    showNote();
}

void SourcePane::showPast(const std::shared_ptr<const std::string> &text)
{
    const bool isOther = std::exchange(m_isEditorsText, false);
    showText(text);
    if (!isOther)
        return;
    showNote();
    showDiagnostics(m_path);
}

void SourcePane::showEditorsText(const std::shared_ptr<const std::string> &text)
{
    const bool isOther = !std::exchange(m_isEditorsText, true);
    showText(text);
    if (!isOther)
        return;
    showNote();
    showDiagnostics(m_path);
}

void SourcePane::showText(const std::shared_ptr<const std::string> &text)
{
    if (m_path.isEmpty() || (m_past && m_past->path == m_path && m_pastText == text))
        return;
    m_pastText = text;
    if (m_past && m_past->path == m_path && text) {
        replaceText(m_past->text, QString::fromStdString(*text));
        showNote();
        showDiagnostics(m_path);
        return;
    }
    std::unique_ptr<Document> before = std::move(m_past); // The editor has it until it has another.
    m_past = documentFor(m_path, text ? QString::fromStdString(*text) : QString());
    show(*m_past);
}

void SourcePane::showPresent()
{
    if (!m_past)
        return;
    const auto found = m_documents.find(m_path);
    if (found == m_documents.end())
        return;
    const std::unique_ptr<Document> before = std::move(m_past);
    show(*found->second);
    lookAgain();
}

std::unique_ptr<SourcePane::Document> SourcePane::documentFor(const QString &path, const QString &text)
{
    auto document = std::make_unique<Document>();
    document->path = path;
    document->text.setDefaultFont(m_editor->font()); // Later it would lay out all lines again.
    document->text.setDocumentLayout(new QPlainTextDocumentLayout(&document->text));
    colour(*document); // Also while it is empty, so that the text is gone through once.
    document->text.setPlainText(text);
    return document;
}

QString SourcePane::toldText(const QString &path) const
{
    const auto found = m_documents.find(path);
    return found == m_documents.end() || !found->second->told ? QString() : found->second->told->text();
}

void SourcePane::setMoment(const QString &moment)
{
    m_moment = moment;
    showNote();
}

void SourcePane::changeEvent(QEvent *event)
{
    Pane::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        for (const auto &[path, document] : m_documents)
            colour(*document);
        if (m_past)
            colour(*m_past);
        showDiagnostics(m_path);
    }
}

void SourcePane::lookAgain()
{
    const auto found = m_documents.find(m_path);
    if (found == m_documents.end() || m_past || m_client.isOpen(m_path))
        return;
    Document &document = *found->second;
    QString problem;
    const auto read = readText(m_path, problem);
    if (!read || read->text == document.loaded)
        return;
    document.told.reset(); // Nobody is told of what the disk says.
    const int scrolled = m_editor->verticalScrollBar()->value();
    const int line = m_editor->textCursor().blockNumber();
    const int column = m_editor->textCursor().positionInBlock();
    document.text.setPlainText(read->text);
    adopt(document, *read);
    QTextCursor cursor(&document.text); // Where it was, as far as there is such a place.
    if (const QTextBlock block = document.text.findBlockByNumber(line); block.isValid())
        cursor.setPosition(block.position() + std::min(column, block.length() - 1));
    m_editor->setTextCursor(cursor);
    m_editor->verticalScrollBar()->setValue(scrolled);
    m_editor->setReadOnly(!document.told);
    showNote();
    showDiagnostics(m_path);
}

std::optional<SourcePane::ReadText> SourcePane::readText(const QString &path, QString &problem)
{
    QFile file(path);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)) {
        problem = tr("%1 cannot be read").arg(path);
        return std::nullopt;
    }
    const QByteArray bytes = file.read(largestFile + 1);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    return ReadText{text, bytes.size() <= largestFile && !decoder.hasError() && ToldText::canFollow(text)};
}

void SourcePane::adopt(Document &document, const ReadText &read) const
{
    document.loaded = read.text;
    document.told = read.isEditable && !m_isLookingOn ? std::optional(ToldText(read.text)) : std::nullopt;
}

SourcePane::Document *SourcePane::load(const QString &path, QString &problem)
{
    if (const auto found = m_documents.find(path); found != m_documents.end())
        return found->second.get();
    const auto read = readText(path, problem);
    if (!read)
        return nullptr;
    auto document = documentFor(path, read->text);
    adopt(*document, *read);
    connect(&document->text, &QTextDocument::contentsChange, this,
            [this, opened = document.get()](int from, int removed, int added) { tell(*opened, from, removed, added); });
    return m_documents.emplace(path, std::move(document)).first->second.get();
}

void SourcePane::tell(Document &document, int from, int removed, int added)
{
    const auto edit = document.told ? document.told->follow(document.text, from, removed, added) : std::nullopt;
    if (!edit)
        return;
    m_client.open(document.path, document.loaded); // Nothing if it is open.
    m_client.change(document.path, *edit);
}

void SourcePane::showDiagnostics(const QString &path)
{
    if (path != m_path)
        return;
    m_shownFindings = findings();
    m_editor->setDiagnostics(m_shownFindings);
    m_findings->clear();
    for (const protocol::Diagnostic &diagnostic : m_shownFindings) {
        auto *item = new QListWidgetItem(u"%1:%2  %3"_s.arg(diagnostic.range.start.line + 1)
                                             .arg(diagnostic.range.start.character + 1)
                                             .arg(QString::fromStdString(diagnostic.message)));
        item->setSizeHint({0, heightOfRows()});
        item->setForeground(canvas::Theme::of(palette())[canvas::Outcome::ExecutedChanged].ink);
        m_findings->addItem(item);
    }
    m_findings->setVisible(!m_shownFindings.empty());
    m_findings->setFixedHeight(heightOfRows() * std::min(findingsShown, int(m_shownFindings.size())) + 2);
}

std::vector<protocol::Diagnostic> SourcePane::findings() const
{
    const bool isPast = m_past && !m_isEditorsText;
    if (!m_past || (m_isEditorsText && !m_found))
        return m_client.diagnostics(m_path);
    std::vector<protocol::Diagnostic> findings;
    if (!m_found || (isPast && !m_pastText)) // There is no text that they could be of.
        return findings;
    for (const trace::Mistake &mistake : *m_found->found) {
        protocol::Diagnostic &finding = findings.emplace_back();
        finding.range = {{mistake.line, mistake.column}, {mistake.endLine, mistake.endColumn}};
        finding.severity = static_cast<protocol::DiagnosticSeverity>(mistake.severity);
        finding.code = mistake.rule;
        finding.message = mistake.message;
    }
    return findings;
}

void SourcePane::setFound(std::optional<trace::PastMistakes::Known> found, std::uint32_t shown)
{
    const auto isSame = [&](const std::optional<trace::PastMistakes::Known> &other) {
        return found ? other && other->found == found->found && other->revision == found->revision : !other;
    };
    if (std::exchange(m_shownRevision, shown) == shown && isSame(m_found))
        return;
    m_found = std::move(found);
    if (!m_past)
        return;
    showNote();
    showDiagnostics(m_path);
}

void SourcePane::showNote()
{
    if (m_path.isEmpty())
        return;
    const bool isPast = m_past && !m_isEditorsText;
    const QString state = m_past && !m_pastText          ? tr("text %1").arg(models::notKept())
        : isPast && !m_found                             ? tr("findings %1").arg(models::notKept())
        : isPast && m_found->revision != m_shownRevision ? tr("findings of revision %1").arg(m_found->revision)
        : m_past && m_isEditorsText && m_types           ? tr("the editor's text, read-only")
        : m_editor->isReadOnly()                         ? tr("read-only")
                                                         : tr("not saved");
    setNote(u"%1 %2 · %3"_s.arg(QFileInfo(m_path).fileName(), m_moment, state));
}

void SourcePane::colour(Document &document)
{
    const canvas::Theme theme = canvas::Theme::of(palette());
    const bool isDark = theme.kind == canvas::Theme::Kind::Dark;
    const QString language = document.path.endsWith(".py"_L1) ? u"Python"_s : u"Django HTML Template"_s;
    document.colours.colour(m_syntaxes.definitionForName(language),
                            m_syntaxes.defaultTheme(isDark ? KSyntaxHighlighting::Repository::DarkTheme
                                                           : KSyntaxHighlighting::Repository::LightTheme),
                            theme.panel);
}

} // namespace nuages::views
