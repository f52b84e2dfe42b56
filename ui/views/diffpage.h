#pragma once

#include "ui/views/answerpage.h"

#include "ui/canvas/difference.h"

#include <QHash>

#include <array>
#include <cstdint>
#include <optional>

namespace nuages::views {

/// How two revisions differ: those that were marked; else the shown one, and the one before it.
class DiffPage final : public AnswerPage
{
    Q_OBJECT

public:
    explicit DiffPage(const PageContext &context);

    enum Side : int { A, B };

    /// The revision stays marked until another one is; without one the side follows what is shown.
    void mark(Side side, std::optional<std::uint32_t> revision);
    std::optional<std::uint32_t> marked(Side side) const { return m_marks.at(std::size_t(side)); }

    /// Whether the answer is wanted for the graph, also while this page is not seen.
    void setDrawn(bool isDrawn);
    bool isDrawn() const { return m_isDrawn; }

    /// How a node differs, if it does.
    std::optional<canvas::Difference> differenceOf(quint32 node) const;

Q_SIGNALS:
    void marksChanged();

    /// differenceOf() says something else than before.
    void differencesChanged();

protected:
    Search ask() override;
    bool isWanted() const override { return m_isDrawn || AnswerPage::isWanted(); }

private:
    std::array<std::optional<std::uint32_t>, 2> m_marks;
    bool m_isDrawn = false;
    QHash<quint32, canvas::Difference> m_differences;
    models::AnswerRows *m_nodes;
    models::AnswerRows *m_inputs;
};

} // namespace nuages::views
