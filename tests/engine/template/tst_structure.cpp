#include "engine/template/structure.h"
#include "tests/engine/template/alltags.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <deque>
#include <random>
#include <string>

using namespace nuages;
using namespace nuages::templates;

using Status = TagLookup::Answer::Status;

class TestStructure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatDjangoAccepts_data();
    void acceptsWhatDjangoAccepts();
    void reportsWhatDjangoRejects_data();
    void reportsWhatDjangoRejects();
    void oneMistakeIsOneProblem_data();
    void oneMistakeIsOneProblem();
    void unknownTagsAreFoundWhereTheyStand_data();
    void unknownTagsAreFoundWhereTheyStand();
    void unknownBodiesSilenceWhatTheyMayExplain_data();
    void unknownBodiesSilenceWhatTheyMayExplain();
    void nothingIsReportedThatSomeLibraryAllows();
    void unknownBodiesSilenceNothingElse_data();
    void unknownBodiesSilenceNothingElse();
    void tokensAfterATagOfUnknownShapeAreDoubtful();
    void placesKnowTheirOpenerAndCloser();
    void outlivesTheLookUp();
    void textsDoNotMatter();
    void tenThousandNestedTagsAreFine();
    void anySequenceOfTagsEndsAndEveryTokenHasAParent();
};

namespace {

const TagShape unknownShape = TagShape::unknown();
const TagShape ownBlock = TagShape::block({"endown"}, {"ownelse"});

tests::AllTags &tagsOfTheTest()
{
    static tests::AllTags tags;
    tags.own["dark"] = {Status::Known, &unknownShape}; // exists, its function could not be read
    tags.own["maybe"] = {Status::Open, nullptr}; // may come from a library that could not be read
    tags.own["other"] = tags.own["endmaybe"] = {Status::Open, nullptr}; // likewise
    tags.own["own"] = {Status::Known, &ownBlock};
    tags.own["unloaded"] = {Status::Unknown, &ownBlock}; // of a library that was not loaded
    return tags;
}

const char *nameOf(StructureProblem::Kind kind)
{
    switch (kind) {
    case StructureProblem::Kind::Unclosed:
        return "unclosed";
    case StructureProblem::Kind::Unmatched:
        return "unmatched";
    case StructureProblem::Kind::Malformed:
        return "malformed";
    case StructureProblem::Kind::Inside:
        return "inside";
    case StructureProblem::Kind::Empty:
        return "empty";
    }
    return "";
}

/// "unmatched [endfor] in [if x]: elif, else, endif; …"
std::string problemsOf(const TemplateSyntax &syntax, const Structure &structure)
{
    std::string summary;
    for (const StructureProblem &problem : structure.problems) {
        summary += summary.empty() ? "" : "; ";
        summary += nameOf(problem.kind);
        summary += " [" + std::string(syntax.content(syntax.tokens()[problem.token])) + ']';
        if (problem.opener != noToken && problem.opener != problem.token)
            summary += " in [" + std::string(syntax.content(syntax.tokens()[problem.opener])) + ']';
        for (std::size_t i = 0; i < problem.expected.size(); ++i)
            summary += (i == 0 ? ": " : ", ") + problem.expected[i];
    }
    return summary;
}

std::string problemsOf(std::string_view text)
{
    const TemplateSyntax syntax = parse(text);
    return problemsOf(syntax, buildStructure(syntax, tagsOfTheTest()));
}

std::string placesOf(std::string_view text, Place::Role role)
{
    const TemplateSyntax syntax = parse(text);
    const Structure structure = buildStructure(syntax, tagsOfTheTest());
    std::string found;
    for (std::size_t i = 0; i < structure.places.size(); ++i) {
        if (structure.places[i].role == role)
            found += (found.empty() ? "" : " ") + std::string(syntax.content(syntax.tokens()[i]));
    }
    return found;
}

void addTexts(std::initializer_list<const char *> texts)
{
    QTest::addColumn<std::string>("text");
    for (const char *text : texts)
        QTest::addRow("%s", text) << std::string(text);
}

void addProblems(std::initializer_list<std::pair<const char *, const char *>> rows)
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("problems");
    for (const auto &[text, problems] : rows)
        QTest::addRow("%s", text) << std::string(text) << std::string(problems);
}

} // namespace

