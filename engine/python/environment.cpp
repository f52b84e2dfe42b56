#include "engine/python/envfile.h"
#include "engine/python/functions.h"
#include "engine/python/interpreter.h"
#include "engine/python/paths.h"

#include <algorithm>
#include <array>

namespace nuages::python {

namespace {

/// Packages that read settings from the environment: an object of theirs is called, or a method on it, with the name
/// of a variable.
constexpr std::string_view readers[] = {"environ.Env()",      "environ.Env",          "environ.FileAwareEnv()",
                                        "environs.Env()",     "environs.env",         "environs.FileAwareEnv()",
                                        "decouple.config",    "decouple.AutoConfig(", "decouple.Config(",
                                        "dotenv.load_dotenv", "dotenv.get_key",       "dynaconf.Dynaconf("};

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

/// What stands in the brackets that end `symbol`: "/a/.env" of "decouple.Config(/a/.env)".
std::string inBrackets(const std::string &symbol)
{
    const std::size_t begin = symbol.find('(');
    return begin == symbol.npos ? std::string() : symbol.substr(begin + 1, symbol.rfind(')') - begin - 1);
}

} // namespace

/// The value that the program itself, a file it loads or the environment gives; nullopt if it is not set.
std::optional<Value> Interpreter::setVariable(const std::string &name, Place place) const
{
    const Entry *entry = peekNames(m_environment).find(name);
    if (entry && entry->isCertain)
        return entry->value;
    if (const auto set = m_surroundings.variable(name))
        return Value::text(*set, place);
    return std::nullopt;
}

Value Interpreter::unsetVariable(const std::string &name, Doubt doubt, Place place) const
{
    OpenReason why = reason(place, "the environment variable " + name + " is not set");
    why.doubt = std::max(why.doubt, doubt);
    why.variable = name;
    return Value::unknown(std::move(why), place);
}

/// Whether a default, or each of several, is nothing that a list of names could get anything from.
bool Interpreter::addsNothing(const Value &value) const
{
    return std::ranges::all_of(alternativesOf(value), [this](const Value &one) {
        const std::string *text = one.asText();
        if (text)
            return text->find_first_not_of(" \t\n,;:") == text->npos;
        return one.asUnknown() || (truth(one) == Truth::No && !std::holds_alternative<std::int64_t>(one.data));
    });
}

/// os.environ[name] of a variable that is not set. That raises, so a handler is as good as a default; what comes after
/// it in the try block is about another environment.
Value Interpreter::missingVariable(const std::string &name, Place place)
{
    const auto handled = std::ranges::find_if(m_tries.rbegin(), m_tries.rend(), &Try::catchesKeyErrors);
    if (handled == m_tries.rend()) {
        ++m_unknowns;
        return unsetVariable(name, Doubt::Unread, place);
    }
    const auto fail = [&] { raise("KeyError", place, "the environment variable " + name + " is not set"); };
    if (m_commandLine)
        fail();
    else
        either([] { }, fail);
    return unsetVariable(name, (*handled)->addsNothing ? Doubt::EmptyDefault : Doubt::OtherValue, place);
}

// A variable that is not set has its default. What it may be elsewhere is an alternative of which nothing is known; how
// much that opens is the doubt of its reason.
Value Interpreter::variable(const Value &name, const Value *fallback, Place place, std::string_view reader)
{
    return forEach(name, [&](const Value &one) -> Value {
        const std::string *text = one.asText();
        if (!text)
            return unknown(place, std::string(reader) + " is asked for a name that is not known");
        if (const auto set = setVariable(*text, place))
            return *set;
        std::vector<Value> values;
        if (const Entry *entry = peekNames(m_environment).find(*text))
            values.push_back(entry->value);
        if (fallback)
            values.push_back(*fallback);
        if (fallback && !m_commandLine)
            values.push_back(
                unsetVariable(*text, addsNothing(*fallback) ? Doubt::EmptyDefault : Doubt::OtherValue, place));
        if (values.empty())
            return missingVariable(*text, place);
        if (!fallback && !m_commandLine) {
            ++m_unknowns;
            values.push_back(unsetVariable(*text, Doubt::Unread, place));
        }
        return choose(std::move(values));
    });
}

std::optional<Value> Interpreter::environMethod(const std::string &name, const Arguments &arguments)
{
    const Value *key = arguments.get(0, "key");
    Value none = Value::none(arguments.place);
    if (name == "update") {
        Dictionary set = peekNames(m_environment);
        for (const Value &source : arguments.positional)
            update(set, source, arguments.place);
        for (const auto &[variable, value] : arguments.keywords)
            set.set(variable, value, arguments.place);
        m_heap.edit(m_environment) = std::move(set);
        return none;
    }
    if (!key)
        return std::nullopt;
    const Value *fallback = arguments.get(1, "default");
    if (name == "get" || (name == "pop" && fallback))
        return variable(*key, fallback ? fallback : &none, arguments.place, "os.environ");
    if (name == "pop")
        return variable(*key, nullptr, arguments.place, "os.environ");
    if (name == "setdefault" && key->asText()) {
        Value value = variable(*key, fallback, arguments.place, "os.environ");
        names(m_environment).set(*key, value);
        return value;
    }
    return std::nullopt;
}

bool Interpreter::isEnvironmentReader(std::string_view symbol) const
{
    if (symbol == "os.getenv" || symbol == "os.environ.get" || symbol == "environ.Env"
        || symbol == "environ.FileAwareEnv" || symbol == "decouple.AutoConfig" || symbol == "decouple.Config"
        || symbol == "decouple.RepositoryEnv" || symbol == "decouple.RepositoryIni" || symbol == "dotenv.find_dotenv"
        || symbol == "dotenv.main.load_dotenv" || symbol == "dynaconf.Dynaconf" || symbol == "dynaconf.LazySettings")
        return true;
    return std::ranges::any_of(readers, [symbol](std::string_view reader) {
        if (!symbol.starts_with(reader))
            return false;
        std::string_view rest = symbol.substr(reader.size());
        if (reader.ends_with('(')) {
            if (!rest.contains(')'))
                return false;
            rest = rest.substr(rest.rfind(')') + 1);
        }
        return rest.empty() || (rest.starts_with('.') && rest.find('(') == rest.npos);
    });
}

Value Interpreter::readEnvironment(const std::string &reader, const Arguments &arguments)
{
    const Place here = arguments.place;
    const std::string_view package = std::string_view(reader).substr(0, reader.find('.'));
    if (package == "os")
        return *environMethod(
            "get", arguments.get(0, "key") ? arguments : Arguments{{unknown(here, "no name")}, {}, {}, here});
    if (reader == "environ.Env" || reader == "environ.FileAwareEnv") {
        declareVariables(arguments);
        return Value::symbol(reader + "()", here);
    }
    if (reader == "decouple.AutoConfig" || reader.starts_with("decouple.Repository") || reader == "decouple.Config") {
        const Value *path = arguments.get(0, "search_path");
        const std::string *repository = path ? path->asSymbol() : nullptr;
        const std::string named = repository ? inBrackets(*repository)
            : path && path->asFileName() ? normalPath(joinPaths(m_surroundings.workingFolder(), *path->asFileName()))
                                         : std::string();
        return Value::symbol(reader + "(" + named + ")", here);
    }
    if (reader.ends_with(".read_env") || reader.ends_with(".read_envfile") || reader.ends_with("load_dotenv")
        || reader.ends_with(".find_dotenv")) {
        if (reader.ends_with("find_dotenv")) {
            const std::string folder = folderOf(m_files[m_frame->file]);
            const auto found = nearestFile(folder, std::array{std::string(".env")});
            return Value::text(found.value_or(""), here);
        }
        loadVariables(reader.ends_with("load_dotenv") ? "dotenv" : package, arguments);
        return Value::none(here);
    }
    if (package == "dynaconf")
        return reader.contains('(') ? dynaconfValue(reader, arguments) : openDynaconf(arguments);
    const Value *name = arguments.get(0, "var");
    if (!name)
        name = arguments.get(0, "option");
    if (!name || (!name->asText() && name->isKnown()))
        return Value::symbol(reader + "()", here);
    const std::string suffix = reader.substr(reader.rfind(')') == reader.npos ? 0 : reader.rfind(')') + 1);
    const bool isMethod =
        suffix.starts_with('.') || reader.starts_with("environs.env.") || reader.starts_with("environ.Env.");
    const std::string kind = isMethod ? reader.substr(reader.rfind('.') + 1) : std::string();
    const bool takesCast =
        package == "environ" && (kind.empty() || kind == "list" || kind == "tuple" || kind == "get_value");
    const bool castIsLast = package == "decouple";
    const Value *cast = arguments.get(takesCast ? 1 : castIsLast ? 2 : 99, "cast");
    const Value *fallback = arguments.get(takesCast ? 2 : 1, "default");
    std::string repository;
    if (package == "decouple") {
        const std::array files{std::string("settings.ini"), std::string(".env")};
        repository = inBrackets(reader);
        if (!reader.starts_with("decouple.Config("))
            repository =
                nearestFile(repository.empty() ? folderOf(m_files[m_frame->file]) : repository, files).value_or("");
    }
    return forEach(*name, [&](const Value &one) -> Value {
        if (!one.asText())
            return unknown(here, reader + " is asked for a name that is not known");
        return readVariable(package, *one.asText(), fallback, cast, kind, repository, here);
    });
}

Value Interpreter::readVariable(std::string_view package, const std::string &name, const Value *fallback,
                                const Value *cast, std::string_view kind, const std::string &repository, Place place)
{
    std::optional<Value> declaredDefault;
    std::optional<Value> declaredCast;
    if (const Entry *declared = package == "environ" ? peekNames(m_declared).find(name) : nullptr) {
        const auto *pair = m_heap.as<Sequence>(declared->value);
        const bool isPair = pair && pair->kind == Sequence::Kind::Tuple && pair->items.size() == 2;
        if (isPair) {
            declaredCast = pair->items[0].value;
            declaredDefault = pair->items[1].value;
        } else {
            declaredCast = declared->value;
        }
        if (!cast && kind.empty())
            cast = &*declaredCast;
        if (!fallback && declaredDefault)
            fallback = &*declaredDefault;
    }
    std::optional<Value> set = setVariable(name, place);
    if (!set && !repository.empty())
        set = inRepository(repository, name, place);
    if (set)
        return converted(package, kind,
                         cast                                   ? cast
                             : fallback && package == "environ" ? fallback
                                                                : nullptr,
                         *set, place);
    if (!fallback) {
        ++m_unknowns;
        return unsetVariable(name, Doubt::Unread, place);
    }
    // decouple casts its default too.
    Value value = package == "decouple" && cast && fallback->asText() ? converted(package, kind, cast, *fallback, place)
                                                                      : *fallback;
    if (m_commandLine)
        return value;
    const Doubt doubt = addsNothing(value) || addsNothing(*fallback) ? Doubt::EmptyDefault : Doubt::OtherValue;
    return choose({value, unsetVariable(name, doubt, place)});
}

/// Dynaconf(…): a symbol with the prefix of the variables in brackets where no file gives it values.
/// Source: dynaconf/base.py and default_settings.py, 3.2.
Value Interpreter::openDynaconf(const Arguments &arguments)
{
    const Place here = arguments.place;
    static constexpr std::array plain{"envvar_prefix", "environments", "merge_enabled", "settings_file",
                                      "settings_files"};
    const bool isPlain = arguments.positional.empty() && arguments.unread.empty()
        && std::ranges::all_of(arguments.keywords,
                               [](const auto &one) { return std::ranges::contains(plain, one.first); });
    std::vector<std::string> files{"settings.toml", "settings.yaml", "settings.yml", "settings.json", "settings.ini"};
    bool isKnown = isPlain && !setVariable("SETTINGS_FILE_FOR_DYNACONF", here)
        && !setVariable("SETTINGS_FILES_FOR_DYNACONF", here) && !setVariable("INCLUDES_FOR_DYNACONF", here);
    for (const char *keyword : {"settings_file", "settings_files"}) {
        const Value *named = arguments.get(99, keyword);
        for (const Item &item : !named ? std::vector<Item>()
                 : named->asFileName() ? std::vector{Item{*named}}
                                       : elements(*named, here)) {
            if (const std::string *file = item.value.asFileName())
                files.push_back(*file);
            else
                isKnown = false;
        }
    }
    const Value *prefix = arguments.get(99, "envvar_prefix");
    if (!isKnown || (prefix && !prefix->asText() && !prefix->isNone()))
        return unknown(here, "dynaconf takes its values from what is not read");
    if (const auto found = nearestFile(folderOf(m_files[m_frame->file]), files))
        return unknown(here, "dynaconf takes its values from " + lastOf(*found) + ", which is not read");
    return Value::symbol("dynaconf.Dynaconf(" + (prefix && prefix->asText() ? *prefix->asText() : "DYNACONF") + ")",
                         here);
}

/// `settings.get(name, default)` or `settings(name, default=…)`.
Value Interpreter::dynaconfValue(const std::string &reader, const Arguments &arguments)
{
    const Place here = arguments.place;
    const std::string_view method = std::string_view(reader).substr(reader.rfind(')') + 1);
    const Value *name = arguments.get(0, "key");
    if ((!method.empty() && method != ".get") || !name)
        return Value::symbol(reader + "()", here);
    const Value *given = arguments.get(1, "default");
    const Value fallback = given ? *given : Value::none(here);
    return forEach(*name, [&](const Value &one) -> Value {
        if (!one.asText())
            return unknown(here, "dynaconf is asked for a name that is not known");
        std::string variable = inBrackets(reader) + '_' + *one.asText();
        std::ranges::transform(variable, variable.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c; });
        if (setVariable(variable, here))
            return unknown(here, "the environment variable " + variable + " is TOML, which is not read");
        return choose(
            {fallback, unsetVariable(variable, addsNothing(fallback) ? Doubt::EmptyDefault : Doubt::OtherValue, here)});
    });
}

