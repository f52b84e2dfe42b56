#include "lsp/server/features/diagnostics.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/lsp/server/shopproject.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <algorithm>
#include <format>
#include <optional>
#include <string>
#include <string_view>

using namespace nuages;
using namespace nuages::server;
using namespace Qt::StringLiterals;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

constexpr const char *completedPage = "file:///shop/shop/templates/shop/page.html";

/// An editor whose user completes in one page. It counts columns in bytes.
class CompletingClient : public SessionRig
{
public:
    /// `items`: what it says of completion items in initialize; `lists`: of their lists.
    explicit CompletingClient(std::string_view items, std::string_view lists = "{}")
        : SessionRig(features(), findDiagnostics, tests::shopSetup())
    {
        tests::writeShop(disk());
        disk().write("/shop/shop/templatetags/told.py",
                     "from django import template\nregister = template.Library()\n\n\n@register.simple_tag\n"
                     "def told(x):\n    \"\"\"\n    Tells.\n\n    More.\n    \"\"\"\n    return x\n");
        for (int number = 0; number < 300; ++number)
            disk().write(std::format("/shop/shop/templates/many/{}.html", number), "");
        initialize(
            {{"general", {{"positionEncodings", {"utf-8"}}}},
             {"textDocument",
              {{"completion", {{"completionItem", json::parse(items)}, {"completionList", json::parse(lists)}}}}}});
    }

    /// Opens the page with this text, in which "‸" stands for the cursor, and asks there.
    json::value complete(std::string text)
    {
        const std::string_view cursor = "‸";
        const std::size_t at = text.find(cursor);
        text.erase(at, cursor.size());
        m_text = text;
        const std::size_t line = text.rfind('\n', at) + 1; // npos + 1 is 0
        open(completedPage, text);
        return ask("textDocument/completion",
                   {{"textDocument", {{"uri", completedPage}}},
                    {"position", {{"line", std::ranges::count(text.substr(0, at), '\n')}, {"character", at - line}}}});
    }

    json::value ask(std::string_view method, json::value params)
    {
        const std::int64_t id = request(method, std::move(params));
        runAllJobs();
        const auto sent = takeSent();
        const json::value *reply = replyTo(id, sent);
        return reply ? reply->at("result") : json::value();
    }

    /// The text after the user took an item, `mode` being "insert" or "replace" where there is a choice.
    std::string taken(const json::value &item, std::string_view mode) const
    {
        const json::object &edit = item.at("textEdit").as_object();
        std::string text = applied(m_text, edit.contains("range") ? edit.at("range") : edit.at(mode), edit);
        const json::value *others = item.as_object().if_contains("additionalTextEdits");
        for (const json::value &other : others ? others->as_array() : json::array())
            text = applied(text, other.at("range"), other.as_object());
        return text;
    }

private:
    static std::size_t offset(std::string_view text, const json::value &position)
    {
        std::size_t line = 0;
        for (std::int64_t left = position.at("line").as_int64(); left > 0; --left)
            line = text.find('\n', line) + 1;
        return line + std::size_t(position.at("character").as_int64());
    }

    static std::string applied(std::string text, const json::value &range, const json::object &edit)
    {
        const std::size_t begin = offset(text, range.at("start"));
        return text.replace(begin, offset(text, range.at("end")) - begin, std::string(edit.at("newText").as_string()));
    }

    std::string m_text;
};

std::optional<json::value> itemOf(const json::value &list, const QString &label)
{
    for (const json::value &item : list.at("items").as_array()) {
        if (item.at("label").as_string() == label.toStdString())
            return item;
    }
    return std::nullopt;
}

/// The item with what its list says for all of them, as a client puts it together.
json::value filledIn(const json::value &list, json::value item)
{
    const json::value *defaults = list.as_object().if_contains("itemDefaults");
    if (!defaults)
        return item;
    json::object &filled = item.as_object();
    const json::value *range = defaults->as_object().if_contains("editRange");
    if (range && !filled.contains("textEdit")) {
        json::object edit = range->as_object();
        if (edit.contains("start"))
            edit = {{"range", *range}};
        edit["newText"] = filled.contains("textEditText") ? filled["textEditText"] : filled["label"];
        filled["textEdit"] = std::move(edit);
    }
    if (const json::value *data = defaults->as_object().if_contains("data"); data && !filled.contains("data"))
        filled["data"] = *data;
    return item;
}

