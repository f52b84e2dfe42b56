#include "engine/project/django.h"

#include "engine/project/searchpath.h"
#include "engine/python/findmodule.h"
#include "engine/python/module.h"
#include "engine/python/strings.h"
#include "engine/source/files.h"

#include <charconv>
#include <utility>

namespace nuages::project {

namespace {

using python::Field;
using python::Kind;
using python::Node;

/// "4.2.23" of `VERSION = (4, 2, 23, "final", 0)`; pre-releases keep their stage: "5.2.0a1".
std::string versionIn(Node module)
{
    for (const Node statement : module.children()) {
        for (const Node assignment : statement.children()) {
            if (!assignment.is(Kind::Assignment) || assignment.child(Field::Left).text() != "VERSION")
                continue;
            const auto parts = assignment.child(Field::Right).children();
            if (parts.size() != 5)
                return {};
            std::string version(parts[0].text());
            version.append(".").append(parts[1].text()).append(".").append(parts[2].text());
            const std::string stage = python::stringValue(parts[3]).value_or("");
            if (stage == "alpha" || stage == "beta" || stage == "rc")
                version.append(stage == "rc" ? "rc" : stage.substr(0, 1)).append(parts[4].text());
            return version;
        }
    }
    return {};
}

/// Takes a number off the front of `text`, and the point before it if `isNext`.
std::optional<int> takeNumber(std::string_view &text, bool isNext)
{
    if (isNext && !text.starts_with('.'))
        return std::nullopt;
    text.remove_prefix(isNext ? 1 : 0);
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc())
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

} // namespace

std::optional<bool> Django::isAtLeast(int major, int minor) const
{
    std::string_view rest = version;
    const std::optional<int> first = takeNumber(rest, false);
    const std::optional<int> second = first ? takeNumber(rest, true) : std::nullopt;
    if (!second)
        return std::nullopt;
    return std::pair(*first, *second) >= std::pair(major, minor);
}

std::optional<Django> FindDjango::run(query::Reader &db, Project project)
{
    const auto location = python::findModule(db, db.get<SearchPath>(project), "django");
    if (!location || location->form != python::ModuleLocation::Form::Package || !location->isReadable())
        return std::nullopt;
    const source::File file = source::fileAt(db, location->file);
    return Django{location->folders.front(), versionIn(db.get<python::PythonModule>(file).root())};
}

} // namespace nuages::project
