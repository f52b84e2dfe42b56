#include "engine/python/interpreter.h"
#include "engine/python/paths.h"

#include <algorithm>
#include <array>

namespace nuages::python {

namespace {

/// Packages that settings use, whose functions are known by name (environment.cpp, functions.cpp) or have no say in
/// settings. They are not read, as reading them would lead to the environment or to nothing.
constexpr std::array<std::string_view, 14> packagesKnownByName = {
    "celery",  "configurations", "decouple",   "dj_database_url", "django",     "dotenv", "dynaconf",
    "environ", "environs",       "sentry_sdk", "split_settings",  "whitenoise", "ldap",   "structlog"};

/// What of Django is read all the same: its version, its default settings.
bool isReadThough(std::string_view dotted)
{
    return dotted == "django" || dotted == "django.conf" || dotted == "django.conf.global_settings"
        || dotted == "django.utils" || dotted == "django.utils.version";
}

/// Whether `name` is `form` with something in each of its holes.
bool hasForm(std::string_view name, std::string_view form)
{
    const std::size_t at = form.find(hole);
    if (at == form.npos)
        return name == form;
    if (!name.starts_with(form.substr(0, at)))
        return false;
    for (std::size_t taken = at + 1; taken <= name.size(); ++taken) {
        if (hasForm(name.substr(taken), form.substr(at + 1)))
            return true;
    }
    return false;
}

std::string_view topOf(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

bool isKnownByName(std::string_view dotted)
{
    return std::ranges::contains(packagesKnownByName, topOf(dotted)) && !isReadThough(dotted);
}

} // namespace

void Interpreter::runImport(Node statement)
{
    for (const Node name : statement.children(Field::Name)) {
        if (!isRunning())
            return;
        const bool hasAlias = name.is(Kind::AliasedImport);
        const std::string dotted(hasAlias ? name.child(Field::Name).text() : name.text());
        const Value module = import(dotted, place(name));
        if (!m_alive)
            return;
        if (hasAlias)
            bind(std::string(name.child(Field::Alias).text()), module, place(name));
        else if (const std::string top(topOf(dotted)); top == dotted)
            bind(top, module, place(name));
        else
            bind(top, import(top, place(name)), place(name)); // `import a.b` binds a
    }
}

void Interpreter::runImportFrom(Node statement)
{
    const std::string written(statement.child(Field::ModuleName).text());
    const Place here = place(statement);
    std::string compact;
    std::ranges::copy_if(written, std::back_inserter(compact), [](char c) { return c != ' ' && c != '\t'; });
    const auto dotted = absoluteModuleName(packageOf(m_frame->module), compact);
    const Value module = dotted ? import(*dotted, here) : unknown(here, "the import " + written + " leads nowhere");
    if (!isRunning())
        return;
    for (const Node child : statement.children()) {
        if (child.is(Kind::WildcardImport)) {
            importAll(module, compact, here);
            return;
        }
    }
    for (const Node name : statement.children(Field::Name)) {
        if (!isRunning())
            return;
        const bool hasAlias = name.is(Kind::AliasedImport);
        const std::string imported(hasAlias ? name.child(Field::Name).text() : name.text());
        const Value value = importedName(module, imported, place(name));
        if (m_alive)
            bind(hasAlias ? std::string(name.child(Field::Alias).text()) : imported, value, place(name));
    }
}

std::vector<std::string> Interpreter::frontOfPath() const
{
    std::vector<std::string> folders;
    for (const Item &item : std::get<Sequence>(m_heap.at(m_pythonPath)).items) {
        for (const Value &folder : alternativesOf(item.value)) {
            if (const std::string *name = folder.asFileName())
                folders.push_back(*name);
        }
    }
    return folders;
}

std::string Interpreter::packageOf(ObjectId module) const
{
    const auto &found = std::get<Module>(m_heap.at(module));
    if (found.location.form != ModuleLocation::Form::Module)
        return found.dotted;
    const std::size_t dot = found.dotted.rfind('.');
    return dot == std::string::npos ? std::string() : found.dotted.substr(0, dot);
}

ObjectId Interpreter::moduleObject(const std::string &dotted, const ModuleLocation &location)
{
    const auto known = m_modules.find(dotted);
    if (known != m_modules.end() && m_heap.has(known->second))
        return known->second;
    Module module{dotted, location, create(Dictionary{})};
    const Place top{fileNumber(location.file), 1};
    Dictionary &names = this->names(module.scope);
    names.set("__name__", Value::text(dotted, top), top);
    names.set("__file__", Value::text(location.file, top), top);
    const ObjectId id = known != m_modules.end() ? known->second : create(Sequence{});
    m_heap.put(id, std::move(module));
    m_modules.emplace(dotted, id);
    return id;
}

Value Interpreter::import(const std::string &dotted, Place place)
{
    if (isStandardModule(topOf(dotted)))
        return Value::symbol(dotted, place);
    const auto location = m_surroundings.find(frontOfPath(), dotted);
    const bool isExpectedToFail = std::ranges::any_of(m_tries, &Try::catchesImportErrors);
    if (!location && m_commandLine && topOf(dotted) == "django")
        return Value::symbol(dotted, place); // A program of Django's runs where that is.
    if (location) {
        if (isKnownByName(dotted))
            return Value::symbol(dotted, place);
        return Value::object(moduleObject(dotted, *location), place);
    }
    const std::string why = "the module " + dotted + " is not found";
    if (!isExpectedToFail)
        return isKnownByName(dotted) ? Value::symbol(dotted, place) : unknown(place, why);
    // Of a package that is there, we know what is in it; what is installed is known only if we were told where.
    const bool isCertain = m_surroundings.knowsInstalledModules()
        || (topOf(dotted) != dotted && m_surroundings.find(frontOfPath(), topOf(dotted)));
    if (isCertain) {
        raise("ImportError", place, why);
        return unknown(place, why);
    }
    Value module = unknown(place, why);
    either([] {}, [&] { raise("ImportError", place, why); });
    return module;
}

std::optional<Value> Interpreter::submodule(ObjectId module, const std::string &name, Place place)
{
    const Module parent = std::get<Module>(m_heap.at(module));
    if (parent.location.folders.empty())
        return std::nullopt;
    const std::string dotted = parent.dotted + '.' + name;
    const auto location = m_surroundings.find(frontOfPath(), dotted);
    if (!location)
        return std::nullopt;
    if (isKnownByName(dotted))
        return Value::symbol(dotted, place);
    return Value::object(moduleObject(dotted, *location), place);
}

Value Interpreter::moduleAttribute(ObjectId module, const std::string &name, Place place)
{
    const Module before = std::get<Module>(m_heap.at(module));
    if (!before.location.isReadable() && before.location.form != ModuleLocation::Form::Namespace)
        return unknown(place, "the module " + before.dotted + " cannot be read");
    if (before.state == Module::State::New && before.location.isReadable()) {
        if (m_depth >= m_limits.depth)
            return unknown(place, "modules import each other too deeply");
        m_depth += 10;
        runModule(module);
        m_depth -= 10;
    }
    if (!m_alive || !m_heap.has(module))
        return unknown(place, "the module " + before.dotted + " cannot be imported");
    if (name == "__dict__")
        return Value::object(before.scope, place);
    const Dictionary &names = peekNames(before.scope);
    if (const Entry *entry = names.find(name))
        return resolve(entry->value, place);
    if (const auto found = submodule(module, name, place))
        return *found;
    if (!names.open.empty()) {
        ++m_unknowns;
        return {Value::Unknown{names.open.front()}, place};
    }
    if (before.location.form == ModuleLocation::Form::Namespace)
        return unknown(place,
                       before.dotted + "." + name + " is not found: the folder " + before.dotted
                           + " holds no __init__.py, so perhaps its package is not installed here");
    return unknown(place, "the module " + before.dotted + " has no " + name);
}

Value Interpreter::importedName(const Value &module, const std::string &name, Place place)
{
    return forEach(module, [&](const Value &one) -> Value {
        if (one.asSymbol())
            return attribute(one, name, place);
        const auto id = one.asObject();
        if (!id || !m_heap.as<Module>(one))
            return unknownLike(one, place);
        const bool isExpectedToFail = std::ranges::any_of(m_tries, &Try::catchesImportErrors);
        // What has run, or runs and imports us, has the value now; running what is new can wait until it is asked for.
        const Module &found = *m_heap.as<Module>(one);
        if (found.state != Module::State::New) {
            if (const Entry *entry = peekNames(found.scope).find(name))
                return resolve(entry->value, place);
        }
        if (!isExpectedToFail)
            return {Value::Imported{*id, std::make_shared<const std::string>(name)}, place};
        const Value value = moduleAttribute(*id, name, place);
        if (!m_alive)
            return value;
        const Dictionary &names = peekNames(m_heap.as<Module>(one)->scope);
        const bool isThere = !value.asUnknown() || names.find(name) || !names.open.empty();
        if (!isThere && m_heap.as<Module>(one)->location.isReadable())
            raise("ImportError", place, reasonOf(value).why);
        return value;
    });
}

void Interpreter::importAll(const Value &module, const std::string &dotted, Place place)
{
    const ObjectId target = m_frame->scopes.front();
    forEach(module, [&](const Value &one) -> Value {
        const Value done = Value::none(place);
        const auto *found = m_heap.as<Module>(one);
        if (!found || !found->location.isReadable()) {
            // A module known by name holds functions and constants of its own; nothing that settings are made of.
            if (!one.asSymbol()) {
                const std::string why =
                    one.asUnknown() ? one.asUnknown()->why : "the module " + dotted + " cannot be read";
                OpenReason cause = reason(place, "import *: " + why);
                if (one.asUnknown() && one.asUnknown()->doubt > cause.doubt) {
                    cause.doubt = one.asUnknown()->doubt;
                    cause.variable = one.asUnknown()->variable;
                }
                openNames(target, std::make_shared<const OpenReason>(std::move(cause)), false);
            }
            return done;
        }
        const ObjectId scope = found->scope;
        moduleAttribute(*one.asObject(), "__all__", place);
        if (!isRunning())
            return done;
        const Dictionary names = peekNames(scope);
        spend(names.entries.size());
        std::optional<std::vector<std::string>> listed;
        if (const Entry *all = names.find("__all__")) {
            listed.emplace();
            for (const Item &item : elements(all->value, place)) {
                for (const Value &name : alternativesOf(item.value)) {
                    if (name.asText())
                        listed->push_back(*name.asText());
                    else
                        openNames(target, sharedReasonOf(name), false);
                }
            }
        }
        for (const auto &why : names.open)
            openNames(target, why, false);
        for (const Entry &entry : names.entries) {
            const std::string *name = entry.key.asText();
            if (!name || (listed ? !std::ranges::contains(*listed, *name) : name->starts_with('_')))
                continue;
            const Entry *old = peekNames(target).find(entry.key);
            if (entry.isCertain || !old)
                this->names(target).set(entry.key, entry.value);
            else
                this->names(target).set(entry.key, choose({old->value, entry.value}));
        }
        if (listed) {
            for (const std::string &name : *listed) {
                if (!names.find(name))
                    this->names(target).set(name, moduleAttribute(*one.asObject(), name, place), place);
            }
        }
        return done;
    });
}

// django-split-settings: `include("base.py", optional("local.py"))` runs the files in the names of the caller.
void Interpreter::includeFiles(const Arguments &arguments)
{
    const std::string &here = m_files[m_frame->file];
    const std::string folder = here.substr(0, here.rfind('/'));
    for (const Value &argument : arguments.positional) {
        forEach(argument, [&](const Value &one) {
            includeFile(folder, one);
            return Value::none(one.place);
        });
    }
}

void Interpreter::includeFile(const std::string &folder, const Value &file)
{
    const std::vector<ObjectId> scopes{m_frame->scopes.back()};
    const std::string *name = file.asFileName();
    if (!name) {
        const std::string *form = file.asForm();
        std::vector<std::string> files;
        if (form && file.asUnknown()->doubt == Doubt::Unread)
            files = filesOfForm(joinPaths(folder, *form));
        if (files.empty())
            openModule(sharedReasonOf(file));
        else
            runOneOf(files, file.place, scopes);
        return;
    }
    const std::string path = name->starts_with('/') ? *name : folder + '/' + *name;
    if (name->find_first_of("*?[") == std::string::npos) {
        if (m_surroundings.kindOf(path) == PathKind::File)
            runFile(path, file.place, scopes);
        return;
    }
    const std::string inFolder = path.substr(0, path.rfind('/'));
    if (path.substr(inFolder.size()) != "/*.py" || inFolder.find_first_of("*?[") != std::string::npos) {
        openModule(std::make_shared<const OpenReason>(reason(file.place, "the pattern " + *name + " is not read")));
        return;
    }
    for (const std::string &entry : m_surroundings.list(inFolder)) {
        if (entry.ends_with(".py"))
            runFile(inFolder + '/' + entry, file.place, scopes);
    }
}

/// The files that a path with holes can mean, the running one left out.
std::vector<std::string> Interpreter::filesOfForm(const std::string &form)
{
    const std::string path = normalPath(joinPaths(m_surroundings.workingFolder(), form));
    std::vector<std::string> found{std::string()};
    for (std::string_view rest = path; !rest.empty();) {
        rest.remove_prefix(1); // the slash before each part
        const std::string part(rest.substr(0, rest.find('/')));
        rest.remove_prefix(part.size());
        if (!part.contains(hole)) {
            for (std::string &each : found)
                each += '/' + part;
            continue;
        }
        std::vector<std::string> further;
        for (const std::string &folder : found) {
            for (const std::string &entry : m_surroundings.list(folder.empty() ? "/" : folder)) {
                if (spend() && hasForm(entry, part))
                    further.push_back(folder + '/' + entry);
            }
        }
        found = std::move(further);
    }
    std::erase_if(found, [&](const std::string &file) {
        return file == m_files[m_frame->file] || m_surroundings.kindOf(file) != PathKind::File;
    });
    return found;
}

/// The modules that a dotted name with holes can mean.
std::vector<std::string> Interpreter::modulesOfForm(const std::string &form)
{
    std::vector<std::string> found{std::string()};
    for (std::string_view rest = form; !rest.empty();) {
        const std::string part(rest.substr(0, rest.find('.')));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        std::vector<std::string> further;
        for (const std::string &before : found) {
            const std::string prefix = before.empty() ? before : before + '.';
            if (!part.contains(hole)) {
                further.push_back(prefix + part);
                continue;
            }
            const auto package = before.empty() ? std::nullopt : m_surroundings.find(frontOfPath(), before);
            for (const std::string &folder : package ? package->folders : std::vector<std::string>()) {
                for (std::string entry : m_surroundings.list(folder)) {
                    const bool isModule = entry.ends_with(".py");
                    if (isModule)
                        entry.resize(entry.size() - 3);
                    if (!spend() || entry.starts_with("__") || !hasForm(entry, part)
                        || folder + '/' + entry + ".py" == m_files[m_frame->file])
                        continue;
                    if (isModule || m_surroundings.kindOf(folder + '/' + entry + "/__init__.py") == PathKind::File)
                        further.push_back(prefix + entry);
                }
            }
        }
        found = std::move(further);
    }
    return found;
}

void Interpreter::runOneOf(const std::vector<std::string> &files, Place place, const std::vector<ObjectId> &scopes)
{
    constexpr std::size_t most = 16;
    if (files.size() > most) {
        openModule(std::make_shared<const OpenReason>(reason(place, "too many files may be meant here")));
        return;
    }
    const std::function<void(std::size_t)> runFrom = [&](std::size_t next) {
        const auto one = [&] { runFile(files[next], place, scopes); };
        if (next + 1 == files.size())
            one();
        else
            either(one, [&] { runFrom(next + 1); });
    };
    runFrom(0);
}

void Interpreter::runFile(const std::string &file, Place place, std::vector<ObjectId> scopes)
{
    if (m_depth >= m_limits.depth) {
        openModule(std::make_shared<const OpenReason>(reason(place, "files include each other too deeply")));
        return;
    }
    if (std::ranges::contains(m_runningFiles, file)) {
        openModule(std::make_shared<const OpenReason>(reason(place, "the file " + lastOf(file) + " runs itself")));
        return;
    }
    auto found = m_trees.find(file);
    if (found == m_trees.end())
        found = m_trees.emplace(file, m_surroundings.parse(file)).first;
    Frame frame = *m_frame;
    frame.file = fileNumber(file);
    frame.scopes = std::move(scopes);
    m_depth += 10;
    m_runningFiles.push_back(file);
    spend(found->second.text().size() / 200 + 1);
    runBody(found->second.root(), frame);
    m_runningFiles.pop_back();
    m_depth -= 10;
}

// exec(): the text of a file runs as that file would.
void Interpreter::runCode(const Value &code, Place place, const std::vector<ObjectId> &scopes)
{
    const auto open = [&](std::string why) {
        const auto cause = std::make_shared<const OpenReason>(reason(place, std::move(why)));
        if (isModuleScope(scopes.front()))
            openNames(scopes.front(), cause, true);
        else
            openModule(cause);
    };
    forEach(code, [&](const Value &one) {
        const std::string *file = one.asFile();
        const std::string *form = one.asForm();
        std::vector<std::string> files;
        if (form && one.asUnknown()->doubt == Doubt::Unread)
            files = filesOfForm(*form);
        if (file && m_surroundings.kindOf(*file) == PathKind::File)
            runFile(*file, place, scopes);
        else if (file)
            open("exec runs the file " + lastOf(*file) + ", which is not there");
        else if (!files.empty())
            runOneOf(files, place, scopes);
        else if (form)
            openModule(sharedReasonOf(one));
        else
            open("exec runs code that is not read");
        return Value::none(place);
    });
}

Value Interpreter::openFile(const std::string &path, Place place)
{
    const std::string file = normalPath(joinPaths(m_surroundings.workingFolder(), path));
    if (!m_tries.empty() && m_surroundings.kindOf(file) != PathKind::File)
        raise("FileNotFoundError", place, "the file " + lastOf(file) + " is not there");
    return Value::file(file, place);
}

} // namespace nuages::python
