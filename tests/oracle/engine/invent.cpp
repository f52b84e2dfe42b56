#include "tests/oracle/engine/invent.h"

#include <algorithm>

namespace nuages::oracle {

namespace {

/// Makes up one script.
class Inventor
{
    using Verb = Line::Verb;

public:
    Inventor(std::uint32_t seed, int threads)
        : m_random(seed), m_threads(threads), m_withCycles(oneIn(4)), m_withRings(oneIn(3)), m_collects(oneIn(2))
    {
    }

    Script script(int length);

private:
    int below(int bound) { return static_cast<int>(m_random() % static_cast<unsigned>(bound)); }
    bool oneIn(int odds) { return below(odds) == 0; }

    template <class Keys>
    void fill(std::string_view parts, Keys &keys, int firstNode, bool isCalm);
    Formula formula(int node);
    Line edit(bool isFirst);
    Line question();

    Random m_random;
    int m_threads;
    bool m_withCycles; ///< Otherwise a node asks for later ones only,
    bool m_withRings; ///< but in rings of queries that all have a rule.
    bool m_collects; ///< What nobody asks for is given up; so not everything is asked for all the time.
};

template <class Keys>
void Inventor::fill(std::string_view parts, Keys &keys, int firstNode, bool isCalm)
{
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const bool isLater = parts[at] == 'n' && !(m_withCycles && oneIn(8)) && !(m_withRings && isCalm && oneIn(2));
        keys[at] = isLater ? firstNode + below(nodeCount - firstNode) : below(boundOf(parts[at]));
    }
}

Formula Inventor::formula(int node)
{
    constexpr int kinds = static_cast<int>(Term::Kind::Fail) + 1;
    Formula formula;
    const int length = oneIn(10) ? 9 + below(6) : 1 + below(4); // Many reads are looked up in another way.
    while (static_cast<int>(formula.size()) < length) {
        Term term{static_cast<Term::Kind>(below(kinds))};
        if (m_withRings && oneIn(3))
            term.kind = Term::Kind::Calm;
        const bool asksNodes = partsOf(term.kind).contains('n');
        const bool isRare = term.kind == Term::Kind::Fail || term.kind == Term::Kind::Outside;
        const bool isCalm = term.kind == Term::Kind::Calm;
        if ((asksNodes && node + 1 == nodeCount && !(isCalm && m_withRings)) || (isRare && !oneIn(8)))
            term.kind = Term::Kind::Value;
        fill(partsOf(term.kind), term.keys, std::min(node + 1, nodeCount - 1), isCalm);
        formula.push_back(term);
    }
    return formula;
}

Line Inventor::edit(bool isFirst)
{
    constexpr Verb often[] = {Verb::Value, Verb::Value,  Verb::Value, Verb::Extra, Verb::Define, Verb::Define,
                              Verb::Add,   Verb::Remove, Verb::Entry, Verb::Entry, Verb::Disk,   Verb::Outside};
    constexpr Verb seldom[] = {Verb::Touch, Verb::Throw};
    Line line;
    line.verb = isFirst ? Verb::Define : oneIn(12) ? seldom[below(2)] : often[below(std::size(often))];
    line.joins = isFirst || oneIn(4);
    if (oneIn(3))
        line.level = static_cast<Level>(below(levelCount));
    switch (line.verb) {
    case Verb::Define:
        line.keys = {below(nodeCount)};
        line.formula = formula(line.keys[0]);
        break;
    case Verb::Value:
    case Verb::Extra:
        line.keys = {below(cellCount), below(domain)};
        break;
    case Verb::Add:
    case Verb::Remove:
    case Verb::Entry:
    case Verb::Disk:
        line.keys = {below(wordCount), line.verb == Verb::Remove ? 0 : below(domain)};
        break;
    case Verb::Outside:
    case Verb::Touch:
        line.keys = {below(domain)};
        line.level.reset();
        break;
    default:
        line.level.reset();
        break;
    }
    return line;
}

Line Inventor::question()
{
    Line line;
    line.reader = 1 + below(m_threads);
    line.verb = oneIn(m_collects ? 60 : 12) ? Verb::All : m_threads > 1 && oneIn(10) ? Verb::Cancel : Verb::Ask;
    if (line.verb == Verb::Ask) {
        line.asked.kind = oneIn(2) ? (m_withRings ? Id::Kind::Calm : Id::Kind::Node)
                                   : static_cast<Id::Kind>(below(int(Id::Kind::Total) + 1));
        fill(partsOf(line.asked.kind), line.asked.keys, 0, false);
    }
    return line;
}

Script Inventor::script(int length)
{
    Script script;
    script.threads = m_threads;
    script.schedule = static_cast<std::uint32_t>(m_random()) >> 1;
    if (m_collects)
        script.collect = oneIn(2) ? 1'000 : 1 + below(60); // A whole round in a commit, or a part of one.
    auto &lines = script.lines;
    for (int node = 0; node < nodeCount; ++node) {
        Line line = edit(true);
        line.keys = {node};
        line.formula = formula(node);
        lines.push_back(line);
    }
    for (int cell = 0; cell < cellCount; ++cell) { // Durable ones too, so that there is something to rely on.
        lines.push_back({.verb = Verb::Value, .joins = true, .keys = {cell, below(domain)}});
        lines.back().level = static_cast<Level>(below(levelCount));
    }
    while (static_cast<int>(lines.size()) + 1 < length) {
        for (int edits = 1 + below(2); edits > 0; --edits)
            lines.push_back(edit(false));
        for (int questions = below(2 + 2 * m_threads); questions > 0; --questions)
            lines.push_back(question());
    }
    lines.push_back({.verb = Verb::All});
    return script;
}

} // namespace

Script invented(std::uint32_t seed, int length, int threads) { return Inventor(seed, threads).script(length); }

} // namespace nuages::oracle
