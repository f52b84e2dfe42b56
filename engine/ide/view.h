#pragma once

#include "engine/analysis/layers.h"
#include "engine/analysis/scope.h"
#include "engine/project/project.h"
#include "engine/source/file.h"
#include "engine/source/text.h"
#include "engine/template/facts.h"
#include "engine/template/structure.h"
#include "engine/template/syntax.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nuages::ide {

/// One template, as an editor shows it, with all that its features look at.
///
/// The text may differ from what the queries know of the file: a request is about the text that the editor had when it
/// asked. Then it is read here; else nothing is, and the view points at what the queries remember, for rules as well.
/// The project around it is that of the reader. Lives inside one task; not a query's value.
class View
{
public:
    /// `db` must outlive the view.
    View(query::Reader &db, project::Project project, source::File file, const source::Text &text);

    query::Reader &db() const { return m_db; }
    project::Project project() const { return m_project; }
    source::File file() const { return m_file; }
    const templates::TemplateSyntax &syntax() const { return m_syntax; }
    const templates::TemplateFacts &facts() const { return m_facts; }
    const analysis::Scope &scope() const { return m_scope; }
    const templates::Structure &structure() const { return m_structure; }

    /// The index of the token that covers byte `offset`; at the edge of two the earlier one. nullopt in an empty text.
    std::optional<std::uint32_t> tokenAt(std::uint32_t offset) const;

    /// The open tags around byte `offset`, innermost first, as indices of their tokens.
    std::vector<std::uint32_t> openTagsAt(std::uint32_t offset) const;

private:
    /// What the queries give of a file, of a text that they do not know.
    struct Parts {
        templates::TemplateSyntax syntax;
        templates::TemplateFacts facts;
        std::vector<analysis::Layer> layers;
        templates::Structure structure;
    };

    static std::optional<Parts> partsUnlessKnown(query::Reader &db, project::Project project, source::File file,
                                                 const source::Text &text);

    query::Reader &m_db;
    project::Project m_project;
    source::File m_file;
    const std::optional<Parts> m_own; // What follows points into it, or into memos.
    const templates::TemplateSyntax &m_syntax;
    const templates::TemplateFacts &m_facts;
    const templates::Structure &m_structure;
    analysis::Scope m_scope;
};

} // namespace nuages::ide
