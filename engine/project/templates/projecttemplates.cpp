#include "engine/project/templates/projecttemplates.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/settings/settings.h"
#include "engine/project/templates/directories.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

namespace nuages::project {

namespace {

constexpr int folderDepth = 32;

bool isUnder(std::string_view path, std::string_view folder)
{
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool isAnyAbove(const std::vector<std::string> &folders, const std::string &path)
{
    return std::ranges::any_of(folders,
                               [&](const std::string &folder) { return path == folder || isUnder(path, folder); });
}

/// Files that lie in template directories and are read by no template engine.
bool isOtherFile(std::string_view name)
{
    return name.starts_with('.') || name.starts_with('#') || name.ends_with('~') || hasOtherEnding(name);
}

/// Whether templates are looked for in a folder of this name.
bool isWalked(std::string_view name)
{
    return !name.starts_with('.') && name != "__pycache__" && name != "node_modules";
}

/// What `path` is called where no link is in it, as far as links below the folder `top` go.
std::string realPath(query::Reader &db, const std::string &path, const std::string &top)
{
    for (std::string_view at = path; isUnder(at, top); at = source::parentPath(at)) {
        const std::vector<source::Entry> &entries = db.get<source::Listing>(source::fileAt(db, source::parentPath(at)));
        const auto entry = std::ranges::find(entries, at.substr(at.rfind('/') + 1), &source::Entry::name);
        if (entry != entries.end() && !entry->leadsTo.empty())
            return entry->leadsTo + path.substr(at.size());
    }
    return path;
}

/// The files below some folders, each once, whatever links lead to it.
class Walk
{
public:
    /// Sees through the links that lie below `root`.
    Walk(query::Reader &db, const std::string &root) : m_db(db), m_root(root) { }

    /// Takes what is below `top` if `isWanted(path, name)`; asks `enter(path)` before each folder, which is left out if
    /// that is false. A link to a folder around itself is left out, too: what it leads to beyond the top are no
    /// templates.
    template <class Enter, class Wanted>
    void add(const std::string &top, Enter enter, Wanted isWanted)
    {
        std::deque<Folder> folders{{top, realPath(m_db, top, m_root), 0, false}};
        std::deque<Folder> linked; // wait until no folder is left that may be reached by its own path
        // By its own path a folder may hold nothing that is wanted, and by a link templates.
        std::set<std::pair<std::string, bool>> entered;
        while (!folders.empty() || !linked.empty()) {
            std::deque<Folder> &next = folders.empty() ? linked : folders;
            const Folder folder = std::move(next.front());
            next.pop_front();
            if (!entered.insert({folder.real, folder.isLinked}).second)
                continue;
            for (const source::Entry &entry : m_db.get<source::Listing>(source::fileAt(m_db, folder.path))) {
                std::string path = folder.path + "/" + entry.name;
                const std::string own = folder.real + "/" + entry.name;
                std::string real = entry.leadsTo.empty() ? own : entry.leadsTo;
                if (entry.kind == source::EntryKind::Regular) {
                    if (isWanted(path, entry.name))
                        take(std::move(path), std::move(real));
                } else if (entry.kind == source::EntryKind::Directory && folder.depth < folderDepth
                           && !own.starts_with(real + "/") && isWalked(entry.name) && enter(path) && enter(own)) {
                    (entry.leadsTo.empty() ? folders : linked)
                        .push_back({std::move(path), std::move(real), folder.depth + 1,
                                    folder.isLinked || !entry.leadsTo.empty()});
                }
            }
        }
    }

    /// Sorted by path.
    std::vector<TemplateFile> found() const
    {
        std::vector<TemplateFile> templates;
        for (const auto &[real, path] : m_found)
            templates.push_back({path, source::fileAt(m_db, path), real == path ? std::string() : real});
        std::ranges::sort(templates, {}, &TemplateFile::path);
        return templates;
    }

private:
    struct Folder {
        std::string path;
        std::string real;
        int depth;
        bool isLinked; ///< Or one of those around it.
    };

    /// Of several paths of one file its own counts, else the first in order.
    void take(std::string path, std::string real)
    {
        const auto [known, isNew] = m_found.try_emplace(std::move(real), path);
        if (!isNew && known->second != known->first && (path == known->first || path < known->second))
            known->second = std::move(path);
    }

    query::Reader &m_db;
    const std::string &m_root;
    std::map<std::string, std::string> m_found; // the path that counts, by the real one
};

/// The folders of installed packages. One that a .pth file names counts only if the project does not lie in it.
std::vector<std::string> installedFolders(query::Reader &db, Project project)
{
    const std::string &root = rootOf(db, project);
    std::vector<std::string> folders = db.get<SitePackages>(project).folders;
    std::erase_if(folders, [&root](const std::string &folder) {
        const bool isInstalled = folder.ends_with("-packages") || folder.contains("/__pypackages__/");
        return folder == root || isUnder(root, folder) || (isUnder(folder, root) && !isInstalled);
    });
    return folders;
}

/// Whether a file that lies below `root` or anywhere is a template by its folder's name alone.
bool isMeant(std::string_view path, const std::string &root)
{
    return path.find("/templates/", isUnder(path, root) ? root.size() : 0) != path.npos;
}

/// What `nuages check` takes for the project's own.
class OwnTemplates
{
public:
    OwnTemplates(query::Reader &db, Project project)
        : m_db(db), m_root(rootOf(db, project)), m_engines(db.get<Engines>(project)),
          m_installed(installedFolders(db, project)),
          m_isAlone(!db.read<&GivenData::root>(db.value(project).given).empty()),
          m_hasSettings(db.get<Settings>(project).has_value())
    {
        const std::string &root = m_root;
        if (!m_hasSettings) {
            m_folders = {root};
            return;
        }
        std::vector<std::string> named; // by DIRS: the project's own, wherever they are
        for (const TemplateEngine &engine : db.get<Settings>(project)->engines) {
            for (const SettingsEntry &folder : engine.dirs)
                named.push_back(folder.value);
        }
        for (const std::string &top : db.get<TemplateDirectories>(project).directories) {
            const bool isOwn = top == root || isUnder(top, root) || std::ranges::contains(named, top);
            if (isOwn && mayHold(top))
                m_folders.push_back(top);
        }
    }

    const std::vector<std::string> &folders() const { return m_folders; }
    bool mayHold(const std::string &folder) const
    {
        if (isAnyAbove(m_installed, folder))
            return false;
        return m_hasSettings || m_isAlone || rootAbove(folder) == rootAbove(m_root); // else it is another project's
    }

    bool isOne(const std::string &path, const std::string &name) const
    {
        if (isOtherFile(name) || isSkeleton(path))
            return false;
        const Owner owner = ownerOf(m_engines, path);
        return owner == Owner::Django || (!m_hasSettings && owner == Owner::Nobody && isMeant(path, m_root));
    }

    /// Whether a file would be found from one of the folders, were it there.
    bool reaches(const std::string &path) const
    {
        const bool isInFolder = std::ranges::any_of(m_folders, [&](const std::string &top) {
            if (!isUnder(path, top))
                return false;
            std::size_t end = path.find('/', top.size() + 1);
            for (std::size_t start = top.size() + 1; end != path.npos; end = path.find('/', start)) {
                if (!isWalked(std::string_view(path).substr(start, end - start)) || !mayHold(path.substr(0, end)))
                    return false;
                start = end + 1;
            }
            return true;
        });
        return isInFolder && isOne(path, path.substr(path.rfind('/') + 1));
    }

private:
    const std::optional<std::string> &rootAbove(const std::string &folder) const
    {
        return m_db.get<RootAbove>(source::fileAt(m_db, folder));
    }

    query::Reader &m_db;
    const std::string &m_root;
    const std::vector<EngineFolders> &m_engines;
    std::vector<std::string> m_installed;
    bool m_isAlone; ///< No other root counts.
    bool m_hasSettings; ///< Else nothing says where templates are, and the name of their folder does.
    std::vector<std::string> m_folders;
};

/// The root above a folder, else those below it.
std::vector<std::string> rootsOf(query::Reader &db, const std::string &folder)
{
    const source::File file = source::fileAt(db, folder);
    const std::optional<std::string> &above = db.get<RootAbove>(file);
    return above ? std::vector{*above} : db.get<RootsBelow>(file);
}

} // namespace

bool hasOtherEnding(std::string_view name)
{
    static constexpr std::string_view endings[] = {".py",   ".pyc", ".pyo", ".mo",  ".png", ".jpg", ".jpeg", ".gif",
                                                   ".webp", ".ico", ".pdf", ".zip", ".gz",  ".ttf", ".woff", ".woff2",
                                                   ".eot",  ".otf", ".mp3", ".mp4", ".swp", ".orig"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

bool isSkeleton(std::string_view path)
{
    return path.ends_with("-tpl") || path.contains("/project_template/") || path.contains("/app_template/");
}

std::vector<TemplateFile> ProjectTemplates::run(query::Reader &db, Project project)
{
    const OwnTemplates own(db, project);
    Walk walk(db, rootOf(db, project));
    for (const std::string &top : own.folders()) {
        walk.add(
            top, [&](const std::string &path) { return own.mayHold(path); },
            [&](const std::string &path, const std::string &name) { return own.isOne(path, name); });
    }
    return walk.found();
}

std::optional<source::File> JudgedAs::run(query::Reader &db, Project project, source::File file)
{
    const std::string &path = db.read<&source::FileData::path>(file);
    const auto unlessExcluded = [&](const std::string &name, source::File judged) {
        return isExcluded(db.get<ProjectConfiguration>(project).exclude, name) ? std::nullopt : std::optional(judged);
    };
    const bool isReached = OwnTemplates(db, project).reaches(path);
    const std::string real = realPath(db, path, rootOf(db, project));
    if (isReached && real == path)
        return unlessExcluded(path, file);
    const std::vector<TemplateFile> &templates = db.get<ProjectTemplates>(project);
    const auto counting = std::ranges::find_if(
        templates, [&real](const TemplateFile &each) { return (each.real.empty() ? each.path : each.real) == real; });
    if (counting != templates.end())
        return unlessExcluded(counting->path, counting->file);
    return isReached ? unlessExcluded(path, file) : std::nullopt;
}

std::optional<JudgedFile> judgeOf(query::Reader &db, Given given, std::string_view path)
{
    const source::File file = source::fileAt(db, path);
    const Project own = projectOf(db, given, path);
    if (const std::optional<source::File> &judged = db.get<JudgedAs>(own, file))
        return JudgedFile{own, *judged};
    if (!db.read<&GivenData::root>(given).empty()
        || isExcluded(db.get<ProjectConfiguration>(own).exclude, std::string(path)))
        return std::nullopt;
    for (const std::string &folder : db.read<&GivenData::folders>(given)) {
        for (const std::string &root : rootsOf(db, folder)) {
            const Project other = projectAt(db, given, root);
            const std::optional<source::File> judged = other == own ? std::nullopt : db.get<JudgedAs>(other, file);
            if (judged)
                return JudgedFile{other, *judged};
        }
    }
    return std::nullopt;
}

std::vector<TemplateFile> TemplatesIn::run(query::Reader &db, Project project, std::string folder)
{
    const std::string &root = rootOf(db, project);
    // Installed packages count if the folder is one of them, not if it merely has an environment somewhere in it.
    std::vector<std::string> apart = installedFolders(db, project);
    std::erase_if(apart, [&](const std::string &installed) { return !isUnder(installed, folder); });
    const std::vector<EngineFolders> &engines = db.get<Engines>(project);
    Walk walk(db, root);
    walk.add(
        folder, [&](const std::string &path) { return !isAnyAbove(apart, path); },
        [&](const std::string &path, const std::string &name) {
            const Owner owner = ownerOf(engines, path);
            return (owner == Owner::Django || (owner == Owner::Nobody && isMeant(path, root))) && !isOtherFile(name)
                && !isSkeleton(path);
        });
    return walk.found();
}

} // namespace nuages::project
