#include "tests/protocol/demo.h"
#include "tests/protocol/serveclient.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <string>
#include <utility>

using namespace nuages::tests;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

/// A folder of projects, each with an app, a library of its own and a Django of a few files in its environment.
class Folder
{
public:
    QString path() const { return QDir(m_folder.path()).canonicalPath(); }
    std::string uri(const QString &file) const
    {
        return QUrl::fromLocalFile(path() + (file.isEmpty() ? u""_s : u'/' + file)).toString().toStdString();
    }

    void write(const QString &file, const QByteArray &text) const
    {
        const QString place = path() + u'/' + file;
        QDir().mkpath(place.section(u'/', 0, -2));
        QFile opened(place);
        QVERIFY(opened.open(QIODevice::WriteOnly));
        opened.write(text);
    }

    /// The tag of its library is `name`.
    void makeProject(const QString &folder, const QByteArray &name) const
    {
        write(folder + u"/manage.py"_s,
              "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '" + name + "_settings')\n");
        write(folder + u'/' + QString::fromUtf8(name) + u"_settings.py"_s,
              "INSTALLED_APPS = ['" + name
                  + "_app']\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': "
                    "True}]\n");
        const QString app = folder + u'/' + QString::fromUtf8(name) + u"_app"_s;
        write(app + u"/__init__.py"_s, "");
        write(app + u"/templatetags/__init__.py"_s, "");
        write(app + u"/templatetags/"_s + QString::fromUtf8(name) + u"_tags.py"_s,
              "from django import template\nregister = template.Library()\n\n\n@register.simple_tag\ndef " + name
                  + "():\n    return ''\n");
        write(app + u"/templates/"_s + QString::fromUtf8(name) + u".html"_s, valid(name));
        const QString django = folder + u"/.venv/lib/python3.13/site-packages/django"_s;
        write(django + u"/__init__.py"_s, "VERSION = (5, 2, 1, 'final', 0)\n");
        write(django + u"/template/__init__.py"_s, "");
        write(django + u"/template/defaulttags.py"_s, "register = None\n");
        write(django + u"/templatetags/__init__.py"_s, "");
    }

    static QByteArray valid(const QByteArray &name) { return "{% load " + name + "_tags %}{% " + name + " %}\n"; }

    json::value initializeParams(const QStringList &folders, json::object more = {}) const
    {
        json::array workspace;
        for (const QString &folder : folders)
            workspace.push_back({{"uri", uri(folder)}, {"name", folder.toStdString()}});
        json::object params{
            {"processId", nullptr},
            {"rootUri", folders.isEmpty() ? json::value() : json::value(uri(folders.front()))},
            {"workspaceFolders", workspace},
            {"capabilities", {{"workspace", {{"configuration", false}}}, {"window", {{"workDoneProgress", true}}}}}};
        for (auto &[key, value] : more)
            params[key] = value;
        return params;
    }

private:
    QTemporaryDir m_folder;
};

std::string codesOf(const json::value &params)
{
    std::string codes;
    if (!params.at("diagnostics").is_array())
        return json::serialize(params);
    for (const json::value &each : params.at("diagnostics").as_array())
        codes += (codes.empty() ? "" : " ") + std::string(each.at("code").as_string());
    return codes;
}

json::value changed(const std::string &uri, int type) { return {{"changes", {{{"uri", uri}, {"type", type}}}}}; }

} // namespace

/// Several projects in one server, and what people are told of them.
class TestProjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDocumentBelongsToTheNearestProject_data();
    void aDocumentBelongsToTheNearestProject();
    void foldersComeAndGo();
    void onlyWhatCheckWouldJudgeIsJudged_data();
    void onlyWhatCheckWouldJudgeIsJudged();
    void aTemplateIsJudgedByItsOwnPathWhereALinkLeadsToIt();
    void aFileBehindALinkOfAnotherProjectIsJudgedByThat();
    void theConfigurationIsLive();
    void aBrokenConfigurationIsShownOnceUntilMended();
    void aLineThatCannotBeReadIsMarked();
    void aMarkGoesWithTheTextThatHadIt_data();
    void aMarkGoesWithTheTextThatHadIt();
    void theDjangoThatIsUsedIsNamed();
    void aClientThatCanBeAskedGivesItsSettings();
    void settingsThatAreSentTakeEffect();
    void patternsOfTheEditorHoldInEachFolder();
    void readingAProjectIsProgress();
};