/// What the reader makes of `text`: by the name of its method, or by a type, a function or (environ) another value
/// whose type counts.
Value Interpreter::converted(std::string_view package, std::string_view kind, const Value *cast, const Value &text,
                             Place place)
{
    const std::string *raw = text.asText();
    if (!raw)
        return unknownLike(text, place);
    std::string type(kind);
    const std::string *symbol = cast ? cast->asSymbol() : nullptr;
    const auto *sequence = cast ? m_heap.as<Sequence>(*cast) : nullptr;
    if (type.empty() && symbol)
        type = symbol->starts_with("builtins.") ? symbol->substr(9) : *symbol;
    else if (type.empty() && sequence)
        type = sequence->kind == Sequence::Kind::Tuple ? "tuple" : "list";
    else if (type.empty() && cast && std::holds_alternative<bool>(cast->data))
        type = "bool";
    else if (type.empty() && cast && m_heap.as<Function>(*cast))
        return call(*cast, Arguments{{text}, {}, {}, place});
    else if (type.empty() && cast && !cast->asText() && !cast->isNone())
        return unknown(place, "what becomes of this variable is not read");
    if (type.empty() || type == "str" || type == "get_value")
        return text;
    if (type == "path")
        return Value::path(plainPath(*raw), place);
    if (type == "bool") {
        static constexpr std::string_view trues[] = {"t", "true", "on", "ok", "y", "yes", "1"};
        return Value::truth(std::ranges::contains(trues, lowered(*raw)), place);
    }
    if (type == "int") {
        const auto number = knownFunction("builtins.int")->run(*this, Arguments{{text}, {}, {}, place});
        return number ? *number : unknown(place, "this number is not read");
    }
    const bool isCsv = type.starts_with("decouple.Csv");
    if (type != "list" && type != "tuple" && !isCsv)
        return unknown(place, "what becomes of this variable is not read");
    if (isCsv && raw->find_first_of("'\"\\") != raw->npos)
        return unknown(place, "quotes in this variable are not read");
    std::vector<Item> items;
    std::string_view rest = *raw;
    if (type == "tuple" && package == "environ") {
        while (rest.starts_with('('))
            rest.remove_prefix(1);
        while (rest.ends_with(')'))
            rest.remove_suffix(1);
    }
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view part = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        if (isCsv) {
            part.remove_prefix(std::min(part.find_first_not_of(" \t\r\n"), part.size()));
            part = part.substr(0, part.find_last_not_of(" \t\r\n") + 1);
        }
        if (!part.empty() || package == "environs")
            items.push_back({Value::text(std::string(part), place)});
    }
    return makeSequence(type == "tuple" ? Sequence::Kind::Tuple : Sequence::Kind::List, std::move(items), place);
}

