#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace nuages::source {

/// The bytes of a file, or the fact that there are none to read.
///
/// Copies share one immutable string, so a Text is as cheap to keep as a pointer. The bytes are those of the disk
/// or of the editor: line ends are not translated, and bytes that are not UTF-8 are kept.
///
/// Equality is by content. A file that is not there differs from an empty one.
class Text
{
public:
    /// No text: the file is absent, a directory, or cannot be read.
    Text() = default;
    explicit Text(std::string bytes) : m_bytes(std::make_shared<const std::string>(std::move(bytes))) { }

    bool exists() const { return m_bytes != nullptr; }

    /// Empty when there is no text. Valid as long as some copy of this Text lives.
    std::string_view view() const { return m_bytes ? std::string_view(*m_bytes) : std::string_view(); }

    /// Shared with this Text; null when there is no text.
    const std::shared_ptr<const std::string> &bytes() const { return m_bytes; }

    friend bool operator==(const Text &a, const Text &b)
    {
        return a.m_bytes == b.m_bytes || (a.exists() == b.exists() && a.view() == b.view());
    }

private:
    std::shared_ptr<const std::string> m_bytes;
};

/// "12 bytes": what it says is shown where there is room for it.
inline std::string describe(const Text &text)
{
    return text.exists() ? std::to_string(text.view().size()) + " bytes" : "no text";
}

} // namespace nuages::source
