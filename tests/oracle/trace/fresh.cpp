#include "tests/oracle/trace/fresh.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/templates/projecttemplates.h"
#include "engine/query/task.h"
#include "engine/rules/diagnostics.h"
#include "engine/rules/selection.h"
#include "engine/source/lineindex.h"
#include "engine/source/queries.h"
#include "lsp/server/coordinates.h"
#include "lsp/server/features/diagnostics.h"
#include "lsp/server/features/notes.h"
#include "lsp/server/features/warmup.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace nuages::oracle {

Fresh::Fresh(const World &world, trace::Revision revision) : m_files(m_disk)
{
    world.play(m_disk, revision);
    m_engine.attach(m_files);
    const project::GivenData given = Editor::given();
    std::vector<source::Files::Root> roots = {{projectRoot, query::Durability::Low}};
    for (const std::string &folder : given.options.sitePackages)
        roots.push_back({folder, query::Durability::High});
    m_files.setRoots(std::move(roots));
    m_engine.write("set up", [&](query::Transaction &tx) {
        m_given = tx.create<project::Given>(given, query::Durability::Medium);
        for (const auto &[path, text] : world.openAt(revision))
            m_files.setOverlay(tx, path, source::Text(text));
    });
}

template <class F, class... A>
auto Fresh::run(F work, const A &...arguments)
{
    query::Reader db(m_engine.ticket());
    return work(db, arguments...);
}

void Fresh::checkAll(const std::vector<AskedRequest> &asked)
{
    server::Question question;
    question.given = m_given;
    query::Reader db(m_engine.ticket());
    (void)Editor::listTemplates(db, question);
    const project::Project project = project::projectOf(db, m_given, projectRoot);
    for (const project::TemplateFile &file : db.get<project::ProjectTemplates>(project))
        question.paths.push_back(file.path);
    for (const std::string &path : pagePaths()) {
        if (!std::ranges::contains(question.paths, path))
            question.paths.push_back(path);
    }
    (void)server::checkTemplates(db, question);
    (void)server::warmUp(db, question);
    question.paths.emplace_back(projectRoot);
    (void)server::findNotes(db, question);
    for (const AskedRequest &each : asked) {
        const auto feature = std::ranges::find(server::features(), each.method, &server::Feature::method);
        server::Question about;
        about.given = m_given;
        about.path = each.path;
        about.text = db.get<source::SourceText>(source::fileAt(db, each.path));
        if (each.version) {
            const source::LineIndex &lines = db.get<source::Lines>(source::fileAt(db, each.path));
            about.offset = lines.offset(source::Position{each.line, each.column}, source::ColumnUnit::Utf16);
        } else {
            about.closed = server::ClosedDocument{{each.line, each.column}, server::PositionEncoding::Utf16};
        }
        (void)feature->find(db, about);
    }
}

const std::map<std::string, Fresh::Memo> &Fresh::memos()
{
    if (m_memos)
        return *m_memos;
    m_memos.emplace();
    query::MemoCursor cursor;
    std::vector<query::DependencyKey> keys;
    while (m_engine.nextMemos(cursor, 100'000, keys)) { }
    std::set<std::string> ambiguous;
    for (const query::DependencyKey key : keys) {
        const auto state = m_engine.memo(key);
        Memo memo{{}, state->durability};
        for (const query::DependencyKey read : state->reads)
            memo.reads.push_back(m_engine.describe(read));
        const std::string name = m_engine.describe(key);
        if (!m_memos->emplace(name, std::move(memo)).second)
            ambiguous.insert(name);
    }
    for (const std::string &name : ambiguous)
        m_memos->erase(name);
    return *m_memos;
}

std::optional<source::Status> Fresh::statusOf(const std::string &path) const
{
    const auto view = m_files.view(path);
    return view ? std::optional(view->status) : std::nullopt;
}

std::vector<rules::Diagnostic> Fresh::diagnosticsOf(const std::string &path)
{
    return run(
        [](query::Reader &db, project::Given given, const std::string &file) {
            const project::Project project = project::projectOf(db, given, file);
            return db.get<rules::Diagnostics>(project, source::fileAt(db, file));
        },
        m_given, path);
}

std::vector<std::string> Fresh::findingsOf(const std::string &path)
{
    return run(
        [](query::Reader &db, project::Given given, const std::string &named) {
            std::vector<std::string> findings;
            const project::Project project = project::projectOf(db, given, named);
            const auto &file = db.get<project::JudgedAs>(project, source::fileAt(db, named));
            if (!file)
                return findings;
            for (const rules::Diagnostic &each :
                 rules::selected(db.get<rules::Diagnostics>(project, *file),
                                 rules::selectionOf(db.get<project::ProjectConfiguration>(project)),
                                 db.read<&source::FileData::path>(*file)))
                findings.push_back(each.rule + ": " + each.message);
            std::ranges::sort(findings);
            return findings;
        },
        m_given, path);
}

} // namespace nuages::oracle
