#include "engine/project/discovery/discovery.h"
#include "engine/project/django.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QMap>
#include <QTest>

using namespace nuages;
using namespace nuages::tests;

using Tree = QMap<QByteArray, QByteArray>; // path and text; a path that ends in "/" is a folder

namespace {

/// A disk with these files, and queries about it.
class World
{
public:
    World(const Tree &tree, project::GivenData given)
    {
        for (const auto &[path, text] : tree.asKeyValueRange()) {
            if (path.endsWith('/'))
                m_disk.makeDirectory(path.chopped(1).toStdString());
            else
                m_disk.write(path.toStdString(), text.toStdString());
        }
        m_engine.attach(m_files);
        m_engine.write("open", [&](query::Transaction &tx) { m_given = tx.create<project::Given>(std::move(given)); });
    }

    std::string rootOf(const QByteArray &path)
    {
        query::Reader db(m_engine.ticket());
        return project::rootOf(db, project::projectOf(db, m_given, path.toStdString()));
    }

    std::vector<std::string> rootsBelow(const char *path)
    {
        query::Reader db(m_engine.ticket());
        return db.get<project::RootsBelow>(source::fileAt(db, path));
    }

    project::InstalledPackages packages(const QByteArray &path = "/p")
    {
        query::Reader db(m_engine.ticket());
        return db.get<project::SitePackages>(project::projectOf(db, m_given, path.toStdString()));
    }

    project::Configuration configuration(const QByteArray &path)
    {
        query::Reader db(m_engine.ticket());
        return db.get<project::ProjectConfiguration>(project::projectOf(db, m_given, path.toStdString()));
    }

    void write(const char *path, const char *text)
    {
        m_disk.write(path, text);
        m_engine.write("write", [&](query::Transaction &tx) { m_files.lookAgain(tx, path); });
    }

private:
    source::MemoryFileSystem m_disk;
    source::Files m_files{m_disk};
    query::Engine m_engine;
    project::Given m_given;
};

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts)
        text += (text.empty() ? "" : " ") + part;
    return text;
}

QByteArray naming(const char *module)
{
    return QByteArray("import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '") + module + "')\n";
}

} // namespace

class TestDiscovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRootIsTheNearestProject_data();
    void theRootIsTheNearestProject();
    void theRootFollowsTheDisk();
    void projectsBelowAFolder();
    void aPathWithoutProjectBelongsToTheOnlyOneOfItsFolder();
    void sitePackagesComeFromTheFirstPlaceThatHasThem_data();
    void sitePackagesComeFromTheFirstPlaceThatHasThem();
    void environmentsOfToolsAreFound_data();
    void environmentsOfToolsAreFound();
    void pathFilesAddFolders();
    void configurationIsThatOfTheNearestTable();
    void whatIsGivenWinsOverTheTable();
    void mistakesOfTheTableAreNamed_data();
    void mistakesOfTheTableAreNamed();
    void patternsExcludeFoldersAndFiles();
    void readsDjangosVersion_data();
    void readsDjangosVersion();
};

void TestDiscovery::theRootIsTheNearestProject_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("root");

    QTest::newRow("the folder of manage.py") << QByteArray("/w/site") << QByteArray("/w/site");
    QTest::newRow("below it") << QByteArray("/w/site/app/templates") << QByteArray("/w/site");
    QTest::newRow("a file below it") << QByteArray("/w/site/app/a.html") << QByteArray("/w/site");
    QTest::newRow("a file that is not there yet") << QByteArray("/w/site/new/x.html") << QByteArray("/w/site");
    QTest::newRow("a configured package") << QByteArray("/w/package/x") << QByteArray("/w/package");
    QTest::newRow("a pyproject of others") << QByteArray("/w/plain/x") << QByteArray("/w/plain/x");
    QTest::newRow("nothing anywhere") << QByteArray("/v/x") << QByteArray("/v/x");
    QTest::newRow("a file, nothing anywhere") << QByteArray("/v/x/a.html") << QByteArray("/v/x");
    QTest::newRow("a package of its own settings") << QByteArray("/r/shop") << QByteArray("/r");
    QTest::newRow("below a package of its own settings") << QByteArray("/r/shop/t/a.html") << QByteArray("/r");
    QTest::newRow("a package within a package") << QByteArray("/r/out/in") << QByteArray("/r");
    QTest::newRow("a package of settings of which a variable decides") << QByteArray("/r/half") << QByteArray("/r");
    QTest::newRow("a package of other settings") << QByteArray("/r/other/t") << QByteArray("/r/other");
    QTest::newRow("no package") << QByteArray("/r/bare") << QByteArray("/r/bare");
}

