#include "engine/trace/store.h"
#include "lsp/server/features/diagnostics.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace nuages;
using namespace nuages::server;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

constexpr int pageCount = 70; // more than one job looks at

std::string pagePath(int page) { return std::format("/p/shop/templates/page{:02}.html", page); }
std::string pageUri(int page) { return "file://" + pagePath(page); }

int firstListed = 0; ///< The pages before it were removed.

/// All pages that were ever meant to be there, whether they are or not.
Encode listPages(query::Reader &, const Question &)
{
    return [](const Coordinates &, const ClientTraits &) -> json::value {
        json::array paths;
        for (int page = firstListed; page < pageCount; ++page)
            paths.emplace_back(pagePath(page));
        return {{"paths", std::move(paths)}, {"remark", "Pages are all there is."}};
    };
}

/// A project of pages of which every tenth has a mistake, and a client that has asked for all findings.
class CheckedPages : public SessionRig
{
public:
    explicit CheckedPages(const json::object &capabilities = {})
        : SessionRig(features(), findDiagnostics, tests::givenAt("/p"), nullptr, nullptr, listPages)
    {
        firstListed = 0;
        disk().write("/p/manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n");
        disk().write(
            "/p/settings.py",
            "INSTALLED_APPS = ['shop']\n"
            "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]\n");
        disk().write("/p/shop/__init__.py", "");
        for (int page = 0; page < pageCount; ++page)
            disk().write(pagePath(page), page % 10 == 0 ? "{% if x %}\n" : "{{ x }}\n");
        initialize(capabilities);
    }

    void ask() { notify("nuages/checkProject", {{"workDoneToken", "all"}}); }

    /// Takes in what the server has sent.
    void listen()
    {
        for (const json::value &message : takeSent()) {
            const json::object &object = message.as_object();
            const std::string method(object.contains("method") ? object.at("method").as_string() : "");
            if (method == "textDocument/publishDiagnostics") {
                const json::value &params = object.at("params");
                ++published;
                findings[std::string(params.at("uri").as_string())] = params.at("diagnostics").as_array().size();
            } else if (method == "$/progress") {
                const json::object &value = object.at("params").at("value").as_object();
                progress.emplace_back(value.at("kind").as_string());
                if (value.contains("message"))
                    lastMessage = value.at("message").as_string();
            } else if (method == "window/showMessage") {
                shown.emplace_back(object.at("params").at("message").as_string());
            }
        }
    }

    std::size_t findingCount() const
    {
        std::size_t sum = 0;
        for (const auto &[uri, count] : findings)
            sum += count;
        return sum;
    }

    int published = 0;
    std::map<std::string, std::size_t> findings; ///< By URI.
    std::vector<std::string> progress; ///< Kinds.
    std::string lastMessage; ///< Of the progress.
    std::vector<std::string> shown;
};

/// What is known of a page at a revision: "2: unclosed-tag 0:3", or "unknown".
std::string knownOf(const trace::Store &store, int page, trace::Revision revision)
{
    const auto known = store.mistakesAt(pagePath(page), revision);
    if (!known)
        return "unknown";
    std::string text = std::to_string(known->revision) + ":";
    for (const trace::Mistake &mistake : *known->found)
        text += std::format(" {} {}:{}", mistake.rule, mistake.line, mistake.column);
    return text;
}

/// Watches a session from now on.
struct Watching {
    explicit Watching(SessionRig &pages) : rig(pages), recorder(pages.engine())
    {
        rig.watch(&recorder);
        rig.advance();
        look();
    }
    ~Watching() { rig.watch(nullptr); }
    Watching(const Watching &) = delete;
    Watching &operator=(const Watching &) = delete;

    void look()
    {
        rig.runAllJobs();
        for (bool isPartial = true; isPartial;) {
            const trace::Batch batch = recorder.take();
            store.apply(batch);
            isPartial = batch.isPartial;
        }
    }

    trace::Revision now() const { return rig.engine().revision(); }

    SessionRig &rig;
    trace::Recorder recorder;
    trace::Store store;
};

} // namespace

