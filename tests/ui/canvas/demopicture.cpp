#include "tests/ui/canvas/demopicture.h"

#include <QStringList>

#include <random>

using namespace Qt::StringLiterals;
using namespace nuages::canvas;

namespace nuages::tests {

namespace {

quint32 idOf(int column, int row) { return static_cast<quint32>(1 + row * 7 + column); }

Outcome outcomeOf(int column, int row)
{
    if (row > 0)
        return row == 5 ? Outcome::NotChecked : Outcome::Validated;
    if (column == 3)
        return Outcome::ExecutedBackdated;
    if (column == 4 || column == 5)
        return Outcome::Validated;
    return column == 0 ? Outcome::InputSet : Outcome::ExecutedChanged;
}

} // namespace

Picture demoPicture()
{
    Picture picture;
    picture.columns = {{u"File"_s, u"input"_s},
                       {u"SourceText"_s, u"engine/source"_s},
                       {u"Template"_s, u"parse"_s},
                       {u"TemplateFacts"_s, u"exported names"_s},
                       {u"Ancestry"_s, u"extends chain"_s},
                       {u"Libraries"_s, u"what is loaded"_s},
                       {u"Diagnostics"_s, u"what the editor sees"_s}};
    const QStringList files = {u"base.html"_s,        u"catalog/list.html"_s, u"catalog/book.html"_s,
                               u"orders/cart.html"_s, u"accounts/me.html"_s,  u"settings.py"_s};
    const auto isThere = [](int column, int row) { return row < 5 || column == 0 || column == 2 || column == 5; };
    for (int row = 0; row < files.size(); ++row) {
        for (int column = 0; column < 7; ++column) {
            if (!isThere(column, row))
                continue;
            picture.cards.push_back({.id = idOf(column, row),
                                     .column = column,
                                     .row = row,
                                     .title = files.at(row),
                                     .subtitle = column == 0 && row == 0 ? u"typed by editor"_s : QString(),
                                     .key = u"templates/"_s + files.at(row),
                                     .outcome = outcomeOf(column, row)});
        }
        const auto wire = [&](int from, int fromRow, int to) {
            picture.wires.push_back({.from = idOf(from, fromRow),
                                     .to = idOf(to, row),
                                     .onPath = row == 0 && fromRow == 0 && (to <= 3 || (from == 2 && to == 6))});
        };
        if (row == 5) {
            wire(0, 5, 2);
            wire(2, 5, 5);
            continue;
        }
        for (int column = 1; column < 7; ++column)
            wire(column - 1, row, column);
        wire(2, row, 6);
        wire(4, row, 6);
        wire(5, 5, 6);
        if (row > 0)
            wire(3, 0, 4);
    }
    return picture;
}

std::vector<Bar> demoBars()
{
    std::mt19937 generator(118);
    const auto random = [&](quint32 below) { return static_cast<quint32>(generator() % below); };
    std::vector<Bar> bars;
    for (quint64 revision = 1; revision <= 118; ++revision) {
        const bool big = revision == 30 || revision == 31 || revision == 73;
        Bar bar{.revision = revision, .label = {}, .counts = {}, .times = {}};
        bar.counts[indexOf(Outcome::InputSet)] = 1;
        bar.counts[indexOf(Outcome::ExecutedChanged)] = big ? 400 : 1 + random(5);
        bar.counts[indexOf(Outcome::ExecutedBackdated)] = big ? 90 : random(3);
        bar.counts[indexOf(Outcome::Validated)] = big ? 2000 : random(900);
        bar.counts[indexOf(Outcome::NotChecked)] = 2134;
        bars.push_back(bar);
    }
    bars[29].label = u"settings.py"_s;
    bars[72].label = u"git checkout"_s;
    return bars;
}

Picture largePicture(int rows)
{
    Picture picture;
    for (int column = 0; column < 10; ++column)
        picture.columns.push_back({u"Kind%1"_s.arg(column), u"of many"_s});
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < 10; ++column) {
            const auto id = static_cast<quint32>(1 + row * 10 + column);
            picture.cards.push_back({.id = id,
                                     .column = column,
                                     .row = row,
                                     .title = u"page%1.html"_s.arg(row),
                                     .subtitle = {},
                                     .key = {},
                                     .outcome = row % 7 == 0 ? Outcome::ExecutedChanged : Outcome::Validated});
            if (column > 0)
                picture.wires.push_back({.from = id - 1, .to = id});
        }
    }
    return picture;
}

} // namespace nuages::tests
