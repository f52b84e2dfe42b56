#pragma once

#include "engine/analysis/scope.h"
#include "engine/project/project.h"
#include "engine/rules/diagnostic.h"
#include "engine/source/file.h"
#include "engine/template/facts.h"
#include "engine/template/structure.h"
#include "engine/template/syntax.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace nuages::rules {

/// All that a rule may look at: one template, and the project through queries. Lives inside one query.
struct Subject {
    query::Reader &db;
    project::Project project;
    source::File file;
    const templates::TemplateSyntax &syntax;
    const templates::TemplateFacts &facts;
    const templates::Structure &structure;
    const analysis::Scope &scope;

    /// Asks for all of it. The template's layers must be at hand already, and `scope` made of them.
    static Subject of(query::Reader &db, project::Project project, source::File file, const analysis::Scope &scope);
};

struct Rule;

/// Collects what one rule finds in one template.
class Findings
{
public:
    Findings(const Rule &rule, std::vector<Diagnostic> &all) : m_rule(rule), m_all(all) { }

    void add(source::Range range, std::string message, std::vector<Related> related = {});

private:
    const Rule &m_rule;
    std::vector<Diagnostic> &m_all;
};

/// The command of the tag at this index, as a place that explains a finding.
Related placeIn(const Subject &subject, std::uint32_t token, std::string message);

/// "'if' is opened here", at the tag of this index.
Related openerOf(const Subject &subject, std::uint32_t token);

/// For each problem of the structure the tag that lacks its closer, if that is what the problem says: at the end of the
/// file, or where the closer of a tag around it comes first. There Django blames the closer, but it is the opener that
/// has to be mended; unless the opener holds a closed tag of its own name, as it cannot be known then which of the two
/// lacks a closer. noToken if the problem is another one.
std::vector<std::uint32_t> unclosedOpeners(const Subject &subject);

/// One rule: a pure function from a template to findings. Its page is resources/rules/NAME.md.
struct Rule {
    /// What has to be known for its claims: the project around the template, or nothing but how Django's own tags nest.
    enum class Basis : std::uint8_t { Project, Nesting };

    std::string_view name; ///< Stable and never used again for another rule.
    Severity severity;

    void (*check)(const Subject &subject, Findings &found); ///< In any order.
    Basis basis = Basis::Project;
};

extern const Rule emptyTag;
extern const Rule unclosedTag;
extern const Rule unmatchedTag;
extern const Rule unknownTag;
extern const Rule unloadedTag;
extern const Rule unknownFilter;
extern const Rule unloadedFilter;
extern const Rule unknownLibrary;
extern const Rule missingTemplate;
extern const Rule missingPartial;
extern const Rule uninstalledApp;

/// Every rule, sorted by name.
std::span<const Rule *const> allRules();

} // namespace nuages::rules
