#include "engine/ide/completion.h"
#include "tests/engine/ide/shop.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <format>
#include <string>

using namespace nuages;
using namespace nuages::ide;
using nuages::tests::Shop;
using namespace Qt::StringLiterals;

namespace {

Completions completionsIn(Shop &shop, const QString &text)
{
    return shop.ask(text, [](const View &view, std::uint32_t offset) { return complete(view, offset); });
}

const Completion *find(const Completions &found, const QString &text)
{
    const auto item = std::ranges::find(found.items, text.toStdString(), &Completion::text);
    return item == found.items.end() ? nullptr : &*item;
}

QStringList textsOf(const Completions &found)
{
    QStringList texts;
    for (const Completion &item : found.items)
        texts += QString::fromStdString(item.text);
    return texts;
}

} // namespace

class TestCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completionOffersWhatMayStandThere_data();
    void completionOffersWhatMayStandThere();
    void closersComeFirst();
    void takingOneWritesTheRestOfTheTag_data();
    void takingOneWritesTheRestOfTheTag();
    void keywordsStandWhereTheyAreLegal_data();
    void keywordsStandWhereTheyAreLegal();
    void namesOfTheTemplateItselfAreOffered_data();
    void namesOfTheTemplateItselfAreOffered();
    void whatNeedsALoadComesLastAndBringsIt();
    void aBodyIsClosedUnlessItsCloserIsThere_data();
    void aBodyIsClosedUnlessItsCloserIsThere();
    void theProjectsOwnTemplatesComeFirst();
    void manyTemplatesCostNoMoreThanAFew();
    void aLineOfManyTagsIsNoTrouble_data();
    void aLineOfManyTagsIsNoTrouble();
};

