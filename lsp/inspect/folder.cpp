#include "lsp/inspect/folder.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <format>

namespace nuages::inspect {

namespace {

constexpr mode_t ownersAlone = 0700;
constexpr mode_t others = 0077;

std::expected<std::string, std::string> privateFolder(std::string path, uid_t user)
{
    if (mkdir(path.c_str(), ownersAlone) != 0 && errno != EEXIST)
        return std::unexpected(std::format("{}: {}", path, std::strerror(errno)));
    struct stat found{};
    if (lstat(path.c_str(), &found) != 0)
        return std::unexpected(std::format("{}: {}", path, std::strerror(errno)));
    if (!S_ISDIR(found.st_mode))
        return std::unexpected(std::format("{} is no folder", path));
    if (found.st_uid != user)
        return std::unexpected(std::format("{} belongs to another user", path));
    if ((found.st_mode & others) != 0)
        return std::unexpected(std::format("{} is open to other users", path));
    return path;
}

} // namespace

std::expected<std::string, std::string> socketFolder(const std::string &runtime, const std::string &temporary,
                                                     uid_t user)
{
    if (runtime.starts_with('/')) {
        if (auto folder = privateFolder(runtime + "/nuages", user))
            return folder;
    }
    return privateFolder(std::format("{}/nuages-{}", temporary, user), user);
}

std::expected<std::string, std::string> socketFolder()
{
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    return socketFolder(runtime ? runtime : "", "/tmp", geteuid());
}

std::string socketPath(const std::string &folder, std::uint64_t process)
{
    return std::format("{}/{}.sock", folder, process);
}

std::optional<uid_t> userAt(int fd)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return std::nullopt;
    return peer.uid;
}

bool mayInspect(std::optional<uid_t> peer, uid_t own) { return peer && *peer == own; }

} // namespace nuages::inspect
