#include "engine/query/engine.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "tests/engine/source/diskworld.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages::query;
using namespace nuages::source;

/// An overlay belongs to the file, whatever links lead to it.
class TestOverlayNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOverlayIsThatOfEveryNameOfTheFile();
    void anOverlayOfItsOwnWinsOverThatOfAnotherName();
    void aLinkThatLeadsElsewhereTakesTheOverlayAlong();
};

namespace {

/// All paths start from a folder on the real disk.
struct LinkedFolder {
    QTemporaryDir folder;
    nuages::tests::DiskWorld disk;
    DiskFileSystem fileSystem;
    Files files{fileSystem};
    Engine engine;

    LinkedFolder() { engine.attach(files); }

    std::string path(std::string_view name) const
    {
        return QDir(folder.path()).canonicalPath().toStdString() + '/' + std::string(name);
    }
    void write(const char *name, const char *text) { disk.write(path(name), text); }
    void remove(const char *name) { disk.remove(path(name)); }
    void link(const char *target, const char *name) { disk.link(target, path(name)); }

    template <class Fn>
    void write(Fn fn)
    {
        engine.write("test", [&](Transaction &tx) { fn(tx); });
    }

    std::string text(const char *name)
    {
        Reader db(engine.ticket());
        const LineIndex &lines = db.get<Lines>(fileAt(db, path(name)));
        return std::string(lines.text().view());
    }
};

} // namespace

void TestOverlayNames::anOverlayIsThatOfEveryNameOfTheFile()
{
    LinkedFolder world;
    world.write("real/a.html", "disk");
    world.link("real", "folder");
    world.link("real/a.html", "a.html");
    QCOMPARE(world.text("folder/a.html"), "disk"); // one name is known before, two come later
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, world.path("real/a.html"), Text("typed")); });
    QCOMPARE(world.text("folder/a.html"), "typed");
    QCOMPARE(world.text("a.html"), "typed");
    world.write([&](Transaction &tx) { world.files.takeFolders(tx); }); // which the owner does when names are new
    QCOMPARE(world.text("a.html"), "typed");
    QCOMPARE(world.text("real/a.html"), "typed");
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, world.path("real/a.html"), Text("typed on")); });
    QCOMPARE(world.text("a.html"), "typed on");
    QCOMPARE(world.text("folder/a.html"), "typed on");
    world.write([&](Transaction &tx) { world.files.removeOverlay(tx, world.path("real/a.html")); });
    for (const char *name : {"real/a.html", "folder/a.html", "a.html"})
        QCOMPARE(world.text(name), "disk");
}

void TestOverlayNames::anOverlayOfItsOwnWinsOverThatOfAnotherName()
{
    LinkedFolder world;
    world.write("real/a.html", "disk");
    world.link("real", "folder");
    world.text("folder/a.html");
    world.write([&](Transaction &tx) {
        world.files.setOverlay(tx, world.path("real/a.html"), Text("real"));
        world.files.setOverlay(tx, world.path("folder/a.html"), Text("linked"));
    });
    QCOMPARE(world.text("real/a.html"), "real");
    QCOMPARE(world.text("folder/a.html"), "linked");
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, world.path("real/a.html"), Text("real again")); });
    QCOMPARE(world.text("folder/a.html"), "linked");
    world.write([&](Transaction &tx) { world.files.removeOverlay(tx, world.path("folder/a.html")); });
    QCOMPARE(world.text("folder/a.html"), "real again");
}

void TestOverlayNames::aLinkThatLeadsElsewhereTakesTheOverlayAlong()
{
    LinkedFolder world;
    world.write("one/a.html", "one");
    world.write("two/a.html", "two");
    world.link("one", "folder");
    world.text("folder/a.html");
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, world.path("two/a.html"), Text("typed")); });
    QCOMPARE(world.text("folder/a.html"), "one");
    world.remove("folder");
    world.link("two", "folder");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, world.path("folder")); });
    QCOMPARE(world.text("folder/a.html"), "typed");
    world.remove("folder");
    world.link("one", "folder");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, world.path("folder")); });
    QCOMPARE(world.text("folder/a.html"), "one");
}

NUAGES_TEST(TestOverlayNames)
#include "tst_overlaynames.moc"