constexpr std::string_view defaults = R"({"itemDefaults":["commitCharacters","editRange","data"]})";
constexpr std::string_view plain = "{}";
constexpr std::string_view snippets = R"({"snippetSupport":true})";
constexpr std::string_view both = R"({"snippetSupport":true,"insertReplaceSupport":true,"labelDetailsSupport":true})";

} // namespace

/// What a completion becomes on its way to clients of different abilities.
class TestCompletionItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachClientGetsTheEditThatItTakes_data();
    void eachClientGetsTheEditThatItTakes();
    void aLibraryIsNamedWhereTheClientShowsIt();
    void documentationComesWhenItIsAskedFor_data();
    void documentationComesWhenItIsAskedFor();
    void whatHasNoDocumentationComesBackAsItWas();
    void aLongListIsCutAndAskedForAgain();
    void dataIsSmall();
    void whatAllItemsHaveIsSaidOnce();
};

void TestCompletionItems::eachClientGetsTheEditThatItTakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("inPlain");
    QTest::addColumn<QString>("inSnippets");
    QTest::addColumn<QString>("inserted");
    QTest::addColumn<QString>("replaced");

    const auto row = [](const char *name, QStringList cells) {
        while (cells.size() < 6)
            cells += cells.last();
        QTest::newRow(name) << cells[0] << cells[1] << cells[2] << cells[3] << cells[4] << cells[5];
    };
    const QString loop = u"{% for ${1:item} in ${2:items} %\\}$0{% endfor %\\}"_s;
    row("in a word of quotes",
        {u"{% extends \"shop/ba‸se.html\" %}"_s, u"shop/base.html"_s, u"{% extends \"shop/base.html\" %}"_s,
         u"{% extends \"shop/base.html\" %}"_s, u"{% extends \"shop/base.htmlse.html\" %}"_s,
         u"{% extends \"shop/base.html\" %}"_s});
    row("in a filter",
        {u"{{ x|low‸er }}"_s, u"lower"_s, u"{{ x|lower }}"_s, u"{{ x|lower }}"_s, u"{{ x|lowerer }}"_s,
         u"{{ x|lower }}"_s});
    row("a filter that wants an argument",
        {u"{{ x|def‸ }}"_s, u"default"_s, u"{{ x|default }}"_s, u"{{ x|default:${1:value} }}"_s});
    row("a filter that has it", {u"{{ x|def‸:1 }}"_s, u"default"_s, u"{{ x|default:1 }}"_s, u"{{ x|default:1 }}"_s});
    row("a filter of the project that has such a name",
        {u"{% load shop_tags %}{{ x|up‸ }}"_s, u"upper"_s, u"{% load shop_tags %}{{ x|upper }}"_s});
    row("in a tag with more",
        {u"{% inc‸lude \"a\" %}"_s, u"include"_s, u"{% include \"a\" %}"_s, u"{% include \"a\" %}"_s,
         u"{% includelude \"a\" %}"_s, u"{% include \"a\" %}"_s});
    row("a tag at the end of a line", {u"{% f‸"_s, u"for"_s, u"{% for %}"_s, loop});
    row("between paired braces", {u"{%‸}"_s, u"for"_s, u"{% for %}"_s, u"{% for ${1:item} in ${2:items} %}"_s, loop});
    row("between a paired tag", {u"{%‸ %}"_s, u"for"_s, u"{% for %}"_s, u"{% for ${1:item} in ${2:items} %}"_s, loop});
    row("in a paired tag", {u"{% ‸ %}"_s, u"for"_s, u"{% for %}"_s, u"{% for ${1:item} in ${2:items} %}"_s, loop});
    row("a template's name as a stop",
        {u"{% ‸"_s, u"include"_s, u"{% include %}"_s, u"{% include \"${1:template}\" %\\}$0"_s});
    row("a middle with a condition",
        {u"{% if a %}{% el‸ %}"_s, u"elif"_s, u"{% if a %}{% elif %}"_s, u"{% if a %}{% elif ${1:condition} %}"_s,
         u"{% if a %}{% elif ${1:condition} %\\}$0"_s});
    row("a closer", {u"{% if a %}{% e‸"_s, u"endif"_s, u"{% if a %}{% endif %}"_s});
    row("a body whose closer waits",
        {u"{% ‸ %}{% endif %}"_s, u"if"_s, u"{% if %}{% endif %}"_s, u"{% if ${1:condition} %}{% endif %}"_s,
         u"{% if ${1:condition} %\\}$0{% endif %}"_s});
    row("a tag of the project",
        {u"{% load shop_tags %}{% ‸"_s, u"basket"_s, u"{% load shop_tags %}{% basket %}"_s,
         u"{% load shop_tags %}{% basket$1 %\\}$0{% endbasket %\\}"_s});
    row("with its load",
        {u"a\n{% ‸ %}"_s, u"price"_s, u"{% load shop_tags %}\na\n{% price %}"_s,
         u"{% load shop_tags %}\na\n{% price$1 %}"_s, u"{% load shop_tags %}\na\n{% price$1 %\\}$0"_s});
    row("a name in a load", {u"{% load ‸ from shop_tags %}"_s, u"price"_s, u"{% load price from shop_tags %}"_s});
}