void TestProjects::aDocumentBelongsToTheNearestProject_data()
{
    QTest::addColumn<QStringList>("folders");
    QTest::newRow("two folders") << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("one folder that holds both") << QStringList{u""_s};
    QTest::newRow("the folder of one, a file of the other") << QStringList{u"one"_s};
    QTest::newRow("files without any folder") << QStringList{};
}

void TestProjects::aDocumentBelongsToTheNearestProject()
{
    QFETCH(QStringList, folders);
    Folder folder;
    folder.makeProject(u"one"_s, "first");
    folder.makeProject(u"two/src/backend"_s, "second");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams(folders));
    client.notify("initialized", json::object());

    const std::string first = folder.uri(u"one/first_app/templates/first.html"_s);
    const std::string second = folder.uri(u"two/src/backend/second_app/templates/second.html"_s);
    client.notify("textDocument/didOpen", openParams(first, Folder::valid("first").toStdString()));
    QCOMPARE(codesOf(client.diagnosticsOf(first)), "");
    client.notify("textDocument/didOpen", openParams(second, Folder::valid("second").toStdString()));
    QCOMPARE(codesOf(client.diagnosticsOf(second)), "");
    client.notify("textDocument/didChange", replaceAll(second, 2, Folder::valid("first").toStdString()));
    QCOMPARE(codesOf(client.diagnosticsOf(second)), "unknown-library");
    client.notify("textDocument/didChange", replaceAll(first, 2, Folder::valid("second").toStdString()));
    QCOMPARE(codesOf(client.diagnosticsOf(first)), "unknown-library");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::foldersComeAndGo()
{
    Folder folder;
    folder.makeProject(u"one"_s, "first");
    folder.write(u"bare/app/__init__.py"_s, "");
    folder.write(u"bare/app/templates/a.html"_s, "");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    const json::value offered = client.request("initialize", folder.initializeParams({u"one"_s}));
    QCOMPARE(offered.at("capabilities").at("workspace").at("workspaceFolders").at("changeNotifications"), true);
    client.notify("initialized", json::object());

    // A package without a manage.py is a project only as a folder of the client's.
    const std::string page = folder.uri(u"bare/app/templates/a.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    const json::value bare = {{"uri", folder.uri(u"bare"_s)}, {"name", "bare"}};
    client.notify("workspace/didChangeWorkspaceFolders", {{"event", {{"added", {bare}}, {"removed", json::array()}}}});
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unclosed-tag");
    client.notify("workspace/didChangeWorkspaceFolders", {{"event", {{"added", json::array()}, {"removed", {bare}}}}});
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::onlyWhatCheckWouldJudgeIsJudged_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("isJudged");
    QTest::newRow("a template") << u"first_app/templates/x.html"_s << u"html"_s << true;
    QTest::newRow("a template of another ending") << u"first_app/templates/x.txt"_s << u"plaintext"_s << true;
    QTest::newRow("a component of a front end") << u"frontend/app.component.html"_s << u"html"_s << false;
    QTest::newRow("a document") << u"docs/x.html"_s << u"html"_s << false;
    QTest::newRow("a script") << u"static/x.js"_s << u"javascript"_s << false;
    QTest::newRow("a style") << u"first_app/static/x.css"_s << u"css"_s << false;
    QTest::newRow("a configuration") << u"other.toml"_s << u"toml"_s << false;
    QTest::newRow("what an editor saved by itself") << u"first_app/templates/#x.html#"_s << u"html"_s << false;
    QTest::newRow("a folder of Jinja's") << u"first_app/jinja2/x.html"_s << u"html"_s << false;
    QTest::newRow("a language of Jinja's") << u"first_app/templates/x.html"_s << u"jinja-html"_s << false;
    QTest::newRow("an installed package")
        << u".venv/lib/python3.13/site-packages/django/templates/x.html"_s << u"html"_s << false;
    QTest::newRow("an app that is not installed") << u"loose_app/templates/x.html"_s << u"html"_s << false;
    QTest::newRow("excluded") << u"first_app/templates/old/x.html"_s << u"html"_s << false;
}

void TestProjects::onlyWhatCheckWouldJudgeIsJudged()
{
    QFETCH(QString, file);
    QFETCH(QString, language);
    QFETCH(bool, isJudged);
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    folder.write(u"p/pyproject.toml"_s, "[tool.nuages]\nexclude = ['*/old']\n");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    const std::string page = folder.uri(u"p/"_s + file);
    json::value params = openParams(page, "{% nope %}{% if x %}{{ a|async }}");
    params.at("textDocument").as_object()["languageId"] = language.toStdString();
    client.notify("textDocument/didOpen", params);
    // A document that is judged comes after it, so that the other's findings would have come.
    const std::string judged = folder.uri(u"p/first_app/templates/first.html"_s);
    client.notify("textDocument/didOpen", openParams(judged, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(judged)), "unclosed-tag");
    if (!isJudged) // then something comes in any case
        client.notify("textDocument/didClose", {{"textDocument", {{"uri", page}}}});
    const std::string codes = codesOf(client.diagnosticsOf(page));
    QCOMPARE(codes.contains("unclosed-tag"), isJudged);
}

void TestProjects::aTemplateIsJudgedByItsOwnPathWhereALinkLeadsToIt()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    folder.write(u"p/frontend/pages/x.html"_s, "");
    folder.write(u"p/frontend/tags/more_tags.py"_s,
                 "from django import template\nregister = template.Library()\nregister.simple_tag(len, name='more')\n");
    QVERIFY(QFile::link(u"../../frontend/pages"_s, folder.path() + u"/p/first_app/templates/pages"_s));
    QVERIFY(QFile::link(u"../../frontend/tags/more_tags.py"_s,
                        folder.path() + u"/p/first_app/templatetags/more_tags.py"_s));
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    QVERIFY(QFile::link(u"frontend/pages"_s, folder.path() + u"/p/pages"_s));
    const std::string byLink = folder.uri(u"p/pages/x.html"_s);
    client.notify("textDocument/didOpen", openParams(byLink, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(byLink)), "unclosed-tag");
    const std::string page = folder.uri(u"p/frontend/pages/x.html"_s);
    client.notify("textDocument/didOpen",
                  openParams(page, "{% load more_tags %}{% more %}{% include './none.html' %}{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "missing-template unclosed-tag");
    const std::string library = folder.uri(u"p/frontend/tags/more_tags.py"_s);
    json::value opened = openParams(library, "# no library yet\n");
    opened.at("textDocument").as_object()["languageId"] = "python";
    client.notify("textDocument/didOpen", opened);
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unknown-library missing-template unclosed-tag");
    client.notify("textDocument/didChange",
                  replaceAll(library, 2,
                             "from django import template\nregister = template.Library()\n"
                             "register.simple_tag(len, name='more')\n"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "missing-template unclosed-tag");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// `shared` lies in no project, and `one/pages` in one that has no template there.
void TestProjects::aFileBehindALinkOfAnotherProjectIsJudgedByThat()
{
    Folder folder;
    folder.makeProject(u"one"_s, "first");
    folder.makeProject(u"two"_s, "second");
    folder.write(u"shared/x.html"_s, "");
    folder.write(u"one/pages/y.html"_s, "");
    QVERIFY(QFile::link(u"../../../shared"_s, folder.path() + u"/two/second_app/templates/shared"_s));
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u""_s}));
    client.notify("initialized", json::object());
    const std::string text = "{% load second_tags %}{% load first_tags %}";
    const std::string shared = folder.uri(u"shared/x.html"_s);
    const std::string page = folder.uri(u"one/pages/y.html"_s);
    client.notify("textDocument/didOpen", openParams(shared, text));
    QCOMPARE(codesOf(client.diagnosticsOf(shared)), "unknown-library");
    client.notify("textDocument/didOpen", openParams(page, text));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    QVERIFY(QFile::link(u"../../../one/pages"_s, folder.path() + u"/two/second_app/templates/pages"_s));
    client.notify("workspace/didChangeWatchedFiles", changed(folder.uri(u"two/second_app/templates/pages"_s), 1));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unknown-library");
    // Its own project comes first.
    QVERIFY(QFile::link(u"../../pages"_s, folder.path() + u"/one/first_app/templates/pages"_s));
    client.notify("workspace/didChangeWatchedFiles", changed(folder.uri(u"one/first_app/templates/pages"_s), 1));
    client.notify("textDocument/didChange",
                  replaceAll(page, 2, "{% load first_tags %}{% load second_tags %}{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unknown-library unclosed-tag");
    folder.write(u"one/pyproject.toml"_s, "[tool.nuages]\nexclude = ['pages', '*/pages']\n");
    client.notify("workspace/didChangeWatchedFiles", changed(folder.uri(u"one/pyproject.toml"_s), 1));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::theConfigurationIsLive()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    const std::string page = folder.uri(u"p/first_app/templates/old/x.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unclosed-tag");
    folder.write(u"p/pyproject.toml"_s, "[tool.nuages]\nexclude = ['*/old']\n");
    client.notify("workspace/didChangeWatchedFiles", changed(folder.uri(u"p/pyproject.toml"_s), 1));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    QFile::remove(folder.path() + u"/p/pyproject.toml"_s);
    client.notify("workspace/didChangeWatchedFiles", changed(folder.uri(u"p/pyproject.toml"_s), 3));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unclosed-tag");
}

void TestProjects::aBrokenConfigurationIsShownOnceUntilMended()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    folder.write(u"p/pyproject.toml"_s, "[tool.nuages]\n\nsetings = 'x'\n");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    const std::string page = folder.uri(u"p/first_app/templates/first.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unclosed-tag");
    QVERIFY(!client.messageOf("window/showMessage", "unknown key tool.nuages.setings").is_null());
    const std::string file = folder.uri(u"p/pyproject.toml"_s);
    const json::value found = client.diagnosticsOf(file);
    QCOMPARE(codesOf(found), "configuration");
    QCOMPARE(found.at("diagnostics").at(0).at("range").at("start").at("line"), 2);
    folder.write(u"p/pyproject.toml"_s, "[tool.nuages]\nexclude = ['*/templates']\n");
    client.notify("workspace/didChangeWatchedFiles", changed(file, 2));
    QCOMPARE(codesOf(client.diagnosticsOf(file)), "");
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::aLineThatCannotBeReadIsMarked()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    folder.write(u"p/first_settings.py"_s, "import elsewhere\n\nINSTALLED_APPS = elsewhere.apps()\n");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    const std::string page = folder.uri(u"p/first_app/templates/first.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% nope %}"));
    const json::value found = client.diagnosticsOf(folder.uri(u"p/first_settings.py"_s));
    QCOMPARE(codesOf(found), "not-read");
    QCOMPARE(found.at("diagnostics").at(0).at("severity"), 3);
    QVERIFY(!client.messageOf("window/showMessage", "cannot be read").is_null());
}

