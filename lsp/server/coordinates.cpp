#include "lsp/server/coordinates.h"

#include "lsp/server/uri.h"

namespace nuages::server {

namespace {

protocol::Position toClient(source::Position position) { return {position.line, position.column}; }

} // namespace

protocol::Range toRange(const source::LineIndex &lines, source::Range range, PositionEncoding encoding)
{
    return {toClient(toPosition(lines, range.begin, encoding)), toClient(toPosition(lines, range.end, encoding))};
}

std::optional<protocol::Range> Coordinates::range(std::string_view path, source::Range range,
                                                  const std::shared_ptr<const source::LineIndex> &closed) const
{
    const OpenDocument *document = m_documents.find(path);
    if (!document && path == m_subject.path && m_subject.lines)
        return here(range);
    if (!document)
        return closed ? std::optional(toRange(*closed, range, m_encoding)) : std::nullopt;
    if (document->openedAt > m_asked)
        return std::nullopt; // The client asked while it saw the file on disk.
    const std::optional<source::Range> then = document->history.back(range, m_computed, m_asked);
    if (!then)
        return std::nullopt;
    return toRange(*document->history.at(m_asked), *then, m_encoding);
}

std::string Coordinates::uri(std::string_view path) const
{
    const OpenDocument *document = m_documents.find(path);
    return document ? document->uri : uriOfPath(path);
}

} // namespace nuages::server
