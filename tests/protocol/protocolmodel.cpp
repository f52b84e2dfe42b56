#include "tests/protocol/protocolmodel.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>

namespace json = boost::json;

namespace nuages::tests {

struct ProtocolModel::Faults {
    std::vector<std::string> texts;

    void add(const std::string &at, const std::string &text) { texts.push_back(at + ": " + text); }
};

namespace {

std::string_view kindOf(const json::value &type) { return type.at("kind").as_string(); }
std::string_view nameOf(const json::value &type) { return type.at("name").as_string(); }

bool isInteger(const json::value &value, std::int64_t least)
{
    return value.is_int64() && value.get_int64() >= least
        && value.get_int64() <= std::numeric_limits<std::int32_t>::max();
}

bool isBase(std::string_view name, const json::value &value)
{
    if (name == "string")
        return value.is_string();
    if (name == "URI" || name == "DocumentUri")
        return value.is_string() && value.get_string().find(':') != json::string::npos;
    if (name == "integer")
        return isInteger(value, std::numeric_limits<std::int32_t>::min());
    if (name == "uinteger")
        return isInteger(value, 0);
    if (name == "decimal")
        return value.is_number();
    if (name == "boolean")
        return value.is_bool();
    if (name == "null")
        return value.is_null();
    std::fprintf(stderr, "the model has a base type that this oracle does not know: %.*s\n", int(name.size()),
                 name.data());
    std::abort();
}

std::string shortened(const json::value &value)
{
    std::string text = json::serialize(value);
    if (text.size() > 80)
        text.replace(77, text.npos, "...");
    return text;
}

} // namespace

ProtocolModel::ProtocolModel()
{
    std::ifstream file(NUAGES_FIXTURES "/lsp-model.json", std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    boost::system::error_code error;
    m_model = json::parse(text, error);
    if (error) {
        std::fprintf(stderr, "cannot read " NUAGES_FIXTURES "/lsp-model.json: %s\n", error.message().c_str());
        std::abort();
    }
    const auto index = [&](const char *list, const char *key, auto &into) {
        for (const json::value &item : m_model.at(list).as_array())
            into[std::string(item.at(key).as_string())] = &item.as_object();
    };
    index("structures", "name", m_structures);
    index("enumerations", "name", m_enumerations);
    index("typeAliases", "name", m_aliases);
    index("requests", "method", m_methods);
    index("notifications", "method", m_methods);
}

std::vector<std::string> ProtocolModel::faults(std::string_view type, const json::value &value) const
{
    Faults faults;
    checkReference(type, value, "", faults);
    return std::move(faults.texts);
}

std::vector<std::string> ProtocolModel::messageFaults(Sender sender, const json::value &message,
                                                      std::string_view requestMethod) const
{
    Faults faults;
    const json::object *object = message.if_object();
    if (!object)
        return {"the message is no object"};
    if (const json::value *version = object->if_contains("jsonrpc"); !version || *version != "2.0")
        faults.add("/jsonrpc", "must be 2.0");

    const json::value *method = object->if_contains("method");
    if (!method) {
        const json::value *result = object->if_contains("result");
        const json::value *error = object->if_contains("error");
        if (!object->contains("id") || (result != nullptr) == (error != nullptr))
            faults.add("", "a response has an id and either a result or an error");
        if (error
            && (!error->is_object() || !isBase("integer", error->at("code")) || !error->at("message").is_string()))
            faults.add("/error", "must have a code and a message");
        const auto found = m_methods.find(requestMethod);
        if (result && found != m_methods.end())
            check(found->second->at("result"), *result, "/result", faults);
        return std::move(faults.texts);
    }

    const auto found = method->is_string() ? m_methods.find(std::string_view(method->get_string())) : m_methods.end();
    if (found == m_methods.end())
        return {"/method: the protocol has no " + shortened(*method)};
    const json::object &entry = *found->second;
    const std::string_view direction = entry.at("messageDirection").as_string();
    if (direction != "both" && (direction == "clientToServer") != (sender == Sender::Client))
        faults.add("/method", "goes the other way");
    if (entry.contains("result") != object->contains("id"))
        faults.add("/id", "a request has one, a notification has none");
    const json::value *params = object->if_contains("params");
    if (const json::value *type = entry.if_contains("params")) {
        if (params)
            check(*type, *params, "/params", faults);
        else
            faults.add("/params", "is missing");
    } else if (params && !params->is_null()) {
        faults.add("/params", "must be absent");
    }
    return std::move(faults.texts);
}

std::map<std::string, ProtocolModel::Member> ProtocolModel::members(std::string_view structure) const
{
    std::map<std::string, Member> all;
    if (const auto found = m_structures.find(structure); found != m_structures.end())
        collect(*found->second, all);
    return all;
}

void ProtocolModel::collect(const json::object &structure, std::map<std::string, Member> &into) const
{
    for (const char *bases : {"extends", "mixins"}) {
        if (const json::value *list = structure.if_contains(bases)) {
            for (const json::value &base : list->as_array())
                collect(*m_structures.at(std::string(nameOf(base))), into);
        }
    }
    for (const json::value &property : structure.at("properties").as_array()) {
        const json::value *optional = property.as_object().if_contains("optional");
        into[std::string(nameOf(property))] = {&property.at("type"), optional && optional->as_bool()};
    }
}

void ProtocolModel::check(const json::value &type, const json::value &value, const std::string &at,
                          Faults &faults) const
{
    const std::string_view kind = kindOf(type);
    if (kind == "base") {
        if (!isBase(nameOf(type), value))
            faults.add(at, "is no " + std::string(nameOf(type)) + ": " + shortened(value));
    } else if (kind == "reference") {
        checkReference(nameOf(type), value, at, faults);
    } else if (kind == "array") {
        if (!value.is_array())
            return faults.add(at, "must be an array");
        for (std::size_t i = 0; i < value.get_array().size(); ++i)
            check(type.at("element"), value.get_array()[i], at + "/" + std::to_string(i), faults);
    } else if (kind == "tuple") {
        const json::array &items = type.at("items").as_array();
        if (!value.is_array() || value.get_array().size() != items.size())
            return faults.add(at, "must be an array of " + std::to_string(items.size()));
        for (std::size_t i = 0; i < items.size(); ++i)
            check(items[i], value.get_array()[i], at + "/" + std::to_string(i), faults);
    } else if (kind == "map") {
        if (!value.is_object())
            return faults.add(at, "must be an object");
        for (const auto &[key, item] : value.get_object()) {
            check(type.at("key"), json::value(key), at + "/" + std::string(key), faults);
            check(type.at("value"), item, at + "/" + std::string(key), faults);
        }
    } else if (kind == "or") {
        Faults closest;
        for (const json::value &alternative : type.at("items").as_array()) {
            Faults here;
            check(alternative, value, at, here);
            if (here.texts.empty())
                return;
            if (closest.texts.empty() || here.texts.front().size() > closest.texts.front().size())
                closest = std::move(here); // the longer the pointer, the more of the value it did fit
        }
        faults.add(at, "fits no alternative; the closest says " + closest.texts.front());
    } else if (kind == "and") {
        std::map<std::string, Member> all;
        for (const json::value &part : type.at("items").as_array())
            all.merge(members(nameOf(part)));
        checkMembers(all, value, at, faults);
    } else if (kind == "literal") {
        json::object structure = type.at("value").as_object();
        std::map<std::string, Member> all;
        collect(structure, all);
        checkMembers(all, value, at, faults);
    } else if (kind == "stringLiteral") {
        if (value != type.at("value"))
            faults.add(at, "must be " + json::serialize(type.at("value")));
    } else {
        std::fprintf(stderr, "the model has a kind of type that this oracle does not know: %s\n",
                     std::string(kind).c_str());
        std::abort();
    }
}

void ProtocolModel::checkReference(std::string_view name, const json::value &value, const std::string &at,
                                   Faults &faults) const
{
    if (name == "LSPAny" || name == "LSPObject" || name == "LSPArray")
        return;
    if (const auto alias = m_aliases.find(name); alias != m_aliases.end())
        return check(alias->second->at("type"), value, at, faults);
    if (const auto enumeration = m_enumerations.find(name); enumeration != m_enumerations.end()) {
        const json::object &entry = *enumeration->second;
        check(entry.at("type"), value, at, faults);
        const json::value *custom = entry.if_contains("supportsCustomValues");
        if (!(custom && custom->as_bool())
            && std::ranges::none_of(entry.at("values").as_array(),
                                    [&](const json::value &known) { return known.at("value") == value; }))
            faults.add(at, shortened(value) + " is no " + std::string(name));
        return;
    }
    if (!m_structures.contains(name))
        return faults.add(at, "the protocol has no type " + std::string(name));
    checkMembers(members(name), value, at, faults);
}

void ProtocolModel::checkMembers(const std::map<std::string, Member> &members, const json::value &value,
                                 const std::string &at, Faults &faults) const
{
    const json::object *object = value.if_object();
    if (!object)
        return faults.add(at, "must be an object");
    for (const auto &[name, member] : members) {
        if (const json::value *found = object->if_contains(name))
            check(*member.type, *found, at + "/" + name, faults);
        else if (!member.isOptional)
            faults.add(at + "/" + name, "is missing");
    }
    for (const auto &[name, item] : *object) {
        if (!members.contains(std::string(name)))
            faults.add(at + "/" + std::string(name), "is no member in the protocol");
    }
}

} // namespace nuages::tests
