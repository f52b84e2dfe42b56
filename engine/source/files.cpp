#include "engine/source/files.h"

#include "engine/source/path.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <set>
#include <utility>

namespace nuages::source {

namespace {

bool isUnder(std::string_view path, std::string_view root)
{
    return path.starts_with(root) && (path.size() == root.size() || root == "/" || path[root.size()] == '/');
}

/// The length of the folder of installed packages that holds `path`; 0 if none does.
std::size_t installedFrom(std::string_view path)
{
    constexpr std::string_view end = "-packages/"; // found fast, since a dash is rare
    std::size_t length = 0;
    for (std::size_t at = path.find(end); at != path.npos; at = path.find(end, at + 1)) {
        const std::string_view before = path.substr(0, at);
        if (before.ends_with("/site") || before.ends_with("/dist"))
            length = at + end.size() - 1;
    }
    return length;
}

/// Whether a path says how a project is made, rather than being one of its many texts. What has no ending is a folder,
/// though it may not be there yet.
bool isAboutTheProject(std::string_view path)
{
    if (path.substr(path.rfind('/')).find('.') == path.npos)
        return true;
    static constexpr std::string_view endings[] = {".py", ".toml", ".cfg", ".ini", ".env"};
    return std::ranges::any_of(endings, [path](std::string_view ending) { return path.ends_with(ending); });
}

void sortUnique(std::vector<std::string> &paths)
{
    std::ranges::sort(paths);
    paths.erase(std::ranges::unique(paths).begin(), paths.end());
}

} // namespace

void Files::setRoots(std::vector<Root> roots)
{
    for (Root &root : roots)
        root.path = normalPath(root.path);
    std::ranges::stable_sort(roots, std::ranges::greater{}, [](const Root &root) { return root.path.size(); });
    m_roots = std::move(roots);
}

const Files::Root *Files::rootOf(std::string_view path) const
{
    const auto found = std::ranges::find_if(m_roots, [path](const Root &root) { return isUnder(path, root.path); });
    return found == m_roots.end() ? nullptr : &*found;
}

FileState Files::stateOf(const std::string &path)
{
    FileState state = m_disk.state(path);
    if (state.status == Status::Regular && state.stamp.size > sizeLimit)
        state.status = Status::Unreadable;
    return state;
}

File Files::at(query::Reader &db, std::string_view path)
{
    File file;
    if (m_index.cvisit(path, [&file](const auto &entry) { file = entry.second.file(); }) != 0)
        return file;
    if (!isNormal(path))
        return at(db, normalPath(path));
    return born(db, std::string(path));
}

/// The overlay of the path, also by a link that the owner does not know yet, unless that gives another name to the file
/// itself. Null if there is none.
const Text *Files::overlayOf(const std::string &path)
{
    auto overlay = m_overlays.find(path);
    const auto isCalledAlike = [name = path.substr(path.rfind('/'))](const auto &overlaid) {
        return overlaid.first.ends_with(name);
    };
    if (overlay == m_overlays.end() && std::ranges::any_of(m_overlaid, isCalledAlike))
        overlay = m_overlays.find(realPath(m_disk, path));
    return overlay == m_overlays.end() ? nullptr : &overlay->second;
}

File Files::born(query::Reader &db, const std::string &path)
{
    Known known;
    if (const Text *const overlay = overlayOf(path)) {
        known.status = Status::Regular;
        known.content = contentHash(overlay->view());
    } else {
        const FileState state = stateOf(path);
        known.status = state.status;
        known.seen = state.stamp;
    }
    const Root *root = rootOf(path);
    const std::size_t rootLength = root && root->path.size() > 1 ? root->path.size() : 0;
    const std::size_t installed = installedFrom(path);
    auto durability = root ? root->durability : query::Durability::Low;
    if (installed > rootLength)
        durability = query::Durability::High;
    else if (known.status == Status::Directory || isAboutTheProject(path))
        durability = std::max(durability, query::Durability::Medium);
    const std::size_t length = std::max(installed, rootLength);
    const std::size_t shownFrom = length > 0 && path.size() > length ? length + 1 : 0;

    // Two readers may get here with one path. The first to enter the index wins; the other's input is never seen.
    known.file =
        db.create<File>({path, known.status, {known.seen, 0}, static_cast<std::uint32_t>(shownFrom)}, durability);
    File file = known.file;
    const bool isFirst = m_index.try_emplace_or_cvisit(path, PackedKnown(known),
                                                       [&file](const auto &entry) { file = entry.second.file(); });
    if (isFirst) {
        const std::scoped_lock lock(m_mutex);
        m_born.push_back(file);
    }
    return file;
}

Text Files::readText(query::Reader &db, const std::string &path, Status status)
{
    if (const Text *const overlay = overlayOf(path))
        return *overlay;
    if (status != Status::Regular)
        return Text();
    std::optional<std::string> bytes = take(db, path, sightBytes(m_disk, path, sizeLimit));
    if (!bytes)
        return Text();
    Text text(std::move(*bytes));
    if (m_keepsReadings) {
        const std::scoped_lock lock(m_mutex);
        m_readings.push_back({path, db.revision(), text});
    }
    return text;
}

std::vector<Files::Reading> Files::takeReadings()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_readings, {});
}

