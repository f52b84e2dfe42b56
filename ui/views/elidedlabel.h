#pragma once

#include <QLabel>

namespace nuages::views {

/// One line of text that is shortened in the middle where there is no room for all of it; then a tool tip has the
/// whole. A screen reader always hears the whole.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    /// Hides that of QLabel, whose text is what is seen.
    void setText(const QString &text);
    const QString &fullText() const { return m_fullText; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    int frameWidth() const;

    QString m_fullText;
};

} // namespace nuages::views
