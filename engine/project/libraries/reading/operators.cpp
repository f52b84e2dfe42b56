#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>

namespace nuages::project::reading {

using python::Field;
using python::Kind;
using python::Node;

namespace {

bool isRawContent(const Value &value)
{
    const BoundMethod *method = value.object<BoundMethod>();
    return method && method->name == "contents";
}

/// Whether `text`, of which only the first word is known, is the whole of `other`.
std::optional<bool> startsAs(const Text &text, const std::string &other)
{
    if (text.text == other)
        return text.rest == Text::Rest::Ignored ? std::optional(true) : std::nullopt;
    return other.starts_with(text.text + " ") ? std::nullopt : std::optional(false);
}

} // namespace

std::optional<bool> Interpreter::truth(const Value &value) const
{
    if (value.isNone())
        return false;
    if (const bool *known = value.as<bool>())
        return *known;
    if (const auto *number = value.as<std::int64_t>())
        return *number != 0;
    if (const auto *text = value.as<Text>())
        return !text->text.empty();
    if (const List *list = value.object<List>())
        return !list->items.empty() ? std::optional(true) : list->open ? std::nullopt : std::optional(false);
    if (const Dict *dict = value.object<Dict>())
        return !dict->entries.empty() ? std::optional(true) : dict->open ? std::nullopt : std::optional(false);
    if (value.object<Function>() || value.object<Class>() || value.object<LibraryObject>() || value.object<Partial>()
        || value.object<ModuleScope>() || value.object<TokenObject>() || value.object<Compiler>()
        || value.as<ParserValue>() || value.as<ParserTokens>())
        return true;
    if (const auto *external = value.as<External>(); external && external->path == "typing.TYPE_CHECKING")
        return false;
    return std::nullopt;
}

std::optional<bool> Interpreter::equal(const Value &left, const Value &right)
{
    if (m_path && (isRawContent(left) || isRawContent(right))) {
        const std::string *content = isRawContent(left) ? right.text() : left.text();
        if (!content)
            return std::nullopt;
        if (m_path->choose(2) == 0)
            return false;
        m_path->skippedTo = *content;
        return true;
    }
    if (left.isUnknown() || right.isUnknown() || left.as<External>() || right.as<External>())
        return std::nullopt;
    const auto *leftText = left.as<Text>();
    const auto *rightText = right.as<Text>();
    if (leftText && rightText) {
        if (leftText->rest == Text::Rest::Nothing && rightText->rest == Text::Rest::Nothing)
            return leftText->text == rightText->text;
        if (rightText->rest == Text::Rest::Nothing)
            return startsAs(*leftText, rightText->text);
        if (leftText->rest == Text::Rest::Nothing)
            return startsAs(*rightText, leftText->text);
        return std::nullopt;
    }
    const List *leftList = left.object<List>();
    const List *rightList = right.object<List>();
    if (leftList && rightList) {
        if (leftList->open || rightList->open)
            return std::nullopt;
        if (leftList->items.size() != rightList->items.size())
            return false;
        for (std::size_t i = 0; i < leftList->items.size(); ++i) {
            const std::optional<bool> same = equal(leftList->items[i], rightList->items[i]);
            if (same != true)
                return same;
        }
        return true;
    }
    const auto isPlain = [](const Value &value) {
        return value.isNone() || value.as<bool>() || value.as<std::int64_t>() || value.as<Text>();
    };
    if (isPlain(left) && isPlain(right))
        return left == right;
    if (left == right)
        return true;
    return left.isNone() || right.isNone() ? std::optional(false) : std::nullopt;
}

std::optional<bool> Interpreter::contains(const Value &container, const Value &item)
{
    if (const std::string *text = container.text())
        return item.text() ? std::optional(text->contains(*item.text())) : std::nullopt;
    if (const auto *table = container.as<Table>()) {
        const auto &names = table->kind == Table::Kind::Tags ? table->library->tags : table->library->filters;
        return item.text() && names.contains(*item.text()) ? std::optional(true) : std::nullopt;
    }
    const List *items = iterate(container);
    if (!items)
        return std::nullopt;
    bool undecided = items->open;
    for (const Value &candidate : items->items) {
        const std::optional<bool> same = equal(candidate, item);
        if (same == true)
            return true;
        undecided = undecided || !same;
    }
    return undecided ? std::nullopt : std::optional(false);
}

std::optional<bool> Interpreter::less(const Value &left, const Value &right, bool orEqual) const
{
    const auto *leftNumber = left.as<std::int64_t>();
    const auto *rightNumber = right.as<std::int64_t>();
    if (leftNumber && rightNumber)
        return *leftNumber < *rightNumber || (orEqual && *leftNumber == *rightNumber);
    const List *leftList = left.object<List>();
    const List *rightList = right.object<List>();
    if (!leftList || !rightList || leftList->open || rightList->open)
        return std::nullopt;
    // As tuples compare: the first difference decides, then the length.
    const std::size_t common = std::min(leftList->items.size(), rightList->items.size());
    for (std::size_t i = 0; i < common; ++i) {
        const auto *a = leftList->items[i].as<std::int64_t>();
        const auto *b = rightList->items[i].as<std::int64_t>();
        if (!a || !b)
            return std::nullopt;
        if (*a != *b)
            return *a < *b;
    }
    const std::size_t leftSize = leftList->items.size();
    const std::size_t rightSize = rightList->items.size();
    return leftSize < rightSize || (orEqual && leftSize == rightSize);
}

Value Interpreter::evaluateBoolean(Node expression, Scope &scope)
{
    const bool isAnd = expression.child(Field::Operator).text() == "and";
    Value left = evaluate(expression.child(Field::Left), scope);
    const std::optional<bool> known = truth(left);
    if (known && *known != isAnd)
        return left; // `false and …`, `true or …`
    const Node rightNode = expression.child(Field::Right);
    if (known)
        return evaluate(rightNode, scope);
    if (m_path && rightNode.text().contains("pars") && m_path->choose(2) == 0)
        return !isAnd; // the left side decides; otherwise the right one is asked
    const Value right = evaluate(rightNode, scope);
    const std::optional<bool> rightKnown = truth(right);
    return rightKnown && *rightKnown != isAnd ? Value(!isAnd) : Value();
}

Value Interpreter::evaluateComparison(Node expression, Scope &scope)
{
    const std::vector<Node> sides = expression.children();
    if (sides.size() != 2)
        return {}; // a chain
    const Value left = evaluate(sides[0], scope);
    const Value right = evaluate(sides[1], scope);
    if (m_raised)
        return {};
    const auto begin = sides[0].range().end - expression.range().begin;
    std::string sign;
    for (const char c : expression.text().substr(begin, sides[1].range().begin - sides[0].range().end)) {
        if (c != '\n' && c != '\r' && c != '\t' && (c != ' ' || !sign.empty()))
            sign += c;
    }
    while (sign.ends_with(' ') || sign.ends_with('('))
        sign.pop_back();
    std::optional<bool> known;
    if (sign == "==")
        known = equal(left, right);
    else if (sign == "!=")
        known = equal(left, right).transform([](bool same) { return !same; });
    else if (sign == "in")
        known = contains(right, left);
    else if (sign == "not in")
        known = contains(right, left).transform([](bool found) { return !found; });
    else if (sign == "is" || sign == "is not")
        known = equal(left, right).transform([&](bool same) { return same == (sign == "is"); });
    else if (sign == "<" || sign == "<=")
        known = less(left, right, sign == "<=");
    else if (sign == ">" || sign == ">=")
        known = less(right, left, sign == ">=");
    return known ? Value(*known) : Value();
}

Value Interpreter::add(const Value &left, const Value &right)
{
    if (const std::string *start = left.text()) {
        if (const auto *end = right.as<Text>())
            return Text{*start + end->text, end->rest};
        return {};
    }
    if (left.object<Dict>()) {
        Arguments arguments;
        arguments.positional.push_back(right);
        auto *sum = m_arena.make<Dict>(*left.object<Dict>());
        callDict(*sum, "update", arguments);
        return sum;
    }
    const List *first = left.object<List>();
    const List *second = right.object<List>();
    if (!first && !second)
        return {};
    std::vector<Value> items = first ? first->items : std::vector<Value>();
    if (second && first && !first->open)
        items.insert(items.end(), second->items.begin(), second->items.end());
    return makeList(std::move(items), !first || !second || first->open || second->open,
                    (first && first->isShuffled) || (second && second->isShuffled));
}

/// `"end%s" % name`
Value Interpreter::format(const Value &pattern, const Value &values)
{
    const std::string *text = pattern.text();
    if (!text)
        return {};
    const List *list = values.object<List>();
    std::size_t used = 0;
    std::string result;
    for (std::size_t i = 0; i < text->size(); ++i) {
        if ((*text)[i] != '%') {
            result += (*text)[i];
            continue;
        }
        if (++i == text->size())
            return {};
        if ((*text)[i] == '%') {
            result += '%';
            continue;
        }
        const Value *value = list ? (used < list->items.size() ? &list->items[used] : nullptr) : &values;
        ++used;
        const auto *part = value ? value->as<Text>() : nullptr;
        if ((*text)[i] != 's' || !part)
            return {};
        if (part->rest != Text::Rest::Nothing)
            return i + 1 == text->size() ? Value(Text{result + part->text, part->rest}) : Value();
        result += part->text;
    }
    return Text{result};
}

} // namespace nuages::project::reading
