#include "engine/project/settings/templateengines.h"

#include "engine/project/settings/djangoclass.h"

#include <algorithm>
#include <iterator>

namespace nuages::project {

namespace {

using python::Dictionary;
using python::Sequence;
using python::Value;
using Words = FactReader::Words;

constexpr std::string_view djangoEngine = "django.template.backends.django.DjangoTemplates";
constexpr std::string_view jinjaEngine = "django.template.backends.jinja2.Jinja2";
constexpr std::string_view fileSystemLoader = "django.template.loaders.filesystem.Loader";
constexpr std::string_view appDirectoriesLoader = "django.template.loaders.app_directories.Loader";
constexpr std::string_view cachedLoader = "django.template.loaders.cached.Loader";
constexpr std::string_view partialsLoader = "template_partials.loader.Loader";
constexpr std::string_view inMemoryLoader = "django.template.loaders.locmem.Loader";

/// Whether a class that derives from a loader of Django's does something else than that by binding `name`. All other
/// names are its own: Django does not ask for them.
bool changesLoader(std::string_view name)
{
    static constexpr std::string_view asked[] = {"cache_key",
                                                 "dirs",
                                                 "engine",
                                                 "generate_hash",
                                                 "get_contents",
                                                 "get_dirs",
                                                 "get_template",
                                                 "get_template_cache",
                                                 "get_template_sources",
                                                 "load_template",
                                                 "load_template_source",
                                                 "loaders",
                                                 "reset",
                                                 "templates_dict"};
    return std::ranges::contains(asked, name)
        || (name.starts_with("__") && name != "__doc__" && name != "__module__" && name != "__slots__");
}

/// Whether such a class may give a template another text than its file has, by binding `name`.
bool changesText(std::string_view name)
{
    static constexpr std::string_view asked[] = {"get_contents",         "get_template",     "load_template",
                                                 "load_template_source", "__getattribute__", "__getattr__"};
    return std::ranges::contains(asked, name);
}

void append(std::vector<OpenReason> &to, const std::vector<OpenReason> &reasons)
{
    to.insert(to.end(), reasons.begin(), reasons.end());
}

/// What is known of the value at one place of a list of arguments.
Finding known(const FactReader &reader, const Value &value)
{
    Finding finding;
    reader.add({value}, finding);
    return finding;
}

/// Reads one dictionary of TEMPLATES into a TemplateEngine.
class EngineReader
{
public:
    EngineReader(const FactReader &reader, python::Surroundings &surroundings, const Dictionary &dictionary,
                 TemplateEngine &engine)
        : m_reader(reader), m_surroundings(surroundings), m_dictionary(dictionary), m_engine(engine)
    {
    }

    void read()
    {
        m_engine.dirs = m_reader.entries(m_reader.key(m_dictionary, "DIRS"), Words::Paths, m_engine.dirsOpen);
        readAppDirs();
        const Finding options = m_reader.key(m_dictionary, "OPTIONS");
        append(m_engine.librariesOpen, options.open);
        append(m_engine.builtinsOpen, options.open);
        append(m_engine.loadersOpen, options.open);
        bool usesDefaultLoaders = options.mayBeUnset || options.candidates.empty();
        for (const Candidate &candidate : options.candidates) {
            if (const auto *dictionary = m_reader.as<Dictionary>(candidate.value))
                usesDefaultLoaders |= readOptions(*dictionary);
            else
                usesDefaultLoaders = true;
        }
        // What an unknown loader reads is, as far as anybody can tell, what Django would.
        const bool hasFolders = std::ranges::any_of(
            m_engine.loaders, [](const TemplateLoader &loader) { return loader.kind != TemplateLoader::Kind::Other; });
        if (usesDefaultLoaders || (!hasFolders && !m_engine.loadersOpen.empty()))
            addDefaultLoaders(usesDefaultLoaders ? m_engine.appDirs != Answer::No : true);
        for (auto *reasons :
             {&m_engine.dirsOpen, &m_engine.librariesOpen, &m_engine.builtinsOpen, &m_engine.loadersOpen})
            tidy(*reasons);
    }

