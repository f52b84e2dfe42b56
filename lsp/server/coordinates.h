#pragma once

#include "engine/source/range.h"
#include "lsp/protocol/types/basic.h"
#include "lsp/server/document.h"
#include "lsp/server/documents.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::server {

/// A byte range of a text in the client's units.
protocol::Range toRange(const source::LineIndex &lines, source::Range range, PositionEncoding encoding);

/// Turns what queries found at one moment into what the client sees at another: byte ranges into LSP ranges of the
/// moment at which it asked, paths into URIs. Owner thread.
class Coordinates
{
public:
    using Moment = Documents::Moment;

    /// The document that the request is about, as it was then.
    struct Subject {
        std::string path;
        std::shared_ptr<const source::LineIndex> lines;
    };

    /// `asked` is the moment of the request, `computed` that of the ticket; `asked` is not the later one.
    Coordinates(const Documents &documents, PositionEncoding encoding, Subject subject, Moment asked, Moment computed)
        : m_documents(documents), m_encoding(encoding), m_subject(std::move(subject)), m_asked(asked),
          m_computed(computed)
    {
    }

    /// The same about a document that was not open, whose text had these lines.
    Coordinates about(std::shared_ptr<const source::LineIndex> lines) const
    {
        Coordinates other = *this;
        other.m_subject.lines = std::move(lines);
        return other;
    }

    /// The same in other units.
    Coordinates in(PositionEncoding encoding) const
    {
        Coordinates other = *this;
        other.m_encoding = encoding;
        return other;
    }

    /// A range of the text that was asked about.
    protocol::Range here(source::Range range) const { return toRange(*m_subject.lines, range, m_encoding); }

    /// A range of the document `path` as the queries saw it, in the client's text; nullopt if an edit after the request
    /// has touched it. `closed` has the lines of a file that is not open, as the query saw it.
    std::optional<protocol::Range> range(std::string_view path, source::Range range,
                                         const std::shared_ptr<const source::LineIndex> &closed = {}) const;

    /// As the client spells it if the document is open.
    std::string uri(std::string_view path) const;

private:
    const Documents &m_documents;
    PositionEncoding m_encoding;
    Subject m_subject;
    Moment m_asked;
    Moment m_computed;
};

} // namespace nuages::server
