#include "tests/oracle/engine/program.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace nuages::oracle {

using namespace query;

namespace {

struct ToldToFail : std::runtime_error {
    ToldToFail() : std::runtime_error("it was told to fail") { }
};

std::string wordOf(int word) { return std::string(1, static_cast<char>('a' + word)); }
int wordIn(std::string_view name) { return name.front() - 'a'; }

Told::What whatOf(Event::What what)
{
    switch (what) {
    case Event::What::ExecutedNew:
        return Told::What::New;
    case Event::What::ExecutedChanged:
        return Told::What::Changed;
    case Event::What::ExecutedBackdated:
        return Told::What::Backdated;
    case Event::What::ValidatedDeep:
        return Told::What::ValidatedDeep;
    case Event::What::ValidatedShallow:
        return Told::What::ValidatedShallow;
    case Event::What::CycleFound:
        return Told::What::Cycle;
    case Event::What::InputSet:
        return Told::What::Set;
    case Event::What::Blocked:
        return Told::What::Blocked;
    case Event::What::Cancelled:
        return Told::What::Cancelled;
    case Event::What::Collected:
        return Told::What::Collected;
    case Event::What::Committed:
        break;
    }
    return Told::What::Committed;
}

Told::Reason reasonOf(Reason reason)
{
    switch (reason) {
    case Reason::NeverComputed:
        return Told::Reason::NeverComputed;
    case Reason::DependencyChanged:
        return Told::Reason::DependencyChanged;
    case Reason::UntrackedRead:
        return Told::Reason::UntrackedRead;
    case Reason::DurabilityDropped:
        return Told::Reason::DurabilityDropped;
    case Reason::DurabilityRaised:
        return Told::Reason::DurabilityRaised;
    case Reason::DependencyCollected:
        break;
    }
    return Told::Reason::DependencyCollected;
}

} // namespace

std::size_t hashValue(const Subject &subject)
{
    return subject.what.index() + 2 * static_cast<std::size_t>(subject.number);
}

std::string describe(const Subject &subject)
{
    return subject.what.index() == 0 ? "node " + std::to_string(subject.number) : "word " + wordOf(subject.number);
}

std::string describe(const CellData &cell) { return std::to_string(cell.index); }
std::string describe(const NodeData &node) { return std::to_string(node.index); }
std::string describe(const EntryData &entry) { return std::to_string(entry.number); }
std::string describe(const ListData & /*list*/) { return {}; }
std::string describe(const BornData &born) { return wordOf(born.word); }

// How the queries are called in a script is how the engine describes them, but for the brackets.

struct Node {
    static constexpr const char *shownAs = "node";
    static int run(Reader &db, NodeInput node);
};
struct Pair {
    static constexpr const char *shownAs = "pair";
    static int run(Reader &db, NodeInput first, NodeInput second);
};
struct Word {
    static constexpr const char *shownAs = "word";
    static int run(Reader &db, Name name);
};
struct Text {
    static constexpr const char *shownAs = "text";
    static std::string run(Reader &db, const std::string &name);
};
struct Mixed {
    static constexpr const char *shownAs = "mixed";
    static int run(Reader &db, NodeInput node, Name name, int number);
};
struct Either {
    static constexpr const char *shownAs = "either";
    static int run(Reader &db, const Subject &subject);
};
struct Chosen {
    static constexpr const char *shownAs = "chosen";
    static Name run(Reader &db, NodeInput node);
};
struct Calm {
    static constexpr const char *shownAs = "calm";
    static int run(Reader &db, NodeInput node);
    static int cycleFallback(Reader &db, NodeInput node);
};
struct Total {
    static constexpr const char *shownAs = "total";
    static int run(Reader &db);
};

namespace {

constexpr std::string_view goneText = "there is no entry of this name, and it says so at some length";

/// Asks as the queries do: each value is judged when it is got.
class Asking
{
public:
    explicit Asking(Reader &db) : m_db(db), m_ground(db.attached<Ground>()) { }

