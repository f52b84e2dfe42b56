#include "tests/engine/rules/rulesproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::RulesProject;

/// Templates in which something stands many thousand times. No clock is asked: with work that grows by the square, a
/// row would not end before ctest gives up.
class TestLarge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyOfAThingAreFine_data();
    void manyOfAThingAreFine();
};

namespace {

constexpr int many = 30'000;

std::string repeated(std::string_view text, int count = many)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

} // namespace

void TestLarge::manyOfAThingAreFine_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::size_t>("findings");
    const auto row = [](const char *name, const std::string &text, std::size_t findings) {
        QTest::newRow(name) << text << findings;
    };
    row("loads of one library", repeated("{% load i18n %}"), 0);
    row("loads, each with a filter that is unknown", repeated("{% load i18n %}{{ x|unknownfilter }}"), many);
    row("loads of one name", repeated("{% load translate from i18n %}{% translate 'x' %}"), 0);
    row("libraries in one load", "{% load" + repeated(" i18n") + " %}{{ x|unknownfilter }}", 1);
    row("tags that are unknown", repeated("{% nothing %}"), many);
    row("tags that are not closed", repeated("{% if a %}"), many);
    row("tags that are not closed, of two kinds", repeated("{% if a %}{% for x in y %}", many / 2), many);
    row("closers that are not opened", repeated("{% endif %}"), many);
    row("closers of another tag", repeated("{% if a %}", many / 2) + repeated("{% endfor %}", many / 2), many);
    row("inner tags that lack their closers",
        repeated("{% if a %}{% for x in y %}", many / 2) + repeated("{% endif %}", many / 2), many / 2);
    row("closers with the name of another block",
        repeated("{% block a %}", many / 2) + repeated("{% endblock b %}", many / 2), many / 2);
    row("an unread library around tags that it may close",
        "{% load openlib %}" + repeated("{% box %}{% if a %}", many / 2) + repeated("{% endcard %}", many / 2), 0);
    row("comments that ignore", repeated("{# nuages: ignore[unknown-tag] #}\n{% nothing %}", many / 2), 0);
    row("loads that are misspelt", repeated("{% laod i18n %}", many / 2) + repeated("{% translate 'x' %}", many / 2),
        many / 2);
}

void TestLarge::manyOfAThingAreFine()
{
    QFETCH(std::string, text);
    QFETCH(std::size_t, findings);
    RulesProject project;
    project.write("/shop/shop/templates/large.html", text);
    QCOMPARE(project.diagnose("/shop/shop/templates/large.html").size(), findings);
    project.withheld("/shop/shop/templates/large.html");
}

NUAGES_TEST(TestLarge)
#include "tst_large.moc"
