#pragma once

#include <QStringList>

#include <string>

namespace nuages::tests {

/// Runs `program` under python3 with one input a line on its stdin (inputs hold no LF), and returns the lines of its
/// stdout. Fails the running test if Python does.
QStringList python3(const std::string &program, const QStringList &inputs);

} // namespace nuages::tests
