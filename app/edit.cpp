#include "app/edit.h"

#include "app/environment.h"

#include <algorithm>
#include <filesystem>
#include <format>
#include <fstream>
#include <iterator>

namespace nuages::app {

namespace {

std::expected<std::string, Failure> textOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file || !std::filesystem::is_regular_file(path))
        return std::unexpected(Failure{std::format("cannot read {}", path)});
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

} // namespace

std::string fileNamed(const std::string &path, const std::string &root)
{
    std::error_code failed;
    const std::string here = normalPath(path);
    return path.starts_with('/') || std::filesystem::exists(here, failed) ? here : normalPath(root + "/" + path);
}

std::expected<std::vector<Overlay>, Failure> edited(const std::vector<Replacement> &replacements,
                                                    const std::string &root)
{
    std::vector<Overlay> overlays;
    for (const auto &[name, before, after] : replacements) {
        const std::string path = fileNamed(name, root);
        auto overlay = std::ranges::find(overlays, path, &Overlay::path);
        if (overlay == overlays.end()) {
            std::expected<std::string, Failure> text = textOf(path);
            if (!text)
                return std::unexpected(text.error());
            overlay = overlays.insert(overlay, {path, std::move(*text)});
        }
        std::string &text = overlay->text;
        const std::size_t at = before.empty() ? text.npos : text.find(before);
        if (at == text.npos)
            return std::unexpected(Failure{std::format("'{}' does not stand in {}", before, name)});
        if (text.find(before, at + 1) != text.npos)
            return std::unexpected(Failure{std::format("'{}' stands in {} more than once", before, name)});
        text.replace(at, before.size(), after);
    }
    return overlays;
}

} // namespace nuages::app