void TestCompletion::completionOffersWhatMayStandThere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("replaced");
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QStringList>("withheld");

    const QStringList none;
    QTest::newRow("a tag") << u"{% i‸f %}"_s << u"i"_s << QStringList{u"if"_s, u"now"_s} << QStringList{u"money"_s};
    QTest::newRow("a tag that is not closed yet") << u"{% ‸"_s << u""_s << QStringList{u"for"_s} << none;
    QTest::newRow("a loaded tag") << u"{% load shop_tags %}{% p‸"_s << u"p"_s << QStringList{u"price"_s} << none;
    QTest::newRow("the closer of the innermost tag")
        << u"{% if a %}{% for b in c %}{% ‸"_s << u""_s << QStringList{u"endfor"_s, u"empty"_s}
        << QStringList{u"endif"_s, u"else"_s};
    QTest::newRow("after a closer, that of the outer tag")
        << u"{% if a %}{% for b in c %}{% endfor %}{% ‸"_s << u""_s << QStringList{u"endif"_s, u"else"_s}
        << QStringList{u"endfor"_s};
    QTest::newRow("a filter") << u"{{ x|up‸ }}"_s << u"up"_s << QStringList{u"upper"_s, u"lower"_s}
                              << QStringList{u"if"_s};
    QTest::newRow("a filter after a blank") << u"{{ x | ‸"_s << u""_s << QStringList{u"upper"_s} << none;
    QTest::newRow("a filter in a tag") << u"{% if x|‸ %}"_s << u""_s << QStringList{u"upper"_s} << none;
    QTest::newRow("a loaded filter") << u"{% load shop_tags %}{{ x|‸"_s << u""_s << QStringList{u"money"_s} << none;
    QTest::newRow("a variable") << u"{{ u‸ }}"_s << u"u"_s << none << QStringList{u"upper"_s};
    QTest::newRow("a string in a variable") << u"{{ x|default:\"a|‸\" }}"_s << u""_s << none << QStringList{u"upper"_s};
    QTest::newRow("a library") << u"{% load shop‸"_s << u"shop"_s << QStringList{u"shop_tags"_s, u"humanize"_s} << none;
    QTest::newRow("a template") << u"{% include \"shop/b‸\" %}"_s << u"shop/b"_s
                                << QStringList{u"shop/base.html"_s, u"pages/menu.html"_s}
                                << QStringList{u"shop/.hidden/no.html"_s};
    QTest::newRow("a template in single quotes")
        << u"{% extends '‸"_s << u""_s << QStringList{u"shop/base.html"_s} << none;
    QTest::newRow("a later string of an include")
        << u"{% include \"a\" with b=\"‸\" %}"_s << u""_s << none << QStringList{u"shop/base.html"_s};
    QTest::newRow("the block to close") << u"{% block one %}{% block two %}{% endblock ‸"_s << u""_s
                                        << QStringList{u"two"_s} << QStringList{u"one"_s};
    QTest::newRow("a block of the parents") << u"{% extends \"shop/middle.html\" %}{% block in‸ %}"_s << u"in"_s
                                            << QStringList{u"inner"_s, u"content"_s} << none;
    QTest::newRow("not a block that is there already")
        << u"{% extends \"shop/middle.html\" %}{% block inner %}{% endblock %}{% block ‸ %}"_s << u""_s
        << QStringList{u"content"_s} << QStringList{u"inner"_s};
    QTest::newRow("a text") << u"i‸f"_s << u""_s << none << QStringList{u"if"_s};
    QTest::newRow("behind a tag") << u"{% if a %}‸"_s << u""_s << none << QStringList{u"if"_s};
    QTest::newRow("behind a tag that ends in one brace") << u"{{ a }‸"_s << u""_s << none << QStringList{u"if"_s};
    QTest::newRow("a comment") << u"{# {% i‸ #}"_s << u""_s << none << QStringList{u"if"_s};
    QTest::newRow("a comment of many lines")
        << u"{% comment %}{% i‸ %}{% endcomment %}"_s << u""_s << none << QStringList{u"if"_s};
    QTest::newRow("verbatim") << u"{% verbatim %}{{ x|‸ }}{% endverbatim %}"_s << u""_s << none
                              << QStringList{u"upper"_s};
    QTest::newRow("the members of a library")
        << u"{% load ‸ from shop_tags %}"_s << u""_s << QStringList{u"price"_s, u"basket"_s, u"money"_s, u"upper"_s}
        << QStringList{u"shop_tags"_s, u"told"_s, u"lower"_s};
    QTest::newRow("not a member that is there")
        << u"{% load price ba‸sk from shop_tags %}"_s << u"ba"_s << QStringList{u"basket"_s} << QStringList{u"price"_s};
    QTest::newRow("the library behind from")
        << u"{% load price from ‸ %}"_s << u""_s << QStringList{u"shop_tags"_s} << QStringList{u"price"_s, u"told"_s};
    QTest::newRow("from, behind a name") << u"{% load price ‸ %}"_s << u""_s << QStringList{u"from"_s, u"told"_s}
                                         << none;
    QTest::newRow("nothing behind the library")
        << u"{% load price from shop_tags ‸ %}"_s << u""_s << none << QStringList{u"told"_s, u"from"_s};

    QTest::newRow("the closer of a message") << u"{% load i18n %}{% blocktrans %}x{% e‸ %}"_s << u"e"_s
                                             << QStringList{u"endblocktrans"_s} << QStringList{u"if"_s, u"plural"_s};
    QTest::newRow("in a message that is closed") << u"{% load i18n %}{% blocktrans %}x{% e‸ %}{% endblocktrans %}"_s
                                                 << u"e"_s << QStringList{u"endblocktrans"_s} << QStringList{u"if"_s};
    QTest::newRow("the middle that a message with a number needs")
        << u"{% load i18n %}{% blocktrans count a=b %}x{% ‸"_s << u""_s << QStringList{u"plural"_s}
        << QStringList{u"endblocktrans"_s};
    QTest::newRow("behind that middle") << u"{% load i18n %}{% blocktrans count a=b %}x{% plural %}y{% ‸"_s << u""_s
                                        << QStringList{u"endblocktrans"_s} << QStringList{u"plural"_s};
    QTest::newRow("no filter in a message") << u"{% load i18n %}{% blocktrans with a=b %}{{ a|‸ }}{% endblocktrans %}"_s
                                            << u""_s << none << QStringList{u"upper"_s};
    QTest::newRow("the closer of a comment")
        << u"{% comment %}{% endc‸"_s << u"endc"_s << QStringList{u"endcomment"_s} << QStringList{u"if"_s};
    QTest::newRow("the closer of a comment, in a tag that ends")
        << u"{% comment \"why\" %}a\n{% ‸ %}"_s << u""_s << QStringList{u"endcomment"_s} << QStringList{u"if"_s};
    QTest::newRow("the closer of verbatim")
        << u"{% verbatim %}{% endv‸"_s << u"endv"_s << QStringList{u"endverbatim"_s} << QStringList{u"if"_s};
    QTest::newRow("the closer of a verbatim that has a name")
        << u"{% verbatim it %}{% endverbatim %}{% ‸"_s << u""_s << QStringList{u"endverbatim it"_s}
        << QStringList{u"endverbatim"_s, u"if"_s};
    QTest::newRow("after else only the closer")
        << u"{% if a %}{% else %}{% ‸ %}"_s << u""_s << QStringList{u"endif"_s} << QStringList{u"else"_s, u"elif"_s};
    QTest::newRow("after elif all of them")
        << u"{% if a %}{% elif b %}{% ‸ %}"_s << u""_s << QStringList{u"endif"_s, u"else"_s, u"elif"_s} << none;
    QTest::newRow("the else of an inner tag does not count")
        << u"{% if a %}{% if b %}{% else %}{% endif %}{% ‸ %}"_s << u""_s << QStringList{u"else"_s, u"elif"_s} << none;
    QTest::newRow("after empty only the closer")
        << u"{% for a in b %}{% empty %}{% ‸"_s << u""_s << QStringList{u"endfor"_s} << QStringList{u"empty"_s};
    QTest::newRow("before a middle that is there")
        << u"{% if a %}{% e‸ %}{% else %}{% endif %}"_s << u"e"_s << QStringList{u"else"_s, u"elif"_s} << none;

    QTest::newRow("extends in front") << u"{# a #}\n{% e‸"_s << u"e"_s << QStringList{u"extends"_s} << none;
    QTest::newRow("no extends behind a tag")
        << u"{% load told %}{% e‸"_s << u"e"_s << none << QStringList{u"extends"_s};
    QTest::newRow("no second extends") << u"{% extends \"shop/base.html\" %}{% e‸"_s << u"e"_s << none
                                       << QStringList{u"extends"_s};

    QTest::newRow("names beside this template")
        << u"{% include \"./‸"_s << u"./"_s << QStringList{u"./base.html"_s, u"./parts/head.html"_s}
        << QStringList{u"./page.html"_s, u"shop/base.html"_s, u"./menu.html"_s};
    QTest::newRow("names in a folder beside it")
        << u"{% include \"./parts/h‸\" %}"_s << u"./parts/h"_s << QStringList{u"./parts/head.html"_s}
        << QStringList{u"./base.html"_s};
    QTest::newRow("names from the folder above")
        << u"{% extends '../‸' %}"_s << u"../"_s << QStringList{u"../pages/menu.html"_s, u"../shop/base.html"_s}
        << QStringList{u"./base.html"_s};
    QTest::newRow("one dot") << u"{% include \".‸\" %}"_s << u"."_s << QStringList{u"./base.html"_s} << none;
    QTest::newRow("outside of all folders")
        << u"{% include \"../../‸\" %}"_s << u"../../"_s << none << QStringList{u"../../shop/base.html"_s};
    QTest::newRow("templates without a quote")
        << u"{% extends ‸ %}"_s << u""_s << QStringList{u"shop/base.html"_s, u"pages/menu.html"_s} << none;
    QTest::newRow("templates without a quote, begun")
        << u"{% include shop/b‸ %}"_s << u"shop/b"_s << QStringList{u"shop/base.html"_s} << none;
    QTest::newRow("filters of a filter tag")
        << u"{% filter ‸ %}"_s << u""_s << QStringList{u"upper"_s, u"lower"_s} << QStringList{u"escape"_s, u"safe"_s};
    QTest::newRow("a later filter of it")
        << u"{% filter upper|‸ %}"_s << u""_s << QStringList{u"lower"_s} << QStringList{u"safe"_s};
    QTest::newRow("these elsewhere") << u"{{ x|‸ }}"_s << u""_s << QStringList{u"escape"_s, u"safe"_s} << none;

    QTest::newRow("the next line") << u"{% \n‸"_s << u""_s << none << QStringList{u"if"_s};
}

