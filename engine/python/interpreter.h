#pragma once

#include "engine/python/evaluation.h"

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::python {

/// Whether a condition holds.
enum class Truth : std::uint8_t { No, Yes, Undecided };

/// What a call hands over, evaluated.
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> keywords;
    std::vector<Value> unread; ///< `*x` and `**x` of which the contents are not known
    Place place;

    /// The argument at `index` or named `keyword`; nullptr if there is neither.
    const Value *get(std::size_t index, std::string_view keyword = {}) const;
    std::vector<Value> all() const;
};

/// `from:to:step` for a sequence of known length, clamped as Python does.
struct SliceBounds {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t step = 1;

    std::vector<std::size_t> indices() const
    {
        std::vector<std::size_t> found;
        for (std::int64_t at = from; step > 0 ? at < to : at > to; at += step)
            found.push_back(static_cast<std::size_t>(at));
        return found;
    }
};

/// The machine behind Evaluation: the state of one path through the program, and how each construct changes it.
///
/// Its functions are spread over files by construct: statements.cpp, imports.cpp, expressions.cpp, operators.cpp,
/// calls.cpp, methods.cpp, functions.cpp (known functions of Python and of packages for settings), environment.cpp.
///
/// Paths. m_heap is the state of the path at hand. either() and forEach() run alternatives one after the other, each
/// from a copy of the state before, and join the results. A path that leaves a block early (return, raise, break,
/// continue) is put aside in an Exit and m_alive becomes false until the block that collects the Exit ends.
class Interpreter
{
public:
    Interpreter(Surroundings &surroundings, EvaluationLimits limits, const Evaluation::CommandLine &commandLine);

    /// Runs the module and returns the dictionary of its names.
    ObjectId runMain(const std::string &dotted, const ModuleLocation &location);

    Heap takeHeap() { return std::move(m_heap); }
    std::vector<std::string> takeFiles() { return std::move(m_files); }
    ObjectId pythonPath() const { return m_pythonPath; }
    ObjectId environment() const { return m_environment; }

private:
    friend struct Functions;

    /// Paths that left a block at the same kind of statement, joined.
    struct Exit {
        std::optional<Heap> heap;
        std::vector<Value> values; ///< what they returned, or why they raised
    };

    struct Raised {
        std::string type; ///< last component of the exception's name; empty: not known
        Exit exit;
    };

    struct Try {
        bool catchesImportErrors = false;
        bool catchesKeyErrors = false;
        bool addsNothing = true; ///< The handlers give names nothing but what is empty.
        std::vector<Raised> raised;
    };

    struct Frame {
        std::uint32_t file = 0;
        ObjectId module{};
        std::vector<ObjectId> scopes; ///< innermost first; the last one is the module's
        std::vector<std::string> globals; ///< names under a global statement
        Exit *returns = nullptr;
        Exit *breaks = nullptr;
        Exit *continues = nullptr;
    };

    /// Runs `step` in code that may not be the project's own, with the smaller share of steps if it is not. False if
    /// that did not suffice, or if every path in it raises: then what it leaves is not all.
    bool runForeign(const std::string &file, const std::function<void()> &step);

    using Step = std::function<void()>;
    using Map = std::function<Value(const Value &)>;

    /// What a condition comes to in the environment at hand, though another value of a variable might turn it.
    struct Likely {
        bool holds = false;
        Doubt doubt = Doubt::OtherValue;
        std::string variable;
    };

    // interpreter.cpp: paths, bounds, names, reasons
    ObjectId create(Object object);
    bool spend(std::uint64_t steps = 1);
    bool isRunning() const { return m_alive && !m_stopped; }
    void either(const Step &first, const Step &second);
    /// Runs the step that `condition` decides for, or both. The one that is not taken in the environment at hand runs
    /// all the same, as what it names may be known; what it cannot read opens nothing here.
    void branch(const Value &condition, const Step &yes, const Step &no);
    std::optional<Likely> likely(const Value &condition) const;
    /// Runs `step` as what happens only if a variable had another value than it has here.
    void supposing(Doubt doubt, const std::string &variable, const Step &step);
    /// Runs `map` for every alternative of `value`, each on a path of its own.
    Value forEach(const Value &value, const Map &map);
    void leave(Exit &exit, Value value);
    /// Goes on from `exit`, as well as from the path at hand if that is alive.
    void resume(Exit &exit);
    void raise(std::string type, Place place, std::string why);
    void joinWith(Heap other);
    Place place(Node node) const { return {m_frame->file, node.line()}; }
    /// At `place`, or at the line of the project that led there if that is in a package.
    OpenReason reason(Place place, std::string why) const;
    bool isOwn(std::uint32_t file) const;
    OpenReason reasonOf(const Value &value) const;
    std::shared_ptr<const OpenReason> sharedReasonOf(const Value &value) const;
    Value unknown(Place place, std::string why);
    Value unknownLike(const Value &cause, Place place);
    /// The text of `left`, `between` and `right` of which one is not known: unknown, but of a known form.
    Value unknownText(const Value &left, std::string_view between, const Value &right, Place place);
    Value choose(std::vector<Value> values);
    std::uint32_t fileNumber(const std::string &file);
    Dictionary &names(ObjectId scope) { return std::get<Dictionary>(m_heap.edit(scope)); }
    const Dictionary &peekNames(ObjectId scope) const { return std::get<Dictionary>(m_heap.at(scope)); }
    Value lookUp(const std::string &name, Place place);
    void bind(const std::string &name, Value value, Place place);
    /// Code that cannot be read may have changed `value` and what it holds.
    void open(const Value &value, const std::shared_ptr<const OpenReason> &why, int depth = 0);
    void openNames(ObjectId scope, const std::shared_ptr<const OpenReason> &why, bool alsoPrivate);
    bool isModuleScope(ObjectId scope) const;
    void openModule(std::shared_ptr<const OpenReason> why);

