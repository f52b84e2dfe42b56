#include "engine/rules/closename.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

using namespace nuages;

class TestCloseName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheRecursiveDefinition();
    void suggestsOneNameOrNone_data();
    void suggestsOneNameOrNone();
};

// The oracle is the textbook's recursion: slow, and plainly right.
void TestCloseName::agreesWithTheRecursiveDefinition()
{
    const std::function<std::size_t(std::string_view, std::string_view)> oracle = [&](std::string_view a,
                                                                                      std::string_view b) {
        if (a.empty() || b.empty())
            return std::max(a.size(), b.size());
        std::size_t best = std::min({oracle(a.substr(1), b) + 1, oracle(a, b.substr(1)) + 1,
                                     oracle(a.substr(1), b.substr(1)) + (a[0] == b[0] ? 0 : 1)});
        if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0])
            best = std::min(best, oracle(a.substr(2), b.substr(2)) + 1);
        return best;
    };
    std::mt19937 random(20261124);
    const auto word = [&random] {
        std::string text(random() % 6, ' ');
        std::ranges::generate(text, [&random] { return "abc"[random() % 3]; });
        return text;
    };
    for (int round = 0; round < 2000; ++round) {
        const std::string left = word();
        const std::string right = word();
        for (std::size_t limit = 0; limit < 5; ++limit)
            QCOMPARE(rules::editDistance(left, right, limit), std::min(oracle(left, right), limit + 1));
    }
}

void TestCloseName::suggestsOneNameOrNone_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("suggestion");

    QTest::newRow("a doubled letter") << QByteArray("iff") << QByteArray("if");
    QTest::newRow("two neighbours swapped") << QByteArray("incldue") << QByteArray("include");
    QTest::newRow("the closer of two") << QByteArray("endfo") << QByteArray("endfor");
    QTest::newRow("as close to two names") << QByteArray("ix") << QByteArray();
    QTest::newRow("nothing near") << QByteArray("frobnicate") << QByteArray();
}

void TestCloseName::suggestsOneNameOrNone()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, suggestion);
    const std::vector<std::string_view> names = {"if", "in", "include", "endfor", "endif", "if"};
    QCOMPARE(QByteArray::fromStdString(rules::closeName(written.toStdString(), names).value_or("")), suggestion);
}

NUAGES_TEST(TestCloseName)
#include "tst_closename.moc"
