#include "engine/project/discovery/namedsettings.h"

#include "engine/project/discovery/filesurroundings.h"
#include "engine/python/evaluation.h"
#include "engine/source/path.h"

namespace nuages::project {

NamedSettings settingsNamedBy(python::Surroundings &surroundings, const std::string &file, const std::string &dotted)
{
    using python::ModuleLocation;
    const python::Evaluation evaluation(surroundings, dotted, {ModuleLocation::Form::Module, file, {}}, {},
                                        std::vector<std::string>{"manage.py", "check"});
    NamedSettings named;
    const python::Entry *entry = evaluation.environment().find("DJANGO_SETTINGS_MODULE");
    for (const python::Value &one : entry ? alternativesOf(entry->value) : std::vector<python::Value>()) {
        if (one.asText())
            named.modules.push_back({*one.asText(), evaluation.fileOf(one.place), one.place.line});
        else
            named.open.push_back(evaluation.reasonOf(one));
        if (const std::string *form = one.asForm())
            named.beginnings.push_back(form->substr(0, form->find(python::hole)));
    }
    return named;
}

NamedSettings SettingsNamedIn::run(query::Reader &db, source::File manage)
{
    const std::string &path = db.read<&source::FileData::path>(manage);
    FileSurroundings surroundings(db, {std::string(source::parentPath(path))}, {});
    return settingsNamedBy(surroundings, path, "__main__");
}

} // namespace nuages::project
