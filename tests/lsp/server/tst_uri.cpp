#include "lsp/server/uri.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace nuages::server;
using namespace Qt::StringLiterals;

class TestUri : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileUriGivesItsPath_data();
    void aFileUriGivesItsPath();
    void whatNamesNoFileGivesNone_data();
    void whatNamesNoFileGivesNone();
    void everyByteOfAPathSurvives();
};

void TestUri::aFileUriGivesItsPath_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QByteArray>("path");

    QTest::newRow("plain") << "file:///a/b.html"_ba << "/a/b.html"_ba;
    QTest::newRow("localhost") << "file://localhost/a"_ba << "/a"_ba;
    QTest::newRow("without slashes of a host") << "file:/a"_ba << "/a"_ba;
    QTest::newRow("scheme in capitals") << "FILE:///a"_ba << "/a"_ba;
    QTest::newRow("escaped colon of VS Code") << "file:///c%3A/x"_ba << "/c:/x"_ba;
    QTest::newRow("bare colon") << "file:///c:/x"_ba << "/c:/x"_ba;
    QTest::newRow("escapes in both cases") << "file:///%c3%A9"_ba << "/\xc3\xa9"_ba;
    QTest::newRow("query and fragment") << "file:///a?b#c"_ba << "/a"_ba;
    QTest::newRow("escaped question mark") << "file:///a%3Fb"_ba << "/a?b"_ba;
    QTest::newRow("share of a host") << "file://host/share"_ba << "//host/share"_ba;
}

void TestUri::aFileUriGivesItsPath()
{
    QFETCH(QByteArray, uri);
    QFETCH(QByteArray, path);
    QCOMPARE(pathOfUri(uri.toStdString()), path.toStdString());
}

void TestUri::whatNamesNoFileGivesNone_data()
{
    QTest::addColumn<QByteArray>("uri");

    QTest::newRow("empty") << ""_ba;
    QTest::newRow("no scheme") << "/a/b.html"_ba;
    QTest::newRow("another scheme") << "untitled:Untitled-1"_ba;
    QTest::newRow("no path") << "file://"_ba;
    QTest::newRow("relative") << "file:a"_ba;
    QTest::newRow("no hexadecimal digits") << "file:///%zz"_ba;
    QTest::newRow("a cut escape") << "file:///a%4"_ba;
    QTest::newRow("a lone percent sign") << "file:///a%"_ba;
    QTest::newRow("a sign in the escape") << "file:///a%-1"_ba;
    QTest::newRow("an escaped NUL") << "file:///a%00b"_ba;
}

void TestUri::whatNamesNoFileGivesNone()
{
    QFETCH(QByteArray, uri);
    QVERIFY(!pathOfUri(uri.toStdString()));
}

void TestUri::everyByteOfAPathSurvives()
{
    std::string path = "/";
    for (int byte = 1; byte < 256; ++byte)
        path += static_cast<char>(byte);
    QCOMPARE(pathOfUri(uriOfPath(path)), path);
    QCOMPARE(uriOfPath("/a b/~c.html"), std::string("file:///a%20b/~c.html"));
}

NUAGES_TEST(TestUri)
#include "tst_uri.moc"
