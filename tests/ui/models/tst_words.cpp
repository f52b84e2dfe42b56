#include "tests/support/testmain.h"

#include "engine/trace/store.h"
#include "ui/canvas/outcome.h"
#include "ui/models/kindgraph.h"
#include "ui/models/shares.h"
#include "ui/models/text.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace nuages;
using namespace Qt::StringLiterals;

namespace {

/// The kinds of query that the engine's headers declare, by the names under which they are shown.
QStringList declaredKinds()
{
    static const QRegularExpression query(
        u"^struct (\\w+) \\{\\n(?:(?!^\\};)(?:.*shownAs = \"(\\w+)\";|.*)\\n)*?.*static .* run\\(query::Reader &"_s,
        QRegularExpression::MultilineOption);
    QStringList kinds;
    QDirIterator headers(QStringLiteral(NUAGES_ENGINE), {u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (headers.hasNext()) {
        const QString path = headers.next();
        if (path.contains("/examples/"_L1))
            continue;
        QFile header(path);
        if (!header.open(QIODevice::ReadOnly))
            qFatal("unreadable header");
        const QString text = QString::fromUtf8(header.readAll());
        for (const QRegularExpressionMatch &match : query.globalMatch(text))
            kinds << (match.captured(2).isEmpty() ? match.captured(1) : match.captured(2));
    }
    return kinds;
}

} // namespace

/// The words that people see instead of names.
class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfQueryHasWords();
    void anOutcomeHasTheSameWordsEverywhere();
    void everyOutcomeCountsInOneSegment();
    void kindsStandInOneOrderWhateverComesFirst();
};

void TestWords::everyKindOfQueryHasWords()
{
    const QStringList kinds = declaredKinds();
    for (const QString &known : {u"Diagnostics"_s, u"TemplateFacts"_s, u"Scope"_s, u"SourceText"_s, u"RootAbove"_s})
        QVERIFY2(kinds.contains(known), qPrintable(known)); // The search itself is no good otherwise.
    const trace::Store store;
    QStringList without;
    for (const QString &kind : kinds) {
        if (models::aboutKind(store, kind).isEmpty())
            without << kind;
    }
    QVERIFY2(without.isEmpty(), qPrintable(without.join(u' ')));
}

void TestWords::anOutcomeHasTheSameWordsEverywhere()
{
    QSet<QString> all;
    for (const trace::Outcome outcome : trace::allOutcomes) {
        const QString words = QString::fromLatin1(trace::nameOf(outcome));
        QVERIFY(!words.isEmpty() && !all.contains(words));
        all << words;
        QCOMPARE(canvas::plainWords(outcome), words);
        QCOMPARE(models::outcomeText(outcome), words);
        QCOMPARE(models::titleOf(outcome).toLower(), words);
    }
}

void TestWords::everyOutcomeCountsInOneSegment()
{
    trace::RevisionRecord record;
    std::uint32_t sum = 0;
    for (const trace::Outcome outcome : trace::allOutcomes) {
        const std::uint32_t count = 1U << trace::indexOf(outcome);
        if (outcome != trace::Outcome::NotChecked) // That is whoever nothing else became of.
            sum += count;
        record.counts[trace::indexOf(outcome)] = count;
        record.ns[trace::indexOf(outcome)] = count;
        QCOMPARE(std::ranges::count(models::segments, models::segmentOf(outcome)), 1);
    }
    const models::Shares shares = models::sharesOf(record);
    const models::ShareTimes times = models::timesOf(record);
    std::uint32_t counted = 0;
    std::uint64_t timed = 0;
    for (const trace::Outcome segment : models::segments) {
        counted += segment == trace::Outcome::NotChecked ? 0 : shares[segment];
        timed += times.at(trace::indexOf(segment));
    }
    QCOMPARE(counted, sum);
    QCOMPARE(timed, (std::uint64_t{1} << trace::outcomeCount) - 1);
    QCOMPARE(shares[trace::Outcome::Cycle], 1U << trace::indexOf(trace::Outcome::Cycle));
}

namespace {

/// The order after kinds came one by one; each reads the one before it.
QStringList orderAfter(const QStringList &kinds)
{
    trace::Store store;
    models::KindGraph graph;
    for (trace::NodeId node = 1; node <= trace::NodeId(kinds.size()); ++node) {
        trace::Batch batch;
        batch.number = node;
        batch.revision = 1;
        batch.nodes.emplace_back();
        batch.nodes.back().id = node;
        batch.nodes.back().kind = kinds[qsizetype(node) - 1].toStdString();
        batch.memos.emplace_back();
        batch.memos.back().node = node;
        if (node > 1)
            batch.memos.back().reads = {node - 1};
        store.apply(batch);
        graph.add(store, std::vector{node});
    }
    QStringList order;
    for (const canvas::KindPlace &place : graph.order())
        order << place.kind;
    return order;
}

} // namespace

void TestWords::kindsStandInOneOrderWhateverComesFirst()
{
    const QStringList order{u"File"_s, u"SourceText"_s, u"Template"_s, u"TemplateFacts"_s, u"Diagnostics"_s};
    QCOMPARE(orderAfter({u"Diagnostics"_s, u"Template"_s}), (QStringList{u"Template"_s, u"Diagnostics"_s}));
    QCOMPARE(orderAfter({u"TemplateFacts"_s, u"Diagnostics"_s, u"Template"_s, u"File"_s, u"SourceText"_s}), order);
    QCOMPARE(
        orderAfter({u"Zebra"_s, u"Antelope"_s, u"Diagnostics"_s}), // Of another program: behind, in their own order.
        (QStringList{u"Diagnostics"_s, u"Zebra"_s, u"Antelope"_s}));
}

NUAGES_TEST(TestWords)
#include "tst_words.moc"
