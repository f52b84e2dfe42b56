#include "engine/rules/references.h"
#include "engine/rules/rule.h"

namespace nuages::rules {

namespace {

void checkMissingTemplate(const Subject &subject, Findings &found)
{
    forEachReference(subject, [&](const templates::TemplateReference &reference, const ReferenceAnswer &answer) {
        if (!answer.missing.empty())
            found.add(nameRange(subject, reference), answer.missing);
    });
}

} // namespace

constinit const Rule missingTemplate{"missing-template", Severity::Error, &checkMissingTemplate};

} // namespace nuages::rules
