#include "app/inspector/templatelist.h"

#include "app/selection.h"

#include "engine/project/settings/settings.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <format>

namespace nuages::app {

namespace {

std::string remarkOn(query::Reader &db, const std::vector<Portion> &portions)
{
    if (std::ranges::all_of(portions, [](const Portion &portion) { return portion.templates.empty(); })) {
        return std::format("No template is found in {}. They are looked for in the template folders of a Django "
                           "project: open the folder that has its manage.py.",
                           portions.front().root);
    }
    const auto bare = std::ranges::find_if(
        portions, [&db](const Portion &portion) { return !db.get<project::SettingsModule>(portion.project); });
    if (bare == portions.end())
        return {};
    return std::format("No settings are found for {}, so it is read as a reusable package, and what a project may add "
                       "to it is not called unknown. If it has settings, name their module with settings in "
                       "[tool.nuages] of its pyproject.toml.",
                       bare->root);
}

} // namespace

server::Encode listTemplates(query::Reader &db, const server::Question &question)
{
    const std::vector<Portion> portions = selectTemplates(db, question.given, {});
    boost::json::array paths;
    for (const Portion &portion : portions) {
        for (const project::TemplateFile &file : portion.templates)
            paths.emplace_back(file.path);
    }
    return [paths = std::move(paths), remark = remarkOn(db, portions)](
               const server::Coordinates &, const server::ClientTraits &) mutable -> boost::json::value {
        return {{"paths", std::move(paths)}, {"remark", remark}};
    };
}

} // namespace nuages::app
