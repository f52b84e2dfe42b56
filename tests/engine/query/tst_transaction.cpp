#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <stdexcept>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

struct NoteLength {
    static std::size_t run(Reader &db, Page page) { return db.read<&PageData::note>(page).size(); }
};

/// Reads a field of durability that may drop, through a query that hides the value.
struct Constant {
    static int run(Reader &db, Page page) { return db.read<&PageData::text>(page).empty() ? 0 : 1; }
};

struct AboveConstant {
    static int run(Reader &db, Page page) { return db.get<Constant>(page) + 1; }
};

/// A text that is assigned letter by letter, and some letters cannot be.
struct Letters {
    std::string letters;
    Letters() = default;
    explicit Letters(std::string of) : letters(std::move(of)) { }
    Letters(const Letters &) = default;
    Letters(Letters &&) noexcept = default;
    ~Letters() = default;
    Letters &operator=(const Letters &other)
    {
        letters.clear();
        for (const char each : other.letters) {
            if (each == '!')
                throw std::runtime_error("in the middle of the word");
            letters += each;
        }
        return *this;
    }
    friend bool operator==(const Letters &a, const Letters &b)
    {
        if (b.letters == "?")
            throw std::runtime_error("cannot be compared");
        return a.letters == b.letters;
    }
};
struct SignData {
    Letters front;
    Letters back;
};
using Sign = Input<SignData, &SignData::front, &SignData::back>;

struct FrontLength {
    static std::size_t run(Reader &db, Sign sign) { return db.read<&SignData::front>(sign).letters.size(); }
};
struct BothLengths {
    static std::size_t run(Reader &db, Sign sign)
    {
        return db.get<FrontLength>(sign) + db.read<&SignData::back>(sign).letters.size();
    }
};

Counters totalsOf(const Engine &engine, const char *query) { return engine.counters(query); }

} // namespace

class TestTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manySetsAreOneRevision();
    void equalValueIsNoChange();
    void creatingOpensNoRevision();
    void throwingKeepsWhatWasSet();
    void whatAThrowingAssignmentLeftIsSeen();
    void whatCannotBeComparedIsNotSet();
    void labelAndSetFieldsAreEvents();
    void i2_durabilityBelongsToTheField();
    void i3_setKeepsTheDurabilityAndCountsAtTheOldOne();
    void i6_valueIsNotBackdatedWhenDurabilityDropped();
    void reasonTellsRaisedFromDropped();
    void reasonIsTheValueIfThatChangedToo_data();
    void reasonIsTheValueIfThatChangedToo();
    void reasonIsTheValueOfAMemoIfThatChangedToo();
    void i7_lowWriteValidatesHighMemosWithoutAWalk();
    void i8_highWriteRunsItsReadersAgain();
};

void TestTransaction::manySetsAreOneRevision()
{
    Engine engine;
    const Page a = makePage(engine, "a.html", "x");
    const Page b = makePage(engine, "b.html", "y");
    const Revision before = engine.revision();
    engine.write("two edits", [&](Transaction &tx) {
        QVERIFY(tx.set<&PageData::text>(a, "1"));
        QVERIFY(tx.set<&PageData::text>(b, "2"));
        QCOMPARE(tx.read<&PageData::text>(a), std::string("1"));
    });
    QCOMPARE(engine.revision(), before + 1);
    QCOMPARE(engine.read<&PageData::text>(b), std::string("2"));
}

void TestTransaction::equalValueIsNoChange()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    ask<IsLong>(engine, page);
    const Revision before = engine.revision();
    const Ticket ticket = engine.ticket();
    engine.write("same", [&](Transaction &tx) { QVERIFY(!tx.set<&PageData::text>(page, "x")); });
    QCOMPARE(engine.revision(), before);
    QCOMPARE(engine.revision(), ticket.revision()); // Still good.
    ask<IsLong>(engine, page);
    QCOMPARE(engine.counters("IsLong").executed, 1u);
    QCOMPARE(engine.counters("IsLong").validated(), 0u);
}

void TestTransaction::creatingOpensNoRevision()
{
    Engine engine;
    makePage(engine, "a.html", "x");
    QCOMPARE(engine.revision(), Revision(1));
}

void TestTransaction::throwingKeepsWhatWasSet()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<LineCount>(engine, page), 1);
    const auto half = [&](Transaction &tx) {
        tx.set<&PageData::text>(page, "x\ny");
        throw std::runtime_error("half way");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, engine.write("throws", half));
    QVERIFY(!engine.gate().isShut);
    QCOMPARE(engine.revision(), Revision(2));
    QCOMPARE(ask<LineCount>(engine, page), 2);
}

