#include "engine/query/engine.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/source/queries.h"
#include "tests/engine/source/steppedfilesystem.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

using namespace nuages::query;
using namespace nuages::source;
using nuages::tests::Step;
using nuages::tests::SteppedFileSystem;

namespace {

/// Queries over a folder of the disk, or over a disk in memory; the looks at the disk are counted.
template <class Disk>
struct LinkWorld {
    Disk disk;
    SteppedFileSystem counted{disk};
    Files files{counted};
    Engine engine;
    int looks = 0;

    LinkWorld()
    {
        engine.attach(files);
        counted.setHook([this](Step step, const std::string &) { looks += step == Step::State || step == Step::Open; });
    }

    std::string text(const std::string &path)
    {
        Reader db(engine.ticket());
        const Text &text = db.get<SourceText>(fileAt(db, path));
        return text.exists() ? std::string(text.view()) : "none";
    }

    void lookAgain(const std::vector<std::string> &paths)
    {
        engine.write("look", [&](Transaction &tx) { files.lookAgain(tx, paths); });
    }

    std::vector<std::string> folders()
    {
        std::vector<std::string> all;
        engine.write("look", [&](Transaction &tx) { all = files.takeFolders(tx); });
        return all;
    }
};

void writeFile(const std::string &path, const char *text)
{
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << text;
}

} // namespace

class TestKnownPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneFileIsLookedAtByAllItsNames_data();
    void oneFileIsLookedAtByAllItsNames();
    void aFolderIsAllThatIsBelowIt();
    void whatComesOrGoesTakesFoldersAlong();
    void aFolderCostsWhatIsBelowIt();
    void manyPathsInAFolderAreOneLookAtIt();
    void whatMustBeWatchedIsHandedOutOnce();
    void whatALinkPassesThroughMustBeWatched();
};

using LinkChange = void (*)(const std::string &top);

void TestKnownPaths::oneFileIsLookedAtByAllItsNames_data()
{
    QTest::addColumn<LinkChange>("prepare");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<LinkChange>("change");
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("now");

    const LinkChange linkedFolder = [](const std::string &top) {
        writeFile(top + "real/deep/x", "old");
        fs::create_directory_symlink("real", top + "link");
    };
    const LinkChange linkedFile = [](const std::string &top) {
        writeFile(top + "real/deep/x", "old");
        fs::create_symlink(top + "real/deep/x", top + "x");
    };
    const LinkChange chain = [](const std::string &top) {
        writeFile(top + "real/deep/x", "old");
        writeFile(top + "other/deep/x", "other");
        fs::create_directory_symlink("../real/deep", top + "other/way");
        fs::create_directory_symlink("other/../other/way", top + "link");
    };
    const LinkChange rewrite = [](const std::string &top) { writeFile(top + "real/deep/x", "new"); };
    const auto row = [](const char *name, LinkChange prepare, const char *asked, LinkChange change, const char *told,
                        const char *now) { QTest::newRow(name) << prepare << asked << change << told << now; };
    row("asked for by the link, told of by the real path", linkedFolder, "link/deep/x", rewrite, "real/deep/x", "new");
    row("asked for by the real path, told of by the link", linkedFolder, "real/deep/x", rewrite, "link/deep/x", "new");
    row("a link to the file", linkedFile, "x", rewrite, "real/deep/x", "new");
    row("a link to the file, the other way", linkedFile, "real/deep/x", rewrite, "x", "new");
    row("a folder behind a link", linkedFolder, "link/deep/x", rewrite, "real", "new");
    row("a link to a link", chain, "link/x", rewrite, "real/deep/x", "new");
    row("a link to a link, told of half-way", chain, "link/x", rewrite, "other/way/x", "new");
    row(
        "the link half-way leads elsewhere", chain, "link/x",
        [](const std::string &top) {
            fs::remove(top + "other/way");
            fs::create_directory_symlink("deep", top + "other/way");
        },
        "other/way", "other");
    row(
        "a folder became a link", linkedFolder, "real/deep/x",
        [](const std::string &top) {
            writeFile(top + "new/deep/x", "new");
            fs::rename(top + "real", top + "gone");
            fs::create_directory_symlink("new", top + "real");
        },
        "real", "new");
    row(
        "what the link leads to is gone", linkedFolder, "link/deep/x",
        [](const std::string &top) { fs::remove_all(top + "real"); }, "real", "none");
    row(
        "the link is gone", linkedFolder, "link/deep/x", [](const std::string &top) { fs::remove(top + "link"); },
        "link", "none");
    row(
        "a link to nothing leads somewhere",
        [](const std::string &top) { fs::create_directory_symlink("later", top + "link"); }, "link/deep/x",
        [](const std::string &top) { writeFile(top + "later/deep/x", "new"); }, "later/deep/x", "new");
    row(
        "a link that leads to itself", [](const std::string &top) { fs::create_symlink("x", top + "x"); }, "x",
        [](const std::string &top) {
            fs::remove(top + "x");
            writeFile(top + "x", "new");
        },
        "x", "new");
}

