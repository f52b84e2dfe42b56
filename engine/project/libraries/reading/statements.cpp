#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>

namespace nuages::project::reading {

using python::Field;
using python::Kind;
using python::Node;

namespace {

// Statements and expressions.
constexpr std::size_t moduleStepLimit = 200'000;
constexpr std::size_t pathStepLimit = 20'000;
constexpr std::size_t forksForValues = 6; // questions up to which a path follows what only gives values
constexpr int repetitionLimit = 3; // of a loop whose end cannot be told
constexpr std::size_t itemLimit = 256; // of a loop over a known list

bool endsInRaise(Node block)
{
    const auto statements = block.children();
    return !statements.empty() && statements.back().is(Kind::RaiseStatement);
}

/// Whether it can matter to a path which of several blocks is run: if one leaves the function or a loop, or uses the
/// parser for more than compiling an expression.
bool mattersToPath(Node block)
{
    static constexpr std::string_view words[] = {"return",  "raise",     "break",   "continue", "parse(",
                                                 "_token(", "skip_past", ".tokens", "add_",     "(parser",
                                                 "parser,", "parser)",   "=parser", "= parser"};
    const std::string_view text = block.text();
    return std::ranges::any_of(words, [text](std::string_view word) { return text.contains(word); });
}

Node lastChild(Node node)
{
    const auto children = node.children();
    return children.empty() ? Node() : children.back();
}

/// Whether an except clause takes what a failed import raises.
bool takesImportError(Node clause)
{
    const auto children = clause.children();
    if (children.size() < 2)
        return true; // a bare except
    const std::string_view text = children.front().text();
    return text.contains("ImportError") || text.contains("ModuleNotFoundError") || text.contains("Exception");
}

} // namespace

bool Interpreter::step()
{
    if (++m_steps % 1024 == 0)
        m_db.poll();
    if (m_steps < (m_path ? pathStepLimit : moduleStepLimit))
        return true;
    (m_path ? m_path->unreadable : m_gaveUp) = true;
    return false;
}

Interpreter::Flow Interpreter::afterExpression() { return std::exchange(m_raised, false) ? Flow::Raise : Flow::Normal; }

Interpreter::Flow Interpreter::runBlock(Node block, Frame &frame)
{
    for (const Node statement : block.children()) {
        if (const Flow flow = runStatement(statement, frame); flow != Flow::Normal)
            return flow;
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runStatement(Node statement, Frame &frame)
{
    if (!step())
        return Flow::Raise;
    switch (statement.kind()) {
    case Kind::ExpressionStatement:
        for (const Node inner : statement.children()) {
            if (inner.is(Kind::Assignment)) {
                if (!inner.child(Field::Right))
                    continue;
                Node right = inner;
                while (right.is(Kind::Assignment))
                    right = right.child(Field::Right);
                const Value value = evaluate(right, frame.scope);
                for (Node target = inner; target.is(Kind::Assignment); target = target.child(Field::Right))
                    assign(target.child(Field::Left), value, frame.scope);
            } else if (inner.is(Kind::AugmentedAssignment)) {
                assignAugmented(inner, frame.scope);
            } else {
                evaluate(inner, frame.scope);
            }
        }
        return afterExpression();
    case Kind::ReturnStatement: {
        const Node result = lastChild(statement);
        Value value = result ? evaluate(result, frame.scope) : Value(NoneValue{});
        if (afterExpression() == Flow::Raise)
            return Flow::Raise;
        frame.returned.push_back(std::move(value));
        return Flow::Return;
    }
    case Kind::FunctionDefinition:
    case Kind::ClassDefinition:
    case Kind::DecoratedDefinition: {
        const Node definition =
            statement.is(Kind::DecoratedDefinition) ? statement.child(Field::Definition) : statement;
        const std::string name(definition.child(Field::Name).text());
        frame.scope.names.insert_or_assign(name, define(statement, frame.scope));
        return afterExpression();
    }
    case Kind::IfStatement:
        return runIf(statement, frame);
    case Kind::ForStatement:
        return runFor(statement, frame);
    case Kind::WhileStatement:
        return runWhile(statement, frame);
    case Kind::TryStatement:
        return runTry(statement, frame);
    case Kind::WithStatement:
        return runWith(statement, frame);
    case Kind::MatchStatement:
        return runMatch(statement, frame);
    case Kind::ImportStatement:
        return runImport(statement, frame.scope);
    case Kind::ImportFromStatement:
        return runImportFrom(statement, frame.scope);
    case Kind::DeleteStatement:
        return runDelete(statement, frame);
    case Kind::RaiseStatement:
        return Flow::Raise;
    case Kind::BreakStatement:
        return Flow::Break;
    case Kind::ContinueStatement:
        return Flow::Continue;
    default:
        return Flow::Normal;
    }
}

Interpreter::Flow Interpreter::runOneOf(const std::vector<Node> &blocks, bool mayBeNone, Frame &frame)
{
    if (!m_path) {
        bool allLeave = !mayBeNone && !blocks.empty();
        Flow last = Flow::Normal;
        for (const Node block : blocks) {
            last = runBlock(block, frame);
            allLeave = allLeave && last != Flow::Normal;
        }
        return allLeave ? last : Flow::Normal;
    }
    // A branch that only raises is no way through the function.
    std::vector<Node> open;
    std::ranges::copy_if(blocks, std::back_inserter(open), [](Node block) { return !endsInRaise(block); });
    if (mayBeNone)
        open.emplace_back(); // the null node: none of them
    if (open.empty())
        return Flow::Raise;
    if (open.size() == 1)
        return open.front() ? runBlock(open.front(), frame) : Flow::Normal;
    if (m_path->asked >= forksForValues && std::ranges::none_of(open, mattersToPath)) {
        // Only values differ: run them all and forget what they disagree on, or the paths would become too many.
        const auto before = frame.scope.names;
        for (const Node block : open)
            runBlock(block, frame);
        for (auto &[name, value] : frame.scope.names) {
            const auto old = before.find(name);
            if (old == before.end() || old->second != value)
                value = Value();
        }
        return Flow::Normal;
    }
    const Node chosen = open[m_path->choose(static_cast<std::uint8_t>(std::min<std::size_t>(open.size(), 255)))];
    return chosen ? runBlock(chosen, frame) : Flow::Normal;
}

Interpreter::Flow Interpreter::runIf(Node statement, Frame &frame)
{
    std::vector<Node> undecided;
    std::vector<std::pair<Node, Node>> branches{
        {statement.child(Field::Condition), statement.child(Field::Consequence)}};
    Node otherwise;
    for (const Node alternative : statement.children(Field::Alternative)) {
        if (alternative.is(Kind::ElifClause))
            branches.emplace_back(alternative.child(Field::Condition), alternative.child(Field::Consequence));
        else
            otherwise = alternative.child(Field::Body);
    }
    bool mayBeNone = true;
    for (const auto &[condition, block] : branches) {
        const std::optional<bool> known = truth(evaluate(condition, frame.scope));
        if (afterExpression() == Flow::Raise)
            return Flow::Raise;
        if (known == false)
            continue;
        if (known == true && undecided.empty())
            return runBlock(block, frame);
        undecided.push_back(block);
        if (known == true) {
            mayBeNone = false;
            break;
        }
    }
    if (undecided.empty())
        return otherwise ? runBlock(otherwise, frame) : Flow::Normal;
    if (mayBeNone && otherwise) {
        undecided.push_back(otherwise);
        mayBeNone = false;
    }
    return runOneOf(undecided, mayBeNone, frame);
}

Interpreter::Flow Interpreter::runFor(Node statement, Frame &frame)
{
    const Node target = statement.child(Field::Left);
    const Node body = statement.child(Field::Body);
    List *items = iterate(evaluate(statement.child(Field::Right), frame.scope));
    if (afterExpression() == Flow::Raise)
        return Flow::Raise;
    std::vector<Value> known = items ? items->items : std::vector<Value>();
    if (known.size() > itemLimit)
        known.resize(itemLimit);
    bool left = false;
    const auto runOnce = [&](const Value &value) {
        assign(target, value, frame.scope);
        const Flow flow = runBlock(body, frame);
        left = flow == Flow::Break;
        return flow == Flow::Break || flow == Flow::Continue ? Flow::Normal : flow;
    };
    for (const Value &value : known) {
        if (const Flow flow = runOnce(value); flow != Flow::Normal)
            return flow;
        if (left && m_path)
            return Flow::Normal;
    }
    if (!items || items->open) {
        const bool entered = !m_path || !mattersToPath(body) || m_path->choose(2) == 1;
        if (entered) {
            if (const Flow flow = runOnce(Value()); flow != Flow::Normal)
                return m_path || flow == Flow::Raise ? flow : Flow::Normal;
        }
    }
    for (const Node alternative : statement.children(Field::Alternative)) {
        if (!left)
            return runBlock(alternative.child(Field::Body), frame);
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runWhile(Node statement, Frame &frame)
{
    for (int round = 0; round < repetitionLimit; ++round) {
        std::optional<bool> known = truth(evaluate(statement.child(Field::Condition), frame.scope));
        if (afterExpression() == Flow::Raise)
            return Flow::Raise;
        if (!known && m_path)
            known = m_path->choose(2) == 1;
        if (known == false)
            return Flow::Normal;
        const Flow flow = runBlock(statement.child(Field::Body), frame);
        if (flow == Flow::Break)
            return Flow::Normal;
        if (flow == Flow::Return || flow == Flow::Raise)
            return flow;
        if (!m_path)
            return Flow::Normal; // a module's loop is looked at once
    }
    return Flow::Raise; // further rounds show nothing new
}

Interpreter::Flow Interpreter::runTry(Node statement, Frame &frame)
{
    std::vector<Node> handlers;
    Node otherwise;
    Node finally;
    bool imports = false;
    for (const Node child : statement.children()) {
        if (child.is(Kind::ExceptClause) || child.is(Kind::ExceptGroupClause))
            handlers.push_back(child);
        else if (child.is(Kind::ElseClause))
            otherwise = child.child(Field::Body);
        else if (child.is(Kind::FinallyClause))
            finally = lastChild(child);
    }
    const Node body = statement.child(Field::Body);
    for (const Node inner : body.children())
        imports = imports || inner.is(Kind::ImportStatement) || inner.is(Kind::ImportFromStatement);

    const bool outerTry = std::exchange(m_inTry, std::ranges::any_of(handlers, takesImportError));
    Flow flow = runBlock(body, frame);
    m_inTry = outerTry;
    const bool raised = flow == Flow::Raise;
    std::vector<Node> reachable;
    for (const Node handler : handlers) {
        if (!raised || !imports || takesImportError(handler))
            reachable.push_back(lastChild(handler));
    }
    if (raised) {
        if (!reachable.empty())
            flow = imports ? runBlock(reachable.front(), frame) : runOneOf(reachable, false, frame);
    } else if (!m_path && !imports) {
        // A registration in a handler counts: what the body would raise is not known.
        if (std::ranges::any_of(reachable, [](Node block) { return block.text().contains("register"); }))
            runOneOf(reachable, true, frame);
    } else if (m_path && flow == Flow::Normal && !imports) {
        if (std::ranges::any_of(reachable, [](Node block) { return !endsInRaise(block) && mattersToPath(block); }))
            flow = runOneOf(reachable, true, frame);
    }
    if (!raised && otherwise && flow == Flow::Normal)
        flow = runBlock(otherwise, frame);
    if (finally) {
        if (const Flow last = runBlock(finally, frame); last != Flow::Normal)
            flow = last;
    }
    return flow;
}

Interpreter::Flow Interpreter::runWith(Node statement, Frame &frame)
{
    for (const Node clause : statement.children()) {
        for (const Node item : clause.is(Kind::WithClause) ? clause.children() : std::vector<Node>()) {
            const Node value = item.child(Field::Value);
            const auto parts = value.is(Kind::AsPattern) ? value.children() : std::vector<Node>();
            evaluate(parts.empty() ? value : parts.front(), frame.scope);
            if (!parts.empty() && parts.back().is(Kind::AsPatternTarget))
                assign(lastChild(parts.back()), Value(), frame.scope);
        }
    }
    if (const Flow flow = afterExpression(); flow != Flow::Normal)
        return flow;
    return runBlock(statement.child(Field::Body), frame);
}

Interpreter::Flow Interpreter::runMatch(Node statement, Frame &frame)
{
    std::vector<Node> blocks;
    const Node body = statement.child(Field::Body);
    for (const Node clause : body.children()) {
        if (clause.is(Kind::CaseClause))
            blocks.push_back(clause.child(Field::Consequence));
    }
    return runOneOf(blocks, true, frame);
}

Interpreter::Flow Interpreter::runDelete(Node statement, Frame &frame)
{
    std::vector<Node> targets = statement.children();
    if (targets.size() == 1 && targets.front().is(Kind::ExpressionList))
        targets = targets.front().children();
    for (const Node target : targets) {
        if (target.is(Kind::Identifier)) {
            frame.scope.names.erase(std::string(target.text()));
            continue;
        }
        if (!target.is(Kind::Subscript))
            continue;
        const Value object = evaluate(target.child(Field::Value), frame.scope);
        const Value key = evaluate(target.child(Field::Subscript), frame.scope);
        if (const auto *table = object.as<Table>(); table && key.text()) {
            auto &names = table->kind == Table::Kind::Tags ? table->library->tags : table->library->filters;
            names.erase(*key.text());
        } else if (object.as<ParserTokens>() && m_path) {
            nextToken();
        } else if (List *list = object.object<List>()) {
            const auto *index = key.as<std::int64_t>();
            if (index && *index >= 0 && static_cast<std::size_t>(*index) < list->items.size())
                list->items.erase(list->items.begin() + *index);
            else
                list->open = true;
        }
    }
    return afterExpression();
}

void Interpreter::assign(Node target, Value value, Scope &scope)
{
    switch (target.kind()) {
    case Kind::Identifier:
        scope.names.insert_or_assign(std::string(target.text()), std::move(value));
        return;
    case Kind::Attribute:
        setAttribute(evaluate(target.child(Field::Object), scope), std::string(target.child(Field::Attribute).text()),
                     value, target, scope);
        return;
    case Kind::Subscript:
        setItem(evaluate(target.child(Field::Value), scope), evaluate(target.child(Field::Subscript), scope), value,
                target, scope);
        return;
    case Kind::ParenthesizedExpression:
    case Kind::ListSplatPattern:
    case Kind::AsPatternTarget:
        assign(lastChild(target), std::move(value), scope);
        return;
    case Kind::PatternList:
    case Kind::TuplePattern:
    case Kind::ListPattern:
    case Kind::Tuple:
    case Kind::List:
    case Kind::ExpressionList:
        unpack(target.children(), value, scope);
        return;
    default:
        return;
    }
}

void Interpreter::unpack(const std::vector<Node> &targets, const Value &value, Scope &scope)
{
    const List *items = iterate(value);
    if (items && items->isShuffled)
        items = nullptr;
    const auto star = std::ranges::find_if(targets, [](Node target) { return target.is(Kind::ListSplatPattern); });
    const auto before = static_cast<std::size_t>(star - targets.begin());
    const std::size_t after = star == targets.end() ? 0 : targets.size() - before - 1;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        Value part;
        if (!items) {
            part = Value();
        } else if (i < before) {
            part = i < items->items.size() ? items->items[i] : Value();
        } else if (i == before) {
            const std::size_t end = items->items.size() < before + after ? before : items->items.size() - after;
            std::vector<Value> middle;
            if (!items->open && before <= items->items.size())
                middle.assign(items->items.begin() + static_cast<std::ptrdiff_t>(before),
                              items->items.begin() + static_cast<std::ptrdiff_t>(end));
            part = makeList(std::move(middle), items->open);
        } else if (!items->open && items->items.size() >= before + after) {
            part = items->items[items->items.size() - (targets.size() - i)];
        }
        assign(targets[i], part, scope);
    }
}

void Interpreter::assignAugmented(Node statement, Scope &scope)
{
    const Node target = statement.child(Field::Left);
    const Value old = evaluate(target, scope);
    const Value change = evaluate(statement.child(Field::Right), scope);
    const std::string_view sign = statement.child(Field::Operator).text();
    if (sign == "+=" || sign == "|=") {
        if (List *list = old.object<List>()) {
            if (const List *more = iterate(change)) {
                list->items.insert(list->items.end(), more->items.begin(), more->items.end());
                list->isShuffled = list->isShuffled || list->open || more->isShuffled;
                list->open = list->open || more->open;
            } else {
                list->open = true;
            }
            return;
        }
        if (const auto *table = old.as<Table>()) {
            mergeTable(*table, change, statement, scope);
            return;
        }
        if (old.object<Dict>()) {
            Arguments arguments;
            arguments.positional.push_back(change);
            callDict(*old.object<Dict>(), "update", arguments);
            return;
        }
        assign(target, sign == "+=" ? add(old, change) : Value(), scope);
        return;
    }
    assign(target, sign == "%=" ? format(old, change) : Value(), scope);
}

} // namespace nuages::project::reading
