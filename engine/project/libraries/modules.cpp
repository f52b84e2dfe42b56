#include "engine/project/libraries/modules.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/searchpath.h"
#include "engine/python/findmodule.h"
#include "engine/python/outline.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <map>

namespace nuages::project {

namespace {

using python::Field;
using python::Kind;
using python::Node;

constexpr int packageDepth = 8;
constexpr std::size_t partLimit = 64;
constexpr int importChain = 8;

bool isNameByte(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || static_cast<unsigned char>(c) >= 0x80;
}

bool isIdentifier(std::string_view name)
{
    return !name.empty() && !(name.front() >= '0' && name.front() <= '9') && std::ranges::all_of(name, isNameByte);
}

/// Whether `word` stands in the text, in code or not, and what follows it, blanks and joined lines apart, `continues`.
template <class Test>
bool hasWord(std::string_view text, std::string_view word, Test continues)
{
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const std::string_view rest = text.substr(at + word.size());
        const bool isWord = (at == 0 || !isNameByte(text[at - 1])) && (rest.empty() || !isNameByte(rest.front()));
        if (isWord && continues(rest.substr(std::min(rest.find_first_not_of(" \t\f\r\n\\"), rest.size()))))
            return true;
    }
    return false;
}

/// Whether the module may bind `register`, by its text alone: true too often, and never false for one that does.
bool mayBindRegister(std::string_view text)
{
    return hasWord(text, "register", [](std::string_view) { return true; })
        || hasWord(text, "import", [](std::string_view rest) { return rest.starts_with('*'); });
}

/// Every import statement of the module, those in branches included but none inside functions or classes.
void collectImports(Node block, std::vector<Node> &imports, int depth = 0)
{
    for (const Node statement : block.children()) {
        if (statement.is(Kind::ImportStatement) || statement.is(Kind::ImportFromStatement))
            imports.push_back(statement);
        else if (depth < 8 && !statement.is(Kind::FunctionDefinition) && !statement.is(Kind::ClassDefinition)
                 && !statement.is(Kind::DecoratedDefinition) && !statement.is(Kind::ExpressionStatement))
            collectImports(statement, imports, depth + 1);
    }
}

bool isWildcard(Node import)
{
    return std::ranges::any_of(import.children(), [](Node child) { return child.is(Kind::WildcardImport); });
}

/// What `import` binds to the name `register`, empty if nothing; that is another `register`, mostly.
std::string importedRegister(Node import)
{
    for (const Node name : import.children(Field::Name)) {
        const bool isAliased = name.is(Kind::AliasedImport);
        if ((isAliased ? name.child(Field::Alias) : name).text() == "register")
            return std::string(isAliased ? name.child(Field::Name).text() : name.text());
    }
    return {};
}

/// Where the last statement outside functions stands that assigns to `name`; the null node if there is none.
Node lastAssignment(Node block, std::string_view name, int depth = 0)
{
    Node last;
    for (const Node statement : block.children()) {
        if (statement.is(Kind::ExpressionStatement)) {
            for (Node inner : statement.children()) {
                for (; inner.is(Kind::Assignment); inner = inner.child(Field::Right)) {
                    if (inner.child(Field::Left).text() == name)
                        last = inner;
                }
            }
        } else if (depth < 8 && !statement.is(Kind::FunctionDefinition) && !statement.is(Kind::ClassDefinition)
                   && !statement.is(Kind::DecoratedDefinition)) {
            if (const Node inner = lastAssignment(statement, name, depth + 1))
                last = inner;
        }
    }
    return last;
}

bool importsRegister(Node module)
{
    std::vector<Node> imports;
    collectImports(module, imports);
    return std::ranges::any_of(imports, [](Node import) { return !importedRegister(import).empty(); });
}

/// Whether `from module import *` brings a `register`.
bool exportsRegister(query::Reader &db, source::File module)
{
    const Node list = lastAssignment(db.get<python::ModuleOutline>(module).tree.root(), "__all__");
    return list ? list.text().contains("register") : db.get<BindsRegister>(module);
}

std::string packageOf(const std::string &module, std::string_view path)
{
    if (path.ends_with("/__init__.py"))
        return module;
    const std::size_t dot = module.rfind('.');
    return dot == module.npos ? std::string() : module.substr(0, dot);
}

std::optional<source::File> readable(query::Reader &db, const std::vector<std::string> &searchPath,
                                     const std::string &module)
{
    const auto location = python::findModule(db, searchPath, module);
    return location && location->isReadable() ? std::optional(source::fileAt(db, location->file)) : std::nullopt;
}

/// The modules that the statements at the top of `file` import, names taken for submodules too.
std::vector<std::string> importedModules(query::Reader &db, const std::string &package, source::File file)
{
    std::vector<Node> imports;
    collectImports(db.get<python::ModuleOutline>(file).tree.root(), imports);
    std::vector<std::string> modules;
    for (const Node import : imports) {
        if (import.is(Kind::ImportStatement)) {
            for (const Node name : import.children(Field::Name))
                modules.emplace_back(name.is(Kind::AliasedImport) ? name.child(Field::Name).text() : name.text());
            continue;
        }
        const auto from = python::absoluteModuleName(package, import.child(Field::ModuleName).text());
        if (!from)
            continue;
        modules.push_back(*from);
        for (const Node name : import.children(Field::Name))
            modules.push_back(
                *from + "." + std::string(name.is(Kind::AliasedImport) ? name.child(Field::Name).text() : name.text()));
    }
    return modules;
}

void addModules(query::Reader &db, const std::string &package, const std::string &prefix, const std::string &folder,
                int depth, std::vector<TagModule> &found)
{
    for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, folder))) {
        std::string name = entry.name;
        std::string path = folder + "/" + name;
        const bool isPackage = entry.kind == source::EntryKind::Directory;
        if (isPackage) {
            path += "/__init__.py";
            if (!isIdentifier(name)
                || db.read<&source::FileData::status>(source::fileAt(db, path)) != source::Status::Regular)
                continue;
        } else {
            if (!name.ends_with(".py") || name == "__init__.py")
                continue;
            name.resize(name.size() - 3);
            if (name.contains('.'))
                continue;
        }
        const source::File file = source::fileAt(db, path);
        if (db.get<BindsRegister>(file))
            found.push_back({prefix + name, {package + "." + prefix + name, file}});
        if (isPackage && depth > 0)
            addModules(db, package, prefix + name + ".", folder + "/" + entry.name, depth - 1, found);
    }
}

} // namespace

