#include "engine/rules/page.h"

#include <algorithm>

namespace nuages::rules {

const Page *pageOf(std::string_view rule)
{
    const auto page = std::ranges::find(allPages(), rule, &Page::rule);
    return page == allPages().end() ? nullptr : &*page;
}

std::string_view summaryOf(const Page &page)
{
    const std::size_t begin = page.text.find("\n\n");
    if (begin == std::string_view::npos)
        return {};
    const std::string_view rest = page.text.substr(begin + 2);
    return rest.substr(0, rest.find('\n'));
}

} // namespace nuages::rules
