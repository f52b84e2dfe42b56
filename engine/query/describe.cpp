#include "engine/query/describe.h"

namespace nuages::query {

namespace {

constexpr std::string_view ellipsis = "…";

/// Cuts `text` to `bytes` bytes at most, between code points, if it is longer.
void cut(std::string &text, std::size_t bytes)
{
    constexpr unsigned char mask = 0xC0;
    constexpr unsigned char continuation = 0x80;
    if (text.size() <= bytes)
        return;
    std::size_t end = bytes - std::min(bytes, ellipsis.size());
    while (end > 0 && (static_cast<unsigned char>(text[end]) & mask) == continuation)
        --end;
    text.resize(end);
    text += ellipsis;
}

} // namespace

std::string quoted(std::string_view text, std::size_t bytes)
{
    constexpr char firstPrintable = ' ';
    std::string form = "\"";
    for (const char each : text) {
        if (form.size() > bytes)
            break;
        if (each == '\n')
            form += "\\n";
        else if (each == '"' || each == '\\')
            form.append(1, '\\').append(1, each);
        else
            form += each >= 0 && each < firstPrintable ? ' ' : each;
    }
    form += '"';
    cut(form, bytes);
    return form;
}

std::string detail::ShortForm::take() &&
{
    cut(m_text, shortFormBytes);
    return std::move(m_text);
}

} // namespace nuages::query
