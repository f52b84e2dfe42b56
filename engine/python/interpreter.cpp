#include "engine/python/interpreter.h"

#include "engine/python/paths.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace nuages::python {

namespace {

// The names that Python itself provides, as far as settings use them; any other name that is not bound is unknown.
constexpr std::array<std::string_view, 63> builtinNames = {"ArithmeticError",
                                                           "AttributeError",
                                                           "BaseException",
                                                           "Exception",
                                                           "FileNotFoundError",
                                                           "ImportError",
                                                           "IndexError",
                                                           "KeyError",
                                                           "LookupError",
                                                           "ModuleNotFoundError",
                                                           "NameError",
                                                           "NotImplementedError",
                                                           "OSError",
                                                           "RuntimeError",
                                                           "SystemExit",
                                                           "TypeError",
                                                           "ValueError",
                                                           "__import__",
                                                           "abs",
                                                           "all",
                                                           "any",
                                                           "bool",
                                                           "bytes",
                                                           "callable",
                                                           "chr",
                                                           "dict",
                                                           "dir",
                                                           "enumerate",
                                                           "eval",
                                                           "exec",
                                                           "exit",
                                                           "filter",
                                                           "float",
                                                           "format",
                                                           "frozenset",
                                                           "getattr",
                                                           "globals",
                                                           "hasattr",
                                                           "hash",
                                                           "int",
                                                           "isinstance",
                                                           "issubclass",
                                                           "iter",
                                                           "len",
                                                           "list",
                                                           "locals",
                                                           "map",
                                                           "max",
                                                           "min",
                                                           "next",
                                                           "object",
                                                           "open",
                                                           "print",
                                                           "property",
                                                           "quit",
                                                           "range",
                                                           "repr",
                                                           "reversed",
                                                           "round",
                                                           "set",
                                                           "setattr",
                                                           "sorted",
                                                           "str"};
constexpr std::array<std::string_view, 8> moreBuiltinNames = {"compile", "sum",  "super",    "tuple",
                                                              "type",    "vars", "warnings", "zip"};

} // namespace

const Value *Arguments::get(std::size_t index, std::string_view keyword) const
{
    if (index < positional.size())
        return &positional[index];
    const auto found = std::ranges::find(keywords, keyword, &std::pair<std::string, Value>::first);
    return found == keywords.end() ? nullptr : &found->second;
}

std::vector<Value> Arguments::all() const
{
    std::vector<Value> values = positional;
    std::ranges::transform(keywords, std::back_inserter(values), &std::pair<std::string, Value>::second);
    values.insert(values.end(), unread.begin(), unread.end());
    return values;
}

Interpreter::Interpreter(Surroundings &surroundings, EvaluationLimits limits,
                         const Evaluation::CommandLine &commandLine)
    : m_surroundings(surroundings), m_limits(limits), m_stepLimit(limits.steps), m_pythonPath(create(Sequence{})),
      m_environment(create(Dictionary{})), m_declared(create(Dictionary{}))
{
    if (!commandLine)
        return;
    Sequence words;
    for (const std::string &word : *commandLine)
        words.items.push_back({Value::text(word, {})});
    m_commandLine = create(std::move(words));
}

ObjectId Interpreter::create(Object object)
{
    const ObjectId id{m_nextObject++};
    m_heap.put(id, std::move(object));
    return id;
}

bool Interpreter::spend(std::uint64_t steps)
{
    if (m_steps / 256 != (m_steps + steps) / 256)
        m_surroundings.poll();
    m_steps += steps;
    m_stopped |= m_steps > m_stepLimit;
    return !m_stopped;
}

