#include "tests/engine/recording/told.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

std::vector<std::string_view> pathsOf(const trace::Store &store)
{
    std::vector<std::string_view> paths;
    store.visitFiles([&paths](std::string_view path, const trace::FileState & /*file*/) { paths.push_back(path); });
    return paths;
}

} // namespace

/// What is written into a file is read from it.
class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBackInItsOrder();
    void whatIsStillWrittenIsReadAsItWasWhenOpened();
    void itEndsAsOneFile();
    void aTextIsWrittenOnceAndItsNextOnesAsDifferences();
    void countersStandInATableOfTheirOwn();
    void theOldestGoesFirstAndTheRestIsExact();
    void aCopyIsTheSameSession();
    void aFolderThatIsNotThereIsNamed();
};

void TestSession::everythingComesBackInItsOrder()
{
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
        const auto told = story(seed, 60);
        recording::SessionWriter writer(path, about, {.chunkBytes = 4'096});
        write(writer, told, 1 + seed * 3);
        writer.end();
        QVERIFY(!writer.fault());
        const ReadSession read = readSession(path);
        QCOMPARE(read.fault, std::string());
        QCOMPARE(difference(told, read.entries, told.size()), QString());
        const auto reader = recording::SessionReader::open(path);
        QVERIFY(reader);
        QCOMPARE(reader->about(), about);
        QCOMPARE(reader->firstRevision(), std::get<trace::Batch>(told[1]).revision);
        QCOMPARE(reader->lastRevision(), std::get<trace::Batch>(told[told.size() - 2]).revision);
    }
}

void TestSession::whatIsStillWrittenIsReadAsItWasWhenOpened()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const auto told = story(1, 20);
    recording::SessionWriter writer(path, about, {});
    const std::vector<recording::Entry> half(told.begin(), told.begin() + 30);
    write(writer, half, 5);
    auto reader = recording::SessionReader::open(path);
    QVERIFY(reader);
    write(writer, {told.begin() + 30, told.end()}, 5);
    std::vector<recording::Entry> found;
    for (auto next = reader->next(); next && *next; next = reader->next())
        found.push_back(**next);
    QCOMPARE(difference(half, found, half.size()), QString());
    QCOMPARE(difference(told, readSession(path).entries, told.size()), QString());
}

void TestSession::itEndsAsOneFile()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    recording::SessionWriter writer(path, about, {});
    write(writer, story(1, 5), 3);
    QVERIFY(QDir(folder.path()).entryList(QDir::Files).size() > 1); // what SQLite keeps beside it
    writer.end();
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"s.nuages"_s});
}

void TestSession::aTextIsWrittenOnceAndItsNextOnesAsDifferences()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    std::string noise;
    std::mt19937 random(7);
    while (noise.size() < 100'000)
        noise.push_back(static_cast<char>(random()));
    recording::SessionWriter writer(path, about, {});
    std::vector<recording::Entry> told;
    for (int edit = 0; edit < 50; ++edit) {
        trace::Batch batch;
        batch.revision = trace::Revision(edit + 1);
        noise[random() % noise.size()] = static_cast<char>(random());
        for (const char *file : {"/a", "/b"})
            batch.texts.push_back({file, batch.revision, std::make_shared<const std::string>(noise)});
        told.emplace_back(std::move(batch));
    }
    write(writer, told, 10);
    writer.end();
    QCOMPARE(difference(told, readSession(path).entries, told.size()), QString());
    QVERIFY(std::filesystem::file_size(path) < 250'000); // of ten millions
}

void TestSession::countersStandInATableOfTheirOwn()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const auto told = story(2, 40);
    recording::SessionWriter writer(path, about, {.bytes = 1}); // hardly a record is left
    write(writer, told, 2);
    writer.end();
    recording::Database database(path, recording::Database::Mode::Read);
    for (const trace::KindTotal &total : std::get<trace::Batch>(told[told.size() - 2]).kinds) {
        recording::Statement find(database, "SELECT executed, hits, memos FROM counter WHERE kind = ?");
        QVERIFY(find.bind(total.kind).step());
        QCOMPARE(std::uint64_t(find.number(0)), total.counters.executed);
        QCOMPARE(std::uint64_t(find.number(1)), total.counters.hits);
        QCOMPARE(std::uint64_t(find.number(2)), total.memos);
    }
}

