#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>

namespace nuages::project::reading {

namespace {

constexpr std::size_t wordLimit = 32;

/// The words of `parser.parse(words)`; nullopt if they cannot be read.
std::optional<std::vector<std::string>> stopWords(const List *list)
{
    if (!list || list->open || list->items.size() > wordLimit)
        return std::nullopt;
    std::vector<std::string> words;
    for (const Value &item : list->items) {
        const auto *text = item.as<Text>(); // `"end" + token.contents` is meant for tags without arguments
        if (!text || text->text.empty())
            return std::nullopt;
        if (!std::ranges::contains(words, text->text))
            words.push_back(text->text);
    }
    return words;
}

bool leavesTokensAlone(const std::string &method)
{
    static constexpr std::string_view names[] = {"find_filter", "error", "extend_nodelist", "create_nodelist", "push",
                                                 "pop",         "get",   "append"};
    return std::ranges::contains(names, method);
}

} // namespace

Value Interpreter::callParser(const std::string &method, const Arguments &arguments)
{
    if (!m_path)
        return {};
    const Value *first = arguments.find(method == "skip_past" ? "endtag" : "parse_until", 0);
    if (method == "parse") {
        if (m_path->waiting)
            m_path->unreadable = true; // the stop token would be parsed again
        if (!first || first->isNone()) {
            m_path->readsToEnd = true;
            return {};
        }
        std::optional<std::vector<std::string>> words;
        if (const std::string *word = first->text())
            words = std::vector{*word}; // meant as a tuple of one
        else
            words = stopWords(iterate(*first));
        if (!words || words->empty()) {
            m_path->unreadable = true;
            return {};
        }
        const std::size_t chosen = words->size() == 1 ? 0 : m_path->choose(static_cast<std::uint8_t>(words->size()));
        m_path->stops.push_back({*words, (*words)[chosen]});
        m_path->waiting = true;
        return {};
    }
    if (method == "skip_past") {
        if (first && first->text() && m_path->stops.empty() && m_path->skippedTo.empty())
            m_path->skippedTo = *first->text();
        else
            m_path->unreadable = true;
        return NoneValue{};
    }
    if (method == "next_token")
        return nextToken();
    if (method == "delete_first_token") {
        nextToken();
        return NoneValue{};
    }
    if (method == "prepend_token") {
        const TokenObject *token = first ? first->object<TokenObject>() : nullptr;
        const TokenObject *given =
            arguments.positional.empty() ? token : arguments.positional.front().object<TokenObject>();
        if (given && given->kind == TokenObject::Kind::Stop && !m_path->stops.empty() && !m_path->waiting)
            m_path->waiting = true;
        else
            m_path->unreadable = true;
        return NoneValue{};
    }
    if (method == "compile_filter") {
        m_path->compiles = true;
        return {};
    }
    if (method == "invalid_block_tag" || method == "unclosed_block_tag") {
        m_raised = true;
        return {};
    }
    if (method == "add_library") {
        m_path->changesTags = true;
        return {};
    }
    if (!leavesTokensAlone(method))
        m_path->unreadable = true;
    return {};
}

Value Interpreter::nextToken()
{
    if (!m_path)
        return {};
    if (m_path->waiting && !m_path->stops.empty()) {
        m_path->waiting = false;
        return m_arena.make<TokenObject>(TokenObject::Kind::Stop, m_path->stops.back().chosen);
    }
    m_path->readsTokens = true;
    return m_arena.make<TokenObject>(TokenObject::Kind::Raw, std::string());
}

Value Interpreter::callToken(TokenObject &token, const std::string &method)
{
    if (method != "split_contents" || token.kind == TokenObject::Kind::Raw)
        return {};
    return makeList({Text{token.word}}, true);
}

void Interpreter::follow(const Value &function, std::string_view tag, Path &path)
{
    m_path = &path;
    m_raised = false;
    m_steps = 0;
    m_depth = 0;
    m_callStack = 0;
    Scope scope;
    scope.module = m_modules.empty() ? nullptr : m_modules.begin()->second;
    Arguments arguments;
    arguments.positional.emplace_back(ParserValue{});
    arguments.positional.emplace_back(m_arena.make<TokenObject>(TokenObject::Kind::Opener, std::string(tag)));
    call(function, std::move(arguments), python::Node(), scope);
    path.returned = !m_raised;
    m_path = nullptr;
}

} // namespace nuages::project::reading
