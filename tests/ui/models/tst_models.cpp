#include "tests/support/testmain.h"
#include "tests/ui/models/eventstream.h"

#include "engine/trace/store.h"
#include "ui/models/bill.h"
#include "ui/models/fileindex.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/neighbours.h"
#include "ui/models/nodedetails.h"
#include "ui/models/querykinds.h"
#include "ui/models/requests.h"
#include "ui/models/revisions.h"
#include "ui/models/roles.h"
#include "ui/models/signalcount.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <memory>
#include <random>
#include <vector>

using namespace nuages;
using namespace nuages::models;
using tests::EventStream;
using namespace Qt::StringLiterals;

namespace {

std::vector<QAbstractItemModel *> modelsOf(Inspection &inspection)
{
    return {&inspection.kinds(),   &inspection.bill(),       &inspection.files(),    &inspection.why(),
            &inspection.details(), &inspection.neighbours(), &inspection.requests(), &inspection.revisions()};
}

void selectAtRandom(Inspection &inspection, std::mt19937 &random)
{
    Selection &selection = inspection.selection();
    switch (random() % 8) {
    case 0:
        return selection.selectNode(0);
    case 1:
        return selection.goLive();
    case 2:
        return selection.selectRevision(1 + unsigned(random() % inspection.store().revision()));
    case 3:
        return selection.back();
    case 4:
        return selection.forward();
    case 5:
        return selection.selectFile(QString::fromStdString(EventStream::pathOf(int(random() % 20))));
    default: {
        const trace::NodeId node = 1 + unsigned(random() % inspection.store().lastNode());
        return selection.selectNode(node, models::toQString(inspection.store().node(node).file));
    }
    }
}

/// Everything that a model shows, so that two of them can be compared.
QStringList textsOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            texts << index.data().toString() + u'|' + index.data(IsSelectedRole).toString() + u'|'
                    + index.data(OutcomeRole).toString();
        }
        texts << textsOf(model, model.index(row, 0, parent));
    }
    return texts;
}

/// Turn by turn, as the event loop would.
void showAll(Inspection &inspection)
{
    do
        inspection.refresh();
    while (inspection.pendingCount() > 0);
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModelObeysTheRulesAndNeverResets_data();
    void everyModelObeysTheRulesAndNeverResets();
    void whatIsShownDoesNotDependOnTheWayThere();
    void oneEditTellsOnlyWhatItTouched();
    void pausingFreezesTheViewAndLosesNothing();
    void aBurstOfBatchesIsShownAtOnce();
    void aLargeBatchIsShownInPortions();
    void whileMuchWaitsThePanesAreSeldomAskedToLook();
    void howFarBehindItIsDoesNotGrowWhileNothingComes();
    void aLargeBatchIsFreedElsewhere();
    void requestsOfClientsInOneBatchAreOneInsertion();
    void theServersOwnWorkIsShownOnRequest();
    void aPastRevisionIsShownAsItWas();
    void billNeighboursAndCardsOfAPastRevisionAreThoseOfThen();
    void requestsOfAPastRevisionStandAsTheyStood();
    void whatIsForgottenIsCalledNotKept();
    void cardsOfOneFileSayWhichField();
    void aChangeThatTakesTwoRevisionsIsOneStory();
    void aStopThatSparedMuchIsTheAnswer();
    void whatASlowReaderTellsLateIsNotTheLastThatHappened();
    void theBillHasTheCountsOfTheRevision();
    void theFocusShowsTheWayOfTheChange();
    void byItselfTheFocusHoldsNoMoreThanAScreen();
    void theFocusHasRowsOfFilesThatWereAskedAbout();
    void aFileThatGoesStandsWithTheAbsentOnes();
    void whatWasOnlyLookedForIsListedWhenWanted();
    void whatWasOnlyLookedForCostsNoLook();
    void fromOnePastRevisionToAnotherOnlyWhatDiffersIsLookedAt();
    void filesThatManyReadAreShownInPortions();
    void aFileThatIsFoundLaterHasNotChanged();
};

void TestModels::everyModelObeysTheRulesAndNeverResets_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 5; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestModels::everyModelObeysTheRulesAndNeverResets()
{
    QFETCH(const unsigned, seed);
    EventStream stream(seed, 20);
    std::mt19937 random(seed);
    Inspection inspection(u"/shop"_s);
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    int widest = 0;
    for (QAbstractItemModel *model : modelsOf(inspection)) {
        testers.push_back(
            std::make_unique<QAbstractItemModelTester>(model, QAbstractItemModelTester::FailureReportingMode::Fatal));
        connect(model, &QAbstractItemModel::dataChanged, this, [&](const QModelIndex &from, const QModelIndex &to) {
            widest = std::max(widest, to.row() - from.row() + 1);
        });
    }
    inspection.take(stream.first());
    for (int count = 0; count < 60; ++count) {
        inspection.take(stream.edit());
        if (random() % 3 == 0)
            inspection.refresh();
        selectAtRandom(inspection, random);
    }
    inspection.refresh();
    QCOMPARE(inspection.signalCount().totals().resets, 0U);
    QCOMPARE(widest, 1); // Each row that differs is named by itself.
}

