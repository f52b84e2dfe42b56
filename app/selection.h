#pragma once

#include "engine/project/project.h"
#include "engine/project/templates/projecttemplates.h"
#include "engine/query/sendable.h"

#include <string>
#include <vector>

namespace nuages::app {

/// Some templates of one project.
struct Portion {
    project::Project project;
    std::string root; ///< The project's.
    std::vector<project::TemplateFile> templates; ///< Sorted by path.
};

/// The templates that are checked, each once and with the project that it belongs to; sorted by root. At least one
/// portion, which may be empty.
///
/// Without `paths` (absolute): the projects' own. A path that is a file stands for itself, whatever it holds and
/// wherever it is; a folder for the templates in it that a loader would find, those of installed packages included. A
/// folder that lies in no project stands for all projects below it. A template that several projects know, or that was
/// found by a path, belongs to the project of the nearest root above it.
std::vector<Portion> selectTemplates(query::Reader &db, project::Given given, const std::vector<std::string> &paths);

/// The projects for which a folder stands, sorted by root: the one around it, or else those below it; at least one.
std::vector<project::Project> projectsOf(query::Reader &db, project::Given given, const std::string &folder);

/// Those of `paths` that name a file which cannot be a template: a Python module, a picture and the like, or no file at
/// all but a device.
std::vector<std::string> namedWithoutBeingTemplates(query::Reader &db, const std::vector<std::string> &paths);

} // namespace nuages::app

template <>
inline constexpr bool nuages::query::enableSendable<nuages::app::Portion> = true;
