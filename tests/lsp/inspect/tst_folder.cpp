#include "lsp/inspect/folder.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <format>

using namespace nuages::inspect;

class TestFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeForItsUserAlone();
    void whereThereIsNoRuntimeFolderItIsAmongTemporaryOnes();
    void whatCannotBeTrustedIsNotUsed_data();
    void whatCannotBeTrustedIsNotUsed();
    void theSystemSaysWhoIsAtTheOtherEnd();
    void anotherUserIsRefused();
};

void TestFolder::isMadeForItsUserAlone()
{
    QTemporaryDir scratch;
    const std::string runtime = scratch.path().toStdString();
    const mode_t before = umask(0);
    const auto folder = socketFolder(runtime, "/nowhere", geteuid());
    umask(before);
    QCOMPARE(folder.value_or(""), runtime + "/nuages");
    struct stat found{};
    QCOMPARE(stat(folder->c_str(), &found), 0);
    QCOMPARE(found.st_mode & 07777U, 0700U);
    QCOMPARE(socketFolder(runtime, "/nowhere", geteuid()).value_or(""), *folder); // Again.
}

void TestFolder::whereThereIsNoRuntimeFolderItIsAmongTemporaryOnes()
{
    QTemporaryDir scratch;
    const std::string expected = std::format("{}/nuages-{}", scratch.path().toStdString(), geteuid());
    for (const std::string &runtime : {std::string(), std::string("/does/not/exist"), std::string("relative")})
        QCOMPARE(socketFolder(runtime, scratch.path().toStdString(), geteuid()).value_or(""), expected);
}

void TestFolder::whatCannotBeTrustedIsNotUsed_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("a link") << "link" << "is no folder";
    QTest::newRow("a file") << "file" << "is no folder";
    QTest::newRow("open to others") << "open" << "is open to other users";
    QTest::newRow("another user's") << "foreign" << "belongs to another user";
}

void TestFolder::whatCannotBeTrustedIsNotUsed()
{
    QFETCH(QString, what);
    QFETCH(QString, sentence);
    QTemporaryDir scratch;
    const uid_t user = what == u"foreign" ? geteuid() + 1 : geteuid();
    const QString path = scratch.filePath(QStringLiteral("nuages-%1").arg(user));
    if (what == u"link") {
        QVERIFY(QDir().mkdir(scratch.filePath(QStringLiteral("elsewhere"))));
        QVERIFY(QFile::link(scratch.filePath(QStringLiteral("elsewhere")), path));
    } else if (what == u"file") {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    } else {
        QCOMPARE(mkdir(qPrintable(path), what == u"open" ? 0750 : 0700), 0);
    }
    const auto folder = socketFolder("", scratch.path().toStdString(), user);
    QVERIFY(!folder);
    QVERIFY2(folder.error().ends_with(sentence.toStdString()), folder.error().c_str());
}

void TestFolder::theSystemSaysWhoIsAtTheOtherEnd()
{
    std::array<int, 2> ends{};
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    QCOMPARE(userAt(ends[0]), std::optional(geteuid()));
    QCOMPARE(userAt(-1), std::nullopt);
    close(ends[0]);
    close(ends[1]);
}

void TestFolder::anotherUserIsRefused()
{
    QVERIFY(mayInspect(1000, 1000));
    QVERIFY(!mayInspect(1001, 1000));
    QVERIFY(!mayInspect(0, 1000)); // Nor root.
    QVERIFY(!mayInspect(1000, 0));
    QVERIFY(!mayInspect(std::nullopt, 1000));
}

NUAGES_TEST(TestFolder)
#include "tst_folder.moc"
