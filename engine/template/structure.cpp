#include "engine/template/structure.h"

#include "engine/template/arguments.h"
#include "engine/template/djangotags.h"
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

/// A tag that may have a body, for all that is known.
struct Opaque {
    std::string_view name;
    bool exists; // False if no such tag exists, so that the template is wrong whatever follows.
    bool outlived = false; // The frame that held it was closed before its own end had come.
};

/// A tag whose body is open; the first frame is the template itself.
struct Frame {
    std::uint32_t opener = noToken;
    const TagShape *shape = nullptr; // nullptr for the template itself.
    std::uint8_t section = 0;
    bool blamed = false; // A problem inside named this tag already.
    bool insideOpaque = false; // An existing opaque tag stands before the opener, here or further out.
    bool doubtful = false; // It may have ended, or never begun: it was skipped, or what closed it was taken elsewhere.
    std::vector<Opaque> opaques; // Those of this body so far.

    Body body() const { return shape ? shape->body : Body::Rest; }

    const TagShape::Section &stops() const
    {
        static const TagShape::Section nothing;
        return shape && section < shape->sections.size() ? shape->sections[section] : nothing;
    }

    bool holdsExistingOpaque() const { return std::ranges::any_of(opaques, &Opaque::exists); }
};

const StopWord *findStop(const TagShape::Section &section, std::string_view word)
{
    const auto stop = std::ranges::find(section, word, &StopWord::word);
    return stop == section.end() ? nullptr : &*stop;
}

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
    void takeWrongStop(std::uint32_t token, std::string_view word, std::size_t owner);
    void closeAll();

    void open(std::uint32_t token, const TagShape &shape);
    void close(std::uint32_t token);
    void dropAbove(std::size_t frame);
    void report(Kind kind, std::uint32_t token);
    void setRole(std::uint32_t token, Role role) { m_structure.places[token].role = role; }

    std::optional<std::size_t> ownerOf(std::string_view word) const;
    std::size_t &openCount(const TagShape *shape);
    bool mayBelongToOpaque(std::uint32_t token, std::string_view word) const;
    void endOpaque(std::uint32_t token, std::string_view word);
    std::int64_t lastForeign() const;
    std::string nameOf(const Frame &frame) const;
    bool closesLater(std::uint32_t token, const Frame &frame) const;

    const Token &tokenAt(std::uint32_t index) const { return m_syntax.tokens()[index]; }
    Frame &top() { return m_frames.back(); }

    const TemplateSyntax &m_syntax;
    const TagLookup &m_lookup;
    Structure m_structure;
    std::vector<Frame> m_frames = {Frame{}}; // Invariant: never empty.
    mutable std::optional<std::int64_t> m_lastForeign;
    std::vector<std::pair<const TagShape *, std::size_t>> m_openShapes; // How many frames have each shape.
    std::size_t m_recoveryBudget = recoveryBudget;
};