void TestModels::whatIsShownDoesNotDependOnTheWayThere()
{
    constexpr unsigned seed = 7;
    EventStream stream(seed, 30);
    EventStream same(seed, 30);
    Inspection stepwise(u"/shop"_s);
    Inspection atOnce(u"/shop"_s);
    std::mt19937 random(seed);
    stepwise.take(stream.first());
    atOnce.setPaused(true);
    atOnce.take(same.first());
    for (int count = 0; count < 40; ++count) {
        stepwise.take(stream.edit());
        stepwise.refresh();
        selectAtRandom(stepwise, random);
        atOnce.take(same.edit());
    }
    atOnce.setPaused(false);
    atOnce.selection().go(stepwise.selection().spot());
    const auto left = modelsOf(stepwise);
    const auto right = modelsOf(atOnce);
    stepwise.selection().pin();
    atOnce.selection().pin();
    for (int step = 0; step < 50; ++step) {
        for (std::size_t at = 0; at < left.size(); ++at)
            QCOMPARE(textsOf(*left[at]), textsOf(*right[at]));
        const auto revision = 1 + unsigned(random() % 41);
        stepwise.selection().selectRevision(revision);
        atOnce.selection().go({}); // by way of the present
        atOnce.selection().go(stepwise.selection().spot());
    }
}

void TestModels::oneEditTellsOnlyWhatItTouched()
{
    EventStream stream(3, 2000);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    showAll(inspection);
    inspection.selection().selectNode(inspection.store().find("Tree(templates/0001.html)"));
    for (int count = 0; count < 20; ++count) {
        const SignalCount::Totals before = inspection.signalCount().totals();
        inspection.take(stream.edit());
        inspection.refresh();
        const SignalCount::Totals after = inspection.signalCount().totals() - before;
        // Kinds and bill have ten lines, details as many; of 2,000 files those that were touched or lost their mark.
        QVERIFY2(after.inserted + after.removed + after.changed < 60, qPrintable(QString::number(after.changed)));
        QCOMPARE(after.resets, 0U);
    }
}

void TestModels::pausingFreezesTheViewAndLosesNothing()
{
    EventStream stream(4, 10);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    inspection.setPaused(true);
    const std::uint64_t before = inspection.signalCount().totals().emissions;
    for (int count = 0; count < 5; ++count)
        inspection.take(stream.edit());
    inspection.refresh();
    QCOMPARE(inspection.signalCount().totals().emissions, before);
    QCOMPARE(inspection.shownRevision(), 1U);
    QCOMPARE(inspection.pendingCount(), 5U);
    inspection.setPaused(false);
    QCOMPARE(inspection.pendingCount(), 0U);
    QCOMPARE(inspection.shownRevision(), 6U);
    QCOMPARE(inspection.revisions().rowCount(), 6);
}

void TestModels::aBurstOfBatchesIsShownAtOnce()
{
    EventStream stream(5, 10);
    Inspection inspection(u"/shop"_s);
    QSignalSpy refreshed(&inspection, &Inspection::refreshed);
    inspection.take(stream.first());
    for (int count = 0; count < 30; ++count)
        inspection.take(stream.edit());
    QCOMPARE(refreshed.size(), 1); // The others wait for the tick.
    QVERIFY(refreshed.wait());
    QCOMPARE(refreshed.size(), 2);
    QCOMPARE(inspection.shownRevision(), 31U);
}

void TestModels::aLargeBatchIsShownInPortions()
{
    constexpr int files = 5000;
    const std::shared_ptr<const trace::Batch> large = EventStream(8, files).first();
    Inspection inspection(u"/shop"_s);
    quint64 before = 0;
    quint64 most = 0;
    int turns = 0;
    connect(&inspection, &Inspection::pendingCountChanged, this, [&] {
        const quint64 inserted = inspection.signalCount().totals().inserted;
        most = std::max(most, inserted - std::exchange(before, inserted));
        ++turns;
    });
    inspection.take(large); // The first portion; the others come by themselves.
    QCOMPARE(inspection.pendingCount(), 1U);
    QCOMPARE(inspection.store().lastNode(), Inspection::portion);
    QSignalSpy refreshed(&inspection, &Inspection::refreshed);
    while (inspection.pendingCount() > 0)
        QVERIFY(refreshed.wait());
    const std::size_t things = large->nodes.size() + large->executions.size() + large->memos.size()
        + large->requests.size() + large->files.size() + large->commits.size();
    // The files are told of last, and as many as come in one turn are shown in several.
    QVERIFY(std::size_t(turns) > things / Inspection::portion);
    QVERIFY(std::size_t(turns) < 2 * things / Inspection::portion);
    QCOMPARE(inspection.files().rowCount(), files);
    QVERIFY(most <= Inspection::portion + 20); // And a few of kinds and the bill.
    QCOMPARE(inspection.signalCount().totals().resets, 0U);
}

