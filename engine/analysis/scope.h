#pragma once

#include "engine/analysis/layers.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/project.h"
#include "engine/query/hash.h"
#include "engine/template/syntax.h"
#include "engine/template/taglookup.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::analysis {

/// Builtin tags and filters that a Django later than the oldest that is supported has.
std::span<const std::string_view> laterDjangoNames();

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

    /// Whether some layer may have names that are not known, or Django is the system's, which may be another than the
    /// project's.
    bool isOpen() const;

private:
    /// Where a library is brought in.
    struct Load {
        std::uint32_t from = 0; ///< Acts on all that starts at this byte or after it.
        std::uint32_t layer = 0; ///< A later layer overrides an earlier one.
    };

    /// One library with all its loads, so that looking a name up costs no more in a file that loads it a thousand
    /// times.
    struct Source {
        const project::TagLibrary *library = nullptr; ///< Null: it is not known which.
        bool open = false; ///< It may have more names than `library` lists.
        std::vector<Load> whole = {}; // Invariant, also of `named`: in the order of the layers, so `from` never falls.
        boost::unordered_flat_map<std::string_view, std::vector<Load>, query::SeededHash> named =
            {}; ///< `load a from b`.

        /// The last layer above `position` that brings `name` in; nullopt if none does.
        std::optional<std::uint32_t> layerOf(std::string_view name, std::uint32_t position) const;
    };

    Status statusOfMissing(std::string_view name, std::uint32_t position) const;

    query::Reader &m_db;
    project::Project m_project;
    std::vector<Source> m_sources; ///< Each library once.
    bool m_isOpen = false;
};

} // namespace nuages::analysis
