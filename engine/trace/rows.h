#pragma once

#include "engine/trace/why.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nuages::trace {

/// A table for a terminal.
class Rows
{
public:
    enum class Is : std::uint8_t {
        Words, ///< To the left.
        Figure, ///< To the right.
        Time, ///< Likewise, and only where times are shown.
    };
    struct Column {
        std::string title;
        Is is = Is::Figure;
    };

    Rows(std::vector<Column> columns, Times times) : m_columns(std::move(columns)), m_times(times) { }

    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }

    std::string text() const
    {
        std::vector<std::string> titles;
        for (const Column &column : m_columns)
            titles.push_back(column.title);
        std::string text = line(titles);
        for (const std::vector<std::string> &row : m_rows)
            text += line(row);
        return text;
    }

private:
    /// In code points: names may be of any script.
    static std::size_t lengthOf(const std::string &cell)
    {
        return std::size_t(std::ranges::count_if(cell, [](char c) { return (c & 0xC0) != 0x80; }));
    }

    std::string line(const std::vector<std::string> &cells) const
    {
        std::string line;
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            const Is is = m_columns[column].is;
            if (m_times == Times::Hidden && is == Is::Time)
                continue;
            std::size_t width = lengthOf(m_columns[column].title);
            for (const std::vector<std::string> &row : m_rows)
                width = std::max(width, lengthOf(row[column]));
            const std::string space(width - lengthOf(cells[column]), ' ');
            line += "  " + (is == Is::Words ? cells[column] + space : space + cells[column]);
        }
        return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }

    std::vector<Column> m_columns;
    Times m_times;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace nuages::trace
