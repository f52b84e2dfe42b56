#include "ui/views/whatifpage.h"

#include "ui/models/inspection.h"
#include "ui/models/questionrows.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>

#include <initializer_list>
#include <map>

using namespace Qt::StringLiterals;

namespace nuages::views {

WhatIfPage::WhatIfPage(const PageContext &context)
    : AnswerPage(context), m_link(context.link), m_old(new QLineEdit), m_new(new QLineEdit), m_try(new QPushButton),
      m_ran(new models::AnswerRows({tr("ran"), tr("foretold")}, this)),
      m_expected(new models::AnswerRows(models::whatIfTitles(), this)),
      m_fared(new models::AnswerRows(
          {tr("file"), tr("rev"), tr("sure"), tr("ran"), tr("maybe"), tr("ran"), tr("others")}, this))
{
    addTable(m_expected, QStringLiteral("whatIfExpected"), tr("What would run"), 0);
    addTable(m_fared, QStringLiteral("whatIfFared"), tr("What became of it"), 0);
    if (m_link.canRehearse())
        addTable(m_ran, QStringLiteral("whatIfRan"), tr("What ran when it was tried"), 0);
    m_old->setObjectName(u"trialOld"_s);
    m_old->setPlaceholderText(tr("in the place of"));
    m_old->setAccessibleName(tr("Text of the file that is replaced; none: something is added at its end"));
    m_old->setToolTip(m_old->accessibleName());
    m_new->setObjectName(u"trialNew"_s);
    m_new->setPlaceholderText(tr("put"));
    m_new->setAccessibleName(tr("Text that takes its place"));
    m_try->setObjectName(u"trialBegin"_s);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_old, m_new, m_try}) {
        addToTop(widget);
        widget->setVisible(m_link.canRehearse());
    }
    connect(m_try, &QPushButton::clicked, this, &WhatIfPage::tryOrStop);
    for (const QLineEdit *edit : {m_old, m_new})
        connect(edit, &QLineEdit::returnPressed, this, &WhatIfPage::tryOrStop);
    connect(&m_link, &link::Link::rehearsing, this, [this](bool isEdited, quint64 portions) {
        m_tried.progress = (isEdited ? tr("The edit is played: %1 done") : tr("The project is read: %1 done"))
                               .arg(models::countText(portions));
        showTrial();
    });
    connect(&m_link, &link::Link::rehearsed, this, [this](const QStringList &ran, const QString &fault) {
        m_tried.isRunning = false;
        m_tried.ran = ran;
        m_tried.fault = fault;
        showTrial();
        askAgain();
    });
    showTrial();
}

void WhatIfPage::tryOrStop()
{
    if (m_tried.isRunning)
        m_link.stopRehearsal();
    else
        begin();
}

void WhatIfPage::begin()
{
    const trace::Store &store = inspection().store();
    const std::string path = inspection().selection().spot().file.toStdString();
    m_tried = {};
    const std::shared_ptr<const std::string> known = store.textAt(path, store.revision());
    QFile disk(models::toQString(path));
    QByteArray text = known              ? QByteArray::fromStdString(*known)
        : disk.open(QIODevice::ReadOnly) ? disk.readAll()
                                         : QByteArray();
    const QByteArray before = m_old->text().toUtf8();
    if (path.empty())
        m_tried.fault = tr("no file is selected");
    else if (!before.isEmpty() && text.count(before) != 1)
        m_tried.fault = tr("“%1” does not stand in the file once").arg(m_old->text());
    else if (m_old->text() == m_new->text())
        m_tried.fault = tr("that changes nothing");
    if (m_tried.fault.isEmpty()) {
        const qsizetype at = before.isEmpty() ? text.size() : text.indexOf(before);
        text.replace(at, before.size(), m_new->text().toUtf8());
        link::Trial trial{.root = inspection().root(), .now = {}, .then = {models::toQString(path), text}};
        store.visitFiles([&](std::string_view each, const trace::FileState &file) {
            const auto said = store.textAt(each, store.revision());
            if (file.status == trace::FileRecord::Status::Overlay && said)
                trial.now.push_back({models::toQString(each), QByteArray::fromStdString(*said)});
        });
        m_tried.foretold = std::make_shared<const trace::WhatIf>(trace::whatIf(store, std::vector{path}));
        m_tried.isRunning = true;
        m_tried.progress = tr("The project is read");
        if (!m_link.rehearse(trial)) {
            m_tried.isRunning = false;
            m_tried.fault = tr("there is no project here to try it on");
        }
    }
    showTrial();
    askAgain();
}