void TestProjects::aMarkGoesWithTheTextThatHadIt_data()
{
    QTest::addColumn<bool>("pulls");
    QTest::newRow("a client that is told") << false;
    QTest::newRow("a client that asks") << true;
}

void TestProjects::aMarkGoesWithTheTextThatHadIt()
{
    QFETCH(bool, pulls);
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    json::value params = folder.initializeParams({u"p"_s});
    if (pulls) {
        params.at("capabilities").as_object()["textDocument"] = {{"diagnostic", json::object()}};
        params.at("capabilities").at("workspace").as_object()["diagnostics"] = {{"refreshSupport", true}};
    }
    client.request("initialize", params);
    client.notify("initialized", json::object());
    client.notify("textDocument/didOpen", openParams(folder.uri(u"p/first_app/templates/first.html"_s), ""));
    const std::string settings = folder.uri(u"p/first_settings.py"_s);
    client.notify("textDocument/didOpen",
                  openParams(settings, "import elsewhere\nINSTALLED_APPS = elsewhere.apps()\n"));
    QCOMPARE(codesOf(client.diagnosticsOf(settings)), "not-read");
    client.notify("textDocument/didClose", {{"textDocument", {{"uri", settings}}}}); // never saved
    QCOMPARE(codesOf(client.diagnosticsOf(settings)), "");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::theDjangoThatIsUsedIsNamed()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    client.notify("textDocument/didOpen", openParams(folder.uri(u"p/first_app/templates/first.html"_s), "{% if x %}"));
    const json::value said = client.messageOf("window/logMessage", "Django 5.2.1");
    QVERIFY(!said.is_null());
    const QString message = QString::fromUtf8(said.at("message").as_string().c_str());
    QVERIFY2(message.contains(folder.path() + u"/p/.venv"_s), qPrintable(message));
}

