#pragma once

#include "ui/canvas/difference.h"
#include "ui/canvas/history.h"
#include "ui/canvas/outcome.h"

#include <QString>

#include <vector>

namespace nuages::canvas {

/// All cards below each other that show one query kind.
struct Column {
    QString title; ///< The kind: "TemplateFacts".
    QString subtitle; ///< What it is, in two or three words: "exported names".

    friend bool operator==(const Column &, const Column &) = default;
};

/// One memo or input, at its place.
struct Card {
    quint32 id = 0; ///< Unique in a picture; 0 is no card.
    int column = 0; ///< An index into `Picture::columns`.
    int row = 0; ///< From 0; no other card of the column has it.
    QString title; ///< The key as short as can be: "catalog/list.html".
    QString subtitle; ///< Below the title; the plain words of the outcome if empty.
    QString key; ///< The key in full, for the tooltip and for screen readers; the title if empty.
    Outcome outcome = Outcome::NotChecked;
    bool isPinned = false;
    bool isCollapsed = false; ///< There is more behind it.
    std::optional<Difference> difference =
        std::nullopt; ///< While two revisions are compared; none of what is the same in both.
    OutcomeCounts shares{}; ///< Of a card that stands for many nodes: how those fared. All 0 for one node.

    friend bool operator==(const Card &, const Card &) = default;
};

/// One dependency, in the direction in which a change travels: from what is read to what reads it.
struct Wire {
    quint32 from = 0;
    quint32 to = 0;
    bool onPath = false; ///< The change of this revision went along it; drawn above everything else.
    quint32 count = 1; ///< So many dependencies it stands for; more are drawn wider.

    friend bool operator==(const Wire &, const Wire &) = default;
};

/// A graph with a place for every node. A plain value, in any order.
struct Picture {
    std::vector<Column> columns; ///< Without a header if no title is given.
    std::vector<Card> cards;
    std::vector<Wire> wires; ///< A wire of which an end is not among the cards is not drawn.

    friend bool operator==(const Picture &, const Picture &) = default;
};

/// Whether a column has a title. Without one the picture has no header.
bool isTitled(const Picture &picture);

/// How wide the line of a wire is that would be `width` wide for one dependency: grows with the logarithm.
double widthOf(const Wire &wire, double width);

/// "checked, kept": what stands below the title of `card`.
QString subtitleOf(const Card &card);

/// "TemplateFacts templates/base.html, ran, same value": a card in words, for tooltips and screen readers.
QString inWords(const Picture &picture, const Card &card);

} // namespace nuages::canvas
