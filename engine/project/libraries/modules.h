#pragma once

#include "engine/project/libraries/libraries.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// A module below a `templatetags` package.
struct TagModule {
    std::string name; ///< As `{% load %}` has it: the dotted path below templatetags.
    LibraryModule library;

    friend bool operator==(const TagModule &, const TagModule &) = default;
};

/// The modules of the package `package` ("shop.templatetags") and of its subpackages that have a `register`, or may
/// have one. In the order of their names, which is the one in which pkgutil.walk_packages finds them.
struct TagModules {
    static constexpr std::string_view about = "of a package";

    static std::vector<TagModule> run(query::Reader &db, Project project, std::string package);
};

/// Whether the top of the module binds `register`, or may do so by a wildcard import. A module without either word is
/// not parsed.
struct BindsRegister {
    static constexpr std::string_view about = "is it a library";

    static bool run(query::Reader &db, source::File file);
};

/// The file whose `register` the module takes over by `from other import register`, directly or through others;
/// the file itself if it has its own.
struct RegisterHome {
    static constexpr std::string_view about = "whose register";

    static source::File run(query::Reader &db, Project project, source::File file);
};

/// Whether the module takes the register of Django's builtin tags or filters: by its text, so that most modules need
/// not be parsed.
struct TakesBuiltinRegister {
    static constexpr std::string_view about = "adds to builtins";

    static bool run(query::Reader &db, source::File file);
};

/// A module that takes over the library of another one.
struct TakenRegister {
    source::File home;
    source::File file;

    friend bool operator==(const TakenRegister &, const TakenRegister &) = default;
};

/// All of them among the modules that the project can load, and among the modules of its own applications that take
/// the register of Django's builtins, as many do to have a filter everywhere. Sorted by the path of `file`. One query
/// for all, so that the parts of a library do not depend on every other one.
struct TakenRegisters {
    static constexpr std::string_view about = "shared registers";

    static std::vector<TakenRegister> run(query::Reader &db, Project project);
};

/// Further modules that register on the library of `file`: templatetags modules that import its `register`, and
/// modules of the same package that it imports and that do so. They count, as Django imports them all. Sorted by path.
struct LibraryParts {
    static constexpr std::string_view about = "modules of a library";

    static std::vector<source::File> run(query::Reader &db, Project project, source::File file);
};

} // namespace nuages::project