void TestStructure::acceptsWhatDjangoAccepts_data()
{
    addTexts({
        "",
        "{% if a %}{% elif b %}{% elif c %}{% else %}{% endif %}",
        "{% for a in b %}{% empty %}{% endfor z %}",
        "{% for a in b %}{% empty z %}", // The tag ends there.
        "{% ifchanged %}{% else %}{% endifchanged z %}",
        "{% ifchanged %}{% else z %}",
        "{% with a=b %}{% endwith a %}{% spaceless %}{% endspaceless x %}{% autoescape on %}{% endautoescape y %}",
        "{% block a %}{% block b %}{% endblock b %}{% endblock %}",
        "{% partialdef a %}{% endpartialdef a %}{% partialdef b inline %}{% endpartialdef %}",
        "{% comment x %}{% if %}{% endcomment x %}{{ }}{% comment %}{% endcomment %}",
        "{% verbatim %}{% if %}{% endverbatim %}{% verbatim x %}{% endverbatim %}{% endverbatim x %}",
        "{% verbatim\tx %}{{ a }}{% endverbatim y %}",
        "{% blocktrans %}{{ a }}{{ }}{% endblocktrans %}{% blocktranslate %}{% endblocktranslate %}",
        "{% blocktrans count a=b %}{% plural %}{% endblocktrans %}",
        "{% blocktrans %}{# endblocktrans #}", // Django compares the content alone.
        "{% extends 'a' %}{% block b %}{% endblock %}",
        "{##}{# {% if %} #}{# a\n",
        "{% own %}{% ownelse %}{% ownelse %}{% endown x %}",
    });
}

void TestStructure::acceptsWhatDjangoAccepts()
{
    QFETCH(const std::string, text);
    QCOMPARE(problemsOf(text), std::string());
}

void TestStructure::reportsWhatDjangoRejects_data()
{
    addProblems({
        {"{{ }}{% %}", "empty []; empty []"},
        {"{% endif %}", "unmatched [endif]"},
        {"{% else %}", "unmatched [else]"},
        {"{% if a %}", "unclosed [if a]: elif, else, endif"},
        {"{% if a %}{% else %}", "unclosed [if a]: endif"},
        {"{% if a %}{% else %}{% else %}{% endif %}", "unmatched [else] in [if a]: endif"},
        {"{% if a %}{% else %}{% elif b %}{% endif %}", "unmatched [elif b] in [if a]: endif"},
        {"{% if a %}{% else z %}{% endif %}", "malformed [else z] in [if a]: elif, else, endif"},
        {"{% if a %}{% endif a %}", "malformed [endif a] in [if a]: elif, else, endif"},
        {"{% for a in b %}{% empty z %}{% endfor %}", "unmatched [endfor]"},
        {"{% for a in b %}{% else %}{% endfor %}", "unmatched [else] in [for a in b]: empty, endfor"},
        {"{% if a %}{% for b in c %}{% endif %}", "unmatched [endif] in [for b in c]: empty, endfor"},
        {"{% block a %}{% endblock b %}", "malformed [endblock b] in [block a]: endblock, endblock a"},
        {"{% block a %}{% endblock  a %}", "malformed [endblock  a] in [block a]: endblock, endblock a"},
        {"{% comment %}{% endcomment x %}", "unclosed [comment]: endcomment"},
        {"{% comment %}{% verbatim %}{% endcomment %}", "unclosed [comment]: endcomment"},
        {"{% comment %}{% comment %}{% endcomment %}{% endcomment %}", "unmatched [endcomment]"},
        {"{% verbatim a %}{% endverbatim %}", "unclosed [verbatim a]: endverbatim"},
        {"{% blocktrans %}", "unclosed [blocktrans]: endblocktrans"},
        {"{% blocktrans %}{% endblocktranslate %}", "unmatched [endblocktranslate] in [blocktrans]: endblocktrans"},
        {"{% blocktrans %}{% if a %}{% endif %}{% endblocktrans %}", "inside [if a] in [blocktrans]: endblocktrans"},
        {"{% blocktrans %}{# a #}{% endblocktrans %}", "inside [a] in [blocktrans]: endblocktrans"},
        {"{% blocktrans %}{% plural %}{% endblocktrans %}", "unmatched [plural] in [blocktrans]: endblocktrans"},
        {"{% blocktrans count a=b %}{% endblocktrans %}",
         "unmatched [endblocktrans] in [blocktrans count a=b]: plural"},
        {"{% blocktrans count a=b %}{% plural x %}{% endblocktrans %}",
         "inside [plural x] in [blocktrans count a=b]: plural"},
        {"{% if x %}{% extends 'a' %}{% endif %}", "unmatched [endif] in [extends 'a']"},
        {"{% if x %}{% extends 'a' %}", "unclosed [if x]: elif, else, endif"},
        {"{% If x %}{% endif %}{% endif %}", ""}, // "If" is unknown, and so may be its body.
        {"{% own %}", "unclosed [own]: ownelse, endown"},
        {"{% endown %}", "unmatched [endown]"},
    });
}

