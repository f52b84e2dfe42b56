#include "engine/project/apps/installedapps.h"
#include "engine/project/apps/templatechanges.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

class TestTemplateChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsWhatReadyCallsAndParsesNoMore_data();
    void followsWhatReadyCallsAndParsesNoMore();
    void thePackageOfPartialsOpensOnlyWhatItReplaces_data();
    void thePackageOfPartialsOpensOnlyWhatItReplaces();
};

void TestTemplateChanges::followsWhatReadyCallsAndParsesNoMore_data()
{
    QTest::addColumn<QByteArray>("apps"); // a module
    QTest::addColumn<QByteArray>("engines"); // another one
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("parsed"); // bodies of functions, and whole modules

    const QByteArray config = "from django.apps import AppConfig\n";
    const QByteArray ready = "class Mugs(AppConfig):\n    name = 'mugs'\n    def label(self):\n        return 'a'\n"
                             "    def ready(self):\n";
    const QByteArray change = "from django.conf import settings\ndef install():\n"
                              "    settings.TEMPLATES[0]['APP_DIRS'] = True\ndef other():\n    return 1\n";
    const QByteArray harmless = "def install():\n    return 1\n";
    QTest::newRow("a view is kept") << config + ready + "        self.view = make_view('mugs')\n"
                                    << change << QByteArray() << QByteArray();
    QTest::newRow("a function is called that changes nothing") << config + "from .engines import install\n" + ready
            + "        install()\n" << harmless << QByteArray() << QByteArray();
    QTest::newRow("a function is called that changes them")
        << config + "from .engines import install\n" + ready + "        install()\n"
        << change << QByteArray("3: this changes TEMPLATES while Django starts, which is not followed")
        << QByteArray("HiddenFunction(mugs/apps.py, 1) HiddenFunction(mugs/engines.py, 0) ");
    QTest::newRow("through its module")
        << config + "from . import engines as those\n" + ready + "        those.install()\n"
        << change << QByteArray("3: this changes TEMPLATES while Django starts, which is not followed")
        << QByteArray("HiddenFunction(mugs/apps.py, 1) HiddenFunction(mugs/engines.py, 0) ");
    QTest::newRow("imported in the body")
        << config + ready + "        from mugs.engines import install\n        install()\n"
        << change << QByteArray("3: this changes TEMPLATES while Django starts, which is not followed")
        << QByteArray("HiddenFunction(mugs/apps.py, 1) HiddenFunction(mugs/engines.py, 0) ");
    QTest::newRow("imported in a function between")
        << config + "def start():\n    from .engines import install\n    install()\n" + ready + "        start()\n"
        << change << QByteArray("3: this changes TEMPLATES while Django starts, which is not followed")
        << QByteArray("HiddenFunction(mugs/apps.py, 2) HiddenFunction(mugs/apps.py, 0) "
                      "HiddenFunction(mugs/engines.py, 0) ");
    QTest::newRow("on one line") << config
            + "class Mugs(AppConfig):\n    name = 'mugs'\n    def ready(self): from .engines import install; "
              "install()\n" << change
                                 << QByteArray("3: this changes TEMPLATES while Django starts, which is not followed")
                                 << QByteArray("HiddenFunction(mugs/engines.py, 0) ");
    QTest::newRow("in the body itself") << config + "from django.conf import settings\n" + ready
            + "        settings.TEMPLATES[0]['OPTIONS'].setdefault('builtins', [])\n"
                                        << change
                                        << QByteArray(
                                               "8: this changes TEMPLATES while Django starts, which is not followed")
                                        << QByteArray("HiddenFunction(mugs/apps.py, 1) ");
    const auto handed = [&](const QByteArray &statement) {
        return config + "from django.conf import settings\nimport elsewhere\n" + ready + "        " + statement + '\n';
    };
    QTest::newRow("handed to a function") << handed("elsewhere.change(settings.TEMPLATES)") << harmless
                                          << QByteArray("9: this changes TEMPLATES while Django starts, which is not "
                                                        "followed")
                                          << QByteArray("HiddenFunction(mugs/apps.py, 1) ");
    QTest::newRow("one of them handed to a function by keyword")
        << handed("elsewhere.change(engine=settings.TEMPLATES[0]['OPTIONS'])") << harmless
        << QByteArray("9: this changes TEMPLATES while Django starts, which is not followed")
        << QByteArray("HiddenFunction(mugs/apps.py, 1) ");
    QTest::newRow("counted") << handed("print(len(settings.TEMPLATES))") << harmless << QByteArray()
                             << QByteArray("HiddenFunction(mugs/apps.py, 1) ");
    QTest::newRow("at the top, by a name of an engine")
        << config + "from django.template.base import add_to_builtins\nadd_to_builtins('mugs.tags')\n"
        << change << QByteArray("2: this changes TEMPLATES while Django starts, which is not followed") << QByteArray();
}