bool Interpreter::runForeign(const std::string &file, const Step &step)
{
    if (m_surroundings.isOwn(file)) {
        step();
        return true;
    }
    const std::uint64_t outerLimit = m_stepLimit;
    m_stepLimit = std::min(m_stepLimit, m_steps + m_limits.foreignSteps);
    Try shield;
    m_tries.push_back(&shield);
    step();
    m_tries.pop_back();
    m_stepLimit = outerLimit;
    const bool isCutOff = m_stopped;
    m_stopped = m_steps > m_stepLimit;
    // Packages that are installed work. What always raises here is our reading of one, so it is followed no further.
    const bool isDead = !m_alive && !shield.raised.empty();
    for (Raised &raised : shield.raised) {
        if (isDead)
            resume(raised.exit);
    }
    for (const Raised &raised : shield.raised) {
        if (m_tries.empty())
            break;
        const Value &why = raised.exit.values.front();
        either([] {}, [&] { raise(raised.type, why.place, reasonOf(why).why); });
    }
    return !isCutOff && !isDead;
}

void Interpreter::joinWith(Heap other)
{
    spend(m_heap.size() / 16 + 1);
    m_heap = Heap::join(std::move(m_heap), other, reason({}, "too many alternatives"));
}

void Interpreter::either(const Step &first, const Step &second)
{
    if (!spend(m_heap.size() / 16 + 1))
        return;
    Heap before = m_heap;
    first();
    Heap after = std::exchange(m_heap, std::move(before));
    const bool firstIsAlive = std::exchange(m_alive, true);
    second();
    if (!firstIsAlive)
        return;
    if (m_alive) {
        Heap other = std::exchange(m_heap, std::move(after));
        joinWith(std::move(other));
    } else {
        m_heap = std::move(after);
        m_alive = true;
    }
}

void Interpreter::branch(const Value &condition, const Step &yes, const Step &no)
{
    const Truth holds = truth(condition);
    if (holds != Truth::Undecided) {
        (holds == Truth::Yes ? yes : no)();
        return;
    }
    const std::optional<Likely> here = likely(condition);
    const auto run = [&](const Step &step, bool isTaken) {
        if (here && here->holds != isTaken)
            supposing(here->doubt, here->variable, step);
        else
            step();
    };
    either([&] { run(yes, true); }, [&] { run(no, false); });
}

std::optional<Interpreter::Likely> Interpreter::likely(const Value &condition) const
{
    std::optional<bool> holds;
    Likely result;
    const auto isElsewhere = [&result](const Value &value) {
        const OpenReason *why = value.asUnknown();
        if (!why || why->doubt == Doubt::Unread)
            return false;
        result.doubt = std::min(result.doubt, why->doubt);
        result.variable = why->variable;
        return true;
    };
    for (const Value &one : alternativesOf(condition)) {
        if (isElsewhere(one))
            continue;
        Truth truth = this->truth(one);
        // A list of nothing but what a variable would add is empty here.
        if (const auto *list = m_heap.as<Sequence>(one); list && truth == Truth::Undecided
            && std::ranges::all_of(list->items, [&](const Item &item) { return isElsewhere(item.value); }))
            truth = Truth::No;
        if (truth == Truth::Undecided || (holds && *holds != (truth == Truth::Yes)))
            return std::nullopt;
        holds = truth == Truth::Yes;
    }
    if (!holds)
        return std::nullopt;
    result.holds = *holds;
    return result;
}

void Interpreter::supposing(Doubt doubt, const std::string &variable, const Step &step)
{
    const Doubt outer = m_doubt;
    const std::string outerVariable = m_doubtVariable;
    if (doubt > m_doubt) {
        m_doubt = doubt;
        m_doubtVariable = variable;
    }
    step();
    m_doubt = outer;
    m_doubtVariable = outerVariable;
}

Value Interpreter::forEach(const Value &value, const Map &map)
{
    const std::vector<Value> alternatives = alternativesOf(value);
    if (alternatives.size() == 1)
        return map(value);
    std::vector<Value> results;
    const std::function<void(std::size_t)> runFrom = [&](std::size_t next) {
        const auto one = [&] {
            const auto run = [&] {
                const Value result = map(alternatives[next]);
                if (m_alive)
                    results.push_back(result);
            };
            if (const OpenReason *why = alternatives[next].asUnknown())
                supposing(why->doubt, why->variable, run);
            else
                run();
        };
        if (next + 1 == alternatives.size())
            one();
        else
            either(one, [&] { runFrom(next + 1); });
    };
    runFrom(0);
    return results.empty() ? unknown(value.place, "this path ends here") : choose(std::move(results));
}