void TestStructure::reportsWhatDjangoRejects()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, problems);
    QCOMPARE(problemsOf(text), problems);
}

void TestStructure::oneMistakeIsOneProblem_data()
{
    addProblems({
        // A closer is missing.
        {"{% block t %}{% if a %}{% if b %}{% endif %}{% endblock %}{% block u %}{% if c %}{% endif %}{% endblock %}",
         "unmatched [endblock] in [if a]: elif, else, endif"},
        {"{% if a %}{% for b in c %}{% else %}{% endif %}", "unmatched [else] in [for b in c]: empty, endfor"},
        {"{% if a %}{% with b=c %}{% for d in e %}{% endif %}", "unmatched [endif] in [for d in e]: empty, endfor"},
        {"{% block a %}{% block b %}{% endblock a %}", "malformed [endblock a] in [block b]: endblock, endblock b"},
        // An opener is missing, or a closer stands twice.
        {"{% if a %}{% for b in c %}{% if d %}{% endif %}{% endif %}{% endfor %}{% endif %}",
         "unmatched [endif] in [for b in c]: empty, endfor"},
        {"{% block a %}{% for b in c %}{% endblock %}{% if d %}{% endif %}{% endfor %}{% endblock %}",
         "unmatched [endblock] in [for b in c]: empty, endfor"},
        // A closer has the wrong name.
        {"{% if a %}{% for b in c %}{% endwith %}{% endfor %}{% endif %}",
         "unmatched [endwith] in [for b in c]: empty, endfor"},
        {"{% block x %}{% elif a %}{% else %}{% endif %}{% endblock %}", "unmatched [elif a] in [block x]: endblock"},
        // A word is misspelt.
        {"{% block a %}{% for b in c %}{% if d %}{% endix %}{% endfor %}{% endblock %}", ""},
        {"{% if a %}{% endfro %}{% endif %}", ""},
        {"{% block a %}{% ifx b %}{% else %}{% endif %}{% endblock %}", ""},
        {"{% if a %}{% for b in c %}{% ifx d %}{% endif %}{% endfor %}{% endif %}", ""},
        // A tag lost its words, or a message's closer is misspelt.
        {"{% if a %}{% %}", "empty [] in [if a]"},
        {"{% block a %}{% if b %}{% %}{% endblock %}", "empty [] in [if b]"},
        {"{% %}{% else %}{% endif %}", "empty []"},
        {"{% blocktrans %}a{% endblocktrns %}{% if b %}{% endif %}", ""},
        {"{% blocktrans %}a{% %}{% if b %}{% endif %}", "empty [] in [blocktrans]"},
        {"{% for a in b %}{% blocktranslate %}a{% endblocktrans %}{% endfor %}",
         "unmatched [endblocktrans] in [blocktranslate]: endblocktranslate"},
        {"{% if a %}{% with b=c %}{% : endwith %}{% endif %}", ""},
        {"{% block a %}{% if a %}{% -endif %}{% endblock %}", ""},
        // An opener is wrong, and Django blames it: what its body should be is not known.
        {"{% blocktrans count n=x|intcomma: %}a{% plural %}b{% endblocktrans %}", ""},
        {"{% blocktrans count n= %}a{% plural %}b{% endblocktrans %}", ""},
        {"{% blocktrans counts n=x %}a{% plural %}b{% endblocktrans %}", ""},
        {"{% blocktrans count n=x m=y %}a{% plural %}b{% endblocktrans %}", ""},
        {"{% blocktrans count n=x count m=y %}a{% endblocktrans %}", ""},
        {"{% blocktrans count n=_(\"x %}a{% plural %}b{% endblocktrans %}", ""},
        {"{% blocktrans with %}a{% plural %}b{% endblocktrans %}", ""},
        // Several tags in a message.
        {"{% blocktrans %}{% if a %}{% else %}{% endif %}{# b #}{% endblocktrans %}{% if c %}{% endif %}",
         "inside [if a] in [blocktrans]: endblocktrans"},
        // A message without an end swallows nothing.
        {"{% if a %}{% blocktrans %}text{% endif %}{% blocktrans %}{% endblocktrans %}",
         "unclosed [blocktrans]: endblocktrans"},
        {"{% unloaded %}{% ownelse %}{% if a %}{% endif %}{% endown %}", ""},
    });
}

