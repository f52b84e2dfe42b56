#include "engine/ide/completion.h"
#include "engine/ide/definition.h"
#include "engine/ide/hover.h"
#include "engine/ide/symbols.h"
#include "engine/ide/view.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "tests/support/testmain.h"
#include "tests/support/givenproject.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace nuages;
using namespace nuages::ide;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

const std::string page = "/shop/shop/templates/shop/page.html";

/// The fixture project of the rules in memory, and one template in it that an editor holds.
class Shop
{
public:
    Shop() : m_files(m_disk)
    {
        for (const char *part : {"shop", "packages"}) {
            const fs::path from = fs::path(NUAGES_SOURCE_FOLDER "/tests/engine/rules/fixtures") / part;
            for (const fs::directory_entry &entry : fs::recursive_directory_iterator(from)) {
                std::ifstream stream(entry.path(), std::ios::binary);
                if (entry.is_regular_file())
                    m_disk.write("/" + std::string(part) + "/" + fs::relative(entry.path(), from).string(),
                                 std::string(std::istreambuf_iterator<char>(stream), {}));
            }
        }
        m_disk.write(
            "/shop/shop/templates/shop/middle.html",
            "{% extends \"shop/base.html\" %}\n{% block content %}{% block inner %}{% endblock %}{% endblock %}");
        m_disk.write("/shop/shop/templates/shop/.hidden/no.html", "");
        m_disk.write("/shop/shop/templatetags/told.py",
                     "from django import template\nregister = template.Library()\n\n\n@register.simple_tag\n"
                     "def told(x):\n    \"\"\"\n    Tells.\n\n      Indented.\n    \"\"\"\n    return x\n");
        m_engine.attach(m_files);
        m_project = tests::openProject(m_engine, tests::givenAt("/shop", {"/packages"}));
    }

    /// Asks about `text`, in which "‸" stands for the cursor and is left out.
    template <class Ask>
    auto ask(QString text, Ask question)
    {
        const qsizetype cursor = text.indexOf(u'‸');
        const auto offset = static_cast<std::uint32_t>(cursor < 0 ? 0 : text.first(cursor).toUtf8().size());
        text.remove(u'‸');
        m_text = text.toUtf8();
        query::Reader db(m_engine.ticket());
        const View view(db, m_project, source::fileAt(db, page), source::Text(m_text.toStdString()));
        return question(view, offset);
    }

    QString slice(source::Range range) const
    {
        return QString::fromUtf8(m_text.mid(qsizetype(range.begin), qsizetype(range.size())));
    }

private:
    source::MemoryFileSystem m_disk;
    source::Files m_files;
    query::Engine m_engine;
    project::Project m_project;
    QByteArray m_text;
};

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
    void completionOffersWhatMayStandThere_data();
    void completionOffersWhatMayStandThere();
    void closersComeFirst();
    void hoverTellsWhereANameIsFrom_data();
    void hoverTellsWhereANameIsFrom();
    void definitionLeadsToTheName_data();
    void definitionLeadsToTheName();
    void theOutlineIsNestedAsTheTagsAre();
};

void TestIde::completionOffersWhatMayStandThere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("replaced");
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QStringList>("withheld");

    const QStringList none;
    QTest::newRow("a tag") << u"{% i‸f %}"_s << u"i"_s << QStringList{u"if"_s, u"now"_s} << QStringList{u"price"_s};
    QTest::newRow("a tag that is not closed yet") << u"{% ‸"_s << u""_s << QStringList{u"for"_s} << none;
    QTest::newRow("a loaded tag") << u"{% load shop_tags %}{% p‸"_s << u"p"_s << QStringList{u"price"_s} << none;
    QTest::newRow("a tag loaded further down")
        << u"{% p‸ %}{% load shop_tags %}"_s << u"p"_s << none << QStringList{u"price"_s};
    QTest::newRow("one tag loaded from a library")
        << u"{% load price from shop_tags %}{% ‸"_s << u""_s << QStringList{u"price"_s} << QStringList{u"basket"_s};
    QTest::newRow("the closer of the innermost tag")
        << u"{% if a %}{% for b in c %}{% ‸"_s << u""_s << QStringList{u"endfor"_s, u"empty"_s}
        << QStringList{u"endif"_s, u"else"_s};
    QTest::newRow("after a closer, that of the outer tag")
        << u"{% if a %}{% for b in c %}{% endfor %}{% ‸"_s << u""_s << QStringList{u"endif"_s, u"else"_s}
        << QStringList{u"endfor"_s};
    QTest::newRow("a filter") << u"{{ x|up‸ }}"_s << u"up"_s << QStringList{u"upper"_s, u"lower"_s}
                              << QStringList{u"money"_s, u"if"_s};
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
                                        << QStringList{u"two"_s, u"one"_s} << none;
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
    QTest::newRow("the next line") << u"{% \n‸"_s << u""_s << none << QStringList{u"if"_s};
}

void TestIde::completionOffersWhatMayStandThere()
{
    QFETCH(QString, text);
    QFETCH(QString, replaced);
    QFETCH(QStringList, offered);
    QFETCH(QStringList, withheld);
    Shop shop;
    const Completions found =
        shop.ask(text, [](const View &view, std::uint32_t offset) { return complete(view, offset); });
    QStringList texts;
    for (const Completion &item : found.items)
        texts += QString::fromStdString(item.text);
    for (const QString &item : offered)
        QVERIFY2(texts.contains(item), qPrintable(item + u" is not in "_s + texts.join(u' ')));
    for (const QString &item : withheld)
        QVERIFY2(!texts.contains(item), qPrintable(item));
    QCOMPARE(texts.removeDuplicates(), 0);
    if (!offered.isEmpty() || !replaced.isEmpty())
        QCOMPARE(shop.slice(found.replaces), replaced);
    QCOMPARE(found.replaces.end, std::uint32_t(text.first(text.indexOf(u'‸')).toUtf8().size()));
}

void TestIde::closersComeFirst()
{
    Shop shop;
    const Completions found =
        shop.ask(u"{% if a %}{% ‸"_s, [](const View &view, std::uint32_t offset) { return complete(view, offset); });
    QCOMPARE(found.items.front().text, std::string("endif"));
    const auto first = std::ranges::find(found.items, Completion::Kind::Tag, &Completion::kind);
    QVERIFY(std::ranges::none_of(first, found.items.end(),
                                 [](const Completion &item) { return item.kind == Completion::Kind::Closer; }));
    QVERIFY(std::ranges::is_sorted(first, found.items.end(), {}, &Completion::text));
}

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
    QTest::newRow("an unknown template") << u"{% include \"no‸pe\" %}"_s << any << any << any << any;
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
