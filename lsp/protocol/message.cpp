#include "lsp/protocol/message.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>

#include <format>
#include <utility>

namespace json = boost::json;

namespace nuages::protocol {

namespace {

constexpr std::size_t maxDepth = 64;

json::value write(const RequestId &id)
{
    return std::visit([](const auto &value) { return json::value(value); }, id);
}

std::unexpected<MessageFault> invalid(std::string_view text, std::optional<RequestId> id = {})
{
    return std::unexpected(MessageFault{ErrorCode::InvalidRequest, std::string(text), std::move(id)});
}

/// A message with two members, the last of which may be large and is not copied.
std::string serialized(std::string_view name, const json::value &value, std::string_view lastName,
                       const json::value &last)
{
    return std::format(R"({{"{}":{},"{}":{},"jsonrpc":"2.0"}})", name, json::serialize(value), lastName,
                       json::serialize(last));
}

} // namespace

std::optional<RequestId> toRequestId(const json::value &value)
{
    if (const auto *number = value.if_int64())
        return RequestId(*number);
    if (const auto *text = value.if_string())
        return RequestId(std::string(*text));
    return std::nullopt;
}

std::expected<Message, MessageFault> decode(std::string_view body)
{
    json::parse_options options;
    options.max_depth = maxDepth;
    options.allow_invalid_utf16 = true;
    boost::system::error_code error;
    json::value value = json::parse(body, error, {}, options);
    if (error)
        return std::unexpected(MessageFault{
            ErrorCode::ParseError, std::format("The body is not JSON in UTF-8: {}.", error.message()), {}});

    json::object *object = value.if_object();
    if (!object)
        return invalid(value.is_array() ? "A batch of messages is not part of LSP; send them one by one."
                                        : "A message must be a JSON object.");

    const json::value *idMember = object->if_contains("id");
    std::optional<RequestId> id = idMember ? toRequestId(*idMember) : std::nullopt;
    const json::value *method = object->if_contains("method");
    if (!method) {
        // Responses are never replied to, also if their id means nothing: two sides that do would never end.
        if (json::value *result = object->if_contains("result"); result && idMember)
            return Response{std::move(id), std::move(*result)};
        if (json::value *failure = object->if_contains("error"); failure && idMember) {
            const json::object *details = failure->if_object();
            const json::value *text = details ? details->if_contains("message") : nullptr;
            return Response{std::move(id), text && text->is_string() ? std::string(text->get_string()) : std::string()};
        }
        return invalid("A message must have a method, or the result or error of a request and its id.", std::move(id));
    }
    if (!method->is_string())
        return invalid("The method of a message must be a string.", std::move(id));
    if (idMember && !id)
        return invalid("The id of a request must be an integer or a string.");

    json::value params;
    if (json::value *member = object->if_contains("params"))
        params = std::move(*member);
    if (!params.is_null() && !params.is_structured())
        return invalid("The params of a message must be an object or an array.", std::move(id));
    std::string name(method->get_string());
    if (id)
        return Request{std::move(*id), std::move(name), std::move(params)};
    return Notification{std::move(name), std::move(params)};
}

std::string encodeResult(const RequestId &id, const json::value &result)
{
    return serialized("id", write(id), "result", result);
}

std::string encodeError(const std::optional<RequestId> &id, ErrorCode code, std::string_view text,
                        const json::value &data)
{
    json::object error{{"code", static_cast<int>(code)}, {"message", text}};
    if (!data.is_null())
        error["data"] = data;
    return serialized("id", id ? write(*id) : json::value(), "error", error);
}

std::string encodeNotification(std::string_view method, const json::value &params)
{
    return serialized("method", json::value(method), "params", params);
}

std::string encodeRequest(const RequestId &id, std::string_view method, const json::value &params)
{
    json::object request{{"id", write(id)}, {"method", method}, {"params", params}, {"jsonrpc", "2.0"}};
    return json::serialize(request);
}

} // namespace nuages::protocol
