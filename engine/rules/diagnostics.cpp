#include "engine/rules/diagnostics.h"

#include "engine/analysis/layers.h"
#include "engine/analysis/scope.h"
#include "engine/query/engine.h"
#include "engine/rules/ignore.h"
#include "engine/rules/rule.h"
#include "engine/rules/uninstalledapp.h"
#include "engine/template/queries.h"

#include <algorithm>

namespace nuages::rules {

namespace {

using templates::Token;

/// The line of byte `offset`, from 1.
std::uint32_t lineOf(const templates::TemplateSyntax &syntax, std::uint32_t offset)
{
    const std::vector<Token> &tokens = syntax.tokens();
    const auto next =
        std::ranges::upper_bound(tokens, offset, {}, [](const Token &token) { return token.range.begin; });
    // Findings stand in tags and variables, which have no line end in them.
    return next == tokens.begin() ? 1 : std::prev(next)->line;
}

} // namespace

std::vector<Diagnostic> Diagnostics::run(query::Reader &db, project::Project project, source::File file)
{
    const templates::TemplateSyntax &syntax = db.get<templates::Template>(file);
    const analysis::Scope scope(db, project, db.get<analysis::Layers>(project, file), syntax);
    const Subject subject = Subject::of(db, project, file, scope);

    std::vector<Diagnostic> all;
    // Whatever else the project lacks follows from that.
    const bool isUninstalled = !db.get<UninstalledApp>(project, file).empty();
    for (const Rule *rule : allRules()) {
        if (isUninstalled && rule->basis == Rule::Basis::Project && rule != &uninstalledApp)
            continue;
        Findings found(*rule, all);
        rule->check(subject, found);
    }
    if (!all.empty()) {
        const std::vector<Ignore> ignores = findIgnores(syntax);
        std::erase_if(all, [&](const Diagnostic &diagnostic) {
            return isIgnored(ignores, diagnostic.rule, lineOf(syntax, diagnostic.range.begin));
        });
    }
    std::ranges::sort(all, shownBefore);
    return all;
}

} // namespace nuages::rules
