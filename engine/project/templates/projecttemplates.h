#pragma once

#include "engine/project/project.h"
#include "engine/source/file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// A template of the project.
struct TemplateFile {
    std::string path; ///< Absolute.
    source::File file;
    std::string real = {}; ///< Its own path, if `path` passes a link. Else empty.

    friend bool operator==(const TemplateFile &, const TemplateFile &) = default;
};

/// The templates that are checked when no path is given: every file in a template directory of the project, sorted
/// by path; never one of site-packages. A project without settings that can be found has those below a folder called
/// "templates", but for those of a project within it.
///
/// Apart stay, as they are not Django templates to be compiled: files of other engines, binary
/// files, Python files and caches, and the skeletons of `startproject` and `startapp` (see isSkeleton).
struct ProjectTemplates {
    static constexpr std::string_view about = "all templates";

    static std::vector<TemplateFile> run(query::Reader &db, Project project);
};

/// The templates in `folder` (absolute, normal), by the same rules but wherever the folder is, installed packages
/// included: the files of template directories that lie in it or above it, and those under a folder called
/// "templates" of which no loader knows, as of an app that is not installed. A folder of installed packages below it is
/// left out. Sorted by path.
struct TemplatesIn {
    static constexpr std::string_view about = "of a folder";

    static std::vector<TemplateFile> run(query::Reader &db, Project project, std::string folder);
};

/// By which name `nuages check` without a path would judge a file, be it on the disk or not: one of ProjectTemplates
/// that the configuration does not exclude. That is its own path, or of the names that links give to it the one that
/// counts. Nullopt: it is not judged. Depends on the listing of no folder that is not above it, unless links lead to
/// it.
struct JudgedAs {
    static constexpr std::string_view about = "is it checked";

    static std::optional<source::File> run(query::Reader &db, Project project, source::File file);
};

/// A file as a project judges it.
struct JudgedFile {
    Project project;
    source::File file;
};

/// By whom `nuages check` of GivenData::folders would have the file at `path` (absolute, normal) judged, and by which
/// name: by its own project, else by the first of the others in those folders that has it through a link. Nullopt: by
/// none, or its own project excludes it.
std::optional<JudgedFile> judgeOf(query::Reader &db, Given given, std::string_view path);

/// Whether the ending of a file's name says that no template engine reads it: Python, a picture, a font.
bool hasOtherEnding(std::string_view name);

/// Whether a path names a skeleton from which `startproject` or `startapp` makes files: it ends in "-tpl" or lies
/// under a folder "project_template" or "app_template".
bool isSkeleton(std::string_view path);

} // namespace nuages::project
