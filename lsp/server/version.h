#pragma once

namespace nuages::server {

/// What the programs call themselves to people and to clients: "0.1.0 (870ca70)", without the commit where the build
/// does not know it.
extern const char *const programVersion;

} // namespace nuages::server
