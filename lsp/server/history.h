#pragma once

#include "engine/source/lineindex.h"
#include "engine/source/range.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace nuages::server {

/// The texts of an open document, from the oldest that some request still speaks of to the present.
///
/// A moment is the number of messages from the client that had taken effect; the session counts them. A request is
/// answered in the coordinates of its own moment, while the queries may see later texts: this class carries ranges of
/// an answer back. Belongs to the owner thread.
class History
{
public:
    using Moment = std::uint64_t;
    using Lines = std::shared_ptr<const source::LineIndex>;

    explicit History(source::Text text);

    const Lines &present() const { return m_present; }

    /// From `moment` on the text is `text`. What lies between the first and the last byte that differ counts as
    /// touched.
    void change(Moment moment, source::Text text);

    /// The text as it was at `moment`, which is not older than the last forget().
    const Lines &at(Moment moment) const;

    /// Where in the text at `moment` the range `range` of the text at `from`, not earlier, was; nullopt if an edit
    /// between the two has touched it. Bytes inserted at its edge leave it alone, bytes removed there do not: the range
    /// may have been longer.
    std::optional<source::Range> back(source::Range range, Moment from, Moment moment) const;

    /// Drops the texts that only moments before `oldest` speak of.
    void forget(Moment oldest);

private:
    /// `removed` bytes at `begin` of `before` gave way to `inserted` bytes.
    struct Edit {
        Moment moment; ///< The first that has the new text.
        Lines before;
        std::uint32_t begin;
        std::uint32_t removed;
        std::uint32_t inserted;
    };

    /// The edits that took effect later than `after`, up to `upTo`.
    std::span<const Edit> between(Moment after, Moment upTo) const;

    std::vector<Edit> m_edits; // Invariant: `moment` rises.
    Lines m_present;
};

} // namespace nuages::server
