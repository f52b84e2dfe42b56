#include "engine/python/grammar.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <string_view>
#include <utility>

extern "C" const TSLanguage *tree_sitter_python(void);

namespace nuages::python {

namespace {

constexpr std::pair<Kind, std::string_view> kindNames[] = {
    {Kind::AliasedImport, "aliased_import"},
    {Kind::ArgumentList, "argument_list"},
    {Kind::AsPattern, "as_pattern"},
    {Kind::AsPatternTarget, "as_pattern_target"},
    {Kind::AssertStatement, "assert_statement"},
    {Kind::Assignment, "assignment"},
    {Kind::Attribute, "attribute"},
    {Kind::AugmentedAssignment, "augmented_assignment"},
    {Kind::Await, "await"},
    {Kind::BinaryOperator, "binary_operator"},
    {Kind::Block, "block"},
    {Kind::BooleanOperator, "boolean_operator"},
    {Kind::BreakStatement, "break_statement"},
    {Kind::Call, "call"},
    {Kind::CaseClause, "case_clause"},
    {Kind::CasePattern, "case_pattern"},
    {Kind::ClassDefinition, "class_definition"},
    {Kind::Comment, "comment"},
    {Kind::ComparisonOperator, "comparison_operator"},
    {Kind::ConcatenatedString, "concatenated_string"},
    {Kind::ConditionalExpression, "conditional_expression"},
    {Kind::ContinueStatement, "continue_statement"},
    {Kind::DecoratedDefinition, "decorated_definition"},
    {Kind::Decorator, "decorator"},
    {Kind::DefaultParameter, "default_parameter"},
    {Kind::DeleteStatement, "delete_statement"},
    {Kind::Dictionary, "dictionary"},
    {Kind::DictionaryComprehension, "dictionary_comprehension"},
    {Kind::DictionarySplat, "dictionary_splat"},
    {Kind::DictionarySplatPattern, "dictionary_splat_pattern"},
    {Kind::DottedName, "dotted_name"},
    {Kind::ElifClause, "elif_clause"},
    {Kind::Ellipsis, "ellipsis"},
    {Kind::ElseClause, "else_clause"},
    {Kind::ExceptClause, "except_clause"},
    {Kind::ExceptGroupClause, "except_group_clause"},
    {Kind::ExecStatement, "exec_statement"},
    {Kind::ExpressionList, "expression_list"},
    {Kind::ExpressionStatement, "expression_statement"},
    {Kind::False, "false"},
    {Kind::FinallyClause, "finally_clause"},
    {Kind::Float, "float"},
    {Kind::ForInClause, "for_in_clause"},
    {Kind::ForStatement, "for_statement"},
    {Kind::FormatSpecifier, "format_specifier"},
    {Kind::FunctionDefinition, "function_definition"},
    {Kind::FutureImportStatement, "future_import_statement"},
    {Kind::GeneratorExpression, "generator_expression"},
    {Kind::GlobalStatement, "global_statement"},
    {Kind::Identifier, "identifier"},
    {Kind::IfClause, "if_clause"},
    {Kind::IfStatement, "if_statement"},
    {Kind::ImportFromStatement, "import_from_statement"},
    {Kind::ImportPrefix, "import_prefix"},
    {Kind::ImportStatement, "import_statement"},
    {Kind::Integer, "integer"},
    {Kind::Interpolation, "interpolation"},
    {Kind::KeywordArgument, "keyword_argument"},
    {Kind::KeywordSeparator, "keyword_separator"},
    {Kind::Lambda, "lambda"},
    {Kind::LambdaParameters, "lambda_parameters"},
    {Kind::List, "list"},
    {Kind::ListComprehension, "list_comprehension"},
    {Kind::ListPattern, "list_pattern"},
    {Kind::ListSplat, "list_splat"},
    {Kind::ListSplatPattern, "list_splat_pattern"},
    {Kind::MatchStatement, "match_statement"},
    {Kind::Module, "module"},
    {Kind::NamedExpression, "named_expression"},
    {Kind::None, "none"},
    {Kind::NonlocalStatement, "nonlocal_statement"},
    {Kind::NotOperator, "not_operator"},
    {Kind::Pair, "pair"},
    {Kind::Parameters, "parameters"},
    {Kind::ParenthesizedExpression, "parenthesized_expression"},
    {Kind::PassStatement, "pass_statement"},
    {Kind::PatternList, "pattern_list"},
    {Kind::PositionalSeparator, "positional_separator"},
    {Kind::PrintStatement, "print_statement"},
    {Kind::RaiseStatement, "raise_statement"},
    {Kind::RelativeImport, "relative_import"},
    {Kind::ReturnStatement, "return_statement"},
    {Kind::Set, "set"},
    {Kind::SetComprehension, "set_comprehension"},
    {Kind::Slice, "slice"},
    {Kind::String, "string"},
    {Kind::StringContent, "string_content"},
    {Kind::StringEnd, "string_end"},
    {Kind::StringStart, "string_start"},
    {Kind::Subscript, "subscript"},
    {Kind::True, "true"},
    {Kind::TryStatement, "try_statement"},
    {Kind::Tuple, "tuple"},
    {Kind::TuplePattern, "tuple_pattern"},
    {Kind::Type, "type"},
    {Kind::TypeConversion, "type_conversion"},
    {Kind::TypeAliasStatement, "type_alias_statement"},
    {Kind::TypedDefaultParameter, "typed_default_parameter"},
    {Kind::TypedParameter, "typed_parameter"},
    {Kind::UnaryOperator, "unary_operator"},
    {Kind::WhileStatement, "while_statement"},
    {Kind::WildcardImport, "wildcard_import"},
    {Kind::WithClause, "with_clause"},
    {Kind::WithItem, "with_item"},
    {Kind::WithStatement, "with_statement"},
    {Kind::Yield, "yield"},
};

// In the order of Field.
constexpr std::string_view fieldNames[] = {
    "alias",
    "alternative",
    "argument",
    "arguments",
    "attribute",
    "body",
    "cause",
    "code",
    "condition",
    "consequence",
    "definition",
    "expression",
    "format_specifier",
    "function",
    "guard",
    "key",
    "left",
    "module_name",
    "name",
    "object",
    "operator",
    "operators",
    "parameters",
    "return_type",
    "right",
    "subject",
    "subscript",
    "superclasses",
    "type",
    "type_conversion",
    "type_parameters",
    "value",
};

constexpr std::size_t symbolLimit = 512; // of the grammar's symbols, of which there are fewer than 300

std::array<Kind, symbolLimit> readKinds()
{
    std::array<Kind, symbolLimit> kinds{};
    const TSLanguage *language = pythonLanguage();
    assert(ts_language_symbol_count(language) <= symbolLimit);
    // A kind can have several symbols (aliases), so every symbol is asked for its name.
    const auto count = static_cast<TSSymbol>(ts_language_symbol_count(language));
    for (TSSymbol symbol = 0; symbol < count; ++symbol) {
        if (ts_language_symbol_type(language, symbol) != TSSymbolTypeRegular)
            continue;
        const std::string_view name = ts_language_symbol_name(language, symbol);
        for (const auto &[kind, kindName] : kindNames) {
            if (name == kindName)
                kinds[symbol] = kind;
        }
    }
    return kinds;
}

std::array<TSFieldId, std::size(fieldNames)> readFields()
{
    std::array<TSFieldId, std::size(fieldNames)> ids{};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string_view name = fieldNames[i];
        ids[i] = ts_language_field_id_for_name(pythonLanguage(), name.data(), static_cast<std::uint32_t>(name.size()));
        assert(ids[i] != 0);
    }
    return ids;
}

} // namespace

const TSLanguage *pythonLanguage() { return tree_sitter_python(); }

Kind kindOf(TSSymbol symbol)
{
    static const std::array<Kind, symbolLimit> kinds = readKinds();
    return symbol < symbolLimit ? kinds[symbol] : Kind::Error; // ERROR is the largest number of the type
}

TSFieldId idOf(Field field)
{
    static const std::array<TSFieldId, std::size(fieldNames)> ids = readFields();
    return ids[static_cast<std::size_t>(field)];
}

} // namespace nuages::python
