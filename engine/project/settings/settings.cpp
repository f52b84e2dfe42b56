#include "engine/project/settings/settings.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/settings/factreader.h"
#include "engine/project/settings/surroundings.h"
#include "engine/project/settings/templateengines.h"
#include "engine/source/path.h"

#include <algorithm>

namespace nuages::project {

namespace {

using Words = FactReader::Words;

void readInstalledApps(const FactReader &reader, SettingsFacts &facts)
{
    facts.installedApps = reader.entries(reader.setting("INSTALLED_APPS"), Words::Plain, facts.installedAppsOpen);
    tidy(facts.installedAppsOpen);
}

void readFormRenderers(const FactReader &reader, SettingsFacts &facts)
{
    const Finding finding = reader.setting("FORM_RENDERER");
    for (const Candidate &candidate : finding.candidates) {
        if (candidate.value.asText())
            facts.formRenderers.push_back(
                {*candidate.value.asText(), reader.place(candidate.value), candidate.certainty});
    }
    if (finding.mayBeUnset)
        facts.formRenderers.push_back(
            {"django.forms.renderers.DjangoTemplates", {facts.location.file, 1}, Certainty::InSomeBranch});
}

void readPythonPath(query::Reader &db, Project project, const python::Evaluation &evaluation, SettingsFacts &facts)
{
    const auto add = [&facts](std::string folder) {
        if (!std::ranges::contains(facts.pythonPath, folder))
            facts.pythonPath.push_back(std::move(folder));
    };
    for (const python::Item &item : evaluation.pythonPath().items) {
        for (const python::Value &folder : python::alternativesOf(item.value)) {
            if (const std::string *path = folder.asFileName())
                add(source::normalPath(path->starts_with('/') ? *path
                                                              : facts.location.pythonPath.front() + '/' + *path));
            else
                FactReader::addOpen(evaluation.reasonOf(folder), facts.pythonPathOpen);
        }
    }
    std::ranges::for_each(facts.location.pythonPath, add);
    std::ranges::for_each(db.get<SitePackages>(project).folders, add);
    tidy(facts.pythonPathOpen);
}

} // namespace

std::optional<SettingsFacts> Settings::run(query::Reader &db, Project project)
{
    const std::optional<SettingsLocation> &location = db.get<SettingsModule>(project);
    if (!location || location->file.empty())
        return std::nullopt;
    SettingsSurroundings surroundings(db, project, location->pythonPath);
    const auto module = surroundings.find({}, location->module);
    if (!module || !module->isReadable())
        return std::nullopt;
    const python::Evaluation evaluation(surroundings, location->module, *module);
    const FactReader reader(evaluation, location->pythonPath.front(),
                            environmentVariable(db, project, "DJANGO_CONFIGURATION").value_or(std::string()));
    SettingsFacts facts;
    facts.location = *location;
    facts.installedAppsOpen = location->open;
    facts.enginesOpen = location->open;
    readInstalledApps(reader, facts);
    readTemplateEngines(reader, surroundings, facts);
    readFormRenderers(reader, facts);
    readPythonPath(db, project, evaluation, facts);
    return facts;
}

} // namespace nuages::project
