#include "engine/recording/recording.h"
#include "engine/trace/diff.h"
#include "engine/trace/ledger.h"
#include "engine/trace/timeline.h"
#include "engine/trace/why.h"
#include "tests/engine/recording/told.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <format>
#include <future>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

void add(recording::Recording &recording, const recording::Entry &entry)
{
    if (const auto *batch = std::get_if<trace::Batch>(&entry))
        recording.add(std::make_shared<const trace::Batch>(*batch));
    else
        recording.add(std::get<recording::Message>(entry));
}

trace::RevisionEvents readBack(recording::Recording &recording, trace::Revision revision)
{
    std::promise<trace::RevisionEvents> done;
    recording.readBack(revision, [&](trace::RevisionEvents read) { done.set_value(std::move(read)); });
    recording.flush();
    return done.get_future().get();
}

/// What a store says of a revision.
std::string answersOf(const trace::Store &store, trace::Revision revision)
{
    constexpr auto withTimes = trace::Times::Shown;
    std::string text = trace::toText(store, trace::ledger(store, {revision, revision, 0}), withTimes, 1'000);
    text += trace::toText(store, trace::diff(store, revision, store.revision()), withTimes, 1'000);
    text += std::format("{} spans\n", trace::timeLine(store, revision, revision).spans());
    for (trace::NodeId node = 1; node <= store.lastNode(); ++node) {
        text += trace::toText(trace::why(store, node, revision), withTimes);
        text += trace::toText(trace::whyNot(store, node, revision), withTimes);
    }
    return text;
}

} // namespace

/// The thread that writes.
class TestRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasFlushedIsThereWhileItRuns();
    void itEndsWithAllInOneFile();
    void aCopyHasAllThatWasAddedBefore();
    void whatAStoreHasThinnedIsReadBack();
    void aRevisionOfManyChunksIsReadBackWhole();
    void aFaultIsToldOnce();
};

void TestRecording::whatWasFlushedIsThereWhileItRuns()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const auto told = story(1, 30);
    recording::Recording recording(path, about, {}, nullptr);
    for (std::size_t at = 0; at < told.size(); ++at) {
        add(recording, told[at]);
        if (at % 17 == 0) {
            recording.flush();
            QCOMPARE(difference(told, readSession(path).entries, at + 1), QString());
        }
    }
}

void TestRecording::itEndsWithAllInOneFile()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const auto told = story(2, 30);
    {
        recording::Recording recording(path, about, {}, nullptr);
        for (const recording::Entry &entry : told)
            add(recording, entry);
    }
    QCOMPARE(difference(told, readSession(path).entries, told.size()), QString());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestRecording::aCopyHasAllThatWasAddedBefore()
{
    const QTemporaryDir folder;
    const std::string copy = folder.filePath(u"copy.nuages"_s).toStdString();
    const auto told = story(3, 30);
    recording::Recording recording(folder.filePath(u"s.nuages"_s).toStdString(), about, {}, nullptr);
    for (const recording::Entry &entry : told)
        add(recording, entry);
    const auto copyTo = [&](const std::string &path) {
        std::promise<recording::Recording::Result> done;
        recording.copyTo(path, [&](recording::Recording::Result result) { done.set_value(std::move(result)); });
        recording.flush();
        return done.get_future().get();
    };
    QVERIFY(copyTo(copy));
    QCOMPARE(difference(told, readSession(copy).entries, told.size()), QString());
    const auto refused = copyTo("/nowhere/at/all.nuages");
    QVERIFY(!refused);
    QVERIFY2(refused.error().starts_with("/nowhere/at/all.nuages: "), refused.error().c_str());
    add(recording, told[0]); // it goes on
    recording.flush();
    QCOMPARE(readSession(recording.path()).entries.size(), told.size() + 1);
}

void TestRecording::whatAStoreHasThinnedIsReadBack()
{
    const QTemporaryDir folder;
    const auto told = story(4, 150);
    const trace::Store whole = storeOf(told);
    trace::Store small({.executions = 20});
    recording::Recording recording(folder.filePath(u"s.nuages"_s).toStdString(), about, {.chunkBytes = 2'048}, nullptr);
    for (const recording::Entry &entry : told) {
        add(recording, entry);
        if (const auto *batch = std::get_if<trace::Batch>(&entry))
            small.apply(*batch);
    }
    int thinned = 0;
    for (trace::Revision revision = 1; revision <= whole.revision(); ++revision) {
        const trace::RevisionRecord *record = small.revision(revision);
        if (!record || !record->isThinned)
            continue;
        ++thinned;
        QVERIFY(!small.restore(revision, readBack(recording, revision)).isEmpty());
        QCOMPARE(small.executions(revision), whole.executions(revision));
    }
    QVERIFY(thinned > 50);
    QVERIFY(readBack(recording, 9'999).executions.empty());
    QCOMPARE(small.waits().size(), whole.waits().size());
    for (trace::Revision revision = 1; revision <= whole.revision(); ++revision)
        QCOMPARE(answersOf(small, revision), answersOf(whole, revision));
}

// A chunk that is full ends with its batch, so what happened in one revision may be in many.
void TestRecording::aRevisionOfManyChunksIsReadBackWhole()
{
    constexpr int batches = 40;
    const QTemporaryDir folder;
    recording::Recording recording(folder.filePath(u"s.nuages"_s).toStdString(), about, {.chunkBytes = 64}, nullptr);
    for (std::uint64_t number = 1; number <= 3 * batches; ++number) {
        trace::Batch batch;
        batch.number = number;
        batch.revision = trace::Revision(1 + (number - 1) / batches);
        if (number == 1)
            batch.nodes.push_back({1, "Template", "a.html", {}, {}, false});
        for (std::uint64_t at = 0; at < 10; ++at)
            batch.executions.push_back({.node = 1, .revision = batch.revision, .sequence = 10 * number + at});
        recording.add(std::make_shared<const trace::Batch>(batch));
        recording.flush();
    }
    for (const trace::Revision revision : {1U, 2U, 3U})
        QCOMPARE(readBack(recording, revision).executions.size(), std::size_t(10 * batches));
}

void TestRecording::aFaultIsToldOnce()
{
    std::atomic<int> told = 0;
    {
        recording::Recording recording("/nowhere/at/all.nuages", about, {}, [&](const std::string &sentence) {
            ++told;
            QVERIFY2(sentence.contains("/nowhere/at/all.nuages"), sentence.c_str());
        });
        for (const recording::Entry &entry : story(4, 5)) {
            add(recording, entry);
            recording.flush();
        }
    }
    QCOMPARE(told, 1);
}

NUAGES_TEST(TestRecording)
#include "tst_recording.moc"
