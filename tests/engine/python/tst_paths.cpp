#include "engine/python/paths.h"
#include "tests/engine/python/python3.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>

using namespace nuages::python;
using namespace nuages::tests;

class TestPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithPython();
};

void TestPaths::agreeWithPython()
{
    std::mt19937 random(20261124);
    const std::string letters = "ab../";
    QStringList inputs;
    for (int i = 0; i < 1000; ++i) {
        std::string pair;
        for (auto length = random() % 12; length > 0; --length)
            pair.push_back(letters[random() % letters.size()]);
        // Two slashes in front are a root of their own for POSIX; nobody writes them.
        while (pair.starts_with("//"))
            pair.erase(0, 1);
        pair += '|';
        for (auto length = random() % 6; length > 0; --length)
            pair.push_back(letters[random() % letters.size()]);
        const std::size_t bar = pair.find('|');
        while (pair.substr(bar + 1).starts_with("//"))
            pair.erase(bar + 1, 1);
        inputs << QString::fromStdString(pair);
    }
    const QStringList expected = python3(R"(
import os.path, pathlib, sys
for line in sys.stdin:
    a, b = line.rstrip('\n').split('|')
    p = pathlib.PurePosixPath(a)
    parent = p.parent
    print(os.path.join(a, b), os.path.normpath(a), p, os.path.dirname(a), parent, os.path.basename(a), p / b, sep='|')
)",
                                         inputs);
    QCOMPARE(expected.size(), inputs.size());
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        const std::string input = inputs[i].toStdString();
        const std::string a = input.substr(0, input.find('|'));
        const std::string b = input.substr(input.find('|') + 1);
        const std::string ours = joinPaths(a, b) + '|' + normalPath(a) + '|' + plainPath(a) + '|' + folderOf(a) + '|'
            + parentOf(a) + '|' + lastOf(a) + '|' + plainPath(joinPaths(plainPath(a), b));
        QVERIFY2(ours == expected[i].toStdString(),
                 (input + "\nours:   " + ours + "\npython: " + expected[i].toStdString()).c_str());
    }
}

NUAGES_TEST(TestPaths)
#include "tst_paths.moc"
