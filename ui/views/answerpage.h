#pragma once

#include "ui/views/page.h"

#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace nuages::models {
class AnswerRows;
}

namespace nuages::trace {
class Store;
}

namespace nuages::views {

class Table;

/// A page that answers a question about what the engine did: what is asked on top, a sentence, and tables of which one
/// is shown. It is answered only while it is seen, and an answer that took long is left alone for a while. Where much
/// is kept the answer is looked for on another thread, and meanwhile the window goes on with the store as it is.
class AnswerPage : public Page
{
    Q_OBJECT

public:
    explicit AnswerPage(const PageContext &context);
    ~AnswerPage() override;

    void refresh() override;

    /// With so many nodes and things that happened to them an answer is looked for on another thread.
    static constexpr std::size_t large = 20'000;

    bool isSearching() const { return m_held != nullptr; }
    int searches() const { return m_searches; } ///< Answers that were looked for on another thread.

    /// The sentence, and the table that is shown.
    QString markdown() const;

protected:
    /// Gives an answer that was found to the models, on the GUI thread, and says the sentence above them.
    using Found = std::function<QString()>;

    /// Looks for an answer. May run on another thread: it reads the store and what it has captured by value.
    using Search = std::function<Found(const trace::Store &)>;

    /// Whether the answer is wanted; else it is put off.
    virtual bool isWanted() const { return isVisible(); }

    /// What is asked now.
    virtual Search ask() = 0;

    /// A choice of what is asked; answer() is called again when it changes.
    QComboBox *addChoice(const QString &name, const QString &accessibleName, const QStringList &words);

    /// Adds a table, which is shown if `title` is chosen, and gives `stretched` the room that is left. Of several the
    /// first is shown at first.
    Table *addTable(models::AnswerRows *rows, const QString &name, const QString &title, int stretched);

    /// Likewise something else than a table.
    void addView(QWidget *view, const QString &title);

    /// At the end of what is asked.
    void addToTop(QWidget *widget);

    /// Stands after the sentence until it is taken away.
    void setNote(const QString &note);

    /// Asks again now.
    void askAgain();

    void showEvent(QShowEvent *event) override;

    models::Inspection &inspection() const { return m_inspection; }

    /// Selects a query, and the revision unless that is 0.
    void goTo(quint32 node, quint32 revision);

private:
    void tell(const Found &found, qint64 tookMs);
    void goToRow(const QModelIndex &index);

    models::Inspection &m_inspection;
    QHBoxLayout *m_top;
    QComboBox *m_shown;
    QLabel *m_sentence;
    QLabel *m_note;
    QStackedWidget *m_tables;
    QTimer m_rest; ///< Runs while no new answer is looked for.
    std::vector<std::pair<QString, const models::AnswerRows *>> m_rows; ///< Of each table, with its title.
    bool m_isOutdated = false;
    bool m_isAskedAgain = false; ///< While an answer was looked for.
    int m_searches = 0;
    std::shared_ptr<void> m_held; ///< Keeps the store as it is while an answer is looked for.
    QThreadPool m_thread; ///< One. The last member: its end is waited for before anything else goes.
};

} // namespace nuages::views
