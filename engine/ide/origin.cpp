#include "engine/ide/origin.h"

namespace nuages::ide {

Origin originOf(query::Reader &db, project::Project project, std::string_view path)
{
    if (path.contains("/django/contrib/"))
        return Origin::Contrib;
    const std::string &root = project::rootOf(db, project);
    const bool isBelow = path.starts_with(root) && path.substr(root.size()).starts_with('/');
    return isBelow && !path.contains("-packages/") ? Origin::Own : Origin::Installed;
}

} // namespace nuages::ide
