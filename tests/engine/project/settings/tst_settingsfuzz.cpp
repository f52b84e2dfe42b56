#include "tests/engine/project/settings/settingscases.h"
#include "tests/support/testmain.h"

#include "engine/python/evaluation.h"

#include <QTest>

#include <map>
#include <random>

using namespace nuages;
using namespace nuages::tests;

namespace {

/// A world of a few modules that all hold the same text.
class OneTextWorld final : public python::Surroundings
{
public:
    explicit OneTextWorld(std::string text) : m_tree(python::SyntaxTree::parse(std::move(text))) { }

    std::optional<python::ModuleLocation> find(std::span<const std::string>, std::string_view dotted) override
    {
        if (dotted.size() % 3 == 0)
            return std::nullopt;
        return python::ModuleLocation{
            python::ModuleLocation::Form::Package, "/p/" + std::string(dotted) + ".py", {"/p"}};
    }
    bool knowsInstalledModules() override { return true; }
    bool isOwn(const std::string &file) override { return file.size() % 2 == 0; }
    python::SyntaxTree parse(const std::string &) override { return m_tree; }
    std::string read(const std::string &) override { return "A=b\nC='d'\n"; }
    python::PathKind kindOf(const std::string &) override { return python::PathKind::File; }
    std::vector<std::string> list(const std::string &) override { return {"a.py", "b"}; }
    std::string workingFolder() override { return "/p"; }
    std::optional<std::string> variable(std::string_view) override { return std::nullopt; }
    void poll() override { ++polls; }

    std::uint64_t polls = 0; ///< One for each 256 steps.

private:
    python::SyntaxTree m_tree;
};

std::string mutated(std::string text, std::mt19937 &random)
{
    static const std::string pieces[] = {"(",
                                         ")",
                                         "[",
                                         "]",
                                         "{",
                                         "}",
                                         ":",
                                         "\n",
                                         "\n    ",
                                         "'",
                                         "\"\"\"",
                                         " if ",
                                         " for x in ",
                                         "*",
                                         "**",
                                         "=",
                                         "+=",
                                         "lambda x: ",
                                         "def f():\n",
                                         "class A(A):\n",
                                         "try:\n",
                                         "except:\n",
                                         "while 1:\n",
                                         "import a\n",
                                         "from a import *\n",
                                         "INSTALLED_APPS",
                                         "\\",
                                         "-9223372036854775807",
                                         "[::-1]",
                                         "%",
                                         "f'{",
                                         "\0x"};
    for (auto edits = random() % 6; edits > 0 && !text.empty(); --edits) {
        const std::size_t at = random() % text.size();
        const std::size_t length = random() % 20;
        switch (random() % 4) {
        case 0:
            text.erase(at, length);
            break;
        case 1:
            text.insert(at, pieces[random() % std::size(pieces)]);
            break;
        case 2:
            text.insert(random() % text.size(), text.substr(at, length));
            break;
        default:
            text.resize(at);
        }
    }
    return text;
}

std::uint64_t stepsOf(const std::string &text, python::EvaluationLimits limits = {})
{
    OneTextWorld world(text);
    const python::Evaluation evaluation(world, "settings", {python::ModuleLocation::Form::Module, "/p/settings.py", {}},
                                        limits);
    for (const python::Entry &entry : evaluation.names().entries)
        evaluation.reasonOf(entry.value);
    return world.polls * 256;
}

} // namespace

class TestSettingsFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenTextsEndWithinTheBounds();
    void workThatExplodesIsCutOff_data();
    void workThatExplodesIsCutOff();
};

void TestSettingsFuzz::brokenTextsEndWithinTheBounds()
{
    constexpr python::EvaluationLimits small{20'000, 5'000, 250, 20};
    std::mt19937 random(20261124);
    for (int round = 0; round < 1000; ++round) {
        const auto &cases = settingsCases();
        std::string text(cases[random() % cases.size()].settings);
        text += cases[random() % cases.size()].settings;
        const std::string broken = mutated(std::move(text), random);
        // One step may be worth more than one (a fork, a long list), but not more than the bound itself.
        QVERIFY2(stepsOf(broken, small) <= 2 * small.steps, broken.c_str());
    }
}

void TestSettingsFuzz::workThatExplodesIsCutOff_data()
{
    QTest::addColumn<std::string>("text");
    const auto repeated = [](int times, const std::string &part) {
        std::string text;
        for (int i = 0; i < times; ++i)
            text += part;
        return text;
    };
    QTest::newRow("undecided branches") << "import sys\nX = []\n" + repeated(3000, "if sys.argv: X = X + ['a', []]\n");
    QTest::newRow("undecided branches inside each other") << [] {
        std::string text = "import sys\n";
        for (int i = 0; i < 90; ++i)
            text += std::string(static_cast<std::size_t>(i), ' ') + "if sys.argv: X = 1\n"
                + std::string(static_cast<std::size_t>(i), ' ') + "if sys.argv:\n";
        return text + std::string(90, ' ') + "pass\n";
    }();
    QTest::newRow("doubling") << "X = ['a']\n" + repeated(100, "X = X + X\n");
    QTest::newRow("doubling text") << "X = 'a'\n" + repeated(100, "X = X + X\n");
    QTest::newRow("alternatives of alternatives")
        << "import sys\nX = ''\n" + repeated(40, "X = X + ('a' if sys.argv else 'bb')\n");
    QTest::newRow("endless loop") << std::string("X = []\nwhile True:\n    X.append(len(X))\n");
    QTest::newRow("loops in loops") << std::string(
        "for a in range(1000):\n  for b in range(1000):\n    for c in range(1000):\n      pass\n");
    QTest::newRow("comprehension of comprehensions")
        << std::string("R = range(1000)\nX = [a for a in R for b in R for c in R]\n");
    QTest::newRow("functions that call twice") << std::string("def f(n):\n    return f(n + 1) + f(n + 2)\nX = f(0)\n");
    QTest::newRow("functions that undecidedly call twice")
        << std::string("import sys\ndef f(n):\n    return f(n) if sys.argv else f(n) or f(n)\nX = f(0)\n");
    QTest::newRow("brackets") << "X = " + std::string(5000, '[') + std::string(5000, ']');
    QTest::newRow("a long sum") << "X = 1" + repeated(5000, " + 1") + "\n";
    QTest::newRow("a long chain of methods") << "X = ''" + repeated(3000, ".strip()") + "\n";
    QTest::newRow("a long elif") << "import sys\nif sys.argv: pass\n" + repeated(2000, "elif sys.argv: X = 1\n");
    QTest::newRow("a list that holds itself") << std::string(
        "X = []\nX.append(X)\nY = X + X\nprint(X == X, X < X)\nunknown(X)\nimport copy\nZ = copy.deepcopy(X)\n");
    QTest::newRow("modules that import themselves")
        << std::string("from ab import *\nfrom abcd import *\nimport abcde.ab\nX = abcde.ab.X\n");
    QTest::newRow("classes of themselves") << std::string("class A: pass\nclass A(A): pass\nX = A.x\n")
            + repeated(300, "class A(A): pass\n") + "Y = A.y\n";
}

void TestSettingsFuzz::workThatExplodesIsCutOff()
{
    QFETCH(std::string, text);
    constexpr python::EvaluationLimits limits;
    QVERIFY(stepsOf(text) <= 2 * limits.steps);
}

NUAGES_TEST(TestSettingsFuzz)
#include "tst_settingsfuzz.moc"