void TestTransaction::whatAThrowingAssignmentLeftIsSeen()
{
    for (const bool isWatched : {false, true}) {
        Engine engine;
        engine.setWatching(isWatched);
        Sign sign;
        const auto make = [&](Transaction &tx) {
            sign =
                tx.create<Sign>({Letters("open"), Letters("all day")}, std::array{Durability::High, Durability::Low});
        };
        engine.write("make", make);
        QCOMPARE(ask<BothLengths>(engine, sign), 11u);
        const auto tear = [&](Transaction &tx) { tx.set<&SignData::front>(sign, Letters("sh!ut")); };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, engine.write("throws", tear));
        QCOMPARE(engine.read<&SignData::front>(sign).letters, std::string("sh"));
        QCOMPARE(ask<BothLengths>(engine, sign), 9u);
        QCOMPARE(ask<FrontLength>(engine, sign), 2u);
        QCOMPARE(engine.counters("FrontLength").executed, 2u);
    }
}

void TestTransaction::whatCannotBeComparedIsNotSet()
{
    Engine engine;
    Sign sign;
    engine.write("make", [&](Transaction &tx) { sign = tx.create<Sign>({Letters("open"), Letters()}); });
    QCOMPARE(ask<BothLengths>(engine, sign), 4u);
    const Revision before = engine.revision();
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, engine.write("throws", [&](Transaction &tx) {
        tx.set<&SignData::front>(sign, Letters("?"));
    }));
    QCOMPARE(engine.revision(), before);
    QCOMPARE(ask<BothLengths>(engine, sign), 4u);
}

void TestTransaction::labelAndSetFieldsAreEvents()
{
    Engine engine;
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "x");
    engine.takeEvents();
    engine.write("typed", [&](Transaction &tx) {
        tx.set<&PageData::text>(page, "y");
        tx.set<&PageData::note>(page, ""); // equal
    });
    const std::vector<Event> events = engine.takeEvents();
    QCOMPARE(events.size(), 2u);
    QCOMPARE(events[0].what, Event::What::InputSet);
    QCOMPARE(engine.describe(events[0].key), std::string("PageData(a.html).text"));
    QCOMPARE(events[0].revision, Revision(2));
    QCOMPARE(events[1].what, Event::What::Committed);
    QCOMPARE(events[1].label, std::string("typed"));
    QCOMPARE(events[1].revision, Revision(2));
}

void TestTransaction::i2_durabilityBelongsToTheField()
{
    Engine engine;
    Page page;
    engine.write("open", [&](Transaction &tx) {
        page = tx.create<Page>({"a.html", "x", "n"}, std::array{Durability::Low, Durability::High});
    });
    ask<LineCount>(engine, page);
    ask<NoteLength>(engine, page);
    setText(engine, page, "y");
    ask<LineCount>(engine, page);
    ask<NoteLength>(engine, page);
    QCOMPARE(totalsOf(engine, "LineCount").executed, 2u);
    QCOMPARE(totalsOf(engine, "NoteLength").validatedShallow, 1u);
}

void TestTransaction::i3_setKeepsTheDurabilityAndCountsAtTheOldOne()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x", Durability::High);
    const Page low = makePage(engine, "b.html", "x");
    ask<LineCount>(engine, page);
    // From high to low: who relied on the high one must look.
    engine.write("drop", [&](Transaction &tx) { tx.set<&PageData::text>(page, "x\ny", Durability::Low); });
    QCOMPARE(ask<LineCount>(engine, page), 2);
    // Kept at low: a low write makes its readers look, and a change is seen.
    engine.write("keep", [&](Transaction &tx) { tx.set<&PageData::text>(page, "x\ny\nz"); });
    QCOMPARE(ask<LineCount>(engine, page), 3);
    setText(engine, low, "other");
    ask<LineCount>(engine, page);
    QCOMPARE(totalsOf(engine, "LineCount").validatedDeep, 1u);
    QCOMPARE(totalsOf(engine, "LineCount").validatedShallow, 0u);
}

void TestTransaction::i6_valueIsNotBackdatedWhenDurabilityDropped()
{
    Engine engine;
    engine.setWatching(true);
    const Page page = makePage(engine, "a.html", "x", Durability::High);
    QCOMPARE(ask<AboveConstant>(engine, page), 2);
    engine.write("drop", [&](Transaction &tx) { tx.set<&PageData::text>(page, "y", Durability::Low); });
    engine.takeEvents();
    QCOMPARE(ask<AboveConstant>(engine, page), 2);
    const std::vector<Event> events = engine.takeEvents();
    QCOMPARE(events.size(), 2u);
    QCOMPARE(events[0].what, Event::What::ExecutedChanged); // Constant, although its value is equal.
    QCOMPARE(events[1].what, Event::What::ExecutedChanged);
    QCOMPARE(events[1].reason, Reason::DurabilityDropped);
    // Had AboveConstant kept its trust in a high durability, it would not see this.
    setText(engine, page, "");
    QCOMPARE(ask<AboveConstant>(engine, page), 1);
}

