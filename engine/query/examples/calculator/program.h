#pragma once

#include <expected>
#include <string>
#include <vector>

/// What a program of the calculator is made of: plain values that can be compared, which is all the engine asks for.
namespace calculator {

struct Expression {
    enum class Kind { Number, Parameter, Call, Add, Subtract, Multiply, Divide };

    Kind kind = Kind::Number;
    long number = 0; ///< Of a number.
    std::string name; ///< Of a parameter, and of the function that is called.
    std::vector<Expression> operands; ///< Two, or the arguments of a call.
    int column = 1; ///< Where it begins, or where its sign stands.

    bool operator==(const Expression &) const = default;
};

/// It does not know on which line it stands, so that it stays the same when a line above it comes or goes.
struct Function {
    std::string name;
    std::vector<std::string> parameters;
    Expression body;

    bool operator==(const Function &) const = default;
};

struct Mistake {
    std::string function; ///< In the body of which one; empty if in a print.
    int column = 1;
    std::string message;

    bool operator==(const Mistake &) const = default;
};

struct Definition {
    int line = 1;
    Function function;

    bool operator==(const Definition &) const = default;
};

struct Print {
    int line = 1;
    Expression expression;

    bool operator==(const Print &) const = default;
};

struct BadLine {
    int line = 1;
    Mistake mistake;

    bool operator==(const BadLine &) const = default;
};

struct Program {
    std::vector<Definition> definitions;
    std::vector<Print> prints;
    std::vector<BadLine> badLines; ///< Those that could not be read.

    bool operator==(const Program &) const = default;
};

using Answer = std::expected<long, Mistake>;

} // namespace calculator
