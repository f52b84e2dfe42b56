#include "tests/engine/rules/rulesproject.h"

#include "engine/rules/rule.h"
#include "engine/source/utf8.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <format>

using namespace nuages;
using tests::RulesProject;

class TestRuleFixtures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsExactlyWhatTheCommentsSay_data();
    void findsExactlyWhatTheCommentsSay();
    void everyRuleHasAFixture();
};

namespace {

std::size_t codePoints(std::string_view text)
{
    std::size_t count = 0;
    for (; !text.empty(); ++count)
        text.remove_prefix(source::sequenceLength(text));
    return count;
}

/// Reads `{#   ^^^ rule: message #}`: the carets stand under what is found in the last line that is none of these.
std::vector<std::string> expectations(const std::string &text)
{
    std::vector<std::string> result;
    std::size_t line = 0;
    std::size_t judged = 0;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view content = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        const std::size_t caret = content.find('^');
        if (!content.starts_with("{# ") || caret == content.npos || content.find_first_not_of(' ', 2) != caret) {
            judged = line;
            continue;
        }
        const std::size_t after = content.find_first_not_of('^', caret);
        std::string_view message = content.substr(after + 1);
        message = message.substr(0, message.rfind(" #}"));
        result.push_back(std::format("{}:{}-{} {}", judged + 1, codePoints(content.substr(0, caret)) + 1,
                                     codePoints(content.substr(0, after)) + 1, message));
    }
    return result;
}

QByteArray joined(std::vector<std::string> lines)
{
    std::ranges::sort(lines);
    QByteArray text;
    for (const std::string &line : lines)
        text += line + "\n";
    return text;
}

} // namespace

void TestRuleFixtures::findsExactlyWhatTheCommentsSay_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &entry : std::filesystem::directory_iterator(tests::fixtureFolder() + RulesProject::templates)) {
        const std::string name = entry.path().filename().string();
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestRuleFixtures::findsExactlyWhatTheCommentsSay()
{
    QFETCH(QString, name);
    RulesProject project;
    const std::string path = RulesProject::templates + name.toStdString();
    QCOMPARE(joined(project.findings(path)), joined(expectations(project.text(path))));
}

void TestRuleFixtures::everyRuleHasAFixture()
{
    for (const rules::Rule *rule : rules::allRules()) {
        if (rule == &rules::uninstalledApp) // The fixtures' app is installed; see tst_uninstalled.
            continue;
        const std::string name(rule->name);
        QVERIFY2(std::filesystem::exists(tests::fixtureFolder() + RulesProject::templates + name + ".html"),
                 name.c_str());
    }
    QVERIFY(std::ranges::is_sorted(rules::allRules(), {}, &rules::Rule::name));
}

NUAGES_TEST(TestRuleFixtures)
#include "tst_rulefixtures.moc"
