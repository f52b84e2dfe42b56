#pragma once

#include "engine/source/filesystem.h"

namespace nuages::source {

/// The files of this machine, by POSIX calls. Has no state: one is as good as another, on any thread.
class DiskFileSystem final : public FileSystem
{
public:
    FileState state(const std::string &path) override;
    std::unique_ptr<OpenFile> open(const std::string &path) override;
    std::optional<std::string> linkTarget(const std::string &path) override;
};

} // namespace nuages::source
