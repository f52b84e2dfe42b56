#include "engine/trace/wire.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <map>
#include <type_traits>
#include <utility>

namespace nuages::trace {

namespace {

// Each struct is described once, by a function that gives its fields to a writer or to a reader. They are taken apart
// by structured bindings, so that a new field is a mistake of the compiler's until it is written here.

constexpr Durability lastOf(Durability /*of*/) { return Durability::High; }
constexpr Reason lastOf(Reason /*of*/) { return Reason::DependencyCollected; }
constexpr Outcome lastOf(Outcome /*of*/) { return Outcome::Evicted; }
constexpr RequestRecord::State lastOf(RequestRecord::State /*of*/) { return RequestRecord::State::Cancelled; }
constexpr LookRecord::Result lastOf(LookRecord::Result /*of*/) { return LookRecord::Result::Ended; }
constexpr FileRecord::Status lastOf(FileRecord::Status /*of*/) { return FileRecord::Status::Unreadable; }

static_assert(static_cast<std::size_t>(lastOf(Outcome())) + 1 == outcomeCount);

/// Numbers are written seven bits a byte, the lowest first, with the eighth bit set in all but the last byte.
constexpr int bitsOfByte = 7;
constexpr unsigned moreFollows = 1U << bitsOfByte;

class Writer
{
public:
    template <class T>
    using Of = const T;

    void operator()(const auto &...fields) { (write(fields), ...); }

    /// A number that is mostly a little more than the last one of these.
    void rising(std::uint64_t number)
    {
        write(number - m_before);
        m_before = number;
    }

    void texts(const std::vector<TextRecord> &records)
    {
        std::map<std::string_view, std::uint64_t> places;
        for (const TextRecord &record : records)
            places[*record.text] = 0;
        write(places.size());
        std::uint64_t next = 0;
        for (auto &[text, place] : places) {
            write(text);
            place = next++;
        }
        write(records.size());
        for (const auto &[path, revision, text] : records)
            (*this)(path, revision, places.at(*text));
    }

    std::string take() { return std::move(m_bytes); }

private:
    void write(std::unsigned_integral auto number)
    {
        std::uint64_t rest = number;
        for (; rest >= moreFollows; rest >>= bitsOfByte)
            m_bytes.push_back(static_cast<char>(rest | moreFollows));
        m_bytes.push_back(static_cast<char>(rest));
    }

    /// Small ones are short on either side of zero.
    void write(std::signed_integral auto number)
    {
        const auto wide = static_cast<std::int64_t>(number);
        write((static_cast<std::uint64_t>(wide) << 1U) ^ (wide < 0 ? ~std::uint64_t{0} : 0));
    }

    void write(std::string_view text)
    {
        write(text.size());
        m_bytes += text;
    }

    template <class T>
        requires std::is_enum_v<T>
    void write(T value)
    {
        write(static_cast<std::uint64_t>(value));
    }

    template <class T>
    void write(const std::optional<T> &value)
    {
        write(value.has_value());
        if (value)
            write(*value);
    }

    template <class T>
    void write(const std::vector<T> &list)
    {
        write(list.size());
        for (const T &each : list)
            write(each);
    }

    template <class T, std::size_t N>
    void write(const std::array<T, N> &values)
    {
        for (const T &each : values)
            write(each);
    }

    template <class T>
        requires(std::is_class_v<T> && !std::convertible_to<T, std::string_view>)
    void write(const T &value)
    {
        fields(*this, value);
    }

    std::string m_bytes;
    std::uint64_t m_before = 0;
};

/// After the first thing that is wrong it reads nothing but zeros and empty lists.
class Reader
{
public:
    template <class T>
    using Of = T;

    explicit Reader(std::string_view bytes) : m_rest(bytes) { }

    void operator()(auto &...fields) { (read(fields), ...); }

    void rising(std::uint64_t &number)
    {
        read(number);
        number += m_before;
        m_before = number;
    }

    void texts(std::vector<TextRecord> &records)
    {
        std::vector<std::shared_ptr<const std::string>> shared;
        const std::size_t distinct = readCount();
        for (std::size_t at = 0; at < distinct && isGood(); ++at) {
            std::string text;
            read(text);
            // Each once, in order, so that a million empty ones are not believed.
            if (!shared.empty() && text <= *shared.back())
                fail("its texts are out of order");
            shared.push_back(std::make_shared<const std::string>(std::move(text)));
        }
        const std::size_t count = readCount();
        for (std::size_t at = 0; at < count && isGood(); ++at) {
            TextRecord record;
            std::uint64_t place = 0;
            (*this)(record.path, record.revision, place);
            if (place >= shared.size())
                fail("it names a text that is not in it");
            if (!isGood())
                return;
            record.text = shared[place];
            records.push_back(std::move(record));
        }
    }

