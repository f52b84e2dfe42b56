#pragma once

#include <QLineEdit>

#include <functional>
#include <vector>

class QStringListModel;

namespace nuages::views {

/// The one line for everything: a name finds a query, a file or a request, `>` a command, `:` a revision, `~` what the
/// selected query has a path to.
///
/// What is typed also filters the lists of the window. Enter takes the first proposal, or the one that was chosen;
/// Escape drops what was typed. After both the keys are wanted elsewhere.
class Omnibox final : public QLineEdit
{
    Q_OBJECT

public:
    /// Something that can be gone to.
    struct Proposal {
        QString text; ///< As it is listed.
        std::function<void()> go;
    };

    /// Gives the proposals for a text, best first. Called on every key press, so it must be quick.
    using Propose = std::function<std::vector<Proposal>(const QString &text)>;

    explicit Omnibox(Propose propose, QWidget *parent = nullptr);

    /// Takes the focus and shows what there is for `text`, as if the user had typed it.
    void ask(const QString &text);

Q_SIGNALS:
    /// The text as a filter for lists; empty for commands and revisions.
    void filterChanged(const QString &text);

    /// The user is done here. Comes before a proposal is gone to, so that this one may ask for the focus itself.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void propose(const QString &text);
    void take(const QString &text);

    Propose m_propose;
    std::vector<Proposal> m_proposals;
    QStringListModel *m_list;
};

} // namespace nuages::views
