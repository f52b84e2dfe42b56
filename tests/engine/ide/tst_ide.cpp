#include "engine/ide/definition.h"
#include "engine/ide/hover.h"
#include "engine/ide/symbols.h"
#include "engine/ide/view.h"
#include "tests/engine/ide/shop.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace nuages;
using namespace nuages::ide;
using nuages::tests::Shop;
using namespace Qt::StringLiterals;

namespace {

QString shown(const Symbol &symbol)
{
    QString text = QString::number(int(symbol.kind)) + u' ' + QString::fromStdString(symbol.name);
    QStringList children;
    for (const Symbol &child : symbol.children)
        children += shown(child);
    return children.isEmpty() ? text : text + u'(' + children.join(u", "_s) + u')';
}

} // namespace

class TestIde : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hoverTellsWhereANameIsFrom_data();
    void hoverTellsWhereANameIsFrom();
    void definitionLeadsToTheName_data();
    void definitionLeadsToTheName();
    void theOutlineIsNestedAsTheTagsAre();
};

void TestIde::hoverTellsWhereANameIsFrom_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("documentation");
    QTest::addColumn<QString>("over");

    const QString any;
    QTest::newRow("a builtin tag") << u"{% i‸f a %}{% endif %}"_s << u"{% if %}"_s
                                   << u"django.template.defaulttags.do_if, built in"_s << any << u"if"_s;
    QTest::newRow("its closer") << u"{% if a %}{% end‸if %}"_s << u"{% if %}"_s
                                << u"django.template.defaulttags.do_if, built in"_s << any << u"endif"_s;
    QTest::newRow("its middle") << u"{% if a %}{% el‸se %}{% endif %}"_s << u"{% if %}"_s
                                << u"django.template.defaulttags.do_if, built in"_s << any << u"else"_s;
    QTest::newRow("at the end of a name") << u"{{ x|lower‸ }}"_s << u"|lower"_s
                                          << u"django.template.defaultfilters.lower, built in"_s << any << u"lower"_s;
    QTest::newRow("the library that was loaded last wins")
        << u"{% load shop_tags page_tags %}{{ x|mon‸ey }}"_s << u"|money"_s
        << u"pages.templatetags.page_tags.money, library page_tags"_s << any << u"money"_s;
    QTest::newRow("a library replaces a builtin")
        << u"{% load shop_tags %}{{ x|up‸per }}"_s << u"|upper"_s
        << u"shop.templatetags.shop_tags.loud, library shop_tags"_s << any << u"upper"_s;
    QTest::newRow("not one that is loaded further down")
        << u"{{ x|up‸per }}{% load shop_tags %}"_s << u"|upper"_s << u"django.template.defaultfilters.upper, built in"_s
        << any << u"upper"_s;
    QTest::newRow("a docstring without its indentation")
        << u"{% load told %}{% to‸ld 1 %}"_s << u"{% told %}"_s << u"shop.templatetags.told.told, library told"_s
        << u"Tells.\n\n  Indented."_s << u"told"_s;
    QTest::newRow("a library") << u"{% load to‸ld %}"_s << u"{% load told %}"_s << u"shop.templatetags.told"_s
                               << u"{% told %} "_s << u"told"_s;
    QTest::newRow("the library behind from") << u"{% load told from to‸ld %}"_s << u"{% load told %}"_s
                                             << u"shop.templatetags.told"_s << u"{% told %} "_s << u"told"_s;
    QTest::newRow("a template") << u"{% include \"pages/me‸nu.html\" %}"_s << u"pages/menu.html"_s
                                << u"/shop/pages/templates/pages/menu.html"_s << any << u"pages/menu.html"_s;
    QTest::newRow("a block of the parents")
        << u"{% extends \"shop/middle.html\" %}{% block con‸tent %}{% endblock %}"_s << u"block content"_s
        << u"defined first in /shop/shop/templates/shop/base.html"_s << any << u"content"_s;
    QTest::newRow("a block of its own") << u"{% block o‸wn %}{% endblock %}"_s << u"block own"_s << u"defined here"_s
                                        << any << u"own"_s;
    QTest::newRow("a block that no parent has")
        << u"{% extends \"shop/base.html\" %}{% block o‸wn %}{% endblock %}"_s << u"block own"_s
        << u"no template above has this block"_s << any << u"own"_s;
    QTest::newRow("an unknown tag") << u"{% no‸pe %}"_s << any << any << any << any;
    QTest::newRow("a tag that is not loaded")
        << u"{% to‸ld 1 %}"_s << u"{% told %}"_s
        << u"shop.templatetags.told.told, library told, not loaded here: {% load told %}"_s
        << u"Tells.\n\n  Indented."_s << u"told"_s;
    QTest::newRow("a filter that is not loaded, of two libraries")
        << u"{{ x|mon‸ey }}"_s << u"|money"_s
        << u"pages.templatetags.page_tags.money, library page_tags, not loaded here: "
           "{% load page_tags %} or {% load shop_tags %}"_s
        << any << u"money"_s;
    QTest::newRow("a filter that is loaded further down")
        << u"{{ x|int‸comma }}{% load humanize %}"_s << u"|intcomma"_s
        << u"django.contrib.humanize.templatetags.humanize.intcomma, library humanize, not loaded here: "
           "{% load humanize %}"_s
        << any << u"intcomma"_s;
    QTest::newRow("a tag in a load") << u"{% load to‸ld from told %}"_s << u"{% told %}"_s
                                     << u"shop.templatetags.told.told, library told"_s << u"Tells.\n\n  Indented."_s
                                     << u"told"_s;
    QTest::newRow("a filter in a load") << u"{% load price mon‸ey from shop_tags %}"_s << u"|money"_s
                                        << u"shop.templatetags.shop_tags.money, library shop_tags"_s << any
                                        << u"money"_s;
    QTest::newRow("a name in a load that the library has not")
        << u"{% load lo‸wer from shop_tags %}"_s << any << any << any << any;
    QTest::newRow("the word from in a load") << u"{% load price fr‸om shop_tags %}"_s << any << any << any << any;
    QTest::newRow("a template that is missing")
        << u"{% include \"no‸pe.html\" %}"_s << u"nope.html"_s << u"not found; looked for at"_s
        << u"/packages/django/contrib/humanize/templates/nope.html\n/shop/shop/templates/nope.html\n"
           "/shop/pages/templates/nope.html"_s
        << u"nope.html"_s;
    QTest::newRow("a relative one") << u"{% extends \"./no‸pe.html\" %}"_s << u"./nope.html"_s
                                    << u"not found; looked for at"_s
                                    << u"/packages/django/contrib/humanize/templates/shop/nope.html\n"
                                       "/shop/shop/templates/shop/nope.html\n/shop/pages/templates/shop/nope.html"_s
                                    << u"./nope.html"_s;
    QTest::newRow("one outside of the folders") << u"{% include \"../../no‸pe.html\" %}"_s << any << any << any << any;
    QTest::newRow("a text") << u"i‸f"_s << any << any << any << any;
    QTest::newRow("a comment") << u"{% comment %}{% i‸f %}{% endcomment %}"_s << any << any << any << any;
}

