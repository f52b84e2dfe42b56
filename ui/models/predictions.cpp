#include "ui/models/predictions.h"

#include <algorithm>
#include <utility>

namespace nuages::models {

void Predictions::remember(trace::WhatIf foretold)
{
    std::erase_if(m_foretold, [&](const auto &each) {
        return each->revision == foretold.revision && each->files == foretold.files;
    });
    m_foretold.push_back(std::make_shared<const trace::WhatIf>(std::move(foretold)));
    std::size_t expected = 0;
    for (const auto &each : m_foretold)
        expected += each->expected.size();
    while (m_foretold.size() > 1 && (m_foretold.size() > limit || expected > expectedLimit)) {
        expected -= m_foretold.front()->expected.size();
        m_foretold.pop_front();
    }
}

std::vector<Predictions::Fared> Predictions::fared(const trace::Store &store) const
{
    std::vector<Fared> found;
    for (auto at = m_foretold.rbegin(); at != m_foretold.rend(); ++at) {
        const trace::WhatIf *each = at->get();
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
