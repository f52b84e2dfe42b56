#include "app/formats/facts.h"
#include "app/formats/wellformed.h"

#include <algorithm>
#include <format>

namespace nuages::app {

namespace {

std::string placed(const Source &source)
{
    return source.line == 0 ? source.path : std::format("{}:{}", source.path, source.line);
}

/// Lines whose cells stand below each other.
class Table
{
public:
    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }

    std::string text(std::size_t indent) const
    {
        std::vector<std::size_t> widths;
        for (const auto &row : m_rows) {
            widths.resize(std::max(widths.size(), row.size()));
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], row[i].size());
        }
        std::string text;
        for (const auto &row : m_rows) {
            std::string line(indent, ' ');
            for (std::size_t i = 0; i < row.size(); ++i)
                line += std::format("{:{}}  ", visible(row[i]), widths[i]);
            line.erase(line.find_last_not_of(' ') + 1);
            text += line + '\n';
        }
        return text;
    }

private:
    std::vector<std::vector<std::string>> m_rows;
};

std::string paragraph(std::string_view title, const std::string &text)
{
    return text.empty() ? std::string() : std::format("\n{}\n{}", title, text);
}

std::string perhaps(bool isCertain, std::string_view text)
{
    return isCertain ? std::string(text) : std::format("{} (in some branch)", text);
}

std::string projectText(const Facts &facts)
{
    Table table;
    table.add({"project", facts.root});
    if (!facts.settings) {
        table.add({"settings", "none: read as a reusable package"});
    } else {
        table.add({"settings",
                   std::format("{} in {}, named by {}", facts.settings->module,
                               facts.settings->path.value_or("no file"), facts.settings->foundBy)});
    }
    if (!facts.django) {
        table.add({"django", "not found"});
    } else {
        const std::string &version = facts.django->version;
        table.add({"django",
                   std::format("{} in {}", version.empty() ? "unknown version" : version, facts.django->directory)});
    }
    for (const std::string &folder : facts.packages)
        table.add({&folder == &facts.packages.front() ? "packages" : "", folder});
    if (!facts.packagesFoundBy.empty())
        table.add({"", "found by " + facts.packagesFoundBy});
    return table.text(0);
}

std::string appsText(const Facts &facts)
{
    Table table;
    for (const AppShown &app : facts.apps) {
        table.add({perhaps(app.certain, app.name), app.label, app.source ? placed(*app.source) : std::string(),
                   app.directory});
    }
    return table.text(2);
}

std::string enginesText(const Facts &facts)
{
    std::string text;
    for (const EngineShown &engine : facts.engines) {
        text += std::format("  {}  {}  {}\n", visible(perhaps(engine.certain, engine.name)), visible(engine.backend),
                            placed(engine.source));
        Table table;
        const auto add = [&table](std::string_view kind, const std::vector<SettingShown> &settings) {
            for (const SettingShown &each : settings) {
                const std::string value = each.name.empty() ? each.value : each.name + " = " + each.value;
                table.add({std::string(kind), value, placed(each.source)});
            }
        };
        add("folder", engine.dirs);
        table.add({"app folders", engine.appDirs});
        add("loader", engine.loaders);
        add("library", engine.libraries);
        add("builtin", engine.builtins);
        text += table.text(4);
    }
    return text;
}

std::string librariesText(const std::vector<LibraryShown> &libraries)
{
    std::string text;
    for (const LibraryShown &library : libraries) {
        text += std::format("  {}  {}\n", visible(library.name.empty() ? library.module : library.name),
                            visible(placed(library.source)));
        Table table;
        const auto add = [&table](std::string_view kind, const std::vector<Registered> &all) {
            for (const Registered &each : all) {
                const std::string function = each.module.empty() ? each.function : each.module + '.' + each.function;
                table.add({std::string(kind), each.name, function, each.source ? placed(*each.source) : std::string()});
            }
        };
        add("tag", library.tags);
        add("filter", library.filters);
        for (const Opening &opening : library.open)
            table.add({"open", shown(opening)});
        text += table.text(4);
    }
    return text;
}

std::string wholeText(const Facts &facts)
{
    Table folders;
    for (const std::string &folder : facts.templateFolders)
        folders.add({folder});
    Table open;
    for (const OpenList &each : facts.open)
        open.add({each.list, shown(each.reason)});
    return projectText(facts) + paragraph("apps", appsText(facts)) + paragraph("engines", enginesText(facts))
        + paragraph("template folders", folders.text(2)) + paragraph("libraries", librariesText(facts.libraries))
        + paragraph("builtins", librariesText(facts.builtins)) + paragraph("may hold more", open.text(2));
}

} // namespace

std::string factsAsText(std::span<const Facts> projects)
{
    std::string text;
    for (const Facts &facts : projects)
        text += (text.empty() ? "" : "\n\n") + wholeText(facts);
    return text;
}

} // namespace nuages::app
