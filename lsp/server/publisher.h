#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nuages::server {

/// Remembers which open documents need their diagnostics found again, and what the client was told last.
///
/// The findings of a document may change with any edit of any file, so every commit marks all of them; the engine then
/// proves most of them unchanged for the price of a look. Owner thread.
class Publisher
{
public:
    /// The document was opened or opened again: nothing has been published for it.
    void open(const std::string &path, std::uint64_t instance);
    void close(std::string_view path);

    /// Something was written.
    void markAll();

    /// The next document to look at, which is then no longer marked but being looked at; nullopt if there is none.
    std::optional<std::string> next();

    /// The look at the document came to nothing: mark it again, if it is still open.
    void retry(std::string_view path);

    /// The look failed; the next write marks the document again.
    void giveUp(std::string_view path);

    /// The look is over. Returns whether the client does not know this yet: `version` is not lower than the last
    /// published one, and the findings differ from those.
    bool finished(std::string_view path, std::uint64_t instance, std::int32_t version,
                  const boost::json::value &findings);

private:
    struct Document {
        std::uint64_t instance = 0;
        bool isMarked = true;
        bool isBusy = false;
        std::optional<std::int32_t> version; ///< Last published.
        boost::json::value findings; ///< Likewise; null before the first.
    };

    std::map<std::string, Document, std::less<>> m_documents;
};

} // namespace nuages::server
