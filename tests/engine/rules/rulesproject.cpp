#include "tests/engine/rules/rulesproject.h"
#include "tests/support/givenproject.h"

#include "engine/project/templates/projecttemplates.h"
#include "engine/rules/diagnostics.h"
#include "engine/rules/openness.h"
#include "engine/source/lineindex.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <filesystem>
#include <format>
#include <fstream>
#include <iterator>

namespace nuages::tests {

namespace {

namespace fs = std::filesystem;

std::string bytesOf(const fs::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void copyTree(source::MemoryFileSystem &disk, const fs::path &from, const std::string &to)
{
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(from)) {
        if (entry.is_regular_file())
            disk.write(to + '/' + fs::relative(entry.path(), from).string(), bytesOf(entry.path()));
    }
}

std::string print(const rules::Diagnostic &diagnostic, const source::LineIndex &lines)
{
    const source::Position begin = lines.position(diagnostic.range.begin, source::ColumnUnit::CodePoint);
    const source::Position end = lines.position(diagnostic.range.end, source::ColumnUnit::CodePoint);
    return std::format("{}:{}-{} {}: {}", begin.line + 1, begin.column + 1, end.column + 1, diagnostic.rule,
                       diagnostic.message);
}

} // namespace

std::string fixtureFolder() { return std::string(NUAGES_SOURCE_FOLDER) + "/tests/engine/rules/fixtures"; }

RulesProject::RulesProject()
{
    copyTree(m_disk, fixtureFolder() + "/shop", std::string(root));
    copyTree(m_disk, fixtureFolder() + "/packages", "/packages");
    m_disk.write("/packages/django/__init__.py", "VERSION = (6, 0, 0, 'final', 0)\n"); // the first with partials
    m_files.setRoots({{std::string(root), query::Durability::Low}, {"/packages", query::Durability::High}});
    m_engine.attach(m_files);
    m_project = openProject(m_engine, givenAt(std::string(root), {"/packages"}));
    m_engine.setWatching(true);
}

std::string RulesProject::text(std::string_view path) { return m_disk.open(std::string(path))->bytes(1 << 20).value(); }

void RulesProject::append(std::string_view path, std::string_view more) { write(path, text(path) + std::string(more)); }

void RulesProject::save(std::string_view path, std::string_view text)
{
    m_disk.write(path, text);
    m_engine.write("save", [&](query::Transaction &tx) { m_files.lookAgain(tx, path); });
}

void RulesProject::touch(std::string_view path)
{
    m_disk.touch(path);
    m_engine.write("touch", [&](query::Transaction &tx) { m_files.lookAgain(tx, path); });
}

void RulesProject::edit(std::string_view path, std::string_view text)
{
    m_engine.write("edit",
                   [&](query::Transaction &tx) { m_files.setOverlay(tx, path, source::Text(std::string(text))); });
}

std::vector<rules::Diagnostic> RulesProject::diagnose(std::string_view path)
{
    query::Reader db(m_engine.ticket());
    return db.get<rules::Diagnostics>(m_project, source::fileAt(db, path));
}

std::vector<std::string> RulesProject::findings(std::string_view path)
{
    query::Reader db(m_engine.ticket());
    const source::File file = source::fileAt(db, path);
    std::vector<std::string> result;
    for (const rules::Diagnostic &diagnostic : db.get<rules::Diagnostics>(m_project, file))
        result.push_back(print(diagnostic, db.get<source::Lines>(file)));
    return result;
}

std::vector<std::string> RulesProject::allFindings()
{
    std::vector<std::string> paths;
    {
        query::Reader db(m_engine.ticket());
        for (const project::TemplateFile &file : db.get<project::ProjectTemplates>(m_project))
            paths.push_back(file.path);
    }
    std::vector<std::string> result;
    for (const std::string &path : paths) {
        for (const std::string &finding : findings(path))
            result.push_back(path + ": " + finding);
    }
    return result;
}

std::vector<std::string> RulesProject::reasons(std::string_view path)
{
    query::Reader db(m_engine.ticket());
    std::vector<rules::Withheld> all = db.get<rules::ProjectOpenness>(m_project);
    rules::addWithheld(all, db.get<rules::TemplateOpenness>(m_project, source::fileAt(db, path)));
    std::vector<std::string> result;
    for (const auto &[reason, cure, claims] : all)
        result.push_back(std::format("{}:{}: {}", reason.file.substr(root.size() + 1), reason.line, reason.why));
    return result;
}

std::vector<std::string> RulesProject::withheld(std::string_view path)
{
    query::Reader db(m_engine.ticket());
    std::vector<rules::Withheld> all = db.get<rules::ProjectOpenness>(m_project);
    rules::addWithheld(all, db.get<rules::TemplateOpenness>(m_project, source::fileAt(db, path)));
    std::vector<std::string> result;
    for (const auto &[reason, cure, claims] : all) {
        const std::string file = reason.file.substr(std::min(reason.file.size(), root.size() + 1));
        result.push_back(std::format("{}: {} by {}", file, claims, cure == rules::Cure::None ? "-" : keyOf(cure)));
    }
    return result;
}

std::vector<std::string> RulesProject::takeExecuted()
{
    std::vector<std::string> result;
    for (const query::Event &event : m_engine.takeEvents()) {
        using What = query::Event::What;
        if (event.what == What::ExecutedNew || event.what == What::ExecutedChanged
            || event.what == What::ExecutedBackdated)
            result.push_back(m_engine.describe(event.key));
    }
    std::ranges::sort(result);
    return result;
}

} // namespace nuages::tests
