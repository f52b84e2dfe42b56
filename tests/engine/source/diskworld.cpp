#include "tests/engine/source/diskworld.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

namespace nuages::tests {

namespace fs = std::filesystem;

// Makes the directories above, and takes away whatever has the name, or stands where a directory must.
void DiskWorld::makeRoom(const std::string &path)
{
    for (fs::path above = fs::path(path).parent_path(); above != above.root_path(); above = above.parent_path()) {
        if (std::error_code absent; !fs::is_directory(above, absent))
            fs::remove(above, absent);
    }
    fs::create_directories(fs::path(path).parent_path());
    std::error_code absent;
    fs::remove_all(path, absent);
}

void DiskWorld::setTime(const std::string &path)
{
    const timespec times[2] = {{++m_seconds, 0}, {m_seconds, 0}};
    ::utimensat(AT_FDCWD, path.c_str(), times, 0);
}

void DiskWorld::write(const std::string &path, const std::string &bytes)
{
    if (std::error_code absent; !fs::is_regular_file(path, absent))
        makeRoom(path);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    setTime(path);
}

void DiskWorld::replace(const std::string &path, const std::string &bytes)
{
    if (std::error_code absent; !fs::is_regular_file(path, absent)) {
        write(path, bytes);
        return;
    }
    write(path + ".new", bytes); // as long as the old one is there, the new one cannot get its inode
    ::rename((path + ".new").c_str(), path.c_str());
}

void DiskWorld::touch(const std::string &path)
{
    if (std::error_code absent; fs::exists(path, absent))
        setTime(path);
}

void DiskWorld::remove(const std::string &path)
{
    std::error_code absent;
    fs::remove_all(path, absent);
}

void DiskWorld::makeDirectory(const std::string &path)
{
    if (std::error_code absent; fs::is_directory(path, absent))
        return;
    makeRoom(path);
    fs::create_directory(path);
}

void DiskWorld::makePipe(const std::string &path)
{
    makeRoom(path);
    ::mkfifo(path.c_str(), 0600);
}

void DiskWorld::link(const std::string &target, const std::string &path)
{
    makeRoom(path);
    fs::create_symlink(target, path);
}

} // namespace nuages::tests
