#include "engine/rules/references.h"
#include "engine/rules/rule.h"

#include <utility>

namespace nuages::rules {

namespace {

void checkReference(const Subject &subject, const templates::TemplateReference &reference, Findings &found)
{
    ReferenceAnswer answer = askReference(subject, reference);
    if (!answer.missing.empty())
        found.add(nameRange(subject, reference), std::move(answer.missing));
}

void checkMissingTemplate(const Subject &subject, Findings &found)
{
    if (subject.facts.extends)
        checkReference(subject, *subject.facts.extends, found);
    for (const templates::TemplateReference &reference : subject.facts.includes)
        checkReference(subject, reference, found);
}

} // namespace

constinit const Rule missingTemplate{"missing-template", Severity::Error, &checkMissingTemplate};

} // namespace nuages::rules