/// The first file of one of the names in `folder` or above it; decouple and dotenv look so.
std::optional<std::string> Interpreter::nearestFile(std::string folder, std::span<const std::string> names)
{
    while (true) {
        for (const std::string &name : names) {
            std::string file = joinPaths(folder, name);
            if (m_surroundings.kindOf(file) == PathKind::File)
                return file;
        }
        const std::string above = parentOf(folder);
        if (above == folder || above == "/")
            return std::nullopt;
        folder = above;
    }
}

std::optional<Value> Interpreter::inRepository(const std::string &file, const std::string &name, Place place)
{
    const std::string text = m_surroundings.read(file);
    spend(text.size() / 64);
    const bool isIni = file.ends_with(".ini");
    const std::optional<Variables> variables =
        isIni ? readIniSection(text, "settings") : std::optional(readDecoupleFile(text));
    if (!variables)
        return unknown(place, "the file " + file + " refers to other options, which is not read");
    const auto found =
        std::ranges::find(*variables, isIni ? lowered(name) : name, &std::pair<std::string, std::string>::first);
    return found == variables->end() ? std::nullopt : std::optional(Value::text(found->second, place));
}

// environ.Env.read_env, environs' read_env, load_dotenv: the file sets what is not set yet, or all with `override`.
void Interpreter::loadVariables(std::string_view package, const Arguments &arguments)
{
    const Place here = arguments.place;
    const Value *named = arguments.get(0,
                                       package == "environ"      ? "env_file"
                                           : package == "dotenv" ? "dotenv_path"
                                                                 : "path");
    const std::string folder = folderOf(m_files[m_frame->file]);
    std::vector<std::string> files;
    if (!named || named->isNone() || (package == "dotenv" && named->asText() && named->asText()->empty())) {
        if (package == "environ")
            files = {joinPaths(folder, ".env")};
        else if (const auto found = nearestFile(folder, std::array{std::string(".env")}))
            files = {*found};
    } else {
        for (const Value &one : alternativesOf(*named)) {
            if (one.asFileName())
                files.push_back(normalPath(joinPaths(m_surroundings.workingFolder(), *one.asFileName())));
        }
        if (package == "environs" && files.size() == 1) // it looks upwards for a file that is named, too
            files = {nearestFile(folderOf(files.front()), std::array{lastOf(files.front())}).value_or(files.front())};
    }
    const Value *override = arguments.get(package == "environ"        ? 1
                                              : package == "environs" ? 3
                                                                      : 99,
                                          package == "environ" ? "overwrite" : "override");
    const bool overrides = override && truth(*override) == Truth::Yes;
    for (const std::string &file : files) {
        if (m_surroundings.kindOf(file) != PathKind::File)
            continue;
        const std::string text = m_surroundings.read(file);
        spend(text.size() / 64);
        const auto lookUp = [&](const std::string &name) -> std::optional<std::string> {
            const auto value = setVariable(name, here);
            return value && value->asText() ? std::optional(*value->asText()) : std::nullopt;
        };
        for (const auto &[name, value] : package == "environ" ? readEnvironFile(text) : readDotenvFile(text, lookUp)) {
            if (!setVariable(name, here) || overrides)
                names(m_environment).set(name, Value::text(value, here), here);
        }
    }
    // environ sets what it is given by keywords, too.
    for (const auto &[name, value] : arguments.keywords) {
        if (package == "environ" && value.asText() && name != "env_file" && name != "encoding")
            names(m_environment).set(name, value, here);
    }
}

// environ.Env(NAME=(type, default))
void Interpreter::declareVariables(const Arguments &arguments)
{
    for (const auto &[name, value] : arguments.keywords)
        names(m_declared).set(name, value, arguments.place);
}

} // namespace nuages::python
