#pragma once

#include "program.h"

#include "engine/query/engine.h"

#include <optional>

/// The calculator as queries: each looks at as little as it can, so that an edit reaches few of them.
namespace calculator {

namespace query = nuages::query;

/// All that comes from outside: the text of a program, which is its only tracked field.
struct SourceData {
    std::string text;
};
using Source = query::Input<SourceData, &SourceData::text>;

std::string describe(const SourceData &source); // There is one source, so it needs no name.

/// A function with its arguments: a key of our own, for which the engine wants `==` and a hash, and people a name.
struct Call {
    std::string function;
    std::vector<long> arguments;

    bool operator==(const Call &) const = default;
};
std::size_t hashValue(const Call &call);
std::string describe(const Call &call);

struct ParsedProgram {
    static Program run(query::Reader &db, Source source);
};

/// One function out of the program. It runs after each edit, but is the same after most: what stands on that does not
/// run.
struct FunctionNamed {
    static std::optional<Function> run(query::Reader &db, Source source, std::string name);
};

/// What the print number `index` prints, from 0; nothing if there are fewer.
struct PrintedExpression {
    static std::optional<Expression> run(query::Reader &db, Source source, std::size_t index);
};

struct CallValue {
    static Answer run(query::Reader &db, Source source, Call call);
};

struct PrintValue {
    static Answer run(query::Reader &db, Source source, std::size_t index);
};

} // namespace calculator
