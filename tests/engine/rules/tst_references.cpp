#include "tests/engine/rules/rulesproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::RulesProject;

/// What a template's name in an include or extends may be depends on Django's version, its loaders and the
/// applications.
class TestReferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameMayNameAPart_data();
    void aNameMayNameAPart();
    void noTemplateIsItsOwnParent_data();
    void noTemplateIsItsOwnParent();
    void aTagThatIsNotDjangosMayDefineAPart();
};

namespace {

const std::string page = "/shop/shop/templates/shop/page.html";

void setDjango(RulesProject &project, const char *version)
{
    project.write("/packages/django/__init__.py", std::string("VERSION = ") + version + "\n");
}

/// The rules of the findings, in order.
QByteArray rulesIn(RulesProject &project)
{
    QByteArray text;
    for (const rules::Diagnostic &diagnostic : project.diagnose(page))
        text += diagnostic.rule + " ";
    return text.trimmed();
}

} // namespace

void TestReferences::aNameMayNameAPart_data()
{
    QTest::addColumn<QByteArray>("django");
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");

    const QByteArray six = "(6, 0, 0, 'final', 0)";
    const QByteArray five = "(5, 2, 0, 'final', 0)";
    const QByteArray app = "INSTALLED_APPS.append('template_partials')\n";
    const QByteArray simple = "INSTALLED_APPS.append('template_partials.apps.SimpleAppConfig')\n";
    const QByteArray loader =
        "TEMPLATES[0]['APP_DIRS'] = False\n"
        "TEMPLATES[0]['OPTIONS'] = {'loaders': [('template_partials.loader.Loader', "
        "[('django.template.loaders.cached.Loader', ['django.template.loaders.app_directories.Loader'])])]}\n";
    const QByteArray branch = "if os.environ.get('D'): INSTALLED_APPS.append('template_partials')\n";
    const QByteArray right = "{% include 'pages/cards.html#row' %}";
    const QByteArray wrong = "{% include 'pages/cards.html#nope' %}";
    const QByteArray parent = "{% extends 'pages/cards.html#row' %}";

    QTest::newRow("6.0") << six << QByteArray() << right << QByteArray();
    QTest::newRow("6.0, no such part") << six << QByteArray() << wrong << QByteArray("missing-partial");
    QTest::newRow("6.0, extends") << six << QByteArray() << parent << QByteArray("missing-template");
    QTest::newRow("a pre-release of 6.0")
        << QByteArray("(6, 0, 0, 'alpha', 1)") << QByteArray() << right << QByteArray();
    QTest::newRow("6.1") << QByteArray("(6, 1, 3, 'final', 0)") << QByteArray() << right << QByteArray();
    QTest::newRow("10.2") << QByteArray("(10, 2, 0, 'final', 0)") << QByteArray() << right << QByteArray();
    QTest::newRow("5.2") << five << QByteArray() << right << QByteArray("missing-template");
    QTest::newRow("5.2, extends") << five << QByteArray() << parent << QByteArray("missing-template");
    QTest::newRow("5.2 with the application") << five << app << right << QByteArray();
    QTest::newRow("5.2 with the application, no such part") << five << app << wrong << QByteArray("missing-partial");
    QTest::newRow("5.2 with the application, extends") << five << app << parent << QByteArray();
    QTest::newRow("5.2 with the application that changes no settings")
        << five << simple << right << QByteArray("missing-template");
    QTest::newRow("5.2 with the loader") << five << loader << right << QByteArray();
    QTest::newRow("5.2 with the loader, no such part") << five << loader << wrong << QByteArray("missing-partial");
    QTest::newRow("5.2 with the loader, no such template")
        << five << loader << QByteArray("{% include 'pages/nope.html#row' %}") << QByteArray("missing-template");
    QTest::newRow("5.2, perhaps with the application") << five << branch << right << QByteArray();
    QTest::newRow("5.2, perhaps with the application, no such part")
        << five << branch << wrong << QByteArray("missing-partial");
    QTest::newRow("a version that cannot be read") << QByteArray("version()") << QByteArray() << right << QByteArray();
}

void TestReferences::aNameMayNameAPart()
{
    QFETCH(QByteArray, django);
    QFETCH(QByteArray, settings);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    RulesProject project;
    setDjango(project, django.constData());
    project.write("/packages/template_partials/__init__.py", "");
    project.write("/packages/template_partials/loader.py", "");
    project.write("/packages/template_partials/apps.py",
                  "from django.apps import AppConfig\n"
                  "class LoaderAppConfig(AppConfig):\n    name = 'template_partials'\n    default = True\n"
                  "class SimpleAppConfig(AppConfig):\n    name = 'template_partials'\n");
    project.append(RulesProject::settings, settings.toStdString());
    project.write(page, text.toStdString());
    QCOMPARE(rulesIn(project), found);
}

void TestReferences::noTemplateIsItsOwnParent_data()
{
    QTest::addColumn<QByteArray>("django");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");

    const QByteArray old = "(5, 1, 0, 'final', 0)";
    const QByteArray recent = "(5, 2, 0, 'final', 0)";
    const QByteArray itself = "'./page.html' is this template itself, which Django refuses here";
    QTest::newRow("extends, relative") << recent << QByteArray("{% extends './page.html' %}") << itself;
    QTest::newRow("extends, around") << recent << QByteArray("{% extends '../shop/page.html' %}")
                                     << QByteArray(
                                            "'../shop/page.html' is this template itself, which Django refuses here");
    QTest::newRow("extends, by its own name")
        << recent << QByteArray("{% extends 'shop/page.html' %}")
        << QByteArray("No other template is called 'shop/page.html', and none extends itself");
    QTest::newRow("include, relative, before 5.2") << old << QByteArray("{% include './page.html' %}") << itself;
    QTest::newRow("include, relative") << recent << QByteArray("{% include './page.html' %}") << QByteArray();
    QTest::newRow("include, by its own name") << old << QByteArray("{% include 'shop/page.html' %}") << QByteArray();
    QTest::newRow("extends, the one that it hides")
        << recent << QByteArray("{% extends 'pages/menu.html' %}") << QByteArray();
}

void TestReferences::noTemplateIsItsOwnParent()
{
    QFETCH(QByteArray, django);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    RulesProject project;
    setDjango(project, django.constData());
    project.write(page, text.toStdString());
    QByteArray messages;
    for (const rules::Diagnostic &diagnostic : project.diagnose(page))
        messages += diagnostic.message;
    QCOMPARE(messages, message);
}

void TestReferences::aTagThatIsNotDjangosMayDefineAPart()
{
    RulesProject project;
    project.write("/shop/shop/templates/parts.html",
                  "{% load openlib %}{% piece row %}{% endpiece %}{% if nope %}{% endif %}");
    project.write(page, "{% include 'parts.html#row' %}");
    QCOMPARE(rulesIn(project), QByteArray());
    project.write("/shop/shop/templates/parts.html",
                  "{% load openlib %}{% piece row %}{% endpiece %}{% if nope %}{% endif %}");
    project.edit(page, "{% include 'parts.html#nope' %}");
    QCOMPARE(rulesIn(project), QByteArray("missing-partial"));
}

NUAGES_TEST(TestReferences)
#include "tst_references.moc"
