#include "engine/trace/store.h"
#include "engine/trace/wire.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <type_traits>

using namespace nuages;
using namespace nuages::tests;

namespace {

/// Values of every size, their ends included.
class Chance
{
public:
    explicit Chance(std::uint32_t seed) : m_random(seed) { }

    std::size_t below(std::size_t count) { return m_random() % count; }
    bool coin() { return below(2) == 0; }

    template <class T>
    T number()
    {
        switch (below(4)) {
        case 0:
            return std::numeric_limits<T>::max();
        case 1:
            return std::numeric_limits<T>::min();
        default:
            return static_cast<T>(m_random() >> below(std::numeric_limits<std::uint64_t>::digits));
        }
    }

    template <class T>
    T word(T last)
    {
        return static_cast<T>(below(static_cast<std::size_t>(last) + 1));
    }

    std::string text()
    {
        std::string text(below(3) == 0 ? 0 : below(200), '\0');
        std::ranges::generate(text, [this] { return static_cast<char>(m_random()); });
        return text;
    }

private:
    std::mt19937_64 m_random;
};

trace::Execution anyExecution(Chance &chance)
{
    return {.node = chance.number<trace::NodeId>(),
            .revision = chance.number<trace::Revision>(),
            .outcome = chance.word(trace::Outcome::Evicted),
            .reason = chance.word(trace::Reason::DependencyCollected),
            .cause = chance.number<trace::NodeId>(),
            .parent = chance.number<trace::NodeId>(),
            .request = chance.number<trace::RequestId>(),
            .durationNs = chance.number<std::uint64_t>(),
            .selfNs = chance.number<std::uint64_t>(),
            .since = chance.number<trace::Revision>(),
            .sequence = chance.number<std::uint64_t>(),
            .edges = chance.number<std::uint32_t>(),
            .isUntracked = chance.coin(),
            .at = chance.number<trace::Instant>(),
            .thread = chance.number<std::uint32_t>()};
}

trace::Wait anyWait(Chance &chance)
{
    return {.node = chance.number<trace::NodeId>(),
            .waiter = chance.number<trace::NodeId>(),
            .revision = chance.number<trace::Revision>(),
            .isDone = chance.coin(),
            .request = chance.number<trace::RequestId>(),
            .thread = chance.number<std::uint32_t>(),
            .at = chance.number<trace::Instant>(),
            .ns = chance.number<std::uint64_t>(),
            .sequence = chance.number<std::uint64_t>()};
}

trace::Memo anyMemo(Chance &chance)
{
    trace::Memo memo{.node = chance.number<trace::NodeId>(),
                     .changedAt = chance.number<trace::Revision>(),
                     .verifiedAt = chance.number<trace::Revision>(),
                     .durability = chance.word(trace::Durability::High),
                     .isUntracked = chance.coin(),
                     .reads = {},
                     .value = chance.text()};
    for (auto count = chance.below(5); count > 0; --count)
        memo.reads.push_back(chance.number<trace::NodeId>());
    return memo;
}

trace::RequestRecord anyRequest(Chance &chance)
{
    return {.id = chance.number<trace::RequestId>(),
            .method = chance.text(),
            .document = chance.text(),
            .state = chance.word(trace::RequestRecord::State::Cancelled),
            .begun = chance.number<trace::Revision>(),
            .ended = chance.number<trace::Revision>(),
            .attempts = chance.number<std::uint32_t>(),
            .at = chance.number<trace::Instant>(),
            .durationNs = chance.number<std::uint64_t>(),
            .version = chance.coin() ? std::optional(chance.number<std::int32_t>()) : std::nullopt,
            .isNull = chance.coin()};
}

trace::FileRecord anyFile(Chance &chance)
{
    trace::FileRecord file{.path = chance.text(),
                           .shown = chance.text(),
                           .status = chance.word(trace::FileRecord::Status::Unreadable),
                           .version = {},
                           .equalsDisk = {},
                           .changedAt = chance.number<trace::Revision>(),
                           .durability = chance.word(trace::Durability::High)};
    if (chance.coin())
        file.version = chance.number<std::int32_t>();
    if (chance.coin())
        file.equalsDisk = chance.coin();
    return file;
}

trace::LookRecord anyLook(Chance &chance)
{
    const auto any = [&chance] { return chance.number<std::uint32_t>(); };
    trace::LookRecord look{.path = chance.text(),
                           .revision = chance.number<trace::Revision>(),
                           .result = chance.word(trace::LookRecord::Result::Ended),
                           .mistakes = {}};
    for (auto count = chance.below(3); count > 0; --count)
        look.mistakes.push_back({any(), any(), any(), any(), any(), chance.text(), chance.text()});
    return look;
}

trace::PastRevision anyPast(Chance &chance)
{
    trace::PastRevision past{.revision = chance.number<trace::Revision>(),
                             .label = chance.text(),
                             .durability = chance.word(trace::Durability::High),
                             .at = chance.number<trace::Instant>(),
                             .inputs = {},
                             .memos = chance.number<std::uint64_t>(),
                             .lost = chance.number<std::uint64_t>()};
    for (auto count = chance.below(3); count > 0; --count)
        past.inputs.push_back(chance.number<trace::NodeId>());
    for (std::size_t at = 0; at < trace::outcomeCount; ++at) {
        past.counts.at(at) = chance.number<std::uint64_t>();
        past.ns.at(at) = chance.number<std::uint64_t>();
    }
    return past;
}

trace::KindTotal anyTotal(Chance &chance)
{
    const auto any = [&chance] { return chance.number<std::uint64_t>(); };
    return {.kind = chance.text(),
            .isInput = chance.coin(),
            .memos = any(),
            .counters = {any(), any(), any(), any(), any(), any(), any(), any(), 0, any()}};
}

trace::Batch anyBatch(std::uint32_t seed)
{
    Chance chance(seed);
    const auto any = [&chance] { return chance.number<std::uint64_t>(); };
    const auto list = [&chance](auto make) {
        std::vector<std::invoke_result_t<decltype(make)>> all;
        for (auto count = chance.below(4); count > 0; --count)
            all.push_back(make());
        return all;
    };
    trace::Batch batch;
    batch.number = any();
    batch.takenAt = chance.number<trace::Instant>();
    batch.revision = chance.number<trace::Revision>();
    batch.isPartial = chance.coin();
    batch.nodes = list([&chance] {
        return trace::Node{
            chance.number<trace::NodeId>(), chance.text(), chance.text(), chance.text(), chance.text(), chance.coin()};
    });
    batch.commits = list([&chance] {
        return trace::Commit{chance.number<trace::Revision>(), chance.text(), chance.word(trace::Durability::High),
                             chance.number<trace::Instant>(), chance.number<std::uint64_t>()};
    });
    batch.executions = list([&chance] { return anyExecution(chance); });
    batch.waits = list([&chance] { return anyWait(chance); });
    batch.memos = list([&chance] { return anyMemo(chance); });
    batch.requests = list([&chance] { return anyRequest(chance); });
    batch.files = list([&chance] { return anyFile(chance); });
    batch.texts = list([&chance] {
        return trace::TextRecord{chance.text(), chance.number<trace::Revision>(),
                                 std::make_shared<const std::string>(chance.text())};
    });
    if (!batch.texts.empty())
        batch.texts.push_back({"again", 1, std::make_shared<const std::string>(*batch.texts[0].text)});
    batch.looks = list([&chance] { return anyLook(chance); });
    batch.past = list([&chance] { return anyPast(chance); });
    batch.kinds = list([&chance] { return anyTotal(chance); });
    batch.cost = {any(), any(), any(), any(), any()};
    return batch;
}

bool isSame(const trace::Batch &one, const trace::Batch &other)
{
    const auto isSameText = [](const trace::TextRecord &left, const trace::TextRecord &right) {
        return left.path == right.path && left.revision == right.revision && *left.text == *right.text;
    };
    return one.number == other.number && one.takenAt == other.takenAt && one.revision == other.revision
        && one.isPartial == other.isPartial && one.nodes == other.nodes && one.commits == other.commits
        && one.executions == other.executions && one.waits == other.waits && one.memos == other.memos
        && one.requests == other.requests && one.files == other.files
        && std::ranges::equal(one.texts, other.texts, isSameText) && one.looks == other.looks && one.past == other.past
        && one.kinds == other.kinds && one.cost == other.cost;
}

constexpr std::uint32_t seeds = 300;

class TestWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBatchComesBackAsItWas()
    {
        for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
            const trace::Batch batch = anyBatch(seed);
            const auto back = trace::decode(trace::encode(batch));
            QVERIFY2(back && isSame(*back, batch), qPrintable(QString::number(seed)));
        }
    }

    void batchesOfAnEngineFillAStoreAsTheyDoHere()
    {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            WatchedWorld world(seed);
            trace::Store store;
            for (int step = 0; step < 30; ++step) {
                world.edit();
                world.askAround();
                const trace::Batch batch = world.recorder.take();
                world.store.apply(batch);
                const auto back = trace::decode(trace::encode(batch));
                QVERIFY(back);
                QVERIFY(isSame(*back, batch));
                QVERIFY(trace::follows(*back, store.lastNode()));
                store.apply(*back);
            }
            for (trace::Revision revision = 1; revision <= store.revision(); ++revision)
                QCOMPARE(store.executions(revision), world.store.executions(revision));
        }
    }

    void aTextOfSeveralRecordsIsWrittenOnceAndSharedAgain()
    {
        const auto text = [] { return std::make_shared<const std::string>(10'000, 'x'); };
        trace::Batch batch;
        batch.texts = {{"/one", 1, text()}, {"/two", 1, text()}, {"/one", 2, text()}};
        const std::string bytes = trace::encode(batch);
        QVERIFY(bytes.size() < 11'000);
        const auto back = trace::decode(bytes);
        QVERIFY(back);
        QCOMPARE(back->texts[0].text, back->texts[2].text);
        QCOMPARE(back->texts[0].text, back->texts[1].text);
        QCOMPARE(*back->texts[1].text, *text());
    }

    void whatIsCutAnywhereIsRefusedWithASentence()
    {
        for (std::uint32_t seed = 1; seed <= 10; ++seed) {
            const std::string bytes = trace::encode(anyBatch(seed));
            for (std::size_t size = 0; size < bytes.size(); ++size) {
                const auto back = trace::decode(std::string_view(bytes).substr(0, size));
                QVERIFY(!back);
                QCOMPARE(back.error(), std::string("The recorded batch cannot be read: it ends too early."));
            }
            QCOMPARE(trace::decode(bytes + '\0').error(),
                     std::string("The recorded batch cannot be read: something follows its end."));
        }
    }

    void aFlippedByteAnywhereIsReadOrRefused()
    {
        for (std::uint32_t seed = 1; seed <= 10; ++seed) {
            const std::string bytes = trace::encode(anyBatch(seed));
            for (std::size_t at = 0; at < bytes.size(); ++at) {
                for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
                    std::string flipped = bytes;
                    flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ flip);
                    if (const auto back = trace::decode(flipped)) {
                        QVERIFY(trace::decode(trace::encode(*back)));
                        if (trace::follows(*back, 0))
                            (void)trace::Store().apply(*back);
                    } else {
                        QVERIFY(back.error().ends_with('.'));
                    }
                }
            }
        }
    }

    void aLengthIsNotBelieved()
    {
        trace::Batch batch;
        std::string bytes = trace::encode(batch);
        // Version, number, time, revision, whether partial; then the number of nodes.
        bytes.replace(5, 1, "\xff\xff\xff\xff\xff\xff\xff\xff\x7f");
        QCOMPARE(trace::decode(bytes).error(), std::string("The recorded batch cannot be read: it ends too early."));
    }

    void anotherVersionIsRefusedByNumber()
    {
        std::string bytes = trace::encode(anyBatch(1));
        bytes[0] = 9;
        QCOMPARE(
            trace::decode(bytes).error(),
            std::string("The recorded batch cannot be read: it is of version 9, and this program reads version 4."));
    }

    void aStoreIsSparedWhatDoesNotFollow()
    {
        const auto node = [](trace::NodeId id) { return trace::Node{id, "Template", "a", {}, {}, false}; };
        trace::Batch batch;
        batch.nodes = {node(4), node(5)};
        batch.executions = {{.node = 5, .cause = 4, .parent = 3}};
        batch.memos = {{.node = 1, .reads = {4, 5}}};
        QVERIFY(trace::follows(batch, 3));
        QVERIFY(!trace::follows(batch, 2));
        QVERIFY(!trace::follows(batch, 4));
        batch.past.resize(1);
        batch.past[0].inputs = {5};
        QVERIFY(trace::follows(batch, 3));
        const auto isRefused = [&](auto change) {
            trace::Batch changed = batch;
            change(changed);
            return !trace::follows(changed, 3);
        };
        QVERIFY(isRefused([](trace::Batch &changed) { changed.executions[0].node = 0; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.executions[0].node = 6; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.executions[0].cause = 6; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.executions[0].parent = 6; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.memos[0].node = 0; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.memos[0].reads[1] = 0; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.memos[0].reads[0] = 6; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.past[0].inputs[0] = 6; }));
        QVERIFY(isRefused([](trace::Batch &changed) { changed.nodes[1].id = 4; }));
    }
};

} // namespace

NUAGES_TEST(TestWire)
#include "tst_wire.moc"
