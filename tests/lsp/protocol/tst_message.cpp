#include "lsp/protocol/message.h"
#include "tests/support/testmain.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <string>

using namespace nuages::protocol;
using namespace Qt::StringLiterals;
namespace json = boost::json;

class TestMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoMessageSaysWhichErrorToReply_data();
    void whatIsNoMessageSaysWhichErrorToReply();
    void idsKeepTheirKind();
    void aResponseIsTakenAsOne();
    void aLoneSurrogateKeepsTheLengthInUtf16();
    void whatIsEncodedDecodesToTheSame();
};

void TestMessage::whatIsNoMessageSaysWhichErrorToReply_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("hasId");

    QTest::newRow("nothing") << ""_ba << -32700 << false;
    QTest::newRow("cut off") << R"({"id":1,"method":)"_ba << -32700 << false;
    QTest::newRow("a tail") << R"({"id":1,"method":"m"}})"_ba << -32700 << false;
    QTest::newRow("not UTF-8") << "{\"id\":1,\"method\":\"\xff\"}"_ba << -32700 << false;
    QTest::newRow("too deep") << QByteArray(200'000, '[') << -32700 << false;
    QTest::newRow("a batch") << R"([{"id":1,"method":"m"}])"_ba << -32600 << false;
    QTest::newRow("a number") << "42"_ba << -32600 << false;
    QTest::newRow("null") << "null"_ba << -32600 << false;
    QTest::newRow("an empty object") << "{}"_ba << -32600 << false;
    QTest::newRow("only an id") << R"({"id":1})"_ba << -32600 << true;
    QTest::newRow("a null id") << R"({"id":null,"method":"m"})"_ba << -32600 << false;
    QTest::newRow("a fraction as id") << R"({"id":1.5,"method":"m"})"_ba << -32600 << false;
    QTest::newRow("true as id") << R"({"id":true,"method":"m"})"_ba << -32600 << false;
    QTest::newRow("a number as method") << R"({"id":1,"method":7})"_ba << -32600 << true;
    QTest::newRow("a string as params") << R"({"id":1,"method":"m","params":"p"})"_ba << -32600 << true;
}

void TestMessage::whatIsNoMessageSaysWhichErrorToReply()
{
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    QFETCH(bool, hasId);
    const auto message = decode(body.toStdString());
    QVERIFY(!message);
    QCOMPARE(static_cast<int>(message.error().code), code);
    QCOMPARE(message.error().id.has_value(), hasId);
    QVERIFY(message.error().text.ends_with('.'));
}

void TestMessage::idsKeepTheirKind()
{
    for (const std::string id : {"2", "\"2\"", "2147483648", "-1", "\"\""}) {
        const auto message = decode(R"({"method":"m","id":)" + id + "}");
        QVERIFY(message);
        const auto *request = std::get_if<Request>(&*message);
        QVERIFY(request);
        QCOMPARE(encodeResult(request->id, nullptr), R"({"id":)" + id + R"(,"result":null,"jsonrpc":"2.0"})");
    }
}

void TestMessage::aResponseIsTakenAsOne()
{
    const auto result = decode(R"({"id":3,"result":null})");
    QVERIFY(result && std::holds_alternative<Response>(*result));
    const auto error = decode(R"({"id":3,"error":{"code":-32601,"message":"no"}})");
    QVERIFY(error && std::holds_alternative<Response>(*error));
    QCOMPARE(std::get<std::string>(std::get<Response>(*error).outcome), std::string("no"));
    // A client that could not read an id of ours. To reply to that would begin a quarrel without end.
    for (const std::string id : {"null", "1.5"}) {
        const auto unreadable = decode(R"({"id":)" + id + R"(,"error":{"code":-32700,"message":"what?"}})");
        QVERIFY(unreadable && std::holds_alternative<Response>(*unreadable));
        QVERIFY(!std::get<Response>(*unreadable).id);
    }
}

void TestMessage::aLoneSurrogateKeepsTheLengthInUtf16()
{
    const auto message = decode(R"({"method":"m","params":["a\ud83db"]})");
    QVERIFY(message);
    const auto &params = std::get<Notification>(*message).params;
    const std::string_view text = params.at(0).as_string();
    QCOMPARE(QString::fromUtf8(text.data(), qsizetype(text.size())), u"a\ufffdb"_s);
}

void TestMessage::whatIsEncodedDecodesToTheSame()
{
    const json::value params = {{"a", {1, "zwei", nullptr, true, 2.5}}};
    const auto request = decode(encodeRequest(std::string("r1"), "m", params));
    QVERIFY(request);
    QCOMPARE(json::serialize(std::get<Request>(*request).params), json::serialize(params));
    QCOMPARE(std::get<std::string>(std::get<Request>(*request).id), std::string("r1"));

    const auto notification = decode(encodeNotification("n", params));
    QVERIFY(notification);
    QCOMPARE(std::get<Notification>(*notification).method, std::string("n"));

    const auto error = json::parse(encodeError({}, ErrorCode::ParseError, "bad", {{"retriggerRequest", false}}));
    QVERIFY(error.at("id").is_null());
    QCOMPARE(error.at("error").at("code").as_int64(), -32700);
    QCOMPARE(error.at("error").at("data").at("retriggerRequest").as_bool(), false);
}

NUAGES_TEST(TestMessage)
#include "tst_message.moc"
