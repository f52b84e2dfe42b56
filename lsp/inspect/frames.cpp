#include "lsp/inspect/frames.h"

#include <utility>

namespace nuages::inspect {

namespace {

constexpr std::size_t lengthBytes = 4;
constexpr std::size_t numberBytes = 8;
constexpr unsigned bitsOfByte = 8;

void putNumber(std::string &to, std::uint64_t number, std::size_t bytes)
{
    for (std::size_t at = 0; at < bytes; ++at)
        to.push_back(static_cast<char>(number >> (bitsOfByte * at)));
}

std::uint64_t numberAt(std::string_view bytes, std::size_t count)
{
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < count; ++at)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[at])} << (bitsOfByte * at);
    return number;
}

void putText(std::string &to, std::string_view text)
{
    putNumber(to, text.size(), numberBytes);
    to += text;
}

/// Takes fields off the front; after the first that is not there, it gives nothing but zeros.
class Fields
{
public:
    explicit Fields(std::string_view bytes) : m_rest(bytes) { }

    std::uint64_t number()
    {
        if (m_rest.size() < numberBytes)
            m_isGood = false;
        if (!m_isGood)
            return 0;
        const std::uint64_t number = numberAt(m_rest, numberBytes);
        m_rest.remove_prefix(numberBytes);
        return number;
    }

    std::string text()
    {
        const std::uint64_t size = number();
        m_isGood = m_isGood && size <= m_rest.size();
        if (!m_isGood)
            return {};
        const std::string text(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return text;
    }

    bool isWhole() const { return m_isGood && m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_isGood = true;
};

} // namespace

std::string frame(Kind kind, std::string_view payload)
{
    std::string bytes;
    bytes.reserve(lengthBytes + 1 + payload.size());
    putNumber(bytes, payload.size() + 1, lengthBytes);
    bytes.push_back(static_cast<char>(kind));
    bytes += payload;
    return bytes;
}

std::string frameOf(const Greeting &greeting)
{
    std::string payload;
    putNumber(payload, greeting.protocol, numberBytes);
    putNumber(payload, greeting.wire, numberBytes);
    putNumber(payload, greeting.process, numberBytes);
    putNumber(payload, static_cast<std::uint64_t>(greeting.since), numberBytes);
    putText(payload, greeting.version);
    putText(payload, greeting.workspace);
    return frame(Kind::Greeting, payload);
}

std::string frameOf(const Overheard &message)
{
    std::string payload;
    payload.reserve(3 * numberBytes + message.body.size());
    putNumber(payload, message.isFromServer ? 1 : 0, numberBytes);
    putNumber(payload, static_cast<std::uint64_t>(message.at), numberBytes);
    putText(payload, message.body);
    return frame(Kind::Message, payload);
}

std::string lostFrame(std::uint64_t count)
{
    std::string payload;
    putNumber(payload, count, numberBytes);
    return frame(Kind::Lost, payload);
}

std::optional<Greeting> greetingIn(std::string_view payload)
{
    Fields fields(payload);
    Greeting greeting;
    greeting.protocol = static_cast<std::uint32_t>(fields.number());
    greeting.wire = static_cast<std::uint32_t>(fields.number());
    greeting.process = fields.number();
    greeting.since = static_cast<trace::Instant>(fields.number());
    greeting.version = fields.text();
    greeting.workspace = fields.text();
    return fields.isWhole() ? std::optional(std::move(greeting)) : std::nullopt;
}

std::optional<Overheard> overheardIn(std::string_view payload)
{
    Fields fields(payload);
    Overheard message;
    message.isFromServer = fields.number() != 0;
    message.at = static_cast<trace::Instant>(fields.number());
    message.body = fields.text();
    return fields.isWhole() ? std::optional(std::move(message)) : std::nullopt;
}

std::optional<std::uint64_t> lostIn(std::string_view payload)
{
    Fields fields(payload);
    const std::uint64_t count = fields.number();
    return fields.isWhole() ? std::optional(count) : std::nullopt;
}

std::expected<std::optional<Frame>, std::string> FrameReader::take()
{
    const std::string_view rest = std::string_view(m_bytes).substr(m_taken);
    const std::uint64_t length = rest.size() < lengthBytes ? 0 : numberAt(rest, lengthBytes);
    if (rest.size() >= lengthBytes && (length == 0 || length > maxFrameBytes))
        return std::unexpected(std::string("what came is not the stream of a server"));
    if (rest.size() < lengthBytes || rest.size() - lengthBytes < length) {
        m_bytes.erase(0, std::exchange(m_taken, 0));
        return std::nullopt;
    }
    m_taken += lengthBytes + length;
    return Frame{static_cast<Kind>(rest[lengthBytes]), std::string(rest.substr(lengthBytes + 1, length - 1))};
}

} // namespace nuages::inspect
