#include "ui/models/selection.h"

namespace nuages::models {

void Selection::go(const Spot &spot)
{
    if (spot == this->spot())
        return;
    m_history.resize(m_at + 1);
    m_history.push_back(spot);
    if (m_history.size() > historyLength)
        m_history.erase(m_history.begin());
    m_at = m_history.size() - 1;
    Q_EMIT changed();
}

void Selection::selectNode(std::uint32_t node, const QString &file)
{
    Spot next = spot();
    next.node = node;
    if (!file.isEmpty())
        next.file = file;
    next.isPinned = true;
    go(next);
}

void Selection::selectFile(const QString &path)
{
    Spot next = spot();
    next.file = path;
    next.isPinned = true;
    go(next);
}

void Selection::selectRequest(std::uint64_t request)
{
    Spot next = spot();
    next.request = request;
    next.isPinned = true;
    go(next);
}

void Selection::selectRevision(std::uint32_t revision)
{
    Spot next = spot();
    next.revision = revision;
    go(next);
}

void Selection::goLive()
{
    Spot next = spot();
    next.revision.reset();
    go(next);
}

void Selection::follow()
{
    Spot next = spot();
    next.revision.reset();
    next.isPinned = false;
    go(next);
}

void Selection::pin()
{
    Spot next = spot();
    next.isPinned = true;
    go(next);
}

bool Selection::settleOn(std::uint32_t node, const QString &file)
{
    Spot next = spot();
    next.node = node;
    if (!file.isEmpty())
        next.file = file;
    if (next == spot() || next.isPinned)
        return false;
    m_history[m_at] = next;
    return true;
}

void Selection::back()
{
    if (!canGoBack())
        return;
    --m_at;
    Q_EMIT changed();
}

void Selection::forward()
{
    if (!canGoForward())
        return;
    ++m_at;
    Q_EMIT changed();
}

void Selection::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    m_filter = text;
    Q_EMIT filterChanged();
}

} // namespace nuages::models