    bool isGood() const { return m_fault == nullptr; }
    const char *fault() const { return m_fault; }

    void end()
    {
        if (!m_rest.empty())
            fail("something follows its end");
    }

private:
    void fail(const char *fault)
    {
        if (isGood())
            m_fault = fault;
        m_rest = {};
    }

    std::uint64_t number()
    {
        constexpr int bits = std::numeric_limits<std::uint64_t>::digits;
        std::uint64_t number = 0;
        for (int shift = 0; !m_rest.empty() && shift < bits; shift += bitsOfByte) {
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            const std::uint64_t part = byte & ~moreFollows;
            if (part << shift >> shift != part)
                break;
            number |= part << shift;
            if ((byte & moreFollows) == 0)
                return number;
        }
        fail(m_rest.empty() ? "it ends too early" : "a number in it is too large");
        return 0;
    }

    /// Of things that take a byte at least.
    std::size_t readCount()
    {
        const std::uint64_t count = number();
        if (count <= m_rest.size())
            return count;
        fail("it ends too early");
        return 0;
    }

    template <std::unsigned_integral T>
    void read(T &value)
    {
        const std::uint64_t wide = number();
        if (wide > std::numeric_limits<T>::max())
            fail("a number in it is too large");
        value = isGood() ? static_cast<T>(wide) : T();
    }

    template <std::signed_integral T>
    void read(T &value)
    {
        const std::uint64_t folded = number();
        const auto wide = static_cast<std::int64_t>((folded >> 1U) ^ ((folded & 1U) != 0 ? ~std::uint64_t{0} : 0));
        if (!std::in_range<T>(wide))
            fail("a number in it is too large");
        value = isGood() ? static_cast<T>(wide) : T();
    }

    void read(std::string &text)
    {
        const std::size_t size = readCount();
        text = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
    }

    template <class T>
        requires std::is_enum_v<T>
    void read(T &value)
    {
        const std::uint64_t place = number();
        if (place > static_cast<std::uint64_t>(lastOf(T())))
            fail("a word in it is unknown");
        value = isGood() ? static_cast<T>(place) : T();
    }

    template <class T>
    void read(std::optional<T> &value)
    {
        bool isThere = false;
        read(isThere);
        if (isThere)
            read(value.emplace());
    }

    template <class T>
    void read(std::vector<T> &list)
    {
        // It grows with what is read: a count is a claim.
        const std::size_t count = readCount();
        for (std::size_t at = 0; at < count && isGood(); ++at)
            read(list.emplace_back());
    }

    template <class T, std::size_t N>
    void read(std::array<T, N> &values)
    {
        for (T &each : values)
            read(each);
    }

    template <class T>
        requires std::is_class_v<T>
    void read(T &value)
    {
        fields(*this, value);
    }

