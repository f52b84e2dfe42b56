#include "lsp/server/options.h"

#include "engine/source/path.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <format>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace json = boost::json;

namespace nuages::server {

namespace {

/// "sitePackages" as "site-packages".
std::string inKebabCase(std::string_view name)
{
    std::string result;
    for (const char each : name) {
        if (std::isupper(static_cast<unsigned char>(each)) != 0)
            result += '-';
        result += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    }
    return result;
}

std::optional<std::vector<std::string>> strings(const json::value &value)
{
    const json::array *array = value.if_array();
    if (!array || !std::ranges::all_of(*array, &json::value::is_string))
        return std::nullopt;
    std::vector<std::string> result;
    for (const json::value &item : *array)
        result.emplace_back(item.as_string());
    return result;
}

class OptionsReader
{
public:
    explicit OptionsReader(const std::vector<std::string> &folders) : m_folders(folders) { }

    project::Configuration run(const json::value &options)
    {
        using Read = bool (OptionsReader::*)(const json::value &);
        using project::Configuration;
        static constexpr std::array<std::pair<std::string_view, Read>, 10> keys{{
            {"settings", &OptionsReader::readSettings},
            {"site-packages", &OptionsReader::readSitePackages},
            {"exclude", &OptionsReader::readExclude},
            {"env", &OptionsReader::readMap<&Configuration::env>},
            {"apps", &OptionsReader::readApps},
            {"libraries", &OptionsReader::readLibraries},
            {"select", &OptionsReader::readList<&Configuration::select>},
            {"ignore", &OptionsReader::readList<&Configuration::ignore>},
            {"severity", &OptionsReader::readMap<&Configuration::severity>},
            {"per-file-ignores", &OptionsReader::readIgnores},
        }};
        // An editor sends the whole of its section, with what its extension keeps there for itself.
        static constexpr std::array<std::string_view, 3> ofTheExtension = {"path", "trace",
                                                                           "open-templates-as-django-html"};
        if (options.is_null())
            return {};
        const json::object *object = options.if_object();
        if (!object) {
            problem("the editor's settings for nuages must be an object");
            return std::move(m_result);
        }
        for (const auto &[name, value] : *object) {
            if (value.is_null() || std::ranges::contains(ofTheExtension, inKebabCase(name)))
                continue;
            const auto known = std::ranges::find(keys, inKebabCase(name), &std::pair<std::string_view, Read>::first);
            if (known == keys.end()) {
                std::string names;
                for (const auto &[key, read] : keys)
                    names.append(names.empty() ? "" : ", ").append(key);
                problem(
                    std::format("unknown setting nuages.{} of the editor (known: {})", std::string_view(name), names));
            } else if (!(this->*known->second)(value)) {
                problem(std::format("the editor's setting nuages.{} has a value of the wrong type",
                                    std::string_view(name)));
            }
        }
        return std::move(m_result);
    }

private:
    void problem(std::string what) { m_result.problems.push_back({{}, 0, std::move(what)}); }

    bool readSettings(const json::value &value)
    {
        if (value.is_string())
            m_result.settings = value.as_string();
        return value.is_string();
    }

    template <auto Member>
    bool readList(const json::value &value)
    {
        auto list = strings(value);
        if (list)
            m_result.*Member = std::move(*list);
        return list.has_value();
    }

    bool readSitePackages(const json::value &value)
    {
        const bool isList = readList<&project::Configuration::sitePackages>(value);
        for (std::string &path : m_result.sitePackages)
            path = source::normalPath(path.starts_with('/') ? path : m_folders.front() + '/' + path);
        return isList;
    }

    bool readExclude(const json::value &value)
    {
        const bool isList = readList<&project::Configuration::exclude>(value);
        for (const std::string &pattern : std::exchange(m_result.exclude, {})) {
            for (const std::string &folder : m_folders)
                m_result.exclude.push_back(project::patternFrom(folder, pattern));
        }
        return isList;
    }

    template <auto Member>
    bool readMap(const json::value &value)
    {
        const json::object *object = value.if_object();
        if (!object || !std::ranges::all_of(*object, [](const auto &entry) { return entry.value().is_string(); }))
            return false;
        for (const auto &[name, text] : *object)
            (m_result.*Member)[name] = text.as_string();
        return true;
    }

    bool readApps(const json::value &value)
    {
        m_result.hasApps = readList<&project::Configuration::apps>(value);
        return m_result.hasApps;
    }

    bool readLibraries(const json::value &value)
    {
        m_result.hasLibraries = readMap<&project::Configuration::libraries>(value);
        return m_result.hasLibraries;
    }

    bool readIgnores(const json::value &value)
    {
        const json::object *object = value.if_object();
        for (const auto &[pattern, rules] : object ? *object : json::object()) {
            auto list = strings(rules);
            if (!list)
                return false;
            for (const std::string &folder : m_folders)
                m_result.perFileIgnores[project::patternFrom(folder, pattern)] = *list;
        }
        return object != nullptr;
    }

    const std::vector<std::string> &m_folders;
    project::Configuration m_result;
};

} // namespace

project::Configuration readOptions(const std::vector<std::string> &folders, const json::value &options)
{
    return OptionsReader(folders).run(options);
}

} // namespace nuages::server
