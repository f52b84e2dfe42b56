#include "tests/oracle/engine/language.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace nuages::oracle {

namespace {

struct Form {
    std::string_view name;
    std::string_view parts;
};

constexpr std::array idForms = {
    Form{"node", "n"},    Form{"pair", "nn"},       Form{"word", "w"},        Form{"text", "w"},
    Form{"mixed", "nw#"}, Form{"either-node", "n"}, Form{"either-word", "w"}, Form{"chosen", "n"},
    Form{"calm", "n"},    Form{"total", ""},        Form{"value", "c"},       Form{"extra", "c"},
    Form{"formula", "n"}, Form{"list", ""},         Form{"born", "w"},        Form{"entry", "e"},
};

constexpr std::array termForms = {
    Form{"number", "#"},  Form{"value", "c"},       Form{"extra", "c"},       Form{"node", "n"},    Form{"calm", "n"},
    Form{"pair", "nn"},   Form{"if", "nnn"},        Form{"word", "w"},        Form{"spelled", "n"}, Form{"text", "w"},
    Form{"mixed", "nw#"}, Form{"either-node", "n"}, Form{"either-word", "w"}, Form{"total", ""},    Form{"born", "w"},
    Form{"outside", ""},  Form{"fail", "c"},
};

/// Of the edits, in the order of Line::Verb; a level has a letter of its own.
constexpr std::array editForms = {
    Form{"node", "n"},   Form{"value", "c#"}, Form{"extra", "c#"},  Form{"add", "w#"},  Form{"remove", "w"},
    Form{"entry", "w#"}, Form{"disk", "w#"},  Form{"outside", "#"}, Form{"touch", "l"}, Form{"throw", ""},
};

constexpr std::array<std::string_view, levelCount> levelNames = {"low", "medium", "high"};

std::string shown(char part, int key)
{
    if (part == 'w')
        return std::string(1, static_cast<char>('a' + key));
    if (part == 'l')
        return std::string(levelNames[static_cast<std::size_t>(key)]);
    return std::to_string(key);
}

template <class Keys>
std::string shown(const Form &form, const Keys &keys)
{
    std::string text(form.name);
    for (std::size_t at = 0; at < form.parts.size(); ++at)
        text += " " + shown(form.parts[at], keys[at]);
    return text;
}

template <class Forms>
auto find(const Forms &forms, std::string_view name)
{
    return std::ranges::find(forms, name, &Form::name);
}

std::optional<int> numberIn(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

constexpr int boundOfPart(char part)
{
    switch (part) {
    case 'n':
        return nodeCount;
    case 'c':
        return cellCount;
    case 'w':
        return wordCount;
    case 'e':
        return 1'000'000; // As many as are ever added.
    default:
        return domain;
    }
}

/// The number of the first query or field of each kind.
constexpr auto firstNumbers = [] {
    std::array<std::size_t, idForms.size()> firsts{};
    for (std::size_t kind = 1; kind < idForms.size(); ++kind) {
        std::size_t count = 1;
        for (const char part : idForms[kind - 1].parts)
            count *= static_cast<std::size_t>(boundOfPart(part));
        firsts[kind] = firsts[kind - 1] + count;
    }
    return firsts;
}();
static_assert(firstNumbers[static_cast<std::size_t>(Id::Kind::Total)] + 1 == queryCount);

/// Reads the words of one line; what is wrong is thrown as a sentence.
class Words
{
public:
    explicit Words(const std::string &line)
    {
        std::string spaced;
        for (const char each : line)
            spaced += each == ',' || each == '=' ? std::string{' ', each, ' '} : std::string(1, each);
        std::istringstream stream(spaced);
        for (std::string word; stream >> word;)
            m_words.push_back(word);
    }

    bool isEmpty() const { return m_at == m_words.size(); }

    bool take(std::string_view word)
    {
        const bool isNext = !isEmpty() && m_words[m_at] == word;
        m_at += isNext;
        return isNext;
    }

    std::string next(std::string_view wanted)
    {
        if (isEmpty())
            throw "it ends where " + std::string(wanted) + " has to be";
        return m_words[m_at++];
    }

    template <class Keys>
    void read(const Form &form, Keys &keys)
    {
        for (std::size_t at = 0; at < form.parts.size(); ++at)
            keys[at] = key(form.parts[at]);
    }

    Level level()
    {
        const std::string name = next("a level");
        const auto found = std::ranges::find(levelNames, name);
        if (found == levelNames.end())
            throw "'" + name + "' is no level: low, medium or high";
        return static_cast<Level>(found - levelNames.begin());
    }

private:
    int key(char part)
    {
        if (part == 'l')
            return static_cast<int>(level());
        const std::string word = next("a key");
        const auto number = part == 'w' && word.size() == 1 ? std::optional(word.front() - 'a') : numberIn(word);
        if (!number || *number < 0 || *number >= boundOf(part))
            throw "'" + word + "' is no key here";
        return *number;
    }

    std::vector<std::string> m_words;
    std::size_t m_at = 0;
};

Formula formulaIn(Words &words)
{
    Formula formula;
    do {
        const std::string name = words.next("a term");
        const auto form = find(termForms, name);
        if (form == termForms.end())
            throw "there is no term called '" + name + "'";
        Term &term = formula.emplace_back(static_cast<Term::Kind>(form - termForms.begin()));
        words.read(*form, term.keys);
    } while (words.take(","));
    return formula;
}

int readerIn(std::string_view word, std::size_t from)
{
    if (word.size() == from)
        return 1;
    const auto number = word[from] == '@' ? numberIn(word.substr(from + 1)) : std::nullopt;
    if (!number || *number < 1 || *number > readerLimit)
        throw "'" + std::string(word) + "' names no reader from 1 to " + std::to_string(readerLimit);
    return *number;
}

Id idIn(Words &words)
{
    const std::string name = words.next("a query");
    const auto form = find(idForms, name);
    if (form == idForms.end())
        throw "there is no query called '" + name + "'";
    Id id{static_cast<Id::Kind>(form - idForms.begin())};
    words.read(*form, id.keys);
    return id;
}

Line lineIn(Words &words)
{
    using Verb = Line::Verb;
    Line line;
    line.joins = words.take("and");
    const std::string verb = words.next("a verb");
    for (const auto &[name, kind] : {std::pair("ask", Verb::Ask), {"all", Verb::All}, {"cancel", Verb::Cancel}}) {
        if (verb.substr(0, verb.find('@')) != name)
            continue;
        line.verb = kind;
        line.reader = readerIn(verb, std::string_view(name).size());
        if (kind == Verb::Ask) {
            line.asked = idIn(words);
            if (!line.asked.isQuery())
                throw "'" + textOf(line.asked) + "' is no query";
        }
        return line;
    }
    const auto form = find(editForms, verb);
    if (form == editForms.end())
        throw "there is no step called '" + verb + "'";
    line.verb = static_cast<Verb>(form - editForms.begin());
    words.read(*form, line.keys);
    if (line.verb == Verb::Define) {
        if (!words.take("="))
            throw std::string("a formula begins with =");
        line.formula = formulaIn(words);
    }
    if (words.take("at"))
        line.level = words.level();
    return line;
}

} // namespace

std::string_view partsOf(Id::Kind kind) { return idForms[static_cast<std::size_t>(kind)].parts; }

std::string_view partsOf(Term::Kind kind) { return termForms[static_cast<std::size_t>(kind)].parts; }

int boundOf(char part) { return boundOfPart(part); }

std::size_t numberOf(const Id &id)
{
    std::size_t at = 0;
    const std::string_view parts = partsOf(id.kind);
    for (std::size_t part = 0; part < parts.size(); ++part)
        at = at * static_cast<std::size_t>(boundOf(parts[part])) + static_cast<std::size_t>(id.keys[part]);
    return firstNumbers[static_cast<std::size_t>(id.kind)] + at;
}

std::string textOf(const Id &id) { return shown(idForms[static_cast<std::size_t>(id.kind)], id.keys); }

std::optional<Id> idOf(const std::string &text)
{
    try {
        Words words(text);
        return idIn(words);
    } catch (const std::string & /*sentence*/) {
        return {};
    }
}

std::string textOf(const Line &line)
{
    using Verb = Line::Verb;
    const std::string reader = line.reader == 1 ? "" : "@" + std::to_string(line.reader);
    if (line.verb == Verb::Ask)
        return "ask" + reader + " " + textOf(line.asked);
    if (line.verb == Verb::All)
        return "all" + reader;
    if (line.verb == Verb::Cancel)
        return "cancel" + reader;
    std::string text = line.joins ? "and " : "";
    text += shown(editForms[static_cast<std::size_t>(line.verb)], line.keys);
    if (line.verb == Verb::Define) {
        const char *before = " = ";
        for (const Term &term : line.formula) {
            text += before + shown(termForms[static_cast<std::size_t>(term.kind)], term.keys);
            before = ", ";
        }
    }
    if (line.level)
        text += " at " + std::string(levelNames[static_cast<std::size_t>(*line.level)]);
    return text;
}

std::string textOf(const Script &script)
{
    std::string text;
    if (script.threads > 1)
        text = "threads " + std::to_string(script.threads) + " schedule " + std::to_string(script.schedule) + "\n";
    if (script.collect > 0)
        text += "collect " + std::to_string(script.collect) + "\n";
    for (const Line &line : script.lines)
        text += textOf(line) + "\n";
    return text;
}

std::expected<Script, std::string> parsed(std::string_view text)
{
    Script script;
    std::istringstream stream{std::string(text)};
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        try {
            Words words(line);
            if (words.isEmpty())
                continue;
            if (words.take("threads")) {
                const auto threads = numberIn(words.next("a number of threads"));
                if (!threads || *threads < 1 || *threads > readerLimit)
                    throw "threads are 1 to " + std::to_string(readerLimit);
                script.threads = *threads;
                const auto seed = words.take("schedule") ? numberIn(words.next("a seed")) : std::nullopt;
                if (!seed || *seed < 0)
                    throw std::string("after the threads it says 'schedule' and its seed");
                script.schedule = static_cast<std::uint32_t>(*seed);
            } else if (words.take("collect")) {
                const auto looks = numberIn(words.next("a number of looks at the clock"));
                if (!looks || *looks < 1)
                    throw std::string("after 'collect' it says how often a commit looks at the clock, at least once");
                script.collect = *looks;
            } else {
                script.lines.push_back(lineIn(words));
                script.threads = std::max(script.threads, script.lines.back().reader);
            }
            if (!words.isEmpty())
                throw "'" + words.next("") + "' is one word too many";
        } catch (const std::string &sentence) {
            return std::unexpected("line " + std::to_string(number) + ": " + sentence);
        }
    }
    return script;
}

} // namespace nuages::oracle
