#pragma once

#include "engine/query/engine.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::python {

/// Where an import statement finds a module.
struct ModuleLocation {
    enum class Form {
        Module, ///< one .py file
        Package, ///< a folder with an __init__.py
        Namespace, ///< folders without one
        Compiled, ///< a shared library: it can be imported, not read
    };

    Form form = Form::Module;
    std::string file; ///< absolute; the .py file, or empty if there is none to read
    std::vector<std::string> folders; ///< where its submodules are; empty for a module, several for a namespace

    bool isReadable() const { return !file.empty(); }
    friend bool operator==(const ModuleLocation &, const ModuleLocation &) = default;
};

/// The module `dotted` ("shop.templatetags.shop_tags") on `searchPath`, absolute folders in the order of sys.path;
/// nullopt if Python would not find it there. Nothing is imported: `a.b` is found inside the folder of `a`, whatever
/// `a/__init__.py` does to `__path__`.
///
/// Every file asked for becomes a dependency, absent ones too. Modules built into Python, and those of its standard
/// library, are not on a search path of a project: see isStandardModule().
///
/// Source: PEP 420 for the order of package, module and namespace in one folder.
std::optional<ModuleLocation> findModule(query::Reader &db, std::span<const std::string> searchPath,
                                         std::string_view dotted);

/// `name` as an import inside `package` means it: ".base" in "shop.settings" is "shop.settings.base", "..x" goes one
/// package up. A name without leading dots is returned as it is; nullopt if the dots lead out of the top.
std::optional<std::string> absoluteModuleName(std::string_view package, std::string_view name);

/// The top-level module `name` belongs to Python 3.10 to 3.14 itself, in every one of them.
bool isStandardModule(std::string_view name);

} // namespace nuages::python
