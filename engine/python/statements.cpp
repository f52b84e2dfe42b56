#include "engine/python/interpreter.h"
#include "engine/python/strings.h"

#include <algorithm>
#include <set>

namespace nuages::python {

namespace {

/// Counts the nesting of calls into the interpreter for as long as it lives.
class Deeper
{
public:
    explicit Deeper(unsigned &depth) : m_depth(depth) { ++m_depth; }
    ~Deeper() { --m_depth; }
    Deeper(const Deeper &) = delete;
    Deeper &operator=(const Deeper &) = delete;

private:
    unsigned &m_depth;
};

/// Names an exception as handlers do: by the last component.
std::string exceptionName(Node type)
{
    if (type.is(Kind::Call))
        type = type.child(Field::Function);
    const std::string_view text = type.text();
    return std::string(text.substr(text.rfind('.') + 1)); // npos + 1 is 0
}

/// The exceptions an except clause names; empty for a bare one.
std::vector<std::string> caughtTypes(Node handler)
{
    std::vector<std::string> names;
    for (Node child : handler.children()) {
        if (child.is(Kind::Block))
            break;
        if (child.is(Kind::AsPattern))
            child = child.children().front();
        while (child.is(Kind::ParenthesizedExpression) && child.children().size() == 1)
            child = child.children().front();
        if (child.is(Kind::Tuple)) {
            for (const Node type : child.children())
                names.push_back(exceptionName(type));
        } else {
            names.push_back(exceptionName(child));
        }
    }
    return names;
}

bool catchesEverything(std::string_view name) { return name == "Exception" || name == "BaseException"; }

bool catchesImportError(const std::vector<std::string> &names)
{
    return names.empty() || std::ranges::any_of(names, [](const std::string &name) {
               return catchesEverything(name) || name == "ImportError" || name == "ModuleNotFoundError";
           });
}

bool catchesKeyError(const std::vector<std::string> &names)
{
    return names.empty() || std::ranges::any_of(names, [](const std::string &name) {
               return catchesEverything(name) || name == "KeyError" || name == "LookupError";
           });
}

bool isEmptyLiteral(Node value)
{
    const bool isDisplay = value.is(Kind::List) || value.is(Kind::Tuple) || value.is(Kind::Dictionary);
    return !value || value.is(Kind::None) || value.is(Kind::False) || (isDisplay && value.children().empty())
        || stringValue(value) == "";
}

/// Whether a handler for `names` takes an exception of `type`.
Truth catches(const std::vector<std::string> &names, const std::string &type)
{
    if (names.empty() || std::ranges::any_of(names, catchesEverything) || std::ranges::contains(names, type))
        return Truth::Yes;
    if (type == "FileNotFoundError" && std::ranges::any_of(names, [](const std::string &name) {
            return name == "OSError" || name == "IOError" || name == "EnvironmentError";
        }))
        return Truth::Yes;
    if (type == "ImportError")
        return catchesImportError(names) ? Truth::Yes : Truth::No;
    if ((type == "KeyError" || type == "IndexError") && std::ranges::contains(names, "LookupError"))
        return Truth::Yes;
    return type == "StopIteration" || std::ranges::contains(names, "ImportError") ? Truth::No : Truth::Undecided;
}

Node blockOf(Node clause)
{
    const std::vector<Node> children = clause.children();
    return !children.empty() && children.back().is(Kind::Block) ? children.back() : Node();
}

} // namespace

ObjectId Interpreter::runMain(const std::string &dotted, const ModuleLocation &location)
{
    fileNumber(location.file);
    const ObjectId module = moduleObject(dotted, location);
    runModule(module);
    const ObjectId scope = std::get<Module>(m_heap.at(module)).scope;
    if (!m_alive) {
        // No path reaches the end. What was bound by then is the best there is, and nothing of it is certain.
        const Value why = m_uncaught.values.empty() ? unknown({0, 1}, "this module always raises an exception")
                                                    : m_uncaught.values.front();
        resume(m_uncaught);
        m_alive = true;
        openNames(scope, sharedReasonOf(why), true);
    }
    resolveNames(scope);
    if (m_stopped)
        openNames(scope, std::make_shared<const OpenReason>(reason({0, 1}, "the settings take too long to evaluate")),
                  true);
    return scope;
}

// `from .apps import INSTALLED_APPS` has looked nothing up so far. Settings are the names in capitals.
void Interpreter::resolveNames(ObjectId scope)
{
    const std::vector<Entry> entries = peekNames(scope).entries;
    for (const Entry &entry : entries) {
        const std::string *name = entry.key.asText();
        const bool isSetting = name && std::ranges::none_of(*name, [](char c) { return c >= 'a' && c <= 'z'; });
        if (!isSetting || m_stopped)
            continue;
        std::vector<Value> values;
        for (const Value &one : alternativesOf(entry.value)) {
            const Heap before = m_heap;
            values.push_back(resolve(one, one.place));
            if (std::exchange(m_alive, true))
                continue;
            m_heap = before;
            values.back() = unknown(one.place, "the module that " + *name + " is imported from raises an exception");
        }
        names(scope).set(entry.key, choose(std::move(values)));
        std::ranges::find(names(scope).entries, entry.key, &Entry::key)->isCertain = entry.isCertain;
    }
}

void Interpreter::runModule(ObjectId module)
{
    auto &state = std::get<Module>(m_heap.edit(module));
    if (state.state != Module::State::New)
        return;
    state.state = Module::State::Running;
    const Module running = state;
    Frame frame;
    frame.file = fileNumber(running.location.file);
    frame.module = module;
    frame.scopes = {running.scope};
    const auto found = m_trees.find(running.location.file);
    const SyntaxTree &tree = found != m_trees.end()
        ? found->second
        : m_trees.emplace(running.location.file, m_surroundings.parse(running.location.file)).first->second;
    spend(tree.text().size() / 200);
    if (!runForeign(running.location.file, [&] { runBody(tree.root(), frame); }))
        openNames(running.scope,
                  std::make_shared<const OpenReason>(
                      reason({frame.file, 1}, "the module " + running.dotted + " cannot be followed to its end")),
                  true);
    if (m_heap.has(module))
        std::get<Module>(m_heap.edit(module)).state = Module::State::Ran;
}

void Interpreter::runBody(Node module, Frame &frame)
{
    Frame *outer = std::exchange(m_frame, &frame);
    if (module.is(Kind::Error))
        openModule(std::make_shared<const OpenReason>(reason({frame.file, 1}, "the file cannot be parsed")));
    runBlock(module);
    m_frame = outer;
}

void Interpreter::runBlock(Node block)
{
    if (block && !block.is(Kind::Block) && !block.is(Kind::Module) && !block.is(Kind::Error)) {
        run(block);
        return;
    }
    for (const Node statement : block.children()) {
        if (!isRunning())
            return;
        run(statement);
    }
}

void Interpreter::run(Node statement)
{
    if (!spend())
        return;
    if (m_depth >= m_limits.depth) {
        openModule(
            std::make_shared<const OpenReason>(reason(place(statement), "this is nested too deeply to be read")));
        return;
    }
    const Deeper deeper(m_depth);
    if (isOwn(m_frame->file))
        m_ownPlace = place(statement);
    switch (statement.kind()) {
    case Kind::IfStatement:
        runIf(statement);
        break;
    case Kind::ForStatement:
        runFor(statement);
        break;
    case Kind::WhileStatement:
        runWhile(statement);
        break;
    case Kind::TryStatement:
        runTry(statement);
        break;
    case Kind::WithStatement:
        runWith(statement);
        break;
    case Kind::MatchStatement:
        runMatch(statement);
        break;
    case Kind::FunctionDefinition:
        defineFunction(statement);
        break;
    case Kind::ClassDefinition:
        defineClass(statement);
        break;
    case Kind::DecoratedDefinition:
        define(statement);
        break;
    case Kind::ImportStatement:
        runImport(statement);
        break;
    case Kind::ImportFromStatement:
        runImportFrom(statement);
        break;
    case Kind::Error:
        openModule(std::make_shared<const OpenReason>(reason(place(statement), "this cannot be parsed")));
        break;
    default:
        runSimple(statement);
    }
}

void Interpreter::runSimple(Node statement)
{
    const std::vector<Node> children = statement.children();
    switch (statement.kind()) {
    case Kind::ExpressionStatement:
        for (const Node expression : children)
            evaluate(expression);
        break;
    case Kind::ReturnStatement: {
        const Value value = children.empty() ? Value::none(place(statement)) : evaluate(children.front());
        if (m_alive && m_frame->returns)
            leave(*m_frame->returns, value);
        break;
    }
    case Kind::RaiseStatement:
        if (!children.empty() && children.front().is(Kind::Call))
            evaluate(children.front());
        if (m_alive)
            raise(children.empty() ? std::string() : exceptionName(children.front()), place(statement),
                  "an exception is raised here");
        break;
    case Kind::BreakStatement:
        if (m_frame->breaks)
            leave(*m_frame->breaks, Value::none(place(statement)));
        break;
    case Kind::ContinueStatement:
        if (m_frame->continues)
            leave(*m_frame->continues, Value::none(place(statement)));
        break;
    case Kind::DeleteStatement:
        for (const Node target : children)
            runDelete(target);
        break;
    case Kind::GlobalStatement:
        for (const Node name : children)
            m_frame->globals.emplace_back(name.text());
        break;
    case Kind::ExecStatement:
        openModule(std::make_shared<const OpenReason>(reason(place(statement), "exec runs code that is not read")));
        break;
    case Kind::PrintStatement:
    case Kind::AssertStatement:
        for (const Node expression : children)
            evaluate(expression);
        break;
    default:
        break;
    }
}

void Interpreter::runIf(Node statement)
{
    std::vector<Node> clauses = statement.children(Field::Alternative);
    clauses.insert(clauses.begin(), statement);
    runAlternatives(statement, clauses, 0);
}

void Interpreter::runAlternatives(Node statement, const std::vector<Node> &clauses, std::size_t next)
{
    for (; next < clauses.size() && isRunning(); ++next) {
        const Node clause = clauses[next];
        if (clause.is(Kind::ElseClause)) {
            runBlock(clause.child(Field::Body));
            return;
        }
        const Value value = evaluate(clause.child(Field::Condition));
        if (!isRunning())
            return;
        const Truth condition = truth(value);
        if (condition == Truth::Yes) {
            runBlock(clause.child(Field::Consequence));
            return;
        }
        if (condition == Truth::Undecided) {
            if (m_depth >= m_limits.depth) {
                openModule(std::make_shared<const OpenReason>(reason(place(clause), "there are too many branches")));
                return;
            }
            const Deeper deeper(m_depth);
            branch(
                value, [&] { runBlock(clause.child(Field::Consequence)); },
                [&] { runAlternatives(statement, clauses, next + 1); });
            return;
        }
    }
}

// One round of a loop's body; break and continue end it.
void Interpreter::runRound(Node body)
{
    Exit continues;
    Exit *outer = std::exchange(m_frame->continues, &continues);
    runBlock(body);
    m_frame->continues = outer;
    resume(continues);
}

// A loop that runs any number of times. The second round starts from what the first may have left, and what a round
// changes a second time is not followed further.
void Interpreter::runUnboundedLoop(const Step &round)
{
    either(round, [] { });
    if (isRunning())
        either(round, [] { });
}

void Interpreter::runFor(Node statement)
{
    const Value iterable = evaluate(statement.child(Field::Right));
    const Node target = statement.child(Field::Left);
    const Node body = statement.child(Field::Body);
    Exit breaks;
    Exit *outer = std::exchange(m_frame->breaks, &breaks);
    for (const Item &item : elements(iterable, place(statement))) {
        if (!isRunning())
            break;
        const auto round = [&] {
            assign(target, item.value);
            runRound(body);
        };
        const auto rounds = [&] {
            if (item.count == Count::One)
                round();
            else if (item.count == Count::Maybe)
                either(round, [] { });
            else
                runUnboundedLoop(round);
        };
        if (const OpenReason *why = item.value.asUnknown())
            supposing(why->doubt, why->variable, rounds);
        else
            rounds();
    }
    m_frame->breaks = outer;
    if (const Node otherwise = statement.child(Field::Alternative); otherwise && isRunning()) {
        if (breaks.heap)
            either([&] { runBlock(otherwise.child(Field::Body)); }, [] {});
        else
            runBlock(otherwise.child(Field::Body));
    }
    resume(breaks);
}

void Interpreter::runWhile(Node statement)
{
    constexpr int roundsLimit = 200;
    Exit breaks;
    Exit *outer = std::exchange(m_frame->breaks, &breaks);
    const Node body = statement.child(Field::Body);
    for (int round = 0; isRunning(); ++round) {
        const Truth condition = truthOf(statement.child(Field::Condition));
        if (condition == Truth::No)
            break;
        if (condition == Truth::Undecided || round == roundsLimit) {
            runUnboundedLoop([&] { runRound(body); });
            break;
        }
        runRound(body);
    }
    m_frame->breaks = outer;
    resume(breaks);
}

/// Whether a handler gives something that is not empty, in place of what the block before it could not get.
bool Interpreter::givesDefault(Node handler)
{
    static constexpr std::string_view adding[] = {"append", "extend", "insert", "add", "update", "setdefault"};
    std::vector<Node> nodes{handler};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node node = nodes[i];
        const std::vector<Node> children = node.children();
        nodes.insert(nodes.end(), children.begin(), children.end());
        if (node.is(Kind::Call)
            && std::ranges::contains(adding, node.child(Field::Function).child(Field::Attribute).text()))
            return true;
        Node given;
        if (node.is(Kind::Assignment) || node.is(Kind::AugmentedAssignment))
            given = node.child(Field::Right);
        else if (node.is(Kind::ReturnStatement) && !children.empty())
            given = children.front();
        const bool isEmpty = isEmptyLiteral(given)
            || (given.is(Kind::Identifier) && addsNothing(lookUp(std::string(given.text()), place(given))));
        if (!isEmpty)
            return true;
    }
    return false;
}