void TestSession::theOldestGoesFirstAndTheRestIsExact()
{
    constexpr std::uint64_t room = 200'000;
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
        const auto told = story(seed, 1'500);
        recording::SessionWriter writer(path, about, {.bytes = room, .chunkBytes = 2'048});
        write(writer, told, 15);
        writer.end();
        QVERIFY(!writer.fault());
        QVERIFY2(std::filesystem::file_size(path) < room * 2, std::to_string(std::filesystem::file_size(path)).c_str());
        const ReadSession read = readSession(path);
        QCOMPARE(read.fault, std::string());
        QVERIFY(read.entries.size() < told.size());
        const trace::Store whole = storeOf(told);
        const trace::Store rest = storeOf(read.entries);
        const auto reader = recording::SessionReader::open(path);
        const trace::Revision first = reader->firstRevision();
        QVERIFY2(first > 1 && first < whole.revision(), std::to_string(first).c_str());
        QCOMPARE(rest.revision(), whole.revision());
        QCOMPARE(rest.revisions().size(), whole.revisions().size());
        for (std::size_t at = 0; at < whole.revisions().size(); ++at) {
            const trace::RevisionRecord &kept = rest.revisions()[at];
            const trace::RevisionRecord &expected = whole.revisions()[at];
            QCOMPARE(kept.revision, expected.revision);
            QCOMPARE(kept.label, expected.label);
            QCOMPARE(kept.at, expected.at);
            QCOMPARE(kept.inputs, expected.inputs);
            QCOMPARE(kept.counts, expected.counts);
            QCOMPARE(kept.ns, expected.ns);
            QCOMPARE(kept.memos, expected.memos);
            QCOMPARE(kept.lost, expected.lost);
            QCOMPARE(kept.isThinned, kept.revision <= first);
        }
        QCOMPARE(rest.lastNode(), whole.lastNode());
        QCOMPARE(rest.kinds(), whole.kinds());
        for (trace::NodeId node = 1; node <= whole.lastNode(); ++node) {
            QCOMPARE(rest.node(node), whole.node(node));
            QCOMPARE(rest.reads(node), whole.reads(node));
        }
        for (trace::Revision revision = first + 1; revision <= whole.revision(); ++revision) {
            QCOMPARE(rest.executions(revision), whole.executions(revision));
            for (trace::NodeId node = 1 + revision % 7; node <= whole.lastNode(); node += 7)
                QCOMPARE(rest.valueAt(node, revision), whole.valueAt(node, revision));
            for (const std::string_view file : pathsOf(whole)) {
                QCOMPARE(rest.file(file) != nullptr, true);
                const auto mistakes = rest.mistakesAt(file, revision);
                const auto expected = whole.mistakesAt(file, revision);
                QVERIFY(mistakes && expected);
                QCOMPARE(mistakes->revision, expected->revision);
                QCOMPARE(*mistakes->found, *expected->found);
                if (const auto text = rest.textAt(file, revision))
                    QCOMPARE(*text, *whole.textAt(file, revision));
                else
                    QVERIFY(!whole.textAt(file, revision));
            }
        }
    }
}

void TestSession::aCopyIsTheSameSession()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const std::string copy = folder.filePath(u"copy.nuages"_s).toStdString();
    const std::string second = folder.filePath(u"second.nuages"_s).toStdString();
    const auto told = story(3, 30);
    recording::SessionWriter writer(path, about, {});
    write(writer, {told.begin(), told.begin() + 60}, 7);
    QVERIFY(recording::copySession(path, copy));
    QVERIFY(recording::copySession(path, copy)); // in its place
    write(writer, {told.begin() + 60, told.end()}, 7);
    writer.end();
    const ReadSession read = readSession(copy);
    QCOMPARE(read.fault, std::string());
    QCOMPARE(difference(told, read.entries, 60), QString());
    QCOMPARE(read.entries.size(), std::size_t{60});
    QVERIFY(recording::copySession(path, second));
    QCOMPARE(difference(told, readSession(second).entries, told.size()), QString());
    QVERIFY(recording::copySession(path, path)); // onto itself: nothing to do
    QCOMPARE(difference(told, readSession(path).entries, told.size()), QString());
}

void TestSession::aFolderThatIsNotThereIsNamed()
{
    recording::SessionWriter writer("/nowhere/at/all.nuages", about, {});
    write(writer, story(1, 3), 1);
    writer.end();
    QVERIFY(writer.fault());
    QCOMPARE(*writer.fault(),
             std::string("The session is not recorded any more in /nowhere/at/all.nuages: "
                         "unable to open database file"));
}

NUAGES_TEST(TestSession)
#include "tst_session.moc"
