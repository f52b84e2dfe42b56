#include "tests/editors/editor.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTest>

#include <map>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

/// What another program does to the disk while a page of each project is open, and the findings in them from then on,
/// by line.
struct Step {
    const char *name;
    const char *command; ///< Of the shell, in the home of the editor.
    QStringList one;
    QStringList two;
};

const QString noNote = u"No template is called 'parts/note.html'"_s;
const QString noTotal = u"No tag is called 'total'"_s;

/// At first the one project lacks what the other has, so that none may know of the other's.
std::vector<Step> steps()
{
    return {
        {"at first", "true", {noNote}, {noTotal}},
        {"a file is created", "mkdir one/templates/parts && echo note >one/templates/parts/note.html", {}, {noTotal}},
        {"a file of the other project is deleted", "rm two/templates/parts/note.html", {}, {noNote, noTotal}},
        {"a tag is added to a library, in place",
         R"(printf '\n@register.simple_tag\ndef total():\n    return 1\n' >>two/shop/templatetags/prices.py)",
         {},
         {noNote}},
        {"a folder is renamed", "mv one/templates/parts one/templates/pieces", {noNote}, {noNote}},
        {"a file is renamed", "mv two/templates/draft.html two/templates/parts/note.html", {noNote}, {}},
        {"a library is replaced by one without the tag",
         "cp two/shop/templatetags/empty.txt new && mv new two/shop/templatetags/prices.py",
         {noNote},
         {noTotal}},
        {"a folder is renamed back", "mv one/templates/pieces one/templates/parts", {}, {noTotal}},
        {"a file is deleted", "rm one/templates/parts/note.html", {noNote}, {noTotal}},
    };
}

QMap<QString, QByteArray> projectAt(const QString &folder)
{
    return {
        {folder + u"/manage.py"_s, "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config')\n"},
        {folder + u"/config.py"_s,
         "from pathlib import Path\n"
         "INSTALLED_APPS = ['shop']\n"
         "BACKEND = 'django.template.backends.django.DjangoTemplates'\n"
         "TEMPLATES = [{'BACKEND': BACKEND, 'DIRS': [Path(__file__).parent / 'templates'], 'APP_DIRS': True}]\n"},
        {folder + u"/shop/__init__.py"_s, ""},
        {folder + u"/shop/templatetags/__init__.py"_s, ""},
        {folder + u"/templates/page.html"_s, "{% load prices %}\n{% include 'parts/note.html' %}\n{% total %}\n"},
    };
}

QMap<QString, QByteArray> files()
{
    const QByteArray library = "from django import template\n\nregister = template.Library()\n";
    QMap<QString, QByteArray> all = projectAt(u"one"_s);
    all.insert(projectAt(u"two"_s));
    all[u"one/shop/templatetags/prices.py"_s] = library + "\n@register.simple_tag\ndef total():\n    return 1\n";
    all[u"two/shop/templatetags/prices.py"_s] = library;
    all[u"two/shop/templatetags/empty.txt"_s] = library;
    all[u"two/templates/parts/note.html"_s] = "note\n";
    all[u"two/templates/draft.html"_s] = "draft\n";
    QJsonArray played;
    for (const Step &step : steps()) {
        played << QJsonObject{{u"command"_s, QString::fromUtf8(step.command)},
                              {u"one"_s, QJsonArray::fromStringList(step.one)},
                              {u"two"_s, QJsonArray::fromStringList(step.two)}};
    }
    all[u"steps.json"_s] = QJsonDocument(played).toJson();
    return all;
}

/// As Emacs shows them with the rule in front.
QStringList withoutRules(const QJsonValue &messages)
{
    QStringList all;
    for (const QJsonValue &message : messages.toArray())
        all << message.toString().section(u": "_s, -1);
    return all;
}

} // namespace

/// An editor with a page of each of two projects open, while another program changes both on the disk. Nothing is done
/// in the editor meanwhile.
class TestTwoProjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();

    void playsItsScriptToTheEnd();
    void oneServerServesBoth();
    void showsWhatTheDiskHolds_data();
    void showsWhatTheDiskHolds();

private:
    std::map<QString, std::unique_ptr<Editor>> m_played;
    const Editor *m_editor = nullptr; ///< Of the row.
};

void TestTwoProjects::initTestCase_data()
{
    QTest::addColumn<Start>("start");
    const QString scripts = u"" NUAGES_SOURCE_FOLDER "/tests/editors/"_s;

    QTest::newRow("neovim") << Start{u"nvim"_s,
                                     {u"--headless"_s, u"PAGE"_s, u"-S"_s, scripts + u"twoprojects.lua"_s},
                                     u"neovim.lua"_s,
                                     u".config/nvim/init.lua"_s,
                                     files()};
    QTest::newRow("emacs") << Start{
        u"emacs"_s,
        {u"-Q"_s, u"--batch"_s, u"-l"_s, u"HOME/.emacs.d/init.el"_s, u"-l"_s, scripts + u"twoprojects.el"_s},
        u"emacs.el"_s,
        u".emacs.d/init.el"_s,
        files()};
}

void TestTwoProjects::init()
{
    QFETCH_GLOBAL(Start, start);
    if (QStandardPaths::findExecutable(start.program).isEmpty())
        QSKIP(qPrintable(start.program + u" is not installed"_s));
    std::unique_ptr<Editor> &played = m_played[start.program];
    if (!played)
        played = std::make_unique<Editor>(start, u"one/templates/page.html"_s);
    m_editor = played.get();
}

void TestTwoProjects::playsItsScriptToTheEnd() { QVERIFY2(m_editor->fault().isEmpty(), qPrintable(m_editor->fault())); }

void TestTwoProjects::oneServerServesBoth()
{
    QCOMPARE(m_editor->serverCount(), 1);
    QCOMPARE(m_editor->serverExit(), u"0"_s);
}

void TestTwoProjects::showsWhatTheDiskHolds_data()
{
    QTest::addColumn<int>("number");
    int number = 0;
    for (const Step &step : steps())
        QTest::newRow(step.name) << number++;
}

void TestTwoProjects::showsWhatTheDiskHolds()
{
    QFETCH(int, number);
    const Step step = steps().at(number);
    const QJsonValue seen = m_editor->saw("steps").toArray().at(number);
    QVERIFY2(seen.isObject(), "the step was not played");
    QCOMPARE(withoutRules(seen[u"one"_s]), step.one);
    QCOMPARE(withoutRules(seen[u"two"_s]), step.two);
}

} // namespace nuages::tests

using nuages::tests::TestTwoProjects;
NUAGES_TEST(TestTwoProjects)
#include "tst_twoprojects.moc"
