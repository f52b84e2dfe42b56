#pragma once

#include "ui/views/page.h"

#include <QHash>

namespace nuages::canvas {
class GraphCanvas;
}

namespace nuages::views {

/// The whole graph with each kind of query drawn together into one node, always as large as the room. Kinds stand in
/// their order, from top to bottom and then to the right.
class KindsPage final : public Page
{
    Q_OBJECT

public:
    explicit KindsPage(const PageContext &context);

    canvas::GraphCanvas &graph() { return *m_graph; }

    void refresh() override;
    void followSelection() override;
    std::optional<std::expected<void, QString>> exportTo(const QString &path) const override;

Q_SIGNALS:
    /// The user wants to see the files of a kind.
    void kindPicked(const QString &kind);

protected:
    void showEvent(QShowEvent *event) override;

private:
    quint32 idOf(const QString &kind);

    models::Inspection &m_inspection;
    canvas::GraphCanvas *m_graph;
    QHash<QString, quint32> m_ids; ///< Of cards: a kind keeps its own, whatever comes to stand before it.
};

} // namespace nuages::views