    // statements.cpp
    void runModule(ObjectId module);
    void resolveNames(ObjectId scope);
    void runBody(Node module, Frame &frame);
    void runBlock(Node block);
    void run(Node statement);
    void runSimple(Node statement);
    void runIf(Node statement);
    void runAlternatives(Node statement, const std::vector<Node> &clauses, std::size_t next);
    void runFor(Node statement);
    void runWhile(Node statement);
    void runRound(Node body);
    void runUnboundedLoop(const Step &round);
    void runTry(Node statement);
    bool alwaysRaises(Node block);
    bool givesDefault(Node handler);
    void runHandlers(const std::vector<Node> &handlers, std::vector<Raised> raised);
    void runWith(Node statement);
    void runMatch(Node statement);
    void runAugmented(Node statement);
    void runDelete(Node target);
    void defineFunction(Node definition);
    void defineClass(Node definition);
    void define(Node decorated);
    void assign(Node target, const Value &value);
    void assignMany(Node target, const Value &value);
    void assignItem(const Value &container, const Value &key, const Value &value);
    void assignSlice(const Value &container, Node slice, const Value &value);
    void assignAttribute(const Value &object, const std::string &name, const Value &value, Place place);

    // imports.cpp
    void runImport(Node statement);
    void runImportFrom(Node statement);
    Value import(const std::string &dotted, Place place);
    Value importedName(const Value &module, const std::string &name, Place place);
    void importAll(const Value &module, const std::string &dotted, Place place);
    Value moduleAttribute(ObjectId module, const std::string &name, Place place);
    std::optional<Value> submodule(ObjectId module, const std::string &name, Place place);
    ObjectId moduleObject(const std::string &dotted, const ModuleLocation &location);
    std::vector<std::string> frontOfPath() const;
    std::string packageOf(ObjectId module) const;
    void includeFiles(const Arguments &arguments);
    void includeFile(const std::string &folder, const Value &file);
    void runFile(const std::string &file, Place place, std::vector<ObjectId> scopes);
    void runOneOf(const std::vector<std::string> &files, Place place, const std::vector<ObjectId> &scopes);
    void runCode(const Value &code, Place place, const std::vector<ObjectId> &scopes);
    Value openFile(const std::string &path, Place place);
    std::vector<std::string> filesOfForm(const std::string &form);
    std::vector<std::string> modulesOfForm(const std::string &form);

    // expressions.cpp
    Value evaluate(Node expression);
    Value evaluateNow(Node expression);
    Value evaluateText(Node literal);
    Value evaluateSequence(Node display, Sequence::Kind kind);
    Value evaluateDictionary(Node display);
    /// What a condition leaves where it is false is lost if `isLostWhereFalse`; it is None then.
    Value evaluateBoolean(Node expression, bool isLostWhereFalse = false);
    Value evaluateConditional(Node expression);
    Value evaluateSubscript(Node expression);
    Value evaluateComprehension(Node expression);
    void evaluateClauses(const std::vector<Node> &clauses, std::size_t next, Count count,
                         const std::function<void(Count)> &element);
    Value evaluateAttribute(Node expression);
    Value attribute(const Value &object, const std::string &name, Place place);
    Value item(const Value &container, const Value &key, Place place);
    Value slice(const Value &container, Node slice, Place place);
    std::optional<SliceBounds> sliceBounds(Node slice, std::size_t size);
    Value resolve(const Value &value, Place place);
    /// The elements that iterating over `value` gives.
    std::vector<Item> elements(const Value &value, Place place);
    /// The values that an element may be as elements, since a filter may keep one of them and not another.
    static std::vector<Item> apart(const Item &item);
    Value makeSequence(Sequence::Kind kind, std::vector<Item> items, Place place);

