#include "engine/query/engine.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/source/queries.h"
#include "tests/engine/source/diskworld.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <string>

using namespace nuages::query;
using namespace nuages::source;
using nuages::tests::DiskWorld;

class TestTwins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneStoryOnDiskAndInMemoryGivesTheSameAnswers();
};

namespace {

const std::string storyNames[] = {"/a.html", "/b.html", "/dir/c.html", "/dir", "/dir/deep/d.py"};

// Answers of the program over one file system, told what happens in the same words as the other.
template <class World>
class Twin
{
public:
    Twin(FileSystem &disk, World &world, std::string root) : m_world(world), m_root(std::move(root)), m_files(disk)
    {
        m_engine.attach(m_files);
        m_files.setRoots({{m_root, Durability::Low}});
    }

    void change(unsigned what, const std::string &name, const std::string &bytes)
    {
        const std::string path = m_root + name;
        switch (what) {
        case 0:
            return m_world.write(path, bytes);
        case 1:
            return m_world.replace(path, bytes);
        case 2:
            return m_world.touch(path);
        case 3:
            return m_world.remove(path);
        case 4:
            return m_world.makePipe(path);
        case 5:
            return m_world.makeDirectory(path);
        }
    }

    void tell(unsigned what, const std::string &name, const std::string &bytes)
    {
        m_engine.write("tell", [&](Transaction &tx) {
            if (what == 0)
                m_files.setOverlay(tx, m_root + name, Text(bytes));
            else if (what == 1)
                m_files.removeOverlay(tx, m_root + name);
            else
                m_files.lookAgain(tx, m_root + name);
            for (const std::string &path : m_files.takeDoubted())
                m_files.lookAgain(tx, path);
        });
    }

    // All that can be asked about a path, in one line.
    std::string ask(const std::string &name)
    {
        Reader db(m_engine.ticket());
        const File file = fileAt(db, m_root + name);
        std::string answer = "revision " + std::to_string(m_engine.revision());
        answer += ", status " + std::to_string(int(db.read<&FileData::status>(file)));
        const Text &text = db.get<SourceText>(file);
        answer += text.exists() ? ", text '" + std::string(text.view()) + "'" : ", no text";
        for (const Entry &entry : db.get<Listing>(file))
            answer += ", " + entry.name + " " + std::to_string(int(entry.kind));
        return answer + ", executed " + std::to_string(m_engine.counters("SourceText").executed);
    }

    std::vector<std::string> doubted()
    {
        std::vector<std::string> doubted = m_files.takeDoubted();
        for (std::string &path : doubted)
            path.erase(0, m_root.size());
        return doubted;
    }

private:
    World &m_world;
    const std::string m_root;
    Files m_files;
    Engine m_engine;
};

} // namespace

void TestTwins::oneStoryOnDiskAndInMemoryGivesTheSameAnswers()
{
    for (unsigned seed = 1; seed <= 40; ++seed) {
        const QTemporaryDir folder;
        const std::string root = folder.path().toStdString() + "/project";
        MemoryFileSystem memory;
        DiskFileSystem disk;
        DiskWorld world;
        Twin inMemory(memory, memory, root);
        Twin onDisk(disk, world, root);
        std::mt19937 random(seed);
        for (int step = 0; step < 60; ++step) {
            const std::string &name = storyNames[random() % std::size(storyNames)];
            const std::string bytes(random() % 3, 'x');
            const auto what = static_cast<unsigned>(random() % 6);
            switch (random() % 3) {
            case 0:
                inMemory.change(what, name, bytes);
                onDisk.change(what, name, bytes);
                break;
            case 1:
                inMemory.tell(what, name, bytes);
                onDisk.tell(what, name, bytes);
                break;
            case 2:
                QCOMPARE(inMemory.ask(name), onDisk.ask(name));
                QCOMPARE(inMemory.doubted(), onDisk.doubted());
                break;
            }
        }
    }
}

NUAGES_TEST(TestTwins)
#include "tst_twins.moc"
