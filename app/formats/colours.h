#pragma once

#include "app/formats/report.h"

#include <string>
#include <string_view>

namespace nuages::app {

/// Marks for a terminal around words, or none.
class Paint
{
public:
    explicit Paint(Colours colours) : m_isOn(colours == Colours::On) { }

    std::string strong(std::string_view text) const { return marked("\033[1m", text); }
    std::string faint(std::string_view text) const { return marked("\033[2m", text); }
    std::string severity(rules::Severity severity, std::string_view text) const;

private:
    std::string marked(std::string_view mark, std::string_view text) const;

    bool m_isOn;
};

} // namespace nuages::app
