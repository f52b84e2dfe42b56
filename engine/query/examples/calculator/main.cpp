#include "queries.h"

#include "engine/query/task.h"

#include <iostream>

using namespace calculator;
using namespace nuages::query;

namespace {

/// Lines are looked up here, at the edge: no query depends on where a function stands.
int lineOf(const Program &program, const Print &print, const Mistake &mistake)
{
    for (const Definition &definition : program.definitions) {
        if (definition.function.name == mistake.function)
            return definition.line;
    }
    return print.line;
}

/// What the program prints: a line for each print, and one for each line that cannot be read. It may run on any thread.
std::string results(Reader &db, Source source)
{
    const Program &program = db.get<ParsedProgram>(source);
    const auto at = [](int line, const Mistake &mistake) {
        return "line " + std::to_string(line) + ", column " + std::to_string(mistake.column) + ": " + mistake.message;
    };
    std::string text;
    for (const BadLine &bad : program.badLines)
        text += "  " + at(bad.line, bad.mistake) + "\n";
    for (std::size_t index = 0; index < program.prints.size(); ++index) {
        const Answer &answer = db.get<PrintValue>(source, index);
        if (answer)
            text += "  " + std::to_string(*answer) + "\n";
        else
            text += "  " + at(lineOf(program, program.prints[index], answer.error()), answer.error()) + "\n";
    }
    return text;
}

std::string explained(const Failure &failure)
{
    std::string text = "  ";
    switch (failure.kind) {
    case Failure::Kind::Cycle:
        text += "goes in a circle:";
        for (const std::string &query : failure.queries)
            text += " " + query;
        break;
    case Failure::Kind::Cancelled:
        text += failure.why == Cancelled::Why::TooDeep ? "calls are nested too deep" : "an edit came first";
        break;
    case Failure::Kind::Exception:
        text += failure.message;
        break;
    }
    return text + "\n";
}

/// A program that is typed line by line, and what each edit costs.
class Session
{
public:
    explicit Session(std::vector<std::string> lines) : m_lines(std::move(lines))
    {
        m_engine.setWatching(true);
        m_engine.write("open", [&](Transaction &tx) { m_source = tx.create<Source>({text()}); });
        show("The program");
    }

    void replace(const char *title, std::size_t line, std::string with)
    {
        m_lines[line - 1] = std::move(with);
        set(title);
    }

    void insert(const char *title, std::size_t line, std::string what)
    {
        m_lines.insert(m_lines.begin() + static_cast<std::ptrdiff_t>(line - 1), std::move(what));
        set(title);
    }

private:
    std::string text() const
    {
        std::string all;
        for (const std::string &line : m_lines)
            all += line + "\n";
        return all;
    }

    void set(const char *title)
    {
        m_engine.write(title, [&](Transaction &tx) { tx.set<&SourceData::text>(m_source, text()); });
        show(title);
    }

    void show(const char *title)
    {
        std::cout << title << "\n";
        for (std::size_t at = 0; at < m_lines.size(); ++at)
            std::cout << "  " << at + 1 << "  " << m_lines[at] << "\n";
        const Outcome<std::string> outcome =
            runTask(task(m_engine.ticket(), [](Reader &db, Source source) { return results(db, source); }, m_source));
        std::cout << "prints\n" << (outcome ? *outcome : explained(outcome.error()));
        showWhatRan();
        std::cout << "\n";
    }

    void showWhatRan()
    {
        std::string ran;
        int kept = 0;
        for (const Event &event : m_engine.takeEvents()) {
            switch (event.what) {
            case Event::What::ExecutedNew:
            case Event::What::ExecutedChanged:
                ran += "  " + m_engine.describe(event.key) + "\n";
                break;
            case Event::What::ExecutedBackdated:
                ran += "  " + m_engine.describe(event.key) + ", with the same value\n";
                break;
            case Event::What::ValidatedDeep:
            case Event::What::ValidatedShallow:
                ++kept;
                break;
            default:
                break;
            }
        }
        std::cout << "ran\n" << (ran.empty() ? "  nothing\n" : ran) << "kept without running: " << kept << "\n";
    }

    Engine m_engine;
    Source m_source;
    std::vector<std::string> m_lines;
};

} // namespace

int main()
{
    Session session({"area(w, h) = w * h", "double(x) = 2 * x", "print area(3, 4) + 1", "print double(area(2, 5))"});
    session.replace("Another way to double", 2, "double(x) = x + x");
    session.insert("A comment above all", 1, "# shapes");
    session.replace("A slip of the pen", 2, "area(w, h) = w * hight");
    session.replace("A slip that cannot be read", 2, "area(w, h = w * h");
    session.replace("Mended", 2, "area(w, h) = w * h");
    session.replace("It needs itself", 3, "double(x) = double(x)");
}
