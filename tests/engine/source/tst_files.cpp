#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/source/queries.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <latch>
#include <random>
#include <thread>

using namespace nuages::query;
using namespace nuages::source;

class TestFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatKeepsTheBytesIsNoRevision_data();
    void whatKeepsTheBytesIsNoRevision();
    void whatChangesTheBytesRunsOnlyWhoReadThem();
    void anEditThatIsTakenBackIsTwoRevisions();
    void absenceIsAnInput();
    void aDirectoryIsItsEntries();
    void aFileThatCannotBeOpenedIsUnreadableOnceLookedAt();
    void aFileIsBornUnderAnOverlay();
    void durabilityComesFromTheRoot_data();
    void durabilityComesFromTheRoot();
    void oneFileHasOneHandleWhateverItIsCalled();
    void readersAgreeOnTheFileOfAPath();
};

namespace {

struct World {
    MemoryFileSystem disk;
    Files files{disk};
    Engine engine;

    World() { engine.attach(files); }

    template <class Fn>
    void write(Fn fn)
    {
        engine.write("test", [&](Transaction &tx) { fn(tx); });
    }

    std::string text(std::string_view path)
    {
        Reader db(engine.ticket());
        const LineIndex &lines = db.get<Lines>(fileAt(db, path));
        return std::string(lines.text().view());
    }

    std::vector<Entry> entries(std::string_view path)
    {
        Reader db(engine.ticket());
        return db.get<Listing>(fileAt(db, path));
    }

    Status status(std::string_view path)
    {
        Reader db(engine.ticket());
        return db.read<&FileData::status>(fileAt(db, path));
    }

    // Executions and validations of all queries of this layer.
    std::pair<std::uint64_t, std::uint64_t> work() const
    {
        Counters sum;
        for (const char *query : {"SourceText", "Lines", "Listing"})
            sum += engine.counters(query);
        return {sum.executed, sum.validated()};
    }
};

using Change = void (*)(World &);

} // namespace

void TestFiles::whatKeepsTheBytesIsNoRevision_data()
{
    QTest::addColumn<Change>("change");

    QTest::newRow("opened with the disk's text") << Change([](World &world) {
        world.write([&](Transaction &tx) { world.files.setOverlay(tx, "/p/a.html", Text("one\n")); });
    });
    QTest::newRow("opened and closed") << Change([](World &world) {
        world.write([&](Transaction &tx) { world.files.setOverlay(tx, "/p/a.html", Text("one\n")); });
        world.write([&](Transaction &tx) { world.files.removeOverlay(tx, "/p/a.html"); });
    });
    QTest::newRow("touched") << Change([](World &world) {
        world.disk.touch("/p/a.html");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    });
    QTest::newRow("saved again by renaming") << Change([](World &world) {
        world.disk.replace("/p/a.html", "one\n");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    });
    QTest::newRow("changed and changed back between two looks") << Change([](World &world) {
        world.disk.write("/p/a.html", "two\n");
        world.disk.write("/p/a.html", "one\n");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    });
    QTest::newRow("an entry came and went") << Change([](World &world) {
        world.disk.write("/p/a.html.swp", "");
        world.disk.remove("/p/a.html.swp");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html.swp"); });
    });
    QTest::newRow("a file that nobody has read was touched") << Change([](World &world) {
        world.disk.touch("/p/unread.html");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/unread.html"); });
    });
    QTest::newRow("a file that nobody has read was rewritten") << Change([](World &world) {
        world.disk.write("/p/unread.html", "other");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/unread.html"); });
    });
    QTest::newRow("a path that nobody asked for") << Change([](World &world) {
        world.disk.write("/q/new.html", "new");
        world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/q/new.html"); });
    });
}

void TestFiles::whatKeepsTheBytesIsNoRevision()
{
    QFETCH(Change, change);
    World world;
    world.disk.write("/p/a.html", "one\n");
    world.disk.write("/p/unread.html", "unread");
    world.text("/p/a.html");
    world.entries("/p");
    world.status("/p/unread.html");

    const Revision revision = world.engine.revision();
    const auto work = world.work();
    change(world);
    QCOMPARE(world.text("/p/a.html"), "one\n");
    QCOMPARE(world.entries("/p").size(), 2u);
    QCOMPARE(world.engine.revision(), revision);
    QCOMPARE(world.work(), work);
    QVERIFY(world.files.takeDoubted().empty());
}

