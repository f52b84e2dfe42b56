#include "lsp/server/diskwatch.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

using namespace nuages;
using namespace Qt::StringLiterals;
using Paths = std::set<std::string>;
using Folders = std::vector<std::string>;

namespace {

/// A folder on the disk with the folders "a", "a/b" and the file "a/b/x".
struct DiskFolder {
    QTemporaryDir folder;

    DiskFolder()
    {
        fs::create_directories(at("a/b"));
        write("a/b/x", "x");
    }

    std::string at(const char *name) const { return folder.path().toStdString() + '/' + name; }
    void write(const char *name, const char *text) const { std::ofstream(at(name)) << text; }
    void move(const char *from, const char *to) const { fs::rename(at(from), at(to)); }
};

/// How many watches the kernel keeps for the descriptor.
int watchesOf(const server::DiskWatch &watch)
{
    QFile info(QStringLiteral("/proc/self/fdinfo/%1").arg(watch.descriptor()));
    return info.open(QIODevice::ReadOnly) ? int(info.readAll().count("inotify wd:")) : -1;
}

} // namespace

class TestDiskWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachChangeIsToldByItsPath_data();
    void eachChangeIsToldByItsPath();
    void onlyNewFoldersAreNamed();
    void aMovedFolderIsWatchedUnderItsNewName();
    void thousandsOfChangesAreTakenAtOnce();
    void beyondTheLimitItSaysSo();
};

using DiskChange = void (*)(const DiskFolder &);

void TestDiskWatch::eachChangeIsToldByItsPath_data()
{
    QTest::addColumn<DiskChange>("change");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QStringList>("contents");

    QTest::newRow("written in place") << DiskChange([](const DiskFolder &disk) { disk.write("a/b/x", "y"); })
                                      << QStringList() << QStringList{u"a/b/x"_s};
    QTest::newRow("created") << DiskChange([](const DiskFolder &disk) { disk.write("a/b/y", "y"); })
                             << QStringList{u"a/b/y"_s} << QStringList{u"a/b/y"_s};
    QTest::newRow("renamed") << DiskChange([](const DiskFolder &disk) { disk.move("a/b/x", "a/z"); })
                             << QStringList{u"a/b/x"_s, u"a/z"_s} << QStringList();
    QTest::newRow("deleted") << DiskChange([](const DiskFolder &disk) { fs::remove(disk.at("a/b/x")); })
                             << QStringList{u"a/b/x"_s} << QStringList();
    QTest::newRow("forbidden") << DiskChange([](const DiskFolder &disk) {
        fs::permissions(disk.at("a/b/x"), fs::perms::none);
    }) << QStringList() << QStringList{u"a/b/x"_s};
    QTest::newRow("a folder deleted") << DiskChange([](const DiskFolder &disk) { fs::remove_all(disk.at("a/b")); })
                                      << QStringList{u"a/b"_s, u"a/b/x"_s} << QStringList();
    QTest::newRow("a link created") << DiskChange([](const DiskFolder &disk) {
        fs::create_symlink("b", disk.at("a/l"));
    }) << QStringList{u"a/l"_s} << QStringList();
    QTest::newRow("somewhere else") << DiskChange([](const DiskFolder &disk) { disk.write("y", "y"); }) << QStringList()
                                    << QStringList();
}

void TestDiskWatch::eachChangeIsToldByItsPath()
{
    QFETCH(DiskChange, change);
    QFETCH(QStringList, paths);
    QFETCH(QStringList, contents);
    const DiskFolder disk;
    server::DiskWatch watch;
    watch.watch(Folders{disk.at("a"), disk.at("a/b")});
    QCOMPARE(watchesOf(watch), 2); // none of the file
    change(disk);
    const auto changes = watch.take();
    const auto relative = [&disk](const Paths &all) {
        QStringList names;
        for (const std::string &path : all)
            names += QString::fromStdString(path.substr(disk.at("").size()));
        return names;
    };
    QCOMPARE(relative(changes.paths), paths);
    QCOMPARE(relative(changes.contents), contents);
    QVERIFY(!changes.isOverflow);
    QVERIFY(watch.take().paths.empty());
}

void TestDiskWatch::onlyNewFoldersAreNamed()
{
    const DiskFolder disk;
    server::DiskWatch watch;
    const Folders all = {disk.at("a"), disk.at("a/b"), disk.at("a/b/x"), disk.at("a/none")};
    QCOMPARE(watch.watch(all), (Folders{disk.at("a"), disk.at("a/b")}));
    QCOMPARE(watch.watch(all), Folders());
    fs::create_directory(disk.at("a/none"));
    QCOMPARE(watch.watch(all), Folders{disk.at("a/none")});
    fs::remove(disk.at("a/none"));
    fs::create_directory(disk.at("a/none"));
    watch.take();
    QCOMPARE(watch.watch(all), Folders{disk.at("a/none")}); // another one of the same name
    QVERIFY(!watch.lack());
}

void TestDiskWatch::aMovedFolderIsWatchedUnderItsNewName()
{
    const DiskFolder disk;
    server::DiskWatch watch;
    const Folders folders = {disk.at("a"), disk.at("a/b"), disk.at("a/c")};
    watch.watch(folders);
    for (const auto &[from, to] : {std::pair("a/b", "a/c"), std::pair("a/c", "a/b")}) {
        disk.move(from, to);
        watch.take();
        QCOMPARE(watch.watch(folders), Folders{disk.at(to)});
        QCOMPARE(watchesOf(watch), 2);
        disk.write((std::string(to) + "/x").c_str(), "new");
        QCOMPARE(watch.take().contents, Paths{disk.at(to) + "/x"});
    }
}

void TestDiskWatch::thousandsOfChangesAreTakenAtOnce()
{
    const DiskFolder disk;
    server::DiskWatch watch;
    watch.watch(Folders{disk.at("a")});
    Paths expected;
    for (int i = 0; i < 3000; ++i) {
        const std::string name = "a/" + std::to_string(i);
        disk.write(name.c_str(), "x");
        expected.insert(disk.at(name.c_str()));
    }
    const auto changes = watch.take();
    if (!changes.isOverflow) // as the system allows no more than it likes
        QCOMPARE(changes.paths, expected);
}

void TestDiskWatch::beyondTheLimitItSaysSo()
{
    const DiskFolder disk;
    server::DiskWatch watch(1);
    QCOMPARE(watch.watch(Folders{disk.at("a"), disk.at("a/b")}), Folders{disk.at("a")});
    QVERIFY(watch.lack());
    QVERIFY2(watch.lack()->contains("limit"), watch.lack()->c_str());
    fs::remove_all(disk.at("a/b"));
    QCOMPARE(watch.take().paths, Paths{disk.at("a/b")}); // what is watched goes on
}

NUAGES_TEST(TestDiskWatch)
#include "tst_diskwatch.moc"
