#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// The protocol as its own machine-readable model describes it: the oracle for what the server sends.
///
/// Strict where the server must be strict: a member that the model does not have is a fault too.
class ProtocolModel
{
public:
    enum class Sender { Client, Server };

    /// Reads tests/fixtures/lsp-model.json; ends the process with a sentence if that fails.
    ProtocolModel();

    /// What is wrong with a value of the structure or alias `type`: "/range/start: …", one string a fault.
    std::vector<std::string> faults(std::string_view type, const boost::json::value &value) const;

    /// What is wrong with a whole message. A response is held against the result of `requestMethod`.
    std::vector<std::string> messageFaults(Sender sender, const boost::json::value &message,
                                           std::string_view requestMethod = {}) const;

    struct Member {
        const boost::json::value *type = nullptr;
        bool isOptional = false;
    };

    /// All members of a structure, inherited ones included; empty if there is no such structure.
    std::map<std::string, Member> members(std::string_view structure) const;

private:
    struct Faults;
    void check(const boost::json::value &type, const boost::json::value &value, const std::string &at, Faults &) const;
    void checkReference(std::string_view name, const boost::json::value &value, const std::string &at, Faults &) const;
    void checkMembers(const std::map<std::string, Member> &, const boost::json::value &, const std::string &at,
                      Faults &) const;
    void collect(const boost::json::object &structure, std::map<std::string, Member> &) const;

    boost::json::value m_model;
    std::map<std::string, const boost::json::object *, std::less<>> m_structures;
    std::map<std::string, const boost::json::object *, std::less<>> m_enumerations;
    std::map<std::string, const boost::json::object *, std::less<>> m_aliases;
    std::map<std::string, const boost::json::object *, std::less<>> m_methods;
};

} // namespace nuages::tests
