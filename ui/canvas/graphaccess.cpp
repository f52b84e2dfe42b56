#include "ui/canvas/graphaccess.h"

#include "ui/canvas/graphcanvas.h"

namespace nuages::canvas {

namespace {

constexpr qsizetype toleratedGoneCards = 256;

GraphAccess *accessOf(GraphCanvas *canvas)
{
    return dynamic_cast<GraphAccess *>(QAccessible::queryAccessibleInterface(canvas));
}

} // namespace

CardAccess::CardAccess(GraphCanvas *canvas, quint32 id) : ItemAccess(canvas), m_id(id) { }

GraphCanvas *CardAccess::canvas() const { return static_cast<GraphCanvas *>(area()); }

bool CardAccess::exists() const { return canvas()->scene().card(m_id); }

QList<std::pair<QAccessibleInterface *, QAccessible::Relation>> CardAccess::relations(QAccessible::Relation match) const
{
    QList<std::pair<QAccessibleInterface *, QAccessible::Relation>> found;
    if (!isValid())
        return found;
    const Scene &scene = canvas()->scene();
    const GraphAccess *graph = accessOf(canvas());
    for (const int index : scene.wiresAt(scene.indexOf(m_id))) {
        const Wire &wire = scene.picture().wires[static_cast<std::size_t>(index)];
        if (wire.from == m_id && (match & QAccessible::FlowsTo))
            found.emplace_back(graph->card(wire.to), QAccessible::FlowsTo);
        if (wire.to == m_id && (match & QAccessible::FlowsFrom))
            found.emplace_back(graph->card(wire.from), QAccessible::FlowsFrom);
    }
    return found;
}

QString CardAccess::words() const { return inWords(canvas()->picture(), *canvas()->scene().card(m_id)); }

QRect CardAccess::place() const { return canvas()->cardArea(m_id); }

bool CardAccess::isCurrent() const { return canvas()->selection() == m_id; }

void CardAccess::goTo() { canvas()->pick(m_id); }

void CardAccess::press() { Q_EMIT canvas()->activated(m_id); }

GraphAccess::GraphAccess(GraphCanvas *canvas) : QAccessibleWidget(canvas, QAccessible::List) { }

GraphAccess::~GraphAccess()
{
    for (const QAccessible::Id id : std::as_const(m_cards))
        QAccessible::deleteAccessibleInterface(id);
}

int GraphAccess::childCount() const { return static_cast<int>(canvas()->picture().cards.size()); }

QAccessibleInterface *GraphAccess::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    return card(canvas()->picture().cards[static_cast<std::size_t>(index)].id);
}

QAccessibleInterface *GraphAccess::childAt(int x, int y) const
{
    return card(canvas()->cardAt(canvas()->viewport()->mapFromGlobal(QPoint(x, y))));
}

QAccessibleInterface *GraphAccess::focusChild() const
{
    return canvas()->hasFocus() ? card(canvas()->selection()) : nullptr;
}

int GraphAccess::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *access = dynamic_cast<const CardAccess *>(child);
    return access ? canvas()->scene().indexOf(access->id()) : -1;
}

QAccessibleInterface *GraphAccess::card(quint32 id) const
{
    if (!canvas()->scene().card(id))
        return nullptr;
    if (const auto known = m_cards.constFind(id); known != m_cards.cend())
        return QAccessible::accessibleInterface(*known);
    if (m_cards.size() > childCount() + toleratedGoneCards)
        dropGone();
    auto *made = new CardAccess(canvas(), id); // owned by the cache of QAccessible
    m_cards.insert(id, QAccessible::registerAccessibleInterface(made));
    return made;
}

GraphCanvas *GraphAccess::canvas() const { return static_cast<GraphCanvas *>(widget()); }

void GraphAccess::dropGone() const
{
    m_cards.removeIf([this](const auto &entry) {
        const bool gone = !canvas()->scene().card(entry.key());
        if (gone)
            QAccessible::deleteAccessibleInterface(entry.value());
        return gone;
    });
}

} // namespace nuages::canvas
