#include "engine/query/engine.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/source/queries.h"
#include "tests/engine/source/diskworld.h"
#include "tests/engine/source/steppedfilesystem.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <latch>
#include <map>
#include <random>
#include <set>
#include <thread>

using namespace nuages::query;
using namespace nuages::source;
using nuages::tests::DiskWorld;
using nuages::tests::Step;
using nuages::tests::SteppedFileSystem;

class TestReadProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreThoseThatAreMeantOrDoubted_data();
    void textsAreThoseThatAreMeantOrDoubted();
    void aChangeAtAnyStepIsNoticed_data();
    void aChangeAtAnyStepIsNoticed();
    void aTimeThatIsSetBackIsNoticed();
    void aPipeAtAnyStepBlocksNobody_data();
    void aPipeAtAnyStepBlocksNobody();
    void aReadThatStallsHoldsUpTheWriteAlone_data();
    void aReadThatStallsHoldsUpTheWriteAlone();
};

namespace {

const std::string contents[] = {"", "a", "aaaa", "aabb", "bb"};

// One random life of three files while readers read, editors open and close, and the owner looks again.
template <class World>
class Story
{
public:
    Story(unsigned seed, FileSystem &disk, World &world, const std::string &root)
        : m_random(seed), m_disk(disk), m_world(world), m_stepped(disk), m_files(m_stepped),
          m_paths{root + "/a.html", root + "/b.html", root + "/dir/c.html"}
    {
        m_engine.attach(m_files);
        for (const std::string &path : m_paths)
            change(path);
        m_stepped.setHook([this](Step, const std::string &) {
            if (oneIn(8))
                change(anyPath());
        });
    }

    void tell()
    {
        for (int step = 0; step < 40; ++step) {
            switch (m_random() % 4) {
            case 0:
                change(anyPath());
                break;
            case 1:
                lookAgain();
                break;
            case 2:
                edit();
                break;
            case 3:
                read(anyPath());
                break;
            }
            if (QTest::currentTestFailed())
                return;
        }
        catchUp();
    }

private:
    bool oneIn(unsigned n) { return m_random() % n == 0; }
    const std::string &anyPath() { return m_paths[m_random() % m_paths.size()]; }
    std::string anyContent() { return contents[m_random() % std::size(contents)]; }

    std::optional<std::string> onDisk(const std::string &path)
    {
        return sightBytes(m_disk, path, Files::sizeLimit).content;
    }

    void change(const std::string &path)
    {
        switch (m_random() % 7) {
        case 0:
        case 1:
            m_world.write(path, anyContent());
            break;
        case 2:
            m_world.replace(path, anyContent());
            break;
        case 3:
            m_world.touch(path);
            break;
        case 4:
            m_world.remove(path);
            break;
        case 5:
            m_world.makePipe(path);
            break;
        case 6:
            m_world.makeDirectory(path);
            break;
        }
        if (auto content = onDisk(path))
            m_everWhole[path].insert(*content);
    }

    void lookAgain()
    {
        m_engine.write("look", [this](Transaction &tx) {
            for (const std::string &path : m_files.takeDoubted())
                m_files.lookAgain(tx, path);
            m_files.lookAgain(tx, anyPath());
        });
        m_doubted.clear();
    }

    void edit()
    {
        const std::string path = anyPath();
        m_engine.write("edit", [&](Transaction &tx) {
            if (oneIn(2)) {
                m_overlays[path] = anyContent();
                m_everWhole[path].insert(m_overlays[path]);
                m_files.setOverlay(tx, path, Text(m_overlays[path]));
            } else {
                m_overlays.erase(path);
                m_files.removeOverlay(tx, path);
            }
        });
    }

    // Undoubted texts under one stamp are one text, and one that the file had as a whole.
    void read(const std::string &path)
    {
        Reader db(m_engine.ticket());
        const File file = fileAt(db, path);
        const Text memo = db.get<SourceText>(file);
        const Text again = m_files.readText(db, path, db.read<&FileData::status>(file));
        for (const std::string &doubted : m_files.takeDoubted())
            m_doubted.insert(doubted);
        if (m_doubted.contains(path))
            return;
        const auto key = std::pair(path, db.read<&FileData::stamp>(file).edition);
        const Text &meant = m_meant.try_emplace(key, memo).first->second;
        QCOMPARE(memo.view(), meant.view());
        QCOMPARE(again.view(), meant.view());
        QCOMPARE(memo.exists(), meant.exists());
        QVERIFY(!memo.exists() || m_everWhole[path].contains(std::string(memo.view())));
    }