bool BindsRegister::run(query::Reader &db, source::File file)
{
    if (!mayBindRegister(db.get<source::SourceText>(file).view()))
        return false;
    const Node root = db.get<python::ModuleOutline>(file).tree.root();
    if (root.hasError()) // It is being typed; the word stands in it, and will mean something again.
        return true;
    std::vector<Node> imports;
    collectImports(root, imports);
    return lastAssignment(root, "register") || std::ranges::any_of(imports, [](Node import) {
               return isWildcard(import) || !importedRegister(import).empty();
           });
}

std::vector<TagModule> TagModules::run(query::Reader &db, Project project, std::string package)
{
    std::vector<TagModule> found;
    const auto location = python::findModule(db, db.get<SearchPath>(project), package);
    for (const std::string &folder : location ? location->folders : std::vector<std::string>())
        addModules(db, package, {}, folder, packageDepth, found);
    return found;
}

source::File RegisterHome::run(query::Reader &db, Project project, source::File file)
{
    const auto &searchPath = db.get<SearchPath>(project);
    for (int link = 0; link < importChain; ++link) {
        const Node root = db.get<python::ModuleOutline>(file).tree.root();
        const std::string &path = db.read<&source::FileData::path>(file);
        const std::string package = packageOf(moduleName(searchPath, path), path);
        std::vector<Node> imports;
        collectImports(root, imports);
        // The last statement that binds the name decides.
        std::uint32_t at = lastAssignment(root, "register").range().begin;
        std::optional<source::File> next;
        for (const Node import : imports) {
            const bool isNamed = !importedRegister(import).empty();
            if (!import.is(Kind::ImportFromStatement) || (!isNamed && !isWildcard(import)) || import.range().begin < at)
                continue;
            const auto from = python::absoluteModuleName(package, import.child(Field::ModuleName).text());
            const auto module = from ? readable(db, searchPath, *from) : std::nullopt;
            if (module && (isNamed || exportsRegister(db, *module))) {
                next = module;
                at = import.range().begin;
            }
        }
        if (!next || *next == file)
            return file;
        file = *next;
    }
    return file;
}

