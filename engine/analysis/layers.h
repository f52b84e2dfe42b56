#pragma once

#include "engine/project/project.h"
#include "engine/source/file.h"
#include "engine/template/facts.h"
#include "engine/template/structure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::analysis {

/// One library as one load, or the builtins, brings it in.
struct Layer {
    std::uint32_t load = templates::noToken; ///< The load's token; noToken for a builtin, which acts everywhere.
    std::optional<source::File> module; ///< nullopt: it is not known which, so it may have any name.
    std::vector<std::string> only; ///< Of `load a b from library`; empty means all.

    friend bool operator==(const Layer &, const Layer &) = default;
};

/// The layers of one template: the builtins, then what each load adds from its place to the end of the file. A later
/// layer overrides an earlier one.
///
/// Names files and tokens, neither what the libraries hold nor where the loads stand. So it is computed again only if
/// the loads differ, or what they find.
struct Layers {
    static constexpr std::string_view shownAs = "Scope";
    static constexpr std::string_view about = "libraries in force";

    static std::vector<Layer> run(query::Reader &db, project::Project project, source::File file);
};

/// The same for a text that is in no file.
std::vector<Layer> layersOf(query::Reader &db, project::Project project, const templates::TemplateFacts &facts);

} // namespace nuages::analysis
