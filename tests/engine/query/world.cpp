#include "tests/engine/query/world.h"

namespace nuages::tests {

using namespace nuages::query;

namespace {

Durability randomDurability(std::mt19937 &random) { return static_cast<Durability>(random() % durabilityCount); }

int below(std::mt19937 &random, int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); }

} // namespace

std::optional<int> Oracle::node(int index)
{
    const auto at = static_cast<std::size_t>(index);
    if (m_states[at] == State::Running)
        return {}; // It needs itself; so does everything between here and there.
    if (m_states[at] == State::Unknown) {
        m_states[at] = State::Running;
        m_values[at] = sum(m_world.formulas[at]);
        m_states[at] = State::Known;
    }
    return m_values[at];
}

std::optional<int> Oracle::pair(int first, int second)
{
    const auto a = node(first);
    const auto b = a ? node(second) : std::nullopt;
    return b ? std::optional((*a * 2 + *b) % domain) : std::nullopt;
}

std::optional<int> Oracle::sum(const Formula &formula)
{
    int total = 0;
    for (const Term &term : formula) {
        std::optional<int> part = 0;
        switch (term.kind) {
        case Term::Kind::Constant:
            part = term.a;
            break;
        case Term::Kind::Value:
            part = m_world.cells[static_cast<std::size_t>(term.a)].first;
            break;
        case Term::Kind::Extra:
            part = m_world.cells[static_cast<std::size_t>(term.a)].second;
            break;
        case Term::Kind::Node:
            part = node(term.a);
            break;
        case Term::Kind::Pair:
            part = pair(term.a, term.b);
            break;
        case Term::Kind::Branch:
            part = node(term.a);
            if (part)
                part = node(*part == 0 ? term.b : term.c);
            break;
        case Term::Kind::Spell:
            part = spell(term.a);
            break;
        case Term::Kind::Born:
            part = born(term.a);
            break;
        case Term::Kind::Outside:
            part = m_world.outside;
            break;
        }
        if (!part)
            return {};
        total += *part;
    }
    return total % domain;
}

std::string Oracle::valueOf(const std::string &description)
{
    const auto numberAfter = [&description](std::size_t from) { return std::stoi(description.substr(from + 1)); };
    const std::size_t bracket = description.find('(');
    const std::string kind = description.substr(0, bracket);
    const int index = numberAfter(bracket);
    const auto shown = [](std::optional<int> value) { return value ? std::to_string(*value) : "cycle"; };
    if (kind == "Node")
        return shown(node(index));
    if (kind == "Pair")
        return shown(pair(index, numberAfter(description.find(','))));
    if (kind == "Spell")
        return std::to_string(spell(index));
    if (kind == "BornData")
        return std::to_string(born(index));
    if (kind == "CellData") {
        const auto &cell = m_world.cells[static_cast<std::size_t>(index)];
        return std::to_string(description.ends_with("value") ? cell.first : cell.second);
    }
    std::string formula; // of "NodeData(3).formula"
    for (const Term &term : m_world.formulas[static_cast<std::size_t>(index)]) {
        for (const int part : {static_cast<int>(term.kind), term.a, term.b, term.c})
            formula += std::to_string(part) + " ";
    }
    return formula;
}

Formula randomFormula(std::mt19937 &random, int node, bool withCycles)
{
    Formula formula;
    const int length = 1 + below(random, 4);
    for (int at = 0; at < length; ++at) {
        Term term;
        term.kind = static_cast<Term::Kind>(below(random, 9));
        const int later = nodeCount - node - 1;
        const auto anyNode = [&] {
            return withCycles && random() % 8 == 0 ? below(random, nodeCount) : node + 1 + below(random, later);
        };
        switch (term.kind) {
        case Term::Kind::Node:
        case Term::Kind::Pair:
        case Term::Kind::Branch:
            if (later == 0) {
                term = {Term::Kind::Value, below(random, cellCount), 0, 0};
                break;
            }
            term.a = anyNode();
            term.b = anyNode();
            term.c = anyNode();
            break;
        case Term::Kind::Value:
        case Term::Kind::Extra:
            term.a = below(random, cellCount);
            break;
        case Term::Kind::Spell:
        case Term::Kind::Born:
            term.a = below(random, nameCount);
            break;
        case Term::Kind::Constant:
        case Term::Kind::Outside:
            term.a = below(random, domain);
            break;
        }
        formula.push_back(term);
    }
    return formula;
}

World randomWorld(std::mt19937 &random, bool withCycles)
{
    World world;
    for (auto &[value, extra] : world.cells) {
        value = below(random, domain);
        extra = below(random, domain);
    }
    for (int node = 0; node < nodeCount; ++node)
        world.formulas[static_cast<std::size_t>(node)] = randomFormula(random, node, withCycles);
    for (int &value : world.onDisk)
        value = below(random, domain);
    return world;
}