    int node(int index) { return got({Id::Kind::Node, {index}}, m_db.get<Node>(at(index))); }
    int calm(int index) { return got({Id::Kind::Calm, {index}}, m_db.get<Calm>(at(index))); }
    int pair(int first, int second)
    {
        return got({Id::Kind::Pair, {first, second}}, m_db.get<Pair>(at(first), at(second)));
    }
    int word(int word) { return got({Id::Kind::Word, {word}}, m_db.get<Word>(named(word))); }
    int text(int word)
    {
        const std::string &text = m_db.get<Text>(std::string_view(wordOf(word)));
        const int value = text == goneText ? domain : static_cast<int>(text.size()) / textStep;
        return got({Id::Kind::Text, {word}}, value);
    }
    int mixed(int node, int word, int number)
    {
        return got({Id::Kind::Mixed, {node, word, number}}, m_db.get<Mixed>(at(node), named(word), number));
    }
    int either(int node) { return got({Id::Kind::EitherNode, {node}}, m_db.get<Either>(Subject{at(node), node})); }
    int eitherWord(int word)
    {
        return got({Id::Kind::EitherWord, {word}}, m_db.get<Either>(Subject{named(word), word}));
    }
    Name chosen(int node)
    {
        const Name name = m_db.get<Chosen>(at(node));
        got({Id::Kind::Chosen, {node}}, wordIn(m_db.value(name)));
        return name;
    }
    int total() { return got({Id::Kind::Total, {}}, m_db.get<Total>()); }

    int spelled(int node)
    {
        const Name name = chosen(node);
        return got({Id::Kind::Word, {wordIn(m_db.value(name))}}, m_db.get<Word>(name));
    }
    int asked(const Id &id);
    int value(int cell) { return m_db.read<&CellData::value>(m_ground.cells[static_cast<std::size_t>(cell)]); }
    int extra(int cell) { return m_db.read<&CellData::extra>(m_ground.cells[static_cast<std::size_t>(cell)]); }
    int term(const Term &term);
    int formula(NodeInput node);

    static constexpr int textStep = 20; ///< Bytes of text for each 1: more than a string keeps within itself.

private:
    NodeInput at(int index) const { return m_ground.nodes[static_cast<std::size_t>(index)]; }
    Name named(int word) { return m_db.intern<Name>(std::string_view(wordOf(word))); }
    int got(const Id &id, int value)
    {
        m_ground.model.delivered(id, {.end = Answer::End::Value, .value = value});
        return value;
    }

    Reader &m_db;
    Ground &m_ground;
};

int Asking::asked(const Id &id)
{
    const auto [first, second, third] = id.keys;
    switch (id.kind) {
    case Id::Kind::Node:
        return node(first);
    case Id::Kind::Calm:
        return calm(first);
    case Id::Kind::Pair:
        return pair(first, second);
    case Id::Kind::Word:
        return word(first);
    case Id::Kind::Text:
        return text(first);
    case Id::Kind::Mixed:
        return mixed(first, second, third);
    case Id::Kind::EitherNode:
        return either(first);
    case Id::Kind::EitherWord:
        return eitherWord(first);
    case Id::Kind::Chosen:
        return wordIn(m_db.value(chosen(first)));
    default:
        return total();
    }
}

int Asking::term(const Term &term)
{
    const auto [first, second, third] = term.keys;
    switch (term.kind) {
    case Term::Kind::Constant:
        return first;
    case Term::Kind::Value:
        return value(first);
    case Term::Kind::Extra:
        return extra(first);
    case Term::Kind::Node:
        return node(first);
    case Term::Kind::Calm:
        return calm(first);
    case Term::Kind::Pair:
        return pair(first, second);
    case Term::Kind::If:
        return node(node(first) == 0 ? second : third);
    case Term::Kind::Word:
        return word(first);
    case Term::Kind::Spelled:
        return spelled(first);
    case Term::Kind::Text:
        return text(first);
    case Term::Kind::Mixed:
        return mixed(first, second, third);
    case Term::Kind::EitherNode:
        return either(first);
    case Term::Kind::EitherWord:
        return eitherWord(first);
    case Term::Kind::Total:
        return total();
    case Term::Kind::Born:
        return m_db.read<&BornData::value>(m_ground.born(m_db, first));
    case Term::Kind::Outside:
        m_db.reportUntrackedRead();
        return m_ground.model.world().outside;
    case Term::Kind::Fail:
        if (value(first) == 2)
            throw ToldToFail();
        return 0;
    }
    return 0;
}

int Asking::formula(NodeInput node)
{
    int sum = 0;
    for (const Term &each : m_db.read<&NodeData::formula>(node))
        sum += term(each);
    return sum % domain;
}

} // namespace

int Node::run(Reader &db, NodeInput node) { return Asking(db).formula(node); }

int Calm::run(Reader &db, NodeInput node) { return Asking(db).formula(node); }

int Calm::cycleFallback(Reader &db, NodeInput node)
{
    Asking asking(db);
    const auto number =
        static_cast<int>(std::ranges::find(db.attached<Ground>().nodes, node) - db.attached<Ground>().nodes.begin());
    const int value = (number + 1 + asking.extra(number % cellCount)) % domain;
    return number % 2 == 1 ? (value + asking.word(number % wordCount)) % domain : value;
}

