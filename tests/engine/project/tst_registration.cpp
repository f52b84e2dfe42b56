#include "engine/project/libraries/libraries.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

/// Each row is a module with one way to register, and the names Django would find in it.
class TestRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNames_data();
    void findsNames();
    void opensOnlyTheLibraryThatCannotBeRead_data();
    void opensOnlyTheLibraryThatCannotBeRead();
    void aFunctionThatMayBeRenamedOpensItsLibrary_data();
    void aFunctionThatMayBeRenamedOpensItsLibrary();
    void namesTheFunctionAndItsPlace();
    void readsOtherModules_data();
    void readsOtherModules();
    void partsOfALibraryAddToIt();
    void modulesThatCopyFromEachOtherEnd();
    void noBodyIsParsedThatNoCallEnters();
    void aModuleThatIsBeingTypedStaysALibrary_data();
    void aModuleThatIsBeingTypedStaysALibrary();
    void namesAroundAnErrorAreKnown();
};

namespace {

constexpr char head[] = "from django import template\nregister = template.Library()\n";

const std::string &tagsPath()
{
    static const std::string path = "shop/templatetags/shop_tags.py";
    return path;
}

} // namespace

void TestRegistration::findsNames_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<QByteArray>("filters");

    const auto row = [](const char *name, const QByteArray &text, const char *tags, const char *filters) {
        QTest::newRow(name) << head + text << QByteArray(tags) << QByteArray(filters);
    };
    row("tag, bare", "@register.tag\ndef a(parser, token): pass\n", "a", "");
    row("tag, called", "@register.tag()\ndef a(parser, token): pass\n", "a", "");
    row("tag, by name", "@register.tag('b')\ndef a(parser, token): pass\n", "b", "");
    row("tag, by keyword", "@register.tag(name='b')\ndef a(parser, token): pass\n", "b", "");
    row("tag, by call", "def a(parser, token): pass\nregister.tag('b', a)\n", "b", "");
    row("tag, by call with keywords", "def a(p, t): pass\nregister.tag(name='b', compile_function=a)\n", "b", "");
    row("tag, function only", "def a(p, t): pass\nregister.tag(a)\n", "a", "");
    row("tag_function", "def a(p, t): pass\nregister.tag_function(a)\n", "a", "");
    row("tag of a class",
        "class A(template.Node):\n    @classmethod\n    def handle(cls, parser, token): pass\n"
        "register.tag('b', A.handle)\n",
        "b", "");
    row("tag of a lambda", "register.tag('b', lambda parser, token: None)\n", "b", "");
    row("filter, bare", "@register.filter\ndef a(value): pass\n", "", "a");
    row("filter, called", "@register.filter()\ndef a(value): pass\n", "", "a");
    row("filter, with flags", "@register.filter(is_safe=True)\ndef a(value): pass\n", "", "a");
    row("filter, by name", "@register.filter('b')\ndef a(value): pass\n", "", "b");
    row("filter, by name with flags", "@register.filter('b', is_safe=True)\ndef a(value): pass\n", "", "b");
    row("filter, by keyword", "@register.filter(name='b', is_safe=True)\ndef a(value): pass\n", "", "b");
    row("filter, by call", "def a(value): pass\nregister.filter('b', a)\n", "", "b");
    row("filter, of Python's own", "register.filter('b', len)\n", "", "b");
    row("filter, function only", "def a(value): pass\nregister.filter(a)\n", "", "a");
    row("filter_function", "def a(value): pass\nregister.filter_function(a)\n", "", "a");
    row("two filters in one", "@register.filter\n@register.filter('b')\ndef a(value): pass\n", "", "a b");
    row("filter behind a decorator",
        "from django.template.defaultfilters import stringfilter\n"
        "@register.filter\n@stringfilter\ndef a(value): pass\n",
        "", "a");
    row("simple_tag, bare", "@register.simple_tag\ndef a(): pass\n", "a", "");
    row("simple_tag, called", "@register.simple_tag(takes_context=True)\ndef a(context): pass\n", "a", "");
    row("simple_tag, by name", "@register.simple_tag(name='b')\ndef a(): pass\n", "b", "");
    row("simple_tag, by call", "def a(): pass\nregister.simple_tag(a, name='b')\n", "b", "");
    row("simple_tag, by call in order", "def a(): pass\nregister.simple_tag(a, False, 'b')\n", "b", "");
    row("simple_tag of a partial",
        "from functools import partial\ndef a(x): pass\n"
        "register.simple_tag(partial(a, 1), name='b')\n",
        "b", "");
    row("assignment_tag", "@register.assignment_tag\ndef a(): pass\n", "a", "");
    row("inclusion_tag", "@register.inclusion_tag('a.html')\ndef a(): pass\n", "a", "");
    row("inclusion_tag, by name", "@register.inclusion_tag('a.html', name='b')\ndef a(): pass\n", "b", "");
    row("inclusion_tag, by call", "def a(): pass\nregister.inclusion_tag('a.html', name='b')(a)\n", "b", "");
    row("simple_block_tag", "@register.simple_block_tag\ndef a(content): pass\n", "a", "");
    row("simple_block_tag, named", "@register.simple_block_tag(name='b', end_name='c')\ndef a(content): pass\n", "b",
        "");
    row("name in a constant", "NAME = 'b'\n@register.tag(NAME)\ndef a(parser, token): pass\n", "b", "");
    row("name put together",
        "P = 'x_'\nregister.filter(P + 'a', len)\nregister.filter(f'{P}b', len)\n"
        "register.filter('%sc' % P, len)\nregister.filter('{}d'.format(P), len)\n",
        "", "x_a x_b x_c x_d");
    row("loop over names", "for name in ('a', 'b'):\n    register.filter(name, len)\n", "", "a b");
    row("loop over functions", "def a(v): pass\ndef b(v): pass\nfor f in [a, b]:\n    register.filter(f)\n", "", "a b");
    row("loop over pairs", "for name, f in (('a', len), ('b', str)):\n    register.filter(name, f)\n", "", "a b");
    row("loop over a dictionary", "for name, f in {'a': len, 'b': str}.items():\n    register.filter(name, f)\n", "",
        "a b");
    row("comprehension", "[register.filter(n, len) for n in ['a', 'b']]\n", "", "a b");
    row("table by name", "register.tags['a'] = lambda p, t: 1\nregister.filters['b'] = len\n", "a", "b");
    row("table updated", "register.filters.update({'a': len}, b=len)\n", "", "a b");
    row("taken out again", "register.filter('a', len)\nregister.filter('b', len)\ndel register.filters['a']\n", "",
        "b");
    row("a branch", "if SOMETHING:\n    register.filter('a', len)\nelse:\n    register.filter('b', len)\n", "", "a b");
    row("a version", "import django\nif django.VERSION >= (4, 0):\n    register.filter('a', len)\n", "", "a");
    row("a failed import",
        "try:\n    import nowhere\n    register.filter('a', len)\nexcept ImportError:\n"
        "    register.filter('b', len)\n",
        "", "b");
    row("in a with", "with something():\n    register.filter('a', len)\n", "", "a");
    row("another name", "lib = register\nlib.filter('a', len)\n", "", "a");
    row("its method by another name", "add = register.filter\nadd('a', len)\n@add\ndef b(v): pass\n", "", "a b");
    row("a function of the module", "def add_all(library):\n    library.filter('a', len)\nadd_all(register)\n", "",
        "a");
    row("a function with a loop",
        "def add(*names):\n    for name in names:\n        register.filter(name, len)\nadd('a', 'b')\n", "", "a b");
    row("a decorator of the module",
        "def mine(function):\n    register.simple_tag(function)\n    return function\n"
        "@mine\ndef a(): pass\n",
        "a", "");
    row("a decorator with arguments",
        "def mine(name):\n    def inner(function):\n"
        "        return register.filter(name, function)\n    return inner\n"
        "@mine('b')\ndef a(v): pass\n",
        "", "b");
    row("a decorator that wraps",
        "from functools import wraps\ndef mine(f):\n    @wraps(f)\n    def inner(*a):\n"
        "        return f(*a)\n    return inner\n@register.filter\n@mine\ndef a(v): pass\n",
        "", "a");
    row("a decorator that copies what functools.wraps would",
        "import functools\ndef mine(f):\n    def inner(*a):\n        return f(*a)\n"
        "    for each in functools.WRAPPER_ASSIGNMENTS:\n        setattr(inner, each, getattr(f, each))\n"
        "    return inner\n@register.filter\n@mine\ndef a(v): pass\n",
        "", "a");
    row("a decorator that copies as functools.wraps does",
        "from functools import WRAPPER_ASSIGNMENTS as NAMES\ndef mine(f):\n    def inner(*a): pass\n"
        "    for each in NAMES:\n        try:\n            value = getattr(f, each)\n"
        "        except AttributeError:\n            pass\n        else:\n            setattr(inner, each, value)\n"
        "    return inner\n@register.simple_tag\n@mine\ndef a(): pass\n",
        "a", "");
    row("a decorator that hides the name",
        "def mine(f):\n    def inner(*a):\n        return f(*a)\n    return inner\n"
        "@register.filter\n@mine\ndef a(v): pass\n",
        "", "inner");
    row("a decorator that cannot be read", "from nowhere import mine\n@register.filter\n@mine\ndef a(v): pass\n", "",
        "a");
    row("a class of Library",
        "class Mine(template.Library):\n    def my_tag(self, f):\n        self.tag(f.__name__, f)\n"
        "        return f\nregister = Mine()\n@register.my_tag\ndef a(p, t): pass\n"
        "@register.filter\ndef b(v): pass\n",
        "a", "b");
    row("two libraries", "other = template.Library()\nother.filter('a', len)\nregister.filter('b', len)\n", "", "b");
    row("functions of Python", "import html\nregister.filter(len)\nregister.filter(html.unescape)\n", "",
        "len unescape");
    row("names in order",
        "names = sorted(['c', 'a', 'b'])\nregister.filter(names[0], len)\nfirst, *rest = sorted({'z', 'y'}, "
        "reverse=True)\n"
        "register.filter(first, len)\nrest = ['k', 'm']\nrest.reverse()\nregister.filter(rest[0], len)\nrest.sort()\n"
        "register.filter('n' + rest[0], len)\n",
        "", "a m nk z");
    row("getattr", "getattr(register, 'filter')('a', len)\n", "", "a");
    row("a static method", "class A:\n    @staticmethod\n    def b(v): pass\nregister.filter('b', A.b)\n", "", "b");
    row("an instance", "class A:\n    def __call__(self, parser, token): pass\nregister.tag('a', A())\n", "a", "");
    row("overwritten", "register.filter('a', len)\nregister.filter('a', str)\n", "", "a");
    row("in a string only", "\"\"\"register.filter('a', len)\"\"\"\n# register.filter('b', len)\n", "", "");
}