    // Once the world is quiet, one look at every path makes every text the one that is there, and a second one finds
    // nothing to change.
    void catchUp()
    {
        m_stepped.setHook({});
        const auto lookEverywhere = [this] {
            m_engine.write("catch up", [this](Transaction &tx) {
                m_files.takeDoubted();
                for (const std::string &path : m_paths)
                    m_files.lookAgain(tx, path);
            });
        };
        lookEverywhere();
        for (const std::string &path : m_paths) {
            Reader db(m_engine.ticket());
            const Text text = db.get<SourceText>(fileAt(db, path));
            const std::optional<std::string> expected = m_overlays.contains(path) ? m_overlays[path] : onDisk(path);
            QCOMPARE(text.exists(), expected.has_value());
            QCOMPARE(text.view(), expected.value_or(""));
        }
        QVERIFY(m_files.takeDoubted().empty());
        const Revision before = m_engine.revision();
        lookEverywhere();
        QCOMPARE(m_engine.revision(), before);
    }

    std::mt19937 m_random;
    FileSystem &m_disk;
    World &m_world;
    SteppedFileSystem m_stepped;
    Files m_files;
    Engine m_engine;
    std::vector<std::string> m_paths;
    std::map<std::string, std::string> m_overlays;
    std::map<std::string, std::set<std::string>> m_everWhole;
    std::map<std::pair<std::string, std::uint32_t>, Text> m_meant; // by path and edition
    std::set<std::string> m_doubted; // and not looked at since
};

void addSteps()
{
    QTest::addColumn<Step>("step");
    QTest::newRow("when it is born") << Step::State;
    QTest::newRow("before it is opened") << Step::Open;
    QTest::newRow("before its state is asked") << Step::Before;
    QTest::newRow("before it is read") << Step::Content;
    QTest::newRow("half-way through") << Step::Middle;
    QTest::newRow("before its state is asked again") << Step::After;
}

} // namespace

void TestReadProtocol::textsAreThoseThatAreMeantOrDoubted_data()
{
    QTest::addColumn<bool>("isOnDisk");
    QTest::newRow("in memory") << false;
    QTest::newRow("on the disk") << true;
}

void TestReadProtocol::textsAreThoseThatAreMeantOrDoubted()
{
    QFETCH(bool, isOnDisk);
    for (unsigned seed = 1; seed <= (isOnDisk ? 100 : 1000); ++seed) {
        if (isOnDisk) {
            const QTemporaryDir folder;
            DiskFileSystem disk;
            DiskWorld world;
            Story(seed, disk, world, folder.path().toStdString()).tell();
        } else {
            MemoryFileSystem memory;
            Story(seed, memory, memory, "/project").tell();
        }
        if (QTest::currentTestFailed()) {
            qWarning("in the story of seed %u", seed);
            return;
        }
    }
}

void TestReadProtocol::aChangeAtAnyStepIsNoticed_data() { addSteps(); }

// A file that changes after it is born is doubted, whatever the reader got; once the owner has looked, all is well.
void TestReadProtocol::aChangeAtAnyStepIsNoticed()
{
    QFETCH(Step, step);
    MemoryFileSystem memory;
    SteppedFileSystem stepped(memory);
    Files files(stepped);
    Engine engine;
    engine.attach(files);
    memory.write("/a.html", "old text");
    stepped.setHook([&](Step now, const std::string &path) {
        if (now == step && path == "/a.html")
            memory.write("/a.html", "new text");
    });
    {
        Reader db(engine.ticket());
        const Text &text = db.get<SourceText>(fileAt(db, "/a.html"));
        const bool isBornWithIt = step == Step::State;
        QCOMPARE(files.takeDoubted(), isBornWithIt ? std::vector<std::string>() : std::vector<std::string>{"/a.html"});
        if (isBornWithIt)
            QCOMPARE(text.view(), "new text");
    }
    stepped.setHook({});
    engine.write("look", [&](Transaction &tx) { files.lookAgain(tx, "/a.html"); });
    Reader db(engine.ticket());
    QCOMPARE(db.get<SourceText>(fileAt(db, "/a.html")).view(), "new text");
    QVERIFY(files.takeDoubted().empty());
}