void TestKnownPaths::oneFileIsLookedAtByAllItsNames()
{
    QFETCH(LinkChange, prepare);
    QFETCH(QString, asked);
    QFETCH(LinkChange, change);
    QFETCH(QString, told);
    QFETCH(QString, now);
    const QTemporaryDir folder;
    const std::string top = fs::canonical(folder.path().toStdString()).string() + '/';
    prepare(top);
    LinkWorld<DiskFileSystem> world;
    const std::string path = top + asked.toStdString();
    const std::string before = world.text(path);
    world.folders(); // Where the links lead is known from before the change.
    change(top);
    QCOMPARE(world.text(path), before);
    world.lookAgain({top + told.toStdString()});
    QCOMPARE(world.text(path), now.toStdString());
}

// As an editor that saves a file into a new folder and tells of no more than that.
void TestKnownPaths::whatComesOrGoesTakesFoldersAlong()
{
    LinkWorld<MemoryFileSystem> world;
    world.disk.write("/p/z", "z");
    const auto isFolder = [&world](const char *path) {
        Reader db(world.engine.ticket());
        return db.read<&FileData::status>(fileAt(db, path)) == Status::Directory;
    };
    const auto entries = [&world](const char *path) {
        Reader db(world.engine.ticket());
        return db.get<Listing>(fileAt(db, path)).size();
    };
    QVERIFY(!isFolder("/p/a/b"));
    QVERIFY(!isFolder("/p/a"));
    QCOMPARE(entries("/p"), 1u);
    QCOMPARE(world.text("/p/a/other"), "none");

    world.disk.write("/p/a/b/c/x", "x");
    world.disk.write("/p/a/other", "other");
    world.lookAgain({"/p/a/b/c/x"});
    QVERIFY(isFolder("/p/a/b"));
    QVERIFY(isFolder("/p/a"));
    QCOMPARE(entries("/p"), 2u);
    QCOMPARE(world.text("/p/a/other"), "other");

    world.disk.remove("/p/a");
    world.lookAgain({"/p/a/b/c/x"});
    QVERIFY(!isFolder("/p/a/b"));
    QVERIFY(!isFolder("/p/a"));
    QCOMPARE(entries("/p"), 1u);
    QCOMPARE(world.text("/p/a/other"), "none");

    // What is there above is not looked at.
    world.disk.write("/p/a/b/x", "x");
    world.lookAgain({"/p/a/b/x"});
    QVERIFY(isFolder("/p/a/b"));
    world.looks = 0;
    world.lookAgain({"/p/a/b/x"});
    QVERIFY2(world.looks <= 1, qPrintable(QString::number(world.looks)));
}

