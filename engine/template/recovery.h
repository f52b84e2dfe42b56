#pragma once

#include "engine/template/syntax.h"
#include "engine/template/taglookup.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace nuages::templates {

/// How many tokens and open tags recovery may look at in one template, all its mistakes together.
inline constexpr std::size_t recoveryBudget = 200'000;

/// Whether a closer that closes an outer tag while inner ones are open is better taken for a stray one.
///
/// Reads on from `token` in both ways, once with the tags inside `owner` closed by it and once without the token, and
/// counts the mistakes that each leaves: true if the second leaves fewer. `open` are the open tags, outermost first,
/// the first one nullptr for the template; `owner` is an index into it. Takes what it looked at from `budget`, and
/// answers false when that is used up.
bool isBetterDropped(const TemplateSyntax &syntax, const TagLookup &lookup, std::uint32_t token,
                     std::span<const TagShape *const> open, std::size_t owner, std::size_t &left);

} // namespace nuages::templates