void TestDiscovery::theRootIsTheNearestProject()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, root);
    World world({{"/w/site/manage.py", ""},
                 {"/w/site/app/a.html", ""},
                 {"/w/site/app/templates/b.html", ""},
                 {"/w/package/pyproject.toml", "[tool.nuages]\n"},
                 {"/w/package/x/", ""},
                 {"/w/plain/pyproject.toml", "[tool.other]\n"},
                 {"/w/plain/x/", ""},
                 {"/v/x/a.html", ""},
                 {"/r/half/__init__.py", ""},
                 {"/r/half/manage.py", naming("half.' + os.environ['MODE'] + '.settings")},
                 {"/r/shop/manage.py", naming("shop.settings")},
                 {"/r/shop/__init__.py", ""},
                 {"/r/out/__init__.py", ""},
                 {"/r/out/in/__init__.py", ""},
                 {"/r/out/in/manage.py", naming("out.in.settings")},
                 {"/r/other/manage.py", naming("elsewhere.settings")},
                 {"/r/other/__init__.py", ""},
                 {"/r/bare/manage.py", naming("bare.settings")}},
                {.folders = {path.toStdString()}});
    QCOMPARE(world.rootOf(path), root.toStdString());
}

void TestDiscovery::theRootFollowsTheDisk()
{
    World world({{"/w/one/templates/", ""}, {"/w/two/templates/", ""}}, {.folders = {"/w"}});
    QCOMPARE(world.rootOf("/w/one/templates/a.html"), "/w");
    world.write("/w/one/manage.py", "");
    world.write("/w/two/manage.py", "");
    QCOMPARE(world.rootOf("/w/one/templates/a.html"), "/w/one");
    QCOMPARE(world.rootOf("/w/two/templates/a.html"), "/w/two");
}

void TestDiscovery::projectsBelowAFolder()
{
    World world({{"/w/one/manage.py", ""},
                 {"/w/one/inner/manage.py", ""},
                 {"/w/deep/two/pyproject.toml", "[tool.nuages]\n"},
                 {"/w/venv/pyvenv.cfg", ""},
                 {"/w/venv/x/manage.py", ""},
                 {"/w/.hidden/manage.py", ""},
                 {"/w/node_modules/manage.py", ""}},
                {.folders = {"/w"}});
    QCOMPARE(joined(world.rootsBelow("/w")), "/w/deep/two /w/one");
    QCOMPARE(joined(world.rootsBelow("/w/one")), "/w/one");
    QCOMPARE(joined(world.rootsBelow("/w/nowhere")), "");
}

void TestDiscovery::aPathWithoutProjectBelongsToTheOnlyOneOfItsFolder()
{
    World world({{"/w/src/backend/manage.py", ""}, {"/w/docs/", ""}, {"/other/x/", ""}}, {.folders = {"/w", "/other"}});
    QCOMPARE(world.rootOf("/w/docs/a.html"), "/w/src/backend");
    QCOMPARE(world.rootOf("/other/x/a.html"), "/other");
    QCOMPARE(world.rootOf("/elsewhere/a.html"), "/elsewhere");
}