void TestCompletion::completionOffersWhatMayStandThere()
{
    QFETCH(QString, text);
    QFETCH(QString, replaced);
    QFETCH(QStringList, offered);
    QFETCH(QStringList, withheld);
    Shop shop;
    const Completions found = completionsIn(shop, text);
    QStringList texts;
    for (const Completion &item : found.items) {
        if (!item.load)
            texts += QString::fromStdString(item.text);
    }
    for (const QString &item : offered)
        QVERIFY2(texts.contains(item), qPrintable(item + u" is not in "_s + texts.join(u' ')));
    for (const QString &item : withheld)
        QVERIFY2(!texts.contains(item), qPrintable(item));
    QCOMPARE(texts.removeDuplicates(), 0);
    if (!offered.isEmpty() || !replaced.isEmpty())
        QCOMPARE(shop.slice(found.replaces), replaced);
    QCOMPARE(found.replaces.end, std::uint32_t(text.first(text.indexOf(u'‸')).toUtf8().size()));
}

void TestCompletion::closersComeFirst()
{
    Shop shop;
    const Completions found = completionsIn(shop, u"{% if a %}{% ‸"_s);
    QCOMPARE(found.items.front().text, std::string("endif"));
    const auto first = std::ranges::find(found.items, Completion::Kind::Tag, &Completion::kind);
    QVERIFY(std::ranges::none_of(first, found.items.end(),
                                 [](const Completion &item) { return item.kind == Completion::Kind::Closer; }));
    const auto unloaded =
        std::ranges::find_if(found.items, [](const Completion &item) { return item.load.has_value(); });
    QVERIFY(std::ranges::is_sorted(first, unloaded, {}, &Completion::text));
}

