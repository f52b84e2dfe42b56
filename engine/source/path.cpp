#include "engine/source/path.h"

namespace nuages::source {

namespace {

// Cuts the part up to the next slash off the front, with the slash.
std::string_view takePart(std::string_view &path)
{
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
    return part;
}

} // namespace

bool isNormal(std::string_view path)
{
    if (!path.starts_with('/'))
        return false;
    if (path.size() == 1)
        return true;
    if (path.ends_with('/'))
        return false;
    path.remove_prefix(1);
    while (!path.empty()) {
        const std::string_view part = takePart(path);
        if (part.empty() || part == "." || part == "..")
            return false;
    }
    return true;
}

std::string normalPath(std::string_view path)
{
    std::string normal;
    while (!path.empty()) {
        const std::string_view part = takePart(path);
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            normal.erase(normal.empty() ? 0 : normal.rfind('/'));
            continue;
        }
        normal += '/';
        normal += part;
    }
    return normal.empty() ? "/" : normal;
}

std::string_view parentPath(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return path.substr(0, slash == 0 ? 1 : slash);
}

} // namespace nuages::source