int Pair::run(Reader &db, NodeInput first, NodeInput second)
{
    const int a = db.get<Node>(first);
    return a == 1 ? 1 : (a * 2 + db.get<Node>(second)) % domain;
}

int Word::run(Reader &db, Name name)
{
    const int word = wordIn(db.value(name));
    return (word + Asking(db).value(word)) % domain;
}

std::string Text::run(Reader &db, const std::string &name)
{
    for (const Listed &listed : db.read<&ListData::entries>(db.attached<Ground>().list)) {
        if (listed.name == name) {
            const int value = db.read<&EntryData::value>(listed.entry);
            return std::string(static_cast<std::size_t>(value * Asking::textStep), 'x');
        }
    }
    return std::string(goneText);
}

int Mixed::run(Reader &db, NodeInput node, Name name, int number)
{
    const int a = db.get<Word>(name);
    return number == 0 ? a : (a + number * db.get<Node>(node)) % domain;
}

int Either::run(Reader &db, const Subject &subject)
{
    if (const auto *node = std::get_if<NodeInput>(&subject.what))
        return db.get<Node>(*node);
    return db.get<Word>(std::get<Name>(subject.what));
}

Name Chosen::run(Reader &db, NodeInput node)
{
    return db.intern<Name>(std::string_view(wordOf(db.get<Node>(node) % wordCount)));
}

int Total::run(Reader &db)
{
    int sum = 0;
    for (const Listed &listed : db.read<&ListData::entries>(db.attached<Ground>().list))
        sum += db.read<&EntryData::value>(listed.entry);
    return sum % domain;
}

BornInput Ground::born(Reader &db, int word)
{
    std::scoped_lock lock(mutex);
    const auto known = births.find(word);
    if (known != births.end())
        return known->second;
    const auto durability = static_cast<Durability>(word % static_cast<int>(durabilityCount));
    const auto fresh = db.create<BornInput>({word, model.world().disk[static_cast<std::size_t>(word)]}, durability);
    births.emplace(word, fresh);
    model.birth(word);
    return fresh;
}

Program::Program(Model &model, Clock &clock) : m_ground(model), m_engine(clock)
{
    m_engine.write("plant", [this](Transaction &tx) {
        for (int index = 0; index < cellCount; ++index)
            m_ground.cells[static_cast<std::size_t>(index)] = tx.create<CellInput>({index, 0, 0});
        for (int index = 0; index < nodeCount; ++index)
            m_ground.nodes[static_cast<std::size_t>(index)] = tx.create<NodeInput>({index, {}});
        m_ground.list = tx.create<ListInput>({});
    });
    m_engine.attach(m_ground);
    m_engine.setWatching(true);
}

void Program::edit(Transaction &tx, const std::vector<Line> &lines)
{
    m_ground.model.begin();
    bool isThrown = false;
    for (const Line &line : lines) {
        NUAGES_YIELD("in a transaction");
        editOne(tx, line);
        m_ground.model.edit(line);
        isThrown |= line.verb == Line::Verb::Throw;
    }
    m_ground.model.commit();
    if (isThrown)
        throw Thrown{};
}

void Program::editOne(Transaction &tx, const Line &line)
{
    using Verb = Line::Verb;
    const auto [key, value] = line.keys;
    const auto at = static_cast<std::size_t>(key);
    const auto level = line.level ? std::optional(static_cast<Durability>(*line.level)) : std::nullopt;
    std::vector<Listed> entries = tx.read<&ListData::entries>(m_ground.list);
    const auto entry = std::ranges::find(entries, wordOf(key), &Listed::name);
    switch (line.verb) {
    case Verb::Define:
        tx.set<&NodeData::formula>(m_ground.nodes[at], line.formula, level);
        break;
    case Verb::Value:
        tx.set<&CellData::value>(m_ground.cells[at], value, level);
        break;
    case Verb::Extra:
        tx.set<&CellData::extra>(m_ground.cells[at], value, level);
        break;
    case Verb::Add:
        if (entry == entries.end()) {
            const EntryData data{static_cast<int>(m_ground.model.world().entries.size()), value};
            entries.push_back({wordOf(key), tx.create<EntryInput>(data, level.value_or(Durability::Low))});
            tx.set<&ListData::entries>(m_ground.list, entries);
        }
        break;
    case Verb::Remove:
        if (entry != entries.end()) {
            entries.erase(entry);
            tx.set<&ListData::entries>(m_ground.list, entries, level);
        }
        break;
    case Verb::Entry:
        if (entry != entries.end())
            tx.set<&EntryData::value>(entry->entry, value, level);
        break;
    case Verb::Disk:
        if (const auto born = m_ground.births.find(key); born != m_ground.births.end())
            tx.set<&BornData::value>(born->second, value, level);
        break;
    case Verb::Outside:
        if (m_ground.model.world().outside != key)
            tx.touch(Durability::Low);
        break;
    case Verb::Touch:
        tx.touch(static_cast<Durability>(key));
        break;
    default:
        break;
    }
}

