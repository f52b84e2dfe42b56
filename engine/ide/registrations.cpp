#include "engine/ide/registrations.h"

#include "engine/analysis/names.h"
#include "engine/python/module.h"
#include "engine/python/strings.h"
#include "engine/source/files.h"

#include <algorithm>
#include <format>
#include <iterator>
#include <ranges>
#include <utility>

namespace nuages::ide {

namespace {

using Kind = project::RegistrationPlace::Kind;

std::optional<Registration> registeredBy(query::Reader &db, project::Project project, const std::string &library,
                                         const project::LibraryModule &module, Kind kind, std::string_view name)
{
    const project::TagLibrary &facts = db.get<project::TagLibraryFacts>(project, module.file);
    Registration found{library, module, {}, {}, {}};
    if (kind == Kind::Tag) {
        const project::TagFact *tag = facts.tag(name);
        if (!tag)
            return std::nullopt;
        found.function = tag->function;
        found.functionModule = tag->module;
    } else {
        const project::FilterFact *filter = facts.filter(name);
        if (!filter)
            return std::nullopt;
        found.function = filter->function;
        found.functionModule = filter->module;
    }
    const auto &places = db.get<project::TagLibraryPlaces>(project, module.file);
    const auto place = std::ranges::find_if(
        places, [&](const project::RegistrationPlace &at) { return at.kind == kind && at.name == name; });
    if (place != places.end())
        found.place = *place;
    return found;
}

/// Without the blanks that all lines but the first begin with, and without empty lines around.
std::string unindented(const std::string &text)
{
    std::vector<std::string_view> lines;
    for (const auto part : std::views::split(text, '\n'))
        lines.emplace_back(part.begin(), part.end());
    std::size_t indentation = std::string::npos;
    for (const std::string_view line : lines | std::views::drop(1))
        indentation = std::min(indentation, line.find_first_not_of(' '));
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view line = lines[i];
        line.remove_prefix(i == 0 ? std::min(line.find_first_not_of(' '), line.size())
                                  : std::min(indentation, line.size()));
        result.append(line).append("\n");
    }
    const std::size_t first = result.find_first_not_of('\n');
    if (first == result.npos)
        return {};
    return result.substr(first, result.find_last_not_of(" \n") - first + 1);
}

/// The function or class that begins on the line: on each level only the last node that begins before it can hold it.
python::Node functionAt(python::Node node, std::uint32_t line)
{
    while (node) {
        python::Node holder;
        for (const python::Node child : node.children()) {
            if (child.line() > line)
                break;
            holder = child;
            const bool isNamed = child.is(python::Kind::FunctionDefinition) || child.is(python::Kind::ClassDefinition);
            if (isNamed && child.line() == line)
                return child;
        }
        node = holder;
    }
    return {};
}

/// Whether the load acts at `position` and does not leave `name` out.
bool brings(const View &view, const templates::Load &load, std::string_view name, std::uint32_t position)
{
    return view.syntax().tokens()[load.token].range.end <= position
        && (load.only.empty() || std::ranges::contains(load.only, name));
}

} // namespace

std::vector<Registration> registrationsIn(query::Reader &db, project::Project project, const std::string &library,
                                          Kind kind, std::string_view name)
{
    const std::vector<project::LibraryModule> &modules = library.empty()
        ? db.get<analysis::BuiltinLibraries>(project).modules
        : db.get<analysis::LoadableLibrary>(project, library).modules;
    std::vector<Registration> found;
    for (const project::LibraryModule &module : modules | std::views::reverse) {
        if (auto registration = registeredBy(db, project, library, module, kind, name))
            found.push_back(std::move(*registration));
    }
    return found;
}

std::vector<Registration> registrationsElsewhere(query::Reader &db, project::Project project, Kind kind,
                                                 std::string_view name)
{
    std::vector<std::string> libraries;
    if (kind == Kind::Tag) {
        for (const analysis::TagProvider &provider : db.get<analysis::TagProviders>(project, std::string(name)))
            libraries.push_back(provider.library);
    } else {
        libraries = db.get<analysis::FilterProviders>(project, std::string(name));
    }
    libraries.erase(std::ranges::unique(libraries).begin(), libraries.end());
    std::vector<Registration> found;
    for (const std::string &library : libraries)
        std::ranges::move(registrationsIn(db, project, library, kind, name), std::back_inserter(found));
    return found;
}

std::vector<Registration> registrationsOf(const View &view, Kind kind, std::string_view name, std::uint32_t position)
{
    std::vector<Registration> found;
    for (const templates::Load &load : view.facts().loads | std::views::reverse) {
        if (!brings(view, load, name, position))
            continue;
        for (const std::string &library : load.libraries | std::views::reverse)
            std::ranges::move(registrationsIn(view.db(), view.project(), library, kind, name),
                              std::back_inserter(found));
    }
    std::ranges::move(registrationsIn(view.db(), view.project(), {}, kind, name), std::back_inserter(found));
    return found;
}

std::string describe(const Registration &registration)
{
    std::string function = registration.function;
    if (!registration.functionModule.empty() && !function.empty())
        function = registration.functionModule + "." + function;
    const std::string library =
        registration.library.empty() ? "built in" : std::format("library {}", registration.library);
    return std::format("{}, {}", function.empty() ? registration.module.module : function, library);
}

std::map<std::string_view, NameInForce> namesInForce(const View &view, Kind kind, std::uint32_t position)
{
    query::Reader &db = view.db();
    std::map<std::string_view, NameInForce> names;
    const auto addAll = [&](const std::vector<project::LibraryModule> &modules, std::string_view library,
                            const templates::Load *load) {
        for (const project::LibraryModule &module : modules) {
            const project::TagLibrary &facts = db.get<project::TagLibraryFacts>(view.project(), module.file);
            const auto add = [&](std::string_view name, const project::TagFact *tag,
                                 const project::FilterFact *filter) {
                if (!load || load->only.empty() || std::ranges::contains(load->only, name))
                    names.insert_or_assign(name, NameInForce{library, tag, filter});
            };
            if (kind == Kind::Tag) {
                for (const project::TagFact &tag : facts.tags)
                    add(tag.name, &tag, nullptr);
            } else {
                for (const project::FilterFact &filter : facts.filters)
                    add(filter.name, nullptr, &filter);
            }
        }
    };
    addAll(db.get<analysis::BuiltinLibraries>(view.project()).modules, {}, nullptr);
    for (const templates::Load &load : view.facts().loads) {
        if (view.syntax().tokens()[load.token].range.end > position)
            continue;
        for (const std::string &library : load.libraries)
            addAll(db.get<analysis::LoadableLibrary>(view.project(), library).modules, library, &load);
    }
    return names;
}

std::string docstringAt(query::Reader &db, const std::string &path, std::uint32_t line)
{
    const python::SyntaxTree &tree = db.get<python::PythonModule>(source::fileAt(db, path));
    const python::Node function = functionAt(tree.root(), line);
    const std::vector<python::Node> body = function.child(python::Field::Body).children();
    if (body.empty() || !body.front().is(python::Kind::ExpressionStatement))
        return {};
    const std::vector<python::Node> expression = body.front().children();
    const auto text = expression.empty() ? std::nullopt : python::stringValue(expression.front());
    return text ? unindented(*text) : std::string();
}

} // namespace nuages::ide
