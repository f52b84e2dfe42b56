#pragma once

#include <source_location>
#include <string_view>

namespace nuages::query::detail {

/// `text` without what stands before the last `::` of its first name; template arguments stay as they are.
consteval std::string_view unqualified(std::string_view text)
{
    const auto scope = text.substr(0, text.find('<')).rfind("::");
    return scope == text.npos ? text : text.substr(scope + 2);
}

/// The part of a compiler's function signature that follows `marker`, up to the end of that template argument.
consteval std::string_view argumentAfter(std::string_view signature, std::string_view marker)
{
    signature.remove_prefix(signature.find(marker) + marker.size());
    return signature.substr(0, signature.find_first_of(";]"));
}

/// The name of a type with its namespaces: "nuages::LineCount".
template <class T>
consteval std::string_view qualifiedName()
{
    return argumentAfter(std::source_location::current().function_name(), "T = ");
}

/// The name of a type as written, without its namespaces: "LineCount", "Leaf<3>".
template <class T>
consteval std::string_view typeName()
{
    return unqualified(qualifiedName<T>());
}

/// Something with an address of its own for each type, because names may be those of two.
template <class T>
inline constexpr char typeMark = 0;

/// The name of a member: `memberName<&FileData::stamp>()` is "stamp".
template <auto Member>
consteval std::string_view memberName()
{
    return unqualified(argumentAfter(std::source_location::current().function_name(), "Member = "));
}

/// What people see: `T::shownAs` if there is one, else the type's own name.
template <class T>
consteval std::string_view shownName()
{
    if constexpr (requires { std::string_view(T::shownAs); })
        return T::shownAs;
    else
        return typeName<T>();
}

} // namespace nuages::query::detail
