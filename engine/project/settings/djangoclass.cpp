#include "engine/project/settings/djangoclass.h"

#include "engine/python/evaluation.h"

namespace nuages::project {

namespace {

using python::Value;

class ClassReader
{
public:
    explicit ClassReader(python::Surroundings &surroundings) : m_surroundings(surroundings) { }

    bool read(std::string_view dotted, int depth)
    {
        constexpr int deepest = 4; // packages that pass a class on
        const std::size_t dot = dotted.rfind('.');
        if (dot == dotted.npos || depth > deepest)
            return false;
        const std::string module(dotted.substr(0, dot));
        const auto location = m_surroundings.find({}, module);
        if (!location || !location->isReadable())
            return false;
        const python::Evaluation evaluation(m_surroundings, module, *location);
        const python::Entry *entry = evaluation.names().find(dotted.substr(dot + 1));
        return entry && add(evaluation.heap(), entry->value, depth);
    }

    DjangoClass take() { return std::move(m_found); }

private:
    bool add(const python::Heap &heap, const Value &value, int depth)
    {
        constexpr int deepest = 10;
        if (const std::string *symbol = value.asSymbol()) {
            m_found.bases.push_back(*symbol);
            return true;
        }
        if (const auto *imported = std::get_if<Value::Imported>(&value.data)) {
            const auto *module =
                heap.has(imported->module) ? std::get_if<python::Module>(&heap.at(imported->module)) : nullptr;
            return module && read(module->dotted + '.' + *imported->name, depth + 1);
        }
        const auto *cls = heap.as<python::Class>(value);
        if (!cls || depth > deepest)
            return false;
        const auto &names = std::get<python::Dictionary>(heap.at(cls->scope));
        if (!names.open.empty())
            return false;
        for (const python::Entry &entry : names.entries) {
            const std::string *name = entry.key.asText();
            if (!name)
                continue;
            if (*name == "app_dirname" && m_found.appFolder.empty() && entry.value.asText())
                m_found.appFolder = *entry.value.asText();
            else
                m_found.names.push_back(*name);
        }
        bool isReadable = true;
        for (const Value &base : cls->bases)
            isReadable &= add(heap, base, depth + 1);
        return isReadable;
    }

    python::Surroundings &m_surroundings;
    DjangoClass m_found;
};

} // namespace

std::optional<DjangoClass> readClass(python::Surroundings &surroundings, std::string_view dotted)
{
    ClassReader reader(surroundings);
    return reader.read(dotted, 0) ? std::optional(reader.take()) : std::nullopt;
}

} // namespace nuages::project