void Interpreter::runTry(Node statement)
{
    std::vector<Node> handlers;
    Node otherwise;
    Node finally;
    for (const Node clause : statement.children()) {
        if (clause.is(Kind::ExceptClause) || clause.is(Kind::ExceptGroupClause))
            handlers.push_back(clause);
        else if (clause.is(Kind::ElseClause))
            otherwise = clause.child(Field::Body);
        else if (clause.is(Kind::FinallyClause))
            finally = blockOf(clause);
    }
    // An exception other than a failed import is expected wherever something unknown happens in the body.
    bool onlyImports = true;
    Try attempt;
    for (const Node handler : handlers) {
        const std::vector<std::string> types = caughtTypes(handler);
        attempt.catchesImportErrors |= catchesImportError(types);
        if (catchesKeyError(types)) {
            attempt.catchesKeyErrors = true;
            attempt.addsNothing &= !givesDefault(blockOf(handler));
        }
        onlyImports &= types == std::vector<std::string>{"ImportError"}
            || types == std::vector<std::string>{"ModuleNotFoundError"};
    }
    const std::uint64_t unknownsBefore = m_unknowns;
    const Heap before = m_heap;
    m_tries.push_back(&attempt);
    runBlock(statement.child(Field::Body));
    m_tries.pop_back();
    const bool isDoubtful = !onlyImports && m_unknowns != unknownsBefore;
    if (isDoubtful && m_alive) {
        Exit exit;
        exit.heap = Heap::join(m_heap, before, reason({}, "too many alternatives"));
        exit.values.push_back(unknown(place(statement), "an exception may be raised in this block"));
        attempt.raised.push_back({"", std::move(exit)});
    }
    const auto onward = [&] { runBlock(otherwise); };
    if (attempt.raised.empty())
        onward();
    else if (!m_alive)
        runHandlers(handlers, std::move(attempt.raised));
    else
        either(onward, [&] {
            m_alive = false;
            runHandlers(handlers, std::move(attempt.raised));
        });
    if (isRunning())
        runBlock(finally);
}

