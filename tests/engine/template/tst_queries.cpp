#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/template/queries.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::query;
using namespace nuages::templates;

class TestQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEditInACommentBackdatesTheFacts();
    void anotherLoadChangesTheFacts();
    void anAbsentTemplateIsEmpty();
};

namespace {

// Who needs a template's facts only, as the template that extends it does.
struct FirstLoad {
    static std::string run(Reader &db, source::File file)
    {
        const TemplateFacts &facts = db.get<Facts>(file);
        return facts.loads.empty() ? std::string() : facts.loads.front().libraries.front();
    }
};

struct World {
    source::MemoryFileSystem disk;
    source::Files files{disk};
    Engine engine;

    World() { engine.attach(files); }

    void edit(const char *text)
    {
        engine.write("edit", [&](Transaction &tx) { files.setOverlay(tx, "/p/a.html", source::Text(text)); });
    }

    std::string firstLoad()
    {
        Reader db(engine.ticket());
        return db.get<FirstLoad>(source::fileAt(db, "/p/a.html"));
    }
};

} // namespace

void TestQueries::anEditInACommentBackdatesTheFacts()
{
    World world;
    world.edit("{# 0 #}{% load shop %}");
    QCOMPARE(world.firstLoad(), std::string("shop"));
    for (int i = 1; i <= 200; ++i) {
        world.edit(("{# " + std::to_string(i) + " #}{% load shop %}").c_str());
        QCOMPARE(world.firstLoad(), std::string("shop"));
    }
    QCOMPARE(world.engine.counters("Template").executed, 201u);
    QCOMPARE(world.engine.counters("TemplateFacts").executed, 201u);
    QCOMPARE(world.engine.counters("TemplateFacts").backdated, 200u);
    QCOMPARE(world.engine.counters("FirstLoad").executed, 1u);
}

void TestQueries::anotherLoadChangesTheFacts()
{
    World world;
    world.edit("{% load shop %}");
    QCOMPARE(world.firstLoad(), std::string("shop"));
    world.edit("{% load news %}");
    QCOMPARE(world.firstLoad(), std::string("news"));
    QCOMPARE(world.engine.counters("FirstLoad").executed, 2u);
}

void TestQueries::anAbsentTemplateIsEmpty()
{
    World world;
    Reader db(world.engine.ticket());
    QVERIFY(db.get<Template>(source::fileAt(db, "/p/absent.html")).tokens().empty());
}

NUAGES_TEST(TestQueries)
#include "tst_queries.moc"
