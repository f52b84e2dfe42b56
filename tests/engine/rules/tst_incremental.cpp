#include "tests/engine/rules/rulesproject.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace nuages;
using tests::RulesProject;

/// The work that is not done again: counted, not timed.
class TestIncremental : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editsOfOneTemplateReachNoOther();
    void theDisksTextIsNoRevision();
    void touchIsNoRevision();
    void anAppRemovedReachesOnlyWhatUsesIt();
    void aCommentInTheSettingsReRunsNoTemplate();
};

namespace {

struct Work {
    query::Revision revision;
    std::uint64_t executed;
    std::uint64_t validated;

    friend bool operator==(const Work &, const Work &) = default;
};

Work workSoFar(query::Engine &engine)
{
    const query::Counters all = engine.counters({});
    return {engine.revision(), all.executed, all.validated()};
}

std::vector<std::string> diagnosedFiles(RulesProject &project)
{
    std::vector<std::string> files;
    for (const std::string &query : project.takeExecuted()) {
        if (query.starts_with("Diagnostics("))
            files.push_back(query.substr(query.rfind('/') + 1, query.rfind(')') - query.rfind('/') - 1));
    }
    return files;
}

} // namespace

void TestIncremental::editsOfOneTemplateReachNoOther()
{
    RulesProject project;
    project.findings(RulesProject::templates + "unknown-tag.html");
    project.edit(RulesProject::templates + "base.html", "{# 0 #}{% block content %}{% endblock %}");
    project.findings(RulesProject::templates + "base.html");
    project.takeExecuted();
    const std::uint64_t templates = project.engine().counters("Template").executed;
    const std::uint64_t diagnostics = project.engine().counters("Diagnostics").executed;

    for (int edit = 1; edit <= 200; ++edit) {
        project.edit(RulesProject::templates + "base.html",
                     "{# " + std::to_string(edit) + " #}{% block content %}{% endblock %}");
        project.findings(RulesProject::templates + "unknown-tag.html");
    }
    QCOMPARE(project.engine().counters("Template").executed, templates);
    QCOMPARE(project.engine().counters("Diagnostics").executed, diagnostics);

    project.findings(RulesProject::templates + "base.html"); // The one that was edited runs when it is asked for, once.
    QCOMPARE(project.engine().counters("Diagnostics").executed, diagnostics + 1);
}

void TestIncremental::theDisksTextIsNoRevision()
{
    RulesProject project;
    project.allFindings();
    const Work before = workSoFar(project.engine());
    project.edit(RulesProject::templates + "base.html", project.text(RulesProject::templates + "base.html"));
    project.allFindings();
    QCOMPARE(workSoFar(project.engine()), before);
}

void TestIncremental::touchIsNoRevision()
{
    RulesProject project;
    project.allFindings();
    const Work before = workSoFar(project.engine());
    project.touch(RulesProject::templates + "base.html");
    project.touch(RulesProject::settings);
    project.allFindings();
    QCOMPARE(workSoFar(project.engine()), before);
}

void TestIncremental::anAppRemovedReachesOnlyWhatUsesIt()
{
    RulesProject project;
    const std::string settings = project.text(RulesProject::settings);
    const std::vector<std::string> before = project.allFindings();
    project.takeExecuted();

    std::string without = settings;
    without.replace(without.find(", \"pages\""), std::string_view(", \"pages\"").size(), "");
    project.save(RulesProject::settings, without);
    const std::vector<std::string> meanwhile = project.allFindings();
    QVERIFY(meanwhile != before);
    // Those that load page_tags, could load them, or include a template of pages; asserted by name, so that a query
    // that depends on too much fails here.
    QCOMPARE(diagnosedFiles(project),
             (std::vector<std::string>{"missing-partial.html", "missing-template.html", "unknown-body.html",
                                       "unloaded-filter.html", "unloaded-tag.html"}));

    project.save(RulesProject::settings, settings);
    QCOMPARE(project.allFindings(), before);
}

void TestIncremental::aCommentInTheSettingsReRunsNoTemplate()
{
    RulesProject project;
    project.allFindings();
    project.takeExecuted();
    project.save(RulesProject::settings, "# The shop.\n" + project.text(RulesProject::settings));
    project.allFindings();
    QCOMPARE(diagnosedFiles(project), std::vector<std::string>());
}

NUAGES_TEST(TestIncremental)
#include "tst_incremental.moc"
