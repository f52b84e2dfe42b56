#include "lsp/protocol/json.h"
#include "lsp/protocol/types/basic.h"
#include "lsp/protocol/types/diagnostics.h"
#include "lsp/protocol/types/documents.h"
#include "lsp/protocol/types/features.h"
#include "lsp/protocol/types/lifecycle.h"
#include "lsp/protocol/types/window.h"
#include "tests/protocol/protocolmodel.h"
#include "tests/support/testmain.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <QString>
#include <QStringList>
#include <QTest>

#include <type_traits>
#include <variant>

using namespace nuages;
using namespace nuages::protocol;
using namespace Qt::StringLiterals;
using nuages::tests::ProtocolModel;
namespace json = boost::json;

namespace {

template <class T>
inline constexpr bool isOptionalMember = false;
template <class T>
inline constexpr bool isOptionalMember<std::optional<T>> = true;
template <class T>
inline constexpr bool isVariant = false;
template <class... T>
inline constexpr bool isVariant<std::variant<T...>> = true;

/// A value with every member set, so that encoding it shows all of them.
template <class T>
T filled()
{
    if constexpr (isOptionalMember<T>) {
        return T(filled<typename T::value_type>());
    } else if constexpr (isVariant<T>) {
        return filled<std::variant_alternative_t<0, T>>();
    } else if constexpr (std::is_same_v<T, std::string>) {
        return "file:///x";
    } else if constexpr (std::is_same_v<T, std::vector<DocumentSymbol>>) {
        return {}; // holds itself
    } else if constexpr (std::is_same_v<T, MarkupContent>) {
        return {"markdown", "*"};
    } else if constexpr (std::is_same_v<T, json::value>) {
        return json::object();
    } else if constexpr (boost::describe::has_describe_members<T>::value) {
        T value{};
        boost::mp11::mp_for_each<protocol::detail::MembersOf<T>>([&](auto member) {
            value.*member.pointer = filled<std::remove_cvref_t<decltype(value.*member.pointer)>>();
        });
        return value;
    } else if constexpr (requires { typename T::value_type; }) {
        return T{filled<typename T::value_type>()};
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<T>(1);
    } else {
        return T{};
    }
}

/// The members of T that the model does not have, or holds to be needed where T does not.
template <class T>
QStringList differencesOf(const ProtocolModel &model, std::string_view structure)
{
    const auto members = model.members(structure);
    QStringList differences;
    if (members.empty())
        differences += u"no such structure"_s;
    boost::mp11::mp_for_each<protocol::detail::MembersOf<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        const auto found = members.find(member.name);
        if (found == members.end())
            differences += QString::fromUtf8(member.name) + u" is not in the model"_s;
        else if (found->second.isOptional && !isOptionalMember<Member>)
            differences += QString::fromUtf8(member.name) + u" is optional in the model"_s;
    });
    return differences;
}

using CompareWithModel = QStringList (*)(const ProtocolModel &);

template <class T>
QStringList outgoing(const ProtocolModel &model, std::string_view structure)
{
    QStringList differences = differencesOf<T>(model, structure);
    const json::value value = toJson(filled<T>());
    for (const std::string &fault : model.faults(structure, value))
        differences += QString::fromStdString(fault);
    const auto back = fromJson<T>(value);
    if (!back || *back != filled<T>())
        differences += u"does not come back as it was"_s;
    return differences;
}

template <class T>
QStringList incoming(const ProtocolModel &model, std::string_view structure)
{
    return differencesOf<T>(model, structure);
}

} // namespace

