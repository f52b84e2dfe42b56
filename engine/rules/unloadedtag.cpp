#include "engine/rules/missingnames.h"
#include "engine/rules/rule.h"

#include <format>

namespace nuages::rules {

namespace {

void checkUnloadedTag(const Subject &subject, Findings &found)
{
    for (const MissingTag &tag : missingTags(subject)) {
        if (tag.libraries.empty())
            continue;
        found.add(subject.syntax.commandRange(subject.syntax.tokens()[tag.token]),
                  std::format("The tag '{}' is not loaded here: {}", tag.name, loadAdvice(tag.libraries)));
    }
}

} // namespace

constinit const Rule unloadedTag{"unloaded-tag", Severity::Error, &checkUnloadedTag};

} // namespace nuages::rules
