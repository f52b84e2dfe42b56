#include "tests/engine/recording/told.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

QByteArray read(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const std::string &path, const QByteArray &bytes)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// One sentence, about this file.
bool isSentence(const std::string &fault, const std::string &path)
{
    return fault.starts_with(path) && fault.ends_with('.') && !fault.contains('\n');
}

} // namespace

/// Files that are not what was written.
class TestDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoSessionIsRefused();
    void anotherFormatIsRefusedByNumber();
    void flippedBytesGiveWhatWasThereOrASentence();
    void aCutFileGivesWhatWasThereOrASentence();
    void aFileMadeByHandIsNotBelieved();
};

void TestDamage::whatIsNoSessionIsRefused()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    QCOMPARE(readSession(path).fault, path + ": No such file or directory.");
    QCOMPARE(readSession(folder.path().toStdString()).fault, folder.path().toStdString() + " is no file.");
    const std::string refused = path + " is no session that Nuages has recorded.";
    for (const QByteArray &bytes : {QByteArray(), QByteArray("{}\n"), QByteArray(100'000, 'x'),
                                    QByteArray("SQLite format 3\0", 16) + QByteArray(5'000, '\1')}) {
        QVERIFY(write(path, bytes));
        QCOMPARE(readSession(path).fault, refused);
    }
    QVERIFY(QFile::remove(QString::fromStdString(path)));
    recording::Database(path, recording::Database::Mode::Create).run("CREATE TABLE about (name, value)");
    QCOMPARE(readSession(path).fault, refused);
}

void TestDamage::anotherFormatIsRefusedByNumber()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    recording::SessionWriter(path, about, {}).end();
    QCOMPARE(readSession(path).fault, std::string());
    recording::Database(path, recording::Database::Mode::Create).run("PRAGMA user_version = 77");
    const std::string ours = std::to_string(recording::formatVersion);
    QCOMPARE(readSession(path).fault,
             path + " is a session in format 77, and this program reads formats "
                 + std::to_string(recording::oldestReadable) + " to " + ours + '.');
}

void TestDamage::flippedBytesGiveWhatWasThereOrASentence()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const auto told = story(4, 12);
    {
        recording::SessionWriter writer(path, about, {.chunkBytes = 2'048});
        nuages::tests::write(writer, told, 3);
        writer.end();
    }
    const QByteArray whole = read(path);
    std::mt19937 random(1);
    int damaged = 0;
    for (int flip = 0; flip < 2'000; ++flip) {
        QByteArray bytes = whole;
        const auto at = qsizetype(random() % std::uint32_t(bytes.size()));
        bytes[at] = char(bytes[at] ^ char(1 + random() % 255));
        QVERIFY(write(path, bytes));
        const ReadSession session = readSession(path);
        damaged += !session.fault.empty();
        QVERIFY2(session.fault.empty() || isSentence(session.fault, path), session.fault.c_str());
        for (const recording::Entry &entry : session.entries) { // a message may be another, a batch may not
            if (const auto *batch = std::get_if<trace::Batch>(&entry); batch && session.fault.empty())
                QVERIFY(batch->revision <= std::get<trace::Batch>(told[told.size() - 2]).revision);
        }
        (void)storeOf(session.entries);
    }
    QVERIFY(damaged > 100);
}

void TestDamage::aCutFileGivesWhatWasThereOrASentence()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    const auto told = story(5, 40);
    {
        recording::SessionWriter writer(path, about, {.chunkBytes = 2'048});
        nuages::tests::write(writer, told, 3);
        writer.end();
    }
    const QByteArray whole = read(path);
    for (qsizetype size = 0; size < whole.size(); size += 1'021) {
        QVERIFY(write(path, whole.first(size)));
        const ReadSession session = readSession(path);
        QVERIFY2(isSentence(session.fault, path), session.fault.c_str());
        QCOMPARE(difference(told, session.entries, 0), QString());
    }
}

void TestDamage::aFileMadeByHandIsNotBelieved()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(u"s.nuages"_s).toStdString();
    for (const char *change :
         {"UPDATE chunk SET size = -1", "UPDATE chunk SET size = 9223372036854775807",
          "UPDATE chunk SET size = size + 1", "UPDATE chunk SET batches = 'words'", "UPDATE chunk SET batches = NULL",
          "UPDATE source SET base = id", "UPDATE source SET base = 99", "UPDATE source SET size = 1 << 40",
          "UPDATE source SET text = x''", "DELETE FROM source", "UPDATE reading SET source = -1",
          "DELETE FROM chunk WHERE first = 1", "DROP TABLE reading", "DROP TABLE chunk",
          "UPDATE chunk SET first = 9223372036854775807 WHERE first = 1", "UPDATE reading SET revision = -5",
          "ALTER TABLE message RENAME COLUMN body TO b"}) {
        QFile::remove(QString::fromStdString(path));
        {
            recording::SessionWriter writer(path, about, {.chunkBytes = 2'048});
            nuages::tests::write(writer, story(6, 12), 3);
            writer.end();
        }
        {
            recording::Database database(path, recording::Database::Mode::Create);
            database.run("PRAGMA ignore_check_constraints = ON");
            database.run(change);
        }
        const ReadSession session = readSession(path);
        QVERIFY2(session.fault.empty() || isSentence(session.fault, path), session.fault.c_str());
        (void)storeOf(session.entries);
    }
}

NUAGES_TEST(TestDamage)
#include "tst_damage.moc"
