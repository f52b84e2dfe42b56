#pragma once

#include "lsp/protocol/json.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What the server says to the user, and what it registers for.
namespace nuages::protocol {

enum class MessageType : std::uint8_t { Error = 1, Warning = 2, Info = 3, Log = 4 };

struct LogMessageParams {
    MessageType type;
    std::string message;

    friend bool operator==(const LogMessageParams &, const LogMessageParams &) = default;
};
BOOST_DESCRIBE_STRUCT(LogMessageParams, (), (type, message))

struct ShowMessageParams {
    MessageType type;
    std::string message;

    friend bool operator==(const ShowMessageParams &, const ShowMessageParams &) = default;
};
BOOST_DESCRIBE_STRUCT(ShowMessageParams, (), (type, message))

struct Registration {
    std::string id;
    std::string method;
    std::optional<boost::json::value> registerOptions;

    friend bool operator==(const Registration &, const Registration &) = default;
};
BOOST_DESCRIBE_STRUCT(Registration, (), (id, method, registerOptions))

struct RegistrationParams {
    std::vector<Registration> registrations;

    friend bool operator==(const RegistrationParams &, const RegistrationParams &) = default;
};
BOOST_DESCRIBE_STRUCT(RegistrationParams, (), (registrations))

} // namespace nuages::protocol
