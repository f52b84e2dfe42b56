#pragma once

#include "tests/oracle/engine/fresh.h"

#include <set>

namespace nuages::oracle {

/// What the engine says that happened, in the words of the scripts.
struct Told {
    enum class What : std::uint8_t {
        New,
        Changed,
        Backdated,
        ValidatedDeep,
        ValidatedShallow,
        Cycle,
        Blocked,
        Cancelled,
        Collected,
        Set,
        Committed,
    };
    static constexpr std::size_t whatCount = static_cast<std::size_t>(What::Committed) + 1;
    enum class Reason : std::uint8_t {
        NeverComputed,
        DependencyChanged,
        UntrackedRead,
        DurabilityDropped,
        DurabilityRaised,
        DependencyCollected,
    };

    What what = What::New;
    Reason reason = Reason::NeverComputed;
    std::uint32_t revision = 0;
    std::uint32_t since = 0;
    Id id;
    std::optional<Id> cause;
    std::optional<Id> parent;
    Level level = Level::Low;
    bool isUntracked = false;
    std::size_t reads = 0;
    bool fellBack = false;
};

/// The inputs, and a plain memory of what each query read when it ran last: says what has to run, why, and what not.
///
/// It is told what was set and what the engine says it has done, and keeps the first thing that cannot be right.
class Model
{
public:
    Model();

    const World &world() const { return m_world; }
    std::uint32_t revision() const { return m_revision; }

    /// What a query is worth now.
    const Answer &right(const Id &query) { return m_fresh.of(query); }

    // A transaction.
    void begin() { m_highest.reset(); }
    void edit(const Line &line);
    void commit();

    /// A reader made the input of a word.
    void birth(int word);

    /// Something was asked for from outside of all queries.
    void asked(const Id &query) { m_asked.insert(query); }

    void take(const Told &told);

    /// An answer has reached a query or a reader.
    void delivered(const Id &query, const Answer &answer);

    /// A ring was named: each has to need the next one.
    void ring(const std::vector<Id> &members);

    /// The queries were named that were running when one failed: each has to need the next one.
    void failed(const std::vector<Id> &running);

    /// What the engine keeps of a query, or of a field, once no reader is open.
    struct Kept {
        std::uint32_t changedAt = 0;
        std::uint32_t goodIn = 0;
        Level level = Level::Low;
        bool isUntracked = false;
        bool fellBack = false;
        std::vector<Id> reads;

        friend bool operator==(const Kept &, const Kept &) = default;
    };
    void kept(const Id &id, const Kept &said);

    void fail(const std::string &what);
    const std::string &failure() const { return m_failure; }

    /// The queries that have run to the end.
    std::vector<Id> memos() const;

    std::uint64_t compared() const { return m_compared; } ///< Values, with those from scratch.

    /// How often the engine said each thing, by Told::What.
    using Counts = std::array<std::uint64_t, Told::whatCount>;
    const Counts &counts() const { return m_counts; }
    std::uint64_t fallen() const { return m_fallen; } ///< How many runs ended with a fallback.

private:
    /// When a field or the value of a memo changed last.
    struct Change {
        std::uint32_t revision = 1;
        std::uint32_t valueRevision = 1; ///< Not counting what changed the durability alone.
        bool isRaise = false; ///< The durability rose when it was the last to change.

        void note(std::uint32_t now, bool keepsValue, bool raises)
        {
            *this = {now, keepsValue ? valueRevision : now, raises};
        }
    };
    struct Field {
        Level level = Level::Low;
        Change change;
    };
    struct Memo {
        bool exists = false;
        Id id;
        Answer answer;
        Level level = Level::High;
        Change change;
        std::uint32_t goodIn = 0;
        std::vector<Id> reads;
        std::vector<std::uint32_t> livesOfReads; ///< Of each of the reads when it was read.
        std::uint32_t life = 0; ///< How often it was collected.
        bool isUntracked = false;
        bool fellBack = false;
    };

    Field &field(const Id &id);
    Memo &memo(const Id &id) { return m_memos[numberOf(id)]; }
    const Change &changeOf(const Id &id) { return id.isQuery() ? memo(id).change : field(id).change; }
    Level levelOf(const Id &id) { return id.isQuery() ? memo(id).level : field(id).level; }
    std::uint32_t lifeOf(const Id &id) { return id.isQuery() ? memo(id).life : 0; }
    bool isGood(const Id &id) { return !id.isQuery() || memo(id).goodIn == m_revision; }

    template <class Value>
    void set(const Id &id, Value &place, const Value &value, std::optional<Level> level);
    void touch(Level level);

    void ran(const Told &told);
    void validated(const Told &told);
    void collected(const Id &id);
    void checkNeeds(const Id &query, const Id &next);
    void checkReason(const Told &told, const Memo &memo);
    Level levelOf(const std::string &name, const Answer &answer, std::uint32_t &latest);
    void checkOrder(const Told &told);
    bool isReachedIn(const std::vector<Id> &reads, const Id &id, std::uint32_t since);

    World m_world;
    Fresh m_fresh{m_world};
    std::vector<Field> m_fields; ///< By number, from `queryCount` on.
    std::vector<Memo> m_memos; ///< By number.
    std::array<bool, wordCount> m_isBorn{};
    std::uint32_t m_revision = 1;
    std::array<std::uint32_t, levelCount> m_written{1, 1, 1}; ///< The last revision that set anything of at least it.
    std::optional<Level> m_highest; ///< Of what the transaction set.
    std::vector<Id> m_set; ///< What it set, until the engine says so too.
    std::size_t m_setTold = 0;
    std::set<Id> m_asked;
    std::string m_failure;
    std::uint64_t m_compared = 0;
    Counts m_counts{};
    std::uint64_t m_fallen = 0;
};

} // namespace nuages::oracle
