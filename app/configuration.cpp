#include "app/configuration.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <toml++/toml.hpp>

#include <algorithm>
#include <filesystem>
#include <format>

#include <fnmatch.h>

namespace nuages::app {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

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

std::unexpected<Failure> inOptions(std::string_view what)
{
    return std::unexpected(Failure{std::format("initializationOptions: {}", what)});
}

std::expected<std::vector<std::string>, Failure> strings(std::string_view key, const json::value &value)
{
    const json::array *array = value.if_array();
    if (!array || !std::ranges::all_of(*array, &json::value::is_string))
        return inOptions(std::format("{} must be a list of strings", key));
    std::vector<std::string> result;
    for (const json::value &item : *array)
        result.emplace_back(item.as_string());
    return result;
}

/// Makes each of `folders` absolute, starting from `start`.
void startFrom(const std::string &start, std::vector<std::string> &folders)
{
    for (std::string &folder : folders)
        folder = (fs::path(start) / folder).lexically_normal().string();
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
    startFrom(root, result.sitePackages);
    return result;
}

std::expected<Configuration, Failure> readOptions(const std::string &folder, const json::value &options)
{
    Configuration result;
    if (options.is_null())
        return result;
    const json::object *object = options.if_object();
    if (!object)
        return inOptions("must be an object");
    for (const auto &[key, value] : *object) {
        if (value.is_null())
            continue;
        if (key == "settings") {
            if (!value.is_string())
                return inOptions("settings must be a string");
            result.settings = value.as_string();
        } else if (key == "sitePackages" || key == "exclude") {
            auto list = strings(key, value);
            if (!list)
                return std::unexpected(std::move(list.error()));
            (key == "exclude" ? result.exclude : result.sitePackages) = std::move(*list);
        } else {
            return inOptions(
                std::format("unknown member {} (known: settings, sitePackages, exclude)", std::string_view(key)));
        }
    }
    startFrom(folder, result.sitePackages);
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
