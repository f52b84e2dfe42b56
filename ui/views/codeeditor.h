#pragma once

#include "lsp/protocol/types/diagnostics.h"

#include <QPlainTextEdit>

#include <vector>

namespace nuages::views {

/// A text editor with line numbers and the findings of a language server under the text.
class CodeEditor final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeEditor(QWidget *parent = nullptr);

    /// Underlines these findings; positions that the text no longer has are left out.
    void setDiagnostics(const std::vector<protocol::Diagnostic> &diagnostics);

    /// Brings a position into view and puts the cursor there.
    void goTo(const protocol::Position &position);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    friend class LineNumbers;

    int numbersWidth() const;
    void paintNumbers(QPaintEvent &event);
    void updateMargin();
    void updateNumbers(const QRect &area, int scrolledBy);

    QWidget *m_numbers;
};

} // namespace nuages::views
