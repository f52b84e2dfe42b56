#pragma once

#include "engine/python/interpreter.h"

#include <optional>
#include <string_view>

namespace nuages::python {

/// A function of Python's library, or of a package made for settings, of which we know what it returns.
struct KnownFunction {
    std::string_view name; ///< "os.path.join"
    /// The result; nullopt for arguments of which nothing is known.
    std::optional<Value> (*run)(Interpreter &, const Arguments &);
};

/// nullptr if we do not know the function.
const KnownFunction *knownFunction(std::string_view name);

} // namespace nuages::python
