#pragma once

#include "engine/template/syntax.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nuages::templates {

/// One `{% load %}`. Acts from its token to the end of the file.
struct Load {
    std::uint32_t token = 0;
    std::vector<std::string> libraries; ///< In the order of the text; later ones override earlier ones.
    std::vector<std::string> only; ///< The names in `load a b from library`; empty means all.

    friend bool operator==(const Load &, const Load &) = default;
};

/// A template's name as an extends or include gives it.
struct TemplateReference {
    std::uint32_t token = 0;
    std::optional<std::string> name; ///< Unquoted, possibly relative; nullopt if it is no plain string in quotes.

    friend bool operator==(const TemplateReference &, const TemplateReference &) = default;
};

struct BlockName {
    std::uint32_t token = 0;
    std::string name;

    friend bool operator==(const BlockName &, const BlockName &) = default;
};

/// What a template says about others and about libraries.
///
/// Places are indices of tokens, not offsets: an edit inside a text, a comment or a variable leaves the facts equal, so
/// what depends on them is not computed again. Tags inside comment and verbatim blocks are not counted.
struct TemplateFacts {
    std::vector<Load> loads;
    std::optional<TemplateReference> extends; ///< The first one; Django rejects a second.
    std::vector<TemplateReference> includes;
    std::vector<BlockName> blocks;

    friend bool operator==(const TemplateFacts &, const TemplateFacts &) = default;
};

TemplateFacts collectFacts(const TemplateSyntax &syntax);

} // namespace nuages::templates
