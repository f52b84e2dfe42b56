#pragma once

#include "ui/views/answerpage.h"

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

protected:
    QString answer() override;

private:
    std::array<std::optional<std::uint32_t>, 2> m_marks;
    models::AnswerRows *m_nodes;
    models::AnswerRows *m_inputs;
};

} // namespace nuages::views
