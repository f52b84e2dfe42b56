#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <latch>
#include <thread>
#include <utility>
#include <variant>

using namespace Qt::StringLiterals;
using namespace nuages::query;
using namespace nuages::tests;

namespace {

QString textOf(const QString &path)
{
    QFile file(QLatin1StringView(QT_TESTCASE_SOURCEDIR) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The behaviours of Salsa's test suite by our names for them, in the order of the page.
QStringList behaviours()
{
    QStringList ids;
    const auto add = [&ids](QChar letter, int count) {
        for (int number = 1; number <= count; ++number)
            ids << letter + QString::number(number);
    };
    add(u'B', 28);
    add(u'F', 4);
    add(u'I', 13);
    add(u'N', 18);
    add(u'T', 18);
    add(u'S', 7);
    add(u'A', 12);
    add(u'L', 8);
    ids << u"self_panic self_untracked_panic self_converge_initial_value two_mixed_converge_initial_value "
           "two_mixed_panic two_iterate_converge_initial_value two_indirect_iterate two_indirect_panic two_converge "
           "two_fallback three_fork_converge layered nested cycle_becomes_non_cycle nested_double_multiple_revisions "
           "cycle_durability cycle_unchanged cycle_sibling_interference repeat_provisional_query "
           "repeat_query_participating_in_cycle"_s.split(u' ');
    add(u'C', 15);
    add(u'P', 14);
    add(u'X', 5);
    add(u'D', 6);
    ids << u"static_options static_private_fields static_held_over_a_write static_value_is_comparable "
           "static_value_borrows_nothing static_methods static_no_spurious_warnings unit_edges unit_identity_maps "
           "unit_revision_is_never_zero unit_percentiles"_s.split(u' ');
    return ids;
}

struct Row {
    QString id;
    QString behaviour;
    QString proof; ///< Or why there is none.
};

std::vector<Row> rows()
{
    static const QRegularExpression row(u"^\\| (\\w+) \\| (.+) \\| (.+) \\|$"_s, QRegularExpression::MultilineOption);
    std::vector<Row> all;
    for (const auto &match : row.globalMatch(textOf(u"../../../engine/query/CONFORMANCE.md"_s))) {
        if (match.captured(1) != u"id")
            all.push_back({match.captured(1), match.captured(2), match.captured(3)});
    }
    return all;
}

/// "tst_memo b5_queryWithoutKeyRunsOnce", or "compile_fail/query_returns_no_view".
bool exists(const QString &test)
{
    if (test.startsWith(u"compile_fail/"))
        return !textOf(u"../../"_s + test + u".cpp"_s).isEmpty();
    return textOf(test.section(u' ', 0, 0) + u".cpp"_s).contains(u"::"_s + test.section(u' ', 1) + u"()"_s);
}

} // namespace

/// CONFORMANCE.md is complete and true; and the rows of it that are proved nowhere else.
class TestConformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBehaviourHasOneRow();
    void everyRowNamesATestOrAReason();
    void b10_alternativesOfOneTypeStayApart();
    void b12_valueThatEqualsNothingIsNeverBackdated();
    void b19_unreportedReadNeverMakesAMemoOlder();
    void b20_describingIsNoDependency();
    void b21_inputWithoutADescriptionIsANumber();
    void b22_everyMemoCanBeListed();
    void b28_firstMemosOfManyKindsOnSeveralThreads();
    void f3_fieldsThatAreNotTrackedMayStandBetween();
    void i1_fieldsHaveTheDefaultsOfTheirStruct();
    void n4_internedInsideAQueryIsCutOff();
    void n8_internedValueIsNoEdge();
    void selfUntracked_queryThatNeedsItselfIsNamed();
};

void TestConformance::everyBehaviourHasOneRow()
{
    QStringList found;
    for (const Row &row : rows())
        found << row.id;
    QCOMPARE(found, behaviours());
}

void TestConformance::everyRowNamesATestOrAReason()
{
    static const QRegularExpression test(u"`((?:\\w+/)?tst_\\w+ \\w+|compile_fail/\\w+)`"_s);
    int proved = 0;
    for (const Row &row : rows()) {
        const bool isOffered = !row.proof.startsWith(u"Not offered: "_s);
        int named = 0;
        for (const auto &match : test.globalMatch(row.proof)) {
            QVERIFY2(exists(match.captured(1)), qPrintable(row.id + u": there is no "_s + match.captured(1)));
            ++named;
        }
        QVERIFY2(!isOffered || named > 0, qPrintable(row.id + u" names neither a test nor a reason"_s));
        proved += isOffered;
    }
    QVERIFY(proved >= 50);
}

namespace {

using PageOrPage = std::variant<Page, Page>;

struct WhichPage {
    static std::size_t run(Reader &, PageOrPage key) { return key.index(); }
};

} // namespace

void TestConformance::b10_alternativesOfOneTypeStayApart()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    Reader db(engine.ticket());
    QCOMPARE(db.get<WhichPage>(PageOrPage(std::in_place_index<0>, page)), 0u);
    QCOMPARE(db.get<WhichPage>(PageOrPage(std::in_place_index<1>, page)), 1u);
}

