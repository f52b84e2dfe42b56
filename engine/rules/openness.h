#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"
#include "engine/source/file.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// Why some claims are withheld, and what that costs. Each answer is sorted by reason and names a reason once.
namespace nuages::rules {

/// What of `[tool.nuages]` makes up for something that cannot be read.
enum class Cure : std::uint8_t {
    None, ///< Nothing there; the line itself has to change.
    Environment, ///< A value for the variable.
    Apps, ///< The whole list of applications.
    Libraries, ///< The libraries that the line would bring.
};

/// The key in `[tool.nuages]`: "env", "apps" or "libraries"; empty for None.
std::string_view keyOf(Cure cure);

/// One reason, and how many claims it keeps from being made.
struct Withheld {
    project::OpenReason reason;
    Cure cure = Cure::None;
    std::uint32_t claims = 0; ///< A claim that several reasons withhold counts for each of them.

    friend bool operator==(const Withheld &, const Withheld &) = default;
};

/// What could not be read of the project as a whole: apps, libraries, builtins, template folders. No claims: those are
/// made of templates.
struct ProjectOpenness {
    static constexpr std::string_view about = "what is not known";

    static std::vector<Withheld> run(query::Reader &db, project::Project project);
};

/// What is withheld in one template: for each reason the tags, filters, libraries and templates that are not found,
/// and of which nothing is said because of it. Libraries that the template loads are named even if they cost nothing.
/// Empty for most.
struct TemplateOpenness {
    static constexpr std::string_view about = "what is not known";

    static std::vector<Withheld> run(query::Reader &db, project::Project project, source::File file);
};

/// Adds `more` to `sum`: reasons stay sorted and once, their claims add up.
void addWithheld(std::vector<Withheld> &sum, const std::vector<Withheld> &more);

} // namespace nuages::rules