void TestCompletion::takingOneWritesTheRestOfTheTag_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("taken");
    QTest::addColumn<QString>("written");

    const auto row = [](const char *text, const char *taken, const char *written) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(taken) << QString::fromUtf8(written);
    };
    row("{% extends \"shop/ba‸se.html\" %}", "shop/base.html", "{% extends \"shop/base.html\" %}");
    row("{{ x|def‸ault }}", "default", "{{ x|default }}");
    row("{% inc‸lude", "include", "{% include %}");
    row("{% inc‸lude \"a\" %}", "include", "{% include \"a\" %}");
    row("{% inc‸lude \"a\"", "include", "{% include \"a\"");
    row("{%‸}", "if", "{% if %}");
    row("{%i‸}", "if", "{% if %}");
    row("{% i‸}", "if", "{% if %}");
    row("{%‸%}", "if", "{% if %}");
    row("{%‸ %}", "if", "{% if %}");
    row("{% ‸%}", "if", "{% if %}");
    row("{% ‸ %}", "if", "{% if %}");
    row("{%‸", "if", "{% if %}");
    row("{% ‸", "if", "{% if %}");
    row("<a {% i‸></a>", "if", "<a {% if %}></a>");
    row("<a class=\"{% i‸\">", "if", "<a class=\"{% if %}\">");
    row("{% i‸ {{ x }}", "if", "{% if %} {{ x }}");
    row("{% i‸\n{% endif %}", "if", "{% if %}\n{% endif %}");
    row("{% i‸f b %}{% endif %}", "if", "{% if b %}{% endif %}");
    row("{% if a %}{% endi‸", "endif", "{% if a %}{% endif %}");
    row("{% comment %}{%‸}", "endcomment", "{% comment %}{% endcomment %}");
    row("{% include \"pages/m‸", "pages/menu.html", "{% include \"pages/menu.html\" %}");
    row("{% include 'pages/m‸", "pages/menu.html", "{% include 'pages/menu.html' %}");
    row("{% include \"pages/m‸ %}", "pages/menu.html", "{% include \"pages/menu.html\" %}");
    row("{% include \"pages/m‸enu\" with a=b %}", "pages/menu.html", "{% include \"pages/menu.html\" with a=b %}");
    row("{% extends ‸ %}", "shop/base.html", "{% extends \"shop/base.html\" %}");
    row("{% extends shop/b‸as", "shop/base.html", "{% extends \"shop/base.html\" %}");
    row("{% include ./b‸", "./base.html", "{% include \"./base.html\" %}");
    row("{% load to‸", "told", "{% load told %}");
    row("{% load to‸lx %}", "told", "{% load told %}");
    row("{% block one %}{% endblock ‸", "one", "{% block one %}{% endblock one %}");
    row("{% verbatim it %}{% ‸ %}", "endverbatim it", "{% verbatim it %}{% endverbatim it %}");
    row("{% for a in b rev‸ %}", "reversed", "{% for a in b reversed %}");
    row("{{ x|int‸ }}", "intcomma", "{% load humanize %}\n{{ x|intcomma }}");
    row("é\r\n{% pri‸ %}", "price", "{% load shop_tags %}\r\né\r\n{% price %}");
    row("{% extends \"shop/base.html\" %}\n{% block a %}{% pri‸ %}{% endblock %}", "price",
        "{% extends \"shop/base.html\" %}\n{% load shop_tags %}\n{% block a %}{% price %}{% endblock %}");
    row("{% load told %}\r\n{% block a %}{% load i18n %}{% pri‸ %}{% endblock %}{% load page_tags %}", "price",
        "{% load told %}\r\n{% load shop_tags %}\r\n{% block a %}{% load i18n %}{% price %}{% endblock %}"
        "{% load page_tags %}");
    row("{% load told %}<p>{% pri‸ %}", "price", "{% load told %}{% load shop_tags %}<p>{% price %}");
    row("{% comment %}{% load told %}{% endcomment %}{% pri‸ %}", "price",
        "{% load shop_tags %}\n{% comment %}{% load told %}{% endcomment %}{% price %}");
}

