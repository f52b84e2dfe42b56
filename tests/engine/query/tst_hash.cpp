#include "engine/query/keyhash.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

using namespace nuages::query;
using detail::hashKey;

/// What the tables of keys need of a hash: that it sees all of the key, and spreads regular keys.
class TestHash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesEachByteAndTheLength();
    void aViewHashesLikeItsString();
    void seesTheOrderOfTheParts();
    void dependsOnTheSeed();
    void spreadsRegularKeys_data();
    void spreadsRegularKeys();
};

void TestHash::seesEachByteAndTheLength()
{
    for (std::size_t size = 0; size <= 70; ++size) {
        const std::string text(size, 'a');
        std::vector<std::size_t> hashes{seededHash(text), seededHash(text + 'a'), seededHash(text + '\0')};
        for (std::size_t at = 0; at < size; ++at) {
            std::string other = text;
            other[at] = 'b';
            hashes.push_back(seededHash(other));
        }
        std::ranges::sort(hashes);
        QVERIFY2(std::ranges::adjacent_find(hashes) == hashes.end(), std::to_string(size).c_str());
    }
}

void TestHash::aViewHashesLikeItsString()
{
    const std::string text = "templates/shop/page_17.html and more";
    for (std::size_t size = 0; size <= text.size(); ++size)
        QCOMPARE(hashKey(std::tuple<std::string_view, int>(std::string_view(text).substr(0, size), 3)),
                 hashKey(std::tuple<std::string, int>(text.substr(0, size), 3)));
    QCOMPARE(seededHash(std::string_view()), seededHash(std::string()));
}

void TestHash::seesTheOrderOfTheParts()
{
    using Two = std::tuple<std::uint32_t, std::uint32_t>;
    using Three = std::tuple<std::uint32_t, std::string, std::uint32_t>;
    QVERIFY(hashKey(Two(1, 2)) != hashKey(Two(2, 1)));
    QVERIFY(hashKey(Three(1, "a", 2)) != hashKey(Three(2, "a", 1)));
    QVERIFY(hashKey(Three(1, "a", 2)) != hashKey(Three(1, "a", 3)));
    QVERIFY(hashKey(Three(1, "a", 2)) != hashKey(Three(1, "b", 2)));
}

void TestHash::dependsOnTheSeed()
{
    using Two = std::tuple<std::uint32_t, std::uint32_t>;
    const auto hashes = [] { return std::vector{seededHash("index.html"), seededHash(7), hashKey(Two(1, 2))}; };
    const std::uint64_t seed = hashSeed();
    const std::vector<std::size_t> before = hashes();
    setHashSeed(seed + 1);
    const std::vector<std::size_t> after = hashes();
    setHashSeed(seed);
    for (std::size_t at = 0; at < before.size(); ++at)
        QVERIFY(before[at] != after[at]);
}

using HashOf = std::function<std::size_t(std::uint32_t)>;

void TestHash::spreadsRegularKeys_data()
{
    using Two = std::tuple<std::uint32_t, std::uint32_t>;
    using Three = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    QTest::addColumn<HashOf>("hashOf");
    QTest::newRow("a grid") << HashOf([](std::uint32_t i) { return hashKey(Two(i % 256, i / 256)); });
    QTest::newRow("a pair with itself") << HashOf([](std::uint32_t i) { return hashKey(Two(i, i)); });
    QTest::newRow("pairs of one sum") << HashOf([](std::uint32_t i) { return hashKey(Two(i, 65'535 - i)); });
    QTest::newRow("a cube") << HashOf([](std::uint32_t i) { return hashKey(Three(i % 32, i / 32 % 32, i / 1024)); });
    QTest::newRow("paths") << HashOf(
        [](std::uint32_t i) { return seededHash("templates/page_" + std::to_string(i) + ".html"); });
}

// A table keeps the upper half of a hash, and takes its shard from the uppermost four bits. Of 65,536 random halves one
// pair in two runs is equal.
void TestHash::spreadsRegularKeys()
{
    QFETCH(HashOf, hashOf);
    std::vector<std::uint32_t> halves;
    std::vector<int> shards(16);
    for (std::uint32_t i = 0; i < 65'536; ++i) {
        halves.push_back(static_cast<std::uint32_t>(hashOf(i) >> 32));
        ++shards[halves.back() >> 28];
    }
    std::ranges::sort(halves);
    const auto distinct = std::ranges::distance(halves.begin(), std::ranges::unique(halves).begin());
    QVERIFY(distinct >= 65'536 - 8);
    QVERIFY(std::ranges::min(shards) > 3'500);
    QVERIFY(std::ranges::max(shards) < 4'700);
}

NUAGES_TEST(TestHash)
#include "tst_hash.moc"
