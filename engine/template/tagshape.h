#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::templates {

/// A word at which the body of a block tag stops.
struct StopWord {
    /// What may follow the word inside the tag.
    enum class Rest : std::uint8_t {
        Any, ///< Anything: `{% endfor x %}` closes a for.
        Nothing, ///< Nothing, else Django fails: `{% else x %}` of an if.
        NothingOrEnds, ///< With a rest the word silently closes the tag: `{% empty x %}` of a for.
        NameOrNothing, ///< Nothing, or one blank and the tag's first argument: `{% endblock title %}`.
    };

    static constexpr std::uint8_t closes = 0xff;

    std::string word;
    Rest rest = Rest::Any;
    std::uint8_t next = closes; ///< The section that starts here, or `closes`.

    friend bool operator==(const StopWord &, const StopWord &) = default;
};

/// How the function of a tag reads the template: what belongs to its body, and which of its bits it compiles.
///
/// Source for Django's own tags: their functions in django/template and django/templatetags, 4.2 to 6.1.
struct TagShape {
    enum class Body : std::uint8_t {
        None, ///< The tag stands alone.
        Block, ///< Parsed up to the stop words of `sections`.
        Raw, ///< Skipped, unparsed, up to a tag whose whole content is the one stop word: comment.
        Message, ///< Text and variables only, which are not compiled: blocktranslate.
        Rest, ///< Parsed to the end of the file: extends.
        Unknown, ///< Cannot be told: it may be alone, or have any body and any stop words.
    };

    /// Which bits are compiled as expressions, and how they are picked.
    enum class Arguments : std::uint8_t {
        Unknown, ///< Cannot be told; no claim about any bit.
        Uncompiled, ///< No bit is an expression.
        Each, ///< Every bit: ifchanged.
        First, ///< The first bit: language, timezone, extends.
        Simple, ///< As `simple_tag`: positional and `name=` bits, without a trailing `as NAME`.
        Inclusion, ///< As `inclusion_tag`: positional and `name=` bits.
        Block, ///< The name of a block; not an expression.
        Chain, ///< Filters without a value: filter.
        Cycle,
        FirstOf,
        For,
        If,
        Include,
        LanguageInfo,
        Lorem,
        Message,
        Cache,
        Regroup,
        Static,
        Translate,
        Url,
        WidthRatio,
        With,
    };

    using Section = std::vector<StopWord>;

    Body body = Body::None;
    Arguments arguments = Arguments::Unknown;

    /// Of a Block the first section is the one that starts at the tag; of a Raw or Message the closer stands here.
    /// Empty for the other bodies.
    std::vector<Section> sections;

    /// A block tag that stops at `middles`, any number of times in any order, and at one of `closers`. For tags whose
    /// function was read but whose order of middles was not.
    static TagShape block(std::vector<std::string> closers, std::vector<std::string> middles = {},
                          Arguments arguments = Arguments::Unknown);
    static TagShape alone(Arguments arguments);
    static TagShape raw(std::string closer, Arguments arguments = Arguments::Unknown);
    static TagShape unknown() { return {Body::Unknown, Arguments::Unknown, {}}; }

    friend bool operator==(const TagShape &, const TagShape &) = default;
};

} // namespace nuages::templates
