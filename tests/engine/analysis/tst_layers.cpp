#include "engine/analysis/layers.h"
#include "tests/engine/analysis/boxproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using tests::BoxProject;

class TestLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void builtinsComeFirstThenTheLoads();
    void aTextThatMovesALoadRunsNothing();
    void whatALibraryHoldsRunsNothing();
    void anotherLoadRunsIt();
};

namespace {

/// "boxes@3(loud)": the library, the token of its load, and the names it is limited to; "?" for one that is not known.
std::string shown(BoxProject &project, const std::vector<analysis::Layer> &layers)
{
    query::Reader db(project.engine.ticket());
    std::string text;
    for (const analysis::Layer &layer : layers) {
        text += text.empty() ? "" : " ";
        const std::string path = layer.module ? db.read<&source::FileData::path>(*layer.module) : "?";
        const std::string name = path.substr(path.rfind('/') + 1);
        text += name.substr(0, name.find('.'));
        if (layer.load != templates::noToken)
            text += '@' + std::to_string(layer.load);
        for (const std::string &only : layer.only)
            text += '(' + only + ')';
    }
    return text;
}

std::string layersOf(BoxProject &project, std::string_view path)
{
    const std::vector<analysis::Layer> layers = project.ask<analysis::Layers>(project.file(path));
    return shown(project, layers);
}

const std::string loading = "a{% load boxes %}{{ b }}{% load more nope %}{% load loud from boxes %}";
const std::string builtins = "defaulttags defaultfilters loader_tags";

} // namespace

void TestLayers::builtinsComeFirstThenTheLoads()
{
    BoxProject project({{"page.html", loading}, {"bare.html", "text"}});
    QCOMPARE(layersOf(project, "page.html"), builtins + " boxes@1 more@3 ?@3 boxes@4(loud)");
    QCOMPARE(layersOf(project, "bare.html"), builtins);
    QCOMPARE(layersOf(project, "not-there.html"), builtins);
}

void TestLayers::aTextThatMovesALoadRunsNothing()
{
    BoxProject project({{"page.html", loading}});
    const std::string before = layersOf(project, "page.html");
    project.edit("templates/page.html", "a longer text" + loading);
    QCOMPARE(layersOf(project, "page.html"), before);
    QCOMPARE(project.runs("Template"), std::uint64_t(2));
    QCOMPARE(project.runs("Scope"), std::uint64_t(1));
}

void TestLayers::whatALibraryHoldsRunsNothing()
{
    BoxProject project({{"page.html", loading}});
    layersOf(project, "page.html");
    project.edit("shop/templatetags/more.py",
                 "from django import template\nregister = template.Library()\nregister.filter('new', str)\n");
    layersOf(project, "page.html");
    QCOMPARE(project.runs("Scope"), std::uint64_t(1));
}

void TestLayers::anotherLoadRunsIt()
{
    BoxProject project({{"page.html", loading}, {"other.html", loading}});
    layersOf(project, "page.html");
    layersOf(project, "other.html");
    project.edit("templates/page.html", "{% load more %}");
    QCOMPARE(layersOf(project, "page.html"), builtins + " more@0");
    layersOf(project, "other.html");
    QCOMPARE(project.runs("Scope"), std::uint64_t(3));
}

NUAGES_TEST(TestLayers)
#include "tst_layers.moc"
