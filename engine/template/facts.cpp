#include "engine/template/facts.h"

#include <algorithm>
#include <string_view>

namespace nuages::templates {

namespace {

/// What stands between the quotes of a string literal without filters; nullopt for anything else, also for `_("…")`,
/// whose value depends on the language.
std::optional<std::string> literal(std::string_view bit)
{
    if (bit.size() < 2 || (bit.front() != '"' && bit.front() != '\'') || bit.back() != bit.front())
        return std::nullopt;
    const char quote = bit.front();
    std::string value;
    for (std::size_t i = 1; i + 1 < bit.size(); ++i) {
        if (bit[i] == quote) // `"a"|add:"b"` ends with a quote too.
            return std::nullopt;
        if (bit[i] == '\\' && i + 2 < bit.size() && (bit[i + 1] == quote || bit[i + 1] == '\\'))
            ++i;
        value += bit[i];
    }
    return value;
}

Load loadOf(std::uint32_t token, const std::vector<Bit> &words)
{
    Load load{token, {}, {}};
    const std::size_t count = words.size();
    if (count >= 4 && words[count - 2].text == "from") {
        load.libraries.push_back(words.back().text);
        for (std::size_t i = 1; i + 2 < count; ++i)
            load.only.push_back(words[i].text);
        return load;
    }
    for (std::size_t i = 1; i < count; ++i)
        load.libraries.push_back(words[i].text);
    return load;
}

TemplateReference referenceOf(std::uint32_t token, const Bits &bits)
{
    if (bits.pieces.size() < 2)
        return {token, std::nullopt};
    return {token, literal(bits.pieces[1].text)};
}

} // namespace

TemplateFacts collectFacts(const TemplateSyntax &syntax)
{
    TemplateFacts facts;
    const std::vector<Token> &tokens = syntax.tokens();
    bool inComment = false;
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
        const Token &token = tokens[i];
        if (token.kind != Token::Kind::Block)
            continue;
        if (inComment) {
            inComment = syntax.content(token) != "endcomment";
            continue;
        }
        const std::string_view command = syntax.command(token);
        if (command == "comment") {
            inComment = true;
        } else if (command == "load") {
            facts.loads.push_back(loadOf(i, syntax.words(token)));
        } else if (command == "extends") {
            if (!facts.extends)
                facts.extends = referenceOf(i, syntax.bits(token));
        } else if (command == "include") {
            facts.includes.push_back(referenceOf(i, syntax.bits(token)));
        } else if (command == "block") {
            const std::vector<Bit> words = syntax.words(token);
            if (words.size() == 2)
                facts.blocks.push_back({i, words[1].text});
        }
    }
    return facts;
}

} // namespace nuages::templates
