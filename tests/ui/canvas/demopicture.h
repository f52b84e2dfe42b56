#pragma once

#include "ui/canvas/history.h"
#include "ui/canvas/picture.h"

namespace nuages::tests {

/// The picture of the design: a character was typed into base.html, and the change stopped at TemplateFacts.
canvas::Picture demoPicture();

/// Its revisions: 118 edits, with two big events.
std::vector<canvas::Bar> demoBars();

/// A picture of `rows` files in ten columns, each wired to the one before it. Card (column, row) has the id
/// `1 + row * 10 + column`.
canvas::Picture largePicture(int rows);

} // namespace nuages::tests