void TestProjects::aClientThatCanBeAskedGivesItsSettings()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.answer("workspace/configuration", json::array{{{"exclude", {"*/old"}}}});
    json::value params = folder.initializeParams({u"p"_s});
    params.at("capabilities").at("workspace").as_object()["configuration"] = true;
    client.request("initialize", params);
    client.notify("initialized", json::object());
    QVERIFY(!client.messageOf("workspace/configuration", "nuages").is_null());
    const std::string page = folder.uri(u"p/first_app/templates/old/x.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
    client.answer("workspace/configuration", json::array{nullptr});
    client.notify("workspace/didChangeConfiguration", {{"settings", nullptr}});
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unclosed-tag");
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::settingsThatAreSentTakeEffect()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    folder.write(u"p/pyproject.toml"_s, "[tool.nuages]\nexclude = ['*/older']\n");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    const std::string page = folder.uri(u"p/first_app/templates/old/x.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% if x %}"));
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "unclosed-tag");
    client.notify("workspace/didChangeConfiguration", {{"settings", {{"nuages", {{"exclude", {"*/old"}}}}}}});
    QCOMPARE(codesOf(client.diagnosticsOf(page)), "");
}

void TestProjects::patternsOfTheEditorHoldInEachFolder()
{
    Folder folder;
    folder.makeProject(u"one"_s, "first");
    folder.makeProject(u"two"_s, "second");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    const json::value options = {{"exclude", {"*/old"}}, {"perFileIgnores", {{"*/new", {"unclosed-tag"}}}}};
    client.request("initialize", folder.initializeParams({u"one"_s, u"two"_s}, {{"initializationOptions", options}}));
    client.notify("initialized", json::object());
    for (const QString &app : {u"one/first_app/"_s, u"two/second_app/"_s}) {
        for (const auto &[name, codes] :
             {std::pair{u"old"_s, ""}, std::pair{u"new"_s, ""}, std::pair{u"other"_s, "unclosed-tag"}}) {
            const std::string page = folder.uri(app + u"templates/"_s + name + u"/x.html"_s);
            client.notify("textDocument/didOpen", openParams(page, "{% if x %}"));
            QCOMPARE(codesOf(client.diagnosticsOf(page)), codes);
        }
    }
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestProjects::readingAProjectIsProgress()
{
    Folder folder;
    folder.makeProject(u"p"_s, "first");
    ServeClient client(Transport::Stdio, QDir::tempPath());
    client.request("initialize", folder.initializeParams({u"p"_s}));
    client.notify("initialized", json::object());
    client.notify("textDocument/didOpen", openParams(folder.uri(u"p/first_app/templates/first.html"_s), "{% if x %}"));
    QVERIFY(!client.messageOf("window/workDoneProgress/create", "nuages-reading").is_null());
    QVERIFY(!client.messageOf("window/logMessage", "Django 5.2.1").is_null());
    QCOMPARE(client.faults(), std::vector<std::string>());
}

NUAGES_TEST(TestProjects)
#include "tst_projects.moc"