// The second look at the state finds what the file was born with, the first does not: only both together tell.
void TestReadProtocol::aTimeThatIsSetBackIsNoticed()
{
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/a.html";
    DiskFileSystem disk;
    DiskWorld world;
    SteppedFileSystem stepped(disk);
    Files files(stepped);
    Engine engine;
    engine.attach(files);
    world.write(path, "old text");
    const auto time = std::filesystem::last_write_time(path);
    stepped.setHook([&](Step now, const std::string &) {
        if (now == Step::Open)
            world.write(path, "new text");
        else if (now == Step::After)
            std::filesystem::last_write_time(path, time);
    });
    Reader db(engine.ticket());
    QCOMPARE(db.get<SourceText>(fileAt(db, path)).view(), "new text");
    QCOMPARE(files.takeDoubted(), std::vector<std::string>{path});
}

void TestReadProtocol::aPipeAtAnyStepBlocksNobody_data() { addSteps(); }

// A pipe without a writer blocks whoever opens it in the usual way: the test would never end.
void TestReadProtocol::aPipeAtAnyStepBlocksNobody()
{
    QFETCH(Step, step);
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/a.html";
    DiskFileSystem disk;
    DiskWorld world;
    SteppedFileSystem stepped(disk);
    Files files(stepped);
    Engine engine;
    engine.attach(files);
    world.write(path, "text");
    stepped.setHook([&](Step now, const std::string &asked) {
        if (now == step && asked == path)
            world.makePipe(path);
    });
    {
        Reader db(engine.ticket());
        const Text &text = db.get<SourceText>(fileAt(db, path));
        QVERIFY(text.view() == "text" || !text.exists());
    }
    stepped.setHook({});
    engine.write("look", [&](Transaction &tx) { files.lookAgain(tx, path); });
    Reader db(engine.ticket());
    QCOMPARE(db.read<&FileData::status>(fileAt(db, path)), Status::Unreadable);
    QVERIFY(!db.get<SourceText>(fileAt(db, path)).exists());
}

void TestReadProtocol::aReadThatStallsHoldsUpTheWriteAlone_data() { addSteps(); }

// The reader stands at a gate inside the file system. Meanwhile the owner wants a write and gets none, but its thread
// goes on; once the gate is open the write is let in, and the edit is seen.
void TestReadProtocol::aReadThatStallsHoldsUpTheWriteAlone()
{
    QFETCH(Step, step);
    MemoryFileSystem memory;
    SteppedFileSystem stepped(memory);
    Files files(stepped);
    Engine engine;
    engine.attach(files);
    memory.write("/a.html", "disk");

    std::latch stalled(1);
    std::latch gate(1);
    stepped.setHook([&](Step now, const std::string &) {
        if (now == step) {
            stalled.count_down();
            gate.wait();
        }
    });
    bool isCancelled = false;
    std::thread reader([&, ticket = engine.ticket()]() mutable {
        try {
            Reader db(std::move(ticket));
            db.get<SourceText>(fileAt(db, "/a.html"));
        } catch (const Cancelled &) {
            isCancelled = true;
        }
    });
    stalled.wait();
    const auto edit = [&](Transaction &tx) { files.setOverlay(tx, "/a.html", Text("edited")); };
    engine.wantWrite(1);
    QVERIFY(!engine.tryWrite(1, "edit", edit));
    gate.count_down();
    reader.join();
    QVERIFY(isCancelled);
    stepped.setHook({});
    QVERIFY(engine.tryWrite(1, "edit", edit));

    Reader db(engine.ticket());
    QCOMPARE(db.get<SourceText>(fileAt(db, "/a.html")).view(), "edited");
}

NUAGES_TEST(TestReadProtocol)
#include "tst_readprotocol.moc"
