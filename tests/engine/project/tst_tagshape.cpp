#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

/// Each row is a tag's function, registered as "box", and how it reads the template. The shapes are what Django's
/// parser would do with the function; they are written down by hand, from base.py and library.py.
class TestTagShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheParser_data();
    void followsTheParser();
    void givesUpOnOneTagOnly();
    void endsOnFunctionsWithManyPaths();
};

namespace {

constexpr char shapesPath[] = "shop/templatetags/shop_tags.py";

QByteArray indented(const QByteArray &body)
{
    QByteArray result;
    for (const QByteArray &line : body.split('\n'))
        result += line.isEmpty() ? QByteArray() : "    " + line + "\n";
    return result;
}

/// A module with a tag "box" whose function has this body.
QByteArray withBody(const QByteArray &body)
{
    return "from django import template\nregister = template.Library()\n@register.tag\ndef box(parser, token):\n"
        + indented(body);
}

} // namespace

void TestTagShape::followsTheParser_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shape");

    const auto body = [](const char *name, const QByteArray &text, const char *shape) {
        QTest::newRow(name) << withBody(text) << QByteArray(shape);
    };
    const auto module = [](const char *name, const QByteArray &text, const char *shape) {
        QTest::newRow(name) << "from django import template\nregister = template.Library()\n" + text
                            << QByteArray(shape);
    };
    body("no parser", "return Node()", "none, uncompiled");
    body("its bits checked",
         "bits = token.split_contents()\nif len(bits) != 2:\n    raise template.TemplateSyntaxError()\n"
         "return Node(bits[1])",
         "none, uncompiled");
    body("bits compiled", "return Node(parser.compile_filter(token.split_contents()[1]))", "none");
    body("token_kwargs", "from django.template.base import token_kwargs\nreturn Node(token_kwargs([], parser))",
         "none");
    body("a tuple", "nodes = parser.parse(('endbox',))\nparser.delete_first_token()\nreturn Node(nodes)",
         "block endbox, uncompiled");
    body("a list", "nodes = parser.parse(['endbox'])\nparser.next_token()\nreturn Node(nodes)",
         "block endbox, uncompiled");
    body("a string", "nodes = parser.parse('endbox')\nparser.delete_first_token()\nreturn Node(nodes)",
         "block endbox, uncompiled");
    body("by keyword", "nodes = parser.parse(parse_until=('endbox',))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("the token deleted by hand", "nodes = parser.parse(('endbox',))\ndel parser.tokens[-1]",
         "block endbox, uncompiled");
    body("named after the tag, split_contents",
         "name = token.split_contents()[0]\nparser.parse((f'end{name}',))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("named after the tag, unpacked",
         "try:\n    name, argument = token.split_contents()\nexcept ValueError:\n    raise "
         "template.TemplateSyntaxError()\n"
         "parser.parse(('end' + name,))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("named after the tag, unpacked with a star",
         "name, *rest = token.split_contents()\nparser.parse(('end%s' % name,))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("named after the tag, popped",
         "bits = token.split_contents()\nname = "
         "bits.pop(0)\nparser.parse(['end{}'.format(name)])\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("named after the tag, its contents", "parser.parse(('end' + token.contents,))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("named after the tag, split once",
         "name = token.contents.split(None, 1)[0]\nparser.parse(('end' + name,))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("named after the tag, partition",
         "name, _, rest = token.contents.partition(' ')\nparser.parse(('end' + name,))\nparser.delete_first_token()",
         "block endbox, uncompiled");
    body("a middle that may come once",
         "yes = parser.parse(('else', 'endbox'))\ntoken = parser.next_token()\nif token.contents == 'else':\n"
         "    no = parser.parse(('endbox',))\n    parser.delete_first_token()\nelse:\n    no = None\nreturn Node(yes, "
         "no)",
         "block else>1 endbox | endbox, uncompiled");
    body("a middle by its first word",
         "parser.parse(('else', 'endbox'))\nif parser.next_token().split_contents()[0] == 'else':\n"
         "    parser.parse(('endbox',))\n    parser.delete_first_token()",
         "block else>1 endbox | endbox, uncompiled");
    body("a middle that must come",
         "parser.parse(('then',))\nparser.delete_first_token()\nparser.parse(('endbox',))\n"
         "parser.delete_first_token()",
         "block then>1 | endbox, uncompiled");
    body("middles in a loop",
         "nodes = [parser.parse(('case', 'endbox'))]\ntoken = parser.next_token()\nwhile token.contents != 'endbox':\n"
         "    nodes.append(parser.parse(('case', 'endbox')))\n    token = parser.next_token()\nreturn Node(nodes)",
         "block case>0 endbox, uncompiled");
    body("middles in a loop with break",
         "while True:\n    nodes = parser.parse(('case', 'endbox'))\n    token = parser.next_token()\n"
         "    if token.contents == 'endbox':\n        break\nreturn Node(nodes)",
         "block case>0 endbox, uncompiled");
    body("as if does it",
         "conditions = [(None, parser.parse(('elif', 'else', 'endbox')))]\ntoken = parser.next_token()\n"
         "while token.contents.startswith('elif'):\n    conditions.append(parser.parse(('elif', 'else', 'endbox')))\n"
         "    token = parser.next_token()\nif token.contents == 'else':\n    "
         "conditions.append(parser.parse(('endbox',)))\n"
         "    token = parser.next_token()\nif token.contents != 'endbox':\n    raise template.TemplateSyntaxError()\n"
         "return Node(conditions)",
         "block elif>0 else>1 endbox | endbox, uncompiled");
    body("a stop word in a list",
         "stop = ['endbox']\nstop.append('else')\nparser.parse(stop)\nif parser.next_token().contents in "
         "('else',):\n    parser.parse(('endbox',))\n    parser.next_token()",
         "block endbox else>1 | endbox, uncompiled");
    body("skipped", "parser.skip_past('endbox')\nreturn Node()", "raw endbox, uncompiled");
    body("skipped by hand",
         "text = []\nwhile parser.tokens:\n    token = parser.next_token()\n"
         "    if token.contents == 'endbox':\n        break\n    text.append(token.contents)\nreturn Node(text)",
         "raw endbox, uncompiled");
    body("the rest of the file", "nodes = parser.parse()\nreturn Node(nodes)", "rest, uncompiled");
    body("a body only sometimes",
         "bits = token.split_contents()\nif 'as' in bits:\n    return "
         "Node()\nparser.parse(('endbox',))\nparser.delete_first_token()",
         "unknown");
    body("two closers by its bits",
         "end = 'enda' if 'a' in token.split_contents() else 'endb'\nparser.parse((end,))\nparser.delete_first_token()",
         "block enda endb, uncompiled");
    body("a word that cannot be read", "parser.parse((settings.END,))\nparser.delete_first_token()", "unknown");
    body("passed to what cannot be read", "from nowhere import helper\nreturn helper(parser, token)", "unknown");
    body("passed in a tuple", "from nowhere import helper\nreturn helper((parser, token))", "unknown");
    body("the closer left standing", "return Node(parser.parse(('endbox',)))", "unknown");
    body("its function of another tag", "return parser.tags['if'](parser, token)", "unknown");

    module("a class method",
           "class Box(template.Node):\n    @classmethod\n    def handle(cls, parser, token):\n"
           "        nodes = parser.parse(('endbox',))\n        parser.delete_first_token()\n"
           "        return cls(nodes)\nregister.tag('box', Box.handle)\n",
           "block endbox, uncompiled");
    module("a class method inherited",
           "class Base(template.Node):\n    closer = 'endbase'\n    @classmethod\n"
           "    def handle(cls, parser, token):\n        cls(parser.parse((cls.closer,)))\n"
           "        parser.delete_first_token()\nclass Box(Base):\n    closer = 'endbox'\n"
           "register.tag('box', Box.handle)\n",
           "block endbox, uncompiled");
    module("the constructor of a node",
           "class Box(template.Node):\n    def __init__(self, parser, token):\n"
           "        self.nodes = parser.parse(('empty', 'endbox'))\n"
           "        if parser.next_token().contents == 'empty':\n"
           "            self.empty = parser.parse(('endbox',))\n"
           "            parser.delete_first_token()\n"
           "@register.tag\ndef box(parser, token):\n    return Box(parser, token)\n",
           "block empty>1 endbox | endbox, uncompiled");
    module("the class itself",
           "class Box(template.Node):\n    def __init__(self, parser, token):\n"
           "        parser.parse(('endbox',))\n        parser.delete_first_token()\n"
           "register.tag('box', Box)\n",
           "block endbox, uncompiled");
    module("super",
           "class Base:\n    def __init__(self, parser, token):\n        parser.parse(('endbox',))\n"
           "        parser.delete_first_token()\nclass Box(Base):\n    def __init__(self, parser, token):\n"
           "        super().__init__(parser, token)\nregister.tag('box', lambda p, t: Box(p, t))\n",
           "block endbox, uncompiled");
    module("an instance that is called",
           "class Box:\n    def __init__(self, end):\n        self.end = end\n"
           "    def __call__(self, parser, token):\n        parser.parse((self.end,))\n"
           "        parser.delete_first_token()\nregister.tag('box', Box('endbox'))\n",
           "block endbox, uncompiled");
    module("a helper",
           "def body(parser, name):\n    nodes = parser.parse(('end' + name,))\n    parser.delete_first_token()\n"
           "    return nodes\n@register.tag\ndef box(parser, token):\n"
           "    return Node(body(parser, token.split_contents()[0]))\n",
           "block endbox, uncompiled");
    module("a helper that raises",
           "def check(bits):\n    raise template.TemplateSyntaxError()\n@register.tag\n"
           "def box(parser, token):\n    if 'x' in token.contents:\n        check(token)\n"
           "    parser.parse(('endbox',))\n    parser.delete_first_token()\n",
           "block endbox, uncompiled");
    module("a maker of functions",
           "def maker(end):\n    def compile(parser, token):\n        parser.parse((end,))\n"
           "        parser.delete_first_token()\n    return compile\n"
           "register.tag('box', maker('endbox'))\n",
           "block endbox, uncompiled");
    module("a partial",
           "from functools import partial\ndef compile(end, parser, token):\n    parser.parse((end,))\n"
           "    parser.delete_first_token()\nregister.tag('box', partial(compile, 'endbox'))\n",
           "block endbox, uncompiled");
    module("a wrapper",
           "from functools import wraps\ndef logged(f):\n    @wraps(f)\n    def inner(*args, **kwargs):\n"
           "        return f(*args, **kwargs)\n    return inner\n@register.tag\n@logged\n"
           "def box(parser, token):\n    parser.parse(('endbox',))\n    parser.delete_first_token()\n",
           "block endbox, uncompiled");
    module("a wrapper that cannot be read",
           "from nowhere import logged\n@register.tag\n@logged\n"
           "def box(parser, token): pass\n",
           "unknown");
    module("constants of the module",
           "ELSE = 'else'\nEND = 'endbox'\nSTOPS = (ELSE, END)\n@register.tag\n"
           "def box(parser, token):\n    parser.parse(STOPS)\n"
           "    if parser.next_token().contents == ELSE:\n        parser.parse((END,))\n"
           "        parser.delete_first_token()\n",
           "block else>1 endbox | endbox, uncompiled");
    module("two names, one function",
           "def compile(parser, token):\n    name = token.contents.split()[0]\n"
           "    parser.parse(('end' + name,))\n    parser.delete_first_token()\n"
           "register.tag('crate', compile)\nregister.tag('box', compile)\n",
           "block endbox, uncompiled");
    module("simple_tag", "@register.simple_tag\ndef box(): pass\n", "none, simple");
    module("inclusion_tag", "@register.inclusion_tag('a.html')\ndef box(): pass\n", "none, inclusion");
    module("simple_block_tag", "@register.simple_block_tag\ndef box(content): pass\n", "block endbox, simple");
    module("simple_block_tag with its own end",
           "@register.simple_block_tag(end_name='xobdne')\ndef box(content): pass\n", "block xobdne, simple");
    module("a function of another module", "from shop.nodes import compile\nregister.tag('box', compile)\n",
           "block endbox, uncompiled");
    module("a class of another module", "from shop import nodes\nregister.tag('box', nodes.Box.handle)\n",
           "block endbox, uncompiled");
}

