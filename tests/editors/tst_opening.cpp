#include "tests/editors/editor.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;

namespace nuages::tests {

/// What a person opens first: any file of any folder. Which of them the shipped configurations serve.
class TestOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();

    void everyTemplateOfAProjectIsServed_data();
    void everyTemplateOfAProjectIsServed();
    void aFileThatIsNoTemplateIsNotJudged();
    void aMailIsServedInNeovimAlone();
    void noServerIsStartedElsewhere_data();
    void noServerIsStartedElsewhere();
};

void TestOpening::initTestCase_data()
{
    QTest::addColumn<Start>("start");
    const QString scripts = u"" NUAGES_SOURCE_FOLDER "/tests/editors/"_s;
    const QMap<QString, QByteArray> files{
        {u"letters/manage.py"_s, "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config')\n"},
        {u"letters/config.py"_s,
         "from pathlib import Path\n"
         "BACKEND = 'django.template.backends.django.DjangoTemplates'\n"
         "TEMPLATES = [{'BACKEND': BACKEND, 'DIRS': [Path(__file__).parent / 'pages']}]\n"},
    };

    QTest::newRow("neovim") << Start{u"nvim"_s,
                                     {u"--headless"_s, u"PAGE"_s, u"-S"_s, scripts + u"opening.lua"_s},
                                     u"neovim.lua"_s,
                                     u".config/nvim/init.lua"_s,
                                     files};
    QTest::newRow("emacs") << Start{
        u"emacs"_s,
        {u"-Q"_s, u"--batch"_s, u"-l"_s, u"HOME/.emacs.d/init.el"_s, u"-l"_s, scripts + u"opening.el"_s},
        u"emacs.el"_s,
        u".emacs.d/init.el"_s,
        files};
}

void TestOpening::init()
{
    QFETCH_GLOBAL(Start, start);
    if (QStandardPaths::findExecutable(start.program).isEmpty())
        QSKIP(qPrintable(start.program + u" is not installed"_s));
}

void TestOpening::everyTemplateOfAProjectIsServed_data()
{
    QTest::addColumn<QString>("page");

    QTest::newRow("nothing in its first lines tells a template") << u"bookshop/templates/pages/plain.html"_s;
    QTest::newRow("in a folder that is not called templates") << u"letters/pages/plain.html"_s;
    QTest::newRow("a package without manage.py") << u"package/package/templates/package/plain.html"_s;
}

void TestOpening::everyTemplateOfAProjectIsServed()
{
    QFETCH_GLOBAL(Start, start);
    QFETCH(QString, page);
    const Editor editor(start, page, "<p>{% nope %}</p>\n");
    QVERIFY2(editor.fault().isEmpty(), qPrintable(editor.fault()));
    const QJsonArray messages = editor.saw("diagnostics").toArray();
    QCOMPARE(messages.size(), 1);
    QVERIFY(messages.first().toString().endsWith(u"No tag is called 'nope'"));
    QCOMPARE(editor.serverExit(), u"0"_s);
}

// Its folder is none from which Django takes templates; it may be another program's.
void TestOpening::aFileThatIsNoTemplateIsNotJudged()
{
    QFETCH_GLOBAL(Start, start);
    const Editor editor(start, u"bookshop/pages/plain.html"_s, "<p>{% nope %}</p>\n");
    QVERIFY2(editor.fault().isEmpty(), qPrintable(editor.fault()));
    QCOMPARE(editor.saw("served"), QJsonValue(true));
    QCOMPARE(editor.saw("diagnostics"), QJsonValue(QJsonArray()));
}

void TestOpening::aMailIsServedInNeovimAlone()
{
    QFETCH_GLOBAL(Start, start);
    const Editor editor(start, u"bookshop/templates/mail.txt"_s, "{% nope %}\n");
    QVERIFY2(editor.fault().isEmpty(), qPrintable(editor.fault()));
    QCOMPARE(editor.saw("served"), QJsonValue(start.program == u"nvim"));
}

void TestOpening::noServerIsStartedElsewhere_data()
{
    QTest::addColumn<QString>("page");

    QTest::newRow("a file of no project") << u"page.html"_s;
    QTest::newRow("a folder called templates of no project") << u"chart/templates/page.html"_s;
}

void TestOpening::noServerIsStartedElsewhere()
{
    QFETCH_GLOBAL(Start, start);
    QFETCH(QString, page);
    const Editor editor(start, page, "<p>{% nope %}</p>\n");
    QVERIFY2(editor.fault().isEmpty(), qPrintable(editor.fault()));
    QCOMPARE(editor.saw("served"), QJsonValue(false));
    QCOMPARE(editor.serverExit(), QString());
}

} // namespace nuages::tests

using nuages::tests::TestOpening;
NUAGES_TEST(TestOpening)
#include "tst_opening.moc"
