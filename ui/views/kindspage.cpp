#include "ui/views/kindspage.h"

#include "engine/trace/why.h"
#include "ui/canvas/export.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/kindgraph.h"
#include "ui/models/querykinds.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"

#include <QVBoxLayout>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace nuages::views {

using trace::Outcome;

namespace {

/// So many rows that `count` cards fill `room` as large as can be. Where there is no room for their second lines they
/// are as wide as can be, as long as they are high enough for their names.
int rowsFor(int count, QSizeF room, double unit)
{
    int best = 1;
    double greatest = -100;
    for (int rows = 1; rows <= count; ++rows) {
        const QSizeF size = canvas::sceneSize((count + rows - 1) / rows, rows) * unit;
        const double wide = room.width() / size.width();
        const double high = room.height() / size.height();
        const double whole = std::min(wide, high);
        const bool isWhole = canvas::Zoom{.factor = whole, .unit = unit, .width = {}}.detail() == canvas::Detail::Full;
        const bool isNamed = canvas::cardHeight * high >= canvas::leastNamed;
        const double worth = isWhole ? 10 + whole : isNamed ? wide : high - 10;
        if (worth > greatest) {
            greatest = worth;
            best = rows;
        }
    }
    return best;
}

/// What stands for all of a kind: whatever says most about the change.
Outcome mostTelling(const models::Shares &shares)
{
    for (const Outcome segment : {Outcome::ExecutedChanged, Outcome::ExecutedNew, Outcome::ExecutedBackdated,
                                  Outcome::Cancelled, Outcome::Cycle, Outcome::Evicted, Outcome::Validated}) {
        if (shares[segment] > 0)
            return segment;
    }
    return Outcome::NotChecked;
}

canvas::Card cardOf(const models::KindRow &row, quint32 id)
{
    canvas::Card card;
    card.id = id;
    card.title = row.kind;
    card.key = row.kind;
    if (!row.isKept) {
        card.subtitle = models::notKept();
        return card;
    }
    card.shares = row.shares.counts;
    card.outcome = mostTelling(row.shares);
    card.subtitle = u"%1 · %2"_s.arg(models::countText(row.shares[card.outcome]), canvas::plainWords(card.outcome));
    QStringList parts;
    for (const Outcome each : models::segments) {
        if (each != card.outcome && row.shares[each] > 0)
            parts << models::countText(row.shares[each]) + u' ' + canvas::plainWords(each);
    }
    if (!parts.isEmpty()) // The tool tip has room for all of them.
        card.key += u" ("_s + parts.join(u", "_s) + u')';
    return card;
}

} // namespace

KindsPage::KindsPage(const PageContext &context) : m_inspection(context.inspection), m_graph(new canvas::GraphCanvas)
{
    m_graph->setObjectName(u"kindsGraph"_s);
    m_graph->setAccessibleName(tr("Graph of kinds"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_graph);
    setEntry(m_graph);
    connect(m_graph, &canvas::GraphCanvas::roomChanged, this, &KindsPage::refresh);
    connect(m_graph, &canvas::GraphCanvas::activated, this,
            [this](quint32 id) { Q_EMIT kindPicked(m_graph->scene().card(id)->title); });
}

void KindsPage::refresh()
{
    if (!isVisible())
        return;
    const models::KindGraph &kinds = m_inspection.kindGraph();
    const trace::Store &store = m_inspection.store();
    const quint32 revision = m_inspection.shownRevision();
    const std::vector<models::KindRow> &rows = m_inspection.kinds().rows();
    const int count = int(rows.size());
    const int perColumn = rowsFor(std::max(count, 1), m_graph->maximumViewportSize(), canvas::unitOf(m_graph->font()));

    canvas::Picture picture;
    for (int at = 0; at < count; ++at) {
        canvas::Card card = cardOf(rows[std::size_t(at)], idOf(rows[std::size_t(at)].kind));
        card.column = at / perColumn;
        card.row = at % perColumn;
        picture.cards.push_back(std::move(card));
    }
    picture.columns.resize(std::size_t((count + perColumn - 1) / perColumn));

    std::set<std::pair<int, int>> path;
    int before = -1;
    for (const trace::Step &step : models::wayOfChange(store, m_inspection.selection().spot().node, revision)) {
        const int place = kinds.placeOf(models::toQString(store.node(step.node).kind));
        if (before >= 0)
            path.emplace(before, place);
        before = place;
    }
    for (const models::KindGraph::Edge &edge : kinds.edges(store, revision)) {
        if (edge.from != edge.to)
            picture.wires.push_back({.from = idOf(kinds.order()[std::size_t(edge.from)].kind),
                                     .to = idOf(kinds.order()[std::size_t(edge.to)].kind),
                                     .onPath = path.contains({edge.from, edge.to}),
                                     .count = edge.count});
    }
    m_graph->setPicture(std::move(picture));
    m_graph->fill();
}

void KindsPage::followSelection()
{
    const quint32 node = m_inspection.selection().spot().node;
    if (node != 0)
        m_graph->select(idOf(models::toQString(m_inspection.store().node(node).kind)));
}

quint32 KindsPage::idOf(const QString &kind)
{
    quint32 &id = m_ids[kind];
    if (id == 0)
        id = quint32(m_ids.size());
    return id;
}

std::optional<std::expected<void, QString>> KindsPage::exportTo(const QString &path) const
{
    return canvas::exportPicture(*m_graph, path);
}

void KindsPage::showEvent(QShowEvent *)
{
    followSelection();
    refresh();
}

} // namespace nuages::views