std::vector<Entry> Files::readEntries(query::Reader &db, const std::string &path, Status status)
{
    if (status != Status::Directory)
        return {};
    return take(db, path, sightEntries(m_disk, path)).value_or(std::vector<Entry>());
}

// The end of the read protocol: are these the bytes that the stamp means?
template <class T>
std::optional<T> Files::take(query::Reader &db, const std::string &path, Sighting<T> sighting)
{
    db.poll(); // the read may have stalled for long
    std::optional<ContentHash> content;
    if (sighting.content)
        content = contentHash(*sighting.content);

    bool isMeant = false;
    m_index.visit(path, [&](auto &entry) {
        Known known = entry.second.known();
        if (content && !known.isDoubted) {
            isMeant =
                known.content ? *known.content == *content : sighting.isSteady && sighting.state.stamp == known.seen;
        }
        if (isMeant)
            known.content = content;
        else
            known.isDoubted = true;
        entry.second = PackedKnown(known);
    });
    if (!isMeant) {
        db.reportUntrackedRead();
        const std::scoped_lock lock(m_mutex);
        m_doubted.push_back(path);
    }
    return std::move(sighting.content);
}

std::optional<Files::Known> Files::known(std::string_view path) const
{
    std::optional<Known> known;
    m_index.cvisit(path, [&known](const auto &entry) { known = entry.second.known(); });
    return known;
}

void Files::change(query::Transaction &tx, const std::string &path, const Known &now)
{
    tx.set<&FileData::status>(now.file, now.status);
    tx.set<&FileData::stamp>(now.file, Stamp{now.seen, ++m_lastEdition});
    keep(path, now);
}

/// What is known of a path that is in the index.
void Files::keep(const std::string &path, const Known &now)
{
    m_index.visit(path, [&now](auto &entry) { entry.second = PackedKnown(now); });
}

void Files::setOverlay(query::Transaction &tx, std::string_view anyPath, Text text)
{
    assert(text.exists());
    const auto [overlaid, isNew] = m_overlaid.try_emplace(normalPath(anyPath));
    overlaid->second.text = std::move(text);
    if (isNew)
        return spreadOverlays(tx);
    for (const std::string &name : overlaid->second.names)
        overlay(tx, name, overlaid->second.text);
}

void Files::overlay(query::Transaction &tx, const std::string &path, const Text &text)
{
    const ContentHash content = contentHash(text.view());
    m_overlays.insert_or_assign(path, text);
    const std::optional<Known> before = known(path);
    if (!before)
        return; // it will be born with the overlay
    const bool isMeant = !before->isDoubted && before->status == Status::Regular
        && before->content.value_or(content) == content; // a text that nobody has used may be replaced unseen
    if (!isMeant)
        change(tx, path, {before->file, Status::Regular, {}, content, false});
    else
        keep(path, {before->file, before->status, before->seen, content, before->isDoubted});
}

void Files::removeOverlay(query::Transaction &tx, std::string_view anyPath)
{
    if (m_overlaid.erase(normalPath(anyPath)) != 0)
        spreadOverlays(tx);
}

/// Finds the names of all paths with overlays again, as other links may lead to them now.
void Files::spreadOverlays(query::Transaction &tx)
{
    learnPaths(tx);
    std::set<std::string, std::less<>> named;
    for (auto &[path, overlaid] : m_overlaid) {
        overlaid.names = m_paths.namesOf(path);
        std::erase_if(overlaid.names, [&](const std::string &name) {
            return name != path && (m_overlaid.contains(name) || named.contains(name));
        });
        for (const std::string &name : overlaid.names) {
            named.insert(name);
            if (const auto before = m_overlays.find(name);
                before == m_overlays.end() || before->second.view() != overlaid.text.view())
                overlay(tx, name, overlaid.text);
        }
    }
    std::vector<std::string> gone;
    for (const auto &[name, text] : m_overlays) {
        if (!named.contains(name))
            gone.push_back(name);
    }
    for (const std::string &name : gone) {
        m_overlays.erase(name);
        look(tx, name);
    }
}

void Files::lookAgain(query::Transaction &tx, std::string_view path)
{
    const std::string paths[] = {std::string(path)};
    lookAgain(tx, paths);
}