    /// The loaders that may give templates another text than their files have.
    const std::vector<OpenReason> &otherTexts() const { return m_texts; }

private:
    void readAppDirs()
    {
        const Finding finding = m_reader.key(m_dictionary, "APP_DIRS");
        bool mayBeTrue = false;
        bool mayBeFalse = finding.mayBeUnset;
        for (const Candidate &candidate : finding.candidates) {
            const bool isTrue = !candidate.value.isNone() && candidate.value.asInteger().value_or(1) != 0;
            (isTrue ? mayBeTrue : mayBeFalse) = true;
        }
        if (!finding.open.empty() || (mayBeTrue && mayBeFalse))
            m_engine.appDirs = Answer::Unknown;
        else
            m_engine.appDirs = mayBeTrue ? Answer::Yes : Answer::No;
    }

    /// Returns whether the loaders may be Django's default ones.
    bool readOptions(const Dictionary &options)
    {
        readLibraries(m_reader.key(options, "libraries"));
        std::ranges::move(m_reader.entries(m_reader.key(options, "builtins"), Words::Plain, m_engine.builtinsOpen),
                          std::back_inserter(m_engine.builtins));
        const auto readText = [&](std::string_view name, std::string &text) {
            for (const Candidate &candidate : m_reader.key(options, name).candidates)
                text = candidate.value.asText() ? *candidate.value.asText() : text;
        };
        readText("app_dirname", m_engine.appFolder);
        readText("match_extension", m_engine.matchExtension);
        readText("match_regex", m_engine.matchRegex);
        const Finding loaders = m_reader.key(options, "loaders");
        if (!loaders.candidates.empty() || !loaders.open.empty())
            readLoaders(loaders, 0);
        return loaders.mayBeUnset || !loaders.open.empty();
    }

    void readLibraries(const Finding &finding)
    {
        append(m_engine.librariesOpen, finding.open);
        for (const Candidate &candidate : finding.candidates) {
            const auto *libraries = m_reader.as<Dictionary>(candidate.value);
            if (!libraries)
                continue;
            for (const auto &why : libraries->open)
                FactReader::addOpen(*why, m_engine.librariesOpen);
            for (const python::Entry &entry : libraries->entries) {
                const Finding module = known(m_reader, entry.value);
                append(m_engine.librariesOpen, module.open);
                for (const Candidate &name : module.candidates) {
                    if (entry.key.asText() && name.value.asText())
                        m_engine.libraries.push_back(
                            {*entry.key.asText(), *name.value.asText(), m_reader.place(name.value)});
                }
            }
        }
    }

    void readLoaders(const Finding &list, int depth)
    {
        for (const Candidate &candidate : m_reader.elements(list, m_engine.loadersOpen)) {
            if (const std::string *path = candidate.value.asText()) {
                addLoader(*path, candidate.value, {}, depth);
                continue;
            }
            const auto *sequence = m_reader.as<Sequence>(candidate.value);
            if (!sequence || sequence->items.empty())
                continue;
            const std::vector<python::Item> arguments(sequence->items.begin() + 1, sequence->items.end());
            const Finding paths = known(m_reader, sequence->items.front().value);
            append(m_engine.loadersOpen, paths.open);
            for (const Candidate &path : paths.candidates) {
                if (path.value.asText())
                    addLoader(*path.value.asText(), path.value, arguments, depth);
            }
        }
    }

    /// The loader of Django's that a class is or derives from.
    struct LoaderBase {
        std::string path; ///< Empty: it is none of them.
        bool isAll = true; ///< The class adds nothing to it.
        bool hasOwnText = false; ///< The class may give another text than the file's.
    };

