#include "engine/project/discovery/configuration.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/project.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <toml++/toml.hpp>

#include <algorithm>
#include <array>
#include <format>
#include <utility>

#include <fnmatch.h>

namespace nuages::project {

namespace {

/// Reads one table, and keeps what is wrong with it.
class TableReader
{
public:
    TableReader(std::string file, const toml::table &table)
        : m_file(std::move(file)), m_folder(source::parentPath(m_file)), m_table(table)
    {
    }

    Configuration run()
    {
        using Read = void (TableReader::*)(std::string_view, const toml::node &);
        static constexpr std::array<std::pair<std::string_view, Read>, 10> keys{{
            {"settings", &TableReader::readSettings},
            {"site-packages", &TableReader::readSitePackages},
            {"exclude", &TableReader::readExclude},
            {"env", &TableReader::readMap<&Configuration::env>},
            {"apps", &TableReader::readApps},
            {"libraries", &TableReader::readLibraries},
            {"select", &TableReader::readList<&Configuration::select>},
            {"ignore", &TableReader::readList<&Configuration::ignore>},
            {"severity", &TableReader::readMap<&Configuration::severity>},
            {"per-file-ignores", &TableReader::readIgnores},
        }};
        for (const auto &[key, value] : m_table) {
            const auto known = std::ranges::find(keys, key.str(), &std::pair<std::string_view, Read>::first);
            if (known != keys.end()) {
                (this->*known->second)(key.str(), value);
                continue;
            }
            std::string names;
            for (const auto &[name, read] : keys)
                names.append(names.empty() ? "" : ", ").append(name);
            problem(key.source(), std::format("unknown key tool.nuages.{} (known: {})", key.str(), names));
        }
        std::ranges::sort(m_result.problems, {}, &ConfigurationProblem::line);
        return std::move(m_result);
    }

private:
    void problem(const toml::source_region &place, std::string what)
    {
        m_result.problems.push_back({m_file, std::uint32_t(place.begin.line), std::move(what)});
    }

    void mustBe(std::string_view key, const toml::node &value, std::string_view what)
    {
        problem(value.source(), std::format("tool.nuages.{} must be {}", key, what));
    }

    std::optional<std::vector<std::string>> strings(const toml::node &value)
    {
        const toml::array *array = value.as_array();
        if (!array || !(array->empty() || array->is_homogeneous(toml::node_type::string)))
            return std::nullopt;
        std::vector<std::string> result;
        for (const toml::node &item : *array)
            result.push_back(item.as_string()->get());
        return result;
    }

    void readSettings(std::string_view key, const toml::node &value)
    {
        if (value.is_string())
            m_result.settings = value.as_string()->get();
        else
            mustBe(key, value, "a string");
    }

    template <auto Member>
    void readList(std::string_view key, const toml::node &value)
    {
        if (auto list = strings(value))
            m_result.*Member = std::move(*list);
        else
            mustBe(key, value, "a list of strings");
    }

    void readSitePackages(std::string_view key, const toml::node &value)
    {
        readList<&Configuration::sitePackages>(key, value);
        for (std::string &folder : m_result.sitePackages)
            folder = source::normalPath(folder.starts_with('/') ? folder : m_folder + '/' + folder);
    }

    void readExclude(std::string_view key, const toml::node &value)
    {
        readList<&Configuration::exclude>(key, value);
        for (std::string &pattern : m_result.exclude)
            pattern = patternFrom(m_folder, pattern);
    }

    template <auto Member>
    void readMap(std::string_view key, const toml::node &value)
    {
        const toml::table *table = value.as_table();
        const auto isText = [](const auto &entry) { return entry.second.is_string(); };
        if (!table || !std::ranges::all_of(*table, isText))
            return mustBe(key, value, "a table of strings");
        for (const auto &[name, text] : *table)
            (m_result.*Member)[std::string(name.str())] = text.as_string()->get();
    }

    void readApps(std::string_view key, const toml::node &value)
    {
        readList<&Configuration::apps>(key, value);
        m_result.hasApps = strings(value).has_value();
    }

    void readLibraries(std::string_view key, const toml::node &value)
    {
        readMap<&Configuration::libraries>(key, value);
        m_result.hasLibraries = value.is_table();
    }

