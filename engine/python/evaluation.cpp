#include "engine/python/evaluation.h"

#include "engine/python/interpreter.h"

namespace nuages::python {

Evaluation::Evaluation(Surroundings &surroundings, std::string dotted, ModuleLocation location, EvaluationLimits limits,
                       const CommandLine &commandLine)
{
    Interpreter interpreter(surroundings, limits, commandLine);
    m_scope = interpreter.runMain(dotted, location);
    m_pythonPath = interpreter.pythonPath();
    m_environment = interpreter.environment();
    m_heap = interpreter.takeHeap();
    m_files = interpreter.takeFiles();
}

OpenReason Evaluation::reasonOf(const Value &value) const
{
    for (const Value &alternative : alternativesOf(value)) {
        if (const OpenReason *known = alternative.asUnknown())
            return *known;
        if (const std::string *name = alternative.asSymbol())
            return {fileOf(alternative.place), alternative.place.line, *name + " is known only when the program runs"};
    }
    return {fileOf(value.place), value.place.line, unexpected(value, m_heap)};
}

} // namespace nuages::python
