#pragma once

#include "engine/source/file.h"
#include "engine/source/lineindex.h"
#include "engine/source/text.h"

#include <vector>

namespace nuages::source {

/// The text of a file: the editor's where one is open, else the disk's. No text if it is absent or unreadable.
struct SourceText {
    static Text run(query::Reader &db, File file);
};

/// What is in a directory, sorted by name. Empty if it is none.
struct Listing {
    static std::vector<Entry> run(query::Reader &db, File directory);
};

/// The line index of a file's text.
struct Lines {
    static LineIndex run(query::Reader &db, File file);
};

} // namespace nuages::source
