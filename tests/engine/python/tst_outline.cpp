#include "engine/python/module.h"
#include "engine/python/outline.h"
#include "engine/query/engine.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

using namespace nuages;
using namespace nuages::python;

class TestOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBodyEndsWhereTheParserEndsIt_data();
    void aBodyEndsWhereTheParserEndsIt();
    void uncertainLinesHideNothing_data();
    void uncertainLinesHideNothing();
    void shortBodiesStay();
    void installedFilesAreOutlinedAsTheyAreParsed();
    void cutFilesAreNeverReadOtherwise();
    void aHiddenFunctionIsParsedAlone();
    void anEditReachesWhatIsHiddenAndLeavesNoMemoBehind();
};

namespace {

/// One file in memory, and an engine that reads it.
struct OutlineWorld {
    explicit OutlineWorld(const std::string &text)
    {
        disk.write("/p/a.py", text);
        files.setRoots({{"/p", query::Durability::Low}});
        engine.attach(files);
    }

    source::MemoryFileSystem disk;
    source::Files files{disk};
    query::Engine engine;
};

/// What a tree says, apart from the bodies of `hidden` and from where nodes end: a line for each node, in order.
void describe(Node node, const std::vector<FunctionSuite> &hidden, std::string &out, int depth = 0)
{
    const std::uint32_t begin = node.range().begin;
    for (const FunctionSuite &suite : hidden) {
        if (node.is(Kind::Block) && suite.begin.offset == begin) {
            out += std::string(static_cast<std::size_t>(depth), ' ') + "body\n";
            return;
        }
    }
    const std::vector<Node> children = node.children();
    out += std::string(static_cast<std::size_t>(depth), ' ') + std::to_string(static_cast<int>(node.kind())) + " "
        + std::to_string(begin) + ":" + std::to_string(node.line());
    if (children.empty())
        out.append(" ").append(node.text());
    out += '\n';
    for (const Node child : children)
        describe(child, hidden, out, depth + 1);
}

std::string described(const SyntaxTree &tree, const std::vector<FunctionSuite> &hidden)
{
    std::string out;
    describe(tree.root(), hidden, out);
    return out;
}

void functionsIn(Node node, std::vector<Node> &found)
{
    if (node.is(Kind::FunctionDefinition))
        found.push_back(node);
    for (const Node child : node.children())
        functionsIn(child, found);
}

/// The oracle is the parser: everything outside the bodies is what it says of the whole, and each body on its own too.
bool agreesWithTheParser(const std::string &text, const std::vector<FunctionSuite> &suites)
{
    const source::Text shared(text);
    const SyntaxTree whole(shared);
    const SyntaxTree outline = SyntaxTree::withoutBodies(shared, suites);
    if (described(whole, suites) != described(outline, suites))
        return false;
    std::vector<Node> functions;
    functionsIn(whole.root(), functions);
    return std::ranges::all_of(suites, [&](const FunctionSuite &suite) {
        const auto inWhole = std::ranges::find_if(
            functions, [&](Node function) { return function.range().begin == suite.definition.offset; });
        const SyntaxTree alone = SyntaxTree::ofPart(shared, suite.definition, suite.end);
        std::string expected;
        std::string found;
        if (inWhole == functions.end() || alone.root().children().size() != 1)
            return false;
        describe(*inWhole, {}, expected);
        describe(alone.root().children().front(), {}, found);
        return expected == found;
    });
}

std::vector<std::filesystem::path> pythonFiles(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (auto at = std::filesystem::recursive_directory_iterator(folder, error);
         at != std::filesystem::recursive_directory_iterator(); at.increment(error)) {
        if (at->path().extension() == ".py" && at->is_regular_file())
            files.push_back(at->path());
    }
    std::ranges::sort(files);
    return files;
}

std::string contentOf(const std::filesystem::path &path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

void TestOutline::aBodyEndsWhereTheParserEndsIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bodies"); // each in brackets

    const auto row = [](const char *name, const char *text, const char *bodies) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(bodies);
    };
    row("plain", "def f(a):\n    return a\nx = 1\n", "[return a]");
    row("to the end of the file", "def f():\n  a\n  b", "[a\n  b]");
    row("blank lines and comments", "def f(): # why\n\n # first\n    a\n\n# out\n    b # c\n    # d\n\nx\n",
        "[a\n\n# out\n    b]");
    row("methods", "class A:\n    x = 1\n    def f(self):\n        a\n    y = 2\n    async  def g(self):\n        b\n",
        "[a][b]");
    row("a function in a function", "def f():\n    def g():\n        a\n    return g\n",
        "[def g():\n        a\n    return g]");
    row("branches", "if x:\n    def f():\n        a\nelse:\n    def f():\n        b\n", "[a][b]");
    row("decorated", "@a(\n  1)\n@b\ndef f():\n    c\n", "[c]");
    row("parameters on lines", "def f(\n    a={1: 2},\n    b=')',  # :\n) -> C[\n    d]:\n    e\n", "[e]");
    row("a header that goes on", "def f(a, \\\n    b) \\\n  :\n    d\n", "[d]");
    row("brackets over lines", "def f():\n    x = [\n1,\n]\n    y\nz\n", "[x = [\n1,\n]\n    y]");
    row("a text at the margin", "def f():\n    '''\ndef g():\n    no\n'''\n    a\nb\n",
        "['''\ndef g():\n    no\n'''\n    a]");
    row("quotes in texts", "def f():\n    a = '\\'' \"'\" r'\\' ' '''it's''' \"\\\\\"\n    b\nc\n",
        "[a = '\\'' \"'\" r'\\' ' '''it's''' \"\\\\\"\n    b]");
    row("a text that goes on", "def f():\n    a = 'one \\\ndef two'\n    b\nc\n", "[a = 'one \\\ndef two'\n    b]");
    row("format strings", "def f():\n    a = f'{x[\"k\"]:{w}}}} {{' rf\"{y!r:>{n}}\" F'''{\nz}'''\n    b\nc\n",
        "[a = f'{x[\"k\"]:{w}}}} {{' rf\"{y!r:>{n}}\" F'''{\nz}'''\n    b]");
    row("a comment like code", "def f():\n    a # def g(: '\n    b\nc\n", "[a # def g(: '\n    b]");
    row("names that begin so", "default = 1\ndef_ = 2\nasync_def = 3\ndef f():\n    a\n", "[a]");
    row("a lambda and a slice", "x = lambda: 1\ny = z[1:]\ndef f():\n    a\n", "[a]");
    row("line ends of Windows", "def f():\r\n    a\r\n    b\r\nc\r\n", "[a\r\n    b]");
    row("letters of two bytes", "def \xc3\xa9(\xc3\xa9):\n    '\xc3\xa9'\n    \xc3\xa9\nx\n",
        "['\xc3\xa9'\n    \xc3\xa9]");
}