void TestCompletion::takingOneWritesTheRestOfTheTag()
{
    QFETCH(QString, text);
    QFETCH(QString, taken);
    QFETCH(QString, written);
    Shop shop;
    const Completions found = completionsIn(shop, text);
    const Completion *item = find(found, taken);
    QVERIFY2(item, qPrintable(textsOf(found).join(u' ')));
    QVERIFY(found.wordEnd >= found.replaces.end);
    std::string whole = text.remove(u'‸').toStdString();
    whole.replace(found.replaces.begin, found.wordEnd - found.replaces.begin,
                  found.before + (item->insert.empty() ? item->text : item->insert) + found.after);
    if (item->load) {
        QVERIFY(item->load->offset <= found.replaces.begin);
        whole.insert(item->load->offset, item->load->text);
    }
    QCOMPARE(QString::fromStdString(whole), written);
}

void TestCompletion::keywordsStandWhereTheyAreLegal_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("keywords");

    const char *const operators = "and,in,is,is not,not in,or";
    const auto row = [](const char *text, const char *keywords) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(keywords);
    };
    row("{% for ‸ %}", "");
    row("{% for a ‸ %}", "in");
    row("{% for a, ‸ %}", "");
    row("{% for a, b i‸ %}", "in");
    row("{% for a in ‸ %}", "");
    row("{% for a in b ‸ %}", "reversed");
    row("{% for a in b reversed ‸ %}", "");
    row("{% if ‸ %}", "not");
    row("{% if a ‸ %}", operators);
    row("{% if a an‸ %}", operators);
    row("{% if a and ‸ %}", "not");
    row("{% if not ‸ %}", "not");
    row("{% if a not ‸ %}", "in");
    row("{% if a == ‸ %}", "not");
    row("{% if a and b ‸ %}", operators);
    row("{% if a %}{% elif b ‸ %}", operators);
    row("{% if a|‸ %}", "");
    row("{% if \"a ‸", "");
    row("{% include \"a\" ‸ %}", "only,with");
    row("{% include \"a\" with ‸ %}", "");
    row("{% include \"a\" with b=c ‸ %}", "only");
    row("{% include \"a\" only ‸ %}", "with");
    row("{% include \"a\" with b=c only ‸ %}", "");
    row("{% with ‸ %}", "");
    row("{% with a ‸ %}", "as");
    row("{% with a as b ‸ %}", "and");
    row("{% with a=b ‸ %}", "");
    row("{% cycle a ‸ %}", "as");
    row("{% cycle a b as c ‸ %}", "silent");
    row("{% cycle a b as c silent ‸ %}", "");
    row("{% firstof a ‸ %}", "as");
    row("{% url \"a\" ‸ %}", "as");
    row("{% url \"a\" as ‸ %}", "");
    row("{% url \"a\" as b ‸ %}", "");
    row("{% regroup a ‸ %}", "by");
    row("{% regroup a by b ‸ %}", "as");
    row("{% widthratio a b c ‸ %}", "as");
    row("{% now \"Y\" ‸ %}", "as");
    row("{% lorem ‸ %}", "b,p,random,w");
    row("{% autoescape ‸ %}", "off,on");
    row("{% spaceless ‸ %}", "");
    row("{% load told %}{% told ‸ %}", "as");
    row("{% load page_tags %}{% menu ‸ %}", ""); // an inclusion tag keeps no result
    row("{% load i18n %}{% trans \"a\" ‸ %}", "as,context,noop");
    row("{% load i18n %}{% trans \"a\" as b ‸ %}", "context,noop");
    row("{% load i18n %}{% trans \"a\" as ‸ %}", "");
    row("{% load i18n %}{% blocktrans ‸ %}", "asvar,context,count,trimmed,with");
    row("{% load i18n %}{% blocktrans trimmed with a=b ‸ %}", "asvar,context,count");
    row("{% load i18n %}{% blocktrans with a ‸ %}", "as");
    row("{% load i18n %}{% blocktrans with a=b count c=d ‸ %}", "asvar,context,trimmed");
    row("{% load i18n %}{% blocktrans asvar ‸ %}", "");
    row("{% load i18n %}{% get_current_language ‸ %}", "as");
    row("{% load i18n %}{% get_language_info ‸ %}", "for");
    row("{% load i18n %}{% get_language_info for a ‸ %}", "as");
    row("{% if a %}{% else ‸ %}", "");
    row("{% if a %}{% endif ‸ %}", "");
    row("{% nope ‸ %}", "");
}