namespace {

/// Not equal to anything, itself included.
struct Restless {
    long length = 0;
    friend bool operator==(const Restless &, const Restless &) { return false; }
};

struct RestlessLength {
    static Restless run(Reader &db, Page page) { return {static_cast<long>(db.read<&PageData::text>(page).size())}; }
};

struct AboveRestless {
    static long run(Reader &db, Page page) { return db.get<RestlessLength>(page).length; }
};

} // namespace

void TestConformance::b12_valueThatEqualsNothingIsNeverBackdated()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<AboveRestless>(engine, page), 1);
    setText(engine, page, "y");
    QCOMPARE(ask<AboveRestless>(engine, page), 1);
    QCOMPARE(engine.counters<AboveRestless>().executed, 2u);
    QCOMPARE(engine.counters<AboveRestless>().backdated, 1u); // Its own value can be compared.
}

namespace {

struct Switch {
    bool isOn = true;
};

/// Reads what the engine cannot see, and does not say so: a mistake, which must not spread.
struct OneOfTwo {
    static long run(Reader &db, Page first, Page second)
    {
        return db.get<LineCount>(db.attached<Switch>().isOn ? first : second);
    }
};

} // namespace

void TestConformance::b19_unreportedReadNeverMakesAMemoOlder()
{
    Switch toggle;
    Engine engine;
    engine.attach(toggle);
    const Page first = makePage(engine, "a.html", "one");
    const Page second = makePage(engine, "b.html", "one\ntwo");
    const DependencyKey key = engine.keyOf<OneOfTwo>(first, second);
    ask<LineCount>(engine, second); // Has not changed since revision 1.
    setText(engine, first, "one\ntwo\nthree");
    QCOMPARE(ask<OneOfTwo>(engine, first, second), 3);
    const Revision before = engine.memo(key)->changedAt;
    QVERIFY(before > 1);
    toggle.isOn = false;
    setText(engine, first, "one");
    QCOMPARE(ask<OneOfTwo>(engine, first, second), 2);
    QVERIFY(engine.memo(key)->changedAt > before);
}

namespace {

struct Described {
    static std::string run(Reader &db, Page page)
    {
        const auto &engine = db.attached<Engine>();
        return engine.describe(engine.keyOf<&PageData::text>(page));
    }
};

struct PlainData {
    int before = 0;
    int first = 1;
    int between = 2;
    int second = 3;
};
using Plain = Input<PlainData, &PlainData::first, &PlainData::second>;

struct FirstOf {
    static int run(Reader &db, Plain plain) { return db.read<&PlainData::first>(plain); }
};
struct SecondOf {
    static int run(Reader &db, Plain plain) { return db.read<&PlainData::second>(plain); }
};

Plain makePlain(Engine &engine)
{
    Plain plain;
    engine.write("make", [&](Transaction &tx) { plain = tx.create<Plain>({.before = 9}); });
    return plain;
}

} // namespace

void TestConformance::b20_describingIsNoDependency()
{
    Engine engine;
    engine.attach(engine);
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<Described>(engine, page), std::string("PageData(a.html).text"));
    QVERIFY(engine.memo(engine.keyOf<Described>(page))->reads.empty());
}

void TestConformance::b21_inputWithoutADescriptionIsANumber()
{
    Engine engine;
    const Plain plain = makePlain(engine);
    QCOMPARE(engine.describe(engine.keyOf<&PlainData::first>(plain)), std::string("PlainData(#0).first"));
}

void TestConformance::b22_everyMemoCanBeListed()
{
    Engine engine;
    std::vector<std::string> wanted;
    for (const char *path : {"a.html", "b.html", "c.html"}) {
        ask<IsLong>(engine, makePage(engine, path, "x"));
        wanted.push_back(std::string("IsLong(") + path + ")");
        wanted.push_back(std::string("LineCount(") + path + ")");
    }
    std::vector<DependencyKey> found;
    MemoCursor cursor;
    while (engine.nextMemos(cursor, 2, found)) { }
    std::vector<std::string> names;
    for (const DependencyKey key : found)
        names.push_back(engine.describe(key));
    std::ranges::sort(names);
    std::ranges::sort(wanted);
    QCOMPARE(names, wanted);
}

