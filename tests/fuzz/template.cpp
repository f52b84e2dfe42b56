// Any bytes are a template: cut, nested and taken apart without a fault, and what comes back fits together.

#include "engine/template/djangotags.h"
#include "engine/template/expression.h"
#include "engine/template/structure.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using namespace nuages;
using namespace nuages::templates;
using nuages::tests::require;

namespace {

/// Django's builtins; a name with an `x` in front may be anything, as where a library could not be read.
class Builtins : public TagLookup
{
public:
    Answer find(std::string_view name, std::uint32_t) const override
    {
        if (const TagShape *shape = djangoBuiltinTag(name))
            return {Answer::Status::Known, shape};
        return {name.starts_with('x') ? Answer::Status::Open : Answer::Status::Unknown, nullptr};
    }
    bool isStopWord(std::string_view word) const override { return isDjangoStopWord(word); }
};

void requireGaplessTokens(const TemplateSyntax &syntax)
{
    std::uint32_t end = 0;
    for (const Token &token : syntax.tokens()) {
        require(token.range.begin == end, "tokens follow each other without gap or overlap");
        require(token.range.end > token.range.begin, "no token is empty");
        require(token.content.begin >= token.range.begin && token.content.end <= token.range.end,
                "a content lies within its token");
        end = token.range.end;
    }
    require(end == syntax.text().size(), "tokens cover the text");
}

void requireFittingStructure(const TemplateSyntax &syntax, const Structure &structure)
{
    const std::size_t count = syntax.tokens().size();
    require(structure.places.size() == count, "each token has a place");
    for (std::uint32_t token = 0; token < count; ++token) {
        const Place &place = structure.places[token];
        require(place.parent == noToken || place.parent < token, "a parent stands before what it holds");
        require(place.closer == noToken || (place.closer > token && place.closer < count), "a closer stands behind");
    }
    std::uint32_t last = 0;
    for (const StructureProblem &problem : structure.problems) {
        require(problem.token < count, "a problem is about a token");
        require(problem.token >= last, "problems are in order of their tokens");
        last = problem.token;
    }
}

/// Bits of a tag lie in its content, in order.
void requireOrderedBits(const TemplateSyntax &syntax, const Token &token)
{
    std::uint32_t end = token.content.begin;
    for (const Bit &bit : syntax.bits(token).pieces) {
        require(bit.range.begin >= end && bit.range.end <= token.content.end, "bits lie in their tag, in order");
        end = bit.range.end;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const TemplateSyntax syntax = parse({reinterpret_cast<const char *>(data), size});
    requireGaplessTokens(syntax);
    for (const Token &token : syntax.tokens()) {
        if (token.kind == Token::Kind::Block)
            requireOrderedBits(syntax, token);
        else if (token.kind == Token::Kind::Variable)
            parseExpression(syntax.content(token), token.content.begin);
    }
    requireFittingStructure(syntax, buildStructure(syntax, Builtins()));
    return 0;
}
