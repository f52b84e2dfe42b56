#pragma once

#include "engine/query/engine.h"
#include "tests/oracle/engine/model.h"

#include <map>
#include <mutex>
#include <variant>

/// The same inputs and queries in an engine.
namespace nuages::oracle {

struct CellData {
    int index;
    int value;
    int extra;
};
using CellInput = query::Input<CellData, &CellData::value, &CellData::extra>;

struct NodeData {
    int index;
    oracle::Formula formula;
};
using NodeInput = query::Input<NodeData, &NodeData::formula>;

struct EntryData {
    int number;
    int value;
};
using EntryInput = query::Input<EntryData, &EntryData::value>;

struct Listed {
    std::string name;
    EntryInput entry;

    friend bool operator==(const Listed &, const Listed &) = default;
};
struct ListData {
    std::vector<Listed> entries;
};
using ListInput = query::Input<ListData, &ListData::entries>;

struct BornData {
    int word;
    int value;
};
using BornInput = query::Input<BornData, &BornData::value>;

using Name = query::Interned<std::string, struct NameTag>;

/// A key of one of two kinds, of a type of its own.
struct Subject {
    std::variant<NodeInput, Name> what;
    int number; ///< Of the node or the word; for people.

    friend bool operator==(const Subject &, const Subject &) = default;
};

// What the engine asks of types in keys; all that is described is a number or a word of the language.
std::size_t hashValue(const Subject &subject);
std::string describe(const Subject &subject);
std::string describe(const CellData &cell);
std::string describe(const NodeData &node);
std::string describe(const EntryData &entry);
std::string describe(const ListData &list);
std::string describe(const BornData &born);

/// What the queries reach beside the engine: handles, and the world outside.
struct Ground {
    explicit Ground(Model &judge) : model(judge) { }

    Model &model; ///< Judges each value that a query gets.
    std::array<CellInput, cellCount> cells;
    std::array<NodeInput, nodeCount> nodes;
    ListInput list;

    std::mutex mutex; // guards births
    std::map<int, BornInput> births;

    /// The input of a word, born now unless another reader was first.
    BornInput born(query::Reader &db, int word);
};

/// An engine with the inputs of the language as they are before the first line.
class Program
{
public:
    Program(Model &model, query::Clock &clock);

    query::Engine &engine() { return m_engine; }
    Ground &ground() { return m_ground; }

    /// Makes the edits of `lines` in the engine and in the model; ends with an exception if one of them is a Throw.
    struct Thrown {
    };
    void edit(query::Transaction &tx, const std::vector<Line> &lines);

    /// Asks, and tells the model what came of it. Cancelled comes out.
    void ask(query::Reader &db, const Id &asked);

    /// Gives the model all that the engine says since the last call; text of it is added to `trace` if there is one.
    void judgeEvents(std::string *trace = nullptr);

    /// Gives the model what the engine keeps of all that it has named. No reader may be open.
    void judgeWhatIsKept();

private:
    void editOne(query::Transaction &tx, const Line &line);
    Id idOf(query::DependencyKey key);
    Id idOf(const std::string &description);
    std::vector<Id> idsOf(const std::vector<std::string> &descriptions);

    Ground m_ground;
    query::Engine m_engine;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Id> m_ids; ///< By key of the engine.
};

} // namespace nuages::oracle
