#include "ui/models/shares.h"

namespace nuages::models {

using trace::Outcome;

QString nameOf(Share share)
{
    switch (share) {
    case Share::Changed:
        return QStringLiteral("Ran, changed");
    case Share::Backdated:
        return QStringLiteral("Ran, same value");
    case Share::New:
        return QStringLiteral("New");
    case Share::Kept:
        return QStringLiteral("Checked, kept");
    case Share::NotChecked:
        return QStringLiteral("Not even checked");
    case Share::Stopped:
        return QStringLiteral("Stopped");
    }
    return {};
}

Share shareOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::ExecutedChanged:
    case Outcome::InputSet:
        return Share::Changed;
    case Outcome::ExecutedBackdated:
        return Share::Backdated;
    case Outcome::ExecutedNew:
        return Share::New;
    case Outcome::Validated:
        return Share::Kept;
    case Outcome::NotChecked:
        return Share::NotChecked;
    case Outcome::Cancelled:
    case Outcome::Cycle:
    case Outcome::Evicted:
        break;
    }
    return Share::Stopped;
}

Outcome outcomeOf(Share share)
{
    switch (share) {
    case Share::Changed:
        return Outcome::ExecutedChanged;
    case Share::Backdated:
        return Outcome::ExecutedBackdated;
    case Share::New:
        return Outcome::ExecutedNew;
    case Share::Kept:
        return Outcome::Validated;
    case Share::NotChecked:
        return Outcome::NotChecked;
    case Share::Stopped:
        break;
    }
    return Outcome::Cancelled;
}

Shares sharesOf(const trace::RevisionRecord &revision)
{
    Shares shares;
    for (std::size_t outcome = 0; outcome < trace::outcomeCount; ++outcome) {
        if (const auto value = Outcome(outcome); value != Outcome::NotChecked)
            shares[shareOf(value)] += std::uint32_t(revision.count(value));
    }
    shares[Share::NotChecked] = std::uint32_t(revision.notChecked());
    return shares;
}

ShareTimes timesOf(const trace::RevisionRecord &revision)
{
    ShareTimes times{};
    for (std::size_t outcome = 0; outcome < trace::outcomeCount; ++outcome)
        times.at(std::size_t(shareOf(trace::Outcome(outcome)))) += revision.ns.at(outcome);
    return times;
}

} // namespace nuages::models