void TestCompletion::keywordsStandWhereTheyAreLegal()
{
    QFETCH(QString, text);
    QFETCH(QString, keywords);
    Shop shop;
    QStringList seen;
    for (const Completion &item : completionsIn(shop, text).items) {
        if (item.kind == Completion::Kind::Keyword)
            seen += QString::fromStdString(item.text);
    }
    seen.sort();
    QCOMPARE(seen.join(u','), keywords);
}

void TestCompletion::namesOfTheTemplateItselfAreOffered_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("names");

    const auto row = [](const char *text, const char *names) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(names);
    };
    row("{% for a, b in c %}{{ ‸ }}", "a b forloop");
    row("{% for a,b in c %}{{ ‸", "a b forloop");
    row("{% for a in b %}{% for c in d %}{{ ‸ }}", "c forloop a");
    row("{% for a in b %}{% empty %}{{ ‸ }}", "");
    row("{% for a in b %}{% endfor %}{{ ‸ }}", "");
    row("{% for a in b %}{% if ‸ %}", "a forloop");
    row("{% for a in b %}{% if a and ‸ %}", "a forloop");
    row("{% for a in b %}{% include \"x\" with c=‸ %}", "a forloop");
    row("{% for a in b %}{{ c|default:‸ }}", "a forloop");
    row("{% for a in b %}{{ a.‸ }}", "");
    row("{% for a in b %}{{ a ‸ }}", "");
    row("{% for a in b %}{{ forloop.‸ }}", "counter counter0 first last parentloop revcounter revcounter0");
    row("{% for a in b %}{{ forloop.parentloop.co‸ }}",
        "counter counter0 first last parentloop revcounter revcounter0");
    row("{{ forloop.‸ }}", "");
    row("{% with a=b c=d %}{{ ‸ }}", "a c");
    row("{% with b as a and d as c %}{{ ‸ }}", "a c");
    row("{% with a=b %}{% endwith %}{{ ‸ }}", "");
    row("{% block a %}{{ ‸ }}", "block.super");
    row("{% block a %}{{ block.‸ }}", "super");
    row("{% url \"a\" as b %}{{ ‸ }}", "b");
    row("{{ ‸ }}{% url \"a\" as b %}", "");
    row("{% cycle 1 2 as a %}{% cycle 1 2 as b silent %}{{ ‸ }}", "b a");
    row("{% if a %}{% url \"a\" as b %}{% endif %}{{ ‸ }}", "b");
    row("{% for a in c %}{% url \"a\" as b %}{% endfor %}{{ ‸ }}", "");
    row("{% for a in c %}{% url \"a\" as b %}{{ ‸ }}", "a forloop b");
    row("{% regroup a by b as c %}{{ ‸ }}", "c");
    row("{% load told %}{% told 1 as a %}{{ ‸ }}", "a");
    row("{% load i18n %}{% trans \"x\" as a %}{% get_current_language as b %}{{ ‸ }}", "b a");
    row("{% load i18n %}{% blocktrans asvar a %}x{% endblocktrans %}{{ ‸ }}", "a");
    row("{% load i18n %}{% blocktrans count a=b with c=d %}{{ ‸ }}{% plural %}{% endblocktrans %}", "a c");
    row("{% comment %}{% url \"a\" as b %}{% endcomment %}{{ ‸ }}", "");
    row("{% for a in b %}{% comment %}{{ ‸ }}", "");
}