    std::string_view m_rest;
    std::uint64_t m_before = 0;
    const char *m_fault = nullptr;
};

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Node> &node)
{
    auto &[id, kind, key, field, file, isInput] = node;
    wire(id, kind, key, field, file, isInput);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Execution> &execution)
{
    auto &[node, revision, outcome, reason, cause, parent, request, durationNs, selfNs, since, sequence, edges,
           isUntracked, at, thread] = execution;
    wire(node, revision, outcome, reason, cause, parent, request, durationNs, selfNs, since);
    wire.rising(sequence);
    wire(edges, isUntracked, at, thread);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Wait> &wait)
{
    auto &[node, waiter, revision, isDone, request, thread, at, ns, sequence] = wait;
    wire(node, waiter, revision, isDone, request, thread, at, ns, sequence);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Commit> &commit)
{
    auto &[revision, label, durability, at, sequence] = commit;
    wire(revision, label, durability, at);
    wire.rising(sequence);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Memo> &memo)
{
    auto &[node, changedAt, verifiedAt, durability, isUntracked, reads, value] = memo;
    wire(node, changedAt, verifiedAt, durability, isUntracked, reads, value);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<RequestRecord> &request)
{
    auto &[id, method, document, state, begun, ended, attempts, at, durationNs, version, isNull] = request;
    wire(id, method, document, state, begun, ended, attempts, at, durationNs, version, isNull);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<FileRecord> &record)
{
    auto &[path, shown, status, version, equalsDisk, changedAt, durability] = record;
    wire(path, shown, status, version, equalsDisk, changedAt, durability);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Mistake> &mistake)
{
    auto &[line, column, endLine, endColumn, severity, rule, message] = mistake;
    wire(line, column, endLine, endColumn, severity, rule, message);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<LookRecord> &look)
{
    auto &[path, revision, result, mistakes] = look;
    wire(path, revision, result, mistakes);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<PastRevision> &past)
{
    auto &[revision, label, durability, at, inputs, counts, ns, memos, lost] = past;
    wire(revision, label, durability, at, inputs, counts, ns, memos, lost);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Counters> &counters)
{
    // What was collected is shown by nobody: a kind has so many memos less.
    [[maybe_unused]] auto &[hits, executed, backdated, memos, validatedShallow, validatedDeep, cancelled, cycles,
                            collected, blocked] = counters;
    wire(hits, executed, backdated, memos, validatedShallow, validatedDeep, cancelled, cycles, blocked);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<KindTotal> &total)
{
    auto &[kind, isInput, memos, counters] = total;
    wire(kind, isInput, memos, counters);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Cost> &cost)
{
    auto &[takingNs, recordingNs, ofNs, lostValidations, lostOthers] = cost;
    wire(takingNs, recordingNs, ofNs, lostValidations, lostOthers);
}

template <class Wire>
void fields(Wire &wire, typename Wire::template Of<Batch> &batch)
{
    auto &[number, takenAt, revision, isPartial, nodes, commits, executions, waits, memos, requests, files, texts,
           looks, past, kinds, cost] = batch;
    wire(number, takenAt, revision, isPartial, nodes, commits, executions, waits, memos, requests, files);
    wire.texts(texts);
    wire(looks, past, kinds, cost);
}

std::unexpected<std::string> unreadable(std::string_view fault)
{
    return std::unexpected("The recorded batch cannot be read: " + std::string(fault) + '.');
}

} // namespace

std::string encode(const Batch &batch)
{
    Writer writer;
    writer(wireVersion);
    fields(writer, batch);
    return writer.take();
}

std::expected<Batch, std::string> decode(std::string_view bytes)
{
    if (bytes.size() > maxWireBytes)
        return unreadable("it is longer than any batch");
    Reader reader(bytes);
    std::uint32_t version = 0;
    reader(version);
    if (reader.isGood() && version != wireVersion) {
        return unreadable("it is of version " + std::to_string(version) + ", and this program reads version "
                          + std::to_string(wireVersion));
    }
    Batch batch;
    fields(reader, batch);
    reader.end();
    if (!reader.isGood())
        return unreadable(reader.fault());
    return batch;
}

std::expected<void, std::string> follows(const Batch &batch, NodeId lastNode)
{
    NodeId last = lastNode;
    for (const Node &node : batch.nodes) {
        if (last == std::numeric_limits<NodeId>::max() || node.id != last + 1)
            return unreadable("its nodes do not follow those before");
        last = node.id;
    }
    const auto isNode = [last](NodeId id) { return id >= 1 && id <= last; };
    const auto isNodeOrNone = [last](NodeId id) { return id <= last; };
    const auto isKnown = [&](const Execution &execution) {
        return isNode(execution.node) && isNodeOrNone(execution.cause) && isNodeOrNone(execution.parent);
    };
    const auto isGood = [&](const Memo &memo) { return isNode(memo.node) && std::ranges::all_of(memo.reads, isNode); };
    const auto isAboutNode = [&](const Wait &wait) { return isNode(wait.node) && isNodeOrNone(wait.waiter); };
    const auto isPast = [&](const PastRevision &past) { return std::ranges::all_of(past.inputs, isNode); };
    if (!std::ranges::all_of(batch.executions, isKnown) || !std::ranges::all_of(batch.waits, isAboutNode)
        || !std::ranges::all_of(batch.memos, isGood) || !std::ranges::all_of(batch.past, isPast))
        return unreadable("it speaks of a node that is not there");
    return {};
}

} // namespace nuages::trace
