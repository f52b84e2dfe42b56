#include "lsp/protocol/json.h"
#include "lsp/server/features/diagnostics.h"
#include "lsp/server/session.h"
#include "lsp/server/uri.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <format>
#include <set>
#include <utility>

/// The findings of all templates, open or not, for a client that asks for them: `nuages/checkProject`, a notification
/// whose params may have a workDoneToken. They are published like those of open documents, as they are found. It is
/// the client that says when to look again, since it knows when its user pauses.

namespace json = boost::json;

namespace nuages::server {

namespace {

using State = trace::RequestRecord::State;

/// Templates that one job looks at: few enough to give way to who waits, enough to be worth a reader.
constexpr std::size_t portionSize = 32;

std::vector<std::string> stringsIn(const json::array &array)
{
    std::vector<std::string> strings;
    for (const json::value &each : array)
        strings.emplace_back(each.as_string());
    return strings;
}

} // namespace

void Session::askForCheck(const json::value &params)
{
    if (!m_host.listTemplates)
        return;
    const json::object *object = params.if_object();
    const json::value *token = object ? object->if_contains("workDoneToken") : nullptr;
    if (token)
        m_check.token = *token;
    m_notesDue |= !std::exchange(m_check.isAsked, true);
    m_check.isDue = true;
}

bool Session::hasCheckToStart() const { return !m_check.isListing && (m_check.isDue || !m_check.waiting.empty()); }

void Session::startCheck()
{
    Finished header;
    header.job = ++m_lastJob;
    header.isCheck = true;
    header.computed = m_moment;
    auto question = std::make_shared<Question>();
    question->given = m_given;
    question->client = m_client;
    Find find = m_host.listTemplates;
    if (std::exchange(m_check.isDue, false)) {
        m_check.isListing = true;
    } else {
        find = checkTemplates;
        header.paths = std::move(m_check.waiting.front());
        m_check.waiting.pop_front();
        std::ranges::copy_if(header.paths, std::back_inserter(question->paths),
                             [this](const std::string &path) { return !m_documents.find(path); });
    }
    ++m_check.running;
    const query::RequestId work = trace::ownWork | header.job;
    if (m_recorder) {
        m_recorder->requestArrived(work, "nuages/checkProject", {});
        m_recorder->requestStarted(work);
    }
    submit(m_engine.ticket(work, m_ownWork), std::move(header), std::move(question), find);
}

void Session::finishCheck(Finished &finished)
{
    const bool isList = finished.paths.empty();
    --m_check.running;
    m_check.isListing &= !isList;
    if (m_recorder)
        m_recorder->requestEnded(trace::ownWork | finished.job, finished.outcome ? State::Answered : State::Cancelled);
    if (m_life != Life::Running || m_inputEnded)
        return;
    if (finished.outcome) {
        const Coordinates coordinates(m_documents, m_client.encoding, {}, finished.computed, finished.computed);
        const json::value found = (*finished.outcome)(coordinates, m_client);
        if (isList) {
            takeListed(found);
        } else {
            if (m_recorder)
                traceChecked(inUtf16(coordinates, *finished.outcome, found).as_array(), finished.revision);
            publishChecked(found.as_array());
            m_check.done += finished.paths.size();
        }
    } else if (isList && mayTryAgain(finished.outcome.error())) {
        m_check.isDue = true;
    } else {
        retryPortion(std::move(finished.paths), finished.outcome.error());
    }
    tellCheck();
}

void Session::takeListed(const json::value &list)
{
    const std::vector<std::string> all = stringsIn(list.at("paths").as_array());
    if (const json::string &remark = list.at("remark").as_string(); !remark.empty())
        say(protocol::toJson(protocol::ShowMessageParams{protocol::MessageType::Warning, std::string(remark)}));
    m_check.waiting.clear();
    for (std::size_t at = 0; at < all.size(); at += portionSize) {
        const std::size_t end = std::min(at + portionSize, all.size());
        m_check.waiting.emplace_back(all.begin() + std::ptrdiff_t(at), all.begin() + std::ptrdiff_t(end));
    }
    m_check.done = 0;
    m_check.total = all.size();
    std::set<std::string> uris;
    for (const std::string &path : all)
        uris.insert(uriOfPath(path));
    // What is no template any more has no findings, but a document that is open is looked at for itself.
    std::erase_if(m_check.published, [&](const auto &entry) {
        const bool isGone = !uris.contains(entry.first);
        const auto path = Documents::pathOf(entry.first);
        if (!isGone || (path && m_documents.find(*path)))
            return isGone;
        if (!entry.second.as_array().empty())
            publishNotes(entry.first, json::array());
        if (path && m_recorder)
            m_recorder->lookEnded(*path);
        return true;
    });
}

void Session::traceChecked(const json::array &files, query::Revision revision)
{
    for (const json::value &file : files) {
        if (const auto path = Documents::pathOf(file.at("uri").as_string()))
            traceLook(*path, revision, file.at("diagnostics"));
    }
}

void Session::publishChecked(const json::array &files)
{
    for (const json::value &file : files) {
        const std::string uri(file.at("uri").as_string());
        const auto path = Documents::pathOf(uri);
        if (path && m_documents.find(*path))
            continue; // opened meanwhile, and looked at for itself
        json::value &known = m_check.published.try_emplace(uri, json::array()).first->second;
        if (known == file.at("diagnostics"))
            continue;
        known = file.at("diagnostics");
        publishNotes(uri, known);
    }
}

/// One template that cannot be looked at must not cost the others of its portion their findings.
void Session::retryPortion(std::vector<std::string> paths, const query::Failure &failure)
{
    if (mayTryAgain(failure)) {
        m_check.waiting.push_front(std::move(paths));
    } else if (paths.size() > 1) {
        for (std::string &path : paths)
            m_check.waiting.push_back({std::move(path)});
    } else {
        m_check.done += paths.size();
        log(protocol::MessageType::Error,
            std::format("The project could not be checked{}{}.", paths.empty() ? "" : " in ",
                        paths.empty() ? "" : paths.front()));
    }
}

void Session::tellCheck()
{
    const bool isOver = m_check.running == 0 && !hasCheckToStart();
    if (m_check.token.is_null() || (isOver && !m_check.isShown))
        return;
    const auto tell = [this](json::object value) {
        m_host.send(
            protocol::encodeNotification("$/progress", {{"token", m_check.token}, {"value", std::move(value)}}));
    };
    if (!std::exchange(m_check.isShown, true))
        tell({{"kind", "begin"}, {"title", "Checking templates"}, {"percentage", 0}});
    if (isOver) {
        m_check.isShown = false;
        tell({{"kind", "end"}, {"message", std::format("{} templates checked", m_check.total)}});
    } else if (m_check.total > 0) {
        tell({{"kind", "report"},
              {"message", std::format("{} of {}", m_check.done, m_check.total)},
              {"percentage", 100 * m_check.done / m_check.total}});
    }
}

} // namespace nuages::server
