#pragma once

#include "engine/python/findmodule.h"
#include "engine/python/syntaxtree.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::python {

enum class PathKind { Absent, File, Folder };

/// All that an evaluation may ask of the world outside the text it reads. Answers are the same for the same question
/// as long as one evaluation runs.
class Surroundings
{
public:
    virtual ~Surroundings() = default;

    /// The module `dotted`, looked up first in `front` (what the program has put before sys.path by then).
    virtual std::optional<ModuleLocation> find(std::span<const std::string> front, std::string_view dotted) = 0;

    /// Whether `find` sees all that is installed where the program will run. If it does not, a module that is not
    /// found may well be there.
    virtual bool knowsInstalledModules() = 0;

    /// Whether `file` is the project's own. What is installed gets a smaller share of the work.
    virtual bool isOwn(const std::string &file) = 0;

    virtual SyntaxTree parse(const std::string &file) = 0;

    /// The text of a file; empty if there is none.
    virtual std::string read(const std::string &file) = 0;

    virtual PathKind kindOf(const std::string &path) = 0;

    /// The names in a folder, sorted; empty if it is none.
    virtual std::vector<std::string> list(const std::string &folder) = 0;

    /// The folder that relative paths start from.
    virtual std::string workingFolder() = 0;

    /// The value of an environment variable; nullopt if it is not set.
    virtual std::optional<std::string> variable(std::string_view name) = 0;

    /// Called now and then; may throw to stop the evaluation.
    virtual void poll() = 0;

protected:
    Surroundings() = default;
    Surroundings(const Surroundings &) = default;
    Surroundings &operator=(const Surroundings &) = default;
};

} // namespace nuages::python