void TestStructure::oneMistakeIsOneProblem()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, problems);
    QCOMPARE(problemsOf(text), problems);
}

void TestStructure::unknownTagsAreFoundWhereTheyStand_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("unknown");
    const auto row = [](const char *text, const char *unknown) {
        QTest::addRow("%s", text) << std::string(text) << std::string(unknown);
    };
    row("{% nope %}{% if\"x\" %}{% If x %}", "nope if\"x\" If x");
    row("{% if a %}{% endiff %}{% endif %}", "endiff");
    row("{% nope %}{% endnope %}{% endother %}", "nope endother");
    row("{% comment %}{% nope %}{% endcomment %}{% verbatim %}{% nope %}{% endverbatim %}", "");
    row("{% nope1 %}{% nope2 %}", "nope1 nope2");
    row("{% maybe %}{% nope %}", "maybe"); // Anything may belong to a tag that may exist.
}

void TestStructure::unknownTagsAreFoundWhereTheyStand()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, unknown);
    QCOMPARE(placesOf(text, Place::Role::Unknown), unknown);
}

void TestStructure::unknownBodiesSilenceWhatTheyMayExplain_data()
{
    addTexts({
        "{% dark %}{% enddark %}",
        "{% maybe %}{% else %}{% endmaybe %}",
        "{% nope %}{% else %}{% endnope %}",
        "{% nope %}{% endif %}",
        "{% dark %}{% else %}{% finish %}",
        "{% if a %}{% dark %}{% else %}{% endif %}{% endif %}", // It may close with endif.
        "{% dark %}{% if a %}{% enddark %}{% if b %}{% endif %}", // It may skip its body as comment does.
        "{% dark %}{% endif %}{% if %}{% finish %}",
        "{% block a %}{% dark %}{% if b %}{% finish %}{% endblock %}",
        "{% if a %}{% for b in c %}{% dark %}{% empty %}{% endfor %}{% enddark %}{% endif %}",
        // It may hold itself, and its closers are then its own.
        "{% maybe %}{% for a in b %}{% maybe %}{% endmaybe %}{% endfor %}{% endmaybe %}",
        "{% maybe %}{% if a %}{% maybe %}{% else %}{% maybe %}{% endmaybe %}{% endmaybe %}{% endif %}{% endmaybe %}",
        // Or not, and then what seems to be in it is not closed with it.
        "{% maybe %}{% for a in b %}{% endmaybe %}{% endfor %}",
        "{% maybe %}{% for a in b %}{% other %}{% endmaybe %}{% empty %}{% endfor %}{% endmaybe %}",
        "{% block a %}{% maybe %}{% block b %}{% endmaybe %}{% endblock b %}{% endblock a %}",
        "{% if a %}{% else %}{% maybe %}{% if b %}{% endmaybe %}{% else %}{% endif %}{% endif %}",
        "{% if a %}{% for b in c %}{% if d %}{% maybe %}{% if e %}{% endmaybe %}{% endif %}{% endif %}{% endfor %}"
        "{% endif %}",
    });
}

