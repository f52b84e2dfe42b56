#include "engine/python/interpreter.h"

#include <algorithm>
#include <utility>

namespace nuages::python {

namespace {

/// The count of what is made from an element that is there `outer` times, in a loop that adds it `inner` times.
Count combined(Count outer, Count inner) { return std::max(outer, inner); }

} // namespace

Value Interpreter::evaluateComprehension(Node expression)
{
    const std::vector<Node> parts = expression.children();
    if (parts.empty())
        return unknown(place(expression), "this cannot be parsed");
    Frame frame = *m_frame;
    frame.scopes.insert(frame.scopes.begin(), create(Dictionary{}));
    frame.globals.clear();
    Frame *outer = std::exchange(m_frame, &frame);
    const std::vector<Node> clauses(parts.begin() + 1, parts.end());
    Value result;
    if (expression.is(Kind::DictionaryComprehension)) {
        const ObjectId id = create(Dictionary{});
        const Node pair = parts.front();
        evaluateClauses(clauses, 0, Count::One, [&](Count count) {
            const Value key = evaluate(pair.child(Field::Key));
            const Value value = evaluate(pair.child(Field::Value));
            const auto add = [&] {
                if (key.isKnown())
                    names(id).set(key, value);
                else
                    names(id).addOpen(sharedReasonOf(key));
            };
            if (count == Count::One)
                add();
            else
                either(add, [] { });
        });
        result = Value::object(id, place(expression));
    } else {
        std::vector<Item> items;
        evaluateClauses(clauses, 0, Count::One,
                        [&](Count count) { items.push_back({evaluate(parts.front()), count}); });
        const auto kind = expression.is(Kind::SetComprehension) ? Sequence::Kind::Set : Sequence::Kind::List;
        result = makeSequence(kind, std::move(items), place(expression));
    }
    m_frame = outer;
    return result;
}

void Interpreter::evaluateClauses(const std::vector<Node> &clauses, std::size_t next, Count count,
                                  const std::function<void(Count)> &element)
{
    if (!isRunning())
        return;
    if (next == clauses.size()) {
        if (spend())
            element(count);
        return;
    }
    const Node clause = clauses[next];
    if (clause.is(Kind::IfClause)) {
        const std::vector<Node> condition = clause.children();
        const Truth holds = condition.empty() ? Truth::Undecided : truthOf(condition.front());
        if (holds != Truth::No)
            evaluateClauses(clauses, next + 1, combined(count, holds == Truth::Yes ? Count::One : Count::Maybe),
                            element);
        return;
    }
    const Value iterable = evaluate(clause.child(Field::Right));
    const bool isFiltered = next + 1 < clauses.size() && clauses[next + 1].is(Kind::IfClause);
    for (const Item &item : elements(iterable, place(clause))) {
        for (const Item &each : isFiltered ? apart(item) : std::vector{item}) {
            if (!isRunning())
                return;
            assign(clause.child(Field::Left), each.value);
            evaluateClauses(clauses, next + 1, combined(count, each.count), element);
        }
    }
}

std::vector<Item> Interpreter::apart(const Item &item)
{
    const std::vector<Value> values = alternativesOf(item.value);
    if (values.size() == 1)
        return {item};
    const auto isHere = [](const Value &value) {
        const OpenReason *why = value.asUnknown();
        return !why || why->doubt == Doubt::Unread; // else it is a value of another environment
    };
    const bool isSure = std::ranges::count_if(values, isHere) == 1;
    std::vector<Item> items;
    for (const Value &value : values)
        items.push_back({value, isSure && isHere(value) ? item.count : std::max(item.count, Count::Maybe)});
    return items;
}

} // namespace nuages::python
