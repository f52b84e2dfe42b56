#include "engine/query/edgememory.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <random>
#include <thread>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

using namespace nuages::query;
using namespace nuages::query::detail;

namespace {

/// A block and what was written into all of it.
struct Block {
    DependencyKey *edges;
    std::uint32_t count;
    std::uint32_t mark;
};

Block filled(std::uint32_t count, std::uint32_t mark)
{
    const Block block{takeEdges(count), count, mark};
    std::fill_n(block.edges, count, DependencyKey{mark, count});
    return block;
}

bool isIntact(const Block &block)
{
    return std::all_of(block.edges, block.edges + block.count,
                       [&block](DependencyKey edge) { return edge == DependencyKey{block.mark, block.count}; });
}

/// Takes and gives back at random, so that any two blocks that overlap would be seen. True if none did.
bool playedWell(unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<Block> blocks;
    bool isWell = true;
    for (std::uint32_t step = 0; step < 4000; ++step) {
        if (blocks.size() < 200 || random() % 2 == 0) {
            // Short ones mostly, as with queries, and some that are too long for a chunk.
            const std::uint32_t longest = 1U << (2 + random() % 14);
            blocks.push_back(filled(1 + static_cast<std::uint32_t>(random()) % longest, seed << 16 | step));
        } else {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            isWell = isWell && isIntact(blocks.back());
            giveBackEdges(blocks.back().edges, blocks.back().count);
            blocks.pop_back();
        }
    }
    for (const Block &block : blocks) {
        isWell = isWell && isIntact(block);
        giveBackEdges(block.edges, block.count);
    }
    return isWell;
}

} // namespace

class TestEdgeMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLengthHasRoom();
    void blocksNeverOverlap();
    void threadsShareIt();
    void whatIsGivenBackIsTakenAgain();
    void largeBlocksGiveTheirMemoryBack();
};

void TestEdgeMemory::everyLengthHasRoom()
{
    std::vector<Block> blocks;
    for (std::uint32_t count = 1; count < 600; ++count)
        blocks.push_back(filled(count, count));
    for (std::uint32_t power = 1U << 10; power <= 1U << 15; power *= 2) {
        for (const std::uint32_t count : {power - 1, power, power + 1})
            blocks.push_back(filled(count, count));
    }
    for (const Block &block : blocks) {
        QVERIFY2(isIntact(block), qPrintable(QString::number(block.count)));
        giveBackEdges(block.edges, block.count);
    }
}

void TestEdgeMemory::blocksNeverOverlap() { QVERIFY(playedWell(1)); }

void TestEdgeMemory::threadsShareIt()
{
    std::vector<char> isWell(3);
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < isWell.size(); ++i)
            threads.emplace_back([&isWell, i] { isWell[i] = playedWell(i + 2); });
    }
    QCOMPARE(std::ranges::count(isWell, 1), std::ptrdiff_t(isWell.size()));
}

void TestEdgeMemory::whatIsGivenBackIsTakenAgain()
{
    DependencyKey *const block = takeEdges(100);
    giveBackEdges(block, 100);
    QCOMPARE(takeEdges(98), block); // about as many
    giveBackEdges(block, 98);
}

void TestEdgeMemory::largeBlocksGiveTheirMemoryBack()
{
    constexpr std::uint32_t count = 1U << 12; // eight pages
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const Block block = filled(count, 1);
    const auto residentPages = [&block, page] {
        const auto first = (reinterpret_cast<std::uintptr_t>(block.edges) + page - 1) / page * page;
        std::array<unsigned char, count * sizeof(DependencyKey) / 4096> isResident{};
        mincore(reinterpret_cast<void *>(first), (isResident.size() - 1) * page, isResident.data());
        return std::ranges::count_if(isResident, [](unsigned char each) { return (each & 1) != 0; });
    };
    QCOMPARE(residentPages(), std::ptrdiff_t(7));
    giveBackEdges(block.edges, block.count);
    QVERIFY(residentPages() <= 1);
    const Block again = filled(count, 2);
    QCOMPARE(again.edges, block.edges);
    QVERIFY(isIntact(again));
    giveBackEdges(again.edges, again.count);
}

NUAGES_TEST(TestEdgeMemory)
#include "tst_edgememory.moc"
