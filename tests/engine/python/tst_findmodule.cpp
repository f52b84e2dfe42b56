#include "engine/python/findmodule.h"
#include "engine/python/module.h"
#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::python;

namespace {

const std::vector<std::string> searchPath = {"/project", "/project/src", "/site"};

struct Found {
    static std::string run(query::Reader &db, std::string dotted)
    {
        const auto found = findModule(db, searchPath, dotted);
        if (!found)
            return "none";
        static const char *const forms[] = {"module", "package", "namespace", "compiled"};
        std::string shown = forms[static_cast<std::size_t>(found->form)];
        if (found->isReadable())
            shown += ' ' + found->file;
        for (const std::string &folder : found->folders)
            shown += ' ' + folder;
        return shown;
    }
};

struct World {
    source::MemoryFileSystem disk;
    source::Files files{disk};
    query::Engine engine;

    World()
    {
        engine.attach(files);
        for (const char *path :
             {"/project/shop/__init__.py", "/project/shop/tags/__init__.py", "/project/shop/tags/shop.py",
              "/project/shop/models.py", "/project/both.py", "/project/both/__init__.py", "/project/spread/one.py",
              "/site/spread/two.py", "/project/src/inner/__init__.py", "/project/later/readme",
              "/site/later/__init__.py", "/site/fast.cpython-313-x86_64-linux-gnu.so", "/site/fast.txt",
              "/site/shop/__init__.py", "/site/shop/only.py"})
            disk.write(path, "x = 1\n");
    }

    std::string find(const std::string &dotted)
    {
        query::Reader db(engine.ticket());
        return db.get<Found>(dotted);
    }
};

} // namespace

class TestFindModule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatPythonFinds_data();
    void findsWhatPythonFinds();
    void aModuleThatAppearsIsNoticed();
    void relativeNamesBecomeAbsolute_data();
    void relativeNamesBecomeAbsolute();
    void standardModulesAreKnown();
    void aModuleIsItsText();
};

void TestFindModule::findsWhatPythonFinds_data()
{
    QTest::addColumn<std::string>("dotted");
    QTest::addColumn<std::string>("found");
    const auto row = [](const char *name, const char *dotted, const char *found) {
        QTest::newRow(name) << std::string(dotted) << std::string(found);
    };
    row("a package", "shop", "package /project/shop/__init__.py /project/shop");
    row("a module of a package", "shop.models", "module /project/shop/models.py");
    row("deeper", "shop.tags.shop", "module /project/shop/tags/shop.py");
    row("a package before a module", "both", "package /project/both/__init__.py /project/both");
    row("the src folder", "inner", "package /project/src/inner/__init__.py /project/src/inner");
    row("a namespace in two places", "spread", "namespace /project/spread /site/spread");
    row("in either place of it", "spread.two", "module /site/spread/two.py");
    row("a package behind a folder of the same name", "later", "package /site/later/__init__.py /site/later");
    row("a package hides the later one of its name", "shop.only", "none");
    row("a shared library", "fast", "compiled");
    row("inside a module", "both.nothing.more", "none");
    row("nothing", "missing", "none");
    row("no name", "", "none");
    row("half a name", "shop.", "none");
    row("a path", "../shop", "none");
}

void TestFindModule::findsWhatPythonFinds()
{
    QFETCH(std::string, dotted);
    QFETCH(std::string, found);
    World world;
    QCOMPARE(world.find(dotted), found);
}

void TestFindModule::aModuleThatAppearsIsNoticed()
{
    World world;
    QCOMPARE(world.find("new.part"), "none");
    world.disk.write("/project/new/part.py", "");
    world.engine.write("new", [&](query::Transaction &tx) {
        world.files.lookAgain(tx, "/project/new");
        world.files.lookAgain(tx, "/project/new/part.py");
    });
    QCOMPARE(world.find("new.part"), "module /project/new/part.py");
}

void TestFindModule::relativeNamesBecomeAbsolute_data()
{
    QTest::addColumn<std::string>("package");
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("absolute");
    QTest::newRow("absolute already") << std::string("a.b") << std::string("c.d") << std::string("c.d");
    QTest::newRow("beside") << std::string("a.b") << std::string(".c") << std::string("a.b.c");
    QTest::newRow("the package itself") << std::string("a.b") << std::string(".") << std::string("a.b");
    QTest::newRow("one up") << std::string("a.b") << std::string("..c") << std::string("a.c");
    QTest::newRow("out of the top") << std::string("a.b") << std::string("...c") << std::string("none");
    QTest::newRow("no package") << std::string() << std::string(".c") << std::string("none");
}

void TestFindModule::relativeNamesBecomeAbsolute()
{
    QFETCH(std::string, package);
    QFETCH(std::string, name);
    QFETCH(std::string, absolute);
    QCOMPARE(absoluteModuleName(package, name).value_or("none"), absolute);
}

void TestFindModule::standardModulesAreKnown()
{
    QVERIFY(isStandardModule("os") && isStandardModule("importlib") && isStandardModule("zoneinfo"));
    QVERIFY(!isStandardModule("django") && !isStandardModule("") && !isStandardModule("os.path"));
    QVERIFY(!isStandardModule("tomllib")); // not in Python 3.10
}

void TestFindModule::aModuleIsItsText()
{
    World world;
    query::Reader db(world.engine.ticket());
    QCOMPARE(db.get<PythonModule>(source::fileAt(db, "/project/both.py")).text(), "x = 1\n");
    QCOMPARE(db.get<PythonModule>(source::fileAt(db, "/project/absent.py")).text(), "");
}

NUAGES_TEST(TestFindModule)
#include "tst_findmodule.moc"
