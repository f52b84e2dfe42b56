#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace nuages::trace {

/// Texts that stay for as long as this does, side by side in blocks: none has an allocation of its own.
class Texts
{
public:
    /// A copy of the text, which stays where it is.
    std::string_view keep(std::string_view text)
    {
        if (text.empty())
            return {};
        if (text.size() > m_room.size()) {
            const std::size_t size = std::max(blockBytes, text.size());
            m_room = {m_blocks.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get(), size};
            m_bytes += size;
        }
        std::ranges::copy(text, m_room.begin());
        const std::string_view kept(m_room.data(), text.size());
        m_room = m_room.subspan(text.size());
        return kept;
    }

    std::size_t bytes() const { return m_bytes; } ///< What the blocks take.

private:
    static constexpr std::size_t blockBytes = 64 << 10;

    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::span<char> m_room; ///< The rest of the last block.
    std::size_t m_bytes = 0;
};

} // namespace nuages::trace
