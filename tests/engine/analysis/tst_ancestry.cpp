#include "engine/analysis/ancestry.h"
#include "tests/engine/analysis/boxproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::BoxProject;

class TestAncestry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parentsComeFirst_data();
    void parentsComeFirst();
    void aTextOfAnAncestorDoesNotMatter();
    void filesOfARelativeName();
};

namespace {

BoxProject::Contents family()
{
    return {{"base.html", "{% block a %}{% endblock %}"},   {"middle.html", "{% extends \"base.html\" %}"},
            {"page.html", "{% extends \"middle.html\" %}"}, {"near/page.html", "{% extends \"../middle.html\" %}"},
            {"left.html", "{% extends \"right.html\" %}"},  {"right.html", "{% extends \"left.html\" %}"},
            {"self.html", "{% extends \"self.html\" %}"},   {"lost.html", "{% extends \"middle.html\"|lower %}"},
            {"below.html", "{% extends \"lost.html\" %}"}};
}

} // namespace

void TestAncestry::parentsComeFirst_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("written");
    QTest::addColumn<std::string>("ancestors");

    QTest::newRow("two of them") << std::string("page.html") << std::string("middle.html")
                                 << std::string("middle.html base.html");
    QTest::newRow("a relative name") << std::string("near/page.html") << std::string("../middle.html")
                                     << std::string("middle.html base.html");
    QTest::newRow("not what the file itself says")
        << std::string("page.html") << std::string("base.html") << std::string("base.html");
    QTest::newRow("a circle") << std::string("left.html") << std::string("right.html") << std::string("right.html");
    QTest::newRow("a circle above") << std::string("page.html") << std::string("left.html")
                                    << std::string("left.html right.html");
    QTest::newRow("itself") << std::string("self.html") << std::string("self.html") << std::string();
    QTest::newRow("a name that is computed")
        << std::string("below.html") << std::string("lost.html") << std::string("lost.html");
    QTest::newRow("nothing") << std::string("page.html") << std::string("no.html") << std::string();
}

void TestAncestry::parentsComeFirst()
{
    QFETCH(const std::string, file);
    QFETCH(const std::string, written);
    QFETCH(const std::string, ancestors);
    BoxProject project(family());
    QCOMPARE(names(project, project.ask<analysis::Ancestry>(project.file(file), written)), ancestors);
}

void TestAncestry::aTextOfAnAncestorDoesNotMatter()
{
    BoxProject project(family());
    const source::File page = project.file("page.html");
    project.ask<analysis::Ancestry>(page, "middle.html");
    project.edit("templates/middle.html", "{% extends \"base.html\" %} and a text");
    QCOMPARE(names(project, project.ask<analysis::Ancestry>(page, "middle.html")),
             std::string("middle.html base.html"));
    QCOMPARE(project.runs("Ancestry"), std::uint64_t(1));

    project.edit("templates/middle.html", "no parent");
    QCOMPARE(names(project, project.ask<analysis::Ancestry>(page, "middle.html")), std::string("middle.html"));
}

void TestAncestry::filesOfARelativeName()
{
    BoxProject project(family());
    const source::File near = project.file("near/page.html");
    const auto found = [&](const std::string &written) {
        std::vector<source::File> files;
        {
            query::Reader db(project.engine.ticket());
            files = analysis::filesOf(db, project.project, near, written);
        }
        return names(project, files);
    };
    QCOMPARE(found("./page.html"), std::string());
    QCOMPARE(found("page.html"), std::string("page.html"));
    QCOMPARE(found("../page.html"), std::string("page.html"));
    QCOMPARE(found("../../page.html"), std::string());
}

NUAGES_TEST(TestAncestry)
#include "tst_ancestry.moc"
