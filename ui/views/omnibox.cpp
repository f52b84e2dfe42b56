#include "ui/views/omnibox.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

Omnibox::Omnibox(Propose propose, QWidget *parent)
    : QLineEdit(parent), m_propose(std::move(propose)), m_list(new QStringListModel(this))
{
    setObjectName(u"omnibox"_s);
    setAccessibleName(tr("Search"));
    setPlaceholderText(tr("Search queries, files, requests  ·  > command  ·  : revision  ·  ~ path to"));
    setClearButtonEnabled(true);
    for (QToolButton *button : findChildren<QToolButton *>())
        button->defaultAction()->setToolTip(tr("Clear what is searched for"));
    auto *completer = new QCompleter(m_list, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setMaxVisibleItems(12);
    setCompleter(completer);
    connect(this, &QLineEdit::textEdited, this, &Omnibox::propose);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &Omnibox::take);
}

void Omnibox::ask(const QString &text)
{
    setFocus();
    setText(text);
    propose(text);
    completer()->complete();
}

void Omnibox::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !m_proposals.empty()) {
        completer()->popup()->hide(); // First: it gives the focus back.
        take(m_proposals.front().text);
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        clear();
        propose({});
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void Omnibox::propose(const QString &text)
{
    m_proposals = text.isEmpty() ? std::vector<Proposal>() : m_propose(text);
    QStringList texts;
    for (const Proposal &proposal : m_proposals)
        texts << proposal.text;
    m_list->setStringList(texts);
    const bool isName = text.isEmpty() || !u">:~"_s.contains(text.front());
    Q_EMIT filterChanged(isName ? text : QString());
}

void Omnibox::take(const QString &text)
{
    const auto found = std::ranges::find(m_proposals, text, &Proposal::text);
    if (found == m_proposals.end())
        return;
    const auto go = found->go;
    clear();
    propose({});
    Q_EMIT left();
    go();
}

} // namespace nuages::views
