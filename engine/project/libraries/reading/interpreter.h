#pragma once

#include "engine/project/libraries/reading/objects.h"
#include "engine/project/libraries/reading/path.h"
#include "engine/project/project.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project::reading {

/// Follows Python code far enough to see what a tag library registers, and how the functions of its tags use their
/// parser. Runs nothing: what it does not understand is Unknown and stays so.
///
/// It works in two ways. A *module* is executed once from top to bottom, and where a condition cannot be decided all
/// branches are taken one after the other: a registration of any branch counts. A *tag's function* is followed along
/// one path at a time: a condition that cannot be decided is answered by the Path, and the caller asks again with
/// another Path until all answers were given (see shape.h).
///
/// Modules other than those executed are looked into by name only. A module is executed when a Library of it is asked
/// for, at most once; names in a circle are Unknown.
///
/// For one query: reads files through `db` only, and lives no longer than the query runs.
class Interpreter
{
public:
    Interpreter(query::Reader &db, Project project);
    Interpreter(const Interpreter &) = delete;
    Interpreter &operator=(const Interpreter &) = delete;

    /// The module of `file` after all its statements.
    ModuleScope &execute(source::File file);

    /// The module of `file`, which may not have been executed.
    ModuleScope &scopeOf(source::File file);

    /// The value of `name` at the top of `module`, looked for if need be; Unknown if there is none.
    Value lookUp(ModuleScope &module, std::string_view name);

    /// What `callee(arguments)` gives; `at` names the place in reasons. Arguments that must not be lost sight of (a
    /// library, a parser) mark what they belong to when the callee cannot be read.
    Value call(const Value &callee, Arguments arguments, python::Node at, Scope &scope);

    /// Calls `function(parser, token)` for a tag called `tag`, along `path`.
    void follow(const Value &function, std::string_view tag, Path &path);

    /// The attribute `name` of a class, its own or inherited; nullopt if no class that can be read has it.
    std::optional<Value> findInClass(const Class &type, const std::string &name, int depth = 0);

    /// Whether a class of that dotted name (see externals.h) is among its bases, at any distance.
    bool derivesFrom(const Class &type, std::string_view externalBase, int depth = 0) const;

    /// Statements and expressions that the last follow() took.
    std::size_t steps() const { return m_steps; }

    /// Reading took too long and stopped in the middle of a module.
    bool gaveUp() const { return m_gaveUp; }

    /// The modules that were executed and that Python would refuse, with the line. One that is being typed registers
    /// more in a moment than it seems to.
    const std::vector<OpenReason> &brokenModules() const { return m_broken; }

private:
    enum class Flow : std::uint8_t { Normal, Break, Continue, Return, Raise };

    /// The running function, class body or module.
    struct Frame {
        Scope &scope;
        std::vector<Value> returned;
        Function *function = nullptr;
    };

    // Modules: modules.cpp.
    ModuleScope *moduleAt(std::string_view dotted, bool &exists);
    ModuleScope &moduleOf(source::File file, std::string path);
    void indexBindings(ModuleScope &module, python::Node block, int depth);
    Value resolve(ModuleScope &module, const std::string &name, const std::vector<python::Node> &statements);
    Value bind(ModuleScope &module, const std::string &name, python::Node statement);
    void runTop(ModuleScope &module);
    void bindWildcard(const std::string &from, Scope &scope, int depth = 0);
    Value importModule(const std::string &dotted);
    std::optional<Value> importName(const std::string &module, const std::string &name);
    Value load(Value value); ///< Looks an Import up; any other value comes back.
    Value name(Scope &scope, std::string_view name);

    // Statements: statements.cpp, definitions.cpp.
    Flow runBlock(python::Node block, Frame &frame);
    Flow runStatement(python::Node statement, Frame &frame);
    Flow runIf(python::Node statement, Frame &frame);
    Flow runFor(python::Node statement, Frame &frame);
    Flow runWhile(python::Node statement, Frame &frame);
    Flow runTry(python::Node statement, Frame &frame);
    Flow runWith(python::Node statement, Frame &frame);
    Flow runMatch(python::Node statement, Frame &frame);
    Flow runOneOf(const std::vector<python::Node> &blocks, bool mayBeNone, Frame &frame);
    Flow runDelete(python::Node statement, Frame &frame);
    Flow runImport(python::Node statement, Scope &scope);
    Flow runImportFrom(python::Node statement, Scope &scope);
    Flow afterExpression();
    void assign(python::Node target, Value value, Scope &scope);
    void unpack(const std::vector<python::Node> &targets, const Value &value, Scope &scope);
    void assignAugmented(python::Node statement, Scope &scope);
    Value define(python::Node definition, Scope &scope);
    Value defineFunction(python::Node definition, Scope &scope);
    Value defineClass(python::Node definition, Scope &scope);
    Value decorate(python::Node decorated, Scope &scope);

