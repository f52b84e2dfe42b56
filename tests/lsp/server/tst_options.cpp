#include "lsp/server/options.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTest>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>

using namespace nuages;
namespace json = boost::json;

namespace {

/// What an editor sends as the section "nuages" if the user has changed nothing: every setting of the extension with
/// its default, those of the extension itself among them.
json::object untouchedSection()
{
    QFile file(QStringLiteral(NUAGES_SOURCE_FOLDER "/resources/editors/vscode/package.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const json::value package = json::parse(std::string_view(file.readAll().toStdString()));
    json::object section;
    for (const auto &[name, property] : package.at_pointer("/contributes/configuration/properties").as_object()) {
        json::object *at = &section;
        std::string_view rest = std::string_view(name).substr(std::string_view("nuages.").size());
        for (std::size_t dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
            at = &at->emplace(rest.substr(0, dot), json::object()).first->value().as_object();
            rest.remove_prefix(dot + 1);
        }
        const json::value *usual = property.as_object().if_contains("default");
        at->insert_or_assign(rest, usual ? *usual : json::value());
    }
    return section;
}

} // namespace

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAnEditorSendsByItselfIsNoMistake();
};

void TestOptions::whatAnEditorSendsByItselfIsNoMistake()
{
    const json::object section = untouchedSection();
    QVERIFY(section.contains("path") && section.contains("trace") && section.contains("settings"));
    const project::Configuration read = server::readOptions({"/shop"}, section);
    QVERIFY2(read.problems.empty(), read.problems.empty() ? "" : read.problems.front().what.c_str());
}

NUAGES_TEST(TestOptions)
#include "tst_options.moc"
