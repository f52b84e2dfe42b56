#include "engine/project/libraries/taglibrary.h"

#include "engine/project/libraries/modules.h"
#include "engine/project/libraries/reading/interpreter.h"
#include "engine/project/libraries/reading/shape.h"
#include "engine/source/files.h"
#include "engine/template/djangotags.h"

#include <algorithm>
#include <iterator>

namespace nuages::project {

namespace {

using reading::Interpreter;
using reading::Value;

/// Where a registered function or class is defined.
struct Definition {
    std::string name;
    std::string module;
    std::string path;
    std::uint32_t line = 0;
};

constexpr int wrapLimit = 8;

Definition definitionOf(const Value &value, int depth = 0)
{
    if (depth > wrapLimit)
        return {};
    if (const reading::Function *function = value.object<reading::Function>()) {
        if (function->wrapped)
            return definitionOf(function->wrapped, depth + 1);
        if (!function->scope)
            return {};
        const reading::ModuleScope &module = *function->scope->module;
        return {function->name, module.name, module.path, function->definition.line()};
    }
    if (const reading::Class *type = value.object<reading::Class>()) {
        const reading::ModuleScope &module = *type->body.module;
        return {type->name, module.name, module.path, type->definition.line()};
    }
    if (const reading::Compiler *compiler = value.object<reading::Compiler>())
        return definitionOf(compiler->function, depth + 1);
    if (const reading::Partial *partial = value.object<reading::Partial>())
        return definitionOf(partial->function, depth + 1);
    if (const reading::Instance *instance = value.object<reading::Instance>())
        return definitionOf(instance->type, depth + 1);
    if (const reading::BoundMethod *method = value.object<reading::BoundMethod>())
        return definitionOf(method->function, depth + 1);
    if (const auto *registration = value.as<const reading::Registration *>())
        return definitionOf((*registration)->value, depth + 1);
    return {};
}

templates::TagShape shapeOf(Interpreter &interpreter, const std::string &name,
                            const reading::Registration &registration, const std::string &module,
                            const Definition &definition, bool &changesTags)
{
    // Of Django's own tags the exact shape is known, wherever else they are registered under their names.
    for (const std::string &home : {module, definition.module}) {
        if (home.starts_with("django.")) {
            if (const templates::TagShape *known = templates::djangoTag(home, name))
                return *known;
        }
    }
    reading::ShapeReading read = reading::readShape(interpreter, name, registration.value);
    changesTags = changesTags || read.changesTags;
    return std::move(read.shape);
}

template <class Fact>
const Fact *findByName(const std::vector<Fact> &facts, std::string_view name)
{
    const auto found = std::ranges::lower_bound(facts, name, {}, &Fact::name);
    return found != facts.end() && found->name == name ? &*found : nullptr;
}

} // namespace

const TagFact *TagLibrary::tag(std::string_view name) const { return findByName(tags, name); }

const FilterFact *TagLibrary::filter(std::string_view name) const { return findByName(filters, name); }

TagLibraryReading ReadTagLibrary::run(query::Reader &db, Project project, source::File file)
{
    TagLibraryReading result;
    TagLibrary &facts = result.library;
    const std::string &path = db.read<&source::FileData::path>(file);
    if (db.read<&source::FileData::status>(file) != source::Status::Regular) {
        facts.open.push_back({path, 1, "the module cannot be read"});
        return result;
    }
    Interpreter interpreter(db, project);
    reading::ModuleScope &module = interpreter.execute(file);
    const Value exported = interpreter.lookUp(module, "register");
    reading::LibraryObject *library = exported.object<reading::LibraryObject>();
    facts.exportsRegister =
        library || module.bindings.contains("register") || (!module.wildcards.empty() && exported.isUnknown());
    if (!library) {
        const auto binding = module.bindings.find("register");
        const std::uint32_t line = binding == module.bindings.end() ? 1 : binding->second.back().line();
        if (!interpreter.brokenModules().empty())
            facts.open = interpreter.brokenModules();
        else if (facts.exportsRegister)
            facts.open.push_back({path, line, "what `register` is cannot be read"});
        return result;
    }
    // Parts of a library that add to it when Django imports them, as it does with every templatetags module.
    for (const source::File part : db.get<LibraryParts>(project, file))
        interpreter.execute(part);
    facts.open = library->open;
    std::ranges::copy(interpreter.brokenModules(), std::back_inserter(facts.open));
    for (const auto &[name, registration] : library->tags) {
        const Definition definition = definitionOf(registration.value);
        bool changesTags = false;
        facts.tags.push_back({name, definition.name, definition.module,
                              shapeOf(interpreter, name, registration, module.name, definition, changesTags)});
        if (changesTags)
            facts.open.push_back({registration.path, registration.line, "the tag " + name + " loads further tags"});
        const bool known = !definition.path.empty();
        result.places.push_back({RegistrationPlace::Kind::Tag, name, known ? definition.path : registration.path,
                                 known ? definition.line : registration.line});
    }
    for (const auto &[name, registration] : library->filters) {
        const Definition definition = definitionOf(registration.value);
        facts.filters.push_back({name, definition.name, definition.module});
        const bool known = !definition.path.empty();
        result.places.push_back({RegistrationPlace::Kind::Filter, name, known ? definition.path : registration.path,
                                 known ? definition.line : registration.line});
    }
    if (interpreter.gaveUp())
        facts.open.push_back({path, 1, "the module is too large to be followed"});
    std::ranges::sort(facts.open);
    facts.open.erase(std::ranges::unique(facts.open).begin(), facts.open.end());
    return result;
}

TagLibrary TagLibraryFacts::run(query::Reader &db, Project project, source::File file)
{
    return db.get<ReadTagLibrary>(project, file).library;
}

std::vector<RegistrationPlace> TagLibraryPlaces::run(query::Reader &db, Project project, source::File file)
{
    return db.get<ReadTagLibrary>(project, file).places;
}

} // namespace nuages::project
