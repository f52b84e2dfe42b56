#include "engine/rules/closelibrary.h"

#include "engine/project/libraries/libraries.h"
#include "engine/query/engine.h"
#include "engine/rules/closename.h"

#include <string_view>
#include <vector>

namespace nuages::rules {

std::optional<std::string> CloseLibrary::run(query::Reader &db, project::Project project, std::string name)
{
    std::vector<std::string_view> names;
    for (const project::Library &library : db.get<project::Libraries>(project).libraries)
        names.push_back(library.name);
    return closeName(name, names);
}

} // namespace nuages::rules
