#pragma once

#include "engine/query/dependencykey.h"

namespace nuages::query::detail {

/// Memory for `count` edges of a memo, not initialised; give it back with the same count. Any thread.
///
/// What a query reads the first time is written to memory that the process never had, and one page fault after the
/// other costs as much as the hits that fill the page. So the system is asked for many pages at once. What is given
/// back waits for another memo of about this many edges; of what is large, the system gets the memory back until then.
DependencyKey *takeEdges(std::uint32_t count);
void giveBackEdges(DependencyKey *edges, std::uint32_t count) noexcept;

} // namespace nuages::query::detail