/// On the button, and in the sentence while nothing new is found.
void WhatIfPage::showTrial()
{
    m_try->setText(m_tried.isRunning ? tr("Stop") : tr("Try"));
    m_try->setToolTip(m_tried.isRunning ? m_tried.progress
                                        : tr("Plays the edit in a second engine; nothing is changed"));
    setNote(m_tried.isRunning ? m_tried.progress + u"…"_s : QString());
}

namespace {

std::vector<models::AnswerRow> faredRows(const trace::Store &store,
                                         const std::vector<models::Predictions::Fared> &fared)
{
    std::vector<models::AnswerRow> rows;
    for (const models::Predictions::Fared &each : fared) {
        const QString file = models::shownPath(store, each.file);
        rows.push_back({.name = QStringLiteral("%1 %2").arg(each.revision).arg(file),
                        .cells = {file, models::countCell(each.revision), models::countCell(each.score.sure),
                                  models::countCell(each.score.sureRan), models::countCell(each.score.maybe),
                                  models::countCell(each.score.maybeRan), models::countCell(each.score.unforeseen)},
                        .node = store.nodesOfFile(each.file).front(),
                        .revision = each.revision});
    }
    return rows;
}

std::vector<std::string> namesOf(const QStringList &names)
{
    std::vector<std::string> plain;
    for (const QString &name : names)
        plain.push_back(name.toStdString());
    return plain;
}

QString scoreOf(const trace::Store &store, const trace::WhatIf &foretold, const QStringList &ran)
{
    return models::toQString(sentenceOf(trace::score(store, foretold, namesOf(ran))));
}

/// What ran, and what had been said of it.
std::vector<models::AnswerRow> ranRows(const trace::Store &store, const trace::WhatIf *foretold, const QStringList &ran)
{
    std::vector<models::AnswerRow> rows;
    std::map<trace::NodeId, const trace::Expected *> said;
    if (foretold) {
        for (const trace::Expected &each : foretold->expected)
            said.emplace(each.node, &each);
    }
    for (const std::string &name : namesOf(ran)) {
        const trace::NodeId node = store.find(name);
        const auto found = said.find(node);
        const QString words = found == said.end()        ? WhatIfPage::tr("not")
            : found->second->grade == trace::Grade::Sure ? WhatIfPage::tr("sure")
                                                         : u"%1 %"_s.arg(100 * found->second->chance, 0, 'f', 0);
        rows.push_back({.name = models::toQString(name), .cells = {models::toQString(name), words}, .node = node});
    }
    return rows;
}

} // namespace

AnswerPage::Search WhatIfPage::ask()
{
    const QString &path = inspection().selection().spot().file;
    return [this, path, tried = m_tried, byRan = m_ran->order(), predictions = m_predictions,
            byExpected = m_expected->order(), byFared = m_fared->order()](const trace::Store &store) -> Found {
        const auto fared = predictions.fared(store);
        const auto faredReady = models::ReadyRows(faredRows(store, fared), byFared);
        const auto ranReady = models::ReadyRows(ranRows(store, tried.foretold.get(), tried.ran), byRan);
        QString trial;
        if (!tried.fault.isEmpty())
            trial = tr(" · not tried: %1").arg(tried.fault);
        else if (tried.foretold && !tried.isRunning)
            trial = tr(" · tried: %1 ran; %2")
                        .arg(models::countText(std::uint64_t(tried.ran.size())),
                             scoreOf(store, *tried.foretold, tried.ran));
        if (path.isEmpty()) {
            return [this, faredReady] {
                m_fared->update(faredReady);
                m_expected->update(models::ReadyRows());
                return tr("Select a file to see what an edit of it would run.");
            };
        }
        const trace::WhatIf whatIf = trace::whatIf(store, std::vector{path.toStdString()});
        QString sentence =
            tr("%1: %2").arg(models::shownPath(store, path.toStdString()), models::whatIfSentence(whatIf));
        if (!fared.empty()) {
            sentence += tr(" · last time, in revision %1: %2")
                            .arg(fared.front().revision)
                            .arg(models::toQString(sentenceOf(fared.front().score)));
        }
        sentence += trial;
        return [this, faredReady, ranReady, whatIf, sentence,
                expected = models::ReadyRows(models::whatIfRows(store, whatIf), byExpected)] {
            m_predictions.remember(whatIf);
            m_fared->update(faredReady);
            m_ran->update(ranReady);
            m_expected->update(expected);
            return sentence;
        };
    };
}

} // namespace nuages::views
