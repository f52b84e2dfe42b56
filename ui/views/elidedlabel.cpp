#include "ui/views/elidedlabel.h"

#include <QEvent>

namespace nuages::views {

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent) { setTextFormat(Qt::PlainText); }

void ElidedLabel::setText(const QString &text)
{
    if (text == m_fullText)
        return;
    m_fullText = text;
    setAccessibleName(text);
    updateGeometry();
    fit();
}

QSize ElidedLabel::sizeHint() const
{
    const int rounded = 2; // Widths of texts are fractions.
    return {fontMetrics().horizontalAdvance(m_fullText) + rounded + frameWidth(), QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 4 + frameWidth()),
            QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ElidedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
        fit();
    }
}

void ElidedLabel::fit()
{
    ensurePolished(); // Else the padding is not known yet.
    const QString shown = fontMetrics().elidedText(m_fullText, Qt::ElideMiddle, width() - frameWidth());
    if (shown == text())
        return;
    QLabel::setText(shown);
    setToolTip(shown == m_fullText ? QString() : m_fullText);
}

/// What is around the text: a style sheet may pad it.
int ElidedLabel::frameWidth() const { return QLabel::sizeHint().width() - fontMetrics().boundingRect(text()).width(); }

} // namespace nuages::views
