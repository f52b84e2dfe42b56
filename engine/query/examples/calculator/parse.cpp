#include "parse.h"

#include <cctype>
#include <charconv>
#include <ranges>
#include <utility>

namespace calculator {

namespace {

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Reads one line from left to right; throws a Mistake where it cannot go on.
class LineParser
{
public:
    explicit LineParser(std::string_view line) : m_line(line) { }

    bool saysNothing() { return peek() == '\0' || peek() == '#'; }

    bool takePrint()
    {
        const bool isPrint = m_line.substr(m_at).starts_with("print ");
        m_at += isPrint ? 6 : 0;
        return isPrint;
    }

    Function function()
    {
        Function function;
        function.name = name("the name of a function");
        expect('(');
        while (peek() != ')') {
            function.parameters.push_back(name("a parameter"));
            if (peek() != ')')
                expect(',');
        }
        expect(')');
        expect('=');
        function.body = wholeExpression();
        return function;
    }

    Expression wholeExpression()
    {
        Expression whole = sum();
        if (peek() != '\0')
            fail("here the line should end");
        return whole;
    }

private:
    using Kind = Expression::Kind;

    Expression sum()
    {
        Expression left = product();
        while (peek() == '+' || peek() == '-')
            left = joined(peek() == '+' ? Kind::Add : Kind::Subtract, std::move(left), &LineParser::product);
        return left;
    }

    Expression product()
    {
        Expression left = operand();
        while (peek() == '*' || peek() == '/')
            left = joined(peek() == '*' ? Kind::Multiply : Kind::Divide, std::move(left), &LineParser::operand);
        return left;
    }

    Expression joined(Kind kind, Expression left, Expression (LineParser::*right)())
    {
        Expression both{.kind = kind, .number = 0, .name = {}, .operands = {}, .column = column()};
        ++m_at;
        both.operands.push_back(std::move(left));
        both.operands.push_back((this->*right)());
        return both;
    }

    Expression operand()
    {
        if (peek() == '(') {
            ++m_at;
            Expression inner = sum();
            expect(')');
            return inner;
        }
        Expression operand;
        operand.column = column();
        if (isDigit(peek())) {
            const auto [end, error] =
                std::from_chars(m_line.data() + m_at, m_line.data() + m_line.size(), operand.number);
            if (error != std::errc())
                fail("a number this large cannot be kept");
            m_at = static_cast<std::size_t>(end - m_line.data());
            return operand;
        }
        operand.name = name("a number, a name or a bracket");
        operand.kind = Kind::Parameter;
        if (peek() == '(') {
            operand.kind = Kind::Call;
            ++m_at;
            while (peek() != ')') {
                operand.operands.push_back(sum());
                if (peek() != ')')
                    expect(',');
            }
            ++m_at;
        }
        return operand;
    }

    std::string name(const char *wanted)
    {
        if (!isLetter(peek()))
            fail(std::string("here ") + wanted + " is missing");
        const std::size_t first = m_at;
        while (m_at < m_line.size() && (isLetter(m_line[m_at]) || isDigit(m_line[m_at])))
            ++m_at;
        return std::string(m_line.substr(first, m_at - first));
    }

    void expect(char wanted)
    {
        if (peek() != wanted)
            fail(std::string("here a '") + wanted + "' is missing");
        ++m_at;
    }

    /// The next character that is no space; 0 at the end.
    char peek()
    {
        while (m_at < m_line.size() && m_line[m_at] == ' ')
            ++m_at;
        return m_at < m_line.size() ? m_line[m_at] : '\0';
    }

    int column()
    {
        peek();
        return static_cast<int>(m_at) + 1;
    }

    [[noreturn]] void fail(std::string message)
    {
        throw Mistake{.function = {}, .column = column(), .message = std::move(message)};
    }

    std::string_view m_line;
    std::size_t m_at = 0;
};

} // namespace

Program parse(std::string_view text)
{
    Program program;
    int number = 0;
    for (const auto part : std::views::split(text, '\n')) {
        ++number;
        LineParser line{std::string_view(part)};
        try {
            if (line.saysNothing())
                continue;
            if (line.takePrint())
                program.prints.push_back({.line = number, .expression = line.wholeExpression()});
            else
                program.definitions.push_back({.line = number, .function = line.function()});
        } catch (Mistake &mistake) {
            program.badLines.push_back({.line = number, .mistake = std::move(mistake)});
        }
    }
    return program;
}

} // namespace calculator
