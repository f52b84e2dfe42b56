#include "engine/query/task.h"

#include <algorithm>
#include <string>

using namespace nuages::query;

struct PageData {
    std::string path;
    std::string text;
    bool isOpen = false;
};
using Page = Input<PageData, &PageData::text, &PageData::isOpen>;

std::string describe(const PageData &page) { return page.path; }

struct LineCount {
    static long run(Reader &db, Page page) { return std::ranges::count(db.read<&PageData::text>(page), '\n') + 1; }
};

struct IsLong {
    static bool run(Reader &db, Page page, long limit) { return db.get<LineCount>(page) > limit; }
};

Page openPage(Engine &engine)
{
    Page page;
    engine.write("open", [&](Transaction &tx) { page = tx.create<Page>({"a.html", "one\ntwo", true}); });
    return page;
}

bool isLong(Engine &engine, Page page)
{
    Reader db(engine.ticket());
    return db.get<IsLong>(page, 2);
}

std::string whatAnEditCosts(Engine &engine, Page page)
{
    engine.setWatching(true);
    engine.write("typed", [&](Transaction &tx) { tx.set<&PageData::text>(page, "eins\nzwei"); });
    isLong(engine, page);
    std::string log;
    for (const Event &event : engine.takeEvents())
        log += nameOf(event.what) + (" " + engine.describe(event.key)) + "\n";
    return log;
}

auto onAnotherThread(Engine &engine, Page page)
{
    return task(engine.ticket(), [](Reader &db, Page key) { return db.get<LineCount>(key); }, page);
}

std::string shown(const Outcome<long> &lines)
{
    if (lines)
        return std::to_string(*lines);
    return lines.error().kind == Failure::Kind::Cancelled ? "ask again" : "a mistake";
}
