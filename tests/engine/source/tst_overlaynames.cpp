#include "engine/query/engine.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "tests/engine/source/diskworld.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <filesystem>
#include <format>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>

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
    void aLinkThatLedElsewhereBeforeItWasAskedForIsNoNameOfThat();
    void whateverHappensEachNameHasTheTextOfItsFile_data();
    void whateverHappensEachNameHasTheTextOfItsFile();
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

void TestOverlayNames::aLinkThatLedElsewhereBeforeItWasAskedForIsNoNameOfThat()
{
    LinkedFolder world;
    world.write("one.py", "one");
    world.write("two.py", "two");
    world.link("one.py", "link.py");
    world.text("one.py");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, world.path("link.py")); });
    world.remove("link.py");
    world.link("two.py", "link.py");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, world.path("link.py")); });
    QCOMPARE(world.text("link.py"), "two");
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, world.path("one.py"), Text("typed")); });
    QCOMPARE(world.text("link.py"), "two");
}

void TestOverlayNames::whateverHappensEachNameHasTheTextOfItsFile_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestOverlayNames::whateverHappensEachNameHasTheTextOfItsFile()
{
    QFETCH(unsigned, seed);
    LinkedFolder world;
    std::mt19937 random(seed);
    const auto oneOf = [&random](const auto &list) { return list[random() % std::size(list)]; };
    constexpr const char *files[] = {"a/x.py", "a/y.py", "b/x.py", "b/z.py"};
    constexpr const char *names[] = {"a/x.py", "a/y.py", "a/m.py", "b/x.py", "b/z.py",
                                     "b/m.py", "l/x.py", "l/m.py", "k/x.py", "k/z.py"};
    std::map<std::string, std::string> overlays;
    QStringList story;
    for (int step = 0; step < 300; ++step) {
        const std::string text = std::format("{}", step);
        const char *name = nullptr;
        switch (random() % 8) {
        case 0:
            name = oneOf(files);
            world.write(name, text.c_str());
            break;
        case 1:
            name = oneOf(files);
            world.remove(name);
            break;
        case 2: {
            // None leads to itself, not by others either.
            struct Link {
                const char *name;
                const char *target;
            };
            constexpr Link links[] = {{"a/m.py", "x.py"},
                                      {"a/m.py", "y.py"},
                                      {"a/m.py", "../b/x.py"},
                                      {"a/m.py", "../b/m.py"},
                                      {"a/m.py", "nothing.py"},
                                      {"b/m.py", "x.py"},
                                      {"b/m.py", "../a/y.py"},
                                      {"a/x.py", "../b/x.py"},
                                      {"a/x.py", "y.py"},
                                      {"l", "a"},
                                      {"l", "b"},
                                      {"l", "nothing"},
                                      {"k", "a"},
                                      {"k", "b"},
                                      {"k", "l"}};
            const Link link = oneOf(links);
            name = link.name;
            world.remove(name);
            world.link(link.target, name);
            story += QStringLiteral("  to %1").arg(QLatin1StringView(link.target));
            break;
        }
        case 4: {
            name = oneOf(std::array{"a", "b"});
            const std::string away = world.path("away");
            if (std::error_code failed; std::filesystem::exists(away, failed)) {
                std::filesystem::remove_all(world.path(name));
                std::filesystem::rename(away, world.path(name));
            } else if (std::filesystem::exists(world.path(name), failed)) {
                std::filesystem::rename(world.path(name), away);
            }
            break;
        }
        case 5:
            name = oneOf(names);
            if (overlays.erase(name) > 0)
                world.write([&](Transaction &tx) { world.files.removeOverlay(tx, world.path(name)); });
            break;
        default:
            name = oneOf(names);
            overlays[name] = "typed " + text;
            world.write([&](Transaction &tx) { world.files.setOverlay(tx, world.path(name), Text(overlays[name])); });
        }
        story += QStringLiteral("%1: %2").arg(step).arg(QLatin1StringView(name));
        world.write([&](Transaction &tx) {
            world.files.lookAgain(tx, world.path(name));
            world.files.takeFolders(tx);
        });
        for (const char *each : names) {
            if (random() % 16 != 0)
                continue; // some names are asked for late
            const std::string real = realPath(world.fileSystem, world.path(each));
            std::set<std::string> right;
            std::error_code failed;
            std::ifstream disk(world.path(each));
            right.insert(std::filesystem::is_regular_file(world.path(each), failed)
                             ? std::string(std::istreambuf_iterator<char>(disk), {})
                             : std::string());
            if (overlays.contains(each))
                right = {overlays[each]};
            else {
                std::set<std::string> typed; // by whichever name, if there are several
                for (const auto &[other, overlay] : overlays) {
                    if (realPath(world.fileSystem, world.path(other)) == real)
                        typed.insert(overlay);
                }
                if (!typed.empty())
                    right = typed;
            }
            const std::string found = world.text(each);
            if (!right.contains(found)) {
                QFAIL(qPrintable(QStringLiteral("step %1: %2 is '%3' and not '%4'\n%5")
                                     .arg(step)
                                     .arg(QLatin1StringView(each), QString::fromStdString(found),
                                          QString::fromStdString(*right.begin()),
                                          story.last(std::min<qsizetype>(25, story.size())).join(u'\n'))));
            }
        }
    }
}

NUAGES_TEST(TestOverlayNames)
#include "tst_overlaynames.moc"
