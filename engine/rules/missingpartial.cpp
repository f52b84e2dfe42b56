#include "engine/rules/references.h"
#include "engine/rules/rule.h"

namespace nuages::rules {

namespace {

void checkMissingPartial(const Subject &subject, Findings &found)
{
    forEachReference(subject, [&](const templates::TemplateReference &reference, const ReferenceAnswer &answer) {
        if (answer.missing.empty() && !answer.missingPart.empty())
            found.add(nameRange(subject, reference), answer.missingPart);
    });
}

} // namespace

constinit const Rule missingPartial{"missing-partial", Severity::Error, &checkMissingPartial};

} // namespace nuages::rules
