#include "engine/project/libraries/libraries.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

class TestLibraries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsThatAreNotFoundMayHaveBuiltins();
    void aMethodThatAConditionChoosesOpensItsLibrary();
    void findsModulesAsDjangoDoes();
    void aLaterAppTakesTheName();
    void anAppOfABranchTakesNothing();
    void optionsNameLibrariesAndBuiltins();
    void aModuleWithoutRegisterIsNone();
    void djangosBuiltinsComeFirst();
    void editsInAFunctionChangeNoFact();
    void anyModuleOfAnAppMayAddToTheBuiltins();
};

namespace {

constexpr char lib[] = "from django import template\nregister = template.Library()\n";

std::string settingsText(const std::string &apps, const std::string &options = {})
{
    return "INSTALLED_APPS = [" + apps
        + "]\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',"
        + "'APP_DIRS': True, 'OPTIONS': {" + options + "}}]\n";
}

std::string libraryText(const project::LibraryInventory &inventory)
{
    std::string text;
    for (const project::Library &library : inventory.libraries) {
        text += (text.empty() ? "" : "; ") + library.name;
        for (const project::LibraryModule &module : library.modules)
            text += " " + module.module;
    }
    return text;
}

std::string builtinText(const project::LibraryInventory &inventory)
{
    std::string text;
    for (const project::LibraryModule &module : inventory.builtins)
        text += (text.empty() ? "" : " ") + module.module;
    return text;
}

TestProject::Contents withDjango(TestProject::Contents contents)
{
    contents.merge(TestProject::Contents{{"manage.py", manageFile},
                                         {"/site-packages/django/__init__.py", "VERSION = (4, 2, 23, 'final', 0)\n"},
                                         {"/site-packages/django/template/__init__.py", ""},
                                         {"/site-packages/django/template/defaulttags.py", lib},
                                         {"/site-packages/django/template/defaultfilters.py", lib},
                                         {"/site-packages/django/template/loader_tags.py", lib},
                                         {"/site-packages/django/templatetags/__init__.py", ""},
                                         {"/site-packages/django/templatetags/i18n.py", lib}});
    return contents;
}

} // namespace

void TestLibraries::findsModulesAsDjangoDoes()
{
    TestProject project(withDjango({{"site_settings.py", settingsText("'shop'")},
                                    {"shop/__init__.py", ""},
                                    {"shop/templatetags/__init__.py", ""},
                                    {"shop/templatetags/a.py", lib},
                                    {"shop/templatetags/inner/__init__.py", lib},
                                    {"shop/templatetags/inner/b.py", lib},
                                    {"shop/templatetags/plain/c.py", lib},
                                    {"shop/templatetags/d-e.py", lib},
                                    {"shop/templatetags/notes.txt", lib}}));
    const auto inventory = project.ask<project::Libraries>();
    QCOMPARE(libraryText(inventory),
             "a shop.templatetags.a; d-e shop.templatetags.d-e; i18n django.templatetags.i18n; "
             "inner shop.templatetags.inner; inner.b shop.templatetags.inner.b");
    QCOMPARE(reasons(inventory.open), std::string());
    QVERIFY(inventory.find("inner.b"));
    QVERIFY(!inventory.find("c"));
}

void TestLibraries::aLaterAppTakesTheName()
{
    TestProject project(withDjango({{"site_settings.py", settingsText("'a', 'b'")},
                                    {"a/__init__.py", ""},
                                    {"a/templatetags/x.py", lib},
                                    {"b/__init__.py", ""},
                                    {"b/templatetags/x.py", lib},
                                    {"b/templatetags/i18n.py", lib}}));
    QCOMPARE(libraryText(project.ask<project::Libraries>()), "i18n b.templatetags.i18n; x b.templatetags.x");
}

void TestLibraries::anAppOfABranchTakesNothing()
{
    TestProject project(withDjango({{"site_settings.py",
                                     settingsText("'a'")
                                         + "import os\nif os.path.exists('/nowhere/x'):\n    pass\n"
                                           "if os.environ.get('DEBUG_TOOLS'):\n    INSTALLED_APPS.append('b')\n"},
                                    {"a/__init__.py", ""},
                                    {"a/templatetags/x.py", lib},
                                    {"b/__init__.py", ""},
                                    {"b/templatetags/x.py", lib}}));
    QCOMPARE(libraryText(project.ask<project::Libraries>()),
             "i18n django.templatetags.i18n; x a.templatetags.x b.templatetags.x");
}

