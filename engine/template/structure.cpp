#include "engine/template/structure.h"

#include "engine/template/arguments.h"
#include "engine/template/djangotags.h"
#include "engine/template/opentags.h"
#include "engine/template/recovery.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace nuages::templates {

namespace {

using Body = TagShape::Body;
using Kind = StructureProblem::Kind;
using Role = Place::Role;
using Status = TagLookup::Answer::Status;

class Builder
{
public:
    Builder(const TemplateSyntax &syntax, const TagLookup &lookup) : m_syntax(syntax), m_lookup(lookup) { }

    Structure run();

private:
    void takeParsed(std::uint32_t token);
    void takeSkipped(std::uint32_t token);
    bool takeMessage(std::uint32_t token);
    void takeTag(std::uint32_t token, std::string_view word, const TagLookup::Answer &answer);
    void takeStop(std::uint32_t token, const StopWord &stop);
    void takeUnknownWord(std::uint32_t token, std::string_view word, const TagLookup::Answer &answer);
    void takeMisspelt(std::uint32_t token);
    void takeOrphan(std::uint32_t token, std::string_view word);
    void takeDoubtfulWord(std::uint32_t token, std::string_view word, Status status, std::optional<std::size_t> owner);
    void takeWrongStop(std::uint32_t token, std::string_view word, std::size_t owner);
    void closeAll();

    void close(std::uint32_t token);
    void report(Kind kind, std::uint32_t token);
    std::uint32_t numberOf(const TagShape *shape);
    void setRole(std::uint32_t token, Role role) { m_structure.places[token].role = role; }

    bool mayBelongToOpaque(std::uint32_t token, std::string_view word) const;
    std::int64_t lastForeign() const;
    std::string nameOf(const OpenTag &tag) const;
    bool takeWrongCloser(std::uint32_t token);
    bool looksLikeCloser(std::uint32_t token) const;
    bool closesLater(std::uint32_t token, const OpenTag &message) const;
    bool isBetterDropped(std::uint32_t token, std::size_t owner);

    const Token &tokenAt(std::uint32_t index) const { return m_syntax.tokens()[index]; }
    OpenTag &top() { return m_open.top(); }

