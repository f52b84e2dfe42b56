#pragma once

#include "engine/python/kind.h"

#include <tree_sitter/api.h>

namespace nuages::python {

// What ties our enumerations to the numbers of the compiled grammar. Only syntaxtree.cpp needs it.

const TSLanguage *pythonLanguage();

Kind kindOf(TSSymbol symbol);

TSFieldId idOf(Field field);

} // namespace nuages::python
