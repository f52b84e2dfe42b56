#include "engine/source/diskfilesystem.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/source/sighting.h"
#include "tests/engine/source/diskworld.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>
#include <string>

using namespace nuages::source;
using nuages::tests::DiskWorld;

class TestFileSystem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryAndDiskTellTheSameStory();
    void anOpenFileStaysTheOneThatWasOpened_data();
    void anOpenFileStaysTheOneThatWasOpened();
    void aFileBeyondTheLimitIsUnreadable();
    void aLinkIsWhatItLeadsTo();
};

namespace {

const std::string names[] = {"/a.html", "/b.html", "/dir/a.html", "/dir/deep/x.py", "/dir", "/pipe"};

// One change of the world, told to memory and disk alike.
void changeBoth(std::mt19937 &random, MemoryFileSystem &memory, DiskWorld &disk, const std::string &root)
{
    const std::string name = root + names[random() % std::size(names)];
    const std::string bytes(random() % 5, 'x');
    switch (random() % 6) {
    case 0:
        memory.write(name, bytes);
        disk.write(name, bytes);
        break;
    case 1:
        memory.replace(name, bytes);
        disk.replace(name, bytes);
        break;
    case 2:
        memory.touch(name);
        disk.touch(name);
        break;
    case 3:
        memory.remove(name);
        disk.remove(name);
        break;
    case 4:
        memory.makeDirectory(name);
        disk.makeDirectory(name);
        break;
    case 5:
        memory.makePipe(name);
        disk.makePipe(name);
        break;
    }
}

} // namespace

// The stamps of two worlds are not comparable, but whether they moved on since the last look is.
void TestFileSystem::memoryAndDiskTellTheSameStory()
{
    const QTemporaryDir folder;
    const std::string root = folder.path().toStdString();
    MemoryFileSystem memory;
    memory.makeDirectory(root);
    DiskFileSystem disk;
    DiskWorld world;
    std::mt19937 random(20261124);

    std::map<std::string, std::pair<FileState, FileState>> before;
    for (int step = 0; step < 2000; ++step) {
        changeBoth(random, memory, world, root);
        for (const std::string &name : names) {
            const std::string path = root + name;
            const auto inMemory = sightBytes(memory, path, 3);
            const auto onDisk = sightBytes(disk, path, 3);
            QCOMPARE(inMemory.state.status, onDisk.state.status);
            QCOMPARE(inMemory.content, onDisk.content);
            QCOMPARE(inMemory.isSteady, onDisk.isSteady);
            QCOMPARE(sightEntries(memory, path).content, sightEntries(disk, path).content);

            auto &[memoryBefore, diskBefore] = before[path];
            if (inMemory.state.status == Status::Regular) {
                QCOMPARE(inMemory.state.stamp == memoryBefore.stamp, onDisk.state.stamp == diskBefore.stamp);
                QCOMPARE(inMemory.state.stamp.size, onDisk.state.stamp.size);
            }
            memoryBefore = inMemory.state;
            diskBefore = onDisk.state;
        }
    }
}

void TestFileSystem::anOpenFileStaysTheOneThatWasOpened_data()
{
    QTest::addColumn<bool>("onDisk");
    QTest::newRow("memory") << false;
    QTest::newRow("disk") << true;
}

void TestFileSystem::anOpenFileStaysTheOneThatWasOpened()
{
    QFETCH(bool, onDisk);
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/a.html";
    MemoryFileSystem memory;
    DiskFileSystem disk;
    DiskWorld world;
    FileSystem &files = onDisk ? static_cast<FileSystem &>(disk) : memory;
    const auto replace = [&](const std::string &bytes) {
        memory.replace(path, bytes);
        world.replace(path, bytes);
    };
    const auto write = [&](const std::string &bytes) {
        memory.write(path, bytes);
        world.write(path, bytes);
    };

    replace("old");
    const auto open = files.open(path);
    const FileState before = open->state();
    replace("newer");
    QCOMPARE(open->bytes(100), "old");
    QCOMPARE(open->state(), before);

    const auto second = files.open(path);
    write("written in place");
    QCOMPARE(second->bytes(100), "written in place");
}

void TestFileSystem::aFileBeyondTheLimitIsUnreadable()
{
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/a.html";
    DiskFileSystem disk;
    DiskWorld world;
    world.write(path, std::string(10'000, 'x'));
    QCOMPARE(sightBytes(disk, path, 10'000).content, std::string(10'000, 'x'));
    QCOMPARE(sightBytes(disk, path, 9'999).state.status, Status::Unreadable);
    QVERIFY(!sightBytes(disk, path, 9'999).content);
}

void TestFileSystem::aLinkIsWhatItLeadsTo()
{
    const QTemporaryDir folder;
    const std::string root = QDir(folder.path()).canonicalPath().toStdString();
    DiskFileSystem disk;
    DiskWorld world;
    world.write(root + "/real/a.html", "text");
    world.link(root + "/real", root + "/folder");
    world.link(root + "/real/a.html", root + "/file");
    world.link(root + "/nothing", root + "/broken");
    world.link(root + "/loop", root + "/loop");
    world.link("folder", root + "/again");

    QCOMPARE(disk.state(root + "/folder").status, Status::Directory);
    QCOMPARE(sightBytes(disk, root + "/folder/a.html", 100).content, "text");
    QCOMPARE(disk.state(root + "/broken").status, Status::Absent);
    QCOMPARE(disk.state(root + "/loop").status, Status::Unreadable);
    QCOMPARE(disk.state(root + "/real/a.html/below").status, Status::Absent);
    QCOMPARE(disk.state(root + "/" + std::string(300, 'x')).status, Status::Absent);
    QCOMPARE(sightEntries(disk, root).content,
             (std::vector<Entry>{{"again", EntryKind::Directory, root + "/real"},
                                 {"broken", EntryKind::Other},
                                 {"file", EntryKind::Regular, root + "/real/a.html"},
                                 {"folder", EntryKind::Directory, root + "/real"},
                                 {"loop", EntryKind::Other},
                                 {"real", EntryKind::Directory}}));
}

NUAGES_TEST(TestFileSystem)
#include "tst_filesystem.moc"
