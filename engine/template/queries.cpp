#include "engine/template/queries.h"

#include "engine/source/queries.h"
#include "engine/template/djangotags.h"

#include <utility>

namespace nuages::templates {

TemplateSyntax Template::run(query::Reader &db, source::File file)
{
    return TemplateSyntax(db.get<source::SourceText>(file));
}

namespace {

/// Calls `visit(command, bits)` for every tag outside of comments.
template <class Visit>
void forEachTag(const TemplateSyntax &syntax, Visit visit)
{
    bool inComment = false;
    for (const Token &token : syntax.tokens()) {
        if (token.kind != Token::Kind::Block)
            continue;
        const std::string_view command = syntax.command(token);
        if (inComment)
            inComment = syntax.content(token) != "endcomment";
        else if (command == "comment")
            inComment = true;
        else
            visit(command, token);
    }
}

bool definesPartial(std::string_view command) { return command == "partialdef" || command == "startpartial"; }

} // namespace

std::vector<std::string> Partials::run(query::Reader &db, source::File file)
{
    const TemplateSyntax &syntax = db.get<Template>(file);
    std::vector<std::string> names;
    forEachTag(syntax, [&](std::string_view command, const Token &token) {
        if (!definesPartial(command))
            return;
        std::vector<Bit> bits = syntax.bits(token).pieces;
        if (bits.size() > 1)
            names.push_back(std::move(bits[1].text));
    });
    return names;
}

bool MayDefinePartial::run(query::Reader &db, source::File file, std::string name)
{
    const TemplateSyntax &syntax = db.get<Template>(file);
    bool found = false;
    forEachTag(syntax, [&](std::string_view command, const Token &token) {
        if (definesPartial(command)) {
            const std::vector<Bit> bits = syntax.bits(token).pieces;
            found = found || (bits.size() > 1 && bits[1].text == name);
        } else if (!isDjangoTag(command) && !isDjangoStopWord(command)) {
            found = found || syntax.content(token).contains(name);
        }
    });
    return found;
}

TemplateFacts Facts::run(query::Reader &db, source::File file) { return collectFacts(db.get<Template>(file)); }

} // namespace nuages::templates
