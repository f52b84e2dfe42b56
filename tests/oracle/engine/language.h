#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The language of the oracle's scripts: what is asked, what is set, and what a query is made of.
///
/// It knows nothing of the engine, so that the evaluation from scratch and the model can be written in it.
namespace nuages::oracle {

inline constexpr int cellCount = 4;
inline constexpr int nodeCount = 8;
inline constexpr int wordCount = 3;
inline constexpr int domain = 3; ///< Values are 0 to 2, so that equal ones are frequent.
inline constexpr int readerLimit = 8;

/// How rarely something is expected to change.
enum class Level : std::uint8_t { Low, Medium, High };
inline constexpr int levelCount = 3;

/// A query with its keys, or one field of an input.
struct Id {
    enum class Kind : std::uint8_t {
        // Queries.
        Node, ///< What a formula says, which is an input itself; its key is an input.
        Pair, ///< Two nodes: a key of two inputs.
        Word, ///< Its key is an interned name.
        Text, ///< Its key is a string: what the list has under this name, a value on the heap.
        Mixed, ///< Its key is an input, an interned name and a number.
        EitherNode, ///< Its key is one of two kinds, here an input.
        EitherWord, ///< Likewise, here an interned name.
        Chosen, ///< Its value is an interned name, which others use as a key.
        Calm, ///< What the formula of a node says, but in a ring something else: it has a rule.
        Total, ///< Without a key: all that is in the list.
        // Fields.
        Value, ///< Of a cell.
        Extra, ///< Of the same cells, tracked for itself.
        Formula, ///< Of a node.
        List, ///< Which entries there are. What was removed is in it no longer.
        Born, ///< Of an input that the first reader makes.
        Entry, ///< Of an entry by its number; one that was removed and added again has another.
    };
    Kind kind = Kind::Node;
    std::array<int, 3> keys{};

    bool isQuery() const { return kind <= Kind::Total; }
    friend auto operator<=>(const Id &, const Id &) = default;
};

/// Queries are numbered from 0 to `queryCount`, fields from there on.
inline constexpr std::size_t queryCount = nodeCount + nodeCount * nodeCount + wordCount * 2
    + nodeCount * wordCount * domain + nodeCount + wordCount + nodeCount + nodeCount + 1;
std::size_t numberOf(const Id &id);

/// "mixed 3 b 1".
std::string textOf(const Id &id);

/// The query or field of that text; nullopt if there is none.
std::optional<Id> idOf(const std::string &text);

/// One step of a node's formula; all steps are added up.
struct Term {
    enum class Kind : std::uint8_t {
        Constant,
        Value,
        Extra,
        Node,
        Calm,
        Pair,
        If, ///< The second node if the first is 0, else the third.
        Word,
        Spelled, ///< The word that a node chooses: a key that an earlier read produces.
        Text,
        Mixed,
        EitherNode,
        EitherWord,
        Total,
        Born,
        Outside, ///< Something the engine cannot see.
        Fail, ///< Throws while the cell's value is 2.
    };
    Kind kind = Kind::Constant;
    std::array<int, 3> keys{};

    friend bool operator==(const Term &, const Term &) = default;
};
using Formula = std::vector<Term>;

/// A letter for each part of a key: 'n'ode, 'c'ell, 'w'ord, '#' a number below `domain`, 'e'ntry.
std::string_view partsOf(Id::Kind kind);
std::string_view partsOf(Term::Kind kind);
int boundOf(char part);

/// One line of a script, which is one step.
struct Line {
    enum class Verb : std::uint8_t {
        // Edits: `keys` are what is edited and the value.
        Define, ///< A node, by a formula.
        Value,
        Extra,
        Add, ///< An entry under a word, unless there is one.
        Remove,
        Entry, ///< Sets the entry under a word, if there is one.
        Disk, ///< What an input is born with; set in it once it is born.
        Outside,
        Touch, ///< Sets nothing, and opens a revision as if something of that level had been set.
        Throw, ///< The function that writes ends with an exception; what it set stays.
        // Of a reader.
        Ask,
        All, ///< Whatever has been asked for, and the most of what can be.
        Cancel, ///< Its present request is called off.
    };
    Verb verb = Verb::All;
    bool joins = false; ///< An edit in the transaction of the one before it.
    int reader = 1;
    Id asked = {};
    std::array<int, 2> keys{};
    std::optional<Level> level = {};
    oracle::Formula formula = {};

    bool isEdit() const { return verb <= Verb::Throw; }
    friend bool operator==(const Line &, const Line &) = default;
};

struct Script {
    std::vector<Line> lines;
    int threads = 1; ///< Readers; with more than one, a controlled scheduler decides who goes on.
    std::uint32_t schedule = 0; ///< Its seed.
    int collect = 0; ///< Memos are collected, and a commit looks at the clock so many times for it; 0: they are not.
};

/// One line a step, and before them one with threads and schedule if it takes several, and one if memos are collected.
std::string textOf(const Script &script);
std::string textOf(const Line &line);

/// The script, or a sentence that names the line.
std::expected<Script, std::string> parsed(std::string_view text);

} // namespace nuages::oracle
