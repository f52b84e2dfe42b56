#include "tests/oracle/engine/model.h"

#include <algorithm>

namespace nuages::oracle {

Model::Model() : m_memos(queryCount)
{
    for (int word = 0; word < wordCount; ++word)
        field({Id::Kind::Born, {word}}).level = static_cast<Level>(word % levelCount);
}

void Model::fail(const std::string &what)
{
    if (m_failure.empty())
        m_failure = "revision " + std::to_string(m_revision) + ": " + what;
}

Model::Field &Model::field(const Id &id)
{
    const std::size_t at = numberOf(id) - queryCount;
    if (at >= m_fields.size())
        m_fields.resize(at + 1);
    return m_fields[at];
}

std::vector<Id> Model::memos() const
{
    std::vector<Id> found;
    for (const Memo &memo : m_memos) {
        if (memo.exists)
            found.push_back(memo.id);
    }
    return found;
}

// What is set.

void Model::touch(Level level)
{
    if (!m_highest || *m_highest < level)
        m_highest = level;
}

template <class Value>
void Model::set(const Id &id, Value &place, const Value &value, std::optional<Level> level)
{
    Field &known = field(id);
    const Level next = level.value_or(known.level);
    const bool isEqual = place == value;
    if (isEqual && next == known.level)
        return;
    touch(known.level);
    m_set.push_back(id);
    known.change.note(m_revision + 1, isEqual, next > known.level);
    known.level = next;
    place = value;
}

void Model::edit(const Line &line)
{
    using Verb = Line::Verb;
    using Kind = Id::Kind;
    const auto [key, value] = line.keys;
    const auto at = static_cast<std::size_t>(key);
    switch (line.verb) {
    case Verb::Define:
        set({Kind::Formula, {key}}, m_world.formulas[at], line.formula, line.level);
        break;
    case Verb::Value:
        set({Kind::Value, {key}}, m_world.values[at], value, line.level);
        break;
    case Verb::Extra:
        set({Kind::Extra, {key}}, m_world.extras[at], value, line.level);
        break;
    case Verb::Add:
        if (m_world.entryOf(key) < 0) {
            const int number = static_cast<int>(m_world.entries.size());
            m_world.entries.push_back({key, value});
            field({Kind::Entry, {number}}) = {line.level.value_or(Level::Low), {m_revision, m_revision}};
            std::vector<int> listed = m_world.listed;
            listed.push_back(number);
            set({Kind::List, {}}, m_world.listed, listed, {});
        }
        break;
    case Verb::Remove:
        if (const int entry = m_world.entryOf(key); entry >= 0) {
            std::vector<int> listed = m_world.listed;
            std::erase(listed, entry);
            set({Kind::List, {}}, m_world.listed, listed, line.level);
        }
        break;
    case Verb::Entry:
        if (const int entry = m_world.entryOf(key); entry >= 0)
            set({Kind::Entry, {entry}}, m_world.entries[static_cast<std::size_t>(entry)].value, value, line.level);
        break;
    case Verb::Disk:
        if (m_isBorn[at])
            set({Kind::Born, {key}}, m_world.disk[at], value, line.level);
        m_world.disk[at] = value;
        break;
    case Verb::Outside:
        if (m_world.outside != key)
            touch(Level::Low);
        m_world.outside = key;
        break;
    case Verb::Touch:
        touch(static_cast<Level>(key));
        break;
    default:
        break;
    }
}

void Model::commit()
{
    if (m_highest) {
        ++m_revision;
        for (std::size_t level = 0; level <= static_cast<std::size_t>(*m_highest); ++level)
            m_written[level] = m_revision;
    }
    m_fresh.forget();
    m_asked.clear();
}

void Model::birth(int word)
{
    m_isBorn[static_cast<std::size_t>(word)] = true;
    field({Id::Kind::Born, {word}}).change = {m_revision, m_revision};
}

// What the engine says.

void Model::delivered(const Id &query, const Answer &answer)
{
    ++m_compared;
    const Answer &wanted = right(query);
    if (!(wanted == answer))
        fail(textOf(query) + " is " + textOf(answer) + ", from scratch " + textOf(wanted));
}

void Model::checkNeeds(const Id &query, const Id &next)
{
    const auto &reads = right(query).reads;
    if (std::ranges::find(reads, next) == reads.end())
        fail(textOf(query) + " is said to need " + textOf(next));
}

void Model::ring(const std::vector<Id> &members)
{
    if (members.empty())
        fail("a cycle without names");
    for (std::size_t at = 0; at < members.size(); ++at)
        checkNeeds(members[at], members[(at + 1) % members.size()]);
}

void Model::failed(const std::vector<Id> &running)
{
    if (running.empty())
        fail("a failure without names");
    for (std::size_t at = 0; at + 1 < running.size(); ++at)
        checkNeeds(running[at], running[at + 1]);
}

void Model::kept(const Id &id, const Kept &said)
{
    const Memo known = id.isQuery() ? memo(id) : Memo{};
    Kept right{known.change.revision, known.goodIn, known.level, known.isUntracked, known.fellBack, known.reads};
    if (!id.isQuery()) {
        const Field &one = field(id);
        right = {one.change.revision, one.change.revision, one.level, false, false, {}};
    }
    if (!(right == said))
        fail("of " + textOf(id) + " something else is kept than what became of it");
}

void Model::take(const Told &told)
{
    using What = Told::What;
    ++m_counts[static_cast<std::size_t>(told.what)];
    if (told.what == What::Set) {
        if (m_setTold == m_set.size() || m_set[m_setTold] != told.id)
            fail(textOf(told.id) + " is said to be set and was not");
        else
            ++m_setTold;
        return;
    }
    if (told.what == What::Committed) {
        if (m_setTold != m_set.size())
            fail("nothing says that " + textOf(m_set[m_setTold]) + " was set");
        m_set.clear();
        m_setTold = 0;
        return;
    }
    if (told.revision != m_revision)
        fail(textOf(told.id) + " is said to have run in revision " + std::to_string(told.revision));
    if (told.what == What::Collected)
        return collected(told.id);
    if (told.what == What::Blocked || told.what == What::Cancelled)
        return; // It says no more than that somebody had to wait or to stop.
    if (told.what == What::Cycle) {
        if (right(told.id).end != Answer::End::Cycle && !right(told.id).fellBack())
            fail(textOf(told.id) + " is said to need itself");
        return;
    }
    const Memo &known = memo(told.id);
    if (known.goodIn == m_revision)
        fail(textOf(told.id) + " was good already when it was run or validated");
    if (told.since != known.goodIn)
        fail(textOf(told.id) + " is said to have been good last in revision " + std::to_string(told.since) + ", not "
             + std::to_string(known.goodIn));
    checkOrder(told);
    if (told.what == What::ValidatedDeep || told.what == What::ValidatedShallow)
        validated(told);
    else
        ran(told);
}

/// It will be new when it runs again. What it was is right still, so whoever read it need not run for that.
void Model::collected(const Id &id)
{
    Memo &known = memo(id);
    if (!known.exists)
        fail(textOf(id) + " was collected, and there was none");
    known.exists = false;
    known.goodIn = 0;
    known.reads.clear();
    ++known.life;
}

/// Whether reading in this order gets to `id`: all before it is good now, and the same as it was.
bool Model::isReachedIn(const std::vector<Id> &reads, const Id &id, std::uint32_t since)
{
    for (const Id &read : reads) {
        if (read == id)
            return true;
        if (!isGood(read) || changeOf(read).revision > since)
            return false;
    }
    return false;
}

/// Whoever needed it is running and has got there, or is looked at and all that it read before is the same.
void Model::checkOrder(const Told &told)
{
    if (!told.parent) {
        if (!m_asked.contains(told.id))
            fail(textOf(told.id) + " was run or validated, and nobody asked for it");
        return;
    }
    const Memo &parent = memo(*told.parent);
    if (parent.exists && isReachedIn(parent.reads, told.id, parent.goodIn))
        return;
    const Answer &answer = right(*told.parent);
    if (!isReachedIn(answer.reads, told.id, m_revision) && !isReachedIn(answer.ownReads, told.id, m_revision))
        fail(textOf(told.id) + " was run or validated for " + textOf(*told.parent)
             + ", which does not get there, or not yet");
}

void Model::checkReason(const Told &told, const Memo &known)
{
    using Reason = Told::Reason;
    const std::string name = textOf(told.id);
    if (!known.exists || known.isUntracked) {
        const Reason wanted = known.exists ? Reason::UntrackedRead : Reason::NeverComputed;
        if (told.reason != wanted)
            fail(name + " ran for another reason than " + (known.exists ? "an untracked read" : "being new"));
        return;
    }
    const Answer &answer = right(told.id);
    for (std::size_t at = 0; at < known.reads.size(); ++at) {
        const Id &read = known.reads[at];
        const Change &change = changeOf(read);
        const bool isLost = lifeOf(read) != known.livesOfReads[at];
        if (isLost && told.reason == Reason::DependencyCollected && told.cause == read)
            return;
        const bool isNextInRing = answer.fellBack() && read == answer.reads.back();
        const bool wasNextInRing = known.fellBack && read == known.reads.back();
        if (change.revision <= known.goodIn && !isNextInRing && !wasNextInRing)
            continue;
        if (told.cause != read)
            fail(name + " ran because of " + (told.cause ? textOf(*told.cause) : "nothing") + ", not of "
                 + textOf(read));
        const bool ringDiffers = isNextInRing || change.revision <= known.goodIn;
        const Reason wanted = ringDiffers || change.valueRevision > known.goodIn ? Reason::DependencyChanged
            : change.isRaise                                                     ? Reason::DurabilityRaised
                                                                                 : Reason::DurabilityDropped;
        if (told.reason != wanted)
            fail(name + " ran because of " + textOf(read) + ", but not for the reason that is named");
        return;
    }
    fail(name + " ran, and nothing that it read has changed since revision " + std::to_string(known.goodIn));
}

/// The lowest of all that was read, but for the next in a ring; `latest` grows to the latest of their changes.
Level Model::levelOf(const std::string &name, const Answer &answer, std::uint32_t &latest)
{
    Level level = answer.isUntracked ? Level::Low : Level::High;
    for (const Id &read : answer.reads) {
        if (answer.fellBack() && read == answer.reads.back())
            break;
        if (!isGood(read))
            fail(name + " ran to its end before " + textOf(read) + ", which it reads");
        level = std::min(level, levelOf(read));
        latest = std::max(latest, changeOf(read).revision);
    }
    return level;
}

void Model::ran(const Told &told)
{
    using What = Told::What;
    const std::string name = textOf(told.id);
    Memo &known = memo(told.id);
    checkReason(told, known);
    const Answer &answer = right(told.id);
    if (answer.end != Answer::End::Value) {
        fail(name + " ran to its end, from scratch it is " + textOf(answer));
        return;
    }
    std::uint32_t latest = answer.fellBack() ? m_revision : 1; // change of what it read
    Level level = levelOf(name, answer, latest);
    for (const Id &member : answer.ring) // Each needs all that the others read.
        level = std::min(level, levelOf(name, right(member), latest));
    m_fallen += told.fellBack;
    if (told.fellBack != answer.fellBack())
        fail(name + (told.fellBack ? " is said to have fallen back" : " is not said to have fallen back"));
    if (told.reads != answer.reads.size() || told.isUntracked != answer.isUntracked)
        fail(name + " is said to have read " + std::to_string(told.reads) + " things, from scratch "
             + std::to_string(answer.reads.size()));
    if (told.level != level)
        fail(name + " has another durability than what it read");

    const bool isEqual = known.exists && known.answer == answer;
    const bool isDrop = isEqual && level < known.level;
    const What wanted = !known.exists ? What::New : isEqual && !isDrop ? What::Backdated : What::Changed;
    if (told.what != wanted)
        fail(name + (isEqual ? " kept its value" : " has another value") + " and is not said to");
    // A new one is worth the same since what it read is: nobody can have read it before.
    if (wanted != What::Backdated)
        known.change.note(wanted == What::New && !answer.isUntracked ? latest : m_revision, isDrop, false);
    known.exists = true;
    known.id = told.id;
    known.answer = answer;
    known.level = level;
    known.isUntracked = answer.isUntracked;
    known.fellBack = answer.fellBack();
    known.reads = answer.reads;
    known.livesOfReads.clear();
    for (const Id &read : known.reads)
        known.livesOfReads.push_back(lifeOf(read));
    known.goodIn = m_revision;
}

void Model::validated(const Told &told)
{
    const std::string name = textOf(told.id);
    Memo &known = memo(told.id);
    if (!known.exists || known.isUntracked)
        fail(name + " was validated, and has to run");
    const bool isProved = m_written[static_cast<std::size_t>(known.level)] <= known.goodIn;
    if (isProved != (told.what == Told::What::ValidatedShallow))
        fail(name
             + (isProved ? " was looked at, and its durability proves it"
                         : " was validated by its durability, of which something was set"));
    for (const Id &read : known.reads) {
        if (known.fellBack && read == known.reads.back())
            break; // They are validated together.
        if (!isProved && !isGood(read))
            fail(name + " was validated before " + textOf(read) + ", which it read");
        if (changeOf(read).revision > known.goodIn)
            fail(name + " was validated, and " + textOf(read) + " has changed");
    }
    ++m_compared;
    if (right(told.id).fellBack() != known.fellBack)
        fail(name + " was validated, and is no longer where it was in a ring");
    if (!(right(told.id) == known.answer))
        fail(name + " was validated as " + textOf(known.answer) + ", from scratch it is " + textOf(right(told.id)));
    known.goodIn = m_revision;
}

} // namespace nuages::oracle