void TestKnownPaths::aFolderIsAllThatIsBelowIt()
{
    LinkWorld<MemoryFileSystem> world;
    world.disk.write("/p/a/b/x", "x");
    world.disk.write("/p/a-b/x", "x"); // sorts between the folder and what is in it
    world.disk.write("/p/c/x", "x");
    for (const char *path : {"/p/a/b/x", "/p/a-b/x", "/p/c/x"})
        QCOMPARE(world.text(path), "x");
    world.disk.remove("/p/a");
    world.disk.remove("/p/a-b");
    world.lookAgain({"/p/a"});
    QCOMPARE(world.text("/p/a/b/x"), "none");
    QCOMPARE(world.text("/p/a-b/x"), "x"); // nobody told
    world.disk.write("/p/a/b/x", "again");
    world.lookAgain({"/p/a", "/p/a-b"});
    QCOMPARE(world.text("/p/a/b/x"), "again");
    QCOMPARE(world.text("/p/a-b/x"), "none");
}

void TestKnownPaths::aFolderCostsWhatIsBelowIt()
{
    LinkWorld<MemoryFileSystem> world;
    for (int i = 0; i < 1000; ++i) {
        const std::string path = "/p/" + std::to_string(i % 10) + "/" + std::to_string(i);
        world.disk.write(path, "x");
        world.text(path);
    }
    world.looks = 0;
    world.lookAgain({"/p/7"});
    QVERIFY2(world.looks <= 110, std::to_string(world.looks).c_str()); // 100 files, and what is above
    world.looks = 0;
    world.lookAgain({"/q", "/p/7/none"});
    QVERIFY2(world.looks <= 10, std::to_string(world.looks).c_str());
}

void TestKnownPaths::manyPathsInAFolderAreOneLookAtIt()
{
    LinkWorld<MemoryFileSystem> world;
    std::vector<std::string> paths;
    for (int i = 0; i < 1000; ++i) {
        paths.push_back("/p/" + std::to_string(i));
        world.disk.write(paths.back(), "x");
        world.text(paths.back());
    }
    {
        Reader db(world.engine.ticket());
        QCOMPARE(db.get<Listing>(fileAt(db, "/p")).size(), 1000u);
    }
    int listings = 0;
    world.counted.setHook(
        [&](Step step, const std::string &path) { listings += step == Step::Content && path == "/p"; });
    world.disk.remove("/p/1");
    const auto revision = world.engine.revision();
    world.lookAgain(paths);
    QCOMPARE(listings, 1);
    QCOMPARE(world.engine.revision(), revision + 1);
}

void TestKnownPaths::whatMustBeWatchedIsHandedOutOnce()
{
    using Folders = std::vector<std::string>;
    LinkWorld<MemoryFileSystem> world;
    world.disk.write("/p/a/x", "x");
    world.text("/p/a/x");
    world.text("/p/none/deep/y");
    QVERIFY(world.files.hasFolders());
    QCOMPARE(world.folders(), (Folders{"/", "/p", "/p/a", "/p/none", "/p/none/deep"}));
    QVERIFY(!world.files.hasFolders());
    world.text("/p/a/y");
    world.folders();
    world.lookAgain({"/p/a/y"});
    QCOMPARE(world.folders(), Folders());
    world.lookAgain({"/"}); // as anything may have happened
    QCOMPARE(world.folders(), (Folders{"/", "/p", "/p/a", "/p/none", "/p/none/deep"}));
    world.lookAgain({"/p/none"}); // which may be another one now
    QCOMPARE(world.folders(), (Folders{"/p/none", "/p/none/deep"}));
}

void TestKnownPaths::whatALinkPassesThroughMustBeWatched()
{
    const QTemporaryDir folder;
    const std::string top = fs::canonical(folder.path().toStdString()).string();
    writeFile(top + "/store/one/x", "x");
    fs::create_directory(top + "/ways");
    fs::create_symlink("../store/one/x", top + "/ways/way");
    fs::create_directory(top + "/names");
    fs::create_symlink(top + "/ways/way", top + "/names/x");
    LinkWorld<DiskFileSystem> world;
    QCOMPARE(world.text(top + "/names/x"), "x");
    const std::vector<std::string> folders = world.folders();
    for (const char *needed : {"", "/names", "/store", "/store/one", "/ways"})
        QVERIFY2(std::ranges::contains(folders, top + needed), needed);
}

NUAGES_TEST(TestKnownPaths)
#include "tst_knownpaths.moc"