void TestRegistration::findsNames()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, tags);
    QFETCH(QByteArray, filters);

    TestProject project({{tagsPath(), text.toStdString()}});
    const project::TagLibrary library = project.library(tagsPath());
    QCOMPARE(tagNames(library), tags.toStdString());
    QCOMPARE(filterNames(library), filters.toStdString());
    QCOMPARE(reasons(library.open), std::string());
    QVERIFY(library.exportsRegister);
}

void TestRegistration::opensOnlyTheLibraryThatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("open");

    const auto row = [](const char *name, const QByteArray &text, const char *open) {
        QTest::newRow(name) << head + text + "register.filter('seen', len)\n" << QByteArray(open);
    };
    row("a name of the environment", "import os\nregister.filter(os.environ['X'], len)\n",
        "4: the name of what is registered here cannot be read");
    row("names of a module", "import nowhere\nfor n in dir(nowhere):\n    register.filter(n, len)\n",
        "5: the name of what is registered here cannot be read");
    row("a name of a list in an order that cannot be read",
        "names = sorted(['b', 'a'], key=hash)\nregister.filter(names[0], len)\n",
        "4: the name of what is registered here cannot be read");
    row("a name of a list without order", "first, second = {'b', 'a'}\nregister.filter(first, len)\n",
        "4: the name of what is registered here cannot be read");
    row("a name of what is left of a list",
        "import nowhere\nnames = [n for n in ('a', 'b') if n in nowhere.NAMES or n == 'b']\n"
        "register.filter(names[0], len)\n",
        "5: the name of what is registered here cannot be read");
    row("a name of a list behind another",
        "import nowhere\nnames = [*nowhere.NAMES, 'a']\nregister.filter(names[0], len)\n",
        "5: the name of what is registered here cannot be read");
    row("text that is run", "exec('@register.filter\\ndef a(v): return v')\n",
        "3: text that is run here may register anything");
    row("text that is run in a function", "def add(text):\n    eval(text)\nadd('register.filter(len)')\n",
        "4: text that is run here may register anything");
    row("text that is run with the library", "exec('r.filter(len)', {'r': register})\n",
        "3: text that is run here may register anything; 3: the library is passed to exec");
    row("a function that cannot be read", "import nowhere\nregister.filter(nowhere.make())\n",
        "4: the name of what is registered here cannot be read");
    row("a function of a module that is not there", "from nowhere import f\nregister.filter(f)\n",
        "4: the function registered here may have another name");
    row("a class that cannot be read", "import nowhere\nclass A(metaclass=nowhere.M): pass\nregister.tag(A)\n",
        "5: the name of what is registered here cannot be read");
    row("passed on", "from nowhere import add_all\nadd_all(register)\n", "4: the library is passed to nowhere.add_all");
    row("its table passed on", "from nowhere import add_all\nadd_all(register.filters)\n",
        "4: the library is passed to nowhere.add_all");
    row("updated from elsewhere", "from nowhere import table\nregister.filters.update(table)\n",
        "4: the names registered here cannot be read");
    row("an unknown method", "@register.render_tag\ndef a(): pass\n",
        "3: the library's method render_tag cannot be read");
}

