#pragma once

#include "engine/project/libraries/reading/value.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/openreason.h"
#include "engine/source/file.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project::reading {

/// A list, tuple or set. Changed in place, so that all who hold it see it, as in Python.
struct List {
    std::vector<Value> items;
    bool open = false; ///< More may follow.
    bool isShuffled = false; ///< Which item stands where is not known.
};

/// In the order of insertion.
struct Dict {
    std::vector<std::pair<Value, Value>> entries;
    bool open = false;

    void set(const Value &key, Value value);
    const Value *find(const Value &key) const; ///< Null if not there.
};

/// The names of a module, class or call.
struct Scope {
    std::map<std::string, Value, std::less<>> names;
    Scope *outer = nullptr; ///< The function around; null for a module or class.
    ModuleScope *module = nullptr;
    bool ofClass = false; ///< Functions defined here do not see its names.
};

/// A module and its names, which come into being in one of two ways: when the module is executed from top to bottom,
/// or one by one, when another module asks for them.
struct ModuleScope : Scope {
    enum class State : std::uint8_t { Lazy, Executing, Executed };

    source::File file;
    std::string path; ///< Absolute.
    std::string name; ///< Dotted.
    std::string package; ///< What relative imports start from.
    python::Node root;
    State state = State::Lazy;
    std::map<std::string, std::vector<python::Node>, std::less<>> bindings; ///< Statements that bind a name at the top.
    std::vector<python::Node> wildcards; ///< `from x import *`
    std::vector<std::string> beingResolved; ///< Guards against names in a circle.
};

struct Function {
    python::Node definition; ///< A function definition or lambda; null for one that cannot be read.
    Scope *scope = nullptr; ///< Where it is defined.
    std::string name; ///< Its __name__.
    Function *wrapped = nullptr; ///< What functools.wraps says it stands for.
    Class *owner = nullptr; ///< The class it is a method of.
    bool opaque = false; ///< A decorator that cannot be read stands before it.
    bool mayBeRenamed = false; ///< Its __name__ may be another than `name`, which is the best guess.
};

/// A name imported, looked up when it is first used.
struct Import {
    std::string module; ///< Dotted and absolute.
    std::string name; ///< Empty: the module itself.
};

struct Class {
    python::Node definition;
    Scope *scope = nullptr; ///< Where it is defined.
    std::string name;
    Scope body;
    std::vector<Value> bases;
    bool hasMetaclass = false; ///< Or one of its bases has: what its name is, and what calling it does, is not known.
};

struct Instance {
    Class *type = nullptr;
    std::map<std::string, Value, std::less<>> attributes;
};

/// A function with its first argument, or a method that the reader has built in.
struct BoundMethod {
    Value self;
    Value function; ///< Unknown for a built-in one.
    std::string name; ///< Of a built-in one.
};

/// `super()` in a method of `type`.
struct Super {
    Class *type;
    Value self;
};

struct Partial {
    Value function;
    Arguments arguments;
};

/// The compile function that simple_tag and its like make of a function.
struct Compiler {
    enum class Kind : std::uint8_t { Simple, Inclusion, SimpleBlock };

    Kind kind;
    Value function;
    std::string closer; ///< Of a SimpleBlock; empty if it cannot be read.
};

/// What `register.tag("x")` or the like returns, still without the function.
struct Decorator {
    LibraryObject *library;
    std::string method;
    Arguments arguments;
};

/// One name in a library.
struct Registration {
    Value value; ///< What was registered.
    std::string path; ///< File of the statement that registered it.
    std::uint32_t line; ///< Of that statement.
};

/// A `template.Library()`.
struct LibraryObject {
    Class *type = nullptr; ///< A class of the project derived from Library, or null.
    ModuleScope *home = nullptr;
    std::map<std::string, Registration, std::less<>> tags;
    std::map<std::string, Registration, std::less<>> filters;
    std::vector<OpenReason> open;
};

/// The first token of a tag, one at which a body stopped, or one that was read by hand.
struct TokenObject {
    enum class Kind : std::uint8_t { Opener, Stop, Raw };

    Kind kind;
    std::string word; ///< Its first word; empty if Raw.
};

/// Owns what values point to.
class Arena
{
public:
    template <class T, class... A>
    T *make(A &&...arguments)
    {
        auto object = std::make_shared<T>(std::forward<A>(arguments)...);
        m_objects.push_back(object);
        return object.get();
    }

private:
    std::vector<std::shared_ptr<void>> m_objects;
};

} // namespace nuages::project::reading
