#include "app/configuration.h"

#include <toml++/toml.hpp>

#include <algorithm>
#include <filesystem>
#include <format>

#include <fnmatch.h>

namespace nuages::app {

namespace {

namespace fs = std::filesystem;

Failure at(const std::string &file, const toml::source_region &place, std::string_view what)
{
    return {std::format("{}:{}: {}", file, place.begin.line, what)};
}

std::expected<std::vector<std::string>, Failure> strings(const std::string &file, std::string_view key,
                                                         const toml::node &value)
{
    const toml::array *array = value.as_array();
    if (!array || !array->is_homogeneous(toml::node_type::string)) {
        if (array && array->empty())
            return {};
        return std::unexpected(at(file, value.source(), std::format("tool.nuages.{} must be a list of strings", key)));
    }
    std::vector<std::string> result;
    for (const toml::node &item : *array)
        result.push_back(item.as_string()->get());
    return result;
}

} // namespace

std::expected<Configuration, Failure> readConfiguration(const std::string &root)
{
    const std::string file = (fs::path(root) / "pyproject.toml").string();
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return {};
    toml::table document;
    try {
        document = toml::parse_file(file);
    } catch (const toml::parse_error &error) {
        return std::unexpected(at(file, error.source(), error.description()));
    }

    Configuration result;
    const toml::table *table = document.at_path("tool.nuages").as_table();
    if (!table)
        return result;
    for (const auto &[key, value] : *table) {
        if (key == "settings") {
            if (!value.is_string())
                return std::unexpected(at(file, value.source(), "tool.nuages.settings must be a string"));
            result.settings = value.as_string()->get();
        } else if (key == "site-packages" || key == "exclude") {
            auto list = strings(file, key.str(), value);
            if (!list)
                return std::unexpected(std::move(list.error()));
            (key == "exclude" ? result.exclude : result.sitePackages) = std::move(*list);
        } else {
            return std::unexpected(
                at(file, key.source(),
                   std::format("unknown key tool.nuages.{} (known: settings, site-packages, exclude)", key.str())));
        }
    }
    for (std::string &folder : result.sitePackages)
        folder = (fs::path(root) / folder).lexically_normal().string();
    return result;
}

bool isExcluded(const std::vector<std::string> &patterns, const std::string &path)
{
    for (std::size_t end = path.find('/'); !patterns.empty(); end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end); // a folder of the path, at last the path itself
        if (std::ranges::any_of(patterns, [&part](const std::string &pattern) {
                return fnmatch(pattern.c_str(), part.c_str(), 0) == 0;
            }))
            return true;
        if (end == std::string::npos)
            break;
    }
    return false;
}

} // namespace nuages::app
