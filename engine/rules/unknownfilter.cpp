#include "engine/rules/closename.h"
#include "engine/rules/missingnames.h"
#include "engine/rules/rule.h"

#include <format>

namespace nuages::rules {

namespace {

void checkUnknownFilter(const Subject &subject, Findings &found)
{
    for (const MissingFilter &filter : missingFilters(subject)) {
        if (!filter.libraries.empty())
            continue;
        const std::vector<std::string_view> names = subject.scope.filterNames(filter.range.begin);
        found.add(filter.range,
                  std::format("No filter is called '{}'{}", filter.name, didYouMean(closeName(filter.name, names))),
                  blamedOpener(subject, filter.token));
    }
}

} // namespace

constinit const Rule unknownFilter{"unknown-filter", Severity::Error, &checkUnknownFilter};

} // namespace nuages::rules
