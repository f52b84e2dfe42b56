#pragma once

#include "engine/query/columns.h"
#include "engine/query/counters.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the owner may ask about memos without running a query: for those who show what the engine does.
namespace nuages::query {

/// The parts of the name that Engine::describe() gives: "File", "a.html", "stamp".
struct KeyName {
    std::string_view kind;
    std::string key;
    std::string_view field; ///< Empty unless it is a field of an input.
    std::string path; ///< Absolute, of the file that the key names; empty if it names none.
};

/// A memo, or a field of an input, as it is kept now.
struct MemoState {
    bool isBusy = false; ///< A reader computes or proves it at this moment, so that nothing else is known.
    Revision verifiedAt = 0; ///< Of a field: the revision in which it was set last.
    Revision changedAt = 0;
    Durability durability = Durability::Low;
    bool isUntracked = false;
    bool fellBack = false; ///< The value is the query's cycleFallback(); the last of `reads` is the next in the ring.
    std::vector<DependencyKey> reads = {}; ///< Of the last execution, in order of first reading, each once.
    std::string value = {}; ///< For people to read, in short; empty if its type has no such form.
};

/// One kind of query or of input. An input with several tracked fields is one kind here.
struct KindTotals {
    std::string_view name; ///< As people see it; if two are seen by one name, qualified.
    bool isInput = false;
    std::uint64_t memos = 0; ///< Or records, of inputs. Memos that open readers made come later.
    Counters counters = {};
};

/// How far a walk over all memos has come. Starts at the first.
using MemoCursor = detail::CellWalk;

} // namespace nuages::query