    LoaderBase loaderBase(const std::string &path) const
    {
        static constexpr std::string_view known[] = {fileSystemLoader, appDirectoriesLoader, cachedLoader,
                                                     inMemoryLoader};
        if (path.starts_with("django.template.loaders."))
            return {path};
        const auto cls = readClass(m_surroundings, path);
        for (const std::string &base : cls ? cls->bases : std::vector<std::string>()) {
            if (std::ranges::contains(known, base))
                return {base, std::ranges::none_of(cls->names, changesLoader) && cls->bases.size() == 1,
                        std::ranges::any_of(cls->names, changesText)};
        }
        return {};
    }

    /// Whether a value is a list of loaders, at least one of them Django's.
    bool areLoaders(const Value &value) const
    {
        const auto *list = m_reader.as<Sequence>(value);
        return list && std::ranges::any_of(list->items, [&](const python::Item &item) {
                   const auto *pair = m_reader.as<Sequence>(item.value);
                   const Value &first = pair && !pair->items.empty() ? pair->items.front().value : item.value;
                   return first.asText() && first.asText()->starts_with("django.template.loaders.");
               });
    }

    void addLoader(const std::string &path, const Value &where, const std::vector<python::Item> &arguments, int depth)
    {
        constexpr int deepest = 4; // cached loaders in cached loaders
        TemplateLoader loader{TemplateLoader::Kind::Other, path, {}, {}, m_reader.place(where)};
        m_engine.namesParts = m_engine.namesParts || path == partialsLoader;
        const auto [base, isAll, hasOwnText] = path == partialsLoader ? LoaderBase{path} : loaderBase(path);
        if (base.empty())
            m_engine.loadersOpen.push_back(m_reader.reason(where, "the loader " + path + " may find any template"));
        else if (!isAll)
            m_engine.loadersOpen.push_back(
                m_reader.reason(where, "the loader " + path + " may find more than " + base + ", its base"));
        if (hasOwnText)
            m_texts.push_back(m_reader.reason(
                where,
                "the loader " + path
                    + " may change the text of templates, so nothing is said about those of its engine"));
        const bool isWrapper = base == cachedLoader || base == partialsLoader
            || (base.empty() && !arguments.empty() && areLoaders(arguments.front().value));
        if (isWrapper && !arguments.empty() && depth < deepest) {
            readLoaders(known(m_reader, arguments.front().value), depth + 1);
            return;
        }
        if (base == fileSystemLoader) {
            loader.kind = TemplateLoader::Kind::FileSystem;
            if (!arguments.empty()) {
                loader.dirs.emplace();
                const Finding dirs = known(m_reader, arguments.front().value);
                for (SettingsEntry &entry : m_reader.entries(dirs, Words::Paths, m_engine.loadersOpen))
                    loader.dirs->push_back(std::move(entry.value));
            }
        } else if (base == appDirectoriesLoader) {
            loader.kind = TemplateLoader::Kind::AppDirectories;
        } else if (base == inMemoryLoader && !arguments.empty()) {
            loader.kind = TemplateLoader::Kind::InMemory;
            for (const SettingsEntry &entry :
                 m_reader.entries(known(m_reader, arguments.front().value), Words::Plain, m_engine.loadersOpen))
                loader.names.push_back(entry.value);
        } else if (base == path) {
            m_engine.loadersOpen.push_back(m_reader.reason(where, "the loader " + path + " may find any template"));
        }
        m_engine.loaders.push_back(std::move(loader));
    }

    void addDefaultLoaders(bool ofApps)
    {
        const auto add = [&](TemplateLoader::Kind kind, std::string_view path) {
            if (!std::ranges::contains(m_engine.loaders, kind, &TemplateLoader::kind))
                m_engine.loaders.push_back({kind, std::string(path), {}, {}, m_engine.place});
        };
        add(TemplateLoader::Kind::FileSystem, fileSystemLoader);
        if (ofApps)
            add(TemplateLoader::Kind::AppDirectories, appDirectoriesLoader);
    }