void TestTemplateChanges::followsWhatReadyCallsAndParsesNoMore()
{
    QFETCH(QByteArray, apps);
    QFETCH(QByteArray, engines);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, parsed);

    TestProject project({{"manage.py", manageFile},
                         {"site_settings.py", "INSTALLED_APPS = ['mugs']\n"},
                         {"mugs/__init__.py", ""},
                         {"mugs/apps.py", apps.toStdString()},
                         {"mugs/engines.py", engines.toStdString()}});
    project.ask<project::InstalledApps>();
    project.engine.setWatching(true);
    QCOMPARE(reasons(project.ask<project::TemplateChanges>()), expected.toStdString());
    std::string ran;
    for (const query::Event &event : project.engine.takeEvents()) {
        const std::string query = project.engine.describe(event.key);
        if (query.starts_with("HiddenFunction") || query.starts_with("PythonModule"))
            ran += query + " ";
    }
    QCOMPARE(ran, parsed.toStdString());
}

void TestTemplateChanges::thePackageOfPartialsOpensOnlyWhatItReplaces_data()
{
    QTest::addColumn<QByteArray>("app");
    QTest::addColumn<QByteArray>("engine"); // all but its class
    QTest::addColumn<QByteArray>("more"); // statements of its ready()
    QTest::addColumn<bool>("isOpen");

    const QByteArray app = "template_partials";
    const QByteArray folders = "'django.template.loaders.filesystem.Loader'";
    QTest::newRow("the loaders that it expects") << app << QByteArray("'APP_DIRS': True") << QByteArray() << false;
    QTest::newRow("the same by name") << app
                                      << QByteArray("'OPTIONS': {'loaders': [" + folders
                                                    + ", 'django.template.loaders.app_directories.Loader']}")
                                      << QByteArray() << false;
    QTest::newRow("applications, too, only by it") << app << QByteArray("'APP_DIRS': False") << QByteArray() << true;
    QTest::newRow("folders of their own, replaced by it")
        << app << QByteArray("'OPTIONS': {'loaders': [(" + folders + ", ['/x']), " + folders + "]}") << QByteArray()
        << true;
    QTest::newRow("an engine that it does not look for")
        << app << QByteArray("'NAME': 'x', 'APP_DIRS': False") << QByteArray() << false;
    QTest::newRow("a version that adds builtins")
        << app << QByteArray("'APP_DIRS': True") << QByteArray("            each['OPTIONS']['builtins'] = ['x']\n")
        << true;
    QTest::newRow("the configuration that changes nothing") << QByteArray("template_partials.apps.SimpleAppConfig")
                                                            << QByteArray("'APP_DIRS': False") << QByteArray() << false;
}

void TestTemplateChanges::thePackageOfPartialsOpensOnlyWhatItReplaces()
{
    QFETCH(QByteArray, app);
    QFETCH(QByteArray, engine);
    QFETCH(QByteArray, more);
    QFETCH(bool, isOpen);

    TestProject project(
        {{"manage.py", manageFile},
         {"site_settings.py",
          ("INSTALLED_APPS = ['" + app
           + "']\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', " + engine + "}]\n")
              .toStdString()},
         {"/site-packages/template_partials/__init__.py", ""},
         {"/site-packages/template_partials/apps.py",
          "from django.apps import AppConfig\nfrom django.conf import settings\n"
          "class LoaderAppConfig(AppConfig):\n    name = 'template_partials'\n    default = True\n"
          "    def ready(self):\n        for each in settings.TEMPLATES:\n            each.pop('APP_DIRS', None)\n"
              + more.toStdString() + "class SimpleAppConfig(AppConfig):\n    name = 'template_partials'\n"}});
    QCOMPARE(!project.ask<project::TemplateChanges>().empty(), isOpen);
}

NUAGES_TEST(TestTemplateChanges)
#include "tst_templatechanges.moc"