void TestCompletionItems::eachClientGetsTheEditThatItTakes()
{
    QFETCH(QString, text);
    QFETCH(QString, label);
    const auto takeFrom = [&](std::string_view abilities, std::string_view lists, std::string_view mode) {
        CompletingClient client(abilities, lists);
        const json::value list = client.complete(text.toStdString());
        auto item = itemOf(list, label);
        if (!item)
            return u"not offered"_s;
        item = filledIn(list, std::move(*item));
        const json::value *format = item->as_object().if_contains("insertTextFormat");
        const bool isSnippet = format && *format == 2;
        const std::string whole = client.taken(*item, mode);
        if (isSnippet != whole.contains('$'))
            return u"the wrong format"_s;
        if (item->at("textEdit").as_object().contains("range") == (abilities == both))
            return u"the wrong kind of edit"_s;
        return QString::fromStdString(whole);
    };
    const auto take = [&](std::string_view abilities, std::string_view mode) {
        const QString whole = takeFrom(abilities, plain, mode);
        return whole == takeFrom(abilities, defaults, mode) ? whole : u"another text with what the list says for all"_s;
    };
    QTEST(take(plain, {}), "inPlain");
    QTEST(take(snippets, {}), "inSnippets");
    QTEST(take(both, "insert"), "inserted");
    QTEST(take(both, "replace"), "replaced");
}

void TestCompletionItems::aLibraryIsNamedWhereTheClientShowsIt()
{
    CompletingClient modern(both);
    const json::value tags = modern.complete("{% load shop_tags %}{% ‸");
    QCOMPARE(itemOf(tags, u"price"_s)->at("labelDetails").at("description").as_string(), "shop_tags");
    QCOMPARE(itemOf(tags, u"told"_s)->at("labelDetails").at("description").as_string(), "load told");
    QVERIFY(!itemOf(tags, u"if"_s)->as_object().contains("labelDetails"));

    CompletingClient old(plain);
    const json::value others = old.complete("{% load shop_tags %}{% ‸");
    QVERIFY(!itemOf(others, u"price"_s)->as_object().contains("detail"));
    QCOMPARE(itemOf(others, u"told"_s)->at("detail").as_string(), "load told");
    QVERIFY(!itemOf(others, u"told"_s)->as_object().contains("labelDetails"));
}

void TestCompletionItems::documentationComesWhenItIsAskedFor_data()
{
    QTest::addColumn<QByteArray>("abilities");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("text");

    const QByteArray origin = "shop.templatetags.told.told, library told\n/shop/shop/templatetags/told.py:6"_ba;
    QTest::newRow("plain text") << "{}"_ba << "plaintext"_ba << origin + "\n\nTells.\n\nMore."_ba;
    QTest::newRow("Markdown") << R"({"documentationFormat":["markdown","plaintext"]})"_ba << "markdown"_ba
                              << origin + "\n\n```rst\nTells.\n\nMore.\n```"_ba;
    QTest::newRow("rather plain text") << R"({"documentationFormat":["plaintext","markdown"]})"_ba << "plaintext"_ba
                                       << origin + "\n\nTells.\n\nMore."_ba;
}