/// The findings of all templates, for a client that asks for them.
class TestProjectCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAWishNothingIsLookedAt();
    void findsWhatIsWrongInFilesThatAreNotOpen();
    void askedAgainItTellsOnlyWhatIsDifferent();
    void aWriteInterruptsItAndItGoesOn();
    void anOpenDocumentIsToldOfByItself();
    void anOpenDocumentKeepsItsFindingsWhenItsFileGoes();
    void aServerThatListsNoTemplatesPassesItOver();
    void eachLookIsTracedWithItsRevision();
    void whoBeginsToWatchIsToldWhatIsFound();
    void aTraceCountsAsUtf16DoesWhateverTheClientSpeaks();
};

void TestProjectCheck::withoutAWishNothingIsLookedAt()
{
    CheckedPages pages;
    QCOMPARE(pages.waitingJobs(), std::size_t(0));
}

void TestProjectCheck::findsWhatIsWrongInFilesThatAreNotOpen()
{
    CheckedPages pages;
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    QCOMPARE(pages.findingCount(), std::size_t(pageCount / 10));
    QCOMPARE(pages.findings.at(pageUri(60)), std::size_t(1));
    QCOMPARE(pages.published, pageCount / 10); // A file without findings is no news.
    QCOMPARE(pages.progress.front(), "begin");
    QVERIFY(std::ranges::count(pages.progress, "report") >= 3);
    QCOMPARE(pages.progress.back(), "end");
    QCOMPARE(pages.lastMessage, "70 templates checked");
    QCOMPARE(pages.shown, std::vector<std::string>{"Pages are all there is."});
    QVERIFY(pages.session().census().isIdle());
    QVERIFY(!pages.session().documents().find(pagePath(0)));
    QCOMPARE(pages.engine().revision(), query::Revision(1));
}

void TestProjectCheck::askedAgainItTellsOnlyWhatIsDifferent()
{
    CheckedPages pages;
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    const int before = pages.published;
    const std::uint64_t executed = pages.engine().counters("Diagnostics").executed;
    pages.disk().write(pagePath(0), "{{ x }}\n");
    pages.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", pageUri(0)}, {"type", 2}}}}});
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    QCOMPARE(pages.published, before + 1);
    QCOMPARE(pages.findings.at(pageUri(0)), std::size_t(0));
    QCOMPARE(pages.engine().counters("Diagnostics").executed, executed + 1);
    QCOMPARE(pages.shown.size(), std::size_t(1)); // What was said is not said again.
}

void TestProjectCheck::aWriteInterruptsItAndItGoesOn()
{
    CheckedPages pages;
    pages.ask();
    pages.runJob(); // the list
    while (pages.waitingJobs() > 1)
        pages.runJob();
    pages.open("file:///p/shop/templates/new.html", "{{ y }}\n"); // while a portion waits with an old ticket
    pages.runAllJobs();
    pages.listen();
    QCOMPARE(pages.findingCount(), std::size_t(pageCount / 10));
    QCOMPARE(pages.lastMessage, "70 templates checked");
}

void TestProjectCheck::anOpenDocumentIsToldOfByItself()
{
    CheckedPages pages;
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    pages.open(pageUri(0), "{% if x %}{% for %}\n");
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    QVERIFY(pages.findings.at(pageUri(0)) > 1); // Those of its text, and not of the disk's.
    pages.notify("textDocument/didClose", {{"textDocument", {{"uri", pageUri(0)}}}});
    pages.runAllJobs();
    pages.listen();
    QCOMPARE(pages.findings.at(pageUri(0)), std::size_t(1)); // The disk's again, without being asked.
}

void TestProjectCheck::anOpenDocumentKeepsItsFindingsWhenItsFileGoes()
{
    CheckedPages pages;
    pages.ask();
    pages.runAllJobs();
    pages.open(pageUri(0), "{% if x %}{% for %}\n");
    pages.runAllJobs();
    pages.listen();
    const std::size_t found = pages.findings.at(pageUri(0));
    QVERIFY(found > 0);
    for (const int page : {0, 10})
        pages.disk().remove(pagePath(page));
    firstListed = 11;
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    QCOMPARE(pages.findings.at(pageUri(0)), found);
    QCOMPARE(pages.findings.at(pageUri(10)), std::size_t(0));
}

