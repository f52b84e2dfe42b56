#pragma once

#include "engine/query/engine.h"

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// A random graph of queries over random inputs, and a second way to evaluate it that remembers nothing.
namespace nuages::tests {

inline constexpr int cellCount = 4;
inline constexpr int nodeCount = 7;
inline constexpr int nameCount = 3;
inline constexpr int domain = 3; ///< Values are 0 to 2, so that equal ones are frequent.

/// One step of a node's formula; all steps are added up.
struct Term {
    enum class Kind {
        Constant,
        Value, ///< Field `value` of cell a.
        Extra, ///< Field `extra` of cell a.
        Node, ///< Node a.
        Pair, ///< Pair of nodes a and b: a query with a key of two parts.
        Branch, ///< Node b if node a is 0, else node c.
        Spell, ///< A query about an interned name.
        Born, ///< An input that the first reader creates.
        Outside, ///< Something the engine cannot see.
    };
    Kind kind = Kind::Constant;
    int a = 0;
    int b = 0;
    int c = 0;

    friend bool operator==(const Term &, const Term &) = default;
};
using Formula = std::vector<Term>;

/// All that the queries can depend on, at one revision.
struct World {
    std::array<std::pair<int, int>, cellCount> cells{}; ///< value, extra
    std::array<Formula, nodeCount> formulas;
    std::array<int, nameCount> onDisk{}; ///< What an input is born with.
    int outside = 0;
};

/// The value of a query computed from scratch; nothing if it needs itself.
class Oracle
{
public:
    explicit Oracle(World world) : m_world(std::move(world)) { }

    std::optional<int> node(int index);
    std::optional<int> pair(int first, int second);
    int spell(int name) const { return (name + m_world.cells[0].first) % domain; }
    int born(int name) const { return m_world.onDisk[static_cast<std::size_t>(name)]; }

    /// By the name that Engine::describe() gives, fields of inputs included: "Node(2)", "CellData(1).value".
    std::string valueOf(const std::string &description);

    const World &world() const { return m_world; }

private:
    std::optional<int> sum(const Formula &formula);

    enum class State { Unknown, Running, Known };
    World m_world;
    std::array<State, nodeCount> m_states{};
    std::array<std::optional<int>, nodeCount> m_values{};
};

/// Random formulas and edits. With cycles, a node may ask for any other; without, only for later ones.
Formula randomFormula(std::mt19937 &random, int node, bool withCycles);
World randomWorld(std::mt19937 &random, bool withCycles);

// The same world as inputs and queries of an engine.

struct CellData {
    int index;
    int value;
    int extra;
};
using CellInput = query::Input<CellData, &CellData::value, &CellData::extra>;

struct NodeData {
    int index;
    Formula formula;
};
using NodeInput = query::Input<NodeData, &NodeData::formula>;

struct BornData {
    int name;
    int value;
};
using BornInput = query::Input<BornData, &BornData::value>;

using Name = query::Interned<std::string, struct NameTag>;

std::string describe(const CellData &cell);
std::string describe(const NodeData &node);
std::string describe(const BornData &born);

/// What the queries reach beside the engine: handles, and the world outside.
struct Ground {
    std::array<CellInput, cellCount> cells;
    std::array<NodeInput, nodeCount> nodes;
    World world; ///< Changes only inside a transaction.

    std::mutex mutex; // guards births
    std::map<int, BornInput> births;

    /// The input for `name`, born now unless another reader was first.
    BornInput born(query::Reader &db, int name);
};

struct Node {
    static int run(query::Reader &db, NodeInput node);
};
struct Pair {
    static int run(query::Reader &db, NodeInput first, NodeInput second);
};
struct Spell {
    static int run(query::Reader &db, Name name);
};

/// Makes the inputs of `ground` in `engine`, each field with a durability of its own.
void plant(query::Engine &engine, Ground &ground, std::mt19937 &random);

/// One random change, made in the transaction and in the world alike. Some are none: equal values.
void editAtRandom(query::Transaction &tx, Ground &ground, std::mt19937 &random, bool withCycles);

} // namespace nuages::tests
