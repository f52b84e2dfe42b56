#include "engine/template/arguments.h"

#include "engine/template/characters.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace nuages::templates {

namespace {

using Arguments = TagShape::Arguments;

/// The length of `name=` at the start of `text`, if something follows it; else 0. Django's `kwarg_re`.
std::size_t keywordLength(std::string_view text)
{
    const std::size_t name = wordAt(text, 0);
    return name != 0 && name + 1 < text.size() && text[name] == '=' ? name + 1 : 0;
}

/// Walks over the bits of one tag, as its function does, and notes those that it compiles.
class Compiler
{
public:
    explicit Compiler(Bits bits) : m_bits(std::move(bits.pieces)) { }

    std::vector<Expression> compile(Arguments arguments);
    MessageForm formOfMessage()
    {
        addMessage();
        const bool isValid = !m_isRefused && std::ranges::all_of(m_found, &Expression::valid);
        return !isValid ? MessageForm::Refused : m_counts ? MessageForm::Plural : MessageForm::Singular;
    }

private:
    std::size_t count() const { return m_bits.size(); }
    bool is(std::size_t bit, std::string_view text) const { return bit < count() && m_bits[bit].text == text; }

    void add(std::size_t bit, std::size_t skipped = 0);
    void addRange(std::size_t begin, std::size_t end);
    void addValues(std::size_t begin, std::size_t end);
    void addCondition();
    void addCycle();
    void addFor();
    void addInclude();
    void addMessage();
    void addTranslate();
    void addLorem();
    void addCache();
    void addRegroup();
    std::size_t addKeywords(std::size_t begin, bool legacy);
    std::size_t withoutAs(std::size_t begin) const;

