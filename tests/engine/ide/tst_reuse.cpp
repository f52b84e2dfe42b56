#include "engine/analysis/structure.h"
#include "engine/ide/completion.h"
#include "engine/ide/definition.h"
#include "engine/ide/hover.h"
#include "engine/ide/symbols.h"
#include "engine/ide/view.h"
#include "engine/rules/diagnostics.h"
#include "engine/source/queries.h"
#include "tests/engine/analysis/boxproject.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <vector>

using namespace nuages;
using tests::BoxProject;

/// What the rules have read is not read again for an editor, and the other way round: counted, not timed.
class TestReuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAfterDiagnosticsBuildNothing_data();
    void requestsAfterDiagnosticsBuildNothing();
    void diagnosticsAfterARequestBuildNothing();
    void anEditElsewhereBuildsNothing();
    void aTextOfTheEditorAloneIsReadApart();
};

namespace {

using Ask = void (*)(const ide::View &);

const std::string child = "{% extends \"base.html\" %}{% load boxes %}{% block a %}{% box %}{{ b|loud }}{% endbox %}"
                          "{% endblock %}";
const auto atBox = static_cast<std::uint32_t>(child.find("box %}{{"));

BoxProject::Contents childAndParent() { return {{"base.html", "{% block a %}{% endblock %}"}, {"page.html", child}}; }

void diagnose(BoxProject &project) { QVERIFY(project.ask<rules::Diagnostics>(project.file("page.html")).empty()); }

/// Asks about a page that the editor shows with this text.
template <class Question>
void ask(BoxProject &project, const std::string &text, Question question)
{
    query::Reader db(project.engine.ticket());
    question(ide::View(db, project.project, source::fileAt(db, "/p/templates/page.html"), source::Text(text)));
}

/// Runs of what is made of one template.
std::vector<std::uint64_t> builds(const BoxProject &project)
{
    return {project.runs("Template"), project.runs("TemplateFacts"), project.runs("Scope"), project.runs("Structure")};
}

} // namespace

void TestReuse::requestsAfterDiagnosticsBuildNothing_data()
{
    QTest::addColumn<Ask>("question");
    QTest::addColumn<bool>("needsMore"); // of the project

    QTest::newRow("outline") << Ask([](const ide::View &view) {
        QCOMPARE(ide::symbols(view.syntax(), view.structure()).size(), std::size_t(3));
    }) << false;
    QTest::newRow("completion") << Ask([](const ide::View &view) {
        QVERIFY(!ide::complete(view, atBox).items.empty());
    }) << true;
    QTest::newRow("hover") << Ask([](const ide::View &view) { QVERIFY(ide::hover(view, atBox)); }) << true;
    QTest::newRow("definition") << Ask([](const ide::View &view) {
        QCOMPARE(ide::definition(view, atBox).targets.size(), std::size_t(1));
    }) << true;
}

void TestReuse::requestsAfterDiagnosticsBuildNothing()
{
    QFETCH(const Ask, question);
    QFETCH(const bool, needsMore);
    BoxProject project(childAndParent());
    diagnose(project);
    const std::vector<std::uint64_t> before = builds(project);
    const std::uint64_t all = project.engine.counters({}).executed;
    ask(project, child, [&](const ide::View &view) {
        question(view);
        QVERIFY(&view.structure() == &view.db().get<analysis::TemplateStructure>(view.project(), view.file()));
    });
    QCOMPARE(builds(project), before);
    QCOMPARE(project.engine.counters({}).executed > all, needsMore);
}

void TestReuse::diagnosticsAfterARequestBuildNothing()
{
    BoxProject project(childAndParent());
    ask(project, child, [](const ide::View &view) { QVERIFY(!view.structure().places.empty()); });
    const std::vector<std::uint64_t> before = builds(project);
    diagnose(project);
    QCOMPARE(project.runs("Diagnostics"), std::uint64_t(1));
    QCOMPARE(builds(project), before);
}

void TestReuse::anEditElsewhereBuildsNothing()
{
    BoxProject project(childAndParent());
    diagnose(project);
    const std::vector<std::uint64_t> before = builds(project);
    for (const char *text : {"{# 1 #}{% block a %}{% endblock %}", "{% load more %}{% box %}"}) {
        project.edit("templates/base.html", text);
        diagnose(project);
        ask(project, child, [](const ide::View &view) { QVERIFY(ide::hover(view, atBox)); });
    }
    QCOMPARE(builds(project), before);
    QCOMPARE(project.runs("Diagnostics"), std::uint64_t(1));
}

void TestReuse::aTextOfTheEditorAloneIsReadApart()
{
    BoxProject project(childAndParent());
    diagnose(project);
    const std::vector<std::uint64_t> before = builds(project);
    ask(project, "{% load more %}{% box %}", [](const ide::View &view) {
        QCOMPARE(view.structure().places.size(), std::size_t(2));
        QCOMPARE(view.facts().loads.size(), std::size_t(1));
        QVERIFY(view.scope().find("box", 20).status == analysis::Scope::Status::Known);
        QVERIFY(ide::hover(view, 20));
    });
    QCOMPARE(builds(project), before);
}

NUAGES_TEST(TestReuse)
#include "tst_reuse.moc"
