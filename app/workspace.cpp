#include "app/workspace.h"

#include "engine/project/discovery/discovery.h"

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

Workspace::Workspace(const Environment &environment, const std::optional<Overlay> &overlay, unsigned threads)
    : m_pool(atLeastOne(threads))
{
    m_files.setRoots(rootsOf(environment.given));
    m_engine.attach(m_files);
    m_engine.write("open the project", [&](query::Transaction &tx) {
        m_given = tx.create<project::Given>(environment.given, Durability::Medium);
        if (overlay)
            m_files.setOverlay(tx, overlay->path, source::Text(overlay->text));
    });
    query::Reader db(m_engine.ticket());
    m_project = project::projectOf(db, m_given, environment.given.folders.front());
    m_root = project::rootOf(db, m_project);
}

void Workspace::edit(std::string_view label, std::span<const Overlay> overlays)
{
    m_engine.write(label, [&](query::Transaction &tx) {
        for (const Overlay &overlay : overlays)
            m_files.setOverlay(tx, overlay.path, source::Text(overlay.text));
    });
}

} // namespace nuages::app
