#include "app/inspector/randomedits.h"

#include <QTextCursor>

#include <algorithm>
#include <array>

namespace nuages::app {

namespace {

constexpr std::array typed = {u"a", u"{", u"%", u" ", u"\n", u"é", u"𝄞", u"{{", u"\t"};
constexpr std::array pasted = {
    u"{% if user.is_staff %}\n  {{ user.name|upper }}\n{% endif %}\n",
    u"{# a note #}",
    u"{% block extra %}{% endblock %}",
    u"zwei Zeilen\nund 🎼 ein Zeichen",
    u"\n\n\n",
};

/// A place between two whole characters.
int placeIn(const QTextDocument &document, int wanted)
{
    const bool isInside = document.characterAt(wanted).isLowSurrogate();
    return isInside ? wanted - 1 : wanted;
}

} // namespace

void RandomEdits::edit(QTextDocument &document)
{
    QTextCursor cursor(&document);
    cursor.setPosition(placeIn(document, below(document.characterCount())));
    switch (below(10)) {
    case 0:
    case 1:
        cursor.insertText(QString::fromUtf16(pasted.at(std::size_t(below(int(pasted.size()))))));
        break;
    case 2:
    case 3: {
        const int last = document.characterCount() - 1;
        cursor.setPosition(placeIn(document, std::min(last, cursor.position() + 1 + below(30))),
                           QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        break;
    }
    case 4:
        document.undo();
        break;
    case 5:
        document.redo();
        break;
    default:
        cursor.insertText(QString::fromUtf16(typed.at(std::size_t(below(int(typed.size()))))));
        break;
    }
}

} // namespace nuages::app
