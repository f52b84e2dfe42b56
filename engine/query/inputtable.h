#pragma once

#include "engine/query/rows.h"

#include <array>
#include <mutex>

namespace nuages::query::detail {

/// The records of one type of input. Values and stamps change only while no reader is open; a record may be born
/// at any time, because nobody can have read it before.
template <class I>
struct InputTable {
    struct Row {
        typename I::Data data;
        std::array<Stamp, I::fieldCount> stamps;
    };

    Rows<Row> rows;
    std::mutex appending; // guards the making of rows while readers are open

    /// A record that a reader asks for: others may do so too.
    I createForReader(typename I::Data &&data, Revision now, const std::array<Durability, I::fieldCount> &levels)
    {
        std::scoped_lock lock(appending);
        return create(std::move(data), now, levels);
    }

    /// A record that a transaction makes, so that no reader is open.
    I create(typename I::Data &&data, Revision now, const std::array<Durability, I::fieldCount> &levels)
    {
        std::array<Stamp, I::fieldCount> stamps;
        for (std::size_t field = 0; field < I::fieldCount; ++field)
            stamps[field] = {now, levels[field]};
        return I{rows.append(std::move(data), stamps)};
    }
};

/// All fields of `I` at one level.
template <class I>
constexpr std::array<Durability, I::fieldCount> allFields(Durability level)
{
    std::array<Durability, I::fieldCount> levels;
    levels.fill(level);
    return levels;
}

} // namespace nuages::query::detail