void TestCompletionItems::documentationComesWhenItIsAskedFor()
{
    QFETCH(QByteArray, abilities);
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, text);
    CompletingClient client(abilities.toStdString());
    const auto loaded = itemOf(client.complete("{% load told %}{% to‸ %}"), u"told"_s);
    QVERIFY(loaded && !loaded->as_object().contains("documentation"));
    const json::value resolved = client.ask("completionItem/resolve", *loaded);
    QCOMPARE(resolved.at("documentation").at("kind").as_string(), kind.toStdString());
    QCOMPARE(resolved.at("documentation").at("value").as_string(), text.toStdString());
    QCOMPARE(resolved.at("detail").as_string(), "Tells.");
    QCOMPARE(resolved.at("textEdit"), loaded->at("textEdit"));

    const auto unloaded = itemOf(client.complete("{% to‸ %}"), u"told"_s);
    QCOMPARE(client.ask("completionItem/resolve", *unloaded).at("detail").as_string(), "load told: Tells.");
    const auto filter = itemOf(client.complete("{{ x|‸ }}"), u"lower"_s);
    const json::value lower = client.ask("completionItem/resolve", *filter);
    QVERIFY(lower.at("documentation")
                .at("value")
                .as_string()
                .starts_with(
                    "django.template.defaultfilters.lower, built in\n/packages/django/template/defaultfilters.py:"));
    QVERIFY(!lower.as_object().contains("detail")); // it has no docstring
}

void TestCompletionItems::whatHasNoDocumentationComesBackAsItWas()
{
    CompletingClient client(plain);
    const auto closer = itemOf(client.complete("{% if a %}{% e‸ %}"), u"endif"_s);
    QCOMPARE(client.ask("completionItem/resolve", *closer), *closer);
    const json::value gone = {{"label", "nope"},
                              {"data", {{"uri", completedPage}, {"is", "tag"}, {"library", "nope"}}}};
    QCOMPARE(client.ask("completionItem/resolve", gone), gone);
    const json::value odd = {{"label", "nope"}, {"data", {{"uri", completedPage}, {"is", 1}}}};
    QCOMPARE(client.ask("completionItem/resolve", odd), odd);
}

void TestCompletionItems::aLongListIsCutAndAskedForAgain()
{
    CompletingClient client(plain);
    const json::value all = client.complete("{% include \"‸\" %}");
    QVERIFY(all.at("isIncomplete").as_bool());
    QCOMPARE(all.at("items").as_array().size(), std::size_t(200));
    QVERIFY(!client.complete("{{ x|‸ }}").at("isIncomplete").as_bool());
    const json::value begun = client.complete("{% include \"many/29‸\" %}");
    QVERIFY(begun.at("isIncomplete").as_bool()); // a shorter word has more
    QCOMPARE(begun.at("items").as_array().size(), std::size_t(11)); // 29 and 290 to 299
}

void TestCompletionItems::dataIsSmall()
{
    CompletingClient client(both);
    const json::value list = client.complete("{% ‸");
    for (const json::value &item : list.at("items").as_array()) {
        const json::value *data = item.as_object().if_contains("data");
        QVERIFY(!data || json::serialize(*data).size() < 64 + std::string_view(completedPage).size());
    }
}

void TestCompletionItems::whatAllItemsHaveIsSaidOnce()
{
    CompletingClient client(plain, defaults);
    const json::value list = client.complete("{{ x|lo‸ }}");
    const auto lower = itemOf(list, u"lower"_s);
    QVERIFY(!lower->as_object().contains("textEdit") && !lower->as_object().contains("data"));
    QVERIFY(client.ask("completionItem/resolve", filledIn(list, *lower)).as_object().contains("documentation"));
    const auto unloaded = itemOf(client.complete("{{ x|intc‸ }}"), u"intcomma"_s);
    QCOMPARE(unloaded->at("data").at("library").as_string(), "humanize");
    QVERIFY(!client.complete("{% load ‸ %}").at("itemDefaults").as_object().contains("data"));
}

NUAGES_TEST(TestCompletionItems)
#include "tst_completionitems.moc"
