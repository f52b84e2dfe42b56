#pragma once

#include "engine/source/file.h"
#include "engine/source/lineindex.h"
#include "engine/source/text.h"

#include <string_view>
#include <vector>

namespace nuages::source {

/// The text of a file: the editor's where one is open, else the disk's. No text if it is absent or unreadable.
struct SourceText {
    static constexpr std::string_view about = "text";

    static Text run(query::Reader &db, File file);
};

/// What is in a directory, sorted by name. Empty if it is none.
struct Listing {
    static constexpr std::string_view about = "files of a folder";

    static std::vector<Entry> run(query::Reader &db, File directory);
};

/// The line index of a file's text.
struct Lines {
    static constexpr std::string_view about = "where lines begin";

    static LineIndex run(query::Reader &db, File file);
};

} // namespace nuages::source