void TestIde::hoverTellsWhereANameIsFrom()
{
    QFETCH(QString, text);
    QFETCH(QString, title);
    QFETCH(QString, origin);
    QFETCH(QString, documentation);
    QFETCH(QString, over);
    Shop shop;
    const std::optional<Hover> found =
        shop.ask(text, [](const View &view, std::uint32_t offset) { return hover(view, offset); });
    if (title.isEmpty()) {
        QVERIFY2(!found, found ? found->title.c_str() : "");
        return;
    }
    QVERIFY(found);
    QCOMPARE(QString::fromStdString(found->title), title);
    QCOMPARE(QString::fromStdString(found->origin), origin);
    QCOMPARE(QString::fromStdString(found->documentation), documentation);
    QCOMPARE(shop.slice(found->range), over);
}

void TestIde::definitionLeadsToTheName_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("places"); // path and what stands there

    const QString base = u"/shop/shop/templates/shop/base.html: "_s;
    QTest::newRow("a template") << u"{% extends \"shop/ba‸se.html\" %}"_s << QStringList{base};
    QTest::newRow("a relative template") << u"{% include \"./ba‸se.html\" %}"_s << QStringList{base};
    QTest::newRow("a library") << u"{% load to‸ld %}"_s << QStringList{u"/shop/shop/templatetags/told.py: "_s};
    QTest::newRow("a tag") << u"{% load told %}{% to‸ld 1 %}"_s
                           << QStringList{u"/shop/shop/templatetags/told.py: def told(x):"_s};
    QTest::newRow("a filter that two libraries have")
        << u"{% load shop_tags page_tags %}{{ x|mon‸ey }}"_s
        << QStringList{u"/shop/pages/templatetags/page_tags.py: def money(value):"_s,
                       u"/shop/shop/templatetags/shop_tags.py: def money(value):"_s};
    QTest::newRow("a block, nearest first")
        << u"{% extends \"shop/middle.html\" %}{% block con‸tent %}{% endblock %}"_s
        << QStringList{u"/shop/shop/templates/shop/middle.html: {% block content %}"_s,
                       base + u"{% block content %}"_s};
    const QString self = u"/shop/shop/templates/shop/page.html: "_s;
    QTest::newRow("the name of an endblock")
        << u"{% block a %}{% block b %}{% endblock ‸b %}{% endblock a %}"_s << QStringList{self + u"{% block b %}"_s};
    QTest::newRow("the name of an endblock, with parents")
        << u"{% extends \"shop/base.html\" %}{% block content %}{% endblock con‸tent %}"_s
        << QStringList{self + u"{% block content %}"_s, base + u"{% block content %}"_s};
    QTest::newRow("a tag in a load") << u"{% load to‸ld from told %}"_s
                                     << QStringList{u"/shop/shop/templatetags/told.py: def told(x):"_s};
    QTest::newRow("a filter in a load") << u"{% load price mon‸ey from shop_tags %}"_s
                                        << QStringList{u"/shop/shop/templatetags/shop_tags.py: def money(value):"_s};
    QTest::newRow("a tag that is not loaded")
        << u"{% to‸ld 1 %}"_s << QStringList{u"/shop/shop/templatetags/told.py: def told(x):"_s};
    QTest::newRow("nothing") << u"{% load nope %}{% no‸pe %}"_s << QStringList();
}

