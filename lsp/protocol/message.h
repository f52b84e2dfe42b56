#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace nuages::protocol {

/// Names a request until its reply. `2` and `"2"` are two ids, and a reply repeats the id as it came.
using RequestId = std::variant<std::int64_t, std::string>;

/// The id in a JSON value; nullopt if it is neither an integer nor a string.
std::optional<RequestId> toRequestId(const boost::json::value &value);

/// The codes of JSON-RPC and LSP that this server sends. An edit by the client is never a reason for ContentModified.
enum class ErrorCode : int {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    ServerNotInitialized = -32002,
    RequestCancelled = -32800,
    ContentModified = -32801,
    ServerCancelled = -32802,
    RequestFailed = -32803,
};

struct Request {
    RequestId id;
    std::string method;
    boost::json::value params; ///< Null if the message had none.
};

struct Notification {
    std::string method;
    boost::json::value params; ///< Null if the message had none.
};

struct Response {
    std::optional<RequestId> id; ///< Null in an error about a message whose id the client could not read.
    std::variant<boost::json::value, std::string> outcome; ///< The result, or the message of the error.
};

using Message = std::variant<Request, Notification, Response>;

/// Why a body is no message, as the error to reply with.
struct MessageFault {
    ErrorCode code = ErrorCode::ParseError;
    std::string text; ///< One sentence for the client's log.
    std::optional<RequestId> id; ///< Of the message, if it had a usable one; the reply has a null id otherwise.
};

/// Reads one body.
///
/// A ParseError means that the bytes are no JSON text in UTF-8, or one nested deeper than 64 levels: their length was
/// probably wrong. InvalidRequest means JSON that is no message; a batch is none, as LSP has no batches. A lone
/// surrogate escaped by a JavaScript client becomes U+FFFD, which is as long in UTF-16, so that columns stay right.
///
/// Source: JSON-RPC 2.0, sections 4 and 5; LSP 3.17, "Base Protocol".
[[nodiscard]] std::expected<Message, MessageFault> decode(std::string_view body);

std::string encodeResult(const RequestId &id, const boost::json::value &result);
std::string encodeError(const std::optional<RequestId> &id, ErrorCode code, std::string_view text,
                        const boost::json::value &data = nullptr);
std::string encodeNotification(std::string_view method, const boost::json::value &params);
std::string encodeRequest(const RequestId &id, std::string_view method, const boost::json::value &params);

} // namespace nuages::protocol