void TestDiscovery::sitePackagesComeFromTheFirstPlaceThatHasThem_data()
{
    QTest::addColumn<QByteArrayList>("made");
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("virtualEnv");
    QTest::addColumn<QByteArray>("found");

    const QByteArrayList all{"/p/.venv/lib/python3.13/site-packages", "/p/venv/lib/python3.12/site-packages",
                             "/e/lib/python3.11/site-packages", "/usr/lib/python3/dist-packages", "/g"};
    QTest::newRow("given") << all << QByteArray("/g") << QByteArray("/e") << QByteArray("/g");
    QTest::newRow("given, but not there") << all << QByteArray("/h") << QByteArray("/e") << QByteArray("");
    QTest::newRow("active") << all << QByteArray() << QByteArray("/e") << QByteArray("/e/lib/python3.11/site-packages");
    QTest::newRow("active, but gone") << all << QByteArray() << QByteArray("/f") << QByteArray(all[0]);
    QTest::newRow("active, without Django, and .venv has it")
        << all + QByteArrayList{all[0] + "/django"} << QByteArray() << QByteArray("/e") << QByteArray(all[0]);
    QTest::newRow("active, without Django, and the system has it")
        << all.mid(2) + QByteArrayList{all[3] + "/django"} << QByteArray() << QByteArray("/e") << QByteArray(all[3]);
    QTest::newRow("active, and both have it") << all + QByteArrayList{all[0] + "/django", all[2] + "/django"}
                                              << QByteArray() << QByteArray("/e") << QByteArray(all[2]);
    QTest::newRow(".venv") << all << QByteArray() << QByteArray() << QByteArray(all[0]);
    QTest::newRow("venv") << all.mid(1) << QByteArray() << QByteArray() << QByteArray(all[1]);
    QTest::newRow("the system's") << all.mid(2) << QByteArray() << QByteArray() << QByteArray(all[3]);
    QTest::newRow("none") << QByteArrayList() << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("lib64") << QByteArrayList{"/p/env/lib64/python3.13/site-packages"} << QByteArray() << QByteArray()
                           << QByteArray("/p/env/lib64/python3.13/site-packages");
    QTest::newRow("in a folder above") << QByteArrayList{"/.venv/lib/python3.13/site-packages",
                                                         "/usr/lib/python3/dist-packages/django"}
                                       << QByteArray() << QByteArray() << QByteArray("/usr/lib/python3/dist-packages");
}

void TestDiscovery::sitePackagesComeFromTheFirstPlaceThatHasThem()
{
    QFETCH(QByteArrayList, made);
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, virtualEnv);
    QFETCH(QByteArray, found);

    Tree tree;
    for (const QByteArray &folder : made)
        tree[folder + '/'] = {};
    project::GivenData data{.folders = {"/p"}, .root = "/p"};
    if (!given.isEmpty())
        data.options.sitePackages = {given.toStdString()};
    if (!virtualEnv.isEmpty())
        data.variables = {{"VIRTUAL_ENV", virtualEnv.toStdString()}};
    const project::InstalledPackages packages = World(tree, data).packages();
    QCOMPARE(joined(packages.folders), found.toStdString());
    QCOMPARE(packages.isSystems, found.startsWith("/usr") && !found.isEmpty());
}

void TestDiscovery::environmentsOfToolsAreFound_data()
{
    QTest::addColumn<Tree>("tree");
    QTest::addColumn<QByteArray>("variable"); // "NAME=value"
    QTest::addColumn<QByteArray>("foundBy");

    const auto with = [](const QByteArray &environment, Tree tree = {}) {
        tree[environment + "/lib/python3.13/site-packages/django/"] = {};
        tree["/usr/lib/python3/dist-packages/django/"] = {};
        return tree;
    };
    const Tree named{{"/w/p/pyproject.toml", "[project]\nname = \"The_Shop\"\n"}};
    QTest::newRow("conda") << with("/conda/envs/shop") << QByteArray("CONDA_PREFIX=/conda/envs/shop")
                           << QByteArray("CONDA_PREFIX");
    QTest::newRow("uv, by its variable") << with("/w/p/envs/u") << QByteArray("UV_PROJECT_ENVIRONMENT=envs/u")
                                         << QByteArray("UV_PROJECT_ENVIRONMENT");
    QTest::newRow("above") << with("/w/.venv") << QByteArray() << QByteArray("/w/.venv");
    QTest::newRow("PDM") << with("/x/env", {{"/w/p/.pdm-python", "/x/env/bin/python\n"}}) << QByteArray()
                         << QByteArray("/x/env");
    QTest::newRow("PDM, by a detour") << with("/x/env", {{"/w/p/.pdm-python", "/w/p/../../x/env/bin/python\n"}})
                                      << QByteArray() << QByteArray("/x/env");
    QTest::newRow("Poetry, by a detour") << with("/v/the-shop-Abcd12Cd-py3.13", named)
                                         << QByteArray("POETRY_VIRTUALENVS_PATH=/w/../v")
                                         << QByteArray("/v/the-shop-Abcd12Cd-py3.13");
    QTest::newRow("PDM, beside the project")
        << Tree{{"/w/p/__pypackages__/3.13/lib/django/", ""}} << QByteArray() << QByteArray("/w/p/__pypackages__");
    QTest::newRow("Poetry") << with("/home/me/.cache/pypoetry/virtualenvs/the-shop-Ab_-12Cd-py3.13", named)
                            << QByteArray()
                            << QByteArray("/home/me/.cache/pypoetry/virtualenvs/the-shop-Ab_-12Cd-py3.13");
    QTest::newRow("Poetry, of another project")
        << with("/home/me/.cache/pypoetry/virtualenvs/the-shop-two-Ab_-12Cd-py3.13", named) << QByteArray()
        << QByteArray("the system");
    QTest::newRow("Poetry, elsewhere") << with("/v/the-shop-Abcd12Cd-py3.13", named)
                                       << QByteArray("POETRY_VIRTUALENVS_PATH=/v")
                                       << QByteArray("/v/the-shop-Abcd12Cd-py3.13");
    QTest::newRow("Pipenv") << with("/home/me/.local/share/virtualenvs/p-Abcd1234",
                                    {{"/home/me/.local/share/virtualenvs/p-Abcd1234/.project", "/w/p\n"}})
                            << QByteArray() << QByteArray("/home/me/.local/share/virtualenvs/p-Abcd1234");
    QTest::newRow("Pipenv, of another project")
        << with("/home/me/.local/share/virtualenvs/p-Abcd1234",
                {{"/home/me/.local/share/virtualenvs/p-Abcd1234/.project", "/w/q\n"}})
        << QByteArray() << QByteArray("the system");
    const Tree package{{"/w/p/manage.py", naming("p.settings")}, {"/w/p/__init__.py", ""}};
    QTest::newRow("beside a manage.py that is in its package")
        << with("/w/p/venv", package) << QByteArray() << QByteArray("/w/p/venv");
    QTest::newRow("beside the package of manage.py")
        << with("/w/.venv", package) << QByteArray() << QByteArray("/w/.venv");
    QTest::newRow("Hatch") << with("/home/me/.local/share/hatch/env/virtual/the-shop/Xy12/the-shop", named)
                           << QByteArray()
                           << QByteArray("/home/me/.local/share/hatch/env/virtual/the-shop/Xy12/the-shop");
}

