#include "engine/rules/openness.h"
#include "tests/engine/rules/rulesproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::RulesProject;
using Lines = std::vector<std::string>;

/// What a reason costs: how many claims it withholds, and which key of the configuration makes up for it.
class TestWithheld : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachReasonCountsItsClaims_data();
    void eachReasonCountsItsClaims();
    void aClosedProjectWithholdsNothing();
    void anOpenLibraryCountsBelowItsLoadOnly();
    void sumsAddClaimsOfOneReason();
};

namespace {

const std::string judged = "/shop/shop/templates/judged.html";

} // namespace

void TestWithheld::eachReasonCountsItsClaims_data()
{
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("withheld");

    QTest::newRow("an app that is not found: libraries, and what a missing one brings")
        << QByteArray("INSTALLED_APPS.append('nowhere')\n")
        << QByteArray("{% load nolib %}{% one %}{{ x|two|upper }}{% load other %}")
        << QByteArray("website/settings.py: 4 by apps");
    QTest::newRow("an app that is not found: templates")
        << QByteArray("INSTALLED_APPS.append('nowhere')\n")
        << QByteArray("{% include 'gone.html' %}{% include 'pages/menu.html' %}{% include './gone.html' %}")
        << QByteArray("website/settings.py: 2 by apps");
    QTest::newRow("a library of the options")
        << QByteArray("TEMPLATES[0]['OPTIONS']['libraries'] = read(X)\n") << QByteArray("{% load nolib %}")
        << QByteArray("website/settings.py: 1 by libraries");
    QTest::newRow("a variable of the environment")
        << QByteArray("INSTALLED_APPS.append(os.environ['X'])\n") << QByteArray("{% load nolib %}")
        << QByteArray("website/settings.py: 1 by env");
    QTest::newRow("a folder, for which there is no key")
        << QByteArray("TEMPLATES[0]['DIRS'] = [read(X)]\n") << QByteArray("{% include 'gone.html' %}{% nope %}")
        << QByteArray("website/settings.py: 1 by -");
    QTest::newRow("builtins, for which there is no key")
        << QByteArray("TEMPLATES[0]['OPTIONS']['builtins'] = [read(X)]\n")
        << QByteArray("{% nope %}{{ x|nope }}{{ x|upper }}") << QByteArray("website/settings.py: 2 by -");
    QTest::newRow("one that costs nothing here")
        << QByteArray("INSTALLED_APPS.append('nowhere')\n") << QByteArray("{% nope %}{{ x|nope }}")
        << QByteArray("website/settings.py: 0 by apps");
}

void TestWithheld::eachReasonCountsItsClaims()
{
    QFETCH(QByteArray, statement);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, withheld);
    RulesProject project;
    project.append(RulesProject::settings, statement.toStdString());
    project.write(judged, text.toStdString());
    QCOMPARE(project.withheld(judged), Lines{withheld.toStdString()});
}

void TestWithheld::aClosedProjectWithholdsNothing()
{
    RulesProject project;
    project.write(judged, "{% load nolib %}{% nope %}{% include 'gone.html' %}");
    QCOMPARE(project.withheld(judged), Lines());
}

void TestWithheld::anOpenLibraryCountsBelowItsLoadOnly()
{
    RulesProject project;
    project.write(judged,
                  "{% nope %}{% load openlib %}{% nope %}{{ x|nope }}{% load openlib %}{{ x|nope }}"
                  "{% load listed other from openlib %}");
    QCOMPARE(project.withheld(judged), Lines{"shop/templatetags/openlib.py: 4 by -"});
    project.edit(judged, "{% load a b from openlib %}{% nope %}{{ x|a }}");
    QCOMPARE(project.withheld(judged), Lines{"shop/templatetags/openlib.py: 3 by -"});
}

void TestWithheld::sumsAddClaimsOfOneReason()
{
    const auto line = [](const char *file, std::uint32_t claims) {
        return rules::Withheld{{file, 1, "why"}, rules::Cure::Apps, claims};
    };
    std::vector<rules::Withheld> sum = {line("b", 1), line("d", 2)};
    rules::addWithheld(sum, {line("a", 3), line("b", 4), line("e", 5)});
    QVERIFY((sum == std::vector{line("a", 3), line("b", 5), line("d", 2), line("e", 5)}));
}

NUAGES_TEST(TestWithheld)
#include "tst_withheld.moc"
