#include "ui/models/predictions.h"

#include <algorithm>

namespace nuages::models {

const trace::WhatIf &Predictions::foretell(const trace::Store &store, const std::string &file)
{
    const std::vector<std::string> files = {file};
    std::erase_if(m_foretold,
                  [&](const trace::WhatIf &each) { return each.revision == store.revision() && each.files == files; });
    m_foretold.push_back(trace::whatIf(store, files));
    if (m_foretold.size() > limit)
        m_foretold.pop_front();
    return m_foretold.back();
}

std::vector<Predictions::Fared> Predictions::fared(const trace::Store &store) const
{
    std::vector<Fared> found;
    for (auto each = m_foretold.rbegin(); each != m_foretold.rend(); ++each) {
        const auto next =
            std::ranges::upper_bound(store.revisions(), each->revision, {}, &trace::RevisionRecord::revision);
        if (next == store.revisions().end() || next->isThinned)
            continue;
        const auto isTouched = [&](trace::NodeId input) { return std::ranges::contains(each->touched, input); };
        if (std::ranges::any_of(next->inputs, isTouched)) {
            found.push_back(
                {next->revision, each->files.front(), trace::score(store, *each, trace::ranIn(store, next->revision))});
        }
    }
    return found;
}

} // namespace nuages::models