void Interpreter::leave(Exit &exit, Value value)
{
    exit.values.push_back(std::move(value));
    if (exit.heap)
        exit.heap = Heap::join(std::move(*exit.heap), m_heap, reason({}, "too many alternatives"));
    else
        exit.heap = m_heap;
    spend(m_heap.size() / 16 + 1);
    m_alive = false;
}

void Interpreter::resume(Exit &exit)
{
    if (!exit.heap)
        return;
    if (m_alive)
        joinWith(std::move(*exit.heap));
    else
        m_heap = std::move(*exit.heap);
    exit.heap.reset();
    m_alive = true;
}

void Interpreter::raise(std::string type, Place place, std::string why)
{
    if (m_tries.empty()) {
        leave(m_uncaught, Value::unknown(reason(place, std::move(why)), place));
        return;
    }
    auto &raised = m_tries.back()->raised;
    auto found = std::ranges::find(raised, type, &Raised::type);
    if (found == raised.end())
        found = raised.insert(raised.end(), {std::move(type), {}});
    leave(found->exit, Value::unknown(reason(place, std::move(why)), place));
}

bool Interpreter::isOwn(std::uint32_t file) const
{
    const auto known = m_ownFiles.find(file);
    return known != m_ownFiles.end() ? known->second
                                     : m_ownFiles.emplace(file, m_surroundings.isOwn(m_files[file])).first->second;
}

OpenReason Interpreter::reason(Place place, std::string why) const
{
    OpenReason reason{m_files[place.file], place.line, std::move(why), m_doubt, m_doubtVariable};
    if (m_ownPlace.line != 0 && !isOwn(place.file)) {
        const std::string &folder = folderOf(reason.file);
        reason.why += " (" + lastOf(folder) + "/" + lastOf(reason.file) + ":" + std::to_string(reason.line) + ")";
        reason.file = m_files[m_ownPlace.file];
        reason.line = m_ownPlace.line;
    }
    return reason;
}

OpenReason Interpreter::reasonOf(const Value &value) const
{
    if (const OpenReason *known = value.asUnknown())
        return *known;
    if (const std::string *name = value.asSymbol())
        return reason(value.place, *name + " is known only when the program runs");
    for (const Value &alternative : alternativesOf(value)) {
        if (alternative.asUnknown() || alternative.asSymbol())
            return reasonOf(alternative);
    }
    return reason(value.place, unexpected(value, m_heap));
}

std::shared_ptr<const OpenReason> Interpreter::sharedReasonOf(const Value &value) const
{
    if (const auto *unknown = std::get_if<Value::Unknown>(&value.data))
        return unknown->reason;
    return std::make_shared<const OpenReason>(reasonOf(value));
}

Value Interpreter::unknown(Place place, std::string why)
{
    ++m_unknowns;
    return Value::unknown(reason(place, std::move(why)), place);
}

Value Interpreter::unknownLike(const Value &cause, Place place)
{
    ++m_unknowns;
    return {Value::Unknown{sharedReasonOf(cause)}, place};
}