void TestRegistration::opensOnlyTheLibraryThatCannotBeRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, open);

    TestProject project({{tagsPath(), text.toStdString()}});
    const project::TagLibrary library = project.library(tagsPath());
    QCOMPARE(reasons(library.open), open.toStdString());
    QVERIFY(library.filter("seen"));
}

// The name of the function that is decorated is the best guess, and by no means sure.
void TestRegistration::aFunctionThatMayBeRenamedOpensItsLibrary_data()
{
    QTest::addColumn<QByteArray>("decorator"); // the lines of `mine` from the third line of the file on
    QTest::addColumn<QByteArray>("use");
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<QByteArray>("open");

    const QByteArray use = "@register.simple_tag\n@mine\ndef a(): pass\n";
    const auto renamed = [](int line) {
        return QByteArray::number(line) + ": the function registered here may have another name";
    };
    QTest::newRow("attributes of names that cannot be read")
        << QByteArray("def mine(f):\n    def inner(): pass\n    for each in dir(f):\n"
                      "        setattr(inner, each, getattr(f, each))\n    return inner\n")
        << use << QByteArray("a") << renamed(8);
    QTest::newRow("a name that cannot be read") << QByteArray("import nowhere\ndef mine(f):\n    def inner(): pass\n"
                                                              "    inner.__name__ = nowhere.name_of(f)\n"
                                                              "    return inner\n")
                                                << use << QByteArray("a") << renamed(8);
    QTest::newRow("copied by what cannot be read")
        << QByteArray("from nowhere import copy\ndef mine(f):\n    def inner(): pass\n    copy(f, inner)\n"
                      "    return inner\n")
        << use << QByteArray("a") << renamed(8);
    QTest::newRow("wrapped by what cannot be read")
        << QByteArray("from nowhere import keep\ndef mine(f):\n    @keep(f)\n    def inner(): pass\n"
                      "    return inner\n")
        << use << QByteArray("a") << renamed(8);
    QTest::newRow("wraps what cannot be read")
        << QByteArray("import functools, nowhere\n@functools.wraps(nowhere.f)\ndef b(): pass\n")
        << QByteArray("register.tag(b)\n") << QByteArray("f") << renamed(6);
    QTest::newRow("renamed twice, the second time readably")
        << QByteArray("import functools, nowhere\n@functools.wraps(nowhere.f)\ndef b(): pass\nb.__name__ = 'c'\n")
        << QByteArray("register.tag(b)\n") << QByteArray("c") << QByteArray();
    QTest::newRow("its name computed with") << QByteArray("import functools, nowhere\n@functools.wraps(nowhere.f)\n"
                                                          "def b(): pass\n")
                                            << QByteArray("register.tag('do_' + b.__name__, b)\n") << QByteArray()
                                            << QByteArray("6: the name of what is registered here cannot be read");
    QTest::newRow("a class") << QByteArray("class B: pass\nfor each in dir(len):\n    setattr(B, each, 1)\n")
                             << QByteArray("register.tag(B)\n") << QByteArray()
                             << QByteArray("6: the name of what is registered here cannot be read");
    QTest::newRow("registered by a name of its own")
        << QByteArray("def mine(f):\n    def inner(): pass\n    for each in dir(f):\n"
                      "        setattr(inner, each, getattr(f, each))\n    return inner\n")
        << QByteArray("@register.simple_tag(name='b')\n@mine\ndef a(): pass\n") << QByteArray("b") << QByteArray();
    QTest::newRow("an attribute of another kind")
        << QByteArray("import nowhere\ndef mine(f):\n    f.is_safe = nowhere.safe\n    setattr(f, 'x', nowhere.x)\n"
                      "    nowhere.keep(f)\n    return f\n")
        << use << QByteArray("a") << QByteArray();
}

