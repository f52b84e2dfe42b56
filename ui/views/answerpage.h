#pragma once

#include "ui/views/page.h"

#include <QTimer>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace nuages::models {
class AnswerRows;
}

namespace nuages::views {

class Table;

/// A page that answers a question about what the engine did: what is asked on top, a sentence, and tables of which one
/// is shown. It is answered only while it is seen, and an answer that took long is left alone for a while.
class AnswerPage : public Page
{
    Q_OBJECT

public:
    explicit AnswerPage(const PageContext &context);

    void refresh() override;

    /// The sentence, and the table that is shown.
    QString markdown() const;

protected:
    /// Computes the answer for the models, and says the sentence above them.
    virtual QString answer() = 0;

    /// A choice of what is asked; answer() is called again when it changes.
    QComboBox *addChoice(const QString &name, const QString &accessibleName, const QStringList &words);

    /// Adds a table, which is shown if `title` is chosen, and gives `stretched` the room that is left. Of several the
    /// first is shown at first.
    Table *addTable(models::AnswerRows *rows, const QString &name, const QString &title, int stretched);

    /// At the end of what is asked.
    void addToTop(QWidget *widget);

    /// Asks again now.
    void askAgain();

    void showEvent(QShowEvent *event) override;

    models::Inspection &inspection() const { return m_inspection; }

private:
    void goToRow(const QModelIndex &index);

    models::Inspection &m_inspection;
    QHBoxLayout *m_top;
    QComboBox *m_shown;
    QLabel *m_sentence;
    QStackedWidget *m_tables;
    QTimer m_rest; ///< Runs while no new answer is looked for.
    bool m_isOutdated = false;
};

} // namespace nuages::views
