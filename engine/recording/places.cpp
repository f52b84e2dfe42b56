#include "engine/recording/places.h"

#include <csignal>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <string_view>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace nuages::recording {

namespace {

constexpr ::mode_t ownerOnly = S_IRWXU;

/// A session with what SQLite keeps beside it.
struct Kept {
    fs::path path;
    fs::file_time_type at;
    std::uint64_t bytes = 0;
};

constexpr std::array besides = {"", "-wal", "-shm"};

std::uint64_t bytesOf(const fs::path &path)
{
    std::uint64_t sum = 0;
    for (const char *beside : besides) {
        std::error_code code;
        if (const std::uintmax_t size = fs::file_size(path.string() + beside, code); !code)
            sum += size;
    }
    return sum;
}

/// Whether the process that the name ends with runs.
bool isBeingWritten(const fs::path &path)
{
    const std::string name = path.stem().string();
    const std::string_view digits = std::string_view(name).substr(name.rfind('-') + 1);
    ::pid_t process = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), process);
    return process > 0 && (::kill(process, 0) == 0 || errno == EPERM);
}

} // namespace

std::string sessionFolder()
{
    const char *state = std::getenv("XDG_STATE_HOME");
    if (state && *state == '/') // a relative one counts as none
        return std::string(state) + "/nuages";
    const char *home = std::getenv("HOME");
    return home && *home == '/' ? std::string(home) + "/.local/state/nuages" : std::string();
}

std::string sessionPath(const std::string &folder, const About &about, long process)
{
    std::string project = fs::path(about.workspace).filename().string();
    const auto isAtHome = [](char each) { return each != '/' && each != '\0' && each != '\n'; };
    std::erase_if(project, [&](char each) { return !isAtHome(each); });
    const std::chrono::sys_seconds started{std::chrono::seconds(about.started)};
    return std::format("{}/{}-{:%Y%m%dT%H%M%S}-{}{}", folder, project, started, process, extension);
}

void tidy(const std::string &folder, std::uint64_t maxBytes)
{
    std::error_code code;
    fs::create_directories(folder, code);
    ::chmod(folder.c_str(), ownerOnly);
    std::vector<Kept> sessions;
    std::uint64_t sum = 0;
    for (auto file = fs::directory_iterator(folder, code); !code && file != fs::directory_iterator();
         file.increment(code)) {
        if (file->path().extension() != extension)
            continue;
        std::error_code gone;
        sessions.push_back({file->path(), file->last_write_time(gone), bytesOf(file->path())});
        sum += sessions.back().bytes;
    }
    std::ranges::sort(sessions, {}, &Kept::at);
    for (const Kept &session : sessions) {
        if (sum <= maxBytes)
            break;
        if (isBeingWritten(session.path))
            continue;
        for (const char *beside : besides)
            fs::remove(session.path.string() + beside, code);
        sum -= session.bytes;
    }
}

} // namespace nuages::recording
