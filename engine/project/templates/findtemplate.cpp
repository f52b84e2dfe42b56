#include "engine/project/templates/findtemplate.h"

#include "engine/project/django.h"
#include "engine/project/settings/settings.h"
#include "engine/project/templates/directories.h"
#include "engine/source/files.h"
#include "engine/source/path.h"

#include <algorithm>

namespace nuages::project {

namespace {

/// `name` inside `folder`; empty if it leads out of it, as safe_join of django/utils/_os.py has it.
std::string joinInside(const std::string &folder, const std::string &name)
{
    if (name.starts_with('/'))
        return {};
    std::string path = source::normalPath(folder + "/" + name);
    return path.starts_with(folder + "/") ? path : std::string();
}

std::optional<TemplateOrigin> probe(query::Reader &db, const std::string &folder, const std::string &name)
{
    const std::string path = joinInside(folder, name);
    if (path.empty())
        return std::nullopt;
    const source::File file = source::fileAt(db, path);
    const source::Status status = db.read<&source::FileData::status>(file);
    if (status != source::Status::Regular && status != source::Status::Unreadable)
        return std::nullopt;
    return TemplateOrigin{path, file, false};
}

/// A template that a loader keeps in memory has no file, so it can only be said that the name exists.
void addInMemory(const SettingsFacts &settings, const std::string &name, TemplateLookup &found)
{
    for (const TemplateEngine &engine : settings.engines) {
        for (const TemplateLoader &loader : engine.loaders) {
            if (loader.kind == TemplateLoader::Kind::InMemory && std::ranges::contains(loader.names, name))
                found.open.push_back({loader.place.file, loader.place.line, "the template is kept in the settings"});
        }
    }
}

} // namespace

TemplateLookup FindTemplate::run(query::Reader &db, Project project, std::string name)
{
    TemplateLookup found;
    const TemplateRoots &roots = db.get<TemplateDirectories>(project);
    for (const std::string &folder : roots.directories) {
        auto origin = probe(db, folder, name);
        if (origin && !std::ranges::contains(found.origins, *origin))
            found.origins.push_back(std::move(*origin));
    }
    found.open = roots.open;
    if (const auto &settings = db.get<Settings>(project))
        addInMemory(*settings, name, found);
    if (const auto &django = db.get<FindDjango>(project)) {
        auto origin = probe(db, django->directory + "/forms/templates", name);
        if (origin && !std::ranges::contains(found.origins, origin->path, &TemplateOrigin::path)) {
            origin->formRenderer = true;
            found.origins.push_back(std::move(*origin));
        }
    } else {
        found.open.push_back({rootOf(db, project), 0, "Django is not found"});
    }
    return found;
}

std::vector<std::string> TemplateNames::run(query::Reader &db, Project project, source::File file)
{
    const std::string &path = db.read<&source::FileData::path>(file);
    std::vector<std::string> names;
    for (const std::string &folder : db.get<TemplateDirectories>(project).directories) {
        if (path.starts_with(folder + "/"))
            names.push_back(path.substr(folder.size() + 1));
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

std::expected<std::string, RelativeNameError> resolveRelativeName(std::string_view current, std::string_view relative)
{
    if (!relative.starts_with("./") && !relative.starts_with("../"))
        return std::string(relative);
    while (current.starts_with('/'))
        current.remove_prefix(1);
    std::vector<std::string_view> parts;
    std::size_t outside = 0;
    const auto follow = [&](std::string_view path) {
        while (!path.empty()) {
            const std::size_t slash = path.find('/');
            const std::string_view part = path.substr(0, slash);
            path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
            if (part.empty() || part == ".")
                continue;
            if (part != "..")
                parts.push_back(part);
            else if (parts.empty())
                ++outside;
            else
                parts.pop_back();
        }
    };
    const std::size_t slash = current.rfind('/');
    follow(slash == current.npos ? std::string_view() : current.substr(0, slash));
    follow(relative);
    if (outside > 0 && !parts.empty())
        return std::unexpected(RelativeNameError::OutsideRoot);
    std::string name;
    for (std::size_t i = 0; i < outside; ++i)
        name += name.empty() ? ".." : "/.."; // Django refuses "../x", not ".." alone
    for (const std::string_view part : parts) {
        name += name.empty() ? "" : "/";
        name += part;
    }
    if (name.starts_with("../"))
        return std::unexpected(RelativeNameError::OutsideRoot);
    if (name.empty())
        name = ".";
    if (name == current)
        return std::unexpected(RelativeNameError::Itself);
    return name;
}

} // namespace nuages::project
