#include "engine/project/discovery/filesurroundings.h"

#include "engine/python/module.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <utility>

namespace nuages::project {

FileSurroundings::FileSurroundings(query::Reader &db, std::vector<std::string> own, std::vector<std::string> installed)
    : m_db(db), m_own(std::move(own)), m_installed(std::move(installed))
{
}

std::optional<python::ModuleLocation> FileSurroundings::find(std::span<const std::string> front,
                                                             std::string_view dotted)
{
    std::vector<std::string> path;
    for (const std::string &folder : front)
        path.push_back(source::normalPath(folder.starts_with('/') ? folder : workingFolder() + '/' + folder));
    path.insert(path.end(), m_own.begin(), m_own.end());
    path.insert(path.end(), m_installed.begin(), m_installed.end());
    return python::findModule(m_db, path, dotted);
}

python::SyntaxTree FileSurroundings::parse(const std::string &file)
{
    return m_db.get<python::PythonModule>(source::fileAt(m_db, file));
}

std::string FileSurroundings::read(const std::string &file)
{
    return std::string(m_db.get<source::SourceText>(source::fileAt(m_db, source::normalPath(file))).view());
}

python::PathKind FileSurroundings::kindOf(const std::string &path)
{
    switch (m_db.read<&source::FileData::status>(source::fileAt(m_db, source::normalPath(path)))) {
    case source::Status::Regular:
        return python::PathKind::File;
    case source::Status::Directory:
        return python::PathKind::Folder;
    default:
        return python::PathKind::Absent;
    }
}

std::vector<std::string> FileSurroundings::list(const std::string &folder)
{
    std::vector<std::string> names;
    for (const source::Entry &entry : m_db.get<source::Listing>(source::fileAt(m_db, source::normalPath(folder))))
        names.push_back(entry.name);
    return names;
}

} // namespace nuages::project
