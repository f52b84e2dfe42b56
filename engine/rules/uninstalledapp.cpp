#include "engine/rules/uninstalledapp.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/searchpath.h"
#include "engine/project/templates/findtemplate.h"
#include "engine/query/engine.h"
#include "engine/rules/rule.h"
#include "engine/source/files.h"

#include <algorithm>
#include <format>

namespace nuages::rules {

namespace {

/// The outermost package in whose folder "templates" the file lies; empty if there is none.
std::string packageAround(query::Reader &db, const std::string &path)
{
    constexpr std::string_view folder = "/templates/";
    for (std::size_t at = path.find(folder); at != path.npos; at = path.find(folder, at + 1)) {
        const std::string package = path.substr(0, at);
        const source::File marker = source::fileAt(db, package + "/__init__.py");
        if (db.read<&source::FileData::status>(marker) == source::Status::Regular)
            return package;
    }
    return {};
}

void checkUninstalledApp(const Subject &subject, Findings &found)
{
    const std::string &app = subject.db.get<UninstalledApp>(subject.project, subject.file);
    const std::vector<templates::Token> &tokens = subject.syntax.tokens();
    if (app.empty() || tokens.empty())
        return;
    const auto tag = std::ranges::find(tokens, templates::Token::Kind::Block, &templates::Token::kind);
    found.add(tag == tokens.end() ? tokens.front().range : tag->range,
              std::format("The app '{}' is not installed, so its templates are not found", app));
}

} // namespace

std::string UninstalledApp::run(query::Reader &db, project::Project project, source::File file)
{
    if (!db.get<project::TemplateNames>(project, file).empty())
        return {};
    const std::string package = packageAround(db, db.read<&source::FileData::path>(file));
    if (package.empty())
        return {};
    const project::AppInventory &apps = db.get<project::InstalledApps>(project);
    if (!apps.open.empty() || std::ranges::contains(apps.apps, package, &project::App::directory))
        return {};
    const std::string name = project::moduleName(db.get<project::SearchPath>(project), package);
    return name.empty() ? package.substr(package.rfind('/') + 1) : name;
}

constinit const Rule uninstalledApp{"uninstalled-app", Severity::Warning, &checkUninstalledApp};

} // namespace nuages::rules