// Starts on a dead path; leaves it alive if some handler ends normally.
void Interpreter::runHandlers(const std::vector<Node> &handlers, std::vector<Raised> raised)
{
    Exit done;
    for (Raised &exception : raised) {
        bool isTaken = false;
        for (const Node handler : handlers) {
            const Truth takes = catches(caughtTypes(handler), exception.type);
            if (takes == Truth::No)
                continue;
            m_alive = true;
            m_heap = *exception.exit.heap;
            runBlock(blockOf(handler));
            if (m_alive)
                leave(done, Value::none({}));
            isTaken = takes == Truth::Yes;
            if (isTaken)
                break;
        }
        // The doubt that an unnamed exception stands for is met by the handlers there are.
        if (!isTaken && !exception.type.empty()) {
            m_alive = true;
            m_heap = std::move(*exception.exit.heap);
            const OpenReason why = reasonOf(exception.exit.values.front());
            raise(exception.type, exception.exit.values.front().place, why.why);
        }
    }
    resume(done);
}

void Interpreter::runWith(Node statement)
{
    Node suppressed;
    const std::vector<Node> parts = statement.children();
    for (const Node item : parts.empty() ? std::vector<Node>() : parts.front().children()) {
        Node expression = item.child(Field::Value);
        Node target;
        if (expression.is(Kind::AsPattern)) {
            target = expression.child(Field::Alias);
            expression = expression.children().front();
        }
        const Value value = evaluate(expression);
        if (target) {
            const std::vector<Node> names = target.children();
            if (names.size() == 1)
                assign(names.front(), value.asFile() || value.asForm() ? value : unknownLike(value, place(item)));
        }
        if (const std::string *name = value.asSymbol(); name && *name == "contextlib.suppress()")
            suppressed = expression.child(Field::Arguments);
    }
    if (!suppressed) {
        runBlock(statement.child(Field::Body));
        return;
    }
    std::vector<std::string> types;
    for (const Node type : suppressed.children())
        types.push_back(exceptionName(type));
    Try attempt;
    attempt.catchesImportErrors = catchesImportError(types);
    attempt.catchesKeyErrors = catchesKeyError(types);
    m_tries.push_back(&attempt);
    runBlock(statement.child(Field::Body));
    m_tries.pop_back();
    for (Raised &exception : attempt.raised) {
        if (catches(types, exception.type) != Truth::No)
            resume(exception.exit);
    }
}