    // Expressions: expressions.cpp, operators.cpp.
    Value evaluate(python::Node expression, Scope &scope);
    Value evaluateKnown(python::Node expression, Scope &scope);
    Value evaluateString(python::Node expression, Scope &scope);
    Value evaluateList(python::Node expression, Scope &scope);
    Value evaluateDict(python::Node expression, Scope &scope);
    Value evaluateComprehension(python::Node expression, Scope &scope);
    void runComprehension(const std::vector<python::Node> &clauses, std::size_t at, python::Node body, Scope &scope,
                          Value &result);
    Value evaluateSubscript(python::Node expression, Scope &scope);
    Value evaluateCall(python::Node expression, Scope &scope);
    Value evaluateBoolean(python::Node expression, Scope &scope);
    Value evaluateComparison(python::Node expression, Scope &scope);
    Arguments evaluateArguments(python::Node list, Scope &scope);
    std::optional<bool> truth(const Value &value) const;
    std::optional<bool> equal(const Value &left, const Value &right);
    std::optional<bool> contains(const Value &container, const Value &item);
    std::optional<bool> less(const Value &left, const Value &right, bool orEqual) const;
    Value add(const Value &left, const Value &right);
    Value format(const Value &pattern, const Value &values);

    // Objects: attributes.cpp.
    Value attribute(const Value &object, const std::string &name);
    void setAttribute(const Value &object, const std::string &name, const Value &value, python::Node at, Scope &scope);
    void setAnyAttribute(const Value &object);
    Value item(const Value &object, const Value &key);
    void setItem(const Value &object, const Value &key, const Value &value, python::Node at, Scope &scope);
    Value slice(const Value &object, python::Node slice, Scope &scope);
    bool hasUnknownBase(const Class &type, int depth = 0) const;
    Value bindMethod(const Value &found, const Value &self, Class *type);
    Value classNameOf(const Class &type);
    List *iterate(const Value &value);

    // Calls: calls.cpp, builtins.cpp, methods.cpp, registering.cpp, parsing.cpp.
    Value callFunction(Function &function, Arguments arguments, python::Node at, Scope &scope);
    Value callClass(Class &type, Arguments arguments, python::Node at, Scope &scope);
    Value callExternal(const External &external, Arguments &arguments, python::Node at, Scope &scope);
    Value callMethod(const BoundMethod &method, Arguments &arguments, python::Node at, Scope &scope);
    Value callDecorator(const Decorator &decorator, const Arguments &arguments, python::Node at, Scope &scope);
    Value callLibrary(LibraryObject &library, const std::string &method, const Arguments &arguments, python::Node at,
                      Scope &scope);
    Value callTable(const Table &table, const std::string &method, const Arguments &arguments, python::Node at,
                    Scope &scope);
    Value callParser(const std::string &method, const Arguments &arguments);
    Value callToken(TokenObject &token, const std::string &method);
    Value callText(const Text &text, const std::string &method, const Arguments &arguments);
    Value callList(List &list, const std::string &method, const Arguments &arguments);
    Value callDict(Dict &dict, const std::string &method, const Arguments &arguments);
    Value nextToken();
    python::Node bodyOf(const Function &function);
    void bindParameters(Function &function, Arguments arguments, Scope &callScope);
    void escape(const Arguments &arguments, python::Node at, Scope &scope, std::string_view callee);
    void escape(const Value &value, python::Node at, Scope &scope, std::string_view callee, int depth);
    void registerName(LibraryObject &library, Table::Kind kind, const std::string &name, const Value &value,
                      python::Node at, Scope &scope);
    void mergeTable(const Table &table, const Value &other, python::Node at, Scope &scope);
    void openIfRenamed(LibraryObject &library, const Value &function, python::Node at, Scope &scope);
    void leaveOpen(LibraryObject &library, python::Node at, Scope &scope, std::string why);
    std::optional<std::string> nameOf(const Value &function);
    static bool mayBeRenamed(const Value &function);

    Value makeList(std::vector<Value> items, bool isOpen = false, bool isShuffled = false);
    void sort(List &list, const Arguments &arguments);
    bool step(); ///< False when the reading has taken too long.

    query::Reader &m_db;
    Project m_project;
    const std::vector<std::string> &m_searchPath;
    Arena m_arena;
    std::map<std::string, ModuleScope *, std::less<>> m_modules; ///< By path.
    Path *m_path = nullptr; ///< While a tag's function is followed.
    bool m_raised = false; ///< A call inside the running expression raised.
    bool m_inTry = false; ///< An import that fails has a handler.
    bool m_gaveUp = false;
    std::vector<OpenReason> m_broken;
    int m_depth = 0;
    std::size_t m_steps = 0;
    std::size_t m_callStack = 0;
};

} // namespace nuages::project::reading
