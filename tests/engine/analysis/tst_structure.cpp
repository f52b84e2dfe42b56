#include "engine/analysis/structure.h"
#include "tests/engine/analysis/boxproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::BoxProject;

class TestStructureQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tagsNestAsTheirLibrariesSay();
    void aTextLeavesItEqual();
    void anotherTemplateRunsNothing();
    void aLibraryRunsThoseThatLoadIt();
};

namespace {

const std::string boxed = "{% load boxes %}{% box %}{{ a }}{% endbox %}";

templates::Structure structureOf(BoxProject &project, std::string_view path)
{
    return project.ask<analysis::TemplateStructure>(project.file(path));
}

} // namespace

void TestStructureQuery::tagsNestAsTheirLibrariesSay()
{
    BoxProject project({{"page.html", boxed}});
    const templates::Structure structure = structureOf(project, "page.html");
    QCOMPARE(structure.places.size(), std::size_t(4));
    QCOMPARE(structure.places[1].closer, std::uint32_t(3));
    QCOMPARE(structure.places[2].parent, std::uint32_t(1));
    QCOMPARE(tests::shapeText(*structure.shapeOf(1)), std::string("block endbox, uncompiled"));
    QVERIFY(structure.problems.empty());

    project.edit("shop/templatetags/boxes.py",
                 "from django import template\nregister = template.Library()\n\n\n@register.tag\n"
                 "def box(parser, token):\n    parser.parse((\"done\",))\n    parser.delete_first_token()\n");
    const templates::Structure after = structureOf(project, "page.html");
    QCOMPARE(tests::shapeText(*after.shapeOf(1)), std::string("block done, uncompiled"));
    QCOMPARE(tests::shapeText(*structure.shapeOf(1)), std::string("block endbox, uncompiled")); // a value
    QCOMPARE(after.places[1].closer, std::uint32_t(3)); // endbox is taken for a misspelt done
    QCOMPARE(after.places[3].role, templates::Place::Role::Unknown);
}

void TestStructureQuery::aTextLeavesItEqual()
{
    BoxProject project({{"page.html", boxed}});
    structureOf(project, "page.html");
    project.edit("templates/page.html", "{% load boxes %}{% box %}{{ another }}{% endbox %}");
    structureOf(project, "page.html");
    QCOMPARE(project.runs("Structure"), std::uint64_t(2));
    QCOMPARE(project.engine.counters("Structure").backdated, std::uint64_t(1));
}

void TestStructureQuery::anotherTemplateRunsNothing()
{
    BoxProject project({{"page.html", "{% extends \"base.html\" %}" + boxed}, {"base.html", boxed}});
    structureOf(project, "page.html");
    structureOf(project, "base.html");
    project.edit("templates/base.html", "{% load boxes more %}{% box %}");
    structureOf(project, "page.html");
    QCOMPARE(project.runs("Structure"), std::uint64_t(2));
    structureOf(project, "base.html");
    QCOMPARE(project.runs("Structure"), std::uint64_t(3));
}

void TestStructureQuery::aLibraryRunsThoseThatLoadIt()
{
    BoxProject project({{"page.html", boxed}, {"plain.html", "{% if a %}{% endif %}"}});
    structureOf(project, "page.html");
    structureOf(project, "plain.html");
    project.edit("shop/templatetags/boxes.py", "from django import template\nregister = template.Library()\n");
    structureOf(project, "plain.html");
    QCOMPARE(project.runs("Structure"), std::uint64_t(2));
    QCOMPARE(structureOf(project, "page.html").places[1].role, templates::Place::Role::Tag); // more has a box as well
    QCOMPARE(project.runs("Structure"), std::uint64_t(3));
}

NUAGES_TEST(TestStructureQuery)
#include "tst_structure.moc"
