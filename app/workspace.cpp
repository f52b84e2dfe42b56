#include "app/workspace.h"

#include <algorithm>
#include <thread>

namespace nuages::app {

namespace {

using query::Durability;

unsigned atLeastOne(unsigned threads)
{
    return threads > 0 ? threads : std::max(std::thread::hardware_concurrency(), 1u);
}

} // namespace

project::ProjectData projectDataOf(const Environment &environment)
{
    return {environment.root, environment.sitePackages, environment.settings, environment.variables};
}

std::vector<source::Files::Root> rootsOf(const Environment &environment)
{
    std::vector<source::Files::Root> roots = {{environment.root, Durability::Low}};
    for (const std::string &folder : environment.sitePackages)
        roots.push_back({folder, Durability::High});
    return roots;
}

Workspace::Workspace(const Environment &environment, const std::optional<Overlay> &overlay, unsigned threads)
    : m_pool(atLeastOne(threads))
{
    m_files.setRoots(rootsOf(environment));
    m_engine.attach(m_files);
    m_engine.write("open the project", [&](query::Transaction &tx) {
        m_project = tx.create<project::Project>(projectDataOf(environment), Durability::Medium);
        if (overlay)
            m_files.setOverlay(tx, overlay->path, source::Text(overlay->text));
    });
}

void Workspace::edit(std::string_view label, std::span<const Overlay> overlays)
{
    m_engine.write(label, [&](query::Transaction &tx) {
        for (const Overlay &overlay : overlays)
            m_files.setOverlay(tx, overlay.path, source::Text(overlay.text));
    });
}

} // namespace nuages::app
