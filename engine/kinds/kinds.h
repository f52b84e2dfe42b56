#pragma once

#include <span>
#include <string_view>

namespace nuages::kinds {

/// What people read of a kind of query or input. Its own declaration says it.
struct Kind {
    std::string_view name; ///< "TemplateFacts": as a trace has it.
    std::string_view about; ///< "exported names"
};

/// Every kind of the program, in the order of their columns: what is read stands before what reads it.
std::span<const Kind> all();

} // namespace nuages::kinds
