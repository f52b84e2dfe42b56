#pragma once

#include <QString>

namespace nuages::tests {

/// Path of the program `nuages` that the tests start: what the environment variable NUAGES_PROGRAM names, else the one
/// of this build. So the tests of one build can judge the program of another, such as the static one.
QString nuagesProgram();

} // namespace nuages::tests