void TestIde::definitionLeadsToTheName()
{
    QFETCH(QString, text);
    QFETCH(QStringList, places);
    Shop shop;
    const Definition found =
        shop.ask(text, [](const View &view, std::uint32_t offset) { return definition(view, offset); });
    QStringList seen;
    for (const Target &target : found.targets) {
        const std::string_view whole = target.lines->text().view();
        const std::string_view there = whole.substr(target.range.begin, target.range.size());
        seen += QString::fromStdString(target.path) + u": "_s
            + QString::fromUtf8(there.data(), qsizetype(there.size())).trimmed();
    }
    QCOMPARE(seen, places);
}

void TestIde::theOutlineIsNestedAsTheTagsAre()
{
    Shop shop;
    const QString text = u"{% extends \"shop/base.html\" %}{% load told %}{% block a %}{% if b %}{{ c }}"
                         u"{% include \"d\" %}{% else %}{% now \"Y\" %}{% endif %}{% endblock %}{% block e %}"_s;
    const std::vector<Symbol> found =
        shop.ask(text, [](const View &view, std::uint32_t) { return symbols(view.syntax(), view.structure()); });
    QStringList seen;
    for (const Symbol &symbol : found)
        seen += shown(symbol);
    QCOMPARE(seen,
             (QStringList{u"0 extends \"shop/base.html\""_s, u"1 load told"_s, u"3 a(4 if b(2 include \"d\"))"_s,
                          u"3 e"_s}));
    QCOMPARE(shop.slice(found[2].selection), u"{% block a %}"_s);
    QVERIFY(shop.slice(found[2].range).endsWith(u"{% endblock %}"_s));
    QCOMPARE(shop.slice(found[3].range), u"{% block e %}"_s); // not closed

    const QString deep = u"{% if a %}"_s.repeated(300) + u"{% endif %}"_s.repeated(300);
    std::size_t depth = 0;
    const std::vector<Symbol> nested =
        shop.ask(deep, [](const View &view, std::uint32_t) { return symbols(view.syntax(), view.structure()); });
    for (const std::vector<Symbol> *level = &nested; !level->empty(); level = &level->front().children)
        ++depth;
    QCOMPARE(depth, std::size_t(256));
}

NUAGES_TEST(TestIde)
#include "tst_ide.moc"
