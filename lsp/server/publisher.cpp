#include "lsp/server/publisher.h"

#include "lsp/server/mutation.h"

#include <algorithm>
#include <utility>

namespace nuages::server {

void Publisher::open(const std::string &path, std::uint64_t instance)
{
    Document &document = m_documents[path];
    const bool isBusy = document.isBusy;
    document = Document{};
    document.instance = instance;
    document.isBusy = isBusy;
}

void Publisher::close(std::string_view path)
{
    if (const auto found = m_documents.find(path); found != m_documents.end())
        m_documents.erase(found);
}

void Publisher::written(std::optional<Cause> cause)
{
    for (auto &[path, document] : m_documents) {
        document.isMarked = document.isMarked || cause;
        if (const bool isNew = std::exchange(document.isNew, false); cause && !isNew)
            document.cause = std::max(document.cause, *cause);
    }
}

std::optional<std::string> Publisher::next()
{
    const auto found = std::ranges::find_if(
        m_documents, [](const auto &entry) { return entry.second.isMarked && !entry.second.isBusy; });
    if (found == m_documents.end())
        return std::nullopt;
    found->second.isMarked = false;
    found->second.isBusy = true;
    found->second.causeOfLook = std::exchange(found->second.cause, Cause::Typing);
    return found->first;
}

void Publisher::retry(std::string_view path)
{
    giveUp(path);
    if (const auto found = m_documents.find(path); found != m_documents.end())
        found->second.isMarked = true;
}

void Publisher::giveUp(std::string_view path)
{
    if (const auto found = m_documents.find(path); found != m_documents.end()) {
        Document &document = found->second;
        document.isBusy = false;
        document.cause = std::max(document.cause, document.causeOfLook);
    }
}

std::optional<Publisher::Cause> Publisher::finished(std::string_view path, std::uint64_t instance, std::int32_t version,
                                                    const boost::json::value &findings)
{
    const auto found = m_documents.find(path);
    if (found == m_documents.end())
        return std::nullopt;
    Document &document = found->second;
    document.isBusy = false;
    const bool isOlder = version < document.version && !NUAGES_SESSION_MUTATED(OlderDiagnostics);
    if (document.instance != instance || isOlder || document.findings == findings)
        return std::nullopt;
    document.version = version;
    document.findings = findings;
    return document.causeOfLook;
}

bool Publisher::isIdle() const
{
    return std::ranges::none_of(m_documents,
                                [](const auto &entry) { return entry.second.isMarked || entry.second.isBusy; });
}

} // namespace nuages::server