void TestTagShape::followsTheParser()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shape);

    TestProject project({{shapesPath, text.toStdString()},
                         {"shop/__init__.py", ""},
                         {"shop/nodes.py",
                          "class Box:\n    @classmethod\n    def handle(cls, parser, token):\n"
                          "        parser.parse(('endbox',))\n        parser.delete_first_token()\n"
                          "def compile(parser, token):\n    return Box.handle(parser, token)\n"}});
    const project::TagLibrary library = project.library(shapesPath);
    const project::TagFact *tag = library.tag("box");
    QVERIFY(tag);
    QCOMPARE(shapeText(tag->shape), shape.toStdString());
}

void TestTagShape::givesUpOnOneTagOnly()
{
    TestProject project({{shapesPath,
                          "from django import template\nfrom nowhere import helper\nregister = template.Library()\n"
                          "@register.tag\ndef a(parser, token): return helper(parser)\n"
                          "@register.tag\ndef b(parser, token): return None\n"}});
    const project::TagLibrary library = project.library(shapesPath);
    QCOMPARE(shapeText(library.tag("a")->shape), "unknown");
    QCOMPARE(shapeText(library.tag("b")->shape), "none, uncompiled");
    QCOMPARE(reasons(library.open), std::string());
}

// Thirty conditions would make a thousand million paths.
void TestTagShape::endsOnFunctionsWithManyPaths()
{
    QByteArray body;
    for (int i = 0; i < 30; ++i)
        body += "if x" + QByteArray::number(i) + ":\n    return parser.compile_filter('y')\n";
    QByteArray branches;
    for (int i = 0; i < 30; ++i)
        branches += "if x" + QByteArray::number(i) + ":\n    parser.compile_filter('y')\n";
    TestProject project(
        {{shapesPath, (withBody(body)).toStdString()}, {"b/templatetags/b.py", withBody(branches).toStdString()}});
    QCOMPARE(shapeText(project.library(shapesPath).tag("box")->shape), "none");
    QCOMPARE(shapeText(project.library("b/templatetags/b.py").tag("box")->shape), "none");
}

NUAGES_TEST(TestTagShape)
#include "tst_tagshape.moc"
