#include "ui/models/focuspicture.h"

#include "engine/trace/why.h"
#include "ui/models/interest.h"
#include "ui/models/kindgraph.h"
#include "ui/models/text.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_set>

namespace nuages::models {

namespace {

using trace::NodeId;
using trace::Outcome;

/// "catalog/list.html" of "templates/catalog/list.html"; of a deep path its last two parts.
QString shortKey(const trace::Node &node)
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

/// The way of the change is seen whole, however long it is.
void addWay(std::vector<NodeId> &ids, const std::vector<trace::Step> &way)
{
    std::vector<NodeId> missing;
    for (const trace::Step &step : way) {
        if (!std::ranges::contains(ids, step.node))
            missing.push_back(step.node);
    }
    missing.resize(std::min(missing.size(), FocusPicture::limit - 1)); // beside the node itself
    ids.resize(std::min(ids.size(), FocusPicture::limit - missing.size()));
    ids.insert(ids.end(), missing.begin(), missing.end());
}

Focus::Card cardOf(const trace::Store &store, NodeId id, const canvas::Place &place, trace::Revision revision)
{
    const trace::Node &node = store.node(id);
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
    m_whyNoPath = m_path.isKept
        ? QStringLiteral("no path to %1: neither reads the other, not even through others").arg(end)
        : QStringLiteral("path to %1: %2").arg(end, notKept());
}

void FocusPicture::update(const trace::Store &store, const KindGraph &kinds, std::uint32_t node, std::uint32_t revision)
{
    if (node != m_node) {
        m_expanded.clear();
        if (!m_keepsPlaces || !m_arrangement.places.contains(node))
            m_arrangement = {};
        m_keepsPlaces = false;
    }
    m_node = node;
    const bool wasPath = !m_path.nodes.empty();
    findPath(store, revision);
    const bool isPath = !m_path.nodes.empty();
    if (isPath != wasPath)
        m_arrangement = {};
    const std::vector<trace::Step> way = isPath ? std::vector<trace::Step>() : wayOfChange(store, node, revision);
    std::vector<NodeId> ids = isPath ? m_path.nodes : mostInteresting(store, node, revision, m_expanded, limit);
    addWay(ids, way);
    std::erase_if(ids, [&](NodeId id) { return store.state(id).born > revision; });
    std::vector<canvas::Node> nodes;
    for (const NodeId id : ids) {
        const trace::Node &each = store.node(id);
        const QString file = toQString(each.file);
        nodes.push_back({.id = id,
                         .kind = toQString(each.kind),
                         .file = file,
                         .isOutside = !file.startsWith(m_rootFolder),
                         .key = toQString(trace::nameOf(each))});
    }
    m_arrangement = canvas::arrange(nodes, kinds.order(), m_arrangement);

    Focus focus;
    for (const QString &kind : m_arrangement.kinds)
        focus.columns.push_back({kind, aboutKind(store, kind)});
    for (const NodeId id : ids) {
        focus.cards.push_back(cardOf(store, id, m_arrangement.places.value(id), revision));
        // A change may take several revisions to get through: then it is told as one, as the chain does.
        const auto step = std::ranges::find(way, id, &trace::Step::node);
        if (step == way.end() || step->revision == revision)
            continue;
        focus.cards.back().outcome = step->outcome;
        focus.cards.back().subtitle =
            QStringLiteral("%1 in revision %2").arg(outcomeText(step->outcome)).arg(step->revision);
    }
    std::ranges::sort(focus.cards, {}, [](const Focus::Card &card) { return std::pair(card.column, card.row); });
    focus.wires = wiresBetween(store, ids, revision);
    for (Focus::Wire &wire : focus.wires) {
        const auto to = std::ranges::find(way, wire.to, &trace::Step::node);
        wire.isOnPath |= isPath || (to != way.end() && to != way.begin() && std::prev(to)->node == wire.from);
    }
    const QString shown = QStringLiteral("%1 of %2").arg(countText(ids.size()), countText(bornUntil(store, revision)));
    focus.caption =
        node == 0 ? shown : QStringLiteral("focus: %1 · %2").arg(toQString(trace::nameOf(store.node(node))), shown);
    if (isPath)
        focus.caption = QStringLiteral("path from %1 to %2 · %3")
                            .arg(nameOf(store, m_path.nodes.front()), nameOf(store, m_path.nodes.back()),
                                 countOf(m_path.nodes.size() - 1, QStringLiteral("step")));
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

void FocusPicture::expand(std::uint32_t node)
{
    if (!std::ranges::contains(m_expanded, node))
        m_expanded.push_back(node);
}

} // namespace nuages::models
