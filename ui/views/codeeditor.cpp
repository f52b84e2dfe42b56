#include "ui/views/codeeditor.h"

#include "ui/canvas/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QPaintEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTextEdit>

#include <optional>

namespace nuages::views {

namespace {

constexpr int numbersInset = 8;

std::optional<int> offsetIn(const QTextDocument &document, const protocol::Position &position)
{
    const QTextBlock block = document.findBlockByNumber(int(position.line));
    if (!block.isValid() || int(position.character) >= block.length())
        return std::nullopt;
    return block.position() + int(position.character);
}

} // namespace

class LineNumbers final : public QWidget
{
public:
    explicit LineNumbers(CodeEditor *editor) : QWidget(editor), m_editor(editor) { }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintNumbers(*event); }

private:
    CodeEditor *m_editor;
};

CodeEditor::CodeEditor(QWidget *parent) : QPlainTextEdit(parent), m_numbers(new LineNumbers(this))
{
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPixelSize(QFontInfo(font()).pixelSize());
    setFont(mono);
    m_numbers->setFont(mono);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::updateMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, &CodeEditor::updateNumbers);
    updateMargin();
}

void CodeEditor::setDiagnostics(const std::vector<protocol::Diagnostic> &diagnostics)
{
    const canvas::Theme theme = canvas::Theme::of(palette());
    QList<QTextEdit::ExtraSelection> marks;
    for (const protocol::Diagnostic &diagnostic : diagnostics) {
        const auto begin = offsetIn(*document(), diagnostic.range.start);
        const auto end = offsetIn(*document(), diagnostic.range.end);
        if (!begin || !end)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(*begin);
        mark.cursor.setPosition(*end, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(theme[canvas::Outcome::ExecutedChanged].ink);
        marks.push_back(mark);

        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(document());
        line.cursor.setPosition(*begin);
        line.format.setBackground(theme[canvas::Outcome::ExecutedChanged].tint);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.push_front(line);
    }
    setExtraSelections(marks);
}

void CodeEditor::goTo(const protocol::Position &position)
{
    if (const auto offset = offsetIn(*document(), position)) {
        QTextCursor cursor(document());
        cursor.setPosition(*offset);
        setTextCursor(cursor);
        centerCursor();
    }
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), numbersWidth(), area.height());
}

void CodeEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_numbers->update();
}

int CodeEditor::numbersWidth() const
{
    const auto digits = QString::number(std::max(100, blockCount())).size();
    return 2 * numbersInset + int(digits) * m_numbers->fontMetrics().horizontalAdvance(u'9');
}

void CodeEditor::paintNumbers(QPaintEvent &event)
{
    const canvas::Theme theme = canvas::Theme::of(palette());
    QPainter painter(m_numbers);
    painter.fillRect(event.rect(), theme.panel);
    painter.setPen(theme.muted);
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= event.rect().bottom()) {
        const double height = blockBoundingRect(block).height();
        if (block.isVisible() && top + height >= event.rect().top())
            painter.drawText(QRectF(0, top, m_numbers->width() - numbersInset, height),
                             Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        block = block.next();
        top += height;
    }
}

void CodeEditor::updateMargin() { setViewportMargins(numbersWidth(), 0, 0, 0); }

void CodeEditor::updateNumbers(const QRect &area, int scrolledBy)
{
    if (scrolledBy != 0)
        m_numbers->scroll(0, scrolledBy);
    else
        m_numbers->update(0, area.y(), m_numbers->width(), area.height());
}

} // namespace nuages::views
