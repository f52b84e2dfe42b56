#include "tests/editors/editor.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QStandardPaths>
#include <QTest>

#include <map>
#include <memory>

using namespace Qt::StringLiterals;

namespace nuages::tests {

/// Each editor plays once; each slot judges one step of what it saw.
class TestEditors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();

    void playsItsScriptToTheEnd();
    void showsTheMistake();
    void tellsWhichDjangoIsRead();
    void offersTheTagsOfThePlace();
    void explainsATag();
    void goesToTheBlockOfTheParent();
    void showsNothingOnceTheMistakeIsMended();
    void writesTheRestOfATag();
    void leavesAServerThatEndedWell();

private:
    std::map<QString, std::unique_ptr<Editor>> m_played;
    const Editor *m_editor = nullptr; ///< Of the row.
};

void TestEditors::initTestCase_data()
{
    QTest::addColumn<Start>("start");
    const QString sources = u"" NUAGES_SOURCE_FOLDER ""_s;

    QTest::newRow("neovim") << Start{u"nvim"_s,
                                     {u"--headless"_s, u"PAGE"_s, u"-S"_s, sources + u"/tests/editors/neovim.lua"_s},
                                     u"neovim.lua"_s,
                                     u".config/nvim/init.lua"_s};
    // In batch mode Emacs does not look for its init.el.
    QTest::newRow("emacs") << Start{
        u"emacs"_s,
        {u"-Q"_s, u"--batch"_s, u"-l"_s, u"HOME/.emacs.d/init.el"_s, u"-l"_s, sources + u"/tests/editors/emacs.el"_s},
        u"emacs.el"_s,
        u".emacs.d/init.el"_s};
    QTest::newRow("vscode") << Start{u"node"_s, {sources + u"/tests/editors/vscode.js"_s}, {}, {}};
}

void TestEditors::init()
{
    QFETCH_GLOBAL(Start, start);
    if (QStandardPaths::findExecutable(start.program).isEmpty())
        QSKIP(qPrintable(start.program + u" is not installed"_s));
    if (start.program == u"node" && qEnvironmentVariableIsEmpty("NUAGES_NODE_PACKAGES"))
        QSKIP("NUAGES_NODE_PACKAGES names no folder; ./dev shell test sets it");
    std::unique_ptr<Editor> &played = m_played[start.program];
    if (!played)
        played = std::make_unique<Editor>(start);
    m_editor = played.get();
}

void TestEditors::playsItsScriptToTheEnd() { QVERIFY2(m_editor->fault().isEmpty(), qPrintable(m_editor->fault())); }

void TestEditors::showsTheMistake()
{
    const QJsonArray messages = m_editor->saw("diagnostics").toArray();
    QCOMPARE(messages.size(), 1);
    // Emacs puts the rule in front.
    QVERIFY(messages.first().toString().endsWith(u"The filter 'money' is not loaded here: load 'catalog_tags'"));
}

// The demo has no environment of its own, so a person is told of the system's.
void TestEditors::tellsWhichDjangoIsRead()
{
    QVERIFY(m_editor->saw("told").toString().startsWith(m_editor->project() + u" is read with Django "_s));
}

void TestEditors::offersTheTagsOfThePlace()
{
    const QJsonArray labels = m_editor->saw("completion").toArray();
    QVERIFY(labels.contains(u"for"_s));
    QVERIFY(labels.contains(u"endblock"_s)); // the open tag is a block
    QVERIFY(!labels.contains(u"endfor"_s));
    QVERIFY(!labels.contains(u"floatformat"_s));
}

void TestEditors::explainsATag()
{
    QVERIFY(m_editor->saw("hover").toString().contains(u"Loop over each item in an array."));
}

void TestEditors::goesToTheBlockOfTheParent()
{
    QCOMPARE(m_editor->saw("definition"),
             QJsonValue(m_editor->project() + u"/catalog/templates/catalog/layout.html:3"_s));
}

// The first edit puts letters of two and four bytes before the place of the second, in the middle of the same line.
void TestEditors::showsNothingOnceTheMistakeIsMended() { QCOMPARE(m_editor->saw("edited"), QJsonValue(QJsonArray())); }

void TestEditors::writesTheRestOfATag() { QCOMPARE(m_editor->saw("completed"), QJsonValue(u"{% include %}"_s)); }

void TestEditors::leavesAServerThatEndedWell() { QCOMPARE(m_editor->serverExit(), u"0"_s); }

} // namespace nuages::tests

using nuages::tests::TestEditors;
NUAGES_TEST(TestEditors)
#include "tst_editors.moc"
