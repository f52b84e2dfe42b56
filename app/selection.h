#pragma once

#include "engine/project/project.h"
#include "engine/project/templates/projecttemplates.h"
#include "engine/query/sendable.h"

#include <string>
#include <vector>

namespace nuages::app {

/// What the command line and the configuration say about which templates to check.
struct Selection {
    std::vector<std::string> paths; ///< Absolute; empty: the project's own templates.
};

/// The templates, sorted by path, each once. A path that is a file stands for itself, whatever it holds and wherever
/// it is; a folder for the templates in it that a loader would find, those of installed packages included.
std::vector<project::TemplateFile> selectTemplates(query::Reader &db, project::Project project,
                                                   const Selection &selection);

} // namespace nuages::app

template <>
inline constexpr bool nuages::query::enableSendable<nuages::app::Selection> = true;