void TestOutline::aBodyEndsWhereTheParserEndsIt()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, bodies);
    const std::string module = text.toStdString();

    const auto suites = functionSuites(module);
    QVERIFY(suites);
    QByteArray found;
    for (const FunctionSuite &suite : *suites)
        found += '[' + text.mid(suite.body().begin, suite.body().size()) + ']';
    QCOMPARE(found, bodies);
    QVERIFY(!SyntaxTree::parse(module).root().hasError());
    QVERIFY(agreesWithTheParser(module, *suites));
}

void TestOutline::uncertainLinesHideNothing_data()
{
    QTest::addColumn<QByteArray>("text");

    const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QByteArray(text); };
    row("an open bracket", "def f():\n    a(\nb\n");
    row("a closing bracket", "def f():\n    a)\nb\n");
    row("an open text", "def f():\n    'a\nb\n");
    row("an open long text", "def f():\n    '''a'\nb\n");
    row("tabs", "def f():\n\ta\nb\n");
    row("a form feed", "x\n\fdef f():\n    a\nb\n");
    row("line ends of old", "def f():\r    a\rb\r");
    row("a body that is not indented", "def f():\na\n");
    row("no body", "x\ndef f():\n");
    row("a line half way out", "class A:\n    def f():\n        a\n      b\n");
    row("a line further in", "def f():\n    a\n      b\n");
    row("a backslash amid a line", "def f():\n    a \\ b\n");
    row("a line that goes on with nothing", "def f():\n    a \\\n    # b\nc\n");
    row("a byte order mark",
        "\xef\xbb\xbf"
        "def f():\n    a\n");
    row("an interpolation that is open", "def f():\n    f'{a'\nb\n");
}

void TestOutline::uncertainLinesHideNothing()
{
    QFETCH(const QByteArray, text);
    const std::string module = text.toStdString();

    QVERIFY(!functionSuites(module));
    OutlineWorld world(module);
    query::Reader db(world.engine.ticket());
    const source::File file = source::fileAt(db, "/p/a.py");
    const Outline &outline = db.get<ModuleOutline>(file);
    QVERIFY(outline.hidden.empty());
    QCOMPARE(described(outline.tree, {}), described(db.get<PythonModule>(file), {}));
}

void TestOutline::shortBodiesStay()
{
    QCOMPARE(functionSuites("def f(): return 1\ndef g(): return {\n    1: 2}\n")->size(), 0u);
}

