#include "engine/python/interpreter.h"

#include <algorithm>

namespace nuages::python {

namespace {

/// Packages that read settings from the environment: an object of theirs is called, or a method on it, with the name
/// of a variable. What the value becomes by then is theirs to say, so a variable that is set is as unknown as another.
constexpr std::string_view readers[] = {"environ.Env()",         "environ.FileAwareEnv()",  "environs.Env()",
                                        "environs.env",          "environs.FileAwareEnv()", "decouple.config",
                                        "decouple.AutoConfig()", "decouple.Config()",       "dotenv.get_key"};

} // namespace

// A variable that is not set here may be set where the program runs: a default is one alternative of two.
Value Interpreter::variable(const Value &name, const Value *fallback, Place place, std::string_view reader)
{
    return forEach(name, [&](const Value &one) -> Value {
        const std::string *text = one.asText();
        if (!text)
            return unknown(place, std::string(reader) + " is asked for a name that is not known");
        std::vector<Value> values;
        if (const Entry *entry = peekNames(m_environment).find(*text)) {
            values.push_back(entry->value);
            if (entry->isCertain)
                return entry->value;
        }
        if (const auto set = m_surroundings.variable(*text)) {
            values.push_back(Value::text(*set, place));
            return choose(std::move(values));
        }
        if (fallback)
            values.push_back(*fallback);
        values.push_back(unknown(place, "the environment variable " + *text + " is not set"));
        return choose(std::move(values));
    });
}

std::optional<Value> Interpreter::environMethod(const std::string &name, const Arguments &arguments)
{
    const Value *key = arguments.get(0, "key");
    const Value none = Value::none(arguments.place);
    if (!key)
        return std::nullopt;
    const Value *fallback = arguments.get(1, "default");
    if (name == "get" || name == "pop")
        return variable(*key, fallback ? fallback : &none, arguments.place, "os.environ");
    if (name == "setdefault" && key->asText()) {
        Value value = variable(*key, fallback, arguments.place, "os.environ");
        names(m_environment).set(*key, value);
        return value;
    }
    return std::nullopt;
}

bool Interpreter::isEnvironmentReader(std::string_view symbol) const
{
    if (symbol == "os.getenv" || symbol == "os.environ.get")
        return true;
    return std::ranges::any_of(readers, [symbol](std::string_view reader) {
        if (!symbol.starts_with(reader))
            return false;
        const std::string_view rest = symbol.substr(reader.size());
        return rest.empty() ? !reader.ends_with(')') || symbol == reader
                            : rest.starts_with('.') && rest.find('(') == rest.npos;
    });
}

Value Interpreter::readEnvironment(const std::string &reader, const Arguments &arguments)
{
    if (reader == "os.getenv" || reader == "os.environ.get")
        return *environMethod("get",
                              arguments.get(0, "key")
                                  ? arguments
                                  : Arguments{{unknown(arguments.place, "no name")}, {}, {}, arguments.place});
    const Value *name = arguments.get(0, "var");
    const bool hasName = name && (name->asText() || !name->isKnown());
    if (!hasName || reader.ends_with(".read_env") || reader.ends_with(".read_envfile"))
        return Value::symbol(reader + "()", arguments.place);
    std::vector<Value> values;
    if (const Value *fallback = arguments.get(1, "default"); fallback)
        values.push_back(*fallback);
    const std::string which =
        name->asText() ? "the environment variable " + *name->asText() : "an environment variable";
    values.push_back(unknown(arguments.place, which + " is read with " + reader.substr(0, reader.find('.'))));
    return choose(std::move(values));
}

} // namespace nuages::python