void TestStructure::unknownBodiesSilenceWhatTheyMayExplain()
{
    QFETCH(const std::string, text);
    QCOMPARE(problemsOf(text), std::string());
    QVERIFY(placesOf(text, Place::Role::Unknown).find("end") == std::string::npos);
}

// The library that could not be read is made up, in each way that a tag can read a template. What is right with one of
// them may not be called wrong.
void TestStructure::nothingIsReportedThatSomeLibraryAllows()
{
    const TagShape alone = TagShape::alone(TagShape::Arguments::Uncompiled);
    const TagShape plain = TagShape::block({"endbox"});
    const TagShape withMiddle = TagShape::block({"endbox"}, {"mid"});
    const TagShape withElse = TagShape::block({"endbox"}, {"else"});
    const TagShape either = TagShape::block({"endbox", "endcard"});
    const TagShape raw = TagShape::raw("endbox");
    const TagShape card = TagShape::block({"endcard"});
    const TagShape rawCard = TagShape::raw("endcard");
    std::map<std::string, TagLookup::Answer, std::less<>> djangos; // At hand, as it is asked a million times.
    for (const char *name : {"if", "for", "block"})
        djangos[name] = {Status::Known, djangoBuiltinTag(name)};
    for (const char *name : {"else", "endif", "empty", "endfor", "endblock", "endbox", "endcard", "mid"})
        djangos[name] = {Status::Unknown, nullptr};
    std::deque<tests::AllTags> libraries;
    for (const TagShape *box : {&alone, &plain, &withMiddle, &withElse, &either, &raw}) {
        for (const TagShape *other : {&alone, &card, &rawCard, &plain}) {
            for (const bool hasMore : {false, true}) {
                auto &tags = libraries.emplace_back().own = djangos;
                tags["box"] = {Status::Known, box};
                tags["card"] = {Status::Known, other};
                if (hasMore)
                    tags["endbox"] = tags["endcard"] = tags["mid"] = {Status::Known, &alone};
            }
        }
    }
    tests::AllTags open;
    for (const char *name : {"box", "card", "endbox", "endcard", "mid"})
        open.own[name] = {Status::Open, nullptr};
    const auto isRight = [](const TemplateSyntax &syntax, const tests::AllTags &library) {
        const Structure structure = buildStructure(syntax, library);
        return structure.problems.empty() && std::ranges::none_of(structure.places, [](const Place &place) {
                   return place.role == Place::Role::Unknown || place.role == Place::Role::Unclear;
               });
    };
    const std::vector<std::string> pieces = {
        "{% box %}",   "{% box %}",    "{% endbox %}",  "{% endbox %}",     "{% card %}",     "{% endcard %}",
        "{% mid %}",   "{% if a %}",   "{% else %}",    "{% endif %}",      "{% endif %}",    "{% for a in b %}",
        "{% empty %}", "{% endfor %}", "{% block a %}", "{% endblock a %}", "{% endblock %}", "{% block b %}"};
    std::mt19937 random(20261129);
    int judged = 0;
    for (int round = 0; round < 1'500; ++round) {
        std::string text;
        for (auto length = 3 + random() % 8; length > 0; --length)
            text += pieces[random() % pieces.size()];
        const TemplateSyntax syntax = parse(text);
        const std::string problems = problemsOf(syntax, buildStructure(syntax, open));
        if (problems.empty())
            continue;
        ++judged;
        for (const tests::AllTags &library : libraries)
            QVERIFY2(!isRight(syntax, library), (text + ": " + problems).c_str());
    }
    QVERIFY(judged > 250); // Else it would be silent, not right.
}

