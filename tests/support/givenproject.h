#pragma once

#include "engine/project/project.h"

#include <string>
#include <utility>
#include <vector>

namespace nuages::tests {

/// What is given for the one project at `root`, with these folders of installed packages.
inline project::GivenData givenAt(std::string root, std::vector<std::string> sitePackages = {})
{
    project::GivenData given{.folders = {root}, .root = std::move(root)};
    given.options.sitePackages = std::move(sitePackages);
    return given;
}

/// That project, whose queries bear no name.
inline project::Project openProject(query::Engine &engine, const project::GivenData &data)
{
    project::Given given;
    engine.write("open project",
                 [&](query::Transaction &tx) { given = tx.create<project::Given>(data, query::Durability::Medium); });
    return engine.intern<project::Project>(project::ProjectKey{data.root, {}, given});
}

} // namespace nuages::tests
