#include "engine/rules/rule.h"

namespace nuages::rules {

namespace {

void checkEmpty(const Subject &subject, Findings &found)
{
    for (const templates::StructureProblem &problem : subject.structure.problems) {
        if (problem.kind != templates::StructureProblem::Kind::Empty)
            continue;
        const templates::Token &token = subject.syntax.tokens()[problem.token];
        const bool isTag = token.kind == templates::Token::Kind::Block;
        found.add(token.range, isTag ? "A tag needs a name" : "A variable needs a name");
    }
}

} // namespace

constinit const Rule emptyTag{"empty-tag", Severity::Error, &checkEmpty, Rule::Basis::Nesting};

} // namespace nuages::rules