void TestStructure::unknownBodiesSilenceNothingElse_data()
{
    addProblems({
        {"{% if a %}{% dark %}", "unclosed [if a]: elif, else, endif"},
        {"{% dark %}{% if a %}", "unclosed [if a]: elif, else, endif"},
        {"{% endif %}{% dark %}{% enddark %}", "unmatched [endif]"},
        {"{% dark %}{% enddark %}{% endif %}", "unmatched [endif]"},
        {"{% dark %}{% if a %}{% endfor %}{% endif %}", "unmatched [endfor] in [if a]: elif, else, endif"},
        {"{% dark %}{% if a %}{% else x %}{% endif %}", "malformed [else x] in [if a]: elif, else, endif"},
        {"{% nope %}{% endnope %}{% if a %}", "unclosed [if a]: elif, else, endif"},
        {"{% dark %}{% block a %}{% if b %}{% endblock %}", "unmatched [endblock] in [if b]: elif, else, endif"},
        {"{% if a %}{% maybe %}{% endmaybe %}{% endblock %}{% endif %}",
         "unmatched [endblock] in [if a]: elif, else, endif"},
    });
}

void TestStructure::unknownBodiesSilenceNothingElse()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, problems);
    QCOMPARE(problemsOf(text), problems);
}

void TestStructure::tokensAfterATagOfUnknownShapeAreDoubtful()
{
    const auto doubtful = [](std::string_view text) {
        std::string flags;
        for (const Place &place : buildStructure(parse(text), tagsOfTheTest()).places)
            flags += place.doubtful ? '1' : '0';
        return flags;
    };
    QCOMPARE(doubtful("{{ a }}{% dark %}{{ b }}{% if c %}{{ d }}{% endif %}{% finish %}{{ e }}"),
             std::string("00111110"));
    QCOMPARE(doubtful("{% dark %}{{ a }}"), std::string("00")); // Nothing can end it, so it has no body.
    QCOMPARE(doubtful("{% dark %}{{ a }}{% enddark %}{{ b }}"), std::string("0110"));
    QCOMPARE(doubtful("{% nope %}{{ a }}{% endnope %}"), std::string("000")); // Rejected in any case.
}

void TestStructure::placesKnowTheirOpenerAndCloser()
{
    const std::string_view text = "{% if a %}x{% else %}{% for b in c %}{{ b }}{% endfor %}{% endif %}y";
    const Structure structure = buildStructure(parse(text), tagsOfTheTest());
    std::vector<std::uint32_t> parents;
    for (const Place &place : structure.places)
        parents.push_back(place.parent);
    QCOMPARE(parents, (std::vector<std::uint32_t>{noToken, 0, 0, 0, 3, 3, 0, noToken}));
    QCOMPARE(structure.places[0].closer, std::uint32_t(6));
    QCOMPARE(structure.places[3].closer, std::uint32_t(5));
    QCOMPARE(structure.places[2].role, Place::Role::Middle);
    QCOMPARE(structure.places[6].role, Place::Role::Closer);
}

