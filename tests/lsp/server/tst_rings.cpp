#include "lsp/server/features/diagnostics.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/lsp/server/shopproject.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace nuages;
using namespace nuages::server;
using namespace Qt::StringLiterals;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

/// The fixture project of the rules, in memory, with files that need each other.
class Ring : public SessionRig
{
public:
    explicit Ring(const Files &files) : SessionRig(features(), findDiagnostics, tests::shopSetup())
    {
        tests::writeShop(disk());
        for (const auto &[path, text] : files)
            disk().write(path, text);
        initialize();
        takeSent();
    }

    /// The messages that were published last, sorted. What has not changed is not published again.
    std::string findings()
    {
        runAllJobs();
        for (const json::value &message : takeSent()) {
            const json::value *method = message.as_object().if_contains("method");
            if (!method || *method != "textDocument/publishDiagnostics")
                continue;
            std::vector<std::string> messages;
            for (const json::value &each : message.at("params").at("diagnostics").as_array())
                messages.emplace_back(each.at("message").as_string());
            std::ranges::sort(messages);
            m_published.clear();
            for (const std::string &each : messages)
                m_published += (m_published.empty() ? "" : "; ") + each;
        }
        return m_published;
    }

    /// Asks everything everywhere on the first line; the errors that come back.
    std::string errors(std::string_view uri, std::int64_t length)
    {
        std::string errors;
        for (const char *method : {"textDocument/completion", "textDocument/definition", "textDocument/hover",
                                   "textDocument/documentSymbol"}) {
            for (std::int64_t column = 0; column <= length; ++column) {
                json::object params{{"textDocument", {{"uri", uri}}}};
                if (std::string_view(method) != "textDocument/documentSymbol")
                    params["position"] = {{"line", 0}, {"character", column}};
                const std::int64_t id = request(method, params);
                runAllJobs();
                const auto sent = takeSent();
                const json::value *reply = replyTo(id, sent);
                if (!reply || reply->as_object().contains("error"))
                    errors += method + std::string(reply ? json::serialize(*reply) : " no reply") + "\n";
            }
        }
        return errors;
    }

    /// Kinds of query of which one came to another of its kind by what it read. RootAbove does, to the folder above;
    /// but here the root is given.
    std::set<std::string> kindsInRings()
    {
        std::map<std::string, std::set<std::string>> reads;
        query::MemoCursor cursor;
        std::vector<query::DependencyKey> keys;
        while (engine().nextMemos(cursor, 1000, keys)) { }
        for (const query::DependencyKey key : keys) {
            const std::string kind(engine().nameOf(key).kind);
            for (const query::DependencyKey read : engine().memo(key).value_or(query::MemoState()).reads)
                reads[kind].emplace(engine().nameOf(read).kind);
        }
        if (reads.size() < 20)
            return {"too little has run"};
        std::set<std::string> rings;
        for (const auto &[kind, direct] : reads) {
            std::set<std::string> reached = direct;
            for (std::size_t before = 0; before != reached.size();) {
                before = reached.size();
                for (const std::string &each : std::set(reached))
                    reached.insert(reads[each].begin(), reads[each].end());
            }
            if (reached.contains(kind))
                rings.insert(kind);
        }
        return rings;
    }

private:
    std::string m_published;
};

const std::string templatesFolder = "/shop/shop/templates/shop/";
const std::string libraries = "/shop/shop/templatetags/";
const char *const ringPage = "file:///shop/shop/templates/shop/ring.html";

const std::string settingsText =
    "INSTALLED_APPS = ['django.contrib.humanize', 'shop', 'pages']\n"
    "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]\n";

} // namespace

/// Files of a user that need each other: every answer comes, and the findings with them.
class TestRings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesThatNeedEachOtherAreAnswered_data();
    void filesThatNeedEachOtherAreAnswered();
};

