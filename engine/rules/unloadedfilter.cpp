#include "engine/rules/missingnames.h"
#include "engine/rules/rule.h"

#include <format>

namespace nuages::rules {

namespace {

void checkUnloadedFilter(const Subject &subject, Findings &found)
{
    for (const MissingFilter &filter : missingFilters(subject)) {
        if (filter.libraries.empty())
            continue;
        found.add(filter.range,
                  std::format("The filter '{}' is not loaded here: {}", filter.name, loadAdvice(filter.libraries)),
                  blamedOpener(subject, filter.token));
    }
}

} // namespace

constinit const Rule unloadedFilter{"unloaded-filter", Severity::Error, &checkUnloadedFilter};

} // namespace nuages::rules
