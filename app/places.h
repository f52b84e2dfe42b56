#pragma once

#include "app/formats/report.h"

#include "engine/source/lineindex.h"

namespace nuages::app {

/// Places in one text as people count them. Spans that are asked for in the order in which they begin cost one walk
/// over the text in all, since thousands may stand in one line.
class Places
{
public:
    /// `lines` must outlive the Places.
    explicit Places(const source::LineIndex &lines) : m_lines(lines) { }

    Span span(source::Range range);

    /// The line from 1, without byte-order mark and line end.
    SourceLine line(std::uint32_t number) const;

private:
    source::Range contentOf(std::uint32_t line) const; // from 0; without the mark, which no editor shows
    Position at(std::uint32_t offset) const;

    const source::LineIndex &m_lines;
    Position m_last; // where the last span began: what lies before is not counted again
    bool m_isCounted = false; // m_last is one
};

} // namespace nuages::app
