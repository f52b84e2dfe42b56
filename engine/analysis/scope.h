#pragma once

#include "engine/analysis/layers.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/project.h"
#include "engine/template/syntax.h"
#include "engine/template/taglookup.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::analysis {

/// Which tags and filters are in force at each place of one template.
///
/// The layers of the template, with what their libraries hold. A name that no layer has is Unknown only if no layer
/// above the place could have it. Django's own tags and filters count as known even below a layer that may redefine
/// them (ARCHITECTURE.md, invariant 10).
///
/// Lives inside one query or task, is made anew from the layers for each, and points into values of its reader.
///
/// Source: `load` of django/template/defaulttags.py and `Parser.add_library` of django/template/base.py.
class Scope final : public templates::TagLookup
{
public:
    using Status = Answer::Status;

    /// `db` and `layers` must outlive the scope.
    Scope(query::Reader &db, project::Project project, const std::vector<Layer> &layers,
          const templates::TemplateSyntax &syntax);

    Answer find(std::string_view name, std::uint32_t position) const override;
    bool isStopWord(std::string_view word) const override;

    Status findFilter(std::string_view name, std::uint32_t position) const;

    /// The names in force at `position`, in no order, some perhaps twice; for suggestions.
    std::vector<std::string_view> tagNames(std::uint32_t position) const;
    std::vector<std::string_view> filterNames(std::uint32_t position) const;

private:
    /// A layer with what stands for its numbers.
    struct Names {
        std::uint32_t from = 0; ///< Acts on all that starts at this byte or after it.
        const project::TagLibrary *library = nullptr; ///< Null: it is not known.
        const std::vector<std::string> &only; ///< Empty means all.
        bool open = false; ///< It may have more names than `library` lists.

        bool covers(std::string_view name, std::uint32_t position) const;
    };

    Status statusOfMissing(std::string_view name, std::uint32_t position) const;

    query::Reader &m_db;
    project::Project m_project;
    std::vector<Names> m_layers; // Invariant: `from` never falls.
};

} // namespace nuages::analysis