void TestRegistration::aFunctionThatMayBeRenamedOpensItsLibrary()
{
    QFETCH(QByteArray, decorator);
    QFETCH(QByteArray, use);
    QFETCH(QByteArray, tags);
    QFETCH(QByteArray, open);

    TestProject project({{tagsPath(), (head + decorator + use).toStdString()}});
    const project::TagLibrary library = project.library(tagsPath());
    QCOMPARE(tagNames(library), tags.toStdString());
    QCOMPARE(reasons(library.open), open.toStdString());
}

void TestRegistration::namesTheFunctionAndItsPlace()
{
    TestProject project({{tagsPath(), std::string(head) + "@register.filter('b')\ndef a(value):\n    return value\n"},
                         {"shop/nodes.py", "def do_c(parser, token): pass\n"}});
    project.edit(tagsPath(),
                 std::string(head)
                     + "from shop.nodes import do_c\n@register.filter('b')\ndef a(value): pass\n"
                       "register.tag('c', do_c)\n");
    const project::TagLibrary library = project.library(tagsPath());
    QVERIFY(library.filter("b"));
    QCOMPARE(library.filter("b")->function, "a");
    QCOMPARE(library.filter("b")->module, "shop.templatetags.shop_tags");
    QVERIFY(library.tag("c"));
    QCOMPARE(library.tag("c")->function, "do_c");
    QCOMPARE(library.tag("c")->module, "shop.nodes");

    query::Reader db(project.engine.ticket());
    const auto &places = db.get<project::TagLibraryPlaces>(project.project, source::fileAt(db, "/p/" + tagsPath()));
    QCOMPARE(places.size(), std::size_t(2));
    QCOMPARE(places[0].path, "/p/shop/nodes.py");
    QCOMPARE(places[0].line, 1U);
    QCOMPARE(places[1].path, "/p/" + tagsPath());
    QCOMPARE(places[1].line, 5U);
}

