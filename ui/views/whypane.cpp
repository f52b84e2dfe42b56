#include "ui/views/whypane.h"

#include "ui/models/roles.h"
#include "ui/models/whychain.h"
#include "ui/views/lists.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int inset = 8;
constexpr int sentenceLines = 3;

QLabel *sentenceLabel(const QString &accessibleName)
{
    auto *label = new QLabel;
    label->setAccessibleName(accessibleName);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setContentsMargins(inset, inset, inset, inset);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

/// The name of the node that a sentence begins with, in bold.
QString withBoldName(const QString &sentence)
{
    const qsizetype end = sentence.indexOf(u')') + 1;
    return u"<b>"_s + sentence.left(end).toHtmlEscaped() + u"</b>"_s + sentence.mid(end).toHtmlEscaped();
}

} // namespace

WhyPane::WhyPane(models::WhyChain &why, QWidget *parent)
    : Pane(parent), m_why(why), m_sentence(sentenceLabel(tr("Why it ran"))),
      m_chain(new Tree(&why, tr("Chain of causes"))), m_whyNot(sentenceLabel(tr("Why it did not run")))
{
    m_sentence->setObjectName(u"sentence"_s);
    // The same height for almost every answer, so that the chain stays where it is.
    m_sentence->setMinimumHeight(sentenceLines * fontMetrics().lineSpacing() + 2 * inset);
    m_sentence->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_whyNot->setObjectName(u"whyNotSentence"_s);
    m_chain->setObjectName(u"chain"_s);
    m_chain->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_chain->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_sentence);
    layout->addWidget(m_chain, 1);
    page->setFocusProxy(m_chain);
    addPage(tr("Why"), page);
    addPage(tr("Why not"), m_whyNot);

    connect(&m_why, &models::WhyChain::sentenceChanged, this, &WhyPane::follow);
    connect(m_chain, &Tree::picked, this, [this](const QModelIndex &index) {
        if (const quint32 node = index.siblingAtColumn(0).data(models::NodeRole).toUInt())
            Q_EMIT nodePicked(node);
    });
    follow();
}

QString WhyPane::sentence() const
{
    return m_why.saving().isEmpty() ? m_why.sentence() : m_why.sentence() + u' ' + m_why.saving();
}

void WhyPane::follow()
{
    m_sentence->setText(sentence().isEmpty() ? tr("Select a query to see why it ran.") : withBoldName(sentence()));
    m_sentence->setToolTip(sentence());
    m_whyNot->setText(m_why.whyNotSentence().isEmpty() ? tr("It ran in this revision.")
                                                       : withBoldName(m_why.whyNotSentence()));
    m_chain->follow();
}

} // namespace nuages::views