Structure Builder::run()
{
    const auto count = static_cast<std::uint32_t>(m_syntax.tokens().size());
    m_structure.places.resize(count);
    for (std::uint32_t token = 0; token < count; ++token) {
        Place &place = m_structure.places[token];
        place.parent = top().opener;
        place.doubtful = (top().insideOpaque || top().holdsExistingOpaque()) && token <= lastForeign();
        if (top().body() == Body::Raw)
            takeSkipped(token);
        else if (top().body() != Body::Message || !takeMessage(token))
            takeParsed(token);
    }
    closeAll();
    std::ranges::stable_sort(m_structure.problems, {}, &StructureProblem::token);
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
    if (empty)
        return report(Kind::Empty, token);
    const std::string_view word = m_syntax.command(t);
    if (const StopWord *stop = findStop(top().stops(), word))
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
    if (const StopWord *stop = findStop(top().stops(), content)) {
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
            report(Kind::Unclosed, top().opener);
            dropAbove(m_frames.size() - 2);
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

/// Whether the closer of `frame`, a message, follows before another message opens.
bool Builder::closesLater(std::uint32_t token, const Frame &frame) const
{
    const std::string_view closer = frame.shape->sections.front().front().word;
    const std::string_view opener = m_syntax.command(tokenAt(frame.opener));
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
    place.shape = answer.shape;
    if (!answer.shape || answer.shape->body == Body::Unknown)
        top().opaques.push_back({word, answer.status != Status::Unknown});
    else if (answer.shape->body != Body::None)
        open(token, *answer.shape);
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
    if (!right) {
        report(Kind::Malformed, token);
        if (stop.rest == StopWord::Rest::NameOrNothing) {
            // The name of an outer block: the inner ones lack their closers.
            for (std::size_t i = m_frames.size() - 1; i > 0; --i) {
                if (findStop(m_frames[i].stops(), stop.word) && content == stop.word + ' ' + nameOf(m_frames[i])) {
                    dropAbove(i);
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
    const std::optional<std::size_t> owner = ownerOf(word);
    if (top().doubtful && owner) {
        dropAbove(*owner);
        const StopWord *stop = findStop(top().stops(), word);
        return stop ? takeStop(token, *stop) : setRole(token, Role::Unclear);
    }
    if (top().doubtful || mayBelongToOpaque(token, word)) {
        setRole(token, Role::Unclear);
        return endOpaque(token, word);
    }
    if (owner)
        return takeWrongStop(token, word, *owner);
    if (m_lookup.isStopWord(word)) {
        report(Kind::Unmatched, token);
        return setRole(token, Role::Orphan);
    }
    Place &place = m_structure.places[token];
    place.role = Role::Unknown;
    place.status = answer.status;
    top().opaques.push_back({word, answer.status == Status::Open});
}

/// `word` belongs to the frame `owner`, but cannot stand here: further tags are open, or that part of the tag is over.
void Builder::takeWrongStop(std::uint32_t token, std::string_view word, std::size_t owner)
{
    const StopWord *stop = findStop(m_frames[owner].stops(), word);
    const bool closes = stop && stop->next == StopWord::closes && owner + 1 < m_frames.size();
    if (!closes || !top().blamed)
        report(Kind::Unmatched, token);
    top().blamed = true;
    setRole(token, Role::Orphan);
    if (!closes)
        return;
    std::vector<const TagShape *> open;
    open.reserve(m_frames.size());
    for (const Frame &frame : m_frames)
        open.push_back(frame.shape);
    if (isBetterDropped(m_syntax, m_lookup, token, open, owner, m_recoveryBudget))
        return;
    dropAbove(owner);
    takeStop(token, *stop);
}

/// The innermost frame that has `word` among its stop words, in whatever section.
std::optional<std::size_t> Builder::ownerOf(std::string_view word) const
{
    // Shapes first: there may be thousands of frames, but they share a few shapes.
    std::vector<const TagShape *> owners;
    for (const auto &[shape, count] : m_openShapes) {
        if (count > 0 && std::ranges::any_of(shape->sections, [&](const auto &s) { return findStop(s, word); }))
            owners.push_back(shape);
    }
    if (owners.empty())
        return std::nullopt;
    for (std::size_t i = m_frames.size() - 1;; --i) {
        if (std::ranges::find(owners, m_frames[i].shape) != owners.end())
            return i;
    }
}

std::size_t &Builder::openCount(const TagShape *shape)
{
    const auto found = std::ranges::find(m_openShapes, shape, &std::pair<const TagShape *, std::size_t>::first);
    return found == m_openShapes.end() ? m_openShapes.emplace_back(shape, 0).second : found->second;
}

bool Builder::mayBelongToOpaque(std::uint32_t token, std::string_view word) const
{
    const Frame &frame = m_frames.back();
    if (frame.holdsExistingOpaque())
        return true;
    if (!frame.opaques.empty() && (word.starts_with("end") || m_lookup.isStopWord(word)))
        return true;
    return frame.insideOpaque && lastForeign() >= token;
}

/// Takes `word`, alone in its tag, for the end of the innermost opaque tag that it is named after. Frames inside that
/// tag may have been skipped with it. Named after none, it may still end any of them.
void Builder::endOpaque(std::uint32_t token, std::string_view word)
{
    const bool alone = m_syntax.content(tokenAt(token)) == word;
    for (std::size_t i = m_frames.size(); i-- > 0;) {
        std::vector<Opaque> &opaques = m_frames[i].opaques;
        for (std::size_t k = opaques.size(); k-- > 0;) {
            if (alone && !opaques[k].outlived && word.starts_with("end") && word.substr(3) == opaques[k].name) {
                dropAbove(i);
                opaques.resize(k); // Without those of the dropped frames.
                return;
            }
        }
    }
    for (Frame &frame : m_frames)
        frame.doubtful = frame.doubtful || frame.insideOpaque;
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

/// The first argument of the tag that opened `frame`; empty if it has none, which Django rejects in its own way.
std::string Builder::nameOf(const Frame &frame) const
{
    const std::vector<Bit> words = m_syntax.words(tokenAt(frame.opener));
    return words.size() < 2 ? std::string() : words[1].text;
}

void Builder::open(std::uint32_t token, const TagShape &shape)
{
    Frame frame;
    frame.opener = token;
    frame.shape = &shape;
    frame.insideOpaque = top().insideOpaque || top().holdsExistingOpaque();
    if (shape.body == Body::Message && hasCount(m_syntax.bits(tokenAt(token))))
        frame.section = 1;
    ++openCount(&shape);
    m_frames.push_back(std::move(frame));
}

void Builder::close(std::uint32_t token)
{
    Place &place = m_structure.places[token];
    place.role = Role::Closer;
    place.parent = top().opener;
    m_structure.places[top().opener].closer = token;
    const TagShape *shape = top().shape;
    const bool doubtful = m_structure.places[top().opener].doubtful;
    dropAbove(m_frames.size() - 2);
    if (doubtful) {
        // If the opener was skipped, the closer was that of an outer tag of this shape.
        for (Frame &frame : m_frames)
            frame.doubtful = frame.doubtful || frame.shape == shape;
    }
}

/// Ends all frames above `frame`. Their opaque tags may have taken a closer for their own, so they stay suspect.
void Builder::dropAbove(std::size_t frame)
{
    while (m_frames.size() > frame + 1) {
        std::vector<Opaque> opaques = std::move(top().opaques);
        --openCount(top().shape);
        m_frames.pop_back();
        for (Opaque &opaque : opaques)
            opaque.outlived = true;
        top().opaques.insert(top().opaques.end(), opaques.begin(), opaques.end());
    }
}

void Builder::closeAll()
{
    for (; m_frames.size() > 1; m_frames.pop_back()) {
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

Structure buildStructure(const TemplateSyntax &syntax, const TagLookup &lookup)
{
    return Builder(syntax, lookup).run();
}

} // namespace nuages::templates