namespace {

/// A kind for each number.
template <std::size_t Number>
struct Numbered {
    static std::size_t run(Reader &db, Page page) { return db.read<&PageData::text>(page).size() + Number; }
};

template <std::size_t... Numbers>
std::size_t askAll(Reader &db, Page page, std::index_sequence<Numbers...>)
{
    return (db.get<Numbered<Numbers>>(page) + ...);
}

} // namespace

void TestConformance::b28_firstMemosOfManyKindsOnSeveralThreads()
{
    constexpr std::size_t kinds = 40;
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    std::latch start(3);
    std::array<std::size_t, 3> sums{};
    std::vector<std::thread> threads;
    for (std::size_t &sum : sums) {
        threads.emplace_back([&start, &sum, page, ticket = engine.ticket()]() mutable {
            Reader db(std::move(ticket));
            start.arrive_and_wait();
            sum = askAll(db, page, std::make_index_sequence<kinds>());
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    constexpr std::size_t sum = kinds + kinds * (kinds - 1) / 2;
    QCOMPARE(sums, (std::array{sum, sum, sum}));
    QCOMPARE(engine.counters<Numbered<0>>().executed, 1u);
    QCOMPARE(engine.counters<Numbered<kinds - 1>>().executed, 1u);
}

void TestConformance::f3_fieldsThatAreNotTrackedMayStandBetween()
{
    Engine engine;
    const Plain plain = makePlain(engine);
    QCOMPARE(ask<FirstOf>(engine, plain), 1);
    QCOMPARE(ask<SecondOf>(engine, plain), 3);
    engine.write("second", [&](Transaction &tx) { tx.set<&PlainData::second>(plain, 30); });
    QCOMPARE(ask<FirstOf>(engine, plain), 1);
    QCOMPARE(ask<SecondOf>(engine, plain), 30);
    QCOMPARE(engine.counters<FirstOf>().executed, 1u);
    QCOMPARE(engine.counters<SecondOf>().executed, 2u);
}

void TestConformance::i1_fieldsHaveTheDefaultsOfTheirStruct()
{
    Engine engine;
    const Plain plain = makePlain(engine); // Names one field only.
    QCOMPARE(engine.read<&PlainData::first>(plain), 1);
    QCOMPARE(engine.read<&PlainData::second>(plain), 3);
    engine.write("first", [&](Transaction &tx) { tx.set<&PlainData::first>(plain, 10); });
    QCOMPARE(engine.read<&PlainData::first>(plain), 10);
    QCOMPARE(engine.read<&PlainData::second>(plain), 3);
}

namespace {

using Word = Interned<std::string, struct WordOfConformance>;

struct FirstWord {
    static Word run(Reader &db, Page page)
    {
        const std::string &text = db.read<&PageData::text>(page);
        return db.intern<Word>(std::string_view(text).substr(0, text.find(' ')));
    }
};

struct FirstWordLength {
    static std::size_t run(Reader &db, Page page) { return db.value(db.get<FirstWord>(page)).size(); }
};

struct LengthOf {
    static std::size_t run(Reader &db, Word word) { return db.value(word).size(); }
};

} // namespace

void TestConformance::n4_internedInsideAQueryIsCutOff()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "load i18n");
    QCOMPARE(ask<FirstWordLength>(engine, page), 4u);
    setText(engine, page, "load static");
    QCOMPARE(ask<FirstWordLength>(engine, page), 4u);
    QCOMPARE(engine.counters<FirstWord>().executed, 2u);
    QCOMPARE(engine.counters<FirstWordLength>().executed, 1u);
    setText(engine, page, "if static");
    QCOMPARE(ask<FirstWordLength>(engine, page), 2u);
}

void TestConformance::n8_internedValueIsNoEdge()
{
    Engine engine;
    const Word word = engine.intern<Word>("block");
    QCOMPARE(ask<LengthOf>(engine, word), 5u);
    QVERIFY(engine.memo(engine.keyOf<LengthOf>(word))->reads.empty());
}

namespace {

struct UntrackedSelf {
    static int run(Reader &db, Page page)
    {
        db.reportUntrackedRead();
        return db.get<UntrackedSelf>(page);
    }
};

} // namespace

void TestConformance::selfUntracked_queryThatNeedsItselfIsNamed()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    Reader db(engine.ticket());
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            db.get<UntrackedSelf>(page);
            QFAIL("it has a value");
        } catch (const CycleError &cycle) {
            QCOMPARE(cycle.participants, Log{"UntrackedSelf(a.html)"});
        }
    }
}

NUAGES_TEST(TestConformance)
#include "tst_conformance.moc"