    const FactReader &m_reader;
    python::Surroundings &m_surroundings;
    const Dictionary &m_dictionary;
    TemplateEngine &m_engine;
    std::vector<OpenReason> m_texts;
};

/// NAME where it is given, else the component of the backend before its last, as django.template.utils has it.
std::string nameOf(const FactReader &reader, const Dictionary &dictionary, const std::string &backend)
{
    const Finding name = reader.key(dictionary, "NAME");
    if (!name.candidates.empty() && name.candidates.front().value.asText())
        return *name.candidates.front().value.asText();
    const std::string module = backend.substr(0, std::min(backend.rfind('.'), backend.size()));
    return module.substr(module.rfind('.') + 1); // npos + 1 is 0
}

/// Which engine the backend is, and what follows from its class. One that derives from Django's and defines anything
/// but the folder of applications may read templates in another way, so it is another.
void setKind(python::Surroundings &surroundings, TemplateEngine &engine)
{
    using Engine = TemplateEngine::Kind;
    std::string folder;
    if (engine.backend == djangoEngine) {
        engine.kind = Engine::Django;
    } else if (engine.backend == jinjaEngine) {
        engine.kind = Engine::Jinja2;
    } else if (engine.backend.starts_with("django_jinja.")) {
        engine.kind = Engine::Jinja2;
        folder = "templates";
        if (engine.matchExtension.empty() && engine.matchRegex.empty())
            engine.matchExtension = ".jinja";
    } else if (const auto cls = readClass(surroundings, engine.backend)) {
        const bool isDjangos = std::ranges::contains(cls->bases, djangoEngine);
        folder = cls->appFolder.empty() && isDjangos ? "templates" : cls->appFolder;
        if (isDjangos && cls->names.empty())
            engine.kind = Engine::Django;
        else if (std::ranges::contains(cls->bases, jinjaEngine))
            engine.kind = Engine::Jinja2;
    }
    if (folder.empty() && engine.kind != Engine::Other)
        folder = engine.kind == Engine::Django ? "templates" : "jinja2";
    if (engine.appFolder.empty() || engine.kind == Engine::Django)
        engine.appFolder = folder;
}

} // namespace

void readTemplateEngines(const FactReader &reader, python::Surroundings &surroundings, SettingsFacts &facts)
{
    for (const Candidate &candidate : reader.elements(reader.setting("TEMPLATES"), facts.enginesOpen)) {
        const auto *dictionary = reader.as<Dictionary>(candidate.value);
        if (!dictionary) {
            facts.enginesOpen.push_back(reader.reason(candidate.value, "an entry of TEMPLATES is no dictionary here"));
            continue;
        }
        TemplateEngine engine;
        engine.place = reader.place(candidate.value);
        engine.certainty = candidate.certainty;
        EngineReader engineReader(reader, surroundings, *dictionary, engine);
        engineReader.read();
        const Finding backends = reader.key(*dictionary, "BACKEND");
        append(facts.enginesOpen, backends.open);
        for (const Candidate &backend : backends.candidates) {
            if (!backend.value.asText())
                continue;
            TemplateEngine one = engine;
            one.backend = *backend.value.asText();
            setKind(surroundings, one);
            one.name = nameOf(reader, *dictionary, one.backend);
            one.certainty = both(candidate.certainty, backend.certainty);
            if (one.kind == TemplateEngine::Kind::Other)
                facts.enginesLeftAlone.push_back(reader.reason(
                    backend.value,
                    "the engine " + one.backend + " is not Django's own, so nothing is said about its templates"));
            if (one.isDjango() && !engineReader.otherTexts().empty()) {
                one.kind = TemplateEngine::Kind::Other;
                append(facts.enginesLeftAlone, engineReader.otherTexts());
            }
            facts.engines.push_back(std::move(one));
        }
        if (backends.candidates.empty())
            facts.engines.push_back(engine);
    }
    tidy(facts.enginesOpen);
    tidy(facts.enginesLeftAlone);
}

} // namespace nuages::project
