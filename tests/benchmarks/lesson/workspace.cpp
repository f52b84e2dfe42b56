#include "tests/benchmarks/lesson/workspace.h"

#include "engine/ide/hover.h"
#include "engine/ide/view.h"
#include "engine/project/templates/projecttemplates.h"
#include "engine/rules/diagnostics.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <format>
#include <functional>
#include <utility>

namespace nuages::lesson {

namespace {

using query::Durability;
using query::Reader;

std::uint64_t joined(std::uint64_t before, std::uint64_t next) { return (before ^ next) * 0x9E3779B97F4A7C15U; }

std::uint64_t joined(std::uint64_t before, const std::string &text)
{
    return joined(before, std::uint64_t(std::hash<std::string>{}(text)));
}

std::uint64_t diagnosticsOf(Reader &db, project::Project project, source::File file)
{
    std::uint64_t sum = 1;
    for (const rules::Diagnostic &each : db.get<rules::Diagnostics>(project, file))
        sum = joined(joined(joined(sum, each.rule), each.message), each.range.begin);
    return sum;
}

std::uint64_t hoverOf(Reader &db, project::Project project, source::File file)
{
    const source::Text &text = db.get<source::SourceText>(file);
    const ide::View view(db, project, file, text);
    const std::size_t tag = text.view().find("{% ");
    const auto found = ide::hover(view, tag == std::string_view::npos ? 0 : std::uint32_t(tag + 4));
    return found ? joined(joined(1, found->title), found->origin) : 0;
}

} // namespace

Subject subjectOf(project::GivenData given, std::size_t count)
{
    Workspace workspace(std::make_shared<const Subject>(Subject{given, {}, {}}));
    Reader db(workspace.engine().ticket());
    std::vector<std::pair<std::string, std::string>> found; // path and text
    for (const project::TemplateFile &file : db.get<project::ProjectTemplates>(workspace.place().project))
        found.emplace_back(file.path, db.get<source::SourceText>(file.file).view());
    std::ranges::stable_sort(found, std::ranges::greater(), [](const auto &each) { return each.second.size(); });
    found.resize(std::min(found.size(), count));
    Subject subject{std::move(given), {}, {}};
    for (auto &[path, text] : found) {
        subject.paths.push_back(std::move(path));
        subject.texts.push_back(std::move(text));
    }
    return subject;
}

std::uint64_t answer(Reader &db, const Place &place, Question question)
{
    if (question.kind == Kind::Whole) {
        std::uint64_t sum = 1;
        for (const project::TemplateFile &file : db.get<project::ProjectTemplates>(place.project))
            sum = joined(sum, diagnosticsOf(db, place.project, file.file));
        return sum;
    }
    const source::File file = source::fileAt(db, place.subject->paths[question.subject]);
    return question.kind == Kind::Heavy ? diagnosticsOf(db, place.project, file) : hoverOf(db, place.project, file);
}

Workspace::Workspace(std::shared_ptr<const Subject> subject)
{
    const project::GivenData &given = subject->given;
    std::vector<source::Files::Root> roots = {{given.root, Durability::Low}};
    for (const std::string &folder : given.options.sitePackages)
        roots.push_back({folder, Durability::High});
    m_files.setRoots(std::move(roots));
    m_engine.attach(m_files);
    project::Given handle;
    m_engine.write("open the project",
                   [&](query::Transaction &tx) { handle = tx.create<project::Given>(given, Durability::Medium); });
    m_place.project = m_engine.intern<project::Project>(project::ProjectKey{given.root, {}, handle});
    m_place.subject = std::move(subject);
}

void Workspace::put(query::Transaction &tx, const Edit &edit)
{
    const std::string &text = m_place.subject->texts[edit.subject];
    // Every other one leaves a tag open, so that there is always something new to report.
    const std::string_view rest = edit.number % 2 == 0 ? "{% endif %}" : "";
    m_files.setOverlay(tx, m_place.subject->paths[edit.subject],
                       source::Text(std::format("{}{{% if typed_{} %}}{}\n", text, edit.number, rest)));
}

void Workspace::warmUp()
{
    const auto askAbout = [this](std::uint32_t subject) {
        Reader db(m_engine.ticket());
        for (const Kind kind : {Kind::Light, Kind::Heavy, Kind::Whole})
            answer(db, m_place, {kind, subject});
    };
    for (std::uint32_t i = 0; i < m_place.subject->paths.size(); ++i) {
        for (std::uint64_t number = 0; number < 4; ++number) {
            m_engine.write("warm up", [&](query::Transaction &tx) { put(tx, {i, number}); });
            askAbout(i);
        }
        m_engine.write("warm up",
                       [&](query::Transaction &tx) { m_files.removeOverlay(tx, m_place.subject->paths[i]); });
        askAbout(i);
    }
}

} // namespace nuages::lesson
