// What we make of templates, for a script that compares it with Django.
//
// Reads from standard input, first the libraries, one word list a line, up to an empty line:
//
//     library NAME            begins a library; "-" is the builtins
//     tag NAME MODULE         of the last library; MODULE is where its function is defined
//     dark NAME               a tag of which nothing more is known
//     filter NAME
//
// then templates: a line with the length in bytes, and that many bytes. Answers each with one line of JSON:
//
//     {"tokens": [[kind, begin, end, contentBegin, contentEnd, line], …],
//      "findings": [[rule, begin, end, openerBegin or -1], …],
//      "expressions": [[begin, end, valid], …]}

#include "engine/template/arguments.h"
#include "engine/template/djangotags.h"
#include "engine/template/facts.h"
#include "engine/template/structure.h"

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>

using namespace nuages;
using namespace nuages::templates;

namespace {

struct Library {
    std::map<std::string, const TagShape *, std::less<>> tags;
    std::set<std::string, std::less<>> filters;
};

using Libraries = std::map<std::string, Library, std::less<>>;

Libraries readLibraries()
{
    Libraries libraries;
    Library *current = nullptr;
    for (std::string line; std::getline(std::cin, line) && !line.empty();) {
        std::istringstream words(line);
        std::string kind;
        std::string name;
        std::string module;
        words >> kind >> name >> module;
        if (kind == "library") {
            current = &libraries[name];
        } else if (kind == "filter") {
            current->filters.insert(name);
        } else if (kind == "dark") {
            static const TagShape unknown = TagShape::unknown();
            current->tags[name] = &unknown;
        } else {
            const TagShape *shape = djangoTag(module, name);
            if (!shape) {
                std::cerr << "the table of Django's tags lacks " << name << " of " << module << '\n';
                std::exit(1);
            }
            current->tags[name] = shape;
        }
    }
    return libraries;
}

/// The libraries of one template, each from where it is loaded.
class LoadedLibraries final : public TagLookup
{
public:
    struct Problem {
        std::string rule;
        source::Range range;
    };

    LoadedLibraries(const Libraries &libraries, const TemplateSyntax &syntax) : m_libraries(libraries)
    {
        m_loaded.push_back({0, "-", {}});
        for (const Load &load : collectFacts(syntax).loads) {
            const source::Range at = syntax.tokens()[load.token].range;
            for (const std::string &name : load.libraries) {
                const auto found = m_libraries.find(name);
                if (found == m_libraries.end() || name == "-") {
                    m_problems.push_back({"unknown-library", at});
                    continue;
                }
                for (const std::string &wanted : load.only) {
                    if (!found->second.tags.contains(wanted) && !found->second.filters.contains(wanted))
                        m_problems.push_back({"unknown-library", at});
                }
                m_loaded.push_back({at.end, name, {load.only.begin(), load.only.end()}});
            }
        }
    }

    Answer find(std::string_view name, std::uint32_t position) const override
    {
        for (std::size_t i = m_loaded.size(); i-- > 0;) {
            const Loaded &loaded = m_loaded[i];
            if (loaded.from > position || (!loaded.only.empty() && !loaded.only.contains(name)))
                continue;
            const auto &tags = m_libraries.find(loaded.name)->second.tags;
            if (const auto tag = tags.find(name); tag != tags.end())
                return {Answer::Status::Known, tag->second};
        }
        return {};
    }

    bool hasFilter(std::string_view name, std::uint32_t position) const
    {
        for (const Loaded &loaded : m_loaded) {
            if (loaded.from <= position && (loaded.only.empty() || loaded.only.contains(name))
                && m_libraries.find(loaded.name)->second.filters.contains(name))
                return true;
        }
        return false;
    }

    bool isStopWord(std::string_view word) const override { return isDjangoStopWord(word); }

    const std::vector<Problem> &problems() const { return m_problems; }

private:
    struct Loaded {
        std::uint32_t from;
        std::string name;
        std::set<std::string, std::less<>> only;
    };

    const Libraries &m_libraries;
    std::vector<Loaded> m_loaded;
    std::vector<Problem> m_problems;
};

const char *ruleOf(StructureProblem::Kind kind)
{
    switch (kind) {
    case StructureProblem::Kind::Unclosed:
        return "unclosed-tag";
    case StructureProblem::Kind::Unmatched:
        return "unmatched-tag";
    case StructureProblem::Kind::Malformed:
        return "malformed";
    case StructureProblem::Kind::Inside:
        return "inside";
    case StructureProblem::Kind::Empty:
        return "empty";
    }
    return "";
}

class Answer
{
public:
    void token(const Token &t)
    {
        separate(m_tokens);
        m_tokens << '[' << int(t.kind) << ',' << t.range.begin << ',' << t.range.end << ',' << t.content.begin << ','
                 << t.content.end << ',' << t.line << ']';
    }

    void finding(std::string_view rule, source::Range range, std::int64_t opener)
    {
        separate(m_findings);
        m_findings << "[\"" << rule << "\"," << range.begin << ',' << range.end << ',' << opener << ']';
    }

    void expression(const Expression &e)
    {
        separate(m_expressions);
        m_expressions << '[' << e.range.begin << ',' << e.range.end << ',' << (e.valid ? "true" : "false") << ']';
    }

    std::string json() const
    {
        return "{\"tokens\":[" + m_tokens.str() + "],\"findings\":[" + m_findings.str() + "],\"expressions\":["
            + m_expressions.str() + "]}";
    }

private:
    static void separate(std::ostringstream &list)
    {
        if (list.tellp() > 0)
            list << ',';
    }

    std::ostringstream m_tokens;
    std::ostringstream m_findings;
    std::ostringstream m_expressions;
};

std::string answerFor(const Libraries &libraries, const std::string &text)
{
    const TemplateSyntax syntax = parse(text);
    const LoadedLibraries lookup(libraries, syntax);
    const Structure structure = buildStructure(syntax, lookup);
    const auto beginOf = [&](std::uint32_t token) {
        return token == noToken ? std::int64_t{-1} : std::int64_t{syntax.tokens()[token].range.begin};
    };

    Answer answer;
    for (const Token &token : syntax.tokens())
        answer.token(token);
    for (const LoadedLibraries::Problem &problem : lookup.problems())
        answer.finding(problem.rule, problem.range, -1);
    for (const StructureProblem &problem : structure.problems)
        answer.finding(ruleOf(problem.kind), syntax.tokens()[problem.token].range, beginOf(problem.opener));
    for (std::uint32_t i = 0; i < structure.places.size(); ++i) {
        const Place &place = structure.places[i];
        const source::Range range = syntax.tokens()[i].range;
        const bool isElif = place.role == Place::Role::Middle;
        if (place.role == Place::Role::Unknown && !place.doubtful)
            answer.finding("unknown-tag", range, -1);
        for (const Expression &expression : compiledExpressions(syntax, structure, i)) {
            answer.expression(expression);
            for (const FilterUse &filter : expression.filters) {
                if (!place.doubtful && !lookup.hasFilter(filter.name, range.begin))
                    answer.finding("unknown-filter", range, isElif ? beginOf(place.parent) : -1);
            }
        }
    }
    return answer.json();
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    const Libraries libraries = readLibraries();
    for (std::string line; std::getline(std::cin, line);) {
        std::string text(std::stoul(line), '\0');
        std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
        std::cout << answerFor(libraries, text) << std::endl;
    }
}
