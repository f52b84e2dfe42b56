#pragma once

#include "engine/query/engine.h"

#include <algorithm>
#include <string>
#include <vector>

/// A small program of queries that the tests of the engine share.
namespace nuages::tests {

struct PageData {
    std::string path;
    std::string text;
    std::string note;
};
using Page = query::Input<PageData, &PageData::text, &PageData::note>;

inline std::string describe(const PageData &page) { return page.path; }
inline std::string pathOf(const PageData &page) { return "/pages/" + page.path; }

struct LineCount {
    static long run(query::Reader &db, Page page)
    {
        return std::ranges::count(db.read<&PageData::text>(page), '\n') + 1;
    }
};

struct IsLong {
    static bool run(query::Reader &db, Page page) { return db.get<LineCount>(page) > 2; }
};

inline Page makePage(query::Engine &engine, std::string path, std::string text,
                     query::Durability level = query::Durability::Low)
{
    Page page;
    engine.write(
        "open", [&](query::Transaction &tx) { page = tx.create<Page>({std::move(path), std::move(text), {}}, level); });
    return page;
}

inline void setText(query::Engine &engine, Page page, const std::string &text)
{
    engine.write("edit", [&](query::Transaction &tx) { tx.set<&PageData::text>(page, text); });
}

/// The value, read by a Reader of its own.
template <class Q, class... K>
auto ask(query::Engine &engine, const K &...keys)
{
    query::Reader db(engine.ticket());
    return db.get<Q>(keys...);
}

using Log = std::vector<std::string>;

/// "ExecutedNew LineCount(a.html)": what happened to memos since the last call, in order.
inline Log takeLog(query::Engine &engine)
{
    Log log;
    for (const query::Event &event : engine.takeEvents()) {
        if (event.what != query::Event::What::Committed && event.what != query::Event::What::InputSet)
            log.push_back(std::string(nameOf(event.what)) + " " + engine.describe(event.key));
    }
    return log;
}

} // namespace nuages::tests
