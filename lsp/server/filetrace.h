#pragma once

#include "engine/source/files.h"
#include "engine/trace/batch.h"
#include "lsp/server/documents.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::server {

/// Adds to batches of a trace what it says of files: the trace knows only that some inputs have paths.
///
/// Lives on the owner thread. Looks at a file when it comes up, when it is set, and while a document is open when its
/// version or the disk's file is another.
class FileTrace
{
public:
    FileTrace(const query::Engine &engine, source::Files &files, source::FileSystem &disk)
        : m_engine(engine), m_files(files), m_disk(disk)
    {
    }

    /// Appends the records of all files that may differ from what was told before, and the texts that were read.
    void addTo(trace::Batch &batch, const Documents &documents);

    /// The next batch has the records of all files again: something went untold.
    void lookAtAll() { m_looksAtAll = true; }

private:
    /// What an open document looked like when it was told of.
    struct Seen {
        std::uint64_t instance = 0;
        std::optional<std::int32_t> version;
        source::DiskStamp disk;

        friend bool operator==(const Seen &, const Seen &) = default;
    };

    std::string pathOf(source::File file) const;
    trace::FileRecord recordOf(const std::string &path, const Documents &documents) const;

    const query::Engine &m_engine;
    source::Files &m_files;
    source::FileSystem &m_disk;
    std::vector<std::pair<trace::NodeId, source::File>> m_inputs; ///< Those that are files; nodes rising.
    std::map<std::string, Seen, std::less<>> m_open;
    bool m_looksAtAll = false;
};

} // namespace nuages::server