// No pattern is compared: any case may be the one, or none.
void Interpreter::runMatch(Node statement)
{
    evaluate(statement.child(Field::Subject));
    const std::vector<Node> cases = statement.child(Field::Body).children();
    const std::function<void(std::size_t)> runFrom = [&](std::size_t next) {
        if (next == cases.size() || !isRunning())
            return;
        if (m_depth >= m_limits.depth) {
            openModule(std::make_shared<const OpenReason>(reason(place(cases[next]), "there are too many branches")));
            return;
        }
        const Deeper deeper(m_depth);
        either([&] { runBlock(cases[next].child(Field::Consequence)); }, [&] { runFrom(next + 1); });
    };
    runFrom(0);
}

void Interpreter::runDelete(Node target)
{
    if (target.is(Kind::ExpressionList) || target.is(Kind::Tuple)) {
        for (const Node part : target.children())
            runDelete(part);
    } else if (target.is(Kind::Identifier)) {
        names(m_frame->scopes.front()).remove(Value::text(std::string(target.text()), place(target)));
    } else if (target.is(Kind::Subscript)) {
        const Value container = evaluate(target.child(Field::Value));
        const Node index = target.child(Field::Subscript);
        if (index.is(Kind::Slice)) {
            const Value removed = slice(container, index, place(target));
            for (const Item &item : elements(removed, place(target))) {
                Arguments arguments;
                arguments.positional = {item.value};
                arguments.place = place(target);
                callMethod(container, "remove", arguments);
            }
            return;
        }
        Arguments arguments;
        arguments.positional = {evaluate(index)};
        arguments.place = place(target);
        callMethod(container, "pop", arguments);
    }
}