void TestStructure::outlivesTheLookUp()
{
    Structure structure;
    {
        TagShape own = TagShape::block({"finish"});
        tests::AllTags lookup;
        lookup.own["box"] = {TagLookup::Answer::Status::Known, &own};
        structure = buildStructure(parse("{% box %}{% if a %}{% endif %}{% box %}{% finish %}{% finish %}"), lookup);
        own = TagShape::unknown();
    }
    QCOMPARE(structure.shapes.size(), std::size_t(2));
    QVERIFY(*structure.shapeOf(0) == TagShape::block({"finish"}));
    QVERIFY(structure.shapeOf(3) == structure.shapeOf(0));
    QVERIFY(structure.shapeOf(2) == nullptr); // a closer
}

void TestStructure::textsDoNotMatter()
{
    const Structure before = buildStructure(parse("a{% if b %}c{% else x %}{% endif %}"), tagsOfTheTest());
    QVERIFY(buildStructure(parse("longer\n{% if d %}e{% else x %}{% endif %}"), tagsOfTheTest()) == before);
    QVERIFY(!(buildStructure(parse("a{% if b %}c{% endif x %}{% endif %}"), tagsOfTheTest()) == before));
    QVERIFY(!(buildStructure(parse("a{% ifchanged b %}c{% else x %}{% endifchanged %}"), tagsOfTheTest()) == before));
}

void TestStructure::tenThousandNestedTagsAreFine()
{
    std::string text;
    for (int i = 0; i < 10'000; ++i)
        text += "{% if a %}";
    const std::size_t half = text.size();
    for (int i = 0; i < 10'000; ++i)
        text += "{% endif %}";
    QCOMPARE(problemsOf(text), std::string());
    QCOMPARE(buildStructure(parse(std::string_view(text).substr(0, half)), tagsOfTheTest()).problems.size(),
             std::size_t(10'000));
    std::string wrong(text, 0, half);
    for (int i = 0; i < 10'000; ++i)
        wrong += "{% endfor %}";
    QCOMPARE(buildStructure(parse(wrong), tagsOfTheTest()).problems.size(), std::size_t(20'000));
}

// Nothing is known about the right answer here; the point is that there is one, in time and in order.
void TestStructure::anySequenceOfTagsEndsAndEveryTokenHasAParent()
{
    const std::vector<std::string> pieces = {"{% if a %}",
                                             "{% else %}",
                                             "{% elif b %}",
                                             "{% endif %}",
                                             "{% for a in b %}",
                                             "{% empty %}",
                                             "{% endfor %}",
                                             "{% block a %}",
                                             "{% endblock %}",
                                             "{% endblock a %}",
                                             "{% comment %}",
                                             "{% endcomment %}",
                                             "{% verbatim %}",
                                             "{% endverbatim %}",
                                             "{% blocktrans %}",
                                             "{% plural %}",
                                             "{% endblocktrans %}",
                                             "{% dark %}",
                                             "{% enddark %}",
                                             "{% maybe %}",
                                             "{% nope %}",
                                             "{% endnope %}",
                                             "{% own %}",
                                             "{% ownelse %}",
                                             "{% endown %}",
                                             "{% unloaded %}",
                                             "{% extends 'a' %}",
                                             "{{ a }}",
                                             "{{ }}",
                                             "{% %}",
                                             "text",
                                             "{# a #}",
                                             "{% finish %}"};
    std::mt19937 random(20261124);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto length = random() % 40; length > 0; --length)
            text += pieces[random() % pieces.size()];
        const TemplateSyntax syntax = parse(text);
        const Structure structure = buildStructure(syntax, tagsOfTheTest());
        QCOMPARE(structure.places.size(), syntax.tokens().size());
        for (std::uint32_t i = 0; i < structure.places.size(); ++i) {
            const Place &place = structure.places[i];
            QVERIFY2(place.parent == noToken || place.parent < i, text.c_str());
            QVERIFY2(place.closer == noToken || (place.closer > i && structure.places[place.closer].parent == i),
                     text.c_str());
        }
        QVERIFY(std::ranges::is_sorted(structure.problems, {}, &StructureProblem::token));
    }
}

NUAGES_TEST(TestStructure)
#include "tst_structure.moc"