void TestFiles::whatChangesTheBytesRunsOnlyWhoReadThem()
{
    World world;
    world.disk.write("/p/a.html", "a");
    world.disk.write("/p/b.html", "b");
    world.text("/p/a.html");
    world.text("/p/b.html");
    const std::uint64_t executed = world.work().first;

    world.disk.write("/p/a.html", "A");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    QCOMPARE(world.text("/p/b.html"), "b");
    QCOMPARE(world.work().first, executed);
    QCOMPARE(world.text("/p/a.html"), "A");
    QCOMPARE(world.work().first, executed + 2); // SourceText and Lines
}

void TestFiles::anEditThatIsTakenBackIsTwoRevisions()
{
    World world;
    world.disk.write("/p/a.html", "disk");
    world.text("/p/a.html");
    const Revision before = world.engine.revision();
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, "/p/a.html", Text("edited")); });
    QCOMPARE(world.text("/p/a.html"), "edited");
    world.disk.write("/p/a.html", "the disk does not matter now");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    QCOMPARE(world.text("/p/a.html"), "edited");
    world.disk.write("/p/a.html", "disk");
    world.write([&](Transaction &tx) { world.files.removeOverlay(tx, "/p/a.html"); });
    QCOMPARE(world.text("/p/a.html"), "disk");
    QCOMPARE(world.engine.revision(), before + 2);
}

void TestFiles::absenceIsAnInput()
{
    World world;
    QCOMPARE(world.status("/p/late.html"), Status::Absent);
    QCOMPARE(world.text("/p/late.html"), "");
    world.disk.write("/p/late.html", "here");
    QCOMPARE(world.text("/p/late.html"), ""); // within a revision nothing moves
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/late.html"); });
    QCOMPARE(world.text("/p/late.html"), "here");
    world.disk.remove("/p/late.html");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/late.html"); });
    QCOMPARE(world.status("/p/late.html"), Status::Absent);
    QCOMPARE(world.text("/p/late.html"), "");
}

void TestFiles::aDirectoryIsItsEntries()
{
    World world;
    world.disk.write("/p/b.html", "");
    world.disk.write("/p/a/x.html", "");
    world.disk.makePipe("/p/pipe");
    QCOMPARE(world.status("/p"), Status::Directory);
    QCOMPARE(
        world.entries("/p"),
        (std::vector<Entry>{{"a", EntryKind::Directory}, {"b.html", EntryKind::Regular}, {"pipe", EntryKind::Other}}));
    QCOMPARE(world.entries("/p/b.html"), std::vector<Entry>());
    QCOMPARE(world.text("/p"), "");

    world.disk.write("/p/c.html", "");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/c.html"); }); // the directory is looked at too
    QCOMPARE(world.entries("/p").size(), 4u);
    world.disk.remove("/p");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p"); });
    QCOMPARE(world.entries("/p").size(), 0u);
}

void TestFiles::aFileThatCannotBeOpenedIsUnreadableOnceLookedAt()
{
    World world;
    world.disk.write("/p/a.html", "secret");
    world.disk.forbid("/p/a.html");
    QCOMPARE(world.text("/p/a.html"), "");
    QCOMPARE(world.files.takeDoubted(), std::vector<std::string>{"/p/a.html"});
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    QCOMPARE(world.status("/p/a.html"), Status::Unreadable);
    QVERIFY(world.files.takeDoubted().empty());

    const Revision before = world.engine.revision();
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    QCOMPARE(world.engine.revision(), before);
    world.disk.replace("/p/a.html", "open");
    world.write([&](Transaction &tx) { world.files.lookAgain(tx, "/p/a.html"); });
    QCOMPARE(world.text("/p/a.html"), "open");
}

void TestFiles::aFileIsBornUnderAnOverlay()
{
    World world;
    world.write([&](Transaction &tx) { world.files.setOverlay(tx, "/p/unsaved.html", Text("unsaved")); });
    QCOMPARE(world.text("/p/unsaved.html"), "unsaved");
    QCOMPARE(world.status("/p/unsaved.html"), Status::Regular);
    const Revision before = world.engine.revision();
    world.disk.write("/p/unsaved.html", "unsaved");
    world.write([&](Transaction &tx) { world.files.removeOverlay(tx, "/p/unsaved.html"); });
    QCOMPARE(world.text("/p/unsaved.html"), "unsaved");
    QCOMPARE(world.engine.revision(), before);
}

