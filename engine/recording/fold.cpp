#include "engine/recording/fold.h"

#include <utility>

namespace nuages::recording {

void Fold::add(trace::Batch batch)
{
    m_store.apply(batch);
    std::vector<trace::Node> nodes = std::move(m_last.nodes);
    std::ranges::move(batch.nodes, std::back_inserter(nodes));
    for (trace::Memo &memo : batch.memos)
        m_memos[memo.node] = std::move(memo);
    for (trace::FileRecord &file : batch.files)
        m_files[file.path] = std::move(file);
    for (trace::LookRecord &look : batch.looks) {
        if (look.result != trace::LookRecord::Result::Same)
            m_looks[look.path] = std::move(look);
        else if (const auto last = m_looks.find(look.path); last != m_looks.end())
            last->second.revision = look.revision;
    }
    for (trace::Commit &commit : batch.commits)
        m_commits[commit.revision] = std::move(commit);
    m_commits.erase(m_commits.begin(), m_commits.lower_bound(batch.revision));
    for (trace::RequestRecord &request : batch.requests) {
        using State = trace::RequestRecord::State;
        if (request.state == State::Queued || request.state == State::Running)
            m_requests[request.id] = std::move(request);
        else
            m_requests.erase(request.id);
    }
    m_last = std::move(batch);
    m_last.nodes = std::move(nodes);
}

trace::Batch Fold::take()
{
    const auto list = [](auto &things, auto &into) {
        into.clear();
        for (auto &[key, thing] : things)
            into.push_back(std::move(thing));
    };
    list(m_commits, m_last.commits);
    list(m_memos, m_last.memos);
    list(m_requests, m_last.requests);
    list(m_files, m_last.files);
    list(m_looks, m_last.looks);
    m_last.executions.clear();
    m_last.waits.clear();
    m_last.past.clear();
    for (const trace::RevisionRecord &record : m_store.revisions())
        m_last.past.push_back({record.revision, record.label, record.durability, record.at, record.inputs,
                               record.counts, record.ns, record.memos, record.lost});
    return std::move(m_last);
}

} // namespace nuages::recording
