#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nuages::recording {

/// By zstd, with a checksum. Where it is like `base`, only the difference is kept.
std::string compress(std::string_view bytes, std::string_view base = {});

/// The `size` bytes that compress() was given with the same base; nullopt if that is not what `packed` holds.
std::optional<std::string> decompress(std::string_view packed, std::size_t size, std::string_view base = {});

} // namespace nuages::recording
