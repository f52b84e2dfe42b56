#include "tests/share/help.h"

#include "tests/support/testmain.h"

#include <QDir>
#include <QTest>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// The man pages say what the programs offer, and nothing that they do not.
class TestManPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachSubcommandHasAPageAndEachPageAProgram();
    void aPageListsTheOptions_data() { helpRows(); }
    void aPageListsTheOptions();
    void aPageListsTheSubcommands_data() { helpRows(); }
    void aPageListsTheSubcommands();
    void aPageHasItsSections_data() { helpRows(); }
    void aPageHasItsSections();
};

namespace {

QString pageOf(const Help &help) { return resource(u"man/%1.1"_s.arg(help.page())); }

} // namespace

void TestManPages::eachSubcommandHasAPageAndEachPageAProgram()
{
    QStringList expected = {u"nuages-inspector.1"_s}; // also where the window is not built
    for (const Help &help : allHelp())
        expected << help.page() + u".1"_s;
    expected.removeDuplicates();
    expected.sort();
    QCOMPARE(QDir(QStringLiteral(NUAGES_RESOURCES "/man")).entryList(QDir::Files, QDir::Name), expected);
}

void TestManPages::aPageListsTheOptions()
{
    QFETCH(Help, help);
    QStringList listed;
    for (const QString &item : captures(pageOf(help), u"^\\.It (Fl .*)$"_s)) {
        for (const QString &name : captures(item, u"Fl (\\S+)"_s))
            listed << u'-' + name;
    }
    listed.sort();
    QCOMPARE(listed, help.optionNames());

    QStringList words = captures(pageOf(help), u"^\\.(?:It )?Cm ([\\w-]+)"_s);
    words.sort();
    QStringList offered;
    for (const QStringList &ofOption : help.options)
        offered << ofOption;
    offered.sort();
    QCOMPARE(words, offered);
}

void TestManPages::aPageListsTheSubcommands()
{
    QFETCH(Help, help);
    QStringList listed = captures(pageOf(help), u"^\\.It Ic (\\w+)$"_s);
    QCOMPARE(listed, help.subcommands);
}

void TestManPages::aPageHasItsSections()
{
    QFETCH(Help, help);
    const QString page = pageOf(help);
    QCOMPARE(captures(page, u"^\\.Dt (\\S+) 1$"_s), QStringList{help.page().toUpper()});
    QCOMPARE(captures(page, u"^\\.Nm (nuages\\S*)$"_s).constFirst(), help.page());
    const QStringList sections = captures(page, u"^\\.Sh (.+)$"_s);
    for (const QString &section : {u"SYNOPSIS"_s, u"DESCRIPTION"_s, u"EXIT STATUS"_s, u"EXAMPLES"_s, u"SEE ALSO"_s})
        QVERIFY2(sections.contains(section), qPrintable(section));
    for (const QString &other : captures(page, u"^\\.Xr (nuages\\S*) 1"_s))
        QVERIFY2(!resource(u"man/%1.1"_s.arg(other)).isEmpty(), qPrintable(other));
}

NUAGES_TEST(TestManPages)
#include "tst_manpages.moc"
