#pragma once

#include "tests/oracle/engine/language.h"

#include <vector>

namespace nuages::oracle {

/// All that the queries can depend on, at one moment.
struct World {
    struct Entry {
        int word = 0;
        int value = 0;
    };
    std::array<int, cellCount> values{};
    std::array<int, cellCount> extras{};
    std::array<Formula, nodeCount> formulas;
    std::vector<Entry> entries; ///< All that were ever added, by number.
    std::vector<int> listed; ///< The numbers of those that are there, in the order in which they were added.
    std::array<int, wordCount> disk{}; ///< What an input is born with, or says since then.
    int outside = 0;

    /// The entry under a word that is there; -1 if there is none.
    int entryOf(int word) const;
};

/// What became of a query that was evaluated from scratch.
struct Answer {
    enum class End : std::uint8_t { Value, Cycle, Failure };
    End end = End::Value;
    int value = 0;
    bool isUntracked = false;
    std::vector<Id> reads = {}; ///< In order of first reading; up to where it ended.
    std::vector<Id> ring = {}; ///< Of a query that fell back, all that waited for each other; else empty.
    std::vector<Id> ownReads = {}; ///< Likewise, what it read until it waited; `reads` begins with the fallback's.
    std::uint32_t epoch = 0; ///< Of the world it was evaluated in.

    bool fellBack() const { return !ring.empty(); }

    friend bool operator==(const Answer &a, const Answer &b)
    {
        return a.end == b.end && (a.end != End::Value || a.value == b.value);
    }
};

/// "2", "a cycle".
std::string textOf(const Answer &answer);

/// Evaluates queries from scratch, by plain recursion: what is right.
class Fresh
{
public:
    explicit Fresh(const World &world) : m_world(world), m_answers(queryCount) { }

    /// The world has changed: nothing that was evaluated holds any more.
    void forget() { ++m_epoch; }

    const Answer &of(const Id &query);

private:
    /// Thrown by whoever waits for a query that waits for it, if all of them have a rule.
    struct Ring {
        std::vector<Id> members;
    };

    int evaluate(const Id &query, Answer &answer);
    void fallBack(const Id &query, Answer &answer, const Ring &ring);
    int node(int number, Answer &answer);
    int term(const Term &term, Answer &answer);
    int ask(Answer &reader, const Id &query);
    int readCell(Answer &reader, Id::Kind field, int cell);

    const World &m_world;
    std::vector<Answer> m_answers; ///< By the number of the query.
    std::vector<Id> m_running; ///< Each waits for the next one.
    std::uint32_t m_epoch = 1;
};

} // namespace nuages::oracle