void TestCompletion::namesOfTheTemplateItselfAreOffered()
{
    QFETCH(QString, text);
    QFETCH(QString, names);
    Shop shop;
    QStringList seen;
    for (const Completion &item : completionsIn(shop, text).items) {
        if (item.kind == Completion::Kind::Variable)
            seen += QString::fromStdString(item.text);
    }
    QCOMPARE(seen.join(u' '), names);
}

void TestCompletion::whatNeedsALoadComesLastAndBringsIt()
{
    Shop shop;
    const Completions tags = completionsIn(shop, u"{% load price from shop_tags %}{% ‸"_s);
    QVERIFY(!find(tags, u"price"_s)->load);
    QCOMPARE(find(tags, u"price"_s)->library, "shop_tags");
    QVERIFY(find(tags, u"if"_s)->library.empty());
    QCOMPARE(find(tags, u"basket"_s)->load->text, "{% load shop_tags %}");
    const auto first = std::ranges::find_if(tags.items, [](const Completion &item) { return item.load.has_value(); });
    QVERIFY(std::ranges::all_of(first, tags.items.end(), [](const Completion &item) { return item.load.has_value(); }));
    QVERIFY(textsOf(tags).indexOf(u"told"_s) < textsOf(tags).indexOf(u"trans"_s)); // of the project, and of Django

    // A filter that two libraries have is offered with either.
    const Completions filters = completionsIn(shop, u"{{ x|‸ }}"_s);
    QCOMPARE(std::ranges::count(filters.items, std::string("money"), &Completion::text), 2);
    QCOMPARE(std::ranges::count(filters.items, std::string("upper"), &Completion::text), 1); // a builtin
    QVERIFY(!find(filters, u"price"_s));
    QVERIFY(!find(completionsIn(shop, u"{% p‸ %}{% load shop_tags %}"_s), u"price"_s)->load->text.empty());
}

void TestCompletion::aBodyIsClosedUnlessItsCloserIsThere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("closer");

    QTest::newRow("an empty file") << u"{% ‸"_s << u"if"_s << u"endif"_s;
    QTest::newRow("no body") << u"{% ‸"_s << u"include"_s << u""_s;
    QTest::newRow("a tag of the project") << u"{% load shop_tags %}{% ‸ %}"_s << u"basket"_s << u"endbasket"_s;
    QTest::newRow("one that is not loaded") << u"{% ‸ %}"_s << u"basket"_s << u"endbasket"_s;
    QTest::newRow("a body that cannot be told") << u"{% ‸ %}"_s << u"sidebar"_s << u""_s;
    QTest::newRow("its closer waits") << u"{% ‸ %}a{% endif %}"_s << u"if"_s << u""_s;
    QTest::newRow("its closer waits for a begun name") << u"{% i‸ %}a{% endif %}"_s << u"if"_s << u""_s;
    QTest::newRow("its closer is another's") << u"{% if a %}{% ‸ %}{% endif %}"_s << u"if"_s << u"endif"_s;
    QTest::newRow("another closer waits") << u"{% ‸ %}a{% endfor %}"_s << u"if"_s << u"endif"_s;
    QTest::newRow("a comment") << u"{% ‸ %}"_s << u"comment"_s << u"endcomment"_s;
}

void TestCompletion::aBodyIsClosedUnlessItsCloserIsThere()
{
    QFETCH(QString, text);
    QFETCH(QString, tag);
    QFETCH(QString, closer);
    Shop shop;
    const Completions found = completionsIn(shop, text);
    const Completion *item = find(found, tag);
    QVERIFY(item);
    QCOMPARE(QString::fromStdString(item->closer), closer);
}

