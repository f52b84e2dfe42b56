#pragma once

#include "engine/project/project.h"
#include "engine/query/engine.h"
#include "engine/rules/diagnostic.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// The fixture project "shop" in memory, with a Django of a few names beside it, and an engine that checks it.
///
/// Lives on one thread: it owns the engine and opens its readers.
class RulesProject
{
public:
    static constexpr std::string_view root = "/shop";
    /// Where the fixtures are that say in comments what is found in them.
    inline static const std::string templates = "/shop/shop/templates/shop/";
    static constexpr std::string_view settings = "/shop/website/settings.py";

    RulesProject();

    /// Changes the disk without telling the engine; for what is there before the first question.
    void write(std::string_view path, std::string_view text) { m_disk.write(path, text); }
    void append(std::string_view path, std::string_view text);
    void removeDjango() { m_disk.remove("/packages/django"); }
    std::string text(std::string_view path);

    /// Changes the disk, and the engine looks again. Both are one transaction each.
    void save(std::string_view path, std::string_view text);
    void touch(std::string_view path);

    /// Opens the text in an editor, or changes what is open there.
    void edit(std::string_view path, std::string_view text);

    std::vector<rules::Diagnostic> diagnose(std::string_view path);

    /// The findings as "line:column-column rule: message", all from 1, columns in code points, ends exclusive.
    std::vector<std::string> findings(std::string_view path);

    /// The findings of every template that ProjectTemplates lists, each after "path: ", sorted.
    std::vector<std::string> allFindings();

    /// The reasons for what is withheld in this file, as "file:line: why" below the root.
    std::vector<std::string> reasons(std::string_view path);

    /// What each reason costs in this file, as "file: CLAIMS by KEY", without a key "-". By the order of reasons.
    std::vector<std::string> withheld(std::string_view path);

    /// What ran since the last call, by Engine::describe(): "Diagnostics(/shop, …)".
    std::vector<std::string> takeExecuted();

    query::Engine &engine() { return m_engine; }

private:
    source::MemoryFileSystem m_disk;
    source::Files m_files{m_disk};
    query::Engine m_engine;
    project::Project m_project;
};

/// The folder of the fixtures on the disk.
std::string fixtureFolder();

} // namespace nuages::tests
