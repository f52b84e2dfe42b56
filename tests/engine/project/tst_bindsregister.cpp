#include "engine/project/libraries/modules.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace nuages;
using namespace nuages::tests;

class TestBindsRegister : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEveryWayToBindTheName_data();
    void findsEveryWayToBindTheName();
};

void TestBindsRegister::findsEveryWayToBindTheName_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("binds");
    QTest::addColumn<bool>("parsed"); // or told by the words in it

    const auto row = [](const char *name, const char *text, bool binds, bool parsed) {
        QTest::newRow(name) << QByteArray(text) << binds << parsed;
    };
    row("assigned", "register = Library()\n", true, true);
    row("assigned last", "x=1;register=Library()", true, true);
    row("annotated", "register: Library = Library()\n", true, true);
    row("one of two", "a = register = Library()\n", true, true);
    row("in a branch", "try:\n    import a\nexcept ImportError:\n    register = None\n", true, true);
    row("imported", "from a import b, register\n", true, true);
    row("imported on lines", "from a import (  # b\n    b,\n    register,\n)\n", true, true);
    row("imported as", "from a import b as register\n", true, true);
    row("a module imported as", "import a.b as register\n", true, true);
    row("everything imported", "from a import *\n", true, true);
    row("everything imported, close", "from a import*\n", true, true);
    row("everything imported over lines", "from a \\\n    import \\\n    *\n", true, true);
    row("everything imported, Windows", "from a import \\\r\n  *\r\n", true, true);
    row("behind another word", "registered = 1\nregister_all()\nregister = 2\n", true, true);

    row("in a function", "def f():\n    register = 1\n", false, true);
    row("in a class", "class A:\n    register = 1\n", false, true);
    row("in a comment", "# register = 1\n", false, true);
    row("in a text", "x = 'from a import *'\n", false, true);
    row("used", "@register.filter\ndef f(x):\n    return x\n", false, true);
    row("imported from", "from register import a\n", false, true);
    row("other words", "registered = 1\nx_register = 2\nregister2 = 3\n\xc3\xa9register = 4\n", false, false);
    row("a product", "import a\nx = a * 2\nimported = x *2\n", false, false);
    row("empty", "", false, false);
}

void TestBindsRegister::findsEveryWayToBindTheName()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, binds);
    QFETCH(const bool, parsed);

    TestProject project({{"a.py", text.toStdString()}});
    project.engine.setWatching(true);
    {
        query::Reader db(project.engine.ticket());
        QCOMPARE(db.get<project::BindsRegister>(source::fileAt(db, "/p/a.py")), binds);
    }
    const std::vector<query::Event> events = project.engine.takeEvents();
    const bool isParsed = std::ranges::any_of(events, [&](const query::Event &event) {
        return project.engine.describe(event.key).starts_with("ModuleOutline");
    });
    QCOMPARE(isParsed, parsed);
}

NUAGES_TEST(TestBindsRegister)
#include "tst_bindsregister.moc"
