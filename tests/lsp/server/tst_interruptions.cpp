#include "lsp/protocol/framing.h"
#include "lsp/server/features/diagnostics.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/lsp/server/shopproject.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::server;
using namespace Qt::StringLiterals;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

std::function<void()> interruption; ///< Happens once, in the middle of the next answer.
int interruptionCount = 0;

/// The feature as it is; but when it has found its answer, an edit comes, and the next look at the engine says so.
template <std::size_t Index>
Encode findInterrupted(query::Reader &db, const Question &question)
{
    Encode found = features()[Index].find(db, question);
    if (const auto happen = std::exchange(interruption, {})) {
        happen();
        ++interruptionCount;
        db.poll();
        interruptionCount = -1'000'000; // It was not told to stop.
    }
    return found;
}

template <std::size_t Index>
Feature interrupted()
{
    Feature feature = features()[Index];
    feature.find = findInterrupted<Index>;
    return feature;
}

const std::array<Feature, 5> &interruptedFeatures()
{
    static const std::array<Feature, 5> all = {interrupted<0>(), interrupted<1>(), interrupted<2>(), interrupted<3>(),
                                               interrupted<4>()};
    return all;
}

/// The fixture project of the rules, in memory.
class Shop : public SessionRig
{
public:
    Shop() : SessionRig(interruptedFeatures(), findDiagnostics, tests::shopSetup()) { tests::writeShop(disk()); }

    json::value answer(std::string_view method, const json::value &params)
    {
        const std::int64_t id = request(method, params);
        runAllJobs();
        const auto sent = takeSent();
        const json::value *reply = replyTo(id, sent);
        return reply ? *reply : json::value("no reply");
    }
};

const char *const shopPage = "file:///shop/shop/templates/shop/page.html";

const QString shopText =
    u"{% extends \"shop/base.html\" %}\n{% load shop_tags page_tags %}\n{% block title %}é 😀 {{ x|upper|lower }}\n"
    u"{% if a %}{% include \"pages/menu.html\" %}{% else %}{{ y|default:\"漢字\" }}{% endif %}\n{% endblock %}\n"
    u"{% block content %}{% for a in b %}{{ a|title }}{% endfor %}{% endblock content %}\n"_s;

qsizetype widthOf(const QString &part, const QByteArray &encoding)
{
    if (encoding == "utf-8")
        return part.toUtf8().size();
    return encoding == "utf-16" ? part.size() : part.toUcs4().size();
}

/// Line and column of the UTF-16 index `at`.
json::value positionOf(const QString &whole, qsizetype at, const QByteArray &encoding)
{
    const QString before = whole.first(at);
    const QString onLine = before.mid(before.lastIndexOf(u'\n') + 1);
    return {{"line", before.count(u'\n')}, {"character", widthOf(onLine, encoding)}};
}

bool isNull(const json::value &reply)
{
    const json::value *result = reply.as_object().if_contains("result");
    return !result || result->is_null()
        || (result->is_object() && result->as_object().contains("items") && result->at("items").as_array().empty());
}

} // namespace

/// Answers that an edit has interrupted, by the features as they are.
class TestInterruptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anInterruptedAnswerIsTheOneOfTheQuietServer_data();
    void anInterruptedAnswerIsTheOneOfTheQuietServer();
};

void TestInterruptions::anInterruptedAnswerIsTheOneOfTheQuietServer_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("UTF-8") << "utf-8"_ba;
    QTest::newRow("UTF-16") << "utf-16"_ba;
    QTest::newRow("UTF-32") << "utf-32"_ba;
}

// 1,000 requests; into each comes a random edit within 40 characters of its position, and stops its first attempt. At
// most 5 % may be null for it; by decision 4 none is.
void TestInterruptions::anInterruptedAnswerIsTheOneOfTheQuietServer()
{
    QFETCH(QByteArray, encoding);
    static constexpr std::array methods = {"textDocument/completion", "textDocument/definition", "textDocument/hover",
                                           "textDocument/documentSymbol"};
    Shop shop;
    shop.initialize({{"general", {{"positionEncodings", {std::string_view(encoding)}}}}});
    shop.open(shopPage, shopText.toStdString());
    shop.runAllJobs();
    shop.takeSent();

    std::mt19937 random(20261124);
    interruptionCount = 0;
    int nulls = 0;
    int version = 1;
    constexpr int rounds = 1000;
    for (int asked = 0, tried = 0; asked < rounds && tried < 20 * rounds; ++tried) {
        qsizetype at = qsizetype(random() % std::size_t(shopText.size()));
        at -= shopText[at].isLowSurrogate();
        const std::string method = methods[random() % methods.size()];
        const json::value params = {{"textDocument", {{"uri", shopPage}}},
                                    {"position", positionOf(shopText, at, encoding)}};
        const json::value expected = shop.answer(method, params);
        if (isNull(expected))
            continue; // There is nothing that could become null.
        ++asked;

        qsizetype begin = std::clamp<qsizetype>(at + qsizetype(random() % 81) - 40, 0, shopText.size() - 1);
        begin -= shopText[begin].isLowSurrogate();
        qsizetype end = std::min<qsizetype>(begin + qsizetype(random() % 4), shopText.size() - 1);
        end -= shopText[end].isLowSurrogate();
        end = std::max(begin, end);
        const std::string typed = std::array{"", "x", "😀", "%}", "{% load nope %}", "\n", "\"", "é"}[random() % 8];
        interruption = [&] {
            const json::value range = {{"start", positionOf(shopText, begin, encoding)},
                                       {"end", positionOf(shopText, end, encoding)}};
            shop.interrupt("textDocument/didChange",
                           {{"textDocument", {{"uri", shopPage}, {"version", ++version}}},
                            {"contentChanges", {{{"range", range}, {"text", typed}}}}});
        };
        json::value reply = shop.answer(method, params);
        nulls += isNull(reply);
        reply.as_object()["id"] = expected.at("id");
        QCOMPARE(json::serialize(reply), json::serialize(expected));

        shop.notify("textDocument/didChange",
                    {{"textDocument", {{"uri", shopPage}, {"version", ++version}}},
                     {"contentChanges", {{{"text", shopText.toStdString()}}}}});
        shop.runAllJobs();
        shop.takeSent();
    }
    QCOMPARE(interruptionCount, rounds);
    QVERIFY2(nulls <= rounds / 20, qPrintable(QString::number(nulls)));
    QVERIFY(shop.session().census().retries >= std::uint64_t(rounds));
}

NUAGES_TEST(TestInterruptions)
#include "tst_interruptions.moc"