    std::vector<Bit> m_bits; // The command first.
    std::vector<Expression> m_found;
    bool m_counts = false; // A message has a count.
    bool m_isRefused = false; // A message has bits that Django refuses.
};

std::vector<Expression> Compiler::compile(Arguments arguments)
{
    switch (arguments) {
    case Arguments::Unknown:
    case Arguments::Uncompiled:
    case Arguments::Block:
    case Arguments::Chain: // Has no bits; see chainOf.
        break;
    case Arguments::Each:
        addRange(1, count());
        break;
    case Arguments::First:
    case Arguments::Static:
        addRange(1, std::min<std::size_t>(count(), 2));
        break;
    case Arguments::Simple:
        addValues(1, withoutAs(1));
        break;
    case Arguments::Inclusion:
        addValues(1, count());
        break;
    case Arguments::Cycle:
        addCycle();
        break;
    case Arguments::FirstOf:
        addRange(1, withoutAs(1));
        break;
    case Arguments::For:
        addFor();
        break;
    case Arguments::If:
        addCondition();
        break;
    case Arguments::Include:
        addInclude();
        break;
    case Arguments::LanguageInfo:
        if (count() == 5 && is(1, "for") && is(3, "as"))
            add(2);
        break;
    case Arguments::Lorem:
        addLorem();
        break;
    case Arguments::Message:
        addMessage();
        break;
    case Arguments::Cache:
        addCache();
        break;
    case Arguments::Regroup:
        addRegroup();
        break;
    case Arguments::Translate:
        addTranslate();
        break;
    case Arguments::Url:
        if (count() >= 2) {
            add(1);
            addValues(2, withoutAs(2));
        }
        break;
    case Arguments::WidthRatio:
        if (count() == 4 || (count() == 6 && is(4, "as")))
            addRange(1, 4);
        break;
    case Arguments::With:
        addKeywords(1, true);
        break;
    }
    std::ranges::stable_sort(m_found, {}, [](const Expression &e) { return e.range.begin; });
    return std::move(m_found);
}

/// Compiles a bit without its first `skipped` bytes.
void Compiler::add(std::size_t bit, std::size_t skipped)
{
    const Bit &b = m_bits[bit];
    m_found.push_back(
        parseExpression(std::string_view(b.text).substr(skipped), b.range.begin + static_cast<std::uint32_t>(skipped)));
}

void Compiler::addRange(std::size_t begin, std::size_t end)
{
    for (std::size_t bit = begin; bit < end; ++bit)
        add(bit);
}

/// Compiles bits, of each only what follows its `name=`, if it has one.
void Compiler::addValues(std::size_t begin, std::size_t end)
{
    for (std::size_t bit = begin; bit < end; ++bit)
        add(bit, keywordLength(m_bits[bit].text));
}

/// The end of the bits from `begin` without a trailing `as NAME`.
std::size_t Compiler::withoutAs(std::size_t begin) const
{
    return count() >= begin + 2 && is(count() - 2, "as") ? count() - 2 : count();
}

void Compiler::addCondition()
{
    static constexpr std::array<std::string_view, 11> operators = {
        "or", "and", "not", "in", "is", "==", "!=", ">", ">=", "<", "<="};
    for (std::size_t bit = 1; bit < count(); ++bit) {
        if (std::ranges::find(operators, m_bits[bit].text) == operators.end())
            add(bit);
    }
}

void Compiler::addCycle()
{
    if (count() < 3) // One argument is the name of an earlier cycle.
        return;
    if (count() > 4 && is(count() - 3, "as")) {
        if (is(count() - 1, "silent"))
            addRange(1, count() - 3);
        return;
    }
    addRange(1, count() > 4 ? withoutAs(1) : count());
}

void Compiler::addFor()
{
    if (count() < 4)
        return;
    const std::size_t in = count() - (is(count() - 1, "reversed") ? 3 : 2);
    if (is(in, "in"))
        add(in + 1);
}

void Compiler::addInclude()
{
    if (count() < 2)
        return;
    for (std::size_t bit = 2; bit < count();) {
        if (is(bit, "with"))
            bit = addKeywords(bit + 1, false);
        else if (is(bit, "only"))
            ++bit;
        else
            return; // Refused before the name is compiled.
    }
    add(1);
}

void Compiler::addTranslate()
{
    if (count() < 2)
        return;
    add(1);
    for (std::size_t bit = 2; bit < count();) {
        if (is(bit, "noop")) {
            ++bit;
        } else if (is(bit, "as")) {
            bit += 2;
        } else if (is(bit, "context")) {
            if (bit + 1 == count() || is(bit + 1, "as") || is(bit + 1, "noop"))
                return;
            add(bit + 1);
            bit += 2;
        } else {
            return;
        }
    }
}

void Compiler::addMessage()
{
    std::vector<std::string_view> options;
    for (std::size_t bit = 1; bit < count();) {
        const std::string_view option = m_bits[bit].text;
        m_isRefused = m_isRefused || std::ranges::contains(options, option);
        options.push_back(option);
        const std::size_t before = m_found.size();
        if (option == "with") {
            bit = addKeywords(bit + 1, true);
            m_isRefused = m_isRefused || m_found.size() == before;
        } else if (option == "count") {
            bit = addKeywords(bit + 1, true);
            m_counts = m_counts || m_found.size() > before;
            m_isRefused = m_isRefused || m_found.size() != before + 1;
        } else if (option == "context") {
            if (bit + 1 < count())
                add(bit + 1);
            bit += 2;
        } else if (option == "trimmed") {
            ++bit;
        } else if (option == "asvar") {
            bit += 2;
        } else {
            m_isRefused = true;
            return;
        }
        m_isRefused = m_isRefused || bit > count();
    }
}

void Compiler::addLorem()
{
    std::size_t end = count();
    if (end > 1 && is(end - 1, "random"))
        --end;
    if (end > 1 && (is(end - 1, "w") || is(end - 1, "p") || is(end - 1, "b")))
        --end;
    if (end > 1) // Compiled before Django sees that there are too many.
        add(end - 1);
}

void Compiler::addCache()
{
    if (count() < 3)
        return;
    constexpr std::string_view usingPrefix = "using=";
    std::size_t end = count();
    if (end > 3 && m_bits[end - 1].text.starts_with(usingPrefix)) {
        --end;
        add(end, usingPrefix.size());
    }
    add(1);
    addRange(3, end);
}

/// Django compiles the attribute together with the new variable: `{% regroup x by y|lower as z %}` makes `z.y|lower`.
void Compiler::addRegroup()
{
    if (count() != 6 || !is(2, "by") || !is(4, "as"))
        return;
    add(1);
    const std::string prefix = m_bits[5].text + '.';
    // The subtraction may wrap and wraps back when an offset beyond the prefix is added to it.
    Expression attribute =
        parseExpression(prefix + m_bits[3].text, m_bits[3].range.begin - static_cast<std::uint32_t>(prefix.size()));
    attribute.range = m_bits[3].range;
    attribute.operandRange.begin = m_bits[3].range.begin;
    m_found.push_back(std::move(attribute));
}

/// Compiles the values of `name=value` bits, or if `legacy` of `value as name and value as name`, and returns the first
/// bit that is neither. Django's `token_kwargs`: the first bit decides the form of all.
std::size_t Compiler::addKeywords(std::size_t begin, bool legacy)
{
    std::size_t bit = begin;
    if (bit < count() && keywordLength(m_bits[bit].text) != 0) {
        while (bit < count()) {
            const std::size_t keyword = keywordLength(m_bits[bit].text);
            if (keyword == 0)
                break;
            add(bit++, keyword);
        }
        return bit;
    }
    while (legacy && bit + 2 < count() && is(bit + 1, "as")) {
        add(bit);
        bit += 3;
        if (!is(bit, "and"))
            break;
        ++bit;
    }
    return bit;
}

/// The expression of a filter tag: a made-up value through everything that follows the command.
Expression chainOf(const TemplateSyntax &syntax, const Token &token)
{
    const std::string_view content = syntax.content(token);
    const std::size_t command = syntax.command(token).size();
    const std::size_t begin = command + spacesAt(content, command);
    const std::string_view value = "var|";
    const std::uint32_t offset = token.content.begin + static_cast<std::uint32_t>(begin);
    // At least `{% filter` stands before `begin`, so this cannot wrap.
    Expression chain = parseExpression(std::string(value) + std::string(content.substr(begin)),
                                       offset - static_cast<std::uint32_t>(value.size()));
    chain.range.begin = offset;
    chain.operandRange = {offset, offset};
    return chain;
}

} // namespace

std::vector<Expression> compiledExpressions(const TemplateSyntax &syntax, const Structure &structure,
                                            std::uint32_t token)
{
    const Place &place = structure.places[token];
    const Token &t = syntax.tokens()[token];
    if (place.role == Place::Role::Variable)
        return {parseExpression(syntax.content(t), t.content.begin)};

    Arguments arguments = Arguments::Uncompiled;
    if (place.role == Place::Role::Tag) {
        arguments = structure.shapeOf(token)->arguments;
    } else if (place.role == Place::Role::Middle && syntax.command(t) == "elif") {
        arguments = structure.shapeOf(place.parent)->arguments; // Of an if; no other has both.
        if (arguments != Arguments::If)
            return {};
    }
    if (arguments == Arguments::Uncompiled || arguments == Arguments::Unknown)
        return {};
    if (arguments == Arguments::Chain)
        return {chainOf(syntax, t)};
    Bits bits = syntax.bits(t);
    if (!bits.complete)
        return {};
    return Compiler(std::move(bits)).compile(arguments);
}

MessageForm messageForm(const Bits &bits)
{
    if (!bits.complete)
        return MessageForm::Refused;
    Compiler compiler(bits);
    return compiler.formOfMessage();
}

} // namespace nuages::templates
