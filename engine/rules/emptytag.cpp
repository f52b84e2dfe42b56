#include "engine/rules/rule.h"

#include <utility>

namespace nuages::rules {

namespace {

void checkEmpty(const Subject &subject, Findings &found)
{
    for (const templates::StructureProblem &problem : subject.structure.problems) {
        if (problem.kind != templates::StructureProblem::Kind::Empty)
            continue;
        const templates::Token &token = subject.syntax.tokens()[problem.token];
        const bool isTag = token.kind == templates::Token::Kind::Block;
        std::vector<Related> related; // Django blames the opener, where this was taken for the closer of a message.
        const std::uint32_t parent = subject.structure.places[problem.token].parent;
        if (parent != templates::noToken && subject.structure.places[parent].closer == problem.token)
            related.push_back(openerOf(subject, parent));
        found.add(token.range, isTag ? "A tag needs a name" : "A variable needs a name", std::move(related));
    }
}

} // namespace

constinit const Rule emptyTag{"empty-tag", Severity::Error, &checkEmpty, Rule::Basis::Nesting};

} // namespace nuages::rules
