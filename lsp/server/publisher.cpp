#include "lsp/server/publisher.h"

#include "lsp/server/mutation.h"

#include <algorithm>

namespace nuages::server {

void Publisher::open(const std::string &path, std::uint64_t instance)
{
    Document &document = m_documents[path];
    document = Document{instance, true, document.isBusy, {}, nullptr};
}

void Publisher::close(std::string_view path)
{
    if (const auto found = m_documents.find(path); found != m_documents.end())
        m_documents.erase(found);
}

void Publisher::markAll()
{
    for (auto &[path, document] : m_documents)
        document.isMarked = true;
}

std::optional<std::string> Publisher::next()
{
    const auto found = std::ranges::find_if(
        m_documents, [](const auto &entry) { return entry.second.isMarked && !entry.second.isBusy; });
    if (found == m_documents.end())
        return std::nullopt;
    found->second.isMarked = false;
    found->second.isBusy = true;
    return found->first;
}

void Publisher::retry(std::string_view path)
{
    if (const auto found = m_documents.find(path); found != m_documents.end()) {
        found->second.isMarked = true;
        found->second.isBusy = false;
    }
}

void Publisher::giveUp(std::string_view path)
{
    if (const auto found = m_documents.find(path); found != m_documents.end())
        found->second.isBusy = false;
}

bool Publisher::finished(std::string_view path, std::uint64_t instance, std::int32_t version,
                         const boost::json::value &findings)
{
    const auto found = m_documents.find(path);
    if (found == m_documents.end())
        return false;
    Document &document = found->second;
    document.isBusy = false;
    const bool isOlder = version < document.version && !NUAGES_SESSION_MUTATED(OlderDiagnostics);
    if (document.instance != instance || isOlder || document.findings == findings)
        return false;
    document.version = version;
    document.findings = findings;
    return true;
}

} // namespace nuages::server
