#pragma once

#include "engine/python/findmodule.h"
#include "engine/python/syntaxtree.h"
#include "engine/python/value.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nuages::python {

/// How often an element is in a list.
enum class Count : std::uint8_t {
    One, ///< on every path
    Maybe, ///< on some path once
    Many, ///< any number of times, none included: what an unreadable extension leaves
};

struct Item {
    Value value;
    Count count = Count::One;

    friend bool operator==(const Item &, const Item &) = default;
};

/// A list, a tuple or a set, elements in order.
struct Sequence {
    enum class Kind : std::uint8_t { List, Tuple, Set };

    Kind kind = Kind::List;
    std::vector<Item> items;
};

struct Entry {
    Value key;
    Value value;
    bool isCertain = true; ///< false: bound on some path only
};

/// A dictionary, and the names of a module, a class or a function.
struct Dictionary {
    std::vector<Entry> entries; ///< in the order of first binding
    std::vector<std::shared_ptr<const OpenReason>> open; ///< why there may be further keys

    const Entry *find(const Value &key) const;
    const Entry *find(std::string_view name) const;
    /// Binds `key` on the present path, whatever it was before.
    void set(const Value &key, Value value);
    void set(std::string_view name, Value value, Place place);
    void remove(const Value &key);
    void addOpen(std::shared_ptr<const OpenReason> reason);
};

struct Function {
    std::string name;
    Node parameters;
    Node body; ///< a block, or the expression of a lambda
    ObjectId module;
    std::vector<ObjectId> scopes; ///< names of the functions around it, innermost first; then those of its module
    std::vector<std::pair<std::string, Value>> defaults;
    std::uint32_t file = 0;
};

struct Class {
    std::string name;
    std::vector<Value> bases;
    ObjectId scope;
};

struct Module {
    enum class State : std::uint8_t { New, Running, Ran };

    std::string dotted;
    ModuleLocation location;
    ObjectId scope;
    State state = State::New;
};

using Object = std::variant<Sequence, Dictionary, Function, Class, Module>;

/// Everything with an identity, as it is on one path through the program.
///
/// Copies share their objects until one of them edits: a branch that cannot be decided is run twice, each time on a
/// copy, and the two are joined. Ids are given out by the interpreter, so that an id means the same object in every
/// copy; an id that a path has not made yet is an empty place there.
class Heap
{
public:
    const Object &at(ObjectId id) const { return *m_objects[static_cast<std::size_t>(id)]; }
    bool has(ObjectId id) const
    {
        return static_cast<std::size_t>(id) < m_objects.size() && m_objects[static_cast<std::size_t>(id)] != nullptr;
    }

    /// The object for changing, made this heap's own first.
    Object &edit(ObjectId id);

    void put(ObjectId id, Object object);

    /// Every id given out so far is below this.
    std::size_t size() const { return m_objects.size(); }

    template <class T>
    const T *as(const Value &value) const
    {
        const auto id = value.asObject();
        return id && has(*id) ? std::get_if<T>(&at(*id)) : nullptr;
    }

    /// What holds when either path was taken: bindings become alternatives, elements of one side only become
    /// Count::Maybe, in an order that keeps that of both sides. `tooMany` is the reason of what exceeds the bounds.
    static Heap join(Heap left, const Heap &right, const OpenReason &tooMany);

private:
    std::vector<std::shared_ptr<const Object>> m_objects;
};

} // namespace nuages::python