void TestRegistration::readsOtherModules_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<QByteArray>("filters");

    const auto row = [](const char *name, const QByteArray &text, const char *tags, const char *filters) {
        QTest::newRow(name) << text << QByteArray(tags) << QByteArray(filters);
    };
    row("its register", "from shop.templatetags.other import register\n", "t", "f g");
    row("its register, relative", "from .other import register\n", "t", "f g");
    row("its register, and more", "from .other import register\nregister.filter('a', len)\n", "t", "a f g");
    row("its register by another name", "from .other import register as register\n", "t", "f g");
    row("everything of it", "from .other import *\n", "t", "f g");
    row("everything of it, later",
        head + QByteArray("register.filter('a', len)\nfrom .other import *\nregister.filter('b', len)\n"), "t",
        "b f g");
    row("everything of it, earlier", "from .other import *\n" + QByteArray(head) + "register.filter('a', len)\n", "",
        "a");
    row("its module", "from . import other\nregister = other.register\n", "t", "f g");
    row("its module, whole", "import shop.templatetags.other\nregister = shop.templatetags.other.register\n", "t",
        "f g");
    row("its table", head + QByteArray("from . import other\nregister.filters.update(other.register.filters)\n"), "",
        "f g");
    row("both tables",
        head
            + QByteArray("from .other import register as r\nregister.tags.update(r.tags)\n"
                         "register.filters = r.filters\n"),
        "t", "f g");
    row("tables merged",
        head + QByteArray("from .other import register as r\nregister.filters = {**r.filters, 'a': len}\n"), "",
        "a f g");
    row("one of its names", head + QByteArray("from .other import register as r\nregister.tags['u'] = r.tags['t']\n"),
        "u", "");
    row("its table in a loop",
        head
            + QByteArray("from .other import register as r\nfor n, f in r.filters.items():\n"
                         "    register.filter('x' + n, f)\n"),
        "", "xf xg");
    row("its function", head + QByteArray("from .other import f\nregister.filter(f)\n"), "", "f");
    row("its function by a helper", head + QByteArray("from .other import add\nadd(register, 'a')\n"), "", "a");
    row("through a third", "from shop.third import register\n", "t", "f g h");
}