    const TemplateSyntax &m_syntax;
    const TagLookup &m_lookup;
    Structure m_structure;
    std::vector<const TagShape *> m_shapes; // The originals of m_structure.shapes.
    OpenTags m_open;
    mutable std::optional<std::int64_t> m_lastForeign; // Computed when first needed.
    std::size_t m_recoveryBudget = recoveryBudget;
};

Structure Builder::run()
{
    const auto count = static_cast<std::uint32_t>(m_syntax.tokens().size());
    m_structure.places.resize(count);
    for (std::uint32_t token = 0; token < count; ++token) {
        Place &place = m_structure.places[token];
        place.parent = top().opener;
        place.doubtful = m_open.mayBeInsideOpaque() && token <= lastForeign();
        if (top().body() == Body::Raw)
            takeSkipped(token);
        else if (top().body() != Body::Message || !takeMessage(token))
            takeParsed(token);
    }
    closeAll();
    std::ranges::stable_sort(m_structure.problems, {}, &StructureProblem::token);
    // Structures are kept, one for each template.
    m_structure.problems.shrink_to_fit();
    m_structure.shapes.shrink_to_fit();
    return std::move(m_structure);
}

void Builder::takeParsed(std::uint32_t token)
{
    const Token &t = tokenAt(token);
    const bool empty = t.content.isEmpty();
    switch (t.kind) {
    case Token::Kind::Text:
    case Token::Kind::Comment:
        return;
    case Token::Kind::Variable:
        if (empty)
            report(Kind::Empty, token);
        else
            setRole(token, Role::Variable);
        return;
    case Token::Kind::Block:
        break;
    }
    if (empty) {
        report(Kind::Empty, token);
        return takeMisspelt(token);
    }
    const std::string_view word = m_syntax.command(t);
    if (const StopWord *stop = top().stop(word))
        return takeStop(token, *stop);
    const TagLookup::Answer answer = m_lookup.find(word, t.range.begin);
    if (answer.status == Status::Known || answer.shape)
        takeTag(token, word, answer);
    else
        takeUnknownWord(token, word, answer);
}

void Builder::takeSkipped(std::uint32_t token)
{
    const Token &t = tokenAt(token);
    const std::string_view closer = top().shape->sections.front().front().word;
    if (t.kind == Token::Kind::Block && m_syntax.content(t) == closer)
        close(token);
    else
        setRole(token, Role::Skipped);
}

/// False if the open message turned out to have no end: it is then closed, and the token stands outside.
bool Builder::takeMessage(std::uint32_t token)
{
    const Token &t = tokenAt(token);
    if (t.kind == Token::Kind::Text || t.kind == Token::Kind::Variable) {
        setRole(token, Role::Message);
        return true;
    }
    // Django compares the content whatever the kind of the token, so a comment can end a message.
    const std::string_view content = m_syntax.content(t);
    if (const StopWord *stop = top().stop(content)) {
        if (stop->next == StopWord::closes) {
            close(token);
        } else {
            setRole(token, Role::Middle);
            top().section = stop->next;
        }
        return true;
    }
    const std::string_view closer = top().shape->sections.front().front().word;
    if (!top().blamed) {
        if (content != closer && !closesLater(token, top())) {
            if (t.kind == Token::Kind::Block && takeWrongCloser(token))
                return true;
            report(Kind::Unclosed, top().opener);
            m_open.dropAbove(m_open.size() - 2);
            m_structure.places[token].parent = top().opener;
            return false;
        }
        report(content == closer || content == "plural" ? Kind::Unmatched : Kind::Inside, token);
        top().blamed = true;
    }
    if (content == closer)
        close(token);
    else
        setRole(token, Role::Skipped);
    return true;
}

/// Takes a tag for the closer of the open message, which has none behind it, if it looks like a closer and can be that
/// of no other open tag: then it is the one mistake. False if it does not.
bool Builder::takeWrongCloser(std::uint32_t token)
{
    const std::string_view word = m_syntax.command(tokenAt(token));
    const bool isEmpty = word.empty();
    const bool isStop = !isEmpty && m_lookup.isStopWord(word);
    if ((!isEmpty && !looksLikeCloser(token)) || (!isEmpty && m_open.ownerOf(word)))
        return false;
    if (isEmpty || isStop) {
        report(isEmpty ? Kind::Empty : Kind::Unmatched, token);
        close(token);
        return true;
    }
    const TagLookup::Answer answer = m_lookup.find(word, tokenAt(token).range.begin);
    if (answer.status != Status::Unknown || answer.shape)
        return false;
    close(token);
    m_structure.places[token].role = Role::Unknown;
    m_structure.places[token].status = Status::Unknown;
    return true;
}

/// Whether the tag begins as closers do, or has the closer of the open tag among its words: `{% : endif %}`.
bool Builder::looksLikeCloser(std::uint32_t token) const
{
    const std::string_view content = m_syntax.content(tokenAt(token));
    return content.starts_with("end") || std::ranges::any_of(m_open.top().stops(), [content](const StopWord &stop) {
               return stop.next == StopWord::closes && content.contains(stop.word);
           });
}

/// Whether the closer of `message` follows before another message opens.
bool Builder::closesLater(std::uint32_t token, const OpenTag &message) const
{
    const std::string_view closer = message.shape->sections.front().front().word;
    const std::string_view opener = m_syntax.command(tokenAt(message.opener));
    for (std::size_t i = token; i < m_syntax.tokens().size(); ++i) {
        const Token &t = m_syntax.tokens()[i];
        if (t.kind != Token::Kind::Block && t.kind != Token::Kind::Comment)
            continue;
        if (m_syntax.content(t) == closer)
            return true;
        if (t.kind == Token::Kind::Block && m_syntax.command(t) == opener)
            return false;
    }
    return false;
}

void Builder::takeTag(std::uint32_t token, std::string_view word, const TagLookup::Answer &answer)
{
    Place &place = m_structure.places[token];
    place.role = Role::Tag;
    place.status = answer.status;
    place.shape = numberOf(answer.shape);
    if (!answer.shape || answer.shape->body == Body::Unknown)
        return m_open.addOpaque(word, answer.status != Status::Unknown);
    if (answer.shape->body == Body::None)
        return;
    m_open.open(token, *answer.shape, 0);
    if (answer.shape->body != Body::Message)
        return;
    const MessageForm form = messageForm(m_syntax.bits(tokenAt(token)));
    top().section = form == MessageForm::Plural ? 1 : 0;
    top().anySection = form == MessageForm::Refused;
}

/// The index of a copy of `shape`, which lives only as long as the look-up.
std::uint32_t Builder::numberOf(const TagShape *shape)
{
    if (!shape)
        return noShape;
    const auto known = std::ranges::find(m_shapes, shape);
    const auto number = static_cast<std::uint32_t>(known - m_shapes.begin());
    if (known == m_shapes.end()) {
        m_shapes.push_back(shape);
        m_structure.shapes.push_back(*shape);
    }
    return number;
}

void Builder::takeStop(std::uint32_t token, const StopWord &stop)
{
    const std::string_view content = m_syntax.content(tokenAt(token));
    std::uint8_t next = stop.next;
    bool right = true;
    switch (stop.rest) {
    case StopWord::Rest::Any:
        break;
    case StopWord::Rest::Nothing:
        right = content == stop.word;
        break;
    case StopWord::Rest::NothingOrEnds:
        if (content != stop.word)
            next = StopWord::closes;
        break;
    case StopWord::Rest::NameOrNothing: {
        const std::string name = nameOf(top());
        right = content == stop.word || name.empty() || content == stop.word + ' ' + name;
        break;
    }
    }
    if (!right && m_open.mayBelongToDropped(stop.word))
        return setRole(token, Role::Unclear);
    if (!right) {
        report(Kind::Malformed, token);
        if (stop.rest == StopWord::Rest::NameOrNothing) {
            // The name of an outer block: the inner ones lack their closers.
            for (std::size_t i = m_open.size() - 1; i > 0 && m_recoveryBudget > 0; --i, --m_recoveryBudget) {
                if (m_open[i].stop(stop.word) && content == stop.word + ' ' + nameOf(m_open[i])) {
                    m_open.dropAbove(i);
                    break;
                }
            }
        }
    }
    if (next == StopWord::closes)
        return close(token);
    setRole(token, Role::Middle);
    top().section = next;
}

void Builder::takeUnknownWord(std::uint32_t token, std::string_view word, const TagLookup::Answer &answer)
{
    const std::optional<std::size_t> owner = m_open.ownerOf(word);
    // What may be a block opens again inside of itself: its closers are its own then, and not those of what is around.
    if (!owner && answer.status == Status::Open && m_open.isOpaqueOpen(word)) {
        m_structure.places[token].role = Role::Unknown;
        m_structure.places[token].status = answer.status;
        return m_open.addOpaque(word, true);
    }
    if (top().doubtful || mayBelongToOpaque(token, word))
        return takeDoubtfulWord(token, word, answer.status, owner);
    if (owner)
        return takeWrongStop(token, word, *owner);
    if (m_lookup.isStopWord(word))
        return takeOrphan(token, word);
    Place &place = m_structure.places[token];
    place.role = Role::Unknown;
    place.status = answer.status;
    if (!looksLikeCloser(token) || answer.status == Status::Open)
        return m_open.addOpaque(word, answer.status == Status::Open);
    takeMisspelt(token);
}

/// What was meant to be the closer of the open tag, if reading on goes better with that; else it may have been any tag.
void Builder::takeMisspelt(std::uint32_t token)
{
    const std::size_t innermost = m_open.size() - 1;
    if (top().body() == Body::Block && !isBetterDropped(token, innermost)) {
        m_structure.places[top().opener].closer = token;
        m_structure.places[token].parent = top().opener;
        m_open.dropAbove(innermost - 1);
    } else if (tokenAt(token).content.isEmpty()) {
        m_open.addOpaque({}, false);
    }
}

/// A stop word of no open tag. What follows a middle up to the closer lacks the same opener, so it is said once.
void Builder::takeOrphan(std::uint32_t token, std::string_view word)
{
    if (m_open.mayBelongToDropped(word))
        return setRole(token, Role::Unclear);
    if (!top().lacksOpener)
        report(Kind::Unmatched, token);
    setRole(token, Role::Orphan);
    top().lacksOpener = !word.starts_with("end");
}

/// `word` may belong to a tag of unknown shape, or to one that was opened inside such a tag.
void Builder::takeDoubtfulWord(std::uint32_t token, std::string_view word, Status status,
                               std::optional<std::size_t> owner)
{
    if (owner) {
        const StopWord *stop = m_open[*owner].stop(word);
        // Below a tag that does not exist the template is wrong anyway, and the better guess will do.
        const bool ends = top().doubtful
            || (stop && stop->next == StopWord::closes && !m_open.mayBeInsideOpaque()
                && !isBetterDropped(token, *owner));
        if (ends)
            m_open.dropDoubtful(*owner);
        if (ends && stop)
            return takeStop(token, *stop);
    }
    setRole(token, Role::Unclear);
    const bool alone = m_syntax.content(tokenAt(token)) == word;
    if (alone && m_open.endOpaque(word))
        return;
    m_open.doubtAllInsideOpaque();
    // It may as well be a tag of its own.
    if (status == Status::Open && !word.starts_with("end"))
        m_open.addOpaque(word, true);
}

/// `word` belongs to the open tag `owner`, but cannot stand here: further tags are open, or that part of the tag is
/// over.
void Builder::takeWrongStop(std::uint32_t token, std::string_view word, std::size_t owner)
{
    if (m_open.mayBelongToDropped(word))
        return setRole(token, Role::Unclear);
    const StopWord *stop = m_open[owner].stop(word);
    const bool closes = stop && stop->next == StopWord::closes && owner + 1 < m_open.size();
    if (!closes || !top().blamed)
        report(Kind::Unmatched, token);
    top().blamed = true;
    setRole(token, Role::Orphan);
    if (!closes)
        return;
    if (isBetterDropped(token, owner))
        return;
    m_open.dropAbove(owner);
    takeStop(token, *stop);
}

/// Whether `token` is better taken for a stray one than for the closer of the open tag `owner`.
bool Builder::isBetterDropped(std::uint32_t token, std::size_t owner)
{
    if (m_recoveryBudget <= m_open.size()) {
        m_recoveryBudget = 0;
        return false;
    }
    return templates::isBetterDropped(m_syntax, m_lookup, token, m_open.shapes(), owner, m_recoveryBudget);
}

bool Builder::mayBelongToOpaque(std::uint32_t token, std::string_view word) const
{
    const OpenTag &tag = m_open.top();
    if (m_open.topHoldsExisting())
        return true;
    // A tag that does not exist was meant to be another one, with a closer of its own.
    if (m_open.topHoldsOpaque() && (word.starts_with("end") || m_lookup.isStopWord(word)))
        return true;
    return tag.insideOpaque && lastForeign() >= token;
}

/// The last token that may end a tag of unknown shape: its word names no tag and ends none of Django's. -1 if there is
/// none.
std::int64_t Builder::lastForeign() const
{
    if (!m_lastForeign) {
        auto token = static_cast<std::int64_t>(m_syntax.tokens().size()) - 1;
        for (; token >= 0; --token) {
            const Token &t = m_syntax.tokens()[static_cast<std::size_t>(token)];
            const std::string_view word = t.kind == Token::Kind::Block ? m_syntax.command(t) : std::string_view();
            if (!word.empty() && !isDjangoStopWord(word) && m_lookup.find(word, t.range.begin).status != Status::Known)
                break;
        }
        m_lastForeign = token;
    }
    return *m_lastForeign;
}

/// The first argument of an open tag; empty if it has none, which Django rejects in its own way.
std::string Builder::nameOf(const OpenTag &tag) const
{
    const std::vector<Bit> words = m_syntax.words(tokenAt(tag.opener));
    return words.size() < 2 ? std::string() : words[1].text;
}

void Builder::close(std::uint32_t token)
{
    Place &place = m_structure.places[token];
    place.role = Role::Closer;
    place.parent = top().opener;
    m_structure.places[top().opener].closer = token;
    const TagShape *shape = top().shape;
    const bool doubtful = m_structure.places[top().opener].doubtful;
    m_open.dropAbove(m_open.size() - 2);
    // If the opener was skipped, the closer was that of an outer tag of this shape.
    if (doubtful)
        m_open.doubt(shape);
}

void Builder::closeAll()
{
    for (; m_open.size() > 1; m_open.dropAbove(m_open.size() - 2)) {
        if (top().body() != Body::Rest && !top().doubtful)
            report(Kind::Unclosed, top().opener);
    }
}

/// Notes a problem, unless the token may have been skipped.
void Builder::report(Kind kind, std::uint32_t token)
{
    if (m_structure.places[token].doubtful)
        return;
    StructureProblem problem{kind, token, top().opener, {}};
    if (kind != Kind::Empty) {
        for (const StopWord &stop : top().stops()) {
            problem.expected.push_back(stop.word);
            if (stop.rest == StopWord::Rest::NameOrNothing && kind == Kind::Malformed)
                problem.expected.push_back(stop.word + ' ' + nameOf(top()));
        }
    }
    m_structure.problems.push_back(std::move(problem));
}

} // namespace

const TagShape *Structure::shapeOf(std::uint32_t token) const
{
    const std::uint32_t shape = places[token].shape;
    return shape == noShape ? nullptr : &shapes[shape];
}

Structure buildStructure(const TemplateSyntax &syntax, const TagLookup &lookup)
{
    return Builder(syntax, lookup).run();
}

} // namespace nuages::templates