    // operators.cpp
    Truth truth(const Value &value) const;
    Truth truthOf(Node condition);
    Value binary(std::string_view op, const Value &left, const Value &right, Place place);
    Value augmented(std::string_view op, const Value &left, const Value &right, Place place);
    Value evaluateComparison(Node expression);
    Value compared(std::string_view op, const Value &left, const Value &right, Place place);
    Value negated(const Value &value, Place place) const;
    Value truthValue(const Value &value, Place place) const;
    Truth compare(std::string_view op, const Value &left, const Value &right);
    Truth equals(const Value &left, const Value &right, int depth = 0) const;
    std::optional<int> order(const Value &left, const Value &right, int depth = 0) const;
    Truth contains(const Value &container, const Value &value);
    Value formatPercent(const Value &format, const Value &argument, Place place);
    /// `map` over the texts of both, on every pair of alternatives.
    Value joinText(const Value &left, const Value &right, Place place);
    Value textOf(const Value &value, Place place);

    // calls.cpp
    Value evaluateCall(Node call);
    Arguments evaluateArguments(Node list, Place place);
    Value call(const Value &callee, const Arguments &arguments);
    Value callFunction(const Function &function, const Arguments &arguments, std::optional<Value> self = {});
    void bindParameters(const Function &function, const Arguments &arguments, std::optional<Value> self,
                        ObjectId scope);
    Value callSymbol(const std::string &name, const Arguments &arguments);
    Value callUnreadable(const Value &callee, const Arguments &arguments);
    Value classAttribute(const Class &cls, const std::string &name, Place place, int depth = 0);

    // methods.cpp
    Value callMethod(const Value &object, const std::string &name, const Arguments &arguments);
    std::optional<Value> listMethod(ObjectId id, const std::string &name, const Arguments &arguments);
    std::optional<Value> dictionaryMethod(ObjectId id, const std::string &name, const Arguments &arguments);
    std::optional<Value> textMethod(const Value &text, const std::string &name, const Arguments &arguments);
    Value formatBraces(const std::string &text, const Arguments &arguments);
    std::optional<Value> pathMethod(const Value &path, const std::string &name, const Arguments &arguments);
    void update(Dictionary &target, const Value &source, Place place);

    // environment.cpp
    Value variable(const Value &name, const Value *fallback, Place place, std::string_view reader);
    std::optional<Value> setVariable(const std::string &name, Place place) const;
    Value unsetVariable(const std::string &name, Doubt doubt, Place place) const;
    Value missingVariable(const std::string &name, Place place);
    bool addsNothing(const Value &value) const;
    std::optional<Value> environMethod(const std::string &name, const Arguments &arguments);
    bool isEnvironmentReader(std::string_view symbol) const;
    Value readEnvironment(const std::string &reader, const Arguments &arguments);
    Value readVariable(std::string_view package, const std::string &name, const Value *fallback, const Value *cast,
                       std::string_view kind, const std::string &repository, Place place);
    Value openDynaconf(const Arguments &arguments);
    Value dynaconfValue(const std::string &reader, const Arguments &arguments);
    Value converted(std::string_view package, std::string_view kind, const Value *cast, const Value &text, Place place);
    std::optional<std::string> nearestFile(std::string folder, std::span<const std::string> names);
    std::optional<Value> inRepository(const std::string &file, const std::string &name, Place place);
    void loadVariables(std::string_view package, const Arguments &arguments);
    void declareVariables(const Arguments &arguments);

    Surroundings &m_surroundings;
    const EvaluationLimits m_limits;
    Heap m_heap;
    bool m_alive = true;
    bool m_stopped = false;
    std::uint64_t m_steps = 0;
    std::uint64_t m_stepLimit;
    unsigned m_depth = 0;
    unsigned m_calls = 0;
    Doubt m_doubt = Doubt::Unread; ///< of what runs now
    std::string m_doubtVariable;
    Place m_ownPlace; ///< the last line of the project's own that was run; line 0: none was
    std::uint32_t m_nextObject = 0;
    std::uint64_t m_unknowns = 0; ///< how many unknown values were made; a try block asks whether any was in it
    Frame *m_frame = nullptr;
    std::vector<Try *> m_tries;
    Exit m_uncaught;
    std::vector<std::string> m_files;
    std::vector<std::string> m_runningFiles; ///< that others include or execute
    mutable std::map<std::uint32_t, bool> m_ownFiles; ///< what isOwn() has found out
    std::map<std::string, SyntaxTree> m_trees; ///< by file; keeps every Node of the heap valid
    std::map<std::string, ObjectId> m_modules; ///< by dotted name, over all paths
    ObjectId m_pythonPath{};
    ObjectId m_environment{}; ///< variables that the program itself sets, also by loading a file of them
    std::optional<ObjectId> m_commandLine; ///< sys.argv of the one run that this is about
    ObjectId m_declared{}; ///< variables with the type and default that environ.Env(NAME=(type, default)) gives
};

} // namespace nuages::python