// What is shown costs ten times what a portion does: here by a clock of which each look costs a millisecond.
void TestModels::whileMuchWaitsThePanesAreSeldomAskedToLook()
{
    class Clock final : public query::Clock
    {
    public:
        query::Instant now() override { return m_now += 1'000'000; }

    private:
        query::Instant m_now = 0;
    } clock;
    Inspection inspection(u"/shop"_s, clock);
    QSignalSpy portions(&inspection, &Inspection::pendingCountChanged);
    QSignalSpy refreshed(&inspection, &Inspection::refreshed);
    connect(&inspection, &Inspection::refreshed, this, [&] {
        for (int look = 0; look < 10; ++look)
            clock.now();
    });
    inspection.take(EventStream(8, 20'000).first());
    while (inspection.pendingCount() > 0)
        QVERIFY(portions.wait());
    QVERIFY2(portions.size() > 100, qPrintable(QString::number(portions.size())));
    QVERIFY2(refreshed.size() > 1 && refreshed.size() < portions.size() / 20,
             qPrintable(QString::number(refreshed.size())));
    showAll(inspection);
    QCOMPARE(inspection.figures().memos, 3u * 20'000);
}

void TestModels::howFarBehindItIsDoesNotGrowWhileNothingComes()
{
    class Clock final : public query::Clock
    {
    public:
        query::Instant now() override { return m_now; }
        void wait(int ms) { m_now += query::Instant(ms) * 1'000'000; }

    private:
        query::Instant m_now = 0;
    } clock;
    Inspection inspection(u"/shop"_s, clock);
    clock.wait(5);
    inspection.take(EventStream(1, 5).first());
    showAll(inspection);
    QCOMPARE(inspection.figures().behindMs, 5.0);
    clock.wait(60'000);
    inspection.selectFile(QString::fromStdString(EventStream::pathOf(2)));
    QCOMPARE(inspection.figures().behindMs, 5.0);
}

void TestModels::aLargeBatchIsFreedElsewhere()
{
    QThread *freedOn = nullptr;
    const auto free = [&freedOn](const trace::Batch *batch) {
        freedOn = QThread::currentThread();
        delete batch;
    };
    const auto give = [&](int files) {
        freedOn = nullptr;
        Inspection other(u"/shop"_s);
        other.take(std::shared_ptr<const trace::Batch>(new trace::Batch(*EventStream(1, files).first()), free));
        showAll(other);
        QThreadPool::globalInstance()->waitForDone();
        return freedOn;
    };
    QCOMPARE(give(10), QThread::currentThread());
    QThread *large = give(2'000);
    QVERIFY(large && large != QThread::currentThread());
}

// The server's own work is no row: an edit of a base template has the findings of every open document looked for again.
void TestModels::requestsOfClientsInOneBatchAreOneInsertion()
{
    EventStream stream(10, 5);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    auto batch = std::make_shared<trace::Batch>(*stream.edit());
    batch->requests.clear();
    for (const trace::RequestId id : {903U, 901U, 902U})
        batch->requests.push_back({.id = id, .method = "textDocument/hover", .document = "/shop/a.html"});
    batch->requests.push_back(
        {.id = trace::ownWork | 904, .method = "textDocument/publishDiagnostics", .document = "/shop/a.html"});
    QSignalSpy inserted(&inspection.requests(), &QAbstractItemModel::rowsInserted);
    inspection.take(batch);
    inspection.refresh();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inspection.requests().rows().front().id, 901U);
    QCOMPARE(inspection.requests().rows().back().id, 903U);
}

void TestModels::theServersOwnWorkIsShownOnRequest()
{
    EventStream stream(10, 5);
    Inspection inspection(u"/shop"_s);
    const QAbstractItemModelTester tester(&inspection.requests());
    inspection.take(stream.first());
    const auto work = [&](trace::RequestId id) {
        auto batch = std::make_shared<trace::Batch>(*stream.edit());
        batch->requests.clear();
        for (const trace::RequestId each : {id, trace::ownWork | id})
            batch->requests.push_back({.id = each, .method = "textDocument/hover", .document = "/shop/a.html"});
        inspection.take(batch);
        inspection.refresh();
    };
    const auto ids = [&] {
        std::vector<std::uint64_t> all;
        for (const RequestRow &row : inspection.requests().rows())
            all.push_back(row.id);
        return all;
    };
    work(901);
    inspection.setShowsOwnWork(true);
    QCOMPARE(ids(), (std::vector<std::uint64_t>{901, trace::ownWork | 901}));
    work(902);
    QCOMPARE(ids(), (std::vector<std::uint64_t>{901, 902, trace::ownWork | 901, trace::ownWork | 902}));
    inspection.setShowsOwnWork(false);
    QCOMPARE(ids(), (std::vector<std::uint64_t>{901, 902}));
}

// The texts, lists and counts that were written down while the revision was the present one are shown when somebody
// goes back to it, however the project has gone on.
void TestModels::aPastRevisionIsShownAsItWas()
{
    EventStream stream(12, 12);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    inspection.refresh();
    const trace::NodeId node = inspection.store().find("Findings(templates/0003.html)");
    inspection.selection().selectNode(node);
    std::vector<QStringList> details;
    std::vector<QStringList> files;
    std::vector<QStringList> kinds;
    const auto shown = [](const RowModel<DetailRow> &model) {
        QStringList rows;
        for (const DetailRow &row : model.rows())
            rows << row.label + u": "_s + row.value;
        return rows;
    };
    constexpr unsigned edits = 40;
    for (unsigned revision = 1; revision <= edits; ++revision) {
        details.push_back(shown(inspection.details()));
        files.push_back(textsOf(inspection.files()));
        kinds.push_back(textsOf(inspection.kinds()));
        inspection.take(stream.edit());
        inspection.refresh();
    }
    int notKept = 0;
    for (const unsigned revision : {40U, 1U, 17U, 39U, 2U, 30U}) {
        inspection.selection().selectRevision(revision);
        QCOMPARE(textsOf(inspection.kinds()), kinds[revision - 1]);
        const auto agrees = [&notKept](const QStringList &now, const QStringList &then) {
            if (now.size() != then.size())
                return false;
            for (qsizetype at = 0; at < now.size(); ++at) {
                const bool isForgotten = now[at].contains(models::notKept());
                notKept += isForgotten;
                if (!isForgotten && now[at] != then[at])
                    return false;
            }
            return true;
        };
        QVERIFY2(agrees(textsOf(inspection.files()), files[revision - 1]), qPrintable(QString::number(revision)));
        QVERIFY2(agrees(shown(inspection.details()), details[revision - 1]),
                 qPrintable(shown(inspection.details()).join(u'\n') + u"\n\n"_s + details[revision - 1].join(u'\n')));
    }
    QVERIFY(notKept < 100); // It would be easy to say so of everything.
    inspection.selection().goLive();
    inspection.selection().selectRevision(edits + 1);
    QCOMPARE(inspection.signalCount().totals().resets, 0U);
}

void TestModels::billNeighboursAndCardsOfAPastRevisionAreThoseOfThen()
{
    for (const unsigned seed : {3U, 14U, 27U}) {
        EventStream stream(seed, 12);
        std::vector<std::shared_ptr<const trace::Batch>> batches{stream.first()};
        for (int edit = 0; edit < 30; ++edit)
            batches.push_back(stream.edit());
        Inspection now(u"/shop"_s);
        for (const auto &batch : batches)
            now.take(batch);
        showAll(now);
        int compared = 0;
        for (unsigned revision = 1; revision <= batches.size(); revision += 4) {
            Inspection then(u"/shop"_s); // It stopped there.
            for (unsigned at = 0; at < revision; ++at)
                then.take(batches[at]);
            showAll(then);
            for (unsigned node = 1; node <= then.store().lastNode(); node += 5) {
                now.selection().go({.node = node, .file = {}, .request = 0, .revision = revision, .isPinned = true});
                then.selection().go({.node = node, .file = {}, .request = 0, .revision = {}, .isPinned = true});
                QCOMPARE(textsOf(now.bill()), textsOf(then.bill()));
                for (const NeighbourRow &row : now.neighbours().rows()) {
                    if (row.name == models::notKept())
                        continue;
                    QVERIFY2(std::ranges::contains(then.neighbours().rows(), row), qPrintable(row.name));
                    ++compared;
                }
                for (const Focus::Card &card : now.focus().focus().cards) {
                    const std::optional<trace::Outcome> outcome = then.store().outcomeAt(card.node, revision);
                    QVERIFY(card.subtitle == models::notKept() || card.outcome == *outcome);
                }
            }
        }
        QVERIFY(compared > 100);
    }
}

// Each request arrives, begins and ends in revisions of its own, as chance has it.
void TestModels::requestsOfAPastRevisionStandAsTheyStood()
{
    using State = trace::RequestRecord::State;
    std::mt19937 random(5);
    const auto below = [&random](unsigned bound) { return unsigned(random() % bound); };
    Inspection inspection(u"/shop"_s);
    std::vector<trace::RequestRecord> open;
    std::vector<QStringList> shown;
    trace::RequestId last = 0;
    constexpr unsigned revisions = 60;
    for (unsigned revision = 1; revision <= revisions; ++revision) {
        auto batch = std::make_shared<trace::Batch>();
        batch->revision = revision;
        batch->commits.push_back(
            {revision, "textDocument/didChange", query::Durability::Low, revision * 100, revision});
        for (unsigned count = below(3); count > 0; --count) {
            trace::RequestRecord &request = open.emplace_back();
            request.id = ++last;
            request.method = "textDocument/hover";
            request.at = revision * 100 + count;
        }
        for (auto request = open.begin(); request != open.end();) {
            if (request->begun == 0 && below(2) == 0) {
                request->begun = revision;
                request->state = State::Running;
            }
            request->attempts += request->begun != 0;
            request->ended = request->begun == 0 ? 0 : revision;
            const bool isOver = request->begun != 0 && below(3) == 0;
            if (isOver) {
                request->state = State(unsigned(State::Answered) + below(3));
                request->durationNs = 1'000'000 + below(1'000);
            }
            batch->requests.push_back(*request);
            request = isOver ? open.erase(request) : std::next(request);
        }
        inspection.take(batch);
        showAll(inspection);
        QStringList &rows = shown.emplace_back();
        for (const RequestRow &row : inspection.requests().rows())
            rows << u"%1 %2"_s.arg(row.id).arg(row.state);
    }
    QVERIFY(last > 30);
    for (unsigned revision = 1; revision < revisions; ++revision) {
        inspection.selection().selectRevision(revision);
        QStringList rows;
        for (const RequestRow &row : inspection.requests().rows())
            rows << u"%1 %2"_s.arg(row.id).arg(row.state);
        QCOMPARE(rows, shown[revision - 1]);
    }
    inspection.selection().goLive();
    QCOMPARE(inspection.requests().rowCount(), int(last));
    QCOMPARE(inspection.signalCount().totals().resets, 0U);
}

void TestModels::whatIsForgottenIsCalledNotKept()
{
    Inspection inspection(u"/shop"_s, {.executions = 60});
    EventStream stream(13, 10);
    inspection.take(stream.first());
    for (int count = 0; count < 60; ++count)
        inspection.take(stream.edit());
    showAll(inspection);
    inspection.selection().selectNode(inspection.store().find("Findings(templates/0003.html)"));
    inspection.selection().selectRevision(5);
    QVERIFY(inspection.store().revision(5)->isThinned);
    const QString node = textsOf(inspection.details()).join(u'\n');
    QVERIFY2(node.contains(u"not kept"_s), qPrintable(node));
    QVERIFY(inspection.why().whyNotSentence().contains(u"not kept"_s));
    int hasRunUnseen = 0; // After that, and nothing is left of it.
    for (trace::NodeId id = 1; id <= inspection.store().lastNode(); ++id) {
        const trace::Revision ranIn = inspection.store().state(id).ranIn;
        if (inspection.store().node(id).isInput || ranIn <= 5)
            continue;
        hasRunUnseen += inspection.store().revision(ranIn)->isThinned;
        inspection.selection().selectNode(id);
        inspection.selection().selectRevision(5);
        const QString details = textsOf(inspection.details()).join(u'\n');
        QVERIFY2(details.contains(u"durability||\nnot kept||"_s), qPrintable(details));
    }
    QVERIFY(hasRunUnseen > 0);
    for (const Focus::Card &card : inspection.focus().focus().cards)
        QCOMPARE(card.subtitle, u"not kept"_s);
    for (const KindRow &row : inspection.kinds().rows()) {
        QCOMPARE(row.shares, Shares()); // No bar rather than a false one.
        QVERIFY(inspection.kinds().index(0, 0).data(Qt::ToolTipRole).toString().contains(u"not kept"_s));
    }
    const QStringList neighbours = textsOf(inspection.neighbours());
    QVERIFY(!neighbours.filter(u"not kept"_s).isEmpty());
    for (const QStringList &texts : {textsOf(inspection.details()), neighbours, textsOf(inspection.kinds())})
        QCOMPARE(texts.filter(u"not even checked"_s), QStringList());
}

void TestModels::cardsOfOneFileSayWhichField()
{
    auto batch = std::make_shared<trace::Batch>();
    batch->number = 1;
    batch->revision = 1;
    batch->nodes = {{1, "File", "a.html", "stamp", "/shop/a.html", true},
                    {2, "File", "a.html", "status", "/shop/a.html", true},
                    {3, "Text", "a.html", {}, "/shop/a.html", false}};
    batch->executions = {{.node = 3, .revision = 1, .outcome = trace::Outcome::ExecutedNew, .sequence = 1}};
    batch->memos = {{.node = 3, .changedAt = 1, .verifiedAt = 1, .reads = {1, 2}}};
    Inspection inspection(u"/shop"_s);
    inspection.take(batch);
    inspection.refresh();
    QStringList titles;
    QStringList keys;
    for (const Focus::Card &card : inspection.focus().focus().cards) {
        titles << card.title;
        keys << card.key;
    }
    QCOMPARE(titles, (QStringList{u"a.html · stamp"_s, u"a.html · status"_s, u"a.html"_s}));
    QCOMPARE(keys, (QStringList{u"a.html, stamp"_s, u"a.html, status"_s, u"a.html"_s}));
}

void TestModels::aChangeThatTakesTwoRevisionsIsOneStory()
{
    enum : trace::NodeId { Stamp = 1, Text, Tree, Findings, Other };
    using trace::Outcome;
    std::uint64_t sequence = 0;
    const auto run = [&](trace::Batch &to, trace::NodeId node, Outcome outcome, trace::NodeId cause = 0) {
        to.executions.push_back({.node = node,
                                 .revision = to.revision,
                                 .outcome = outcome,
                                 .reason = cause == 0 ? query::Reason::NeverComputed : query::Reason::DependencyChanged,
                                 .cause = cause,
                                 .since = 1,
                                 .sequence = ++sequence});
    };
    auto first = std::make_shared<trace::Batch>();
    first->number = first->revision = 1;
    first->nodes = {{Stamp, "File", "a", "stamp", "/shop/a", true},
                    {Text, "SourceText", "a", {}, "/shop/a", false},
                    {Tree, "Template", "a", {}, "/shop/a", false},
                    {Findings, "Diagnostics", "a", {}, "/shop/a", false},
                    {Other, "File", "b", "stamp", "/shop/b", true}};
    for (const trace::NodeId node : {Text, Tree, Findings})
        run(*first, node, Outcome::ExecutedNew);
    first->memos = {{.node = Text, .changedAt = 1, .verifiedAt = 1, .reads = {Stamp}},
                    {.node = Tree, .changedAt = 1, .verifiedAt = 1, .reads = {Text}},
                    {.node = Findings, .changedAt = 1, .verifiedAt = 1, .reads = {Tree}}};
    auto second = std::make_shared<trace::Batch>(); // The text is read, and then another file is set.
    second->number = second->revision = 2;
    second->commits = {{2, "textDocument/didChange", query::Durability::Low, 1, ++sequence}};
    run(*second, Stamp, Outcome::InputSet);
    run(*second, Text, Outcome::ExecutedChanged, Stamp);
    auto third = std::make_shared<trace::Batch>();
    third->number = third->revision = 3;
    third->commits = {{3, "nuages/lookAgain", query::Durability::Low, 1, ++sequence}};
    run(*third, Other, Outcome::InputSet);
    run(*third, Tree, Outcome::ExecutedChanged, Text);
    run(*third, Findings, Outcome::ExecutedChanged, Tree);
    Inspection inspection(u"/shop"_s);
    for (const auto &batch : {first, second, third}) {
        inspection.take(batch);
        inspection.refresh();
    }
    QCOMPARE(inspection.selection().spot().node, Findings);
    const Focus &focus = inspection.focus().focus();
    const auto isOnPath = [&](trace::NodeId from, trace::NodeId to) {
        return std::ranges::contains(focus.wires, Focus::Wire{from, to, true});
    };
    QVERIFY(isOnPath(Stamp, Text));
    QVERIFY(isOnPath(Text, Tree));
    QVERIFY(isOnPath(Tree, Findings));
    const auto card = [&](trace::NodeId node) { return *std::ranges::find(focus.cards, node, &Focus::Card::node); };
    QCOMPARE(card(Text).outcome, Outcome::ExecutedChanged);
    QCOMPARE(card(Text).subtitle, u"ran, changed in revision 2"_s);
    QCOMPARE(card(Tree).subtitle, u"ran, changed"_s);
    QVERIFY(inspection.why().plainText().contains(u"SourceText(a)  value differs, in revision 2"_s));
}

void TestModels::aStopThatSparedMuchIsTheAnswer()
{
    enum : trace::NodeId { Stamp = 1, Text, Facts, Own, Other, Another };
    using trace::Outcome;
    auto batch = std::make_shared<trace::Batch>();
    batch->number = 1;
    batch->revision = 1;
    batch->nodes = {{Stamp, "File", "base", "stamp", "/shop/base", true},
                    {Text, "SourceText", "base", {}, "/shop/base", false},
                    {Facts, "TemplateFacts", "base", {}, "/shop/base", false},
                    {Own, "Diagnostics", "base", {}, "/shop/base", false},
                    {Other, "Diagnostics", "a", {}, "/shop/a", false},
                    {Another, "Diagnostics", "b", {}, "/shop/b", false}};
    std::uint64_t sequence = 0;
    const auto run = [&](trace::Batch &to, trace::NodeId node, trace::Revision revision, Outcome outcome) {
        to.executions.push_back(
            {.node = node, .revision = revision, .outcome = outcome, .selfNs = 1000 * node, .sequence = ++sequence});
    };
    for (const trace::NodeId node : {Text, Facts, Own, Other, Another})
        run(*batch, node, 1, Outcome::ExecutedNew);
    batch->memos = {{.node = Text, .changedAt = 1, .verifiedAt = 1, .reads = {Stamp}},
                    {.node = Facts, .changedAt = 1, .verifiedAt = 1, .reads = {Text}},
                    {.node = Own, .changedAt = 1, .verifiedAt = 1, .reads = {Text}},
                    {.node = Other, .changedAt = 1, .verifiedAt = 1, .reads = {Facts}},
                    {.node = Another, .changedAt = 1, .verifiedAt = 1, .reads = {Facts}}};
    Inspection inspection(u"/shop"_s);
    inspection.take(batch);
    inspection.refresh();
    QCOMPARE(inspection.selection().spot().node, Another); // Took longest.

    const auto edit = [&](trace::Revision revision, bool isFirst) {
        auto next = std::make_shared<trace::Batch>();
        next->number = isFirst ? revision : revision + 1;
        next->revision = revision;
        if (isFirst) {
            run(*next, Stamp, revision, Outcome::InputSet);
            run(*next, Text, revision, Outcome::ExecutedChanged);
            run(*next, Own, revision, Outcome::ExecutedBackdated);
        } else {
            run(*next, Facts, revision, Outcome::ExecutedBackdated);
            run(*next, Other, revision, Outcome::Validated);
            run(*next, Another, revision, Outcome::Validated);
        }
        inspection.take(next);
        inspection.refresh();
    };
    edit(2, true);
    QCOMPARE(inspection.selection().spot().node, Own); // What the user sees of the edited file.
    edit(2, false); // The others were looked at in the pause.
    QCOMPARE(inspection.selection().spot().node, Facts);
}

void TestModels::whatASlowReaderTellsLateIsNotTheLastThatHappened()
{
    using trace::Outcome;
    Inspection inspection(u"/shop"_s);
    const auto tell = [&](std::uint64_t number, Outcome outcome, std::uint64_t sequence) {
        auto batch = std::make_shared<trace::Batch>();
        batch->number = number;
        batch->revision = 1;
        if (number == 1)
            batch->nodes = {{1, "Text", "a", {}, "/shop/a", false}};
        batch->kinds = {{"Text", false, 1, {}}};
        batch->executions = {{.node = 1, .revision = 1, .outcome = outcome, .sequence = sequence}};
        batch->memos = {{.node = 1, .changedAt = 1, .verifiedAt = 1, .reads = {}}};
        inspection.take(batch);
        inspection.refresh();
    };
    tell(1, Outcome::ExecutedNew, 1);
    tell(2, Outcome::ExecutedBackdated, 9);
    tell(3, Outcome::Cancelled, 5); // Of a thread that came to tell of it only now.
    const Shares shares = inspection.kinds().rows().at(0).shares;
    QCOMPARE(shares[Outcome::ExecutedBackdated], 1U);
    QCOMPARE(shares.total(), 1U);
}

void TestModels::theBillHasTheCountsOfTheRevision()
{
    EventStream stream(6, 50);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    inspection.take(stream.edit());
    inspection.refresh();
    const trace::RevisionRecord &record = *inspection.store().revision(2);
    for (const BillRow &row : inspection.bill().rows())
        QCOMPARE(row.count, sharesOf(record)[row.segment]);
    QCOMPARE(inspection.bill().title(), u"Revision 2"_s);
    QCOMPARE(inspection.bill().subtitle(), u"low · 1 input"_s);
    std::uint32_t total = 0;
    for (const BillRow &row : inspection.bill().rows())
        total += row.count;
    QVERIFY(total >= 150); // Three memos for each file; what was not looked at counts too.
}

void TestModels::theFocusShowsTheWayOfTheChange()
{
    EventStream stream(8, 40);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    inspection.take(stream.edit());
    inspection.refresh();
    const trace::NodeId stamp = inspection.store().revision(2)->inputs.front();
    inspection.selection().selectNode(stamp);
    const Focus &focus = inspection.focus().focus();
    const auto isOnPath = [&](trace::NodeId from, trace::NodeId to) {
        return std::ranges::contains(focus.wires, Focus::Wire{from, to, true});
    };
    QVERIFY(isOnPath(stamp, stamp + 1));
    QVERIFY(isOnPath(stamp + 1, stamp + 2));
    QCOMPARE(focus.columns.front().kind, u"File"_s);
    QCOMPARE(focus.columns.back().kind, u"Findings"_s);
    for (const Focus::Wire &wire : focus.wires) {
        const auto column = [&](trace::NodeId node) {
            return std::ranges::find(focus.cards, node, &Focus::Card::node)->column;
        };
        QVERIFY(column(wire.from) < column(wire.to));
    }
}

void TestModels::byItselfTheFocusHoldsNoMoreThanAScreen()
{
    EventStream stream(9, 300);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first()); // 900 run for the first time
    showAll(inspection);
    QCOMPARE(inspection.focus().focus().cards.size(), FocusPicture::usual);
}

void TestModels::theFocusHasRowsOfFilesThatWereAskedAbout()
{
    enum : trace::NodeId { StampOfA = 1, TextOfA, TextOfB, TreeOfB, TextOfC };
    auto batch = std::make_shared<trace::Batch>();
    batch->number = 1;
    batch->revision = 2;
    batch->nodes = {{StampOfA, "File", "a", "stamp", "/shop/a", true},
                    {TextOfA, "Text", "a", {}, "/shop/a", false},
                    {TextOfB, "Text", "b", {}, "/shop/b", false},
                    {TreeOfB, "Tree", "b", {}, "/shop/b", false},
                    {TextOfC, "Text", "c", {}, "/shop/c", false}};
    batch->executions = {
        {.node = StampOfA, .revision = 2, .outcome = trace::Outcome::InputSet, .sequence = 1},
        {.node = TextOfA, .revision = 2, .outcome = trace::Outcome::ExecutedChanged, .cause = StampOfA, .sequence = 2},
        {.node = TreeOfB, .revision = 2, .outcome = trace::Outcome::Validated, .sequence = 3},
        {.node = TextOfC, .revision = 2, .outcome = trace::Outcome::Validated, .parent = TreeOfB, .sequence = 4}};
    batch->memos = {{.node = TextOfA, .reads = {StampOfA}}};
    Inspection inspection(u"/shop"_s);
    inspection.take(batch);
    inspection.selection().selectNode(TextOfA);
    std::vector<trace::NodeId> shown;
    for (const Focus::Card &card : inspection.focus().focus().cards)
        shown.push_back(card.node);
    std::ranges::sort(shown);
    // Not the tree of b, which would need a column, nor c, about which nobody outside asked.
    QCOMPARE(shown, (std::vector<trace::NodeId>{StampOfA, TextOfA, TextOfB}));
}

void TestModels::aFileThatGoesStandsWithTheAbsentOnes()
{
    using Status = trace::FileRecord::Status;
    Inspection inspection(u"/shop"_s);
    const auto tell = [&](trace::Revision number, const char *path, Status status) {
        auto batch = std::make_shared<trace::Batch>();
        batch->number = number;
        batch->revision = number;
        trace::FileRecord &file = batch->files.emplace_back();
        file.path = path;
        file.status = status;
        inspection.take(batch);
        inspection.refresh();
    };
    const auto paths = [&] {
        QStringList all;
        for (const FileRow &row : inspection.files().rows())
            all << row.path;
        return all;
    };
    tell(1, "/shop/a.html", Status::Disk);
    tell(2, "/shop/b.html", Status::Disk);
    QCOMPARE(paths(), (QStringList{u"/shop/a.html"_s, u"/shop/b.html"_s}));
    tell(3, "/shop/a.html", Status::Absent);
    QCOMPARE(paths(), (QStringList{u"/shop/b.html"_s, u"/shop/a.html"_s}));
    QCOMPARE(inspection.files().rowOf(u"/shop/a.html"_s), 1);
    tell(4, "/shop/a.html", Status::Overlay);
    QCOMPARE(paths(), (QStringList{u"/shop/a.html"_s, u"/shop/b.html"_s}));
}

// A template that is looked for in each of many folders is in one of them, or in none.
void TestModels::whatWasOnlyLookedForIsListedWhenWanted()
{
    using Status = trace::FileRecord::Status;
    Inspection inspection(u"/shop"_s);
    const auto batch = std::make_shared<trace::Batch>();
    batch->number = batch->revision = 1;
    for (const auto &[path, status] : {std::pair("/shop/a.html", Status::Absent), {"/shop/b.html", Status::Disk}}) {
        trace::FileRecord &file = batch->files.emplace_back();
        file.path = path;
        file.status = status;
    }
    inspection.take(batch);
    inspection.refresh();
    QCOMPARE(inspection.files().rowCount(), 1);
    QCOMPARE(inspection.files().rowOf(u"/shop/b.html"_s), 0);
    inspection.showAbsentFiles(true);
    QCOMPARE(inspection.files().rowCount(), 2);
    inspection.showAbsentFiles(false);
    QCOMPARE(inspection.files().rowCount(), 1);
    QCOMPARE(inspection.files().rowOf(u"/shop/a.html"_s), -1);
}

// One folder that thousands look into costs as much as hundreds of others.
void TestModels::whatWasOnlyLookedForCostsNoLook()
{
    Inspection inspection(u"/shop"_s);
    inspection.take(EventStream(1, 10).first());
    showAll(inspection);
    const std::uint64_t before = inspection.files().looks();
    auto batch = std::make_shared<trace::Batch>();
    batch->number = 2;
    batch->revision = 1;
    for (int at = 0; at < 5'000; ++at)
        batch->files.emplace_back().path = u"/shop/maybe/%1.html"_s.arg(at).toStdString();
    inspection.take(batch);
    showAll(inspection);
    QCOMPARE(inspection.files().rowCount(), 10);
    QCOMPARE(inspection.files().looks(), before);
}

void TestModels::fromOnePastRevisionToAnotherOnlyWhatDiffersIsLookedAt()
{
    constexpr int files = 500;
    constexpr trace::Revision edits = 200;
    EventStream stream(2, files);
    Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    for (trace::Revision edit = 0; edit < edits; ++edit)
        inspection.take(stream.edit());
    showAll(inspection);
    inspection.selection().selectRevision(edits / 2);
    const std::uint64_t before = inspection.files().looks();
    const QStringList shown = textsOf(inspection.files());
    inspection.selection().selectRevision(edits / 2 + 1);
    inspection.selection().selectRevision(edits / 2);
    QCOMPARE(textsOf(inspection.files()), shown);
    QVERIFY(inspection.files().looks() > before);
    QVERIFY2(inspection.files().looks() - before < 20,
             qPrintable(QString::number(inspection.files().looks() - before)));

    Inspection fresh(u"/shop"_s);
    EventStream again(2, files);
    fresh.take(again.first());
    for (trace::Revision edit = 0; edit < edits; ++edit)
        fresh.take(again.edit());
    showAll(fresh);
    for (const trace::Revision revision : {7U, 190U, 191U, 30U, 1U}) {
        inspection.selection().selectRevision(revision);
        fresh.selection().goLive();
        fresh.selection().selectRevision(revision);
        QCOMPARE(textsOf(inspection.files()), textsOf(fresh.files()));
    }
}

void TestModels::filesThatManyReadAreShownInPortions()
{
    constexpr int files = 3000;
    const auto batch = std::make_shared<trace::Batch>(*EventStream(8, files).first());
    for (trace::Memo &memo : batch->memos) {
        for (trace::NodeId folder = 1; folder < 400; folder += 4) {
            if (!std::ranges::contains(memo.reads, folder))
                memo.reads.push_back(folder);
        }
    }
    Inspection inspection(u"/shop"_s);
    QSignalSpy told(&inspection, &Inspection::pendingCountChanged);
    inspection.take(batch);
    std::size_t turnsBehind = 0; // With all of the batch in the store.
    while (inspection.pendingCount() > 0) {
        QVERIFY(told.wait());
        turnsBehind += inspection.store().kinds().empty() ? 0 : 1;
    }
    QVERIFY2(turnsBehind > 10, qPrintable(QString::number(turnsBehind)));
    QCOMPARE(inspection.files().rows()[0].readers, 3u * files - 3);
}

// A template that includes others makes thousands of paths known, none of which anybody has changed.
void TestModels::aFileThatIsFoundLaterHasNotChanged()
{
    Inspection inspection(u"/shop"_s);
    const auto tell = [&](trace::Revision revision, std::vector<trace::NodeId> set, bool isNew) {
        auto batch = std::make_shared<trace::Batch>();
        batch->number = revision;
        batch->revision = revision;
        if (isNew) {
            batch->nodes = {{revision, "File", "f", "stamp", "/shop/" + std::to_string(revision), true}};
            trace::FileRecord &file = batch->files.emplace_back();
            file.path = "/shop/" + std::to_string(revision);
            file.status = trace::FileRecord::Status::Disk;
            file.changedAt = revision;
        }
        for (const trace::NodeId node : set)
            batch->executions.push_back({.node = node, .revision = revision, .outcome = trace::Outcome::InputSet});
        inspection.take(batch);
        inspection.refresh();
    };
    const auto changed = [&] {
        QStringList paths;
        for (const FileRow &row : inspection.files().rows()) {
            if (row.hasChangedNow)
                paths << row.path;
        }
        return paths;
    };
    tell(1, {}, true);
    tell(2, {1}, true);
    QCOMPARE(changed(), QStringList(u"/shop/1"_s));
    QSignalSpy told(&inspection.files(), &QAbstractItemModel::dataChanged);
    tell(3, {}, false);
    QCOMPARE(changed(), QStringList());
    QCOMPARE(told.size(), 1); // Of the file that had changed.
    inspection.selection().selectRevision(2);
    QCOMPARE(changed(), QStringList(u"/shop/1"_s));
}

NUAGES_TEST(TestModels)
#include "tst_models.moc"
