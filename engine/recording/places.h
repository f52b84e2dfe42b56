#pragma once

#include "engine/recording/format.h"

#include <cstdint>
#include <string>

/// Where sessions are kept.
namespace nuages::recording {

inline constexpr std::uint64_t maxFolderBytes = std::uint64_t{2} << 30;

/// What the file of a session ends with.
inline constexpr const char *extension = ".nuages";

/// `nuages` in $XDG_STATE_HOME, or in ~/.local/state; empty if neither is known.
std::string sessionFolder();

/// A name that no other process takes: project, time and process.
std::string sessionPath(const std::string &folder, const About &about, long process);

/// Makes the folder, for its user alone, and removes its oldest sessions until the rest has `maxBytes` at most; not
/// those of processes that run.
void tidy(const std::string &folder, std::uint64_t maxBytes);

} // namespace nuages::recording
