#include "engine/recording/recording.h"
#include "tests/engine/recording/told.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
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

} // namespace

/// The thread that writes.
class TestRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasFlushedIsThereWhileItRuns();
    void itEndsWithAllInOneFile();
    void aCopyHasAllThatWasAddedBefore();
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
