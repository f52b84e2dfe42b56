#include "engine/analysis/scope.h"
#include "engine/template/queries.h"
#include "tests/engine/analysis/boxproject.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace nuages;
using tests::BoxProject;

class TestScope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameIsInForceBehindItsLoad_data();
    void aNameIsInForceBehindItsLoad();
    void theLaterLayerOverrides();
    void suggestsWhatIsInForce();
};

namespace {

using Status = analysis::Scope::Status;

/// What `ask` says of the scope of `text`, at the first "|".
template <class Ask>
auto asked(BoxProject &project, std::string text, Ask ask)
{
    const auto position = static_cast<std::uint32_t>(text.find('|'));
    text.erase(position, 1);
    project.edit("templates/page.html", text);
    query::Reader db(project.engine.ticket());
    const source::File file = source::fileAt(db, "/p/templates/page.html");
    const analysis::Scope scope(db, project.project, db.get<analysis::Layers>(project.project, file),
                                db.get<templates::Template>(file));
    return ask(scope, position);
}

std::string sorted(std::vector<std::string_view> names)
{
    std::ranges::sort(names);
    std::string text;
    for (const std::string_view name : names)
        text.append(text.empty() ? "" : " ").append(name);
    return text;
}

} // namespace

void TestScope::aNameIsInForceBehindItsLoad_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("tag");
    QTest::addColumn<Status>("tagStatus");
    QTest::addColumn<std::string>("filter");
    QTest::addColumn<Status>("filterStatus");

    const auto row = [](const char *name, const char *text, const char *tag, Status tagStatus, const char *filter,
                        Status filterStatus) {
        QTest::newRow(name) << std::string(text) << std::string(tag) << tagStatus << std::string(filter)
                            << filterStatus;
    };
    row("builtins", "|", "if", Status::Known, "upper", Status::Known);
    row("nothing loaded", "|", "box", Status::Unknown, "loud", Status::Unknown);
    row("loaded", "{% load boxes %}|", "box", Status::Known, "loud", Status::Known);
    row("loaded further down", "|{% load boxes %}", "box", Status::Unknown, "loud", Status::Unknown);
    row("one name of it", "{% load loud from boxes %}|", "box", Status::Unknown, "loud", Status::Known);
    row("below a library that nobody knows", "{% load nope %}|", "box", Status::Open, "loud", Status::Open);
    row("Django's, below such a one", "{% load nope %}|", "if", Status::Known, "upper", Status::Known);
    row("one name of such a one", "{% load loud from nope %}|", "box", Status::Unknown, "loud", Status::Open);
}

void TestScope::aNameIsInForceBehindItsLoad()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, tag);
    QFETCH(const Status, tagStatus);
    QFETCH(const std::string, filter);
    QFETCH(const Status, filterStatus);
    BoxProject project;
    asked(project, text, [&](const analysis::Scope &scope, std::uint32_t position) {
        QCOMPARE(scope.find(tag, position).status, tagStatus);
        QCOMPARE(scope.findFilter(filter, position), filterStatus);
    });
}

void TestScope::theLaterLayerOverrides()
{
    BoxProject project;
    const auto shape = [&](const std::string &text) {
        return asked(project, text, [](const analysis::Scope &scope, std::uint32_t position) {
            const templates::TagShape *found = scope.find("box", position).shape;
            return found ? tests::shapeText(*found) : std::string();
        });
    };
    QCOMPARE(shape("{% load more boxes %}|"), std::string("block endbox, uncompiled"));
    QCOMPARE(shape("{% load boxes more %}|"), std::string("none, simple"));
    QCOMPARE(shape("{% load boxes %}|{% load more %}"), std::string("block endbox, uncompiled"));
    QCOMPARE(shape("|"), std::string("unknown")); // The two libraries that have it do not agree.
}

void TestScope::suggestsWhatIsInForce()
{
    BoxProject project;
    const std::string text = "{% load loud from boxes %}|{% load more %}";
    asked(project, text, [](const analysis::Scope &scope, std::uint32_t position) {
        QCOMPARE(sorted(scope.tagNames(position)), std::string("block extends if load"));
        QCOMPARE(sorted(scope.filterNames(position)), std::string("loud upper"));
        QCOMPARE(sorted(scope.tagNames(position + 100)), std::string("block box extends if load"));
    });
}

NUAGES_TEST(TestScope)
#include "tst_scope.moc"
