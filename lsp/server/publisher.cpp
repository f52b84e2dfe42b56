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

void Publisher::lookAgain()
{
    for (auto &[path, document] : m_documents)
        document.isMarked = true;
}

bool Publisher::hasNext() const
{
    return std::ranges::any_of(m_documents,
                               [](const auto &entry) { return entry.second.isMarked && !entry.second.isBusy; });
}

std::optional<std::string> Publisher::next()
{
    std::pair<const std::string, Document> *found = nullptr;
    for (auto &entry : m_documents) {
        const Document &document = entry.second;
        if (document.isMarked && !document.isBusy && (!found || document.lastLook < found->second.lastLook))
            found = &entry;
    }
    if (!found)
        return std::nullopt;
    Document &document = found->second;
    document.isMarked = false;
    document.isBusy = true;
    document.lastLook = ++m_looks;
    document.causeOfLook = std::exchange(document.cause, Cause::Typing);
    return found->first;
}

query::Instant Publisher::turnOf(std::string_view path) const
{
    const auto found = m_documents.find(path);
    return found == m_documents.end() ? 0 : found->second.turn;
}

void Publisher::cutShort(std::string_view path)
{
    constexpr query::Instant longest = query::Instant{1} << 40; // some minutes
    if (const auto found = m_documents.find(path); found != m_documents.end())
        found->second.turn = std::min(found->second.turn * 2, longest);
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

std::optional<Publisher::Cause> Publisher::finished(std::string_view path, std::uint64_t instance,
                                                    std::optional<std::int32_t> version,
                                                    const boost::json::value &findings)
{
    const auto found = m_documents.find(path);
    if (found == m_documents.end())
        return std::nullopt;
    Document &document = found->second;
    document.isBusy = false;
    document.turn = firstTurn;
    const bool isOlder = version && version < document.version && !NUAGES_SESSION_MUTATED(OlderDiagnostics);
    if (document.instance != instance || isOlder || document.findings == findings)
        return std::nullopt;
    if (version)
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
