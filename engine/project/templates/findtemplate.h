#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"
#include "engine/source/file.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// Where a template name may come from.
struct TemplateOrigin {
    std::string path; ///< Absolute.
    source::File file;
    bool formRenderer = false; ///< Only Django's form renderer finds it (django/forms/templates).

    friend bool operator==(const TemplateOrigin &, const TemplateOrigin &) = default;
};

inline std::string describe(const TemplateOrigin &origin) { return origin.path; }

/// The files that a template name stands for.
struct TemplateLookup {
    std::vector<TemplateOrigin> origins; ///< In the order in which Django's loaders would take them.

    /// Why the name may exist though it was not found, or be found elsewhere first; empty: `origins` is all.
    std::vector<OpenReason> open;

    friend bool operator==(const TemplateLookup &, const TemplateLookup &) = default;
};

/// Where it is found first.
inline std::string describe(const TemplateLookup &lookup)
{
    return lookup.origins.empty() ? "nothing" : describe(lookup.origins.front());
}

/// Asks for `name` in every directory where a loader of a Django engine would look, by a probe of that one path:
/// the answer depends on the file's absence too, and on no listing.
struct FindTemplate {
    static constexpr std::string_view about = "file of a name";

    static TemplateLookup run(query::Reader &db, Project project, std::string name);
};

/// The names under which the loaders may find the file, one for each template directory above it; sorted. Empty for a
/// file that no loader reaches.
struct TemplateNames {
    static constexpr std::string_view about = "names of a file";

    static std::vector<std::string> run(query::Reader &db, Project project, source::File file);
};

/// Why a relative name cannot be used.
enum class RelativeNameError {
    OutsideRoot, ///< "../" leads out of the template directory.
    Itself, ///< It names the template in which it stands.
};

/// The full name that `relative` means inside the template `current`; a name that does not start with "./" or "../"
/// comes back as it is. Both without quotes.
///
/// Source: construct_relative_path of django/template/loader_tags.py, 4.2.
std::expected<std::string, RelativeNameError> resolveRelativeName(std::string_view current, std::string_view relative);

} // namespace nuages::project
