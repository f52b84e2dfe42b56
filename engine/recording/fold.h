#pragma once

#include "engine/trace/batch.h"

#include <map>
#include <string>

namespace nuages::recording {

/// Many batches become one that a store can begin with: all names, and the last that was told of each thing. What
/// happened in them is forgotten, but for the totals.
class Fold
{
public:
    /// In order.
    void add(trace::Batch batch);

    trace::Batch take();

private:
    trace::Batch m_last; ///< With the nodes of all.
    std::map<trace::NodeId, trace::Memo> m_memos;
    std::map<trace::RequestId, trace::RequestRecord> m_requests; ///< Not yet ended.
    std::map<std::string, trace::FileRecord> m_files;
    std::map<std::string, trace::LookRecord> m_looks; ///< By path: the last, with what was found.
    std::map<trace::Revision, trace::Commit> m_commits; ///< Of the present revision.
};

} // namespace nuages::recording
