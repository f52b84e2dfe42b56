#include "tests/engine/project/settings/settingsworld.h"

namespace nuages::tests {

namespace {

using project::OpenReason;
using project::SettingsEntry;

std::string shown(std::string_view path)
{
    constexpr std::string_view root = "/project/";
    return std::string(path.starts_with(root) ? path.substr(root.size()) : path);
}

void addLine(std::string &out, std::string_view label, const std::vector<std::string> &words)
{
    if (words.empty())
        return;
    out.append(label).append(":");
    for (const std::string &word : words)
        out.append(" ").append(word);
    out.append("\n");
}

void addEntries(std::string &out, std::string_view label, const std::vector<SettingsEntry> &entries)
{
    std::vector<std::string> words;
    for (const SettingsEntry &entry : entries)
        words.push_back(shown(entry.value) + (entry.certainty == project::Certainty::Always ? "" : "?"));
    addLine(out, label, words);
}

void addOpen(std::string &out, std::string_view label, const std::vector<OpenReason> &reasons)
{
    for (const OpenReason &reason : reasons)
        out.append("open ")
            .append(label)
            .append(reason.doubt == python::Doubt::Unread ? ": " : " if set: ")
            .append(shown(reason.file))
            .append(":" + std::to_string(reason.line) + ": " + reason.why + "\n");
}

void addEngine(std::string &out, const project::TemplateEngine &engine)
{
    addEntries(out, "dirs", engine.dirs);
    if (engine.appDirs != project::Answer::No)
        addLine(out, "app_dirs", {engine.appDirs == project::Answer::Yes ? "yes" : "yes?"});
    std::vector<std::string> libraries;
    for (const project::LibraryEntry &library : engine.libraries)
        libraries.push_back(library.name + '=' + library.module);
    addLine(out, "libraries", libraries);
    addEntries(out, "builtins", engine.builtins);
    std::vector<std::string> loaders;
    for (const project::TemplateLoader &loader : engine.loaders) {
        if (loader.place == engine.place)
            continue; // filled in for want of any
        std::string word = loader.path;
        for (const std::string &folder : loader.dirs.value_or(std::vector<std::string>()))
            word += '[' + shown(folder) + ']';
        for (const std::string &name : loader.names)
            word += '<' + name + '>';
        loaders.push_back(std::move(word));
    }
    addLine(out, "loaders", loaders);
    addOpen(out, "dirs", engine.dirsOpen);
    addOpen(out, "libraries", engine.librariesOpen);
    addOpen(out, "builtins", engine.builtinsOpen);
    addOpen(out, "loaders", engine.loadersOpen);
}

std::string print(const project::SettingsFacts &facts)
{
    std::string out;
    addEntries(out, "apps", facts.installedApps);
    addOpen(out, "apps", facts.installedAppsOpen);
    bool isFirst = true;
    for (const project::TemplateEngine &engine : facts.engines) {
        if (!std::exchange(isFirst, false) || !engine.isDjango())
            addLine(out, "engine", {engine.backend + (engine.certainty == project::Certainty::Always ? "" : "?")});
        addEngine(out, engine);
    }
    addOpen(out, "engines", facts.enginesOpen);
    addOpen(out, "path", facts.pythonPathOpen);
    return out;
}

} // namespace

SettingsWorld::SettingsWorld()
{
    m_engine.attach(m_files);
    m_data.options.settings = "settings";
    write("/site/django/__init__.py", "VERSION = (4, 2, 0, 'final', 0)\n");
    write("/site/django/conf/__init__.py", "");
    write("/site/django/conf/global_settings.py",
          "INSTALLED_APPS = []\nTEMPLATES = []\nLANGUAGES = [('en', 'English')]\n");
}

void SettingsWorld::write(std::string_view path, std::string_view text)
{
    m_disk.write(path, text);
    m_engine.write("write", [&](query::Transaction &tx) { m_files.lookAgain(tx, path); });
}

project::Project SettingsWorld::project()
{
    if (!m_project)
        m_project = openProject(m_engine, m_data);
    return *m_project;
}

std::string SettingsWorld::facts()
{
    const project::Project project = this->project();
    query::Reader db(m_engine.ticket());
    const auto &facts = db.get<project::Settings>(project);
    return facts ? print(*facts) : "no settings\n";
}

} // namespace nuages::tests
