#pragma once

#include <cstdint>

namespace nuages::query::detail {

/// The number of a key in its table: a place, and which of the keys that had this place one after the other is meant.
/// A memo, an edge or an event that names a key that is gone can therefore never mean the one that took its place.
inline constexpr unsigned placeBits = 24;
inline constexpr std::uint32_t maxPlaces = 1u << placeBits;
inline constexpr std::uint32_t lastGeneration = ~std::uint32_t(0) >> placeBits; ///< The last key of its place.

constexpr std::uint32_t placeOf(std::uint32_t number) { return number & (maxPlaces - 1); }
constexpr std::uint32_t generationOf(std::uint32_t number) { return number >> placeBits; }
constexpr std::uint32_t keyNumber(std::uint32_t place, std::uint32_t generation)
{
    return generation << placeBits | place;
}

} // namespace nuages::query::detail
