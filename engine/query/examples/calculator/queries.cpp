#include "queries.h"

#include "parse.h"

#include "engine/query/hash.h"

#include <algorithm>

namespace calculator {

namespace {

/// Computes an expression of the body of `function`, or of a print if that is null.
class Evaluator
{
public:
    Evaluator(query::Reader &db, Source source, const Function *function, const std::vector<long> &arguments)
        : m_db(db), m_source(source), m_function(function), m_arguments(arguments)
    {
    }

    Answer value(const Expression &expression) const
    {
        switch (expression.kind) {
        case Expression::Kind::Number:
            return expression.number;
        case Expression::Kind::Parameter:
            return parameter(expression);
        case Expression::Kind::Call:
            return call(expression);
        default:
            return sum(expression);
        }
    }

private:
    Answer parameter(const Expression &expression) const
    {
        if (m_function) {
            const auto found = std::ranges::find(m_function->parameters, expression.name);
            if (found != m_function->parameters.end())
                return m_arguments[static_cast<std::size_t>(found - m_function->parameters.begin())];
        }
        return mistake(expression, "nothing here is called " + expression.name);
    }

    Answer call(const Expression &expression) const
    {
        const std::optional<Function> &called = m_db.get<FunctionNamed>(m_source, expression.name);
        if (!called)
            return mistake(expression, "there is no function " + expression.name);
        if (called->parameters.size() != expression.operands.size()) {
            return mistake(expression,
                           expression.name + " takes " + std::to_string(called->parameters.size()) + " numbers, not "
                               + std::to_string(expression.operands.size()));
        }
        Call wanted{.function = expression.name, .arguments = {}};
        for (const Expression &operand : expression.operands) {
            const Answer argument = value(operand);
            if (!argument)
                return argument;
            wanted.arguments.push_back(*argument);
        }
        return m_db.get<CallValue>(m_source, wanted);
    }

    Answer sum(const Expression &expression) const
    {
        const Answer left = value(expression.operands[0]);
        const Answer right = left ? value(expression.operands[1]) : left;
        if (!right)
            return right;
        if (expression.kind == Expression::Kind::Divide && *right == 0)
            return mistake(expression, "nothing can be divided by 0");
        long result = 0;
        if (isTooLarge(expression.kind, *left, *right, result))
            return mistake(expression, "the result is too large");
        return result;
    }

    static bool isTooLarge(Expression::Kind kind, long left, long right, long &result)
    {
        switch (kind) {
        case Expression::Kind::Add:
            return __builtin_add_overflow(left, right, &result);
        case Expression::Kind::Subtract:
            return __builtin_sub_overflow(left, right, &result);
        case Expression::Kind::Multiply:
            return __builtin_mul_overflow(left, right, &result);
        default:
            if (right == -1) // The one divisor that can be too small.
                return __builtin_sub_overflow(0L, left, &result);
            result = left / right;
            return false;
        }
    }

    Answer mistake(const Expression &expression, std::string message) const
    {
        return std::unexpected(Mistake{.function = m_function ? m_function->name : std::string(),
                                       .column = expression.column,
                                       .message = std::move(message)});
    }

    query::Reader &m_db;
    Source m_source;
    const Function *m_function;
    const std::vector<long> &m_arguments;
};

} // namespace

std::string describe(const SourceData &) { return {}; }

std::size_t hashValue(const Call &call)
{
    std::size_t hash = query::seededHash(call.function);
    for (const long argument : call.arguments)
        hash = query::seededHash(hash * 31 + static_cast<std::size_t>(argument));
    return hash;
}

std::string describe(const Call &call)
{
    std::string text = call.function + "(";
    for (const long argument : call.arguments)
        text += (text.back() == '(' ? "" : ", ") + std::to_string(argument);
    return text + ")";
}

Program ParsedProgram::run(query::Reader &db, Source source) { return parse(db.read<&SourceData::text>(source)); }

std::optional<Function> FunctionNamed::run(query::Reader &db, Source source, std::string name)
{
    for (const Definition &definition : db.get<ParsedProgram>(source).definitions) {
        if (definition.function.name == name)
            return definition.function;
    }
    return std::nullopt;
}

std::optional<Expression> PrintedExpression::run(query::Reader &db, Source source, std::size_t index)
{
    const std::vector<Print> &prints = db.get<ParsedProgram>(source).prints;
    return index < prints.size() ? std::optional(prints[index].expression) : std::nullopt;
}

// Who asks for the value of a call, or of a print, has asked before whether there is such a thing. What was read is
// proved in the order of reading, so these two do not run when it is gone.
Answer CallValue::run(query::Reader &db, Source source, Call call)
{
    const Function &function = *db.get<FunctionNamed>(source, call.function);
    return Evaluator(db, source, &function, call.arguments).value(function.body);
}

Answer PrintValue::run(query::Reader &db, Source source, std::size_t index)
{
    return Evaluator(db, source, nullptr, {}).value(*db.get<PrintedExpression>(source, index));
}

} // namespace calculator
