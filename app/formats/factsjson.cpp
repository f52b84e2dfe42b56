#include "app/formats/facts.h"
#include "app/formats/jsontext.h"

#include <boost/json.hpp>

namespace nuages::app {

namespace {

namespace js = boost::json;

js::value orNull(std::string_view bytes) { return bytes.empty() ? js::value(nullptr) : js::value(jsonText(bytes)); }

js::object place(const Source &source)
{
    return {{"path", jsonText(source.path)}, {"line", source.line == 0 ? js::value(nullptr) : js::value(source.line)}};
}

js::value place(const std::optional<Source> &source) { return source ? js::value(place(*source)) : js::value(nullptr); }

js::object reason(const Opening &opening)
{
    js::object object = place(Source{opening.path, opening.line});
    object["why"] = jsonText(opening.why);
    return object;
}

template <class All, class F>
js::array each(const All &all, F fn)
{
    js::array array;
    for (const auto &one : all)
        array.push_back(fn(one));
    return array;
}

js::array words(const std::vector<std::string> &all)
{
    return each(all, [](const std::string &word) { return js::value(jsonText(word)); });
}

js::object app(const AppShown &app)
{
    return {{"entry", jsonText(app.entry)},         {"name", jsonText(app.name)},   {"label", jsonText(app.label)},
            {"directory", jsonText(app.directory)}, {"config", orNull(app.config)}, {"certain", app.certain},
            {"source", place(app.source)}};
}

js::object engine(const EngineShown &engine)
{
    const auto valueAs = [](std::string_view key) {
        return [key](const SettingShown &setting) {
            js::object object;
            if (!setting.name.empty())
                object["name"] = jsonText(setting.name);
            object[key] = jsonText(setting.value);
            object["source"] = place(setting.source);
            return object;
        };
    };
    return {{"name", jsonText(engine.name)},
            {"backend", orNull(engine.backend)},
            {"certain", engine.certain},
            {"source", place(engine.source)},
            {"dirs", each(engine.dirs, valueAs("path"))},
            {"appDirs", engine.appDirs},
            {"loaders", each(engine.loaders, valueAs("class"))},
            {"libraries", each(engine.libraries, valueAs("module"))},
            {"builtins", each(engine.builtins, valueAs("module"))}};
}

js::object registered(const Registered &registered)
{
    return {{"name", jsonText(registered.name)},
            {"module", orNull(registered.module)},
            {"function", orNull(registered.function)},
            {"source", place(registered.source)}};
}

js::object library(const LibraryShown &library)
{
    js::object object;
    if (!library.name.empty())
        object["name"] = jsonText(library.name);
    object["module"] = jsonText(library.module);
    object["path"] = jsonText(library.source.path);
    object["tags"] = each(library.tags, registered);
    object["filters"] = each(library.filters, registered);
    object["open"] = each(library.open, reason);
    return object;
}

js::value settings(const Facts &facts)
{
    if (!facts.settings)
        return nullptr;
    return js::object{{"module", jsonText(facts.settings->module)},
                      {"path", facts.settings->path ? js::value(jsonText(*facts.settings->path)) : js::value(nullptr)},
                      {"foundBy", jsonText(facts.settings->foundBy)}};
}

js::value django(const Facts &facts)
{
    if (!facts.django)
        return nullptr;
    return js::object{{"version", orNull(facts.django->version)}, {"directory", jsonText(facts.django->directory)}};
}

// Members keep the order in which they are written here: js::object is ordered by insertion.
js::object projectAsJson(const Facts &facts)
{
    const auto openList = [](const OpenList &open) {
        js::object object{{"list", open.list}};
        for (const auto &member : reason(open.reason))
            object.insert(member);
        return object;
    };
    return {{"root", jsonText(facts.root)},
            {"settings", settings(facts)},
            {"django", django(facts)},
            {"environment", {{"folders", words(facts.packages)}, {"foundBy", orNull(facts.packagesFoundBy)}}},
            {"pythonPath", words(facts.pythonPath)},
            {"apps", each(facts.apps, app)},
            {"engines", each(facts.engines, engine)},
            {"templateFolders", words(facts.templateFolders)},
            {"libraries", each(facts.libraries, library)},
            {"builtins", each(facts.builtins, library)},
            {"open", each(facts.open, openList)}};
}

} // namespace

std::string factsAsJson(std::span<const Facts> projects)
{
    js::object document{{"version", 1}};
    if (projects.size() == 1) {
        for (js::object only = projectAsJson(projects.front()); auto &member : only)
            document.insert(std::move(member));
    } else {
        document["projects"] = each(projects, projectAsJson);
    }
    return js::serialize(document) + '\n';
}

} // namespace nuages::app