void Files::lookAgain(query::Transaction &tx, std::span<const std::string> paths)
{
    learnPaths(tx);
    std::vector<std::string> names;
    for (const std::string &path : paths)
        std::ranges::move(m_paths.namesOf(normalPath(path)), std::back_inserter(names));
    sortUnique(names);
    for (const std::string &path : names) {
        if (!hasOverlay(path))
            look(tx, path);
    }
    // What comes or goes may bring or take folders that nobody tells of.
    std::set<std::string> looked(names.begin(), names.end());
    for (const std::string &name : std::vector<std::string>(names)) {
        std::string folder(parentPath(name));
        while (looked.insert(folder).second) {
            const std::optional<Known> before = known(folder);
            look(tx, folder);
            const bool isThere = before && known(folder)->status == Status::Directory;
            if ((isThere && before->status == Status::Directory) || folder == "/")
                break;
            if (before && before->status != known(folder)->status)
                names.push_back(folder);
            folder = parentPath(folder);
        }
    }
    sortUnique(names);
    // What is asked of a folder is asked of all below it.
    std::vector<std::string> tops = names;
    std::erase_if(tops, [&names](std::string_view path) {
        while (path.size() > 1) {
            path = parentPath(path);
            if (std::ranges::binary_search(names, path))
                return true;
        }
        return false;
    });
    for (const std::string &top : tops) {
        m_paths.visitBelow(top, [&](const std::string &path) {
            if (!hasOverlay(path) && !std::ranges::binary_search(names, path))
                look(tx, path, Look::Stamp);
        });
    }
    for (const std::string &top : tops) {
        if (isAskedFor(top))
            m_paths.followAgain(top);
    }
    spreadOverlays(tx);
}

bool Files::isAskedFor(const std::string &path) const
{
    return hasNewPaths() || std::ranges::any_of(m_paths.namesOf(path), [this](const std::string &name) {
               return m_index.contains(name) || m_paths.isFolder(name);
           });
}

bool Files::isListed(const std::string &folder) const
{
    return hasNewPaths() || std::ranges::any_of(m_paths.namesOf(folder), [this](const std::string &name) {
               return m_index.contains(name);
           });
}

void Files::learnPaths(query::Transaction &tx)
{
    std::vector<File> born;
    {
        const std::scoped_lock lock(m_mutex);
        born.swap(m_born);
    }
    const std::size_t linksBefore = m_paths.linkCount();
    for (const File file : born)
        m_paths.add(tx.read<&FileData::path>(file));
    if (m_paths.linkCount() != linksBefore)
        spreadOverlays(tx);
}

std::vector<std::string> Files::takeFolders(query::Transaction &tx)
{
    learnPaths(tx);
    return m_paths.takeFolders();
}

bool Files::hasNewPaths() const
{
    const std::scoped_lock lock(m_mutex);
    return !m_born.empty();
}

bool Files::hasFolders() const { return hasNewPaths() || m_paths.hasFolders(); }

void Files::look(query::Transaction &tx, const std::string &path, Look how)
{
    const std::optional<Known> before = known(path);
    if (!before)
        return;
    FileState state = stateOf(path);
    if (how == Look::Stamp && before->content && !before->isDoubted && state.status == before->status
        && state.stamp == before->seen)
        return;
    std::optional<ContentHash> content;
    const auto read = [&](const auto &sighting) {
        state = sighting.state;
        if (sighting.content && sighting.isSteady)
            content = contentHash(*sighting.content);
    };
    // What nobody has used need not be read, unless it was found to be unreadable: only trying shows if it still is.
    if (before->content || before->isDoubted || before->status == Status::Unreadable) {
        if (state.status == Status::Directory)
            read(sightEntries(m_disk, path));
        else if (state.status == Status::Regular)
            read(sightBytes(m_disk, path, sizeLimit));
    }
    const bool isMeant = !before->isDoubted && state.status == before->status && content == before->content;
    if (!isMeant)
        change(tx, path, {before->file, state.status, state.stamp, content, false});
    else
        keep(path, {before->file, before->status, state.stamp, before->content, before->isDoubted});
}

std::optional<Files::View> Files::view(std::string_view path) const
{
    return known(path).transform([](const Known &known) { return View{known.file, known.status}; });
}

std::optional<bool> Files::overlayEqualsDisk(const std::string &path) const
{
    const auto overlay = m_overlays.find(path);
    if (overlay == m_overlays.end())
        return std::nullopt;
    return sightBytes(m_disk, path, sizeLimit).content.transform([&overlay](const std::string &bytes) {
        return bytes == overlay->second.view();
    });
}

std::vector<std::string> Files::takeDoubted()
{
    std::vector<std::string> doubted;
    {
        const std::scoped_lock lock(m_mutex);
        doubted.swap(m_doubted);
    }
    sortUnique(doubted);
    return doubted;
}

File fileAt(query::Reader &db, std::string_view path) { return db.attached<Files>().at(db, path); }

} // namespace nuages::source
