#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// Where a fact was written.
struct SettingsPlace {
    std::string file; ///< Absolute.
    std::uint32_t line = 0; ///< From 1.

    friend auto operator<=>(const SettingsPlace &, const SettingsPlace &) = default;
};

/// Where the settings module was found, and what led there.
struct SettingsLocation {
    std::string module; ///< Dotted: "mysite.settings".
    std::string file; ///< Absolute; empty when the name is known and no such module is found.
    std::string foundBy; ///< For people: "manage.py:9", "DJANGO_SETTINGS_MODULE", "configuration".
    std::vector<std::string> pythonPath; ///< The folders of the project itself, in order; site-packages not included.
    std::vector<OpenReason> open; ///< Why it may be another module; then no list is whole.
    SettingsPlace namedAt = {}; ///< Of a module that a program names; else the file is empty.

    friend bool operator==(const SettingsLocation &, const SettingsLocation &) = default;
};

/// The settings module of the project: the configured one, else that of DJANGO_SETTINGS_MODULE, else the one that
/// manage.py (in the root or one folder below), wsgi.py or asgi.py names. nullopt if none of them names any.
struct SettingsModule {
    static constexpr std::string_view about = "which module";

    static std::optional<SettingsLocation> run(query::Reader &db, Project project);
};

/// Whether a fact holds on every path through the settings, or only on some.
enum class Certainty : std::uint8_t { Always, InSomeBranch };

/// A word of the settings with its place: an entry of INSTALLED_APPS, a folder, the name of a module.
struct SettingsEntry {
    std::string value;
    SettingsPlace place;
    Certainty certainty = Certainty::Always;

    friend bool operator==(const SettingsEntry &, const SettingsEntry &) = default;
};

using InstalledApp = SettingsEntry; ///< The entry as written: a package, or the dotted name of an AppConfig.

/// OPTIONS["libraries"]: the name of a tag library and the module it is in.
struct LibraryEntry {
    std::string name;
    std::string module;
    SettingsPlace place;

    friend bool operator==(const LibraryEntry &, const LibraryEntry &) = default;
};

/// A loader of templates with its own arguments; one that wraps others, as the cached one, is left out in favour of
/// those.
struct TemplateLoader {
    enum class Kind : std::uint8_t { FileSystem, AppDirectories, InMemory, Other };

    Kind kind = Kind::Other;
    std::string path; ///< Dotted name of the class.
    std::optional<std::vector<std::string>> dirs; ///< Absolute; of a FileSystem loader that has folders of its own.
    std::vector<std::string> names; ///< The templates of an InMemory loader.
    SettingsPlace place;

    friend bool operator==(const TemplateLoader &, const TemplateLoader &) = default;
};

enum class Answer : std::uint8_t { No, Yes, Unknown };

/// One entry of TEMPLATES.
///
/// Each list is the union over the branches of the settings, so a name that is in none of them is in no configuration;
/// unless the list's own reasons say that something in it could not be read.
struct TemplateEngine {
    enum class Kind : std::uint8_t {
        Django, ///< DjangoTemplates, or a class that derives from it and changes nothing of it.
        Jinja2,
        Other, ///< Another language, as far as is known; or Django's with a loader that may change texts.
    };

    std::string backend; ///< Dotted; empty if it could not be read.
    Kind kind = Kind::Other;
    std::string name; ///< NAME, or what Django makes of the backend: its last but one component.
    SettingsPlace place;
    Certainty certainty = Certainty::Always;

    std::vector<SettingsEntry> dirs; ///< Absolute and normal, in Django's order.
    std::vector<OpenReason> dirsOpen;
    Answer appDirs = Answer::No;
    std::string appFolder; ///< In each application, with APP_DIRS: "templates"; empty if it is not known.
    /// django-jinja and its like serve only the names that end so, and that this regular expression fits.
    std::string matchExtension;
    std::string matchRegex;
    std::vector<LibraryEntry> libraries; ///< In the order written; the last of equal names wins.
    std::vector<OpenReason> librariesOpen;
    std::vector<SettingsEntry> builtins; ///< Modules beyond Django's own three, in order.
    std::vector<OpenReason> builtinsOpen;
    std::vector<TemplateLoader> loaders; ///< What Django would use, defaults filled in; unknown ones of kind Other.
    bool namesParts = false; ///< A loader takes "card.html#row" for a part of card.html.
    std::vector<OpenReason> loadersOpen; ///< Also holds a loader of kind Other: it may find any name.

    bool isDjango() const { return kind == Kind::Django; }

    friend bool operator==(const TemplateEngine &, const TemplateEngine &) = default;
};

/// What the settings say about apps and templates. Never names a value that no configuration of the project has; what
/// could not be read is in the reasons, each of which opens the one list it stands beside.
struct SettingsFacts {
    SettingsLocation location;
    std::vector<InstalledApp> installedApps; ///< In order; a name twice only if the settings hold it twice.
    std::vector<OpenReason> installedAppsOpen;
    std::vector<TemplateEngine> engines; ///< Entries of TEMPLATES in order, every backend.
    std::vector<OpenReason> enginesOpen; ///< There may be further engines.
    std::vector<OpenReason> enginesLeftAlone; ///< Engines of kind Other: nothing is said about their templates.
    std::vector<std::string> pythonPath; ///< Where modules are looked up, what the settings add to sys.path first.
    std::vector<OpenReason> pythonPathOpen;
    std::vector<SettingsEntry> formRenderers; ///< Values FORM_RENDERER may have; Django's default is filled in.

    friend bool operator==(const SettingsFacts &, const SettingsFacts &) = default;
};

/// Reads the settings without running them; nullopt when SettingsModule finds none or its file is not there.
///
/// Depends on every file it looked at, on those that were not there, and on the environment if the settings read it.
struct Settings {
    static constexpr std::string_view about = "of the project";

    static std::optional<SettingsFacts> run(query::Reader &db, Project project);
};

} // namespace nuages::project
