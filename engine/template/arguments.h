#pragma once

#include "engine/template/expression.h"
#include "engine/template/structure.h"
#include "engine/template/syntax.h"
#include "engine/template/tagshape.h"

#include <cstdint>
#include <vector>

namespace nuages::templates {

/// The expressions that Django compiles for the token at index `token` of a structure: the variable's own, or those
/// among the bits of a tag or of an `elif`. Empty for every token that is not compiled, and for a tag of which no bit
/// is known to be compiled. In the order of the text.
///
/// Never holds a bit that Django accepts without compiling it; of a tag that Django rejects for the form of its bits
/// some may be missing.
std::vector<Expression> compiledExpressions(const TemplateSyntax &syntax, const Structure &structure,
                                            std::uint32_t token);

/// What the bits of a blocktranslate say about its body.
enum class MessageForm : std::uint8_t {
    Singular, ///< It goes to the closer.
    Plural, ///< There is a `count`, so that the body must have a `plural`.
    Refused, ///< Django refuses the tag for its bits, whatever the body.
};

MessageForm messageForm(const Bits &bits);

} // namespace nuages::templates
