#include "ui/models/shares.h"

#include "ui/models/text.h"

namespace nuages::models {

using trace::Outcome;

QString titleOf(Outcome segment)
{
    QString words = outcomeText(segment);
    words.front() = words.front().toUpper();
    return words;
}

Shares sharesOf(const trace::RevisionRecord &revision)
{
    Shares shares;
    for (const Outcome outcome : trace::allOutcomes) {
        if (outcome != Outcome::NotChecked)
            shares[segmentOf(outcome)] += std::uint32_t(revision.count(outcome));
    }
    shares[Outcome::NotChecked] = std::uint32_t(revision.notChecked());
    return shares;
}

ShareTimes timesOf(const trace::RevisionRecord &revision)
{
    ShareTimes times{};
    for (const Outcome outcome : trace::allOutcomes)
        times.at(trace::indexOf(segmentOf(outcome))) += revision.ns.at(trace::indexOf(outcome));
    return times;
}

} // namespace nuages::models
