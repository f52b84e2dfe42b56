#pragma once

#include "engine/project/libraries/taglibrary.h"
#include "engine/project/project.h"
#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"

#include <map>
#include <string>
#include <string_view>

namespace nuages::tests {

/// The text of a manage.py that names site_settings.py.
inline constexpr char manageFile[] = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings')\n";

/// A Django project in memory under /p, with installed packages under /site-packages.
class TestProject
{
public:
    using Contents = std::map<std::string, std::string>; // path below /p, or absolute, and text

    explicit TestProject(const Contents &contents = {});

    /// Changes a file on the disk and tells the engine.
    void edit(std::string_view path, std::string_view text);
    void remove(std::string_view path);

    project::Given given()
    {
        query::Reader db(engine.ticket());
        return db.value(project).given;
    }

    /// The value of a query whose first key is the project.
    template <class Query, class... Keys>
    auto ask(const Keys &...keys)
    {
        query::Reader db(engine.ticket());
        return db.get<Query>(project, keys...);
    }

    /// What the module at `path` registers.
    project::TagLibrary library(std::string_view path);

    source::MemoryFileSystem disk;
    source::Files files{disk};
    query::Engine engine;
    project::Project project;

private:
    static std::string absolute(std::string_view path);
};

/// "a b" for names in order; for tags with their shapes, see shapeText().
std::string tagNames(const project::TagLibrary &library);
std::string filterNames(const project::TagLibrary &library);

/// "12: why" for each reason, without the file.
std::string reasons(const std::vector<project::OpenReason> &open);

/// The shape in words: "none", "unknown", "rest", "raw endx", "block endx", "block endx (else 0, case 1)" and, behind a
/// comma, the arguments if they are known: "simple", "inclusion", "uncompiled". A section's number stands behind each
/// middle; several sections are separated by a bar.
std::string shapeText(const templates::TagShape &shape);

} // namespace nuages::tests
