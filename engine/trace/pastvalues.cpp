#include "engine/trace/pastvalues.h"

#include <algorithm>
#include <iterator>

namespace nuages::trace {

void PastValues::add(const Memo &memo, Revision told)
{
    if (memo.value.empty())
        return;
    std::vector<Value> &values = m_values[memo.node];
    const auto place = [&] { return std::ranges::lower_bound(values, memo.changedAt, {}, &Value::since); };
    const auto isLater = [&](const Value &value) { return value.text || value.since > memo.verifiedAt; };
    auto now = place();
    if (now != values.end() && now->text && now->since <= memo.verifiedAt)
        now->until = told;
    else
        now = values.insert(now, {memo.changedAt, told, memo.value});
    // It is the same up to then, whatever seemed to have changed: a query that ran for the first time, for one.
    const auto after = std::next(now);
    values.erase(after, std::find_if(after, values.end(), isLater));
    if (now = place(); now != values.begin())
        outdate(memo.node, *std::prev(now));
    if (now = place(); std::next(now) != values.end())
        outdate(memo.node, *now);
}

void PastValues::lose(NodeId id, Revision revision)
{
    const auto known = m_values.find(id);
    if (known == m_values.end())
        return; // Nobody can say what it had before.
    std::vector<Value> &values = known->second;
    if (values.empty() || values.back().since >= revision)
        return;
    outdate(id, values.back());
    values.push_back({revision, revision, std::nullopt});
}

void PastValues::outdate(NodeId id, Value &value)
{
    if (!value.text || std::exchange(value.isOutdated, true))
        return;
    m_old.emplace_back(id, value.since);
    m_oldBytes += value.text->size();
    while (m_oldBytes > m_maxBytes) {
        const auto [oldest, since] = m_old.front();
        m_old.pop_front();
        auto &values = m_values.at(oldest);
        const auto found = std::ranges::lower_bound(values, since, {}, &Value::since);
        m_oldBytes -= found->text->size();
        values.erase(values.begin(), std::next(found));
    }
}

std::optional<std::string> PastValues::at(NodeId id, Revision revision) const
{
    const auto known = m_values.find(id);
    if (known == m_values.end())
        return std::nullopt;
    const std::vector<Value> &values = known->second;
    const auto after = std::ranges::upper_bound(values, revision, {}, &Value::since);
    if (after == values.begin())
        return std::nullopt;
    const Value &then = *std::prev(after);
    const auto isUnseen = [&](const std::pair<Revision, Revision> &loss) {
        return loss.first <= revision && loss.second > then.until;
    };
    if (revision > then.until && std::ranges::any_of(m_losses, isUnseen))
        return std::nullopt;
    return then.text;
}

} // namespace nuages::trace
