#pragma once

#include <cstddef>
#include <cstdint>

namespace nuages::query {

/// One state of all inputs. 0 stands for never; the first state is 1, and each transaction that changed something
/// opens the next.
using Revision = std::uint32_t;

/// An engine counts no further: the bit above it tells readers to stop. With a commit each millisecond that is 24 days,
/// and it ends with a sentence.
inline constexpr Revision lastRevision = (Revision(1) << 31) - 1;

/// How rarely an input is expected to change: a keystroke, a settings file, an installed package.
enum class Durability : std::uint8_t { Low, Medium, High };

inline constexpr std::size_t durabilityCount = 3;

} // namespace nuages::query
