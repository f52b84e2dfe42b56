#include "engine/recording/places.h"
#include "tests/support/testmain.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace nuages;
using namespace Qt::StringLiterals;

/// Where sessions are kept, and for how long.
class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFolderIsThatOfStates();
    void theNameTellsProjectTimeAndProcess();
    void theOldestGoFirstAndNoneThatIsWritten();
};

void TestPlaces::theFolderIsThatOfStates()
{
    qputenv("HOME", "/home/ada");
    qputenv("XDG_STATE_HOME", "/var/states");
    QCOMPARE(recording::sessionFolder(), std::string("/var/states/nuages"));
    qputenv("XDG_STATE_HOME", "states");
    QCOMPARE(recording::sessionFolder(), std::string("/home/ada/.local/state/nuages"));
    qunsetenv("XDG_STATE_HOME");
    QCOMPARE(recording::sessionFolder(), std::string("/home/ada/.local/state/nuages"));
    qunsetenv("HOME");
    QCOMPARE(recording::sessionFolder(), std::string());
}

void TestPlaces::theNameTellsProjectTimeAndProcess()
{
    QCOMPARE(recording::sessionPath("/states", {"p", "/srv/my shop", 1'700'000'000}, 42),
             std::string("/states/my shop-20231114T221320-42.nuages"));
}

void TestPlaces::theOldestGoFirstAndNoneThatIsWritten()
{
    const QTemporaryDir scratch;
    const QString folder = scratch.filePath(u"a/nuages"_s);
    recording::tidy(folder.toStdString(), 1'000);
    QCOMPARE(QFile::permissions(folder) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
    const auto make = [&](const QString &name, int bytes, int day) {
        QFile file(folder + u'/' + name);
        return file.open(QIODevice::WriteOnly) && file.write(QByteArray(bytes, 'x')) == bytes && file.flush()
            && file.setFileTime(QDateTime(QDate(2020, 1, day), QTime(1, 0)), QFile::FileModificationTime);
    };
    constexpr int gone = 2'000'000'000; // no process has such a number
    const QString ours = u"a-20200101T000000-%1.nuages"_s.arg(::getpid());
    QVERIFY(make(ours, 400, 1)); // the oldest, and being written
    QVERIFY(make(u"b-20200102T000000-%1.nuages"_s.arg(gone), 300, 2));
    QVERIFY(make(u"b-20200102T000000-%1.nuages-wal"_s.arg(gone), 300, 2));
    QVERIFY(make(u"c-20200103T000000-%1.nuages"_s.arg(gone), 300, 3));
    QVERIFY(make(u"d-20200104T000000-%1.nuages"_s.arg(gone), 100, 4));
    QVERIFY(make(u"notes.txt"_s, 5'000, 1));
    recording::tidy(folder.toStdString(), 1'400);
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 6);
    recording::tidy(folder.toStdString(), 1'300);
    QCOMPARE(QDir(folder).entryList(QDir::Files),
             (QStringList{ours, u"c-20200103T000000-%1.nuages"_s.arg(gone), u"d-20200104T000000-%1.nuages"_s.arg(gone),
                          u"notes.txt"_s}));
    recording::tidy(folder.toStdString(), 0);
    QCOMPARE(QDir(folder).entryList(QDir::Files), (QStringList{ours, u"notes.txt"_s}));
}

NUAGES_TEST(TestPlaces)
#include "tst_places.moc"
