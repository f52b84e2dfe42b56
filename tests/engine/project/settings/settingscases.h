#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::tests {

/// A settings text and what it says.
struct SettingsCase {
    std::string_view name;
    std::string_view settings; ///< Of /project/settings.py.
    /// The facts, one a line, as SettingsWorld prints them.
    std::string_view facts;
    /// Further files, by their path in "project/" or "site/" (installed packages).
    std::vector<std::pair<std::string_view, std::string_view>> files = {};

    /// Python gives the same facts: nothing in them depends on a branch or could not be read.
    bool isReadable() const { return facts.find('?') == facts.npos && facts.find("open") == facts.npos; }
};

const std::vector<SettingsCase> &settingsCases();

} // namespace nuages::tests