void TestProjectCheck::aServerThatListsNoTemplatesPassesItOver()
{
    SessionRig rig(features(), findDiagnostics);
    rig.initialize();
    rig.notify("nuages/checkProject", json::object());
    QCOMPARE(rig.waitingJobs(), std::size_t(0));
    QVERIFY(rig.session().census().isIdle());
}

void TestProjectCheck::eachLookIsTracedWithItsRevision()
{
    CheckedPages pages;
    Watching watching(pages);
    pages.ask();
    watching.look();
    const trace::Revision first = watching.now();
    QCOMPARE(knownOf(watching.store, 10, first), std::format("{}: unclosed-tag 0:3", first));
    QCOMPARE(knownOf(watching.store, 11, first), std::format("{}:", first));

    pages.open(pageUri(11), "{{ x }}\n\n{% if x %}\n");
    watching.look();
    const trace::Revision opened = watching.now();
    QVERIFY(opened > first);
    QCOMPARE(knownOf(watching.store, 11, opened), std::format("{}: unclosed-tag 2:3", opened));
    QCOMPARE(knownOf(watching.store, 11, first), std::format("{}:", first));
    QCOMPARE(knownOf(watching.store, 10, opened), std::format("{}: unclosed-tag 0:3", first)); // Not asked again.
    pages.ask();
    watching.look();
    QCOMPARE(knownOf(watching.store, 10, opened), std::format("{}: unclosed-tag 0:3", opened));
    QCOMPARE(knownOf(watching.store, 11, opened), std::format("{}: unclosed-tag 2:3", opened));

    pages.notify("textDocument/didClose", {{"textDocument", {{"uri", pageUri(11)}}}});
    watching.look(); // It is checked as one of all again.
    QCOMPARE(knownOf(watching.store, 11, watching.now()), std::format("{}:", watching.now()));
    QCOMPARE(knownOf(watching.store, 11, opened), std::format("{}: unclosed-tag 2:3", opened));
}

void TestProjectCheck::whoBeginsToWatchIsToldWhatIsFound()
{
    CheckedPages pages;
    pages.open(pageUri(12), "{% if x %}\n");
    pages.ask();
    pages.runAllJobs();
    pages.listen();
    const int published = pages.published;
    {
        const Watching watching(pages);
        QCOMPARE(watching.store.lookedAt().size(), std::size_t(pageCount));
        QCOMPARE(knownOf(watching.store, 10, watching.now()), std::format("{}: unclosed-tag 0:3", watching.now()));
        QCOMPARE(knownOf(watching.store, 12, watching.now()), std::format("{}: unclosed-tag 0:3", watching.now()));
        QCOMPARE(knownOf(watching.store, 12, watching.now() - 1), std::string("unknown"));
    }
    pages.listen();
    QCOMPARE(pages.published, published); // Nothing of it is news to the client.

    CheckedPages alone; // Nobody asks for all.
    alone.open(pageUri(1), "{% if x %}\n");
    alone.runAllJobs();
    Watching watching(alone);
    QCOMPARE(watching.store.lookedAt(), std::vector<std::string>{pagePath(1)});
    QCOMPARE(watching.store.mistakesAt(pagePath(1), watching.now())->found->size(), std::size_t(1));
    alone.notify("textDocument/didClose", {{"textDocument", {{"uri", pageUri(1)}}}});
    watching.look();
    QVERIFY(!watching.store.mistakesAt(pagePath(1), watching.now())); // The disk may say something else.
}

void TestProjectCheck::aTraceCountsAsUtf16DoesWhateverTheClientSpeaks()
{
    for (const char *encoding : {"utf-8", "utf-16", "utf-32"}) {
        CheckedPages rig(
            json::object{{"general", json::object{{"positionEncodings", json::array{json::value(encoding)}}}}});
        rig.open(pageUri(1), "\xF0\x9F\x98\x80 {% if x %}\n");
        const Watching watching(rig);
        const auto known = watching.store.mistakesAt(pagePath(1), watching.now());
        QVERIFY(known);
        QCOMPARE(known->found->size(), std::size_t(1));
        QCOMPARE(known->found->front().column, 6u);
        QCOMPARE(known->found->front().endColumn, 8u);
        QCOMPARE(known->found->front().severity, 1u);
    }
}

NUAGES_TEST(TestProjectCheck)
#include "tst_projectcheck.moc"
