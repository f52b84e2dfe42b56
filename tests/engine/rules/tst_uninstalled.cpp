#include "tests/engine/rules/rulesproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::RulesProject;
using Found = std::vector<std::string>;

/// A template of an app that is not installed is one finding, not all that follow from it.
class TestUninstalled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneFindingStandsForWhatFollows();
    void nestingIsStillJudged();
    void anInstalledAppIsNone_data();
    void anInstalledAppIsNone();
    void aFolderThatIsNoPackageIsNone();
};

namespace {

const std::string bill = "/shop/billing/templates/billing/bill.html";
const std::string billText =
    "<p>\n{% load billing_tags %}{% amount x %}{{ x|money }}{% include 'billing/line.html' %}{% trans 'x' %}\n";

void addApp(RulesProject &project)
{
    project.write("/shop/billing/__init__.py", "");
    project.write("/shop/billing/templatetags/__init__.py", "");
    project.write("/shop/billing/templatetags/billing_tags.py",
                  "from django import template\nregister = template.Library()\n");
    project.write(bill, billText);
}

} // namespace

void TestUninstalled::oneFindingStandsForWhatFollows()
{
    RulesProject project;
    addApp(project);
    QCOMPARE(project.findings(bill),
             Found{"2:1-24 uninstalled-app: The app 'billing' is not installed, so its templates are not found"});
    QCOMPARE(project.diagnose(bill).front().severity, rules::Severity::Warning);
    project.save(RulesProject::settings, project.text(RulesProject::settings) + "INSTALLED_APPS += ['billing']\n");
    QVERIFY(project.findings(bill).size() > 1); // what billing_tags has not
}

void TestUninstalled::nestingIsStillJudged()
{
    RulesProject project;
    addApp(project);
    project.write(bill, "{% if x %}{% nope %}");
    QCOMPARE(project.findings(bill),
             (Found{"1:1-11 uninstalled-app: The app 'billing' is not installed, so its templates are not found",
                    "1:4-6 unclosed-tag: 'if' is never closed, 'endif' is missing"}));
    project.edit(bill, "no tag");
    QCOMPARE(project.findings(bill),
             Found{"1:1-7 uninstalled-app: The app 'billing' is not installed, so its templates are not found"});
    project.edit(bill, "");
    QCOMPARE(project.findings(bill), Found());
}

void TestUninstalled::anInstalledAppIsNone_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::newRow("installed") << QByteArray("INSTALLED_APPS += ['billing']\n");
    QTest::newRow("in a branch") << QByteArray("if os.environ.get('D'): INSTALLED_APPS += ['billing']\n");
    QTest::newRow("perhaps") << QByteArray("INSTALLED_APPS.append(read(X))\n");
    QTest::newRow("installed, and no loader looks there")
        << QByteArray("INSTALLED_APPS += ['billing']\nTEMPLATES[0]['APP_DIRS'] = False\n");
    QTest::newRow("its templates are in DIRS")
        << QByteArray("TEMPLATES[0]['DIRS'] = [os.path.join(os.path.dirname(os.path.dirname(__file__)), "
                      "'billing', 'templates')]\n");
}

void TestUninstalled::anInstalledAppIsNone()
{
    QFETCH(QByteArray, settings);
    RulesProject project;
    addApp(project);
    project.append(RulesProject::settings, settings.toStdString());
    for (const rules::Diagnostic &diagnostic : project.diagnose(bill))
        QVERIFY(diagnostic.rule != "uninstalled-app");
}

void TestUninstalled::aFolderThatIsNoPackageIsNone()
{
    RulesProject project;
    project.write("/shop/docs/templates/x.html", "{% nope %}");
    QCOMPARE(project.findings("/shop/docs/templates/x.html"), Found{"1:4-8 unknown-tag: No tag is called 'nope'"});
}

NUAGES_TEST(TestUninstalled)
#include "tst_uninstalled.moc"