void Interpreter::defineFunction(Node definition)
{
    Function function;
    function.name = definition.child(Field::Name).text();
    function.parameters = definition.child(Field::Parameters);
    function.body = definition.child(Field::Body);
    function.module = m_frame->module;
    function.scopes = m_frame->scopes;
    function.file = m_frame->file;
    for (const Node parameter : function.parameters.children()) {
        if (parameter.is(Kind::DefaultParameter) || parameter.is(Kind::TypedDefaultParameter))
            function.defaults.emplace_back(parameter.child(Field::Name).text(),
                                           evaluate(parameter.child(Field::Value)));
    }
    const Place here = place(definition);
    const std::string name = function.name;
    bind(name, Value::object(create(std::move(function)), here), here);
}

void Interpreter::defineClass(Node definition)
{
    Class cls;
    cls.name = definition.child(Field::Name).text();
    for (const Node base : definition.child(Field::Superclasses).children()) {
        if (!base.is(Kind::KeywordArgument))
            cls.bases.push_back(evaluate(base));
        else if (base.child(Field::Name).text() == "metaclass")
            cls.bases.push_back(unknown(place(base), "a metaclass may change this class"));
    }
    cls.scope = create(Dictionary{});
    const Place here = place(definition);
    Frame frame = *m_frame;
    frame.scopes.insert(frame.scopes.begin(), cls.scope);
    Frame *outer = std::exchange(m_frame, &frame);
    runBlock(definition.child(Field::Body));
    m_frame = outer;
    const std::string name = cls.name;
    bind(name, Value::object(create(std::move(cls)), here), here);
}

void Interpreter::define(Node decorated)
{
    static const std::set<std::string_view> harmless = {"functools.lru_cache",   "functools.cache",
                                                        "builtins.property",     "functools.lru_cache()",
                                                        "dataclasses.dataclass", "dataclasses.dataclass()"};
    const Node definition = decorated.child(Field::Definition);
    run(definition);
    for (const Node decorator : decorated.children()) {
        if (!decorator.is(Kind::Decorator) || decorator.children().empty())
            continue;
        const Value value = evaluate(decorator.children().front());
        const std::string *name = value.asSymbol();
        if (name && harmless.contains(*name))
            continue;
        bind(std::string(definition.child(Field::Name).text()),
             unknown(place(decorator), "a decorator may replace this definition"), place(decorator));
    }
}

} // namespace nuages::python
