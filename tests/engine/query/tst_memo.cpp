#include "engine/query/pool.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace nuages::query;

namespace {

struct PageData {
    std::string path;
    std::string text;
    std::string note;
};
using Page = Input<PageData, &PageData::path, &PageData::text, &PageData::note>;

std::string describe(const PageData &page) { return page.path; }

struct LineCount {
    static long run(Reader &db, Page page) { return std::ranges::count(db.read<&PageData::text>(page), '\n') + 1; }
};

struct IsLong {
    static bool run(Reader &db, Page page) { return db.get<LineCount>(page) > 2; }
};

/// "ExecutedNew LineCount(a.html)": what happened to memos, in order.
std::vector<std::string> logOf(Engine &engine)
{
    std::vector<std::string> log;
    for (const Event &event : engine.takeEvents()) {
        if (event.what != Event::What::Committed && event.what != Event::What::InputSet)
            log.push_back(std::string(nameOf(event.what)) + " " + engine.describe(event.key));
    }
    return log;
}

using Log = std::vector<std::string>;

} // namespace

class TestMemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void b1_equalValueStopsTheReRun();
    void b2_writeThatNobodyReadExecutesNothing();
};

void TestMemo::b1_equalValueStopsTheReRun()
{
    Engine engine;
    engine.setWatching(true);
    Page page;
    engine.write("open", [&](Transaction &tx) { page = tx.create<Page>({"a.html", "x\ny", ""}); });
    {
        Reader db(engine.ticket());
        QVERIFY(!db.get<IsLong>(page));
    }
    QCOMPARE(logOf(engine), (Log{"ExecutedNew LineCount(a.html)", "ExecutedNew IsLong(a.html)"}));

    engine.write("same number of lines", [&](Transaction &tx) { tx.set<&PageData::text>(page, "X\nY"); });
    {
        Reader db(engine.ticket());
        QVERIFY(!db.get<IsLong>(page));
    }
    QCOMPARE(logOf(engine), (Log{"ExecutedBackdated LineCount(a.html)", "ValidatedDeep IsLong(a.html)"}));

    engine.write("one more line", [&](Transaction &tx) { tx.set<&PageData::text>(page, "X\nY\nZ"); });
    {
        Reader db(engine.ticket());
        QVERIFY(db.get<IsLong>(page));
    }
    QCOMPARE(logOf(engine), (Log{"ExecutedChanged LineCount(a.html)", "ExecutedChanged IsLong(a.html)"}));
}

void TestMemo::b2_writeThatNobodyReadExecutesNothing()
{
    Engine engine;
    Page page;
    engine.write("open", [&](Transaction &tx) { page = tx.create<Page>({"a.html", "x\ny", ""}); });
    {
        Reader db(engine.ticket());
        QVERIFY(!db.get<IsLong>(page));
    }
    engine.setWatching(true);
    engine.write("note", [&](Transaction &tx) { tx.set<&PageData::note>(page, "n"); });
    engine.takeEvents();
    {
        Reader db(engine.ticket());
        QVERIFY(!db.get<IsLong>(page));
    }
    QCOMPARE(logOf(engine), (Log{"ValidatedDeep LineCount(a.html)", "ValidatedDeep IsLong(a.html)"}));
}

NUAGES_TEST(TestMemo)
#include "tst_memo.moc"
