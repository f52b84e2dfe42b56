#include "engine/project/discovery.h"
#include "engine/project/django.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

class TestDiscovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRootIsTheNearestProject_data();
    void theRootIsTheNearestProject();
    void sitePackagesComeFromTheFirstPlaceThatHasThem_data();
    void sitePackagesComeFromTheFirstPlaceThatHasThem();
    void pathFilesAddFolders();
    void readsDjangosVersion_data();
    void readsDjangosVersion();
};

void TestDiscovery::theRootIsTheNearestProject_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("root");

    QTest::newRow("the folder of manage.py") << QByteArray("/w/site") << QByteArray("/w/site");
    QTest::newRow("below it") << QByteArray("/w/site/app/templates") << QByteArray("/w/site");
    QTest::newRow("a file below it") << QByteArray("/w/site/app/a.html") << QByteArray("/w/site");
    QTest::newRow("a configured package") << QByteArray("/w/package/x") << QByteArray("/w/package");
    QTest::newRow("a pyproject of others") << QByteArray("/w/plain/x") << QByteArray("/w/plain/x");
    QTest::newRow("a broken pyproject") << QByteArray("/w/broken/x") << QByteArray("/w/broken/x");
    QTest::newRow("nothing anywhere") << QByteArray("/v/x") << QByteArray("/v/x");
    QTest::newRow("a file, nothing anywhere") << QByteArray("/v/x/a.html") << QByteArray("/v/x");
    QTest::newRow("not normal") << QByteArray("/w/site/../site/app/") << QByteArray("/w/site");
}

void TestDiscovery::theRootIsTheNearestProject()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, root);

    source::MemoryFileSystem files;
    files.write("/w/site/manage.py", "");
    files.write("/w/site/app/a.html", "");
    files.write("/w/site/app/templates/b.html", "");
    files.write("/w/package/pyproject.toml", "[tool.nuages]\n");
    files.write("/w/plain/pyproject.toml", "[tool.other]\n");
    files.write("/w/broken/pyproject.toml", "[tool.nuages\n");
    for (const char *folder : {"/w/package/x", "/w/plain/x", "/w/broken/x", "/v/x"})
        files.makeDirectory(folder);
    files.write("/v/x/a.html", "");
    QCOMPARE(project::findProjectRoot(files, start.toStdString()), root.toStdString());
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
}

void TestDiscovery::sitePackagesComeFromTheFirstPlaceThatHasThem()
{
    QFETCH(QByteArrayList, made);
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, virtualEnv);
    QFETCH(QByteArray, found);

    source::MemoryFileSystem files;
    for (const QByteArray &folder : made)
        files.makeDirectory(folder.toStdString());
    std::vector<std::string> wanted;
    if (!given.isEmpty())
        wanted.push_back(given.toStdString());
    std::vector<std::pair<std::string, std::string>> environment;
    if (!virtualEnv.isEmpty())
        environment.emplace_back("VIRTUAL_ENV", virtualEnv.toStdString());
    std::string text;
    for (const std::string &folder : project::findSitePackages(files, "/p", wanted, environment))
        text += (text.empty() ? "" : " ") + folder;
    QCOMPARE(text, found.toStdString());
}

void TestDiscovery::pathFilesAddFolders()
{
    source::MemoryFileSystem files;
    files.makeDirectory("/g");
    files.makeDirectory("/src/shop");
    files.makeDirectory("/g/beside");
    files.write("/g/editable.pth",
                "# a comment\n/src/shop\nimport site; site.addsitedir('/evil')\nbeside\n/nowhere\n/src/shop\r\n");
    const std::vector<std::string> given{"/g"};
    QCOMPARE(project::findSitePackages(files, "/p", given, {}),
             (std::vector<std::string>{"/g", "/src/shop", "/g/beside"}));
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
