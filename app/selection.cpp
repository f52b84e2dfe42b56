#include "app/selection.h"

#include "engine/project/discovery/configuration.h"
#include "engine/project/discovery/discovery.h"
#include "engine/project/templates/directories.h"
#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <map>
#include <optional>

namespace nuages::app {

namespace {

using project::Project;
using project::TemplateFile;

bool isFolder(query::Reader &db, const std::string &path)
{
    return db.read<&source::FileData::status>(source::fileAt(db, path)) == source::Status::Directory;
}

/// Templates by path, and who judges them.
class Chosen
{
public:
    Chosen(query::Reader &db, project::Given given) : m_db(db), m_given(given) { }

    /// The project's own templates, wherever they are; another project's if its root is nearer and it knows them too.
    void addOwn(Project project)
    {
        m_projects.insert_or_assign(project::rootOf(m_db, project), project);
        for (const TemplateFile &file : m_db.get<project::ProjectTemplates>(project)) {
            const auto known = m_templates.find(file.path);
            if (known == m_templates.end())
                put(file, project);
            else
                put(file, nearest(file.path).value_or(known->second.project));
        }
    }

    void addFolder(Project project, const std::string &folder)
    {
        m_projects.insert_or_assign(project::rootOf(m_db, project), project);
        for (const TemplateFile &file : m_db.get<project::TemplatesIn>(project, folder)) {
            const Project owner = nearest(file.path).value_or(project);
            if (!isAnothers(file.path, owner))
                put(file, owner);
        }
    }

    /// As it is named, it is checked although it is excluded.
    void addFile(const std::string &path)
    {
        const Project project = project::projectOf(m_db, m_given, path);
        m_templates.insert_or_assign(path, Owned{source::fileAt(m_db, path), project});
    }

    std::vector<Portion> portions() const
    {
        std::map<std::string, Portion> byRoot;
        for (const auto &[path, owned] : m_templates) {
            const std::string &root = project::rootOf(m_db, owned.project);
            Portion &portion = byRoot.try_emplace(root, Portion{owned.project, root, {}}).first->second;
            portion.templates.push_back({path, owned.file});
        }
        if (byRoot.empty() && !m_projects.empty())
            byRoot.emplace(m_projects.begin()->first,
                           Portion{m_projects.begin()->second, m_projects.begin()->first, {}});
        std::vector<Portion> portions;
        for (auto &[root, portion] : byRoot)
            portions.push_back(std::move(portion));
        return portions;
    }

private:
    struct Owned {
        source::File file;
        Project project;
    };

    /// Whether a project has another engine than Django's for a file.
    bool isAnothers(const std::string &path, Project project) const
    {
        return project::ownerOf(m_db.get<project::Engines>(project), path) == project::Owner::Another;
    }

    void put(const TemplateFile &file, Project project)
    {
        if (!project::isExcluded(m_db.get<project::ProjectConfiguration>(project).exclude, file.path))
            m_templates.insert_or_assign(file.path, Owned{file.file, project});
    }

    /// The project of the nearest root above the path, unless one was given for all.
    std::optional<Project> nearest(const std::string &path) const
    {
        if (!m_db.read<&project::GivenData::root>(m_given).empty())
            return std::nullopt;
        const auto &above = m_db.get<project::RootAbove>(source::fileAt(m_db, source::parentPath(path)));
        return above ? std::optional(project::projectAt(m_db, m_given, *above)) : std::nullopt;
    }

    query::Reader &m_db;
    project::Given m_given;
    std::map<std::string, Project> m_projects; // that were looked through, by root
    std::map<std::string, Owned> m_templates; // by path
};

} // namespace

std::vector<Project> projectsOf(query::Reader &db, project::Given given, const std::string &folder)
{
    std::vector<Project> projects;
    const bool isFree = db.read<&project::GivenData::root>(given).empty() && isFolder(db, folder)
        && !db.get<project::RootAbove>(source::fileAt(db, folder));
    if (isFree) {
        for (const std::string &root : db.get<project::RootsBelow>(source::fileAt(db, folder)))
            projects.push_back(project::projectAt(db, given, root));
    }
    if (projects.size() < 2)
        projects = {project::projectOf(db, given, folder)};
    return projects;
}

std::vector<Portion> selectTemplates(query::Reader &db, project::Given given, const std::vector<std::string> &paths)
{
    Chosen chosen(db, given);
    if (paths.empty()) {
        for (const Project project : projectsOf(db, given, db.read<&project::GivenData::folders>(given).front()))
            chosen.addOwn(project);
    }
    for (const std::string &path : paths) {
        if (!isFolder(db, path))
            continue;
        // First with the eyes of whom the folder itself belongs to; then each project looks through its own.
        chosen.addFolder(project::projectOf(db, given, path), path);
        const std::vector<Project> projects = projectsOf(db, given, path);
        for (const Project project : projects) {
            if (projects.size() > 1)
                chosen.addFolder(project, project::rootOf(db, project));
        }
    }
    for (const std::string &path : paths) {
        if (!isFolder(db, path))
            chosen.addFile(path);
    }
    return chosen.portions();
}

std::vector<std::string> namedWithoutBeingTemplates(query::Reader &db, const std::vector<std::string> &paths)
{
    std::vector<std::string> others;
    for (const std::string &path : paths) {
        const source::File file = source::fileAt(db, path);
        if (isFolder(db, path))
            continue;
        const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
        const bool isText = db.read<&source::FileData::status>(file) == source::Status::Regular
            && !db.get<source::SourceText>(file).view().contains('\0');
        if (!isText || project::hasOtherEnding(name))
            others.push_back(path);
    }
    return others;
}

} // namespace nuages::app
