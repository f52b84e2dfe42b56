#pragma once

#include "engine/query/clock.h"

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

    /// What may have changed the findings of a document.
    enum class Cause : std::uint8_t {
        Typing, ///< Changes of open templates alone: a client that pulls knows when to pull.
        Project, ///< Anything else too.
    };

    /// Edits have been written, for all documents that were open before; nullopt: they made no difference.
    void written(std::optional<Cause> cause);

    /// All documents are looked at again, though nothing was written.
    void lookAgain();

    /// The next document to look at, which is then no longer marked but being looked at; nullopt if there is none. The
    /// one whose last look began first comes first, so that none keeps the others waiting for ever.
    std::optional<std::string> next();

    /// Whether next() would name one.
    bool hasNext() const;

    /// How long a look at the document may take while others wait. In nanoseconds.
    query::Instant turnOf(std::string_view path) const;

    /// A look at the document took longer and was stopped. The next one may take twice as long, so that it ends one
    /// day.
    void cutShort(std::string_view path);

    /// The look at the document came to nothing: mark it again, if it is still open.
    void retry(std::string_view path);

    /// The look failed; the next write marks the document again.
    void giveUp(std::string_view path);

    /// The look is over. Returns what may have changed the findings, or nullopt if the client is not to be told of
    /// them: `version` is lower than the last published one, or the findings are the same.
    std::optional<Cause> finished(std::string_view path, std::uint64_t instance, std::optional<std::int32_t> version,
                                  const boost::json::value &findings);

    /// True while there is no document to look at, nor one that is being looked at.
    bool isIdle() const;

private:
    static constexpr query::Instant firstTurn = 200'000'000; ///< nanoseconds

    struct Document {
        std::uint64_t instance = 0;
        bool isMarked = true;
        bool isBusy = false;
        std::uint64_t lastLook = 0; ///< Its number among all looks; 0 before the first.
        query::Instant turn = firstTurn;
        bool isNew = true; ///< Opened by the edits that are being written: its client pulls for the first time later.
        Cause cause = Cause::Typing; ///< Of what was written since the look that is under way began, or the last one.
        Cause causeOfLook = Cause::Typing; ///< Before that.
        std::optional<std::int32_t> version; ///< Last published.
        boost::json::value findings; ///< Likewise; null before the first.
    };

    std::map<std::string, Document, std::less<>> m_documents;
    std::uint64_t m_looks = 0; ///< Begun so far.
};

} // namespace nuages::server
