#pragma once

#include <QHelpEvent>
#include <QToolTip>
#include <QWidget>

namespace nuages::canvas {

/// Shows the words of what is under the pointer, if the event asks for that; whether it did. `wordsAt` gets a point of
/// the viewport; where it gives none, a tip that is shown goes.
template <class WordsAt>
bool answerToolTip(QEvent &event, QWidget &viewport, WordsAt wordsAt)
{
    if (event.type() != QEvent::ToolTip)
        return false;
    const auto &help = static_cast<const QHelpEvent &>(event);
    const QString words = wordsAt(help.pos());
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help.globalPos(), words, &viewport);
    return true;
}

} // namespace nuages::canvas
