#include "engine/project/apps/appconfig.h"

#include "engine/project/libraries/reading/interpreter.h"
#include "engine/project/searchpath.h"
#include "engine/python/findmodule.h"
#include "engine/source/files.h"
#include "engine/source/path.h"

#include <algorithm>

namespace nuages::project {

namespace {

using reading::Class;
using reading::Interpreter;
using reading::ModuleScope;
using reading::Value;

/// The AppConfig classes of a module, those it imports included, and what their `default` says.
struct Candidate {
    const Class *type;
    bool isDefault = false; ///< `default = True`, its own or inherited.
};

std::vector<Candidate> candidatesIn(Interpreter &interpreter, ModuleScope &module)
{
    std::vector<Candidate> found;
    for (const auto &[name, statements] : module.bindings) {
        // An imported name is looked for, and its module parsed, only if it can be meant for a configuration.
        const bool isImported = std::ranges::all_of(statements, [](python::Node statement) {
            return statement.is(python::Kind::ImportFromStatement) || statement.is(python::Kind::ImportStatement);
        });
        if (isImported && !name.contains("Config") && !name.contains("App"))
            continue;
        const Class *type = interpreter.lookUp(module, name).object<Class>();
        if (!type || !interpreter.derivesFrom(*type, "django.apps.AppConfig")
            || std::ranges::contains(found, type, &Candidate::type))
            continue;
        const auto chosen = interpreter.findInClass(*type, "default");
        const bool *known = chosen ? chosen->as<bool>() : nullptr;
        if (!known || *known)
            found.push_back({type, known && *known});
    }
    return found;
}

/// The class that stands for the app when its entry is the module; null: Django's own AppConfig.
const Class *defaultConfig(Interpreter &interpreter, ModuleScope &module)
{
    const auto candidates = candidatesIn(interpreter, module);
    if (candidates.size() == 1)
        return candidates.front().type;
    const auto marked = std::ranges::find(candidates, true, &Candidate::isDefault);
    return marked == candidates.end() ? nullptr : marked->type;
}

std::optional<std::string> textOf(Interpreter &interpreter, const Class &type, const std::string &attribute)
{
    const auto value = interpreter.findInClass(type, attribute);
    return value && value->text() ? std::optional(*value->text()) : std::nullopt;
}

std::string lastPart(std::string_view dotted) { return std::string(dotted.substr(dotted.rfind('.') + 1)); }

/// The folder of an app, as AppConfig._path_from_module finds it.
std::string folderOf(const python::ModuleLocation &location)
{
    if (location.folders.size() == 1)
        return location.folders.front();
    return location.file.empty() ? std::string() : std::string(source::parentPath(location.file));
}

ModuleScope *readModule(query::Reader &db, Interpreter &interpreter, const std::vector<std::string> &path,
                        const std::string &dotted)
{
    const auto location = python::findModule(db, path, dotted);
    return location && location->isReadable() ? &interpreter.scopeOf(source::fileAt(db, location->file)) : nullptr;
}

} // namespace

ResolvedApp ResolveApp::run(query::Reader &db, Project project, std::string entry)
{
    const auto &path = db.get<SearchPath>(project);
    Interpreter interpreter(db, project);
    App app{.entry = entry, .name = entry, .label = {}, .directory = {}, .config = {}};
    std::string problem;
    const Class *config = nullptr;
    std::string configModule;
    if (python::findModule(db, path, entry)) {
        configModule = entry + ".apps";
        if (ModuleScope *module = readModule(db, interpreter, path, configModule))
            config = defaultConfig(interpreter, *module);
    } else {
        const std::size_t dot = entry.rfind('.');
        configModule = dot == entry.npos ? std::string() : entry.substr(0, dot);
        ModuleScope *module = configModule.empty() ? nullptr : readModule(db, interpreter, path, configModule);
        if (!module)
            return {{}, "no module or class " + entry + " is found: is its package installed here?", true};
        const std::string called = entry.substr(dot + 1);
        config = interpreter.lookUp(*module, called).object<Class>();
        if (!config && !module->bindings.contains(called))
            return {{}, "there is neither a module " + entry + " nor a class " + called + " in " + configModule, true};
        if (!config)
            return {{}, "what " + called + " is in the module " + configModule + " cannot be read"};
        const auto name = textOf(interpreter, *config, "name");
        if (!name)
            return {{}, "the name of the app of " + entry + " cannot be read"};
        app.name = *name;
    }
    if (config) {
        app.config = configModule + "." + config->name;
        app.name = textOf(interpreter, *config, "name").value_or(app.name);
        app.label = textOf(interpreter, *config, "label").value_or("");
        app.directory = textOf(interpreter, *config, "path").value_or("");
        if (app.directory.empty() && interpreter.findInClass(*config, "path"))
            problem = "the path of the app " + app.name + " cannot be read";
    }
    if (app.label.empty())
        app.label = lastPart(app.name);
    const auto location = python::findModule(db, path, app.name);
    if (!location)
        return {{}, "no module " + app.name + " is found, which " + entry + " names", true};
    if (app.directory.empty())
        app.directory = folderOf(*location);
    return {app, problem};
}

} // namespace nuages::project