Value Interpreter::unknownText(const Value &left, std::string_view between, const Value &right, Place place)
{
    const auto formOf = [](const Value &value) {
        if (const std::string *text = value.asFileName())
            return *text;
        const std::string *form = value.asForm();
        return form ? *form : std::string(1, hole);
    };
    Value result = unknownLike(left.asFileName() ? right : left, place);
    std::string form = formOf(left).append(between).append(formOf(right));
    if (form.size() < 10'000)
        std::get<Value::Unknown>(result.data).form = std::make_shared<const std::string>(std::move(form));
    return result;
}

Value Interpreter::choose(std::vector<Value> values)
{
    return oneOf(values, reason(values.front().place, "this has too many alternatives"));
}

std::uint32_t Interpreter::fileNumber(const std::string &file)
{
    const auto found = std::ranges::find(m_files, file);
    if (found != m_files.end())
        return static_cast<std::uint32_t>(found - m_files.begin());
    m_files.push_back(file);
    return static_cast<std::uint32_t>(m_files.size() - 1);
}

Value Interpreter::lookUp(const std::string &name, Place place)
{
    for (const ObjectId scope : m_frame->scopes) {
        const Dictionary &bound = peekNames(scope);
        spend(bound.entries.size() / 64);
        if (const Entry *entry = bound.find(name))
            return resolve(entry->value, place);
    }
    const Dictionary &module = peekNames(m_frame->scopes.back());
    if (std::ranges::contains(builtinNames, name) || std::ranges::contains(moreBuiltinNames, name))
        return Value::symbol("builtins." + name, place);
    if (!module.open.empty()) {
        ++m_unknowns;
        return {Value::Unknown{module.open.front()}, place};
    }
    return unknown(place, "the name " + name + " is not defined where it is used");
}

void Interpreter::bind(const std::string &name, Value value, Place place)
{
    const bool isGlobal = std::ranges::contains(m_frame->globals, name);
    const ObjectId scope = isGlobal ? m_frame->scopes.back() : m_frame->scopes.front();
    spend(peekNames(scope).entries.size() / 64);
    names(scope).set(name, std::move(value), place);
}

void Interpreter::open(const Value &value, const std::shared_ptr<const OpenReason> &why, int depth)
{
    constexpr int deepest = 4; // Settings nest no deeper: TEMPLATES, engine, OPTIONS, loaders.
    if (depth > deepest || !spend())
        return;
    for (const Value &alternative : alternativesOf(value)) {
        const auto id = alternative.asObject();
        if (!id || !m_heap.has(*id))
            continue;
        const Value rest = {Value::Unknown{why}, alternative.place};
        if (const auto *sequence = std::get_if<Sequence>(&m_heap.at(*id))) {
            const std::vector<Item> items = sequence->items;
            if (sequence->kind != Sequence::Kind::Tuple && !std::ranges::contains(items, Item{rest, Count::Many}))
                std::get<Sequence>(m_heap.edit(*id)).items.push_back({rest, Count::Many});
            for (const Item &item : items)
                open(item.value, why, depth + 1);
        } else if (const auto *dictionary = std::get_if<Dictionary>(&m_heap.at(*id))) {
            const std::vector<Entry> entries = dictionary->entries;
            if (isModuleScope(*id)) {
                openNames(*id, why, true);
                continue;
            }
            names(*id).addOpen(why);
            for (const Entry &entry : entries)
                open(entry.value, why, depth + 1);
        } else if (const auto *module = std::get_if<Module>(&m_heap.at(*id))) {
            openNames(module->scope, why, true);
        }
    }
}

bool Interpreter::isModuleScope(ObjectId scope) const
{
    return std::ranges::any_of(m_modules, [&](const auto &known) {
        return m_heap.has(known.second) && std::get<Module>(m_heap.at(known.second)).scope == scope;
    });
}

void Interpreter::openNames(ObjectId scope, const std::shared_ptr<const OpenReason> &why, bool alsoPrivate)
{
    Dictionary &bound = names(scope);
    spend(bound.entries.size());
    bound.addOpen(why);
    for (Entry &entry : bound.entries) {
        const std::string *name = entry.key.asText();
        if (!name || (!alsoPrivate && name->starts_with('_')))
            continue;
        // Modules, functions and classes keep their meaning: nobody calls something else `os`.
        const bool isCode = entry.value.asSymbol() || std::holds_alternative<Value::Imported>(entry.value.data)
            || m_heap.as<Module>(entry.value) || m_heap.as<Function>(entry.value) || m_heap.as<Class>(entry.value);
        if (!isCode)
            entry.value = choose({entry.value, {Value::Unknown{why}, entry.value.place}});
    }
}

void Interpreter::openModule(std::shared_ptr<const OpenReason> why) { openNames(m_frame->scopes.back(), why, true); }

} // namespace nuages::python
