#pragma once

#include "ui/models/shares.h"

#include <QAbstractItemModel>
#include <QString>

#include <memory>
#include <vector>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

/// One line of the chain.
struct WhyRow {
    enum class Kind : std::uint8_t { Edit, Step, Heading };

    Kind kind = Kind::Step;
    QString name; ///< "SourceText(templates/base.html)".
    QString detail; ///< "text differs".
    QString value; ///< "1: base.html → none".
    QString measure; ///< "0.02 ms"; of an input its durability.
    int outcome = 0; ///< trace::Outcome, of a step.
    std::uint32_t node = 0;
    bool isSelected = false;

    friend bool operator==(const WhyRow &, const WhyRow &) = default;
};

/// Why the selected node ran in the shown revision, as a tree: from the edit through the input to the node, each step
/// under the one that made it run, and below that where the change stopped.
///
/// Rows that stay the same are left alone; the rest is changed, inserted or removed, never reset.
class WhyChain : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column : int { NameColumn, MeasureColumn, ColumnCount };

    explicit WhyChain(QObject *parent = nullptr);
    ~WhyChain() override;

    QString sentence() const { return m_sentence; } ///< The answer, one sentence or two; empty if nothing is selected.
    QString saving() const { return m_saving; } ///< "That saved about 188 ms."; empty if nothing is known of that.
    QString whyNotSentence() const { return m_whyNot; } ///< Why the node did not run; empty if it did.

    /// The sentence and the chain as plain text, for the clipboard and for bug reports.
    QString plainText() const { return m_plainText; }
    QString markdown() const { return m_markdown; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void update(const trace::Store &store, std::uint32_t node, std::uint32_t revision);

Q_SIGNALS:
    void sentenceChanged();

public:
    struct Branch; ///< Of the tree.

private:
    void assign(Branch &branch, std::vector<std::unique_ptr<Branch>> wanted);
    QModelIndex indexOf(const Branch &branch) const;
    Branch &branchOf(const QModelIndex &index) const;

    QString m_sentence;
    QString m_saving;
    QString m_whyNot;
    QString m_plainText;
    QString m_markdown;
    std::unique_ptr<Branch> m_top;
};

} // namespace nuages::models
