#include "engine/python/paths.h"

#include <vector>

namespace nuages::python {

namespace {

std::vector<std::string_view> components(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!part.empty() && part != ".")
            parts.push_back(part);
        path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

std::string joined(bool isAbsolute, const std::vector<std::string_view> &parts)
{
    std::string path = isAbsolute ? "/" : "";
    for (const std::string_view part : parts) {
        if (!path.empty() && !path.ends_with('/'))
            path += '/';
        path += part;
    }
    return path.empty() ? "." : path;
}

} // namespace

std::string joinPaths(std::string_view left, std::string_view right)
{
    if (left.empty() || right.starts_with('/'))
        return std::string(right);
    std::string path(left);
    if (!path.ends_with('/'))
        path += '/';
    return path += right;
}

std::string normalPath(std::string_view path)
{
    const bool isAbsolute = path.starts_with('/');
    std::vector<std::string_view> kept;
    for (const std::string_view part : components(path)) {
        if (part != ".." || (!isAbsolute && (kept.empty() || kept.back() == "..")))
            kept.push_back(part);
        else if (!kept.empty())
            kept.pop_back();
    }
    return joined(isAbsolute, kept);
}

std::string plainPath(std::string_view path) { return joined(path.starts_with('/'), components(path)); }

std::string folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == path.npos)
        return {};
    std::string_view head = path.substr(0, slash + 1);
    while (head.size() > 1 && head.ends_with('/'))
        head.remove_suffix(1);
    return std::string(head);
}

std::string parentOf(std::string_view path)
{
    std::vector<std::string_view> parts = components(path);
    if (!parts.empty())
        parts.pop_back();
    return joined(path.starts_with('/'), parts);
}

std::string lastOf(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); } // npos + 1 is 0

std::string stemOf(std::string_view path)
{
    const std::string last = lastOf(path);
    const std::size_t dot = last.rfind('.');
    return dot == std::string::npos || dot == 0 || dot + 1 == last.size() ? last : last.substr(0, dot);
}

} // namespace nuages::python
