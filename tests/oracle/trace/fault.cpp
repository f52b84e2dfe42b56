#include "tests/oracle/trace/fault.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace nuages::oracle {

namespace {

constexpr std::array faultNames = {
    std::pair(std::string_view("drop-edge"), Fault::Kind::DropEdge),
    std::pair(std::string_view("wrong-cause"), Fault::Kind::WrongCause),
    std::pair(std::string_view("thin-early"), Fault::Kind::ThinEarly),
    std::pair(std::string_view("swap-revision"), Fault::Kind::SwapRevision),
    std::pair(std::string_view("lose-record"), Fault::Kind::LoseRecord),
};

/// A place of those of which `isMeant` is true; the end if there is none.
template <class Things, class IsMeant>
auto anyOf(Random &random, Things &things, IsMeant isMeant)
{
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < things.size(); ++at) {
        if (isMeant(things[at]))
            places.push_back(at);
    }
    return places.empty() ? things.end() : things.begin() + std::ptrdiff_t(pick(random, places));
}

} // namespace

std::optional<Fault::Kind> Fault::kindOf(std::string_view name)
{
    const auto found = std::ranges::find(faultNames, name, [](const auto &each) { return each.first; });
    return found == faultNames.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<const trace::Batch> Fault::appliedTo(const std::shared_ptr<const trace::Batch> &batch)
{
    constexpr int oneIn = 4; // batches
    if (m_kind == Kind::None || m_kind == Kind::ThinEarly || m_random() % oneIn != 0)
        return batch;
    auto wrong = std::make_shared<trace::Batch>(*batch);
    if (m_kind == Kind::DropEdge) {
        const auto memo = anyOf(m_random, wrong->memos, [](const trace::Memo &each) { return !each.reads.empty(); });
        if (memo != wrong->memos.end())
            memo->reads.erase(memo->reads.begin() + std::ptrdiff_t(m_random() % memo->reads.size()));
        return wrong;
    }
    const auto run = anyOf(m_random, wrong->executions, [this](const Execution &each) {
        switch (m_kind) {
        case Kind::WrongCause:
            return each.cause != 0;
        case Kind::SwapRevision:
            return each.revision > 1;
        default:
            return true;
        }
    });
    if (run == wrong->executions.end())
        return batch;
    if (m_kind == Kind::WrongCause)
        run->cause = run->cause == 1 ? 2 : run->cause - 1;
    else if (m_kind == Kind::SwapRevision)
        --run->revision;
    else
        wrong->executions.erase(run);
    return wrong;
}

} // namespace nuages::oracle
