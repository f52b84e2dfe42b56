#pragma once

#include "ui/views/pane.h"

class QLabel;

namespace nuages::models {
class WhyChain;
}

namespace nuages::views {

class Tree;

/// The answer first, then its proof: the sentence, and the chain from the key press to the node. Beside it, why a node
/// did not run.
class WhyPane final : public Pane
{
    Q_OBJECT

public:
    explicit WhyPane(models::WhyChain &why, QWidget *parent = nullptr);

    Tree &chain() { return *m_chain; }
    QString sentence() const;

    /// Shows what the model says now.
    void follow();

Q_SIGNALS:
    void nodePicked(quint32 node);

private:
    models::WhyChain &m_why;
    QLabel *m_sentence;
    Tree *m_chain;
    QLabel *m_whyNot;
};

} // namespace nuages::views
