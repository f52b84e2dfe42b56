#pragma once

#include "engine/python/heap.h"
#include "engine/python/surroundings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::python {

/// How much an evaluation may cost. What exceeds a bound is unknown, with the bound as its reason.
struct EvaluationLimits {
    std::uint64_t steps = 400'000; ///< expressions and statements; also counts what lists and texts grow by
    std::uint64_t foreignSteps = 40'000; ///< within one module, or one call into it, that is not the project's own
    unsigned depth = 250; ///< nested expressions, statements, calls and imports
    unsigned calls = 20; ///< nested calls
};

/// What the names of a Python module stand for once it has run, found without running it: an abstract interpretation
/// that follows every path it cannot rule out.
///
/// What cannot be read becomes unknown with a reason, and only that: the rest of the module keeps its values. A
/// branch whose condition is unknown is followed both ways. A handler for ImportError runs if `surroundings` say that
/// the module is missing. Calls of functions written in Python are followed; functions of Python itself that matter to
/// settings are known by name; a mutable value handed to code that cannot be read becomes open.
///
/// Always ends: every loop and recursion draws on EvaluationLimits.
class Evaluation
{
public:
    /// The words of a command line, that of `dotted` as the program that is started.
    using CommandLine = std::optional<std::vector<std::string>>;

    /// With a `commandLine` it is about that one run: sys.argv is known, and so is that a variable is not set. Without,
    /// it is about every run in these surroundings, in which a variable may have been set meanwhile.
    Evaluation(Surroundings &surroundings, std::string dotted, ModuleLocation location, EvaluationLimits limits = {},
               const CommandLine &commandLine = {});

    const Heap &heap() const { return m_heap; }

    /// What the module's names are bound to.
    const Dictionary &names() const { return std::get<Dictionary>(m_heap.at(m_scope)); }

    /// The folders that were put on sys.path.
    const Sequence &pythonPath() const { return std::get<Sequence>(m_heap.at(m_pythonPath)); }

    /// The variables of the environment that the module itself has set.
    const Dictionary &environment() const { return std::get<Dictionary>(m_heap.at(m_environment)); }

    /// Absolute path of the file that `place` is in.
    const std::string &fileOf(Place place) const { return m_files[place.file]; }

    /// Why `value` is not known; a sentence about its kind if it is.
    OpenReason reasonOf(const Value &value) const;

private:
    Heap m_heap;
    ObjectId m_scope{};
    ObjectId m_pythonPath{};
    ObjectId m_environment{};
    std::vector<std::string> m_files;
};

} // namespace nuages::python