#define OUTGOING(Type)                                                                                                 \
    QTest::newRow(#Type) << CompareWithModel([](const ProtocolModel &model) { return outgoing<Type>(model, #Type); })
#define INCOMING(Type)                                                                                                 \
    QTest::newRow(#Type) << CompareWithModel([](const ProtocolModel &model) { return incoming<Type>(model, #Type); })

class TestTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesAgreeWithTheModel_data();
    void typesAgreeWithTheModel();
    void aFaultNamesTheMember_data();
    void aFaultNamesTheMember();
    void whatANewerClientAddsIsSkipped();
    void theOracleFindsFaults_data();
    void theOracleFindsFaults();

private:
    ProtocolModel m_model;
};

void TestTypes::typesAgreeWithTheModel_data()
{
    QTest::addColumn<CompareWithModel>("compare");

    OUTGOING(Range);
    OUTGOING(Location);
    OUTGOING(LocationLink);
    OUTGOING(ServerCapabilities);
    OUTGOING(InitializeResult);
    OUTGOING(Diagnostic);
    OUTGOING(PublishDiagnosticsParams);
    OUTGOING(CompletionItem);
    OUTGOING(CompletionList);
    OUTGOING(CompletionItemDefaults);
    OUTGOING(EditRangeWithInsertReplace);
    OUTGOING(InsertReplaceEdit);
    OUTGOING(DocumentSymbol);
    OUTGOING(LogMessageParams);
    OUTGOING(ShowMessageParams);
    OUTGOING(RegistrationParams);
    INCOMING(TextDocumentPositionParams);
    INCOMING(InitializeParams);
    INCOMING(TextDocumentClientCapabilities);
    INCOMING(WorkspaceClientCapabilities);
    INCOMING(GeneralClientCapabilities);
    INCOMING(PublishDiagnosticsClientCapabilities);
    INCOMING(CompletionClientCapabilities);
    INCOMING(CompletionListCapabilities);
    INCOMING(ClientCompletionItemOptions);
    INCOMING(HoverClientCapabilities);
    INCOMING(DefinitionClientCapabilities);
    INCOMING(DocumentSymbolClientCapabilities);
    INCOMING(CancelParams);
    INCOMING(DidOpenTextDocumentParams);
    INCOMING(DidChangeTextDocumentParams);
    INCOMING(DidSaveTextDocumentParams);
    INCOMING(DidCloseTextDocumentParams);
    INCOMING(DidChangeWatchedFilesParams);
    INCOMING(DocumentDiagnosticParams);
    INCOMING(CompletionParams);
    INCOMING(DocumentSymbolParams);
}

void TestTypes::typesAgreeWithTheModel()
{
    QFETCH(CompareWithModel, compare);
    QCOMPARE(compare(m_model).join(u"; "), QString());
}

void TestTypes::aFaultNamesTheMember_data()
{
    QTest::addColumn<QByteArray>("params");
    QTest::addColumn<QByteArray>("pointer");

    QTest::newRow("not an object") << "[]"_ba << ""_ba;
    QTest::newRow("missing") << R"({"textDocument":{"uri":"a:"}})"_ba << "/position"_ba;
    QTest::newRow("missing inside") << R"({"textDocument":{},"position":{"line":0,"character":0}})"_ba
                                    << "/textDocument/uri"_ba;
    QTest::newRow("wrong type") << R"({"textDocument":{"uri":1},"position":{"line":0,"character":0}})"_ba
                                << "/textDocument/uri"_ba;
    QTest::newRow("a fraction") << R"({"textDocument":{"uri":""},"position":{"line":0.5,"character":0}})"_ba
                                << "/position/line"_ba;
    QTest::newRow("null") << R"({"textDocument":{"uri":""},"position":null})"_ba << "/position"_ba;
}

void TestTypes::aFaultNamesTheMember()
{
    QFETCH(QByteArray, params);
    QFETCH(QByteArray, pointer);
    const auto decoded = fromJson<TextDocumentPositionParams>(json::parse(params.toStdString()));
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().pointer, pointer.toStdString());
}

void TestTypes::whatANewerClientAddsIsSkipped()
{
    const auto decoded = fromJson<TextDocumentPositionParams>(
        json::parse(R"({"later":{},"textDocument":{"uri":"a:","x":1},"position":{"line":2.0,"character":-7}})"));
    QVERIFY(decoded);
    QCOMPARE(decoded->position, (Position{2, -7}));
}

void TestTypes::theOracleFindsFaults_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("faults");

    QTest::newRow("right")
        << R"({"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"a:","diagnostics":[]}})"_ba
        << 0;
    QTest::newRow("without version of JSON-RPC")
        << R"({"method":"textDocument/publishDiagnostics","params":{"uri":"a:","diagnostics":[]}})"_ba << 1;
    QTest::newRow("a member too many")
        << R"({"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"a:","diagnostics":[],"x":1}})"_ba
        << 1;
    QTest::newRow("an unknown number of an enumeration")
        << R"({"jsonrpc":"2.0","method":"window/logMessage","params":{"type":9,"message":""}})"_ba << 1;
    QTest::newRow("the wrong way") << R"({"jsonrpc":"2.0","method":"initialized","params":{}})"_ba << 1;
    QTest::newRow("a request without id")
        << R"({"jsonrpc":"2.0","method":"client/registerCapability","params":{"registrations":[]}})"_ba << 1;
    QTest::newRow("no such method") << R"({"jsonrpc":"2.0","method":"window/nope","params":{}})"_ba << 1;
    QTest::newRow("a result and an error")
        << R"({"jsonrpc":"2.0","id":1,"result":null,"error":{"code":1,"message":""}})"_ba << 1;
}

void TestTypes::theOracleFindsFaults()
{
    QFETCH(QByteArray, message);
    QFETCH(int, faults);
    const auto found = m_model.messageFaults(ProtocolModel::Sender::Server, json::parse(message.toStdString()));
    QCOMPARE(int(found.size()), faults);
}

NUAGES_TEST(TestTypes)
#include "tst_types.moc"