std::string describe(const CellData &cell) { return std::to_string(cell.index); }

std::string describe(const NodeData &node) { return std::to_string(node.index); }

std::string describe(const BornData &born) { return std::to_string(born.name); }

BornInput Ground::born(Reader &db, int name)
{
    std::scoped_lock lock(mutex);
    const auto known = births.find(name);
    if (known != births.end())
        return known->second;
    const auto durability = static_cast<Durability>(name % static_cast<int>(durabilityCount));
    const auto fresh = db.create<BornInput>({name, world.onDisk[static_cast<std::size_t>(name)]}, durability);
    births.emplace(name, fresh);
    return fresh;
}

int Node::run(Reader &db, NodeInput node)
{
    Ground &ground = db.attached<Ground>();
    const auto other = [&](int index) { return db.get<Node>(ground.nodes[static_cast<std::size_t>(index)]); };
    int total = 0;
    for (const Term &term : db.read<&NodeData::formula>(node)) {
        switch (term.kind) {
        case Term::Kind::Constant:
            total += term.a;
            break;
        case Term::Kind::Value:
            total += db.read<&CellData::value>(ground.cells[static_cast<std::size_t>(term.a)]);
            break;
        case Term::Kind::Extra:
            total += db.read<&CellData::extra>(ground.cells[static_cast<std::size_t>(term.a)]);
            break;
        case Term::Kind::Node:
            total += other(term.a);
            break;
        case Term::Kind::Pair:
            total += db.get<Pair>(ground.nodes[static_cast<std::size_t>(term.a)],
                                  ground.nodes[static_cast<std::size_t>(term.b)]);
            break;
        case Term::Kind::Branch:
            total += other(term.a) == 0 ? other(term.b) : other(term.c);
            break;
        case Term::Kind::Spell:
            total += db.get<Spell>(db.intern<Name>(std::to_string(term.a)));
            break;
        case Term::Kind::Born:
            total += db.read<&BornData::value>(ground.born(db, term.a));
            break;
        case Term::Kind::Outside:
            db.reportUntrackedRead();
            total += ground.world.outside;
            break;
        }
    }
    return total % domain;
}

int Pair::run(Reader &db, NodeInput first, NodeInput second)
{
    const int a = db.get<Node>(first);
    return (a * 2 + db.get<Node>(second)) % domain;
}

int Spell::run(Reader &db, Name name)
{
    const int number = std::stoi(db.value(name));
    return (number + db.read<&CellData::value>(db.attached<Ground>().cells[0])) % domain;
}

void plant(Engine &engine, Ground &ground, std::mt19937 &random)
{
    engine.write("plant", [&](Transaction &tx) {
        for (int index = 0; index < cellCount; ++index) {
            const auto [value, extra] = ground.world.cells[static_cast<std::size_t>(index)];
            ground.cells[static_cast<std::size_t>(index)] = tx.create<CellInput>(
                {index, value, extra}, std::array{randomDurability(random), randomDurability(random)});
        }
        for (int index = 0; index < nodeCount; ++index) {
            const auto at = static_cast<std::size_t>(index);
            ground.nodes[at] = tx.create<NodeInput>({index, ground.world.formulas[at]}, randomDurability(random));
        }
    });
}

void editAtRandom(Transaction &tx, Ground &ground, std::mt19937 &random, bool withCycles)
{
    World &world = ground.world;
    const auto level = random() % 3 == 0 ? std::optional(randomDurability(random)) : std::nullopt;
    const auto cell = static_cast<std::size_t>(below(random, cellCount));
    const int value = below(random, domain);
    switch (random() % 8) {
    case 0:
    case 1:
    case 2:
        tx.set<&CellData::value>(ground.cells[cell], value, level);
        world.cells[cell].first = value;
        break;
    case 3:
        tx.set<&CellData::extra>(ground.cells[cell], value, level);
        world.cells[cell].second = value;
        break;
    case 4: {
        const int node = below(random, nodeCount);
        const Formula formula = randomFormula(random, node, withCycles);
        tx.set<&NodeData::formula>(ground.nodes[static_cast<std::size_t>(node)], formula, level);
        world.formulas[static_cast<std::size_t>(node)] = formula;
        break;
    }
    case 5: {
        const int name = below(random, nameCount);
        world.onDisk[static_cast<std::size_t>(name)] = value;
        if (const auto born = ground.births.find(name); born != ground.births.end())
            tx.set<&BornData::value>(born->second, value, level);
        break;
    }
    case 6:
        if (world.outside != value)
            tx.touch(Durability::Low);
        world.outside = value;
        break;
    case 7:
        tx.touch(randomDurability(random));
        break;
    }
}

} // namespace nuages::tests
