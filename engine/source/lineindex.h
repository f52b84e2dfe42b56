#pragma once

#include "engine/source/range.h"
#include "engine/source/text.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace nuages::source {

/// What a column counts.
enum class ColumnUnit : std::uint8_t {
    Byte, ///< UTF-8 bytes.
    CodePoint, ///< What people count, and what `check` prints.
    Utf16, ///< What an LSP client counts unless it agreed on something else.
};

/// A place in a text as people and editors name it. Both numbers count from 0.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    friend auto operator<=>(const Position &, const Position &) = default;
};

/// Where the lines of a text begin, so that a byte offset can be named as line and column and back.
///
/// A line ends with LF, CR LF or a lone CR, as LSP 3.17 has it ("Text Documents"); Python's universal newlines agree,
/// so the numbers are also those of Django. A text that ends in a line end has one more, empty, line after it.
///
/// Any bytes will do. One that belongs to no well-formed UTF-8 sequence (Unicode 15, table 3-7) counts as one column
/// in every unit, like the replacement character that stands for it in an editor.
///
/// A position costs a binary search and a walk over at most `markPitch` bytes and one sequence, however long its line;
/// making the index is one walk over the text.
class LineIndex
{
public:
    /// The index of no text: one empty line.
    LineIndex() : LineIndex(Text()) { }
    explicit LineIndex(Text text);

    const Text &text() const { return m_text; }

    /// At least 1.
    std::uint32_t lineCount() const { return static_cast<std::uint32_t>(m_starts.size()); }

    /// The bytes of a line without its line end. `line` must be below lineCount().
    Range line(std::uint32_t line) const;

    /// Offsets beyond the text are taken as its end; one in the middle of a sequence as the sequence's begin, except
    /// with bytes as the unit.
    Position position(std::uint32_t offset, ColumnUnit unit = ColumnUnit::Byte) const;

    /// The offset of a position. A column beyond its line is taken as the line's end, before CR and LF; a line beyond
    /// the text as the text's end; a column inside a surrogate pair as the pair's begin.
    std::uint32_t offset(Position position, ColumnUnit unit = ColumnUnit::Byte) const;

    friend bool operator==(const LineIndex &a, const LineIndex &b) { return a.m_text == b.m_text; }

private:
    static constexpr std::uint32_t markPitch = 256; // bytes

    /// What is before a place, counted from the begin of the text.
    struct Mark {
        std::uint32_t byte = 0;
        std::uint32_t codePoints = 0;
        std::uint32_t utf16 = 0;

        std::uint32_t columns(ColumnUnit unit) const { return unit == ColumnUnit::Utf16 ? utf16 : codePoints; }
    };

    void mark();
    Mark stepped(Mark mark) const;
    Mark pastAscii(Mark mark, std::uint32_t end) const;
    Mark markAt(std::uint32_t offset) const;

    Text m_text;
    std::vector<std::uint32_t> m_starts; // Invariant: starts with 0, rises strictly.
    /// Number `n` is the begin of the first sequence at or after byte `n * markPitch`. None if all bytes are ASCII:
    /// then each is one column in every unit.
    std::vector<Mark> m_marks;
};

} // namespace nuages::source
