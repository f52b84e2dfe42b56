#include "lsp/server/features/diagnostics.h"
#include "lsp/server/features/warmup.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/lsp/server/shopproject.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <array>
#include <string>
#include <string_view>

using namespace nuages;
using namespace nuages::server;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 4> readsOfPython = {"PythonModule", "ModuleOutline", "HiddenFunction",
                                                           "TagLibraryFacts"};

/// The shop with one page open, its diagnostics not found yet.
class OpenShop : public SessionRig
{
public:
    explicit OpenShop(Find warmUp) : SessionRig(features(), findDiagnostics, tests::shopSetup(), warmUp)
    {
        tests::writeShop(disk());
        initialize();
        open(page, "{{ name }}\n");
    }

    void type(std::string_view text)
    {
        notify("textDocument/didChange",
               {{"textDocument", {{"uri", page}, {"version", ++m_version}}}, {"contentChanges", {{{"text", text}}}}});
    }

    /// How often anything of Python was read so far.
    std::uint64_t pythonReads()
    {
        std::uint64_t sum = 0;
        for (const std::string_view query : readsOfPython)
            sum += engine().counters(query).executed;
        return sum;
    }

    /// Codes of the diagnostics that were published last.
    std::string lastCodes()
    {
        std::string codes;
        for (const json::value &message : takeSent()) {
            const json::object &object = message.as_object();
            if (!object.contains("method") || object.at("method") != "textDocument/publishDiagnostics")
                continue;
            codes.clear();
            for (const json::value &diagnostic : object.at("params").at("diagnostics").as_array())
                codes += std::string(diagnostic.at("code").as_string()) + " ";
        }
        return codes;
    }

    static constexpr const char *page = "file:///shop/shop/templates/shop/page.html";

private:
    int m_version = 1;
};

} // namespace

/// What the session reads when it has nothing else to do.
class TestWarmUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstMistakeReadsNoPython();
    void withoutItTheFirstMistakeReadsPython();
    void theFirstHoverReadsNoPython();
    void itComesAfterTheDiagnosticsAndOnce();
    void aWriteCallsItOffAndItGoesOn();
    void nothingIsReadBeforeADocumentIsOpen();
};

void TestWarmUp::theFirstMistakeReadsNoPython()
{
    OpenShop shop(warmUp);
    shop.runAllJobs();
    QCOMPARE(shop.lastCodes(), "");
    const std::uint64_t before = shop.pythonReads();
    QVERIFY(before > 0);

    shop.type("{% nosuch %}{{ name|nosuch }}\n");
    shop.runAllJobs();
    QCOMPARE(shop.lastCodes(), "unknown-tag unknown-filter ");
    QCOMPARE(shop.pythonReads(), before);
}

// Holds the test above against a session that does not warm up: the mistake is one that needs the libraries.
void TestWarmUp::withoutItTheFirstMistakeReadsPython()
{
    OpenShop shop(nullptr);
    shop.runAllJobs();
    const std::uint64_t before = shop.pythonReads();
    shop.type("{% nosuch %}\n");
    shop.runAllJobs();
    QCOMPARE(shop.lastCodes(), "unknown-tag ");
    QVERIFY(shop.pythonReads() > before);
}

void TestWarmUp::theFirstHoverReadsNoPython()
{
    OpenShop shop(warmUp);
    shop.type("{% if name %}{% endif %}\n");
    shop.runAllJobs();
    const std::uint64_t before = shop.pythonReads();
    shop.takeSent();
    shop.request("textDocument/hover",
                 {{"textDocument", {{"uri", OpenShop::page}}}, {"position", {{"line", 0}, {"character", 4}}}});
    shop.runAllJobs();
    const std::vector<json::value> sent = shop.takeSent();
    QVERIFY2(json::serialize(sent.back()).contains("{% if %}"), json::serialize(sent.back()).c_str());
    QCOMPARE(shop.pythonReads(), before);
}

void TestWarmUp::itComesAfterTheDiagnosticsAndOnce()
{
    OpenShop shop(warmUp);
    QCOMPARE(shop.waitingJobs(), std::size_t(1));
    shop.runJob();
    QCOMPARE(shop.takeSent().back().at("method").as_string(), "textDocument/publishDiagnostics");
    QCOMPARE(shop.waitingJobs(), std::size_t(1));
    QCOMPARE(shop.session().census().running, std::size_t(1));
    shop.runJob();
    QCOMPARE(shop.waitingJobs(), std::size_t(0));

    shop.type("{{ other }}\n");
    shop.runJob();
    QCOMPARE(shop.waitingJobs(), std::size_t(0));
}

void TestWarmUp::aWriteCallsItOffAndItGoesOn()
{
    static OpenShop *interrupted = nullptr;
    static int attempts = 0;
    const Find readThenStop = [](query::Reader &db, const Question &question) -> Encode {
        warmUp(db, question);
        if (++attempts == 1)
            interrupted->interrupt("textDocument/didChange",
                                   {{"textDocument", {{"uri", OpenShop::page}, {"version", 7}}},
                                    {"contentChanges", {{{"text", "{% nosuch %}"}}}}});
        db.poll();
        return {};
    };
    OpenShop shop(readThenStop);
    interrupted = &shop;
    attempts = 0;
    shop.runJob();
    shop.runJob();
    const std::uint64_t before = shop.pythonReads();
    shop.runAllJobs();
    QCOMPARE(attempts, 2);
    QCOMPARE(shop.lastCodes(), "unknown-tag ");
    QCOMPARE(shop.pythonReads(), before);
}

void TestWarmUp::nothingIsReadBeforeADocumentIsOpen()
{
    SessionRig rig(features(), findDiagnostics, tests::shopSetup(), warmUp);
    rig.initialize();
    QCOMPARE(rig.waitingJobs(), std::size_t(0));
}

NUAGES_TEST(TestWarmUp)
#include "tst_warmup.moc"
