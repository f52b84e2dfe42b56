#include "tests/oracle/trace/editor.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/templates/projecttemplates.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "lsp/server/features/diagnostics.h"
#include "lsp/server/features/notes.h"
#include "lsp/server/features/warmup.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace json = boost::json;

namespace nuages::oracle {

namespace {

/// What happens while a job reads the disk: once, after so many looks.
std::function<void()> meanwhile;
unsigned looksBefore = 0;
bool isReading = false;

void look()
{
    if (!isReading || !meanwhile || looksBefore-- > 0)
        return;
    std::exchange(meanwhile, nullptr)();
}

std::string uriOf(const std::string &path) { return "file://" + path; }
std::string pathOf(std::string_view uri) { return std::string(uri.substr(std::string_view("file://").size())); }

constexpr std::array askedMethods = {"textDocument/completion", "textDocument/hover", "textDocument/definition",
                                     "textDocument/documentSymbol"};

} // namespace

std::unique_ptr<source::OpenFile> InterruptedDisk::open(const std::string &path)
{
    look();
    return m_memory.open(path);
}

project::GivenData Editor::given()
{
    project::GivenData given{.folders = {projectRoot}, .root = projectRoot};
    given.options.sitePackages = {"/packages"};
    return given;
}

server::Encode Editor::listTemplates(query::Reader &db, const server::Question &question)
{
    const project::Project project = project::projectOf(db, question.given, projectRoot);
    json::array paths;
    for (const project::TemplateFile &file : db.get<project::ProjectTemplates>(project))
        paths.emplace_back(file.path);
    return [paths = std::move(paths)](const server::Coordinates &, const server::ClientTraits &) -> json::value {
        return {{"paths", paths}, {"remark", ""}};
    };
}

Editor::Editor(std::uint32_t seed, Tell tell)
    : m_random(seed), m_tell(std::move(tell)), m_files(m_disk), m_engine(m_clock),
      m_inbox([this](query::Wish wish) { m_engine.wantWrite(wish); }, [] {}),
      m_session(m_engine, m_files, m_inbox,
                server::Session::Host{
                    .given = given(),
                    .submit = [this](query::Urgency, query::Pool::Job job) { m_jobs.push_back(std::move(job)); },
                    .send = [this](const std::string &body) { hear(body); },
                    .ring = [] {},
                    .slots = 4,
                    .features = server::features(),
                    .findDiagnostics = server::findDiagnostics,
                    .findNotes = server::findNotes,
                    .warmUp = server::warmUp,
                    .listTemplates = listTemplates,
                }),
      m_stepsUntold(seed % 3 == 0 ? 6 : 0), m_isToldFromTheBeginning(m_stepsUntold == 0)
{
    m_engine.attach(m_files);
    for (const auto &[path, text] : groundWork())
        writeFile(path, text);
    for (const std::string &path : libraryPaths())
        writeFile(path, libraryText(m_random));
    writeFile(settingsPath(), settingsText(m_random));
    for (const std::string &path : pagePaths()) {
        if (m_random() % 2 == 0)
            writeFile(path, pageText(m_random));
    }
    m_world.takeEffect(1);
    ++m_lastRequest;
    m_inbox.receive(protocol::frame(protocol::encodeRequest(
        std::int64_t(m_lastRequest), "initialize",
        {{"processId", nullptr}, {"rootUri", uriOf(projectRoot)}, {"capabilities", json::object()}})));
    advance();
    notify("initialized", json::object());
    if (m_stepsUntold == 0)
        beginTelling();
}

Editor::~Editor()
{
    m_session.watch(nullptr);
    m_session.abandon("The end.");
    while (!m_jobs.empty())
        runJob();
}

void Editor::beginTelling()
{
    m_recorder = std::make_unique<trace::Recorder>(m_engine);
    m_fileTrace = std::make_unique<server::FileTrace>(m_engine, m_files, m_disk);
    m_files.keepReadings(true);
    m_session.watch(m_recorder.get());
}

void Editor::take()
{
    while (m_recorder) {
        trace::Batch batch = m_recorder->take();
        m_fileTrace->addTo(batch, m_session.documents());
        const bool isPartial = batch.isPartial;
        if (!batch.isEmpty())
            m_tell(std::make_shared<const trace::Batch>(std::move(batch)));
        if (!isPartial)
            return;
    }
}

void Editor::advance()
{
    m_session.advance();
    m_world.takeEffect(m_engine.revision());
}

void Editor::runJob()
{
    const std::size_t at = m_random() % m_jobs.size();
    query::Pool::Job job = std::move(m_jobs[at]);
    m_jobs.erase(m_jobs.begin() + std::ptrdiff_t(at));
    isReading = true;
    job();
    isReading = false;
    if (m_recorder)
        m_recorder->gather();
    advance();
}

void Editor::settle()
{
    for (;;) {
        while (!m_jobs.empty())
            runJob();
        if (const auto at = m_session.wakeAt()) {
            m_clock.advanceTo(*at);
            advance();
        }
        if (m_jobs.empty() && !m_session.wakeAt())
            return;
    }
}

void Editor::runSome()
{
    if (m_random() % 10 < 7)
        return settle();
    for (auto left = m_random() % 4; left > 0 && !m_jobs.empty(); --left)
        runJob();
}

void Editor::checkAll()
{
    notify("nuages/checkProject", json::object());
    settle();
}

void Editor::post(std::string_view method, const json::value &params)
{
    m_inbox.receive(protocol::frame(protocol::encodeNotification(method, params)));
}

void Editor::notify(std::string_view method, const json::value &params)
{
    post(method, params);
    advance();
}

void Editor::hear(const std::string &body)
{
    const json::value message = json::parse(body);
    const json::object &object = message.as_object();
    if (object.contains("method")) {
        if (object.at("method") != "textDocument/publishDiagnostics")
            return;
        const json::object &params = object.at("params").as_object();
        m_published[pathOf(params.at("uri").as_string())] = params.at("diagnostics");
        return;
    }
    const auto asked = m_asked.find(std::uint64_t(object.at("id").as_int64()));
    if (asked == m_asked.end())
        return;
    using Reply = AskedRequest::Reply;
    const json::value *result = object.if_contains("result");
    asked->second.reply = !result ? Reply::Error : result->is_null() ? Reply::Nothing : Reply::Result;
}

/// Returns what has come to be: the file, or the outermost folder that is made for it.
std::string Editor::writeFile(const std::string &path, const std::string &text)
{
    std::string made = path;
    for (std::string above = path; !above.empty() && m_disk.state(above).status == source::Status::Absent;
         above.resize(above.rfind('/')))
        made = above;
    m_disk.memory().write(path, text);
    m_world.add({Change::Kind::Write, path, text});
    return made;
}

void Editor::tellOfDisk(const std::vector<std::string> &paths)
{
    json::array changes;
    for (const std::string &path : paths)
        changes.push_back({{"uri", uriOf(path)}, {"type", 2}});
    notify("workspace/didChangeWatchedFiles", {{"changes", std::move(changes)}});
}

std::string Editor::textFor(const std::string &path)
{
    if (path == settingsPath())
        return settingsText(m_random);
    return path.ends_with(".py") ? libraryText(m_random) : pageText(m_random);
}

void Editor::open(const std::string &path)
{
    std::string text = m_world.textAt(path, m_engine.revision()).value_or("");
    if (m_random() % 4 == 0)
        text = textFor(path);
    m_versions[path] = ++m_lastVersion;
    m_world.add({Change::Kind::Open, path, text});
    notify("textDocument/didOpen",
           {{"textDocument",
             {{"uri", uriOf(path)},
              {"languageId", path.ends_with(".py") ? "python" : "django-html"},
              {"version", m_lastVersion},
              {"text", text}}}});
}

void Editor::close(const std::string &path)
{
    m_versions.erase(path);
    m_world.add({Change::Kind::Close, path, {}});
    notify("textDocument/didClose", {{"textDocument", {{"uri", uriOf(path)}}}});
}

void Editor::postChange(const std::string &path)
{
    m_versions[path] = ++m_lastVersion;
    // Of what is not in effect yet nothing is built on: the whole text is sent.
    std::string text = m_world.textAt(path, m_engine.revision()).value_or("");
    const bool isPage = !path.ends_with(".py");
    if (!isPage || m_random() % 4 == 0)
        text = textFor(path);
    else if (m_random() % 4 == 0)
        text.clear();
    else
        text.insert(m_random() % 2 == 0 ? 0 : text.size(), typedText(m_random));
    m_world.add({Change::Kind::Open, path, text});
    post(
        "textDocument/didChange",
        {{"textDocument", {{"uri", uriOf(path)}, {"version", m_lastVersion}}}, {"contentChanges", {{{"text", text}}}}});
}

std::uint64_t Editor::ask(const std::string &path)
{
    AskedRequest asked;
    asked.method = pick(m_random, askedMethods);
    asked.path = path;
    asked.revision = m_engine.revision();
    if (const auto version = m_versions.find(path); version != m_versions.end())
        asked.version = version->second;
    asked.column = std::uint32_t(m_random() % 12);
    json::object params{{"textDocument", {{"uri", uriOf(path)}}}};
    if (asked.method != "textDocument/documentSymbol")
        params["position"] = {{"line", asked.line}, {"character", asked.column}};
    m_asked[++m_lastRequest] = asked;
    m_inbox.receive(protocol::frame(protocol::encodeRequest(std::int64_t(m_lastRequest), asked.method, params)));
    return m_lastRequest;
}

void Editor::cancel(std::uint64_t request)
{
    m_asked.at(request).isCancelled = true;
    post("$/cancelRequest", {{"id", std::int64_t(request)}});
}

std::string Editor::anyOpen()
{
    if (m_versions.empty())
        open(pick(m_random, pagePaths()));
    return std::next(m_versions.begin(), std::ptrdiff_t(m_random() % m_versions.size()))->first;
}

std::string Editor::templateToEdit()
{
    std::vector<std::string> pages;
    for (const auto &[path, version] : m_versions) {
        if (!path.ends_with(".py"))
            pages.push_back(path);
    }
    if (pages.empty()) {
        pages.push_back(pick(m_random, pagePaths()));
        open(pages.front());
    }
    return pick(m_random, pages);
}

void Editor::type(const std::string &path)
{
    postChange(path);
    advance();
}

/// While one of the next jobs reads, something is typed or a request is called off.
void Editor::interruptNext()
{
    looksBefore = unsigned(m_random() % 3);
    meanwhile = [this] {
        std::vector<std::uint64_t> pending;
        for (const auto &[id, asked] : m_asked) {
            if (asked.reply == AskedRequest::Reply::None && !asked.isCancelled)
                pending.push_back(id);
        }
        if (!pending.empty() && m_random() % 2 == 0)
            return cancel(pick(m_random, pending));
        if (m_versions.empty())
            return;
        postChange(std::next(m_versions.begin(), std::ptrdiff_t(m_random() % m_versions.size()))->first);
        if (const auto again = m_engine.stopOverdue()) { // The grace of the readers runs out.
            m_clock.advanceTo(*again);
            m_engine.stopOverdue();
        }
    };
}

std::string Editor::changeDisk()
{
    const auto chance = m_random() % 10;
    const std::string path = chance < 6 ? pick(m_random, pagePaths())
        : chance < 9                    ? pick(m_random, libraryPaths())
                                        : settingsPath();
    if (chance < 6 && m_random() % 4 == 0) {
        const std::string gone = m_random() % 3 == 0 ? path.substr(0, path.rfind('/')) : path;
        m_disk.memory().remove(gone);
        m_world.add({Change::Kind::Remove, gone, {}});
        tellOfDisk({gone});
        return "removed " + gone;
    }
    tellOfDisk({path, writeFile(path, textFor(path))});
    return "wrote " + path;
}

std::string Editor::rename()
{
    const std::string from = pick(m_random, pagePaths());
    const std::string to = pick(m_random, pagePaths());
    if (from == to || m_disk.memory().state(from).status != source::Status::Regular)
        return "renamed nothing";
    const std::string text = *m_disk.memory().open(from)->bytes(source::Files::sizeLimit);
    m_disk.memory().remove(from);
    m_world.add({Change::Kind::Remove, from, {}});
    tellOfDisk({from, to, writeFile(to, text)});
    return "renamed " + from + " to " + to;
}

std::string Editor::step()
{
    if (m_stepsUntold > 0 && --m_stepsUntold == 0)
        beginTelling();
    std::string what;
    const auto chance = m_random() % 100;
    if (chance < 24) {
        const std::string path = anyOpen();
        type(path);
        what = "typed into " + path;
    } else if (chance < 32) {
        const std::string path = m_random() % 8 != 0 ? pick(m_random, pagePaths()) : pick(m_random, libraryPaths());
        if (m_versions.contains(path)) {
            close(path);
            what = "closed " + path;
        } else {
            open(path);
            what = "opened " + path;
        }
    } else if (chance < 36) {
        const std::string path = anyOpen();
        const std::string text = m_world.textAt(path, m_engine.revision()).value_or("");
        const std::string made = writeFile(path, text);
        post("textDocument/didSave", {{"textDocument", {{"uri", uriOf(path)}}}});
        tellOfDisk({path, made}); // in the same write
        what = "saved " + path;
    } else if (chance < 46) {
        what = changeDisk();
    } else if (chance < 50) {
        what = rename();
    } else if (chance < 62) {
        const std::string path = m_random() % 4 == 0 ? pick(m_random, pagePaths()) : anyOpen();
        ask(path);
        what = "asked for " + m_asked[m_lastRequest].method + " of " + path;
        advance();
    } else if (chance < 68) {
        const std::uint64_t request = ask(anyOpen());
        if (m_random() % 2 == 0)
            advance();
        cancel(request);
        what = "asked and called it off";
        advance();
    } else if (chance < 80) {
        what = "asked, " + changeDisk() + ", " + changeDisk() + "; interrupted";
        ask(anyOpen());
        interruptNext();
        advance();
    } else if (chance < 88) {
        what = "several edits at once";
        for (auto left = 2 + m_random() % 3; left > 0; --left)
            postChange(anyOpen());
        advance();
    } else {
        notify("nuages/checkProject", json::object());
        what = "asked for all findings";
    }
    runSome();
    meanwhile = nullptr;
    if (m_random() % 10 < 7)
        take();
    return what;
}

} // namespace nuages::oracle
