#include "tests/support/testmain.h"

#include "engine/trace/diff.h"
#include "ui/models/inspection.h"
#include "ui/models/nodedetails.h"
#include "ui/models/questionrows.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/whychain.h"

#include <QTest>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>

using namespace nuages;
using namespace nuages::models;
using namespace Qt::StringLiterals;
using trace::NodeId;
using trace::Outcome;
using trace::Revision;

namespace {

enum : NodeId { Stamp = 1, Text, Tree };

/// A file with a text and a tree, edited again and again; values of trees print, those of texts do not. Now and then
/// nobody looks between two edits.
class Story
{
public:
    explicit Story(unsigned seed) : m_random(seed)
    {
        const auto batch = std::make_shared<trace::Batch>();
        batch->nodes = {{Stamp, "File", "a", "stamp", "/shop/a", true},
                        {Text, "Text", "a", {}, "/shop/a", false},
                        {Tree, "Tree", "a", {}, "/shop/a", false}};
        run(*batch, Text, Outcome::ExecutedNew, 0);
        run(*batch, Tree, Outcome::ExecutedNew, 0);
        m_value = "0 tags";
        tell(*batch);
        inspection.take(batch);
        for (int edits = 0; edits < 40; ++edits)
            edit();
        do
            inspection.refresh();
        while (inspection.pendingCount() > 0);
    }

    /// Of the tree, by a plain list; none if nobody looked.
    std::optional<QString> valueIn(Revision revision) const { return m_values.at(revision); }

    /// The revision, up to this one, in which the tree changed last.
    Revision changedUntil(Revision revision) const { return *std::prev(m_changes.upper_bound(revision)); }
    bool hasChanged(Revision revision) const { return m_changes.contains(revision); }

    Revision last() const { return m_revision; }

    QString detail(const QString &label)
    {
        for (const DetailRow &row : inspection.details().rows()) {
            if (row.label == label)
                return row.value;
        }
        return u"no such row"_s;
    }

    Inspection inspection{u"/shop"_s};

private:
    void edit()
    {
        const auto batch = std::make_shared<trace::Batch>();
        const bool isLookedAtLate = m_random() % 4 == 0;
        change(*batch);
        if (isLookedAtLate) {
            const Revision first = m_revision;
            change(*batch);
            if (m_changes.contains(first) && m_changes.contains(m_revision))
                m_values[first] = std::nullopt;
        }
        tell(*batch);
        inspection.take(batch);
    }

    void change(trace::Batch &batch)
    {
        ++m_revision;
        batch.commits.push_back({m_revision, "textDocument/didChange", query::Durability::Low, 1, ++m_sequence});
        run(batch, Stamp, Outcome::InputSet, 0);
        run(batch, Text, Outcome::ExecutedChanged, Stamp);
        const bool isSame = m_random() % 3 == 0;
        if (!isSame)
            m_value = std::to_string(m_revision) + " tags";
        run(batch, Tree, isSame ? Outcome::ExecutedBackdated : Outcome::ExecutedChanged, Text);
    }

    void run(trace::Batch &batch, NodeId node, Outcome outcome, NodeId cause)
    {
        batch.executions.push_back(
            {.node = node,
             .revision = m_revision,
             .outcome = outcome,
             .reason = cause == 0 ? query::Reason::NeverComputed : query::Reason::DependencyChanged,
             .cause = cause,
             .since = m_revision - 1,
             .sequence = ++m_sequence});
        if (node != Tree)
            return;
        if (outcome != Outcome::ExecutedBackdated)
            m_changes.insert(m_revision);
        m_values[m_revision] = outcome == Outcome::ExecutedNew ? u"0 tags"_s : QString::fromStdString(m_value);
    }

    /// What is there when somebody looks.
    void tell(trace::Batch &batch)
    {
        batch.number = ++m_number;
        batch.revision = m_revision;
        batch.kinds = {{"Text", false, 1, {}}, {"Tree", false, 1, {}}, {"File", true, 1, {}}};
        batch.memos = {{.node = Text, .changedAt = m_revision, .verifiedAt = m_revision, .reads = {Stamp}},
                       {.node = Tree,
                        .changedAt = *m_changes.rbegin(),
                        .verifiedAt = m_revision,
                        .reads = {Text},
                        .value = m_value}};
    }

