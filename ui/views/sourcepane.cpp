#include "ui/views/sourcepane.h"

#include "ui/canvas/theme.h"
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
#include <QStringDecoder>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr qint64 largestFile = 1'000'000; // bytes
constexpr int findingsShown = 3;

} // namespace

struct SourcePane::Document {
    QString path;
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
        const auto &found = m_client.diagnostics(m_path);
        if (const auto row = std::size_t(m_findings->row(item)); row < found.size())
            m_editor->goTo(found[row].range.start);
    });
}

SourcePane::~SourcePane()
{
    delete m_editor; // Before the documents, which it must not be left with.
}

bool SourcePane::open(const QString &path)
{
    QString problem;
    Document *document = load(path, problem);
    if (!document) {
        setNote(problem);
        return false;
    }
    m_path = path;
    m_editor->setDocument(&document->text);
    m_editor->setReadOnly(!document->told);
    showNote();
    showDiagnostics(path);
    return true;
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
        showDiagnostics(m_path);
    }
}

SourcePane::Document *SourcePane::load(const QString &path, QString &problem)
{
    if (const auto found = m_documents.find(path); found != m_documents.end())
        return found->second.get();
    QFile file(path);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)) {
        problem = tr("%1 cannot be read").arg(path);
        return nullptr;
    }
    const QByteArray bytes = file.read(largestFile + 1);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    const bool isEditable = bytes.size() <= largestFile && !decoder.hasError() && ToldText::canFollow(text);

    auto document = std::make_unique<Document>();
    document->path = path;
    document->text.setDefaultFont(m_editor->font()); // Later it would lay out all lines again.
    document->text.setDocumentLayout(new QPlainTextDocumentLayout(&document->text));
    colour(*document); // Also while it is empty, so that the text is gone through once.
    document->text.setPlainText(text);
    if (isEditable) {
        document->told.emplace(text);
        m_client.open(path, text);
        connect(
            &document->text, &QTextDocument::contentsChange, this,
            [this, opened = document.get()](int from, int removed, int added) { tell(*opened, from, removed, added); });
    }
    return m_documents.emplace(path, std::move(document)).first->second.get();
}

void SourcePane::tell(Document &document, int from, int removed, int added)
{
    if (const auto edit = document.told->follow(document.text, from, removed, added))
        m_client.change(document.path, *edit);
}

void SourcePane::showDiagnostics(const QString &path)
{
    if (path != m_path)
        return;
    const std::vector<protocol::Diagnostic> &found = m_client.diagnostics(path);
    m_editor->setDiagnostics(found);
    m_findings->clear();
    for (const protocol::Diagnostic &diagnostic : found) {
        auto *item = new QListWidgetItem(u"%1:%2  %3"_s.arg(diagnostic.range.start.line + 1)
                                             .arg(diagnostic.range.start.character + 1)
                                             .arg(QString::fromStdString(diagnostic.message)));
        item->setSizeHint({0, heightOfRows()});
        item->setForeground(canvas::Theme::of(palette())[canvas::Outcome::ExecutedChanged].ink);
        m_findings->addItem(item);
    }
    m_findings->setVisible(!found.empty());
    m_findings->setFixedHeight(heightOfRows() * std::min(findingsShown, int(found.size())) + 2);
}

void SourcePane::showNote()
{
    if (m_path.isEmpty())
        return;
    setNote(u"%1 %2 · %3"_s.arg(QFileInfo(m_path).fileName(), m_moment,
                                m_editor->isReadOnly() ? tr("read-only") : tr("editable")));
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
