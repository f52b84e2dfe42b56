#pragma once

#include <compare>
#include <cstdint>

namespace nuages::query {

/// Names one memo or one field of one input: which kind of thing, and which of that kind.
///
/// Numbers of kinds are given on first use and mean nothing outside the process; Engine::describe() gives the name.
/// `kind` 0 is nothing at all.
struct DependencyKey {
    std::uint32_t kind = 0;
    std::uint32_t key = 0;

    friend auto operator<=>(const DependencyKey &, const DependencyKey &) = default;
};

} // namespace nuages::query