void TestRings::filesThatNeedEachOtherAreAnswered_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("findings");

    const std::string plain = "{% include 'shop/none.html' %}";
    const std::string none = "No template is called 'shop/none.html'";
    QTest::newRow("extends") << Files{{templatesFolder + "next.html", "{% extends 'shop/third.html' %}"},
                                      {templatesFolder + "third.html", "{% extends 'shop/ring.html' %}"}}
                             << "{% extends 'shop/next.html' %}{% block a %}{{ block.super }}" + plain
            + "{% endblock %}"
                             << none;
    QTest::newRow("extends itself") << Files{}
                                    << std::string("{% extends 'shop/ring.html' %}{% block a %}{% endblock %}")
                                    << std::string(
                                           "No other template is called 'shop/ring.html', and none extends itself");
    QTest::newRow("include") << Files{{templatesFolder + "next.html", "{% include 'shop/ring.html' %}"}}
                             << "{% include 'shop/next.html' %}" + plain << none;
    QTest::newRow("extends what includes it")
        << Files{{templatesFolder + "next.html", "{% block a %}{% include 'shop/ring.html' %}{% endblock %}"}}
        << "{% extends 'shop/next.html' %}{% block a %}" + plain + "{% endblock %}" << none;
    QTest::newRow("libraries that import each other's register")
        << Files{{libraries + "one.py",
                  "from shop.templatetags.two import register\n@register.filter\ndef a(x): pass\n"},
                 {libraries + "two.py",
                  "from shop.templatetags.one import register\n@register.filter\ndef b(x): pass\n"}}
        << "{% load one two %}{{ x|a|b }}" + plain << none;
    QTest::newRow("libraries that import each other whole")
        << Files{{libraries + "one.py", "from .two import *\n@register.filter\ndef a(x): pass\n"},
                 {libraries + "two.py", "from .one import *\nregister.filter('b', a)\n"}}
        << "{% load one %}{{ x|a }}" + plain << none;
    QTest::newRow("functions and classes of a library that need each other")
        << Files{{libraries + "one.py",
                  "from django import template\nregister = template.Library()\nA = B\nB = A\n"
                  "class C(D): pass\nclass D(C): pass\nclass E(E): pass\ndef f(x): return g(x)\n"
                  "def g(x): return f(x)\nregister.filter(f('a'), g)\nregister.tag('b', C)\n"
                  "def add(name): add(name); register.filter(name, f)\nadd('c')\nregister.tags = register\n"}}
        << "{% load one %}" + plain << none;
    QTest::newRow("settings that import each other")
        << Files{{"/shop/website/settings.py", "from website.other import *\n" + settingsText},
                 {"/shop/website/other.py", "from website.settings import *\nfrom .other import *\n"}}
        << plain << none;
    QTest::newRow("settings that name themselves")
        << Files{{"/shop/website/settings.py",
                  "import website.settings\nMORE = LESS\nLESS = MORE\n" + settingsText
                      + "INSTALLED_APPS += INSTALLED_APPS\nTEMPLATES[0]['OPTIONS'] = {'own': TEMPLATES}\n"}}
        << plain << none;
    QTest::newRow("apps that import each other")
        << Files{{"/shop/shop/apps.py",
                  "from pages.apps import *\nfrom django.apps import AppConfig\n"
                  "class Shop(Pages, AppConfig): name = 'shop'\n"},
                 {"/shop/pages/apps.py",
                  "from shop.apps import *\nfrom django.apps import AppConfig\n"
                  "class Pages(Shop, AppConfig): name = 'pages'\n"}}
        << plain << none;
    QTest::newRow("addresses that include each other") << Files{{"/shop/website/urls.py",
                                                                 "from django.urls import include, path\n"
                                                                 "urlpatterns = [path('', include('pages.urls'))]\n"},
                                                                {"/shop/pages/urls.py",
                                                                 "from django.urls import include, path\n"
                                                                 "urlpatterns = [path('', include('website.urls'))]\n"}}
                                                       << plain << none;
    QTest::newRow("installed packages that import each other")
        << Files{{"/packages/far/__init__.py", "from near import *\n"},
                 {"/packages/near/__init__.py", "from far import *\n"},
                 {libraries + "one.py", "from far import register\nfrom near import *\n"}}
        << "{% load one %}" + plain << none;
}

void TestRings::filesThatNeedEachOtherAreAnswered()
{
    QFETCH(Files, files);
    QFETCH(std::string, text);
    QFETCH(std::string, findings);
    Ring ring(files);
    ring.disk().write(templatesFolder + "ring.html", text);
    ring.open(ringPage, text);
    QCOMPARE(ring.findings(), findings);
    QCOMPARE(ring.errors(ringPage, static_cast<std::int64_t>(text.size())), std::string());

    // Without the ring, and with it again: what was found while there was none is no answer for one.
    for (const bool isBroken : {true, false}) {
        json::array changes;
        for (const auto &[path, content] : files) {
            ring.disk().write(path,
                              isBroken ? (path.ends_with("settings.py") ? settingsText : std::string()) : content);
            changes.push_back({{"uri", "file://" + path}, {"type", 2}});
        }
        ring.notify("workspace/didChangeWatchedFiles", {{"changes", std::move(changes)}});
        const std::string version = text + (isBroken ? " " : "");
        ring.notify("textDocument/didChange",
                    {{"textDocument", {{"uri", ringPage}, {"version", isBroken ? 2 : 3}}},
                     {"contentChanges", {{{"text", version}}}}});
        if (isBroken)
            ring.findings();
        else
            QCOMPARE(ring.findings(), findings);
        QCOMPARE(ring.errors(ringPage, 20), std::string());
    }
    QCOMPARE(ring.kindsInRings(), std::set<std::string>());
}

NUAGES_TEST(TestRings)
#include "tst_rings.moc"
