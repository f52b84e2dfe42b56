#include "ui/views/answerpage.h"

#include "engine/trace/store.h"
#include "ui/models/answerrows.h"
#include "ui/models/inspection.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/lists.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int answerInset = 4;
constexpr int leastAnswerWidth = 120;

} // namespace

AnswerPage::AnswerPage(const PageContext &context)
    : m_inspection(context.inspection), m_top(new QHBoxLayout), m_shown(new QComboBox), m_sentence(new QLabel),
      m_note(new QLabel), m_tables(new QStackedWidget)
{
    m_top->setContentsMargins(answerInset, answerInset, answerInset, 0);
    m_shown->setObjectName(u"answerTables"_s);
    m_shown->setAccessibleName(tr("What is listed"));
    m_shown->hide();
    m_top->addWidget(m_shown);
    m_top->addStretch(1);
    m_sentence->setObjectName(u"answerSentence"_s);
    m_sentence->setAccessibleName(tr("Answer"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_sentence->setContentsMargins(answerInset, answerInset, answerInset, answerInset);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_top);
    layout->addWidget(m_sentence);
    m_note->setObjectName(u"answerNote"_s);
    m_note->setContentsMargins(answerInset, 0, answerInset, answerInset);
    m_note->hide();
    layout->addWidget(m_note);
    layout->addWidget(m_tables, 1);
    connect(m_shown, &QComboBox::currentIndexChanged, m_tables, &QStackedWidget::setCurrentIndex);
    connect(m_tables, &QStackedWidget::currentChanged, this, [this] { setEntry(m_tables->currentWidget()); });
    m_thread.setMaxThreadCount(1);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_isOutdated)
            refresh();
    });
}

AnswerPage::~AnswerPage() { m_thread.waitForDone(); }

void AnswerPage::refresh()
{
    if (!isWanted() || m_rest.isActive() || isSearching())
        m_isOutdated = true;
    else
        askAgain();
}

void AnswerPage::askAgain()
{
    if (isSearching()) {
        m_isAskedAgain = true;
        return;
    }
    m_isOutdated = m_isAskedAgain = false;
    const trace::Store &store = m_inspection.store();
    Search search = ask();
    if (store.lastNode() + store.keptExecutions() < large) {
        QElapsedTimer took;
        took.start();
        tell(search(store), took.elapsed());
        return;
    }
    ++m_searches;
    m_held = m_inspection.hold();
    if (m_sentence->text().isEmpty())
        m_sentence->setText(tr("Looking through all that is kept…"));
    m_thread.start([this, &store, search = std::move(search)] {
        QElapsedTimer took;
        took.start();
        Found found = search(store);
        const qint64 tookMs = took.elapsed();
        QMetaObject::invokeMethod(
            this, [this, found = std::move(found), tookMs] { tell(found, tookMs); }, Qt::QueuedConnection);
    });
}

void AnswerPage::tell(const Found &found, qint64 tookMs)
{
    QString sentence = found();
    for (const auto &[title, rows] : m_rows) {
        if (rows->all() > rows->rows().size())
            sentence += tr(" · %1: the first %2 of %3 are listed")
                            .arg(title, models::countText(rows->rows().size()), models::countText(rows->all()));
    }
    m_sentence->setText(sentence);
    m_rest.start(int(tookMs) * models::Inspection::restFactor);
    m_held.reset();
    if (m_isAskedAgain)
        askAgain();
}

void AnswerPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!isSearching() && (m_isOutdated || m_sentence->text().isEmpty()))
        askAgain();
}

QComboBox *AnswerPage::addChoice(const QString &name, const QString &accessibleName, const QStringList &words)
{
    auto *choice = new QComboBox;
    choice->setObjectName(name);
    choice->setAccessibleName(accessibleName);
    choice->addItems(words);
    m_top->insertWidget(m_top->indexOf(m_shown), choice);
    setTabOrder(choice, m_shown);
    connect(choice, &QComboBox::currentIndexChanged, this, &AnswerPage::askAgain);
    return choice;
}

void AnswerPage::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void AnswerPage::addToTop(QWidget *widget) { m_top->insertWidget(m_top->count() - 1, widget); }

Table *AnswerPage::addTable(models::AnswerRows *rows, const QString &name, const QString &title, int stretched)
{
    auto *table = new Table(rows, title);
    table->setObjectName(name);
    std::vector<int> least(std::size_t(rows->columnCount()), 0);
    least[std::size_t(stretched)] = leastAnswerWidth;
    table->setWidths(stretched, least);
    table->horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder); // They come in the order that tells most.
    table->setSortingEnabled(true);
    // By click or Enter: who reads the rows with the arrow keys is not taken elsewhere.
    connect(table, &QAbstractItemView::clicked, this, &AnswerPage::goToRow);
    connect(table, &QAbstractItemView::activated, this, &AnswerPage::goToRow);
    connect(rows, &models::AnswerRows::orderAsked, this, &AnswerPage::askAgain);
    m_rows.emplace_back(title, rows);
    addView(table, title);
    return table;
}

void AnswerPage::addView(QWidget *view, const QString &title)
{
    m_shown->addItem(title);
    m_shown->setVisible(m_shown->count() > 1);
    m_tables->addWidget(view);
    setEntry(m_tables->currentWidget());
}

void AnswerPage::goToRow(const QModelIndex &index)
{
    goTo(index.data(models::NodeRole).toUInt(), index.data(models::RevisionRole).toUInt());
}

void AnswerPage::goTo(quint32 node, quint32 revision)
{
    if (node == 0)
        return;
    models::Spot spot = m_inspection.selection().spot();
    spot.node = node;
    if (const std::string_view file = m_inspection.store().node(node).file; !file.empty())
        spot.file = models::toQString(file);
    if (revision != 0 && revision != m_inspection.shownRevision())
        spot.revision = revision;
    spot.isPinned = true;
    m_inspection.selection().go(spot);
}

QString AnswerPage::markdown() const
{
    const auto *table = qobject_cast<Table *>(m_tables->currentWidget());
    if (!table)
        return m_sentence->text() + u'\n';
    const QAbstractItemModel &rows = *table->model();
    const auto line = [&rows](const auto &cellOf) {
        QString text = u"|"_s;
        for (int column = 0; column < rows.columnCount(); ++column)
            text += u' ' + cellOf(column).replace(u'|', u"\\|"_s) + u" |"_s;
        return text + u'\n';
    };
    QString text = m_sentence->text() + u"\n\n"_s;
    text += line([&rows](int column) { return rows.headerData(column, Qt::Horizontal).toString(); });
    text += line([&rows](int column) {
        const bool isFigure = rows.index(0, column).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        return isFigure ? u"--:"_s : u"---"_s;
    });
    for (int row = 0; row < rows.rowCount(); ++row)
        text += line([&rows, row](int column) { return rows.index(row, column).data().toString(); });
    return text;
}

} // namespace nuages::views
