#pragma once

#include <string>

namespace nuages::tests {

/// Changes the real disk in the words of MemoryFileSystem, so that one story can be told to both.
///
/// Every change gets a later time than the one before: the times are set by hand, an hour ago and counting, because a
/// file system may give two changes in one tick the same time.
class DiskWorld
{
public:
    void write(const std::string &path, const std::string &bytes);
    void replace(const std::string &path, const std::string &bytes);
    void touch(const std::string &path);
    void remove(const std::string &path);
    void makeDirectory(const std::string &path);
    void makePipe(const std::string &path);

    /// A symbolic link at `path`, to `target`.
    void link(const std::string &target, const std::string &path);

private:
    void makeRoom(const std::string &path);
    void setTime(const std::string &path);

    long m_seconds = 1'700'000'000;
};

} // namespace nuages::tests