void TestLibraries::optionsNameLibrariesAndBuiltins()
{
    TestProject project(withDjango({{"site_settings.py",
                                     settingsText("'a'",
                                                  "'libraries': {'y': 'lib.y', 'z': 'lib.z'},"
                                                  "'builtins': ['lib.y']")},
                                    {"a/__init__.py", ""},
                                    {"a/templatetags/y.py", lib},
                                    {"lib/__init__.py", ""},
                                    {"lib/y.py", lib}}));
    const auto inventory = project.ask<project::Libraries>();
    QCOMPARE(libraryText(inventory), "i18n django.templatetags.i18n; y lib.y; z lib.z");
    QCOMPARE(builtinText(inventory),
             "django.template.defaulttags django.template.defaultfilters django.template.loader_tags lib.y");
    QCOMPARE(reasons(inventory.open), std::string());
    // lib/z.py does not exist: the name is known, and its library is open.
    const project::Library *missing = inventory.find("z");
    QVERIFY(missing);
    QCOMPARE(missing->modules.size(), std::size_t(1));
    QCOMPARE(project.library("lib/z.py").open.size(), std::size_t(1));
}

void TestLibraries::aModuleWithoutRegisterIsNone()
{
    TestProject project(withDjango({{"site_settings.py", settingsText("'a'")},
                                    {"a/__init__.py", ""},
                                    {"a/templatetags/plain.py", "def register_all(): pass\n"},
                                    {"a/templatetags/star.py", "from .x import *\n"},
                                    {"a/templatetags/x.py", lib}}));
    QCOMPARE(libraryText(project.ask<project::Libraries>()),
             "i18n django.templatetags.i18n; star a.templatetags.star; x a.templatetags.x");
}

void TestLibraries::djangosBuiltinsComeFirst()
{
    TestProject project({{"manage.py", manageFile}, {"site_settings.py", settingsText("")}});
    const auto inventory = project.ask<project::Libraries>();
    QCOMPARE(builtinText(inventory), std::string());
    QCOMPARE(reasons(inventory.builtinsOpen), "0: Django is not found");
}

void TestLibraries::editsInAFunctionChangeNoFact()
{
    const std::string path = "a/templatetags/x.py";
    const std::string before =
        std::string(lib) + "@register.filter\ndef f(v):\n    return v\n@register.tag\ndef t(p, k): pass\n";
    TestProject project(withDjango({{"site_settings.py", settingsText("'a'")}, {"a/__init__.py", ""}, {path, before}}));
    const auto all = project.ask<project::Libraries>();
    const project::TagLibrary facts = project.library(path);
    const auto counted = project.engine.counters("TagLibraryFacts");

    project.edit(path,
                 std::string(lib)
                     + "@register.filter\ndef f(v):\n    # twice\n    return v + v\n"
                       "@register.tag\ndef t(p, k): pass\n");
    QVERIFY(project.library(path) == facts);
    QVERIFY(project.ask<project::Libraries>() == all);
    const auto after = project.engine.counters("TagLibraryFacts");
    QCOMPARE(after.executed, counted.executed + 1);
    QCOMPARE(after.backdated, counted.backdated + 1);
    QCOMPARE(project.engine.counters("Libraries").executed, std::uint64_t(1));
}

// A habit of many projects: a filter for every template, defined beside the views.
void TestLibraries::anyModuleOfAnAppMayAddToTheBuiltins()
{
    TestProject project(withDjango({{"site_settings.py", settingsText("'a'")},
                                    {"a/__init__.py", ""},
                                    {"a/views.py",
                                     "from django.template.defaulttags import register\n\n\n"
                                     "@register.filter\ndef get_item(d, k): return d[k]\n"},
                                    {"a/other.py", "from a.templatetags.x import register\n"},
                                    {"a/templatetags/x.py", lib}}));
    QCOMPARE(filterNames(project.library("/site-packages/django/template/defaulttags.py")), "get_item");
    QCOMPARE(filterNames(project.library("/site-packages/django/template/defaultfilters.py")), std::string());
}

void TestLibraries::settingsThatAreNotFoundMayHaveBuiltins()
{
    const TestProject::Contents django = {{"/site-packages/django/__init__.py", "VERSION = (5, 2, 0, 'final', 0)\n"}};
    TestProject package(django);
    QVERIFY(package.ask<Libraries>().builtinsOpen.empty());
    auto contents = django;
    contents["manage.py"] = "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = str('conf.dev')\n";
    TestProject project(contents);
    const LibraryInventory libraries = project.ask<Libraries>();
    QCOMPARE(libraries.builtinsOpen.size(), std::size_t(1));
    QCOMPARE(libraries.builtinsOpen.front().file, "/p/manage.py");
}

void TestLibraries::aMethodThatAConditionChoosesOpensItsLibrary()
{
    TestProject project({{"a.py",
                          "from django import template\nregister = template.Library()\n"
                          "t = register.tag if register.more else register.simple_tag\n\n\n@t\n"
                          "def box(x):\n    return x\n"}});
    QCOMPARE(reasons(project.library("a.py").open), "3: which method registers here depends on a condition");
}

NUAGES_TEST(TestLibraries)
#include "tst_libraries.moc"