void TestCompletion::theProjectsOwnTemplatesComeFirst()
{
    Shop shop;
    shop.disk().write("/packages/django/contrib/humanize/templates/admin/a.html", "");
    shop.disk().write("/shop/venv/lib/python3/site-packages/django/contrib/__init__.py", "");
    const QStringList names = textsOf(completionsIn(shop, u"{% include \"‸"_s));
    QVERIFY(names.contains(u"admin/a.html"_s));
    QVERIFY(names.indexOf(u"shop/unknown-tag.html"_s) < names.indexOf(u"admin/a.html"_s));
    const QStringList libraries = textsOf(completionsIn(shop, u"{% load ‸"_s));
    QVERIFY(libraries.indexOf(u"told"_s) < libraries.indexOf(u"i18n"_s));
    QVERIFY(libraries.indexOf(u"i18n"_s) < libraries.indexOf(u"humanize"_s));
}

void TestCompletion::manyTemplatesCostNoMoreThanAFew()
{
    Shop shop;
    for (int folder = 0; folder < 20; ++folder) {
        for (int file = 0; file < 400; ++file)
            shop.disk().write(std::format("/shop/shop/templates/p/s{}/t{}.html", folder, file), "");
    }
    const Completions all = completionsIn(shop, u"{% include \"‸"_s);
    QVERIFY(all.isNarrowed);
    QCOMPARE(all.items.size(), Completions::limit);

    const std::uint64_t before = shop.executed();
    const Completions begun = completionsIn(shop, u"{% include \"p/s12/t12‸"_s);
    QVERIFY(begun.isNarrowed);
    QCOMPARE(begun.items.size(), std::size_t(11)); // t12 and t120 to t129
    QCOMPARE(begun.items.front().text, "p/s12/t12.html");
    QCOMPARE(completionsIn(shop, u"{% include \"3/t77‸"_s).items.size(), std::size_t(2)); // p/s3 and p/s13
    QCOMPARE(completionsIn(shop, u"{% include \"../p/s1/t1‸"_s).items.size(), std::size_t(111));
    QVERIFY(completionsIn(shop, u"{% include \"../p/s1/‸"_s).isNarrowed);
    QVERIFY(completionsIn(shop, u"{% extends p/s1/t2‸ %}"_s).items.size() == 111);
    QVERIFY(shop.executed() - before < 20); // the list of templates is made once

    QVERIFY(!completionsIn(shop, u"{% load ‸"_s).isNarrowed);

    // Of what needs a load only names that have the word are given, so that they do not bury what is in force.
    const auto has = [&](const Completions &found, std::string_view text) {
        return std::ranges::contains(found.items, text, &Completion::text);
    };
    const Completions tags = completionsIn(shop, u"{% ‸"_s);
    QVERIFY(has(tags, "price") && has(tags, "if") && !tags.isNarrowed);
    const Completions middle = completionsIn(shop, u"{% ric‸"_s);
    QVERIFY(has(middle, "price") && has(middle, "if") && middle.isNarrowed);
    const Completions other = completionsIn(shop, u"{% i‸"_s);
    QVERIFY(!has(other, "basket") && has(other, "now") && other.isNarrowed);
}

void TestCompletion::aLineOfManyTagsIsNoTrouble_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("first");

    QTest::newRow("beside each other") << u"{% block a %}{% endblock %}"_s.repeated(20'000) + u"{% ‸"_s
                                       << u"autoescape"_s;
    QTest::newRow("in each other, none closed") << u"{% if a %}"_s.repeated(20'000) + u"{% ‸"_s << u"endif"_s;
    QTest::newRow("names of blocks in each other")
        << u"{% block a %}"_s.repeated(20'000) + u"{% endblock ‸ %}"_s << u"a"_s;
    QTest::newRow("names that are bound")
        << u"{% for a in b %}{% url \"c\" as d %}"_s.repeated(20'000) + u"{{ ‸"_s << u"a"_s;
}

// Anything that looks at the tags before it for each tag again takes minutes.
void TestCompletion::aLineOfManyTagsIsNoTrouble()
{
    QFETCH(QString, text);
    QFETCH(QString, first);
    Shop shop;
    QCOMPARE(textsOf(completionsIn(shop, text)).first(), first);
}

NUAGES_TEST(TestCompletion)
#include "tst_completion.moc"