void TestRegistration::readsOtherModules()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, tags);
    QFETCH(QByteArray, filters);

    TestProject project(
        {{tagsPath(), text.toStdString()},
         {"shop/__init__.py", ""},
         {"shop/templatetags/__init__.py", ""},
         {"shop/templatetags/other.py",
          std::string(head)
              + "@register.filter\ndef f(v): pass\n@register.filter\ndef g(v): pass\n"
                "@register.simple_tag\ndef t(): pass\n"
                "def add(library, name):\n    library.filter(name, f)\n"},
         {"shop/third.py", "from shop.templatetags.other import register\nregister.filter('h', len)\n"}});
    const project::TagLibrary library = project.library(tagsPath());
    QCOMPARE(tagNames(library), tags.toStdString());
    QCOMPARE(filterNames(library), filters.toStdString());
    QCOMPARE(reasons(library.open), std::string());
}

// `part` is never loaded by name, but it adds to the register of `shop_tags` when it is imported.
void TestRegistration::partsOfALibraryAddToIt()
{
    TestProject project(
        {{tagsPath(), std::string(head) + "register.filter('a', len)\nfrom shop import part\n"},
         {"shop/__init__.py", ""},
         {"shop/part.py", "from shop.templatetags.shop_tags import register\nregister.filter('b', len)\n"},
         {"shop/templatetags/__init__.py", ""}});
    QCOMPARE(filterNames(project.library(tagsPath())), "a b");
}

