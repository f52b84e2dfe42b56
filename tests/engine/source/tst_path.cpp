#include "engine/source/path.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <filesystem>
#include <random>
#include <string>

using namespace nuages::source;

class TestPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPathHasOneName_data();
    void aPathHasOneName();
    void agreesWithTheStandardLibraryOnRandomPaths();
    void theRootIsItsOwnParent();
};

void TestPath::aPathHasOneName_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("normal");

    QTest::newRow("plain") << QByteArray("/a/b.html") << QByteArray("/a/b.html");
    QTest::newRow("root") << QByteArray("/") << QByteArray("/");
    QTest::newRow("slash at the end") << QByteArray("/a/b/") << QByteArray("/a/b");
    QTest::newRow("double slash") << QByteArray("//a//b") << QByteArray("/a/b");
    QTest::newRow("dots") << QByteArray("/a/./b/../c") << QByteArray("/a/c");
    QTest::newRow("above the root") << QByteArray("/../../a") << QByteArray("/a");
    QTest::newRow("names that only begin with dots") << QByteArray("/..a/.b/...") << QByteArray("/..a/.b/...");
}

void TestPath::aPathHasOneName()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, normal);
    QCOMPARE(QByteArray::fromStdString(normalPath(path.toStdString())), normal);
    QCOMPARE(isNormal(path.toStdString()), path == normal);
    QVERIFY(isNormal(normal.toStdString()));
}

void TestPath::agreesWithTheStandardLibraryOnRandomPaths()
{
    const std::string parts[] = {"/", "/", ".", "..", "a", "b.html"};
    std::mt19937 random(20261124);
    for (int round = 0; round < 2000; ++round) {
        std::string path = "/a"; // the library gives several slashes at the front a meaning, POSIX leaves it open
        for (auto left = random() % 12; left > 0; --left)
            path += parts[random() % std::size(parts)];
        std::string clean = std::filesystem::path(path).lexically_normal().string();
        if (clean.size() > 1 && clean.ends_with('/'))
            clean.pop_back();
        QCOMPARE(normalPath(path), clean);
        QCOMPARE(isNormal(path), path == clean);
    }
}

void TestPath::theRootIsItsOwnParent()
{
    QCOMPARE(parentPath("/a/b"), std::string_view("/a"));
    QCOMPARE(parentPath("/a"), std::string_view("/"));
    QCOMPARE(parentPath("/"), std::string_view("/"));
}

NUAGES_TEST(TestPath)
#include "tst_path.moc"