void Program::ask(Reader &db, const Id &asked)
{
    Model &model = m_ground.model;
    model.asked(asked);
    Answer answer;
    try {
        Asking(db).asked(asked); // It is judged there.
        return;
    } catch (const CycleError &cycle) {
        answer.end = Answer::End::Cycle;
        model.ring(idsOf(cycle.participants));
    } catch (const ToldToFail &) {
        answer.end = Answer::End::Failure;
        model.failed(idsOf(db.failedQueries()));
    }
    model.delivered(asked, answer);
}

/// By what the engine calls it: "mixed(3, b, 1)", "CellData(2).extra".
Id Program::idOf(const std::string &description)
{
    std::string text;
    for (const char each : description) {
        if (each == '(' || each == '.')
            text += ' ';
        else if (each != ',' && each != ')')
            text += each;
    }
    if (text.starts_with("either "))
        text[std::string_view("either").size()] = '-';
    constexpr std::array<std::array<std::string_view, 3>, 6> fields = {{{"CellData ", " value", "value "},
                                                                        {"CellData ", " extra", "extra "},
                                                                        {"NodeData ", " formula", "formula "},
                                                                        {"ListData ", " entries", "list "},
                                                                        {"EntryData ", " value", "entry "},
                                                                        {"BornData ", " value", "born "}}};
    for (const auto &[data, field, name] : fields) {
        if (text.starts_with(data) && text.ends_with(field)) {
            text = std::string(name) + text.substr(data.size(), text.size() - data.size() - field.size());
            break;
        }
    }
    const std::optional<Id> id = oracle::idOf(text);
    if (!id)
        m_ground.model.fail("nothing is called " + description);
    return id.value_or(Id());
}

std::vector<Id> Program::idsOf(const std::vector<std::string> &descriptions)
{
    std::vector<Id> ids;
    for (const std::string &each : descriptions)
        ids.push_back(idOf(each));
    return ids;
}

Id Program::idOf(DependencyKey key)
{
    const auto [known, isNew] = m_ids.try_emplace({key.kind, key.key});
    if (isNew)
        known->second = idOf(m_engine.describe(key));
    return known->second;
}

void Program::judgeEvents(std::string *trace)
{
    for (const Event &event : m_engine.takeEvents()) {
        if (trace) {
            *trace += std::to_string(event.reader) + " " + nameOf(event.what) + " " + m_engine.describe(event.key)
                + " <- " + m_engine.describe(event.cause) + "\n";
        }
        const auto idIf = [this](DependencyKey key) { return key.kind ? std::optional(idOf(key)) : std::nullopt; };
        m_ground.model.take({whatOf(event.what), reasonOf(event.reason), event.revision, event.since,
                             idIf(event.key).value_or(Id()), idIf(event.cause), idIf(event.parent),
                             static_cast<Level>(event.durability), event.isUntracked, event.edges, event.fellBack});
    }
    if (!(m_engine.droppedEvents() == detail::DropCounts()))
        m_ground.model.fail("events were dropped");
}

void Program::judgeWhatIsKept()
{
    Model &model = m_ground.model;
    const std::map ids = m_ids; // It grows when something is read that no event named.
    for (const auto &[key, id] : ids) {
        const std::optional<MemoState> memo = m_engine.memo({key.first, key.second});
        if (!memo)
            continue; // It never came to its end.
        Model::Kept kept{memo->changedAt,   memo->verifiedAt, static_cast<Level>(memo->durability),
                         memo->isUntracked, memo->fellBack,   {}};
        for (const DependencyKey read : memo->reads)
            kept.reads.push_back(idOf(read));
        model.kept(id, kept);
    }
    const auto said = [&counts = model.counts()](Told::What what) { return counts[static_cast<std::size_t>(what)]; };
    using What = Told::What;
    Counters right;
    right.executed = said(What::New) + said(What::Changed) + said(What::Backdated);
    right.backdated = said(What::Backdated);
    right.memos = said(What::New);
    right.validatedShallow = said(What::ValidatedShallow);
    right.validatedDeep = said(What::ValidatedDeep);
    right.cancelled = said(What::Cancelled);
    right.cycles = said(What::Cycle);
    right.blocked = said(What::Blocked);
    right.collected = said(What::Collected);
    Counters counted = m_engine.counters();
    right.hits = counted.hits; // They are no events.
    if (!(counted == right))
        model.fail("the counters say something else than the events");
}

} // namespace nuages::oracle