void TestTransaction::reasonTellsRaisedFromDropped()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x", Durability::Medium);
    Reason reason = Reason::NeverComputed;
    const auto runAt = [&](Durability level) {
        engine.write("level", [&](Transaction &tx) { QVERIFY(tx.set<&PageData::text>(page, "x", level)); });
        ask<IsLong>(engine, page);
        const std::vector<WhyStep> why = engine.why(engine.keyOf<LineCount>(page));
        QCOMPARE(why.size(), 2u);
        QCOMPARE(why[0].reason, why[1].reason); // of the query and of the field
        reason = why[0].reason;
    };
    ask<IsLong>(engine, page);
    runAt(Durability::High);
    QCOMPARE(nameOf(reason), "durability raised");
    QCOMPARE(engine.counters("IsLong").executed, 1u); // The raise reaches it when it runs next.
    runAt(Durability::Low);
    QCOMPARE(nameOf(reason), "durability dropped");
    runAt(Durability::Medium);
    QCOMPARE(nameOf(reason), "durability raised");
}

void TestTransaction::reasonIsTheValueIfThatChangedToo_data()
{
    QTest::addColumn<Durability>("level");
    QTest::addColumn<bool>("inOneTransaction");
    QTest::newRow("raised later") << Durability::High << false;
    QTest::newRow("raised at once") << Durability::High << true;
    QTest::newRow("dropped later") << Durability::Low << false;
    QTest::newRow("dropped at once") << Durability::Low << true;
}

// A memo that was good last before both.
void TestTransaction::reasonIsTheValueIfThatChangedToo()
{
    QFETCH(Durability, level);
    QFETCH(bool, inOneTransaction);
    Engine engine;
    const Page page = makePage(engine, "a.html", "x", Durability::Medium);
    const auto reasonOf = [&](DependencyKey key) { return engine.why(key).front().reason; };
    ask<AboveConstant>(engine, page);
    ask<LineCount>(engine, page);
    const auto setValue = [&](Transaction &tx) { tx.set<&PageData::text>(page, "one\ntwo"); };
    const auto setLevel = [&](Transaction &tx) { tx.set<&PageData::text>(page, "one\ntwo", level); };
    if (inOneTransaction) {
        engine.write("both", [&](Transaction &tx) {
            setValue(tx);
            setLevel(tx);
        });
    } else {
        engine.write("value", setValue);
        engine.write("level", setLevel);
    }
    ask<LineCount>(engine, page);
    QCOMPARE(reasonOf(engine.keyOf<LineCount>(page)), Reason::DependencyChanged);
}

// The memo in between ran for each of the two; the one above it was asked for after both.
void TestTransaction::reasonIsTheValueOfAMemoIfThatChangedToo()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x", Durability::High);
    ask<AboveConstant>(engine, page);
    setText(engine, page, "");
    ask<Constant>(engine, page);
    engine.write("drop", [&](Transaction &tx) { tx.set<&PageData::text>(page, "", Durability::Low); });
    ask<Constant>(engine, page);
    QCOMPARE(ask<AboveConstant>(engine, page), 1);
    QCOMPARE(engine.why(engine.keyOf<AboveConstant>(page)).front().reason, Reason::DependencyChanged);
}

void TestTransaction::i7_lowWriteValidatesHighMemosWithoutAWalk()
{
    Engine engine;
    const Page installed = makePage(engine, "admin.html", "x", Durability::High);
    const Page typed = makePage(engine, "a.html", "x");
    ask<IsLong>(engine, installed);
    setText(engine, typed, "y");
    ask<IsLong>(engine, installed);
    QCOMPARE(totalsOf(engine, "IsLong").validatedShallow, 1u);
    QCOMPARE(totalsOf(engine, "LineCount").validated(), 0u);
}

void TestTransaction::i8_highWriteRunsItsReadersAgain()
{
    Engine engine;
    const Page installed = makePage(engine, "admin.html", "x", Durability::High);
    ask<IsLong>(engine, installed);
    setText(engine, installed, "x\ny\nz");
    QVERIFY(ask<IsLong>(engine, installed));
    QCOMPARE(totalsOf(engine, "IsLong").executed, 2u);
}

NUAGES_TEST(TestTransaction)
#include "tst_transaction.moc"