bool TakesBuiltinRegister::run(query::Reader &db, source::File file)
{
    const source::Text &text = db.get<source::SourceText>(file);
    return text.view().contains("django.template.default")
        && importsRegister(db.get<python::ModuleOutline>(file).tree.root());
}

std::vector<TakenRegister> TakenRegisters::run(query::Reader &db, Project project)
{
    std::map<std::string, TakenRegister> found;
    for (const Library &library : db.get<Libraries>(project).libraries) {
        for (const LibraryModule &module : library.modules) {
            const source::File home = db.get<RegisterHome>(project, module.file);
            if (home != module.file)
                found.emplace(db.read<&source::FileData::path>(module.file), TakenRegister{home, module.file});
        }
    }
    const std::string &root = rootOf(db, project);
    for (const App &app : db.get<InstalledApps>(project).apps) {
        if (!app.directory.starts_with(root + "/") || app.directory.contains("-packages/"))
            continue;
        for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, app.directory))) {
            if (entry.kind != source::EntryKind::Regular || !entry.name.ends_with(".py"))
                continue;
            const std::string path = app.directory + "/" + entry.name;
            const source::File file = source::fileAt(db, path);
            if (db.get<TakesBuiltinRegister>(file))
                found.emplace(path, TakenRegister{db.get<RegisterHome>(project, file), file});
        }
    }
    std::vector<TakenRegister> taken;
    for (const auto &[path, entry] : found)
        taken.push_back(entry);
    return taken;
}

std::vector<source::File> LibraryParts::run(query::Reader &db, Project project, source::File file)
{
    const auto &searchPath = db.get<SearchPath>(project);
    const source::File home = db.get<RegisterHome>(project, file);
    std::vector<std::pair<std::string, source::File>> parts;
    const auto add = [&](source::File part) {
        if (part == file || part == home || parts.size() == partLimit || db.get<RegisterHome>(project, part) != home)
            return;
        const std::string &path = db.read<&source::FileData::path>(part);
        if (!std::ranges::contains(parts, path, &std::pair<std::string, source::File>::first))
            parts.emplace_back(path, part);
    };
    for (const TakenRegister &taken : db.get<TakenRegisters>(project)) {
        if (taken.home == home)
            add(taken.file);
    }
    const auto addImported = [&](source::File from) {
        const std::string &path = db.read<&source::FileData::path>(from);
        const std::string module = moduleName(searchPath, path);
        const std::string top = module.substr(0, module.find('.'));
        for (const std::string &imported : importedModules(db, packageOf(module, path), from)) {
            if (imported != top && !imported.starts_with(top + "."))
                continue;
            const auto part = readable(db, searchPath, imported);
            if (part && db.get<BindsRegister>(*part))
                add(*part);
        }
    };
    addImported(file);
    addImported(home);
    for (std::size_t i = 0; i < parts.size(); ++i) { // grows while it is gone through
        const source::File part = parts[i].second;
        addImported(part);
    }
    std::ranges::sort(parts, {}, &std::pair<std::string, source::File>::first);
    std::vector<source::File> files;
    for (const auto &[path, part] : parts)
        files.push_back(part);
    return files;
}

} // namespace nuages::project