void TestRegistration::modulesThatCopyFromEachOtherEnd()
{
    TestProject project({{tagsPath(),
                          std::string(head)
                              + "from . import other\nregister.filter('a', len)\n"
                                "register.filters.update(other.register.filters)\n"},
                         {"shop/templatetags/other.py",
                          std::string(head)
                              + "register.filter('b', len)\nfrom . import shop_tags\n"
                                "register.filters.update(shop_tags.register.filters)\n"}});
    QCOMPARE(filterNames(project.library(tagsPath())), "a b");
    QVERIFY(project.library("shop/templatetags/other.py").filter("b"));
}

// What is installed has large modules, and a library needs a name or two of them.
void TestRegistration::noBodyIsParsedThatNoCallEnters()
{
    TestProject project(
        {{tagsPath(),
          std::string(head)
              + "from shop.names import name_of, shown\n@register.simple_tag(name=name_of())\ndef a():\n"
                "    return shown()\n"},
         {"shop/names.py", "def shown():\n    return 'c'\ndef name_of():\n    return 'b'\n"}});
    project.engine.setWatching(true);
    QCOMPARE(tagNames(project.library(tagsPath())), "b");
    std::string parsed;
    for (const query::Event &event : project.engine.takeEvents()) {
        const std::string query = project.engine.describe(event.key);
        if (query.starts_with("HiddenFunction") || query.starts_with("PythonModule"))
            parsed += query + " ";
    }
    QCOMPARE(parsed, "HiddenFunction(shop/names.py, 1) ");
}

void TestRegistration::aModuleThatIsBeingTypedStaysALibrary_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("open");
    const QByteArray sound = QByteArray(head) + "@register.simple_tag\ndef a(): pass\n";
    const char *tags = "shop/templatetags/shop_tags.py";
    QTest::newRow("half a decorator") << QByteArray(tags) << sound + "@register.\n"
                                      << QByteArray("/p/shop/templatetags/shop_tags.py:5");
    QTest::newRow("half a call") << QByteArray(tags) << sound + "register.filter('more',\n"
                                 << QByteArray("/p/shop/templatetags/shop_tags.py:5");
    QTest::newRow("half a list") << QByteArray(tags) << sound + "x = {'a': [1,\n"
                                 << QByteArray("/p/shop/templatetags/shop_tags.py:5");
    QTest::newRow("half a function") << QByteArray(tags) << sound + "def b(:\n    pass\n"
                                     << QByteArray("/p/shop/templatetags/shop_tags.py:5");
    QTest::newRow("the register itself") << QByteArray("shop/templatetags/shop_tags.py")
                                         << QByteArray("from django import template\nregister = template.(\n")
                                         << QByteArray("/p/shop/templatetags/shop_tags.py:2");
    QTest::newRow("the module whose register it takes") << QByteArray("shop/base.py") << sound + "@register.\n"
                                                        << QByteArray("/p/shop/base.py:5");
}

void TestRegistration::aModuleThatIsBeingTypedStaysALibrary()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, open);
    TestProject project({{"manage.py", manageFile},
                         {"site_settings.py", "INSTALLED_APPS = ['shop']\n"},
                         {"shop/__init__.py", ""},
                         {"shop/templatetags/__init__.py", ""},
                         {"shop/base.py", QByteArray(head).toStdString()},
                         {"shop/templatetags/shop_tags.py", "from shop.base import register\n"}});
    project.disk.write("/p/" + path.toStdString(), text.toStdString());
    QVERIFY(project.ask<project::Libraries>().find("shop_tags"));
    const project::TagLibrary library = project.library(tagsPath());
    QCOMPARE(library.open.size(), std::size_t(1));
    QCOMPARE(library.open.front().file + ":" + std::to_string(library.open.front().line), open.toStdString());
    QCOMPARE(library.open.front().why, std::string("the module has a syntax error"));
}

void TestRegistration::namesAroundAnErrorAreKnown()
{
    TestProject project({{tagsPath(),
                          std::string(head)
                              + "register.filter('a', len)\ndef broken(:\n    pass\n"
                                "register.filter('b', len)\n"}});
    QCOMPARE(filterNames(project.library(tagsPath())), std::string("a b"));
}

NUAGES_TEST(TestRegistration)
#include "tst_registration.moc"