    void readIgnores(std::string_view key, const toml::node &value)
    {
        const toml::table *table = value.as_table();
        if (!table)
            return mustBe(key, value, "a table of lists of strings");
        for (const auto &[pattern, rules] : *table) {
            if (auto list = strings(rules))
                m_result.perFileIgnores[patternFrom(m_folder, pattern.str())] = std::move(*list);
            else
                mustBe(key, rules, "a table of lists of strings");
        }
    }

    std::string m_file;
    std::string m_folder;
    const toml::table &m_table;
    Configuration m_result;
};

template <auto Member>
void prefer(const Configuration &given, Configuration &to)
{
    if (!(given.*Member).empty())
        to.*Member = given.*Member;
}

} // namespace

std::optional<Configuration> ConfigurationFile::run(query::Reader &db, source::File file)
{
    const source::Text &text = db.get<source::SourceText>(file);
    if (!text.view().contains("tool.nuages"))
        return std::nullopt;
    const std::string &path = db.read<&source::FileData::path>(file);
    try {
        const toml::table document = toml::parse(text.view());
        const toml::table *table = document["tool"]["nuages"].as_table();
        return table ? std::optional(TableReader(path, *table).run()) : std::nullopt;
    } catch (const toml::parse_error &error) {
        Configuration broken;
        broken.problems.push_back({path, std::uint32_t(error.source().begin.line), std::string(error.description())});
        return broken;
    }
}

Configuration ProjectConfiguration::run(query::Reader &db, Project project)
{
    const ProjectKey &key = db.value(project);
    Configuration result;
    const std::string &start = db.get<ManageFolder>(source::fileAt(db, key.root));
    for (std::string folder = start;; folder = source::parentPath(folder)) {
        const source::File file = source::fileAt(db, (folder == "/" ? "" : folder) + "/pyproject.toml");
        const bool isThere = db.read<&source::FileData::status>(file) == source::Status::Regular;
        const std::optional<Configuration> *found = isThere ? &db.get<ConfigurationFile>(file) : nullptr;
        if (found && *found) {
            result = **found;
            break;
        }
        if (folder == "/")
            break;
    }
    return merged(db.read<&GivenData::options>(key.given), std::move(result));
}

Configuration merged(const Configuration &given, Configuration base)
{
    prefer<&Configuration::settings>(given, base);
    prefer<&Configuration::sitePackages>(given, base);
    prefer<&Configuration::exclude>(given, base);
    prefer<&Configuration::env>(given, base);
    prefer<&Configuration::apps>(given, base);
    prefer<&Configuration::libraries>(given, base);
    prefer<&Configuration::select>(given, base);
    prefer<&Configuration::ignore>(given, base);
    prefer<&Configuration::severity>(given, base);
    prefer<&Configuration::perFileIgnores>(given, base);
    base.hasApps |= given.hasApps;
    base.hasLibraries |= given.hasLibraries;
    base.problems.insert(base.problems.begin(), given.problems.begin(), given.problems.end());
    return base;
}

std::string patternFrom(std::string_view folder, std::string_view pattern)
{
    if (pattern.starts_with('/'))
        return std::string(pattern);
    std::string result;
    for (const char each : folder) {
        if (std::string_view("*?[\\").contains(each))
            result += '\\';
        result += each;
    }
    return (folder == "/" ? std::string() : result) + '/' + std::string(pattern);
}

bool isExcluded(const std::vector<std::string> &patterns, std::string_view path)
{
    for (std::size_t end = path.find('/', 1); !patterns.empty(); end = path.find('/', end + 1)) {
        const std::string part(path.substr(0, end)); // a folder of the path, at last the path itself
        if (std::ranges::any_of(patterns, [&part](const std::string &pattern) {
                return fnmatch(pattern.c_str(), part.c_str(), 0) == 0;
            }))
            return true;
        if (end == path.npos)
            break;
    }
    return false;
}

std::string pathFrom(std::string_view folder, std::string_view path)
{
    if (path == folder)
        return ".";
    const bool isIn = path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
    return std::string(isIn ? path.substr(folder.size() + 1) : path);
}

} // namespace nuages::project