// Django's own files and Python's; NUAGES_TEST_SOURCES names further folders, separated by colons.
void TestOutline::installedFilesAreOutlinedAsTheyAreParsed()
{
    std::vector<std::filesystem::path> folders = {"/usr/lib/python3/dist-packages/django/template",
                                                  "/usr/lib/python3/dist-packages/django/utils",
                                                  "/usr/lib/python3/dist-packages/django/contrib/admin",
                                                  "/usr/lib/python3.13/collections", "/usr/lib/python3.13/asyncio"};
    if (const char *more = std::getenv("NUAGES_TEST_SOURCES")) {
        for (const QByteArray &folder : QByteArray(more).split(':'))
            folders.emplace_back(folder.toStdString());
    }
    std::size_t outlined = 0;
    std::size_t uncertain = 0;
    for (const auto &folder : folders) {
        for (const auto &path : pythonFiles(folder)) {
            const std::string text = contentOf(path);
            const auto suites = functionSuites(text);
            const bool isReadable = !SyntaxTree::parse(text).root().hasError();
            if (isReadable && !suites)
                ++uncertain;
            if (!isReadable || !suites)
                continue;
            QVERIFY2(agreesWithTheParser(text, *suites), path.c_str());
            ++outlined;
        }
    }
    qInfo("%zu files outlined, %zu readable ones not", outlined, uncertain);
    QVERIFY(outlined > 100);
    QVERIFY(uncertain * 50 < outlined);
}

// Edits in the middle of a file: what stays readable for the parser is outlined as it is parsed, or not at all.
void TestOutline::cutFilesAreNeverReadOtherwise()
{
    const std::string whole = "import a\n\n@dec('x')\nclass A(B):\n    '''Doc: \"it's\"'''\n    x = {1: [2]}\n\n"
                              "    def f(self, a=(1, 2)):\n        if a: # c\n            return f'{a[\"b\"]:>{w}}'\n\n"
                              "    async def g(self):\n        def h():\n            return '''\nno\n'''\n"
                              "        return r'\\d' \\\n            'x'\n\nif x:\n    def k(): pass\nelse:\n"
                              "    def k():\n        y = [\n1]\n        # end\nz = 3\n";
    const std::string pieces[] = {"",   "'",    "\"", "'''", "(", ")",    "{",  "}",
                                  "\n", "    ", "#",  "\\",  ":", "def ", "f'", "\n\n"};
    std::mt19937 random(20261124);
    int certain = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string text = whole;
        for (auto edits = random() % 2 + 1; edits > 0; --edits)
            text.replace(random() % text.size(), random() % 4, pieces[random() % std::size(pieces)]);
        const auto suites = functionSuites(text);
        if (!suites || SyntaxTree::parse(text).root().hasError())
            continue;
        ++certain;
        QVERIFY2(agreesWithTheParser(text, *suites), text.c_str());
    }
    QVERIFY2(certain > 400, QByteArray::number(certain));
}

void TestOutline::aHiddenFunctionIsParsedAlone()
{
    OutlineWorld world("x = 1\nclass A:\n    def f(self):\n        return 7\n");
    query::Reader db(world.engine.ticket());
    const source::File file = source::fileAt(db, "/p/a.py");
    const Outline &outline = db.get<ModuleOutline>(file);
    QVERIFY(outline.numberOf(19) == 0u);
    QVERIFY(!outline.numberOf(18) && !outline.numberOf(0));
    const Node function = db.get<HiddenFunction>(file, 0u).root().children().front();
    QVERIFY(function.is(Kind::FunctionDefinition));
    QCOMPARE(function.line(), 3u);
    QCOMPARE(function.child(Field::Body).children().front().text(), "return 7");
    QCOMPARE(function.child(Field::Body).line(), 4u);
    QVERIFY(db.get<HiddenFunction>(file, 1u).root().children().empty());
}

void TestOutline::anEditReachesWhatIsHiddenAndLeavesNoMemoBehind()
{
    OutlineWorld world("def f():\n    return 7\n");
    const auto body = [](query::Reader &db) {
        const source::File file = source::fileAt(db, "/p/a.py");
        return std::string(db.get<HiddenFunction>(file, 0u).root().children().front().child(Field::Body).text());
    };
    {
        query::Reader db(world.engine.ticket());
        QCOMPARE(body(db), "return 7");
    }
    world.disk.write("/p/a.py", "x = 1\n\ndef f():\n    return 8\n");
    world.engine.write("edit", [&](query::Transaction &tx) { world.files.lookAgain(tx, "/p/a.py"); });
    {
        query::Reader db(world.engine.ticket());
        QCOMPARE(body(db), "return 8");
    }
    QCOMPARE(world.engine.counters("HiddenFunction").memos, 1u);
}

NUAGES_TEST(TestOutline)
#include "tst_outline.moc"
