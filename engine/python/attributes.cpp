#include "engine/python/interpreter.h"
#include "engine/python/paths.h"

#include <utility>

namespace nuages::python {

Value Interpreter::evaluateAttribute(Node expression)
{
    const Value object = evaluate(expression.child(Field::Object));
    const std::string name(expression.child(Field::Attribute).text());
    const Place here = place(expression);
    return forEach(object, [&](const Value &one) { return attribute(one, name, here); });
}

Value Interpreter::attribute(const Value &object, const std::string &name, Place place)
{
    if (const std::string *symbol = object.asSymbol()) {
        if (*symbol == "sys" && name == "path")
            return Value::object(m_pythonPath, place);
        if (*symbol == "sys" && name == "argv" && m_commandLine)
            return Value::object(*m_commandLine, place);
        const std::string dotted = *symbol + '.' + name;
        if (dotted == "os.sep" || dotted == "os.path.sep")
            return Value::text("/", place);
        if (dotted == "os.curdir")
            return Value::text(".", place);
        if (dotted == "os.pardir")
            return Value::text("..", place);
        if (dotted == "typing.TYPE_CHECKING")
            return Value::truth(false, place);
        return Value::symbol(dotted, place);
    }
    if (const std::string *path = object.asPath()) {
        if (name == "parent")
            return Value::path(parentOf(*path), place);
        if (name == "name")
            return Value::text(lastOf(*path), place);
        if (name == "stem")
            return Value::text(stemOf(*path), place);
        if (name == "suffix")
            return Value::text(lastOf(*path).substr(stemOf(*path).size()), place);
        if (name == "parents") {
            std::vector<Item> parents;
            for (std::string at = *path; parentOf(at) != at; at = parentOf(at))
                parents.push_back({Value::path(parentOf(at), place)});
            return makeSequence(Sequence::Kind::Tuple, std::move(parents), place);
        }
        return unknown(place, "the attribute " + name + " of a path is not read");
    }
    if (m_heap.as<Module>(object))
        return moduleAttribute(*object.asObject(), name, place);
    if (const auto *cls = m_heap.as<Class>(object)) {
        const Class copy = *cls;
        return classAttribute(copy, name, place);
    }
    if (object.asUnknown())
        return unknownLike(object, place);
    // A bound method that is kept may change its object at any time.
    const Value result = unknown(place, "the attribute " + name + " is not read");
    open(object, sharedReasonOf(result));
    return result;
}

Value Interpreter::resolve(const Value &value, Place place)
{
    const auto *imported = std::get_if<Value::Imported>(&value.data);
    if (!imported)
        return value;
    if (!m_heap.has(imported->module))
        return unknown(place, "the name " + *imported->name + " is not imported on this path");
    const std::string name = *imported->name;
    if (m_depth >= m_limits.depth || !spend())
        return unknown(place, "the name " + name + " is imported in a circle");
    ++m_depth;
    Value found = moduleAttribute(imported->module, name, place);
    --m_depth;
    return found;
}

} // namespace nuages::python
