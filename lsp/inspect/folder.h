#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include <sys/types.h>

namespace nuages::inspect {

/// The folder in which the servers of a user have their sockets: "nuages" in `runtime`, which is that user's
/// $XDG_RUNTIME_DIR, or where that is empty or is no such folder "nuages-UID" in `temporary`. It is made if it is not
/// there. A sentence if nothing there can be trusted: it is a link, another user's, or others may enter it.
[[nodiscard]] std::expected<std::string, std::string> socketFolder(const std::string &runtime,
                                                                   const std::string &temporary, uid_t user);

/// The same, for whoever runs this process.
[[nodiscard]] std::expected<std::string, std::string> socketFolder();

std::string socketPath(const std::string &folder, std::uint64_t process);

/// Whose process is at the other end of a connected local socket; nullopt if the system does not say.
std::optional<uid_t> userAt(int fd);

/// Whether a process of `peer` may look at a server of `own`: what is typed is nobody else's business, not even root's.
bool mayInspect(std::optional<uid_t> peer, uid_t own);

} // namespace nuages::inspect