    std::mt19937 m_random;
    Revision m_revision = 1;
    std::uint64_t m_number = 0;
    std::uint64_t m_sequence = 0;
    std::string m_value;
    std::map<Revision, std::optional<QString>> m_values;
    std::set<Revision> m_changes;
};

QString said(const std::optional<QString> &value) { return value.value_or(u"not kept"_s); }

} // namespace

/// Old and new values of queries, where they print, against a plain list.
class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNodeHasItsValueAndTheOneBefore();
    void theChainHasOldAndNewValue();
    void theDifferenceHasBothValues();
    void whatDoesNotPrintHasNoValue();
};

void TestValues::theNodeHasItsValueAndTheOneBefore()
{
    Story story(1);
    story.inspection.selection().selectNode(Tree);
    int unseen = 0;
    for (Revision revision = 1; revision <= story.last(); ++revision) {
        story.inspection.selection().selectRevision(revision);
        QCOMPARE(story.detail(u"value"_s), said(story.valueIn(revision)));
        const Revision changed = story.changedUntil(revision);
        QCOMPARE(story.detail(u"before"_s), changed == 1 ? u"no such row"_s : said(story.valueIn(changed - 1)));
        unseen += !story.valueIn(revision);
    }
    QVERIFY(unseen > 0);
}

void TestValues::theChainHasOldAndNewValue()
{
    Story story(2);
    story.inspection.selection().selectNode(Tree);
    int changes = 0;
    for (Revision revision = 2; revision <= story.last(); ++revision) {
        story.inspection.selection().selectRevision(revision);
        const WhyChain &chain = story.inspection.why();
        QModelIndex at;
        for (QModelIndex below = chain.index(0, 0); below.isValid(); below = chain.index(0, 0, below))
            at = below;
        QCOMPARE(at.data(NodeRole).toUInt(), NodeId(Tree));
        QCOMPARE(at.parent().data(ValueRole), QVariant()); // Texts do not print.
        if (!story.hasChanged(revision)) {
            QCOMPARE(at.data(ValueRole), QVariant());
            continue;
        }
        const QString old = said(story.valueIn(revision - 1));
        const QString now = said(story.valueIn(revision));
        const QString change = old == now ? now : old + u" → "_s + now;
        QCOMPARE(at.data(ValueRole).toString(), change);
        QVERIFY(at.data(Qt::AccessibleTextRole).toString().endsWith(u", "_s + change));
        QVERIFY(chain.plainText().contains(u'\n' + QString(10, u' ') + change + u'\n'));
        QVERIFY(chain.markdown().contains(u"`` "_s + change + u" ``\n"_s));
        ++changes;
    }
    QVERIFY(changes > 20);
}

void TestValues::theDifferenceHasBothValues()
{
    Story story(3);
    const trace::Store &store = story.inspection.store();
    const auto column = diffNodeTitles(1, 2).indexOf(u"from A to B"_s);
    int compared = 0;
    for (Revision a = 1; a <= story.last(); ++a) {
        for (Revision b = 1; b <= story.last(); ++b) {
            for (const AnswerRow &row : diffNodeRows(store, trace::diff(store, a, b))) {
                if (row.node != Tree)
                    continue;
                const bool isChanged = story.changedUntil(a) != story.changedUntil(b);
                const QString old = said(story.valueIn(a));
                const QString now = said(story.valueIn(b));
                const QString change = old == now ? now : old + u" → "_s + now;
                QCOMPARE(row.cells.at(std::size_t(column)).text, isChanged ? change : QString());
                ++compared;
            }
        }
    }
    QVERIFY(compared > 100);
}

void TestValues::whatDoesNotPrintHasNoValue()
{
    Story story(4);
    for (const NodeId node : {Stamp, Text}) {
        story.inspection.selection().selectNode(node);
        QCOMPARE(story.detail(u"value"_s), u"no such row"_s);
        QCOMPARE(story.detail(u"before"_s), u"no such row"_s);
    }
}

NUAGES_TEST(TestValues)
#include "tst_values.moc"