void TestFiles::durabilityComesFromTheRoot_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<Durability>("durability");

    QTest::newRow("a template of the project") << QByteArray("/p/a.html") << Durability::Low;
    QTest::newRow("a module of the project") << QByteArray("/p/app/models.py") << Durability::Medium;
    QTest::newRow("an installed template") << QByteArray("/p/.venv/site-packages/x/a.html") << Durability::High;
    QTest::newRow("an installed module") << QByteArray("/p/.venv/site-packages/x/a.py") << Durability::High;
    QTest::newRow("only the same beginning") << QByteArray("/p/.venv/site-packages-old/a.html") << Durability::Low;
    QTest::newRow("a configuration") << QByteArray("/p/pyproject.toml") << Durability::Medium;
    QTest::newRow("a folder that may come") << QByteArray("/p/app/models") << Durability::Medium;
    QTest::newRow("variables") << QByteArray("/p/.env") << Durability::Medium;
    QTest::newRow("outside") << QByteArray("/elsewhere/a.html") << Durability::Low;
    QTest::newRow("a module outside") << QByteArray("/elsewhere/a.py") << Durability::Medium;
}

// What a write of a given durability does not reach is validated by durability alone.
void TestFiles::durabilityComesFromTheRoot()
{
    QFETCH(QByteArray, path);
    QFETCH(Durability, durability);
    for (const Durability written : {Durability::Low, Durability::Medium, Durability::High}) {
        World world;
        world.files.setRoots({{"/p", Durability::Low}, {"/p/.venv/site-packages", Durability::High}});
        world.disk.write(path.toStdString(), "text");
        world.text(path.toStdString());
        world.write([&](Transaction &tx) { tx.touch(written); });
        world.text(path.toStdString());
        const Counters counters = world.engine.counters("Lines");
        QCOMPARE(counters.validatedShallow, written < durability ? 1u : 0u);
        QCOMPARE(counters.validatedDeep, written < durability ? 0u : 1u);
    }
}

void TestFiles::oneFileHasOneHandleWhateverItIsCalled()
{
    World world;
    Reader db(world.engine.ticket());
    QCOMPARE(fileAt(db, "/p/a/../b.html"), fileAt(db, "/p/b.html"));
    QCOMPARE(fileAt(db, "/p//b.html/"), fileAt(db, "/p/b.html"));
    QVERIFY(fileAt(db, "/p/c.html") != fileAt(db, "/p/b.html"));
    QCOMPARE(db.read<&FileData::path>(fileAt(db, "/p/./c.html")), "/p/c.html");
}

// All readers start at once and ask for the same paths in different orders.
void TestFiles::readersAgreeOnTheFileOfAPath()
{
    constexpr std::size_t readers = 4;
    constexpr std::size_t paths = 200;
    World world;
    for (std::size_t i = 0; i < paths; ++i)
        world.disk.write("/p/" + std::to_string(i), std::to_string(i));

    std::latch start(readers);
    std::vector<std::vector<File>> found(readers, std::vector<File>(paths));
    std::vector<char> isRight(readers, false);
    std::vector<std::thread> threads;
    for (std::size_t reader = 0; reader < readers; ++reader) {
        threads.emplace_back([&, reader, ticket = world.engine.ticket()]() mutable {
            std::vector<std::size_t> order(paths);
            for (std::size_t i = 0; i < paths; ++i)
                order[i] = i;
            std::ranges::shuffle(order, std::mt19937(static_cast<unsigned>(reader)));
            Reader db(std::move(ticket));
            start.arrive_and_wait();
            bool right = true;
            for (const std::size_t i : order) {
                found[reader][i] = fileAt(db, "/p/" + std::to_string(i));
                right = right && db.get<SourceText>(found[reader][i]).view() == std::to_string(i);
            }
            isRight[reader] = right;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (std::size_t reader = 0; reader < readers; ++reader) {
        QVERIFY(isRight[reader]);
        QCOMPARE(found[reader], found[0]);
    }
    QVERIFY(world.files.takeDoubted().empty());
    QCOMPARE(world.engine.counters("SourceText").executed, paths);
}

NUAGES_TEST(TestFiles)
#include "tst_files.moc"