void TestDiscovery::environmentsOfToolsAreFound()
{
    QFETCH(Tree, tree);
    QFETCH(QByteArray, variable);
    QFETCH(QByteArray, foundBy);
    tree.insert("/w/p/manage.py", tree.value("/w/p/manage.py"));
    project::GivenData data{.folders = {"/w/p"}};
    data.variables = {{"HOME", "/home/me"}};
    if (const qsizetype equals = variable.indexOf('='); equals > 0)
        data.variables.emplace_back(variable.first(equals).toStdString(), variable.sliced(equals + 1).toStdString());
    const project::InstalledPackages packages = World(tree, data).packages("/w/p");
    QCOMPARE(packages.foundBy, foundBy.toStdString());
    QVERIFY(!packages.folders.empty());
}

void TestDiscovery::pathFilesAddFolders()
{
    project::GivenData given{.folders = {"/p"}};
    given.options.sitePackages = {"/g"};
    World world({{"/g/beside/", ""},
                 {"/src/shop/", ""},
                 {"/g/editable.pth",
                  "# a comment\n/src/shop\nimport site; site.addsitedir('/evil')\nbeside\n/nowhere\n/src/shop\r\n"}},
                given);
    QCOMPARE(joined(world.packages().folders), "/g /src/shop /g/beside");
}

void TestDiscovery::configurationIsThatOfTheNearestTable()
{
    World world(
        {{"/w/pyproject.toml",
          "[tool.nuages]\nsettings = 'a.b'\nexclude = ['old/*']\nsite-packages = ['vendor']\n"
          "apps = []\n[tool.nuages.env]\nDEBUG = '1'\n[tool.nuages.per-file-ignores]\n'x/*' = ['unknown-tag']\n"},
         {"/w/backend/manage.py", ""},
         {"/w/backend/pyproject.toml", "[project]\nname = 'x'\n"}},
        {.folders = {"/w"}});
    const project::Configuration found = world.configuration("/w/backend");
    QCOMPARE(found.settings, "a.b");
    QCOMPARE(joined(found.sitePackages), "/w/vendor");
    QCOMPARE(joined(found.exclude), "/w/old/*");
    QVERIFY(found.hasApps && found.apps.empty() && !found.hasLibraries);
    QCOMPARE(found.env.at("DEBUG"), "1");
    QCOMPARE(joined(found.perFileIgnores.at("/w/x/*")), "unknown-tag");
    world.write("/w/pyproject.toml", "[tool.nuages]\nsettings = 'c'\n");
    QCOMPARE(world.configuration("/w/backend").settings, "c");
    // Where manage.py is inside the package of its settings, its folder is the nearest, not the root.
    world.write("/w/shop/__init__.py", "");
    world.write("/w/shop/manage.py", naming("shop.settings"));
    world.write("/w/shop/pyproject.toml", "[tool.nuages]\nsettings = 'd'\n");
    QCOMPARE(world.rootOf("/w/shop"), "/w");
    QCOMPARE(world.configuration("/w/shop").settings, "d");
}

