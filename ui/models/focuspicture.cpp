#include "ui/models/focuspicture.h"

#include "engine/trace/why.h"
#include "ui/models/interest.h"
#include "ui/models/kindgraph.h"
#include "ui/models/text.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>

namespace nuages::models {

namespace {

using trace::NodeId;
using trace::Outcome;

/// "catalog/list.html" of "templates/catalog/list.html"; of a deep path its last two parts.
QString shortKey(const trace::NodeName &node)
{
    QString key = toQString(node.key);
    if (key.isEmpty())
        return toQString(node.kind);
    if (node.file.empty())
        return key;
    static const QString folder = QStringLiteral("templates/");
    if (const qsizetype at = key.lastIndexOf(folder); at >= 0 && at + folder.size() < key.size())
        return key.mid(at + folder.size());
    return key.section(u'/', -2);
}

template <class Visit>
void forEachNeighbour(const trace::Store &store, NodeId node, Visit visit)
{
    for (const std::vector<NodeId> *side : {&store.reads(node), &store.readers(node)})
        std::ranges::for_each(*side, visit);
}

Focus::Card cardOf(const trace::Store &store, NodeId id, const canvas::Place &place, trace::Revision revision)
{
    const trace::NodeName node = store.node(id);
    const std::optional<Outcome> outcome = store.outcomeAt(id, revision);
    Focus::Card card;
    card.node = id;
    card.column = place.column;
    card.row = place.row;
    card.title = shortKey(node);
    card.key = toQString(node.key);
    card.subtitle = outcomeText(outcome);
    if (!node.field.empty()) { // One file has several, which would look alike.
        card.title += QStringLiteral(" · ") + toQString(node.field);
        card.key += QStringLiteral(", ") + toQString(node.field);
    }
    card.outcome = outcome.value_or(Outcome::NotChecked);
    return card;
}

/// Says how much is not seen of a card.
void collapse(Focus::Card &card, const trace::Store &store, const std::unordered_set<NodeId> &isShown,
              trace::Revision revision)
{
    std::size_t hidden = 0;
    forEachNeighbour(store, card.node, [&](NodeId neighbour) {
        hidden += !isShown.contains(neighbour) && store.state(neighbour).born <= revision;
    });
    card.isCollapsed = true;
    if (hidden > 0)
        card.key += Words::tr(", %1 hidden").arg(countOf(hidden, QT_TRANSLATE_N_NOOP("models", "%1 neighbour(s)")));
}

std::size_t bornUntil(const trace::Store &store, trace::Revision revision)
{
    std::size_t count = store.lastNode();
    for (NodeId id = store.lastNode(); id > 0 && revision < store.revision(); --id)
        count -= store.state(id).born > revision;
    return count;
}

/// Whether `to` ran in the revision because `from` had changed.
bool isOnPath(const trace::Store &store, NodeId from, NodeId to, trace::Revision revision)
{
    const trace::Execution *last = store.lastUntil(to, revision);
    return last && last->revision == revision && trace::isExecution(last->outcome) && last->cause == from;
}

std::vector<Focus::Wire> wiresBetween(const trace::Store &store, const std::vector<NodeId> &nodes,
                                      trace::Revision revision)
{
    const std::unordered_set<NodeId> isThere(nodes.begin(), nodes.end());
    std::vector<Focus::Wire> wires;
    for (const NodeId to : nodes) {
        if (store.state(to).readsSince > revision)
            continue; // What it read then is not kept.
        for (const NodeId from : store.reads(to)) {
            if (isThere.contains(from))
                wires.push_back({from, to, isOnPath(store, from, to, revision)});
        }
    }
    std::ranges::sort(wires, {}, [](const Focus::Wire &wire) { return std::pair(wire.from, wire.to); });
    return wires;
}

} // namespace

std::vector<trace::Step> wayOfChange(const trace::Store &store, NodeId node, trace::Revision revision)
{
    const trace::RevisionRecord *record = store.revision(revision);
    if (node == 0 || !record || record->inputs.empty())
        return {};
    trace::Why why = trace::why(store, node, revision);
    if (why.ranIn != revision)
        return {};
    std::erase_if(why.chain, [](const trace::Step &step) {
        return step.kind != trace::Step::Kind::Query && step.kind != trace::Step::Kind::Input;
    });
    return why.chain;
}

/// Takes nodes as long as there are columns and rows for them.
class FocusPicture::Grid
{
public:
    Grid(const trace::Store &store, int columns, int rows) : m_store(store), m_columns(columns), m_rows(rows) { }

    void add(NodeId id)
    {
        if (!m_isTaken.insert(id).second)
            return;
        const trace::NodeName node = m_store.node(id);
        m_kinds.insert(node.kind);
        int &rows = m_rowsOf[node.file];
        m_taken += rowsFor(node) - rows;
        rows = rowsFor(node);
        ++m_nodesOf[{node.file, node.kind}];
        m_nodes.push_back(id);
    }

