#include "tests/oracle/engine/fresh.h"

#include <algorithm>

namespace nuages::oracle {

namespace {

void note(Answer &reader, const Id &read)
{
    if (std::ranges::find(reader.reads, read) == reader.reads.end())
        reader.reads.push_back(read);
}

template <class Values>
auto at(const Values &values, int index)
{
    return values[static_cast<std::size_t>(index)];
}

bool hasRule(const Id &query) { return query.kind == Id::Kind::Calm; }

} // namespace

int World::entryOf(int word) const
{
    for (const int number : listed) {
        if (at(entries, number).word == word)
            return number;
    }
    return -1;
}

std::string textOf(const Answer &answer)
{
    if (answer.end == Answer::End::Value)
        return std::to_string(answer.value);
    return answer.end == Answer::End::Cycle ? "a cycle" : "a failure";
}

const Answer &Fresh::of(const Id &query)
{
    Answer &answer = m_answers[numberOf(query)];
    if (answer.epoch == m_epoch) {
        const auto running = std::ranges::find(m_running, query);
        if (running != m_running.end() && std::all_of(running, m_running.end(), hasRule))
            throw Ring{{running, m_running.end()}};
        return answer;
    }
    answer = {};
    answer.epoch = m_epoch;
    answer.end = Answer::End::Cycle; // For whoever asks while it runs: it needs itself, and so does that one.
    m_running.push_back(query);
    try {
        answer.value = evaluate(query, answer);
        answer.end = Answer::End::Value;
    } catch (const Answer::End end) {
        answer.end = end;
    } catch (const Ring &ring) {
        fallBack(query, answer, ring);
        m_running.pop_back();
        if (query != ring.members.front())
            throw;
        return answer;
    }
    m_running.pop_back();
    return answer;
}

void Fresh::fallBack(const Id &query, Answer &answer, const Ring &ring)
{
    Answer fallback;
    const int node = query.keys[0];
    fallback.value = (node + 1 + readCell(fallback, Id::Kind::Extra, node % cellCount)) % domain;
    if (node % 2 == 1)
        fallback.value = (fallback.value + ask(fallback, {Id::Kind::Word, {node % wordCount}})) % domain;
    answer.ownReads = answer.reads;
    answer.reads = fallback.reads;
    for (const Id &read : answer.ownReads)
        note(answer, read);
    answer.value = fallback.value;
    answer.end = Answer::End::Value;
    answer.ring = ring.members;
}

int Fresh::ask(Answer &reader, const Id &query)
{
    note(reader, query);
    const Answer &answer = of(query);
    if (answer.end != Answer::End::Value)
        throw answer.end;
    return answer.value;
}

int Fresh::readCell(Answer &reader, Id::Kind field, int cell)
{
    note(reader, {field, {cell}});
    return at(field == Id::Kind::Value ? m_world.values : m_world.extras, cell);
}

int Fresh::evaluate(const Id &query, Answer &answer)
{
    using Kind = Id::Kind;
    const auto [first, second, third] = query.keys;
    switch (query.kind) {
    case Kind::Node:
    case Kind::Calm:
        return node(first, answer);
    case Kind::Pair: {
        const int a = ask(answer, {Kind::Node, {first}});
        return a == 1 ? 1 : (a * 2 + ask(answer, {Kind::Node, {second}})) % domain;
    }
    case Kind::Word:
        return (first + readCell(answer, Kind::Value, first)) % domain;
    case Kind::Text: {
        note(answer, {Kind::List, {}});
        const int entry = m_world.entryOf(first);
        if (entry < 0)
            return domain; // What is gone has a value of its own.
        note(answer, {Kind::Entry, {entry}});
        return at(m_world.entries, entry).value;
    }
    case Kind::Mixed: {
        const int a = ask(answer, {Kind::Word, {second}});
        return third == 0 ? a : (a + third * ask(answer, {Kind::Node, {first}})) % domain;
    }
    case Kind::EitherNode:
        return ask(answer, {Kind::Node, {first}});
    case Kind::EitherWord:
        return ask(answer, {Kind::Word, {first}});
    case Kind::Chosen:
        return ask(answer, {Kind::Node, {first}}) % wordCount;
    case Kind::Total: {
        note(answer, {Kind::List, {}});
        int sum = 0;
        for (const int entry : m_world.listed) {
            note(answer, {Kind::Entry, {entry}});
            sum += at(m_world.entries, entry).value;
        }
        return sum % domain;
    }
    default:
        return 0; // A field is no query.
    }
}

int Fresh::node(int number, Answer &answer)
{
    note(answer, {Id::Kind::Formula, {number}});
    int sum = 0;
    for (const Term &each : m_world.formulas[static_cast<std::size_t>(number)])
        sum += term(each, answer);
    return sum % domain;
}

int Fresh::term(const Term &term, Answer &answer)
{
    using Kind = Id::Kind;
    const auto [first, second, third] = term.keys;
    switch (term.kind) {
    case Term::Kind::Constant:
        return first;
    case Term::Kind::Value:
        return readCell(answer, Kind::Value, first);
    case Term::Kind::Extra:
        return readCell(answer, Kind::Extra, first);
    case Term::Kind::Node:
        return ask(answer, {Kind::Node, {first}});
    case Term::Kind::Calm:
        return ask(answer, {Kind::Calm, {first}});
    case Term::Kind::Pair:
        return ask(answer, {Kind::Pair, {first, second}});
    case Term::Kind::If:
        return ask(answer, {Kind::Node, {ask(answer, {Kind::Node, {first}}) == 0 ? second : third}});
    case Term::Kind::Word:
        return ask(answer, {Kind::Word, {first}});
    case Term::Kind::Spelled:
        return ask(answer, {Kind::Word, {ask(answer, {Kind::Chosen, {first}})}});
    case Term::Kind::Text:
        return ask(answer, {Kind::Text, {first}});
    case Term::Kind::Mixed:
        return ask(answer, {Kind::Mixed, {first, second, third}});
    case Term::Kind::EitherNode:
        return ask(answer, {Kind::EitherNode, {first}});
    case Term::Kind::EitherWord:
        return ask(answer, {Kind::EitherWord, {first}});
    case Term::Kind::Total:
        return ask(answer, {Kind::Total, {}});
    case Term::Kind::Born:
        note(answer, {Kind::Born, {first}});
        return at(m_world.disk, first);
    case Term::Kind::Outside:
        answer.isUntracked = true;
        return m_world.outside;
    case Term::Kind::Fail:
        if (readCell(answer, Kind::Value, first) == 2)
            throw Answer::End::Failure;
        return 0;
    }
    return 0;
}

} // namespace nuages::oracle