void TestDiscovery::whatIsGivenWinsOverTheTable()
{
    project::GivenData given{.folders = {"/w"}};
    given.options.settings = "given";
    given.options.apps = {"a"};
    given.options.hasApps = true;
    World world({{"/w/pyproject.toml", "[tool.nuages]\nsettings = 'a.b'\nexclude = ['old/*']\n"}}, given);
    const project::Configuration found = world.configuration("/w/a.html");
    QCOMPARE(found.settings, "given");
    QCOMPARE(joined(found.exclude), "/w/old/*");
    QVERIFY(found.hasApps);
}

void TestDiscovery::mistakesOfTheTableAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem"); // "line: what it begins with"

    QTest::newRow("unknown key") << QByteArray("[tool.nuages]\nsetings = 'x'\n")
                                 << QByteArray("2: unknown key tool.nuages.setings (known: settings, ");
    QTest::newRow("wrong type") << QByteArray("[tool.nuages]\nexclude = 'x'\n")
                                << QByteArray("2: tool.nuages.exclude must be a list of strings");
    QTest::newRow("wrong item") << QByteArray("[tool.nuages]\napps = ['x', 1]\n")
                                << QByteArray("2: tool.nuages.apps must be a list of strings");
    QTest::newRow("no map") << QByteArray("[tool.nuages]\nenv = ['x']\n")
                            << QByteArray("2: tool.nuages.env must be a table of strings");
    QTest::newRow("not TOML") << QByteArray("[tool.nuages\n") << QByteArray("1: ");
}

void TestDiscovery::mistakesOfTheTableAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, problem);
    World world({{"/w/pyproject.toml", text}}, {.folders = {"/w"}});
    const auto problems = world.configuration("/w/a.html").problems;
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems.front().file, "/w/pyproject.toml");
    const std::string said = std::to_string(problems.front().line) + ": " + problems.front().what;
    QVERIFY2(said.starts_with(problem.toStdString()), said.c_str());
}

void TestDiscovery::patternsExcludeFoldersAndFiles()
{
    const auto isExcluded = [](const char *folder, const char *pattern, const char *path) {
        return project::isExcluded({project::patternFrom(folder, pattern)}, path);
    };
    QVERIFY(isExcluded("/w", "old", "/w/old/x/a.html"));
    QVERIFY(isExcluded("/w", "old/*", "/w/old/a.html"));
    QVERIFY(isExcluded("/w", "*/old", "/w/x/old/a.html"));
    QVERIFY(isExcluded("/w", "*.txt", "/w/x/a.txt"));
    QVERIFY(!isExcluded("/w", "old", "/w/older/a.html"));
    QVERIFY(!isExcluded("/w", "*", "/v/a.html"));
    QVERIFY(isExcluded("/w[1]", "old", "/w[1]/old/a.html"));
    QVERIFY(isExcluded("/", "old", "/old/a.html"));
}

void TestDiscovery::readsDjangosVersion_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("version");

    QTest::newRow("final") << QByteArray("from x import y\nVERSION = (4, 2, 23, \"final\", 0)\n")
                           << QByteArray("4.2.23");
    QTest::newRow("beta") << QByteArray("VERSION = (6, 1, 0, \"beta\", 1)\n") << QByteArray("6.1.0b1");
    QTest::newRow("candidate") << QByteArray("VERSION = (6, 1, 0, 'rc', 2)\n") << QByteArray("6.1.0rc2");
    QTest::newRow("not there") << QByteArray("\n") << QByteArray();
}

void TestDiscovery::readsDjangosVersion()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, version);

    TestProject project({{"/site-packages/django/__init__.py", text.toStdString()}});
    const auto django = project.ask<project::FindDjango>();
    QVERIFY(django);
    QCOMPARE(django->directory, "/site-packages/django");
    QCOMPARE(django->version, version.toStdString());
    project.remove("/site-packages/django/__init__.py");
    QVERIFY(!project.ask<project::FindDjango>());
}

NUAGES_TEST(TestDiscovery)
#include "tst_discovery.moc"