    void addIfThereIsRoom(NodeId id)
    {
        const trace::NodeName node = m_store.node(id);
        const auto rows = m_rowsOf.find(node.file);
        const int missing = rowsFor(node) - (rows == m_rowsOf.end() ? 0 : rows->second);
        const bool isColumn = m_columns == 0 || m_kinds.contains(node.kind) || int(m_kinds.size()) < m_columns;
        if (isColumn && (m_rows == 0 || missing == 0 || m_taken + missing <= m_rows))
            add(id);
    }

    bool contains(NodeId id) const { return m_isTaken.contains(id); }
    std::size_t size() const { return m_nodes.size(); }
    std::vector<NodeId> take() { return std::move(m_nodes); }

private:
    /// How many rows the file of a node needs, with it.
    int rowsFor(const trace::NodeName &node) const
    {
        const auto rows = m_rowsOf.find(node.file);
        const auto nodes = m_nodesOf.find({node.file, node.kind});
        return std::max(rows == m_rowsOf.end() ? 0 : rows->second, nodes == m_nodesOf.end() ? 1 : nodes->second + 1);
    }

    const trace::Store &m_store;
    int m_columns;
    int m_rows;
    int m_taken = 0; ///< Rows.
    std::vector<NodeId> m_nodes;
    std::unordered_set<NodeId> m_isTaken;
    std::set<std::string_view> m_kinds;
    std::map<std::string_view, int> m_rowsOf; ///< By file.
    std::map<std::pair<std::string_view, std::string_view>, int> m_nodesOf; ///< By file and kind.
};

FocusPicture::FocusPicture(const QString &root, QObject *parent) : QObject(parent), m_rootFolder(root + u'/') { }

/// While a revision is shown, a path that is still there stays, however short another may have become.
void FocusPicture::findPath(const trace::Store &store, std::uint32_t revision)
{
    const bool isKnown = m_pathRevision == revision && isThere(m_path, store, revision);
    if (m_pathEnd != 0 && !isKnown)
        m_path = pathBetween(store, m_pathBegin, m_pathEnd, revision);
    if (m_pathEnd == 0 || (!m_path.nodes.empty() && !std::ranges::contains(m_path.nodes, m_node))
        || (m_path.nodes.empty() && m_node != m_pathBegin)) {
        m_path = {};
        m_pathEnd = 0;
    }
    m_pathRevision = revision;
    m_whyNoPath.clear();
    if (m_pathEnd == 0 || !m_path.nodes.empty())
        return;
    const QString end = nameOf(store, m_pathEnd);
    m_whyNoPath = m_path.isKept ? Words::tr("no path to %1: neither reads the other, not even through others").arg(end)
                                : Words::tr("path to %1: %2").arg(end, notKept());
}

void FocusPicture::update(const trace::Store &store, const KindGraph &kinds, std::uint32_t node, std::uint32_t revision)
{
    if (node != m_node) {
        if (!m_keepsPlaces || !m_arrangement.places.contains(node)) {
            m_arrangement = {};
            m_expanded.clear();
        }
        m_keepsPlaces = false;
    }
    m_node = node;
    m_revision = revision;
    const bool wasPath = !m_path.nodes.empty();
    findPath(store, revision);
    const bool isPath = !m_path.nodes.empty();
    if (isPath != wasPath)
        m_arrangement = {};
    const std::vector<trace::Step> way = isPath ? std::vector<trace::Step>() : wayOfChange(store, node, revision);
    const std::vector<NodeId> ids = isPath ? m_path.nodes : cards(store, way);
    std::vector<canvas::Node> nodes;
    for (const NodeId id : ids) {
        const trace::NodeName each = store.node(id);
        const QString file = toQString(each.file);
        nodes.push_back({.id = id,
                         .kind = toQString(each.kind),
                         .file = file,
                         .isOutside = !file.startsWith(m_rootFolder),
                         .key = nameOf(store, id)});
    }
    m_arrangement = canvas::arrange(nodes, kinds.order(), m_arrangement);

    Focus focus;
    const std::unordered_set<NodeId> isShown(ids.begin(), ids.end());
    for (const QString &kind : m_arrangement.kinds)
        focus.columns.push_back({kind, aboutKind(store, kind)});
    for (const NodeId id : ids) {
        focus.cards.push_back(cardOf(store, id, m_arrangement.places.value(id), revision));
        focus.cards.back().isPinned = m_pinned.contains(id);
        if (m_collapsed.contains(id))
            collapse(focus.cards.back(), store, isShown, revision);
        // A change may take several revisions to get through: then it is told as one, as the chain does.
        const auto step = std::ranges::find(way, id, &trace::Step::node);
        if (step == way.end() || step->revision == revision)
            continue;
        focus.cards.back().outcome = step->outcome;
        focus.cards.back().subtitle =
            Words::tr("%1 in revision %2").arg(outcomeText(step->outcome)).arg(step->revision);
    }
    std::ranges::sort(focus.cards, {}, [](const Focus::Card &card) { return std::pair(card.column, card.row); });
    focus.wires = wiresBetween(store, ids, revision);
    for (Focus::Wire &wire : focus.wires) {
        const auto to = std::ranges::find(way, wire.to, &trace::Step::node);
        wire.isOnPath |= isPath || (to != way.end() && to != way.begin() && std::prev(to)->node == wire.from);
    }
    const QString shown = Words::tr("%1 of %2").arg(countText(ids.size()), countText(bornUntil(store, revision)));
    focus.caption =
        node == 0 ? shown : Words::tr("focus: %1 · %2").arg(toQString(trace::nameOf(store.node(node))), shown);
    if (isPath)
        focus.caption = Words::tr("path from %1 to %2 · %3")
                            .arg(nameOf(store, m_path.nodes.front()), nameOf(store, m_path.nodes.back()),
                                 countOf(m_path.nodes.size() - 1, QT_TRANSLATE_N_NOOP("models", "%1 step(s)")));
    else if (!m_whyNoPath.isEmpty())
        focus.caption = m_whyNoPath;
    if (focus == m_focus)
        return;
    m_focus = std::move(focus);
    Q_EMIT changed();
}

void FocusPicture::showPathTo(std::uint32_t node)
{
    m_path = {};
    m_pathBegin = m_node;
    m_pathEnd = node == m_node || m_node == 0 ? 0 : node;
    m_arrangement = {};
}

/// What is seen whatever room there is comes first, then what fits of the rest, the most interesting before others. Of
/// that, the kinds that have a column already come first, so that a picture changes as little as can be.
std::vector<NodeId> FocusPicture::cards(const trace::Store &store, const std::vector<trace::Step> &way) const
{
    const auto isThere = [&](NodeId id) { return id != 0 && store.state(id).born <= m_revision; };
    Grid grid(store, m_columns, m_rows);
    const auto ask = [&](NodeId id) {
        if (isThere(id) && grid.size() < limit)
            grid.add(id);
    };
    ask(m_node);
    for (const trace::Step &step : way)
        ask(step.node);
    std::ranges::for_each(m_pinned, ask);
    for (const NodeId node : m_expanded) {
        ask(node);
        forEachNeighbour(store, node, ask);
    }
    std::vector<NodeId> others = mostInteresting(store, m_node, m_revision, m_collapsed, usual);
    std::erase_if(others, [&](NodeId id) { return !isThere(id) || grid.contains(id); });
    dropCollapsed(store, others, grid);
    const auto hasColumn = [&](NodeId id) { return m_arrangement.kinds.contains(toQString(store.node(id).kind)); };
    std::ranges::stable_partition(others, hasColumn);
    for (const NodeId id : others) {
        if (grid.size() < usual)
            grid.addIfThereIsRoom(id);
    }
    return grid.take();
}

/// Takes out of `others`, which stand beside `asked`, what has a neighbour that is collapsed and none that is not.
void FocusPicture::dropCollapsed(const trace::Store &store, std::vector<NodeId> &others, const Grid &asked) const
{
    if (m_collapsed.empty())
        return;
    const std::unordered_set<NodeId> isShown(others.begin(), others.end());
    std::erase_if(others, [&](NodeId id) {
        if (m_collapsed.contains(id))
            return false;
        bool isOfCollapsed = false;
        bool isOfOther = false;
        forEachNeighbour(store, id, [&](NodeId neighbour) {
            if (!isShown.contains(neighbour) && !asked.contains(neighbour))
                return;
            (m_collapsed.contains(neighbour) ? isOfCollapsed : isOfOther) = true;
        });
        return isOfCollapsed && !isOfOther;
    });
}

void FocusPicture::setRoom(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
}

void FocusPicture::expand(std::uint32_t node)
{
    m_collapsed.erase(node);
    if (!std::ranges::contains(m_expanded, node))
        m_expanded.push_back(node);
}

void FocusPicture::setCollapsed(std::uint32_t node, bool isCollapsed)
{
    std::erase(m_expanded, node);
    if (isCollapsed)
        m_collapsed.insert(node);
    else
        m_collapsed.erase(node);
}

void FocusPicture::setPinned(std::uint32_t node, bool isPinned)
{
    if (isPinned)
        m_pinned.insert(node);
    else
        m_pinned.erase(node);
}

} // namespace nuages::models
