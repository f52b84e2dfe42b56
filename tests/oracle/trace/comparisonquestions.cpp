// What is answered about several revisions.
#include "tests/oracle/trace/comparison.h"

#include "engine/trace/diff.h"
#include "engine/trace/ledger.h"
#include "ui/models/answerrows.h"
#include "ui/models/questionrows.h"
#include "ui/models/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace nuages::oracle {

using models::toQString;

namespace {

struct Sums {
    std::uint64_t useful = 0, same = 0, checked = 0, ns = 0, sameNs = 0;

    void add(const Execution &each)
    {
        const bool isSame = each.outcome == Outcome::ExecutedBackdated;
        const bool isUseful = each.outcome == Outcome::ExecutedNew || each.outcome == Outcome::ExecutedChanged;
        useful += isUseful;
        same += isSame;
        checked += each.outcome == Outcome::Validated;
        ns += isSame || isUseful ? each.selfNs : 0;
        sameNs += isSame ? each.selfNs : 0;
    }
};

QString cellsText(const models::AnswerRow &row, std::initializer_list<int> columns)
{
    QStringList parts;
    for (const int column : columns)
        parts << QString::number(row.cells[std::size_t(column)].number, 'f', 0);
    return parts.join(u' ');
}

template <class... Number>
QString numbersText(Number... numbers)
{
    return (QStringList() << ... << QString::number(numbers)).join(u' ');
}

} // namespace

void Comparison::lookAtQuestions()
{
    m_where = QStringLiteral("questions");
    m_revision = m_plain.last;
    m_fresh.clear();
    std::vector<Revision> kept;
    for (const Revision revision : m_plain.seen) {
        if (mustBeKept(revision))
            kept.push_back(revision);
    }
    if (kept.empty())
        return;
    Revision a = kept[m_random() % kept.size()];
    Revision b = m_random() % 3 == 0 ? m_plain.last : kept[m_random() % kept.size()];
    trace::RequestId request = 0;
    if (m_random() % 3 == 0 && !m_plain.requests.empty())
        request = std::next(m_plain.requests.begin(), std::ptrdiff_t(m_random() % m_plain.requests.size()))->first;
    ledger(std::min(a, b), std::max(a, b), request);
    diff(a, b);
}

void Comparison::ledger(Revision first, Revision last, trace::RequestId request)
{
    Sums all;
    std::uint64_t cancelled = 0;
    std::map<QString, Sums> kinds;
    std::map<QString, Sums> edges;
    for (const auto &[revision, happened] : m_plain.byRevision) {
        for (const Execution &each : happened) {
            const trace::Node &node = m_plain.node(each.node);
            if (revision < first || revision > last || (request != 0 && each.request != request) || node.isInput)
                continue;
            all.add(each);
            cancelled += each.outcome == Outcome::Cancelled;
            kinds[toQString(node.kind)].add(each);
            if (!trace::isExecution(each.outcome) || each.cause == 0)
                continue;
            const trace::Node &cause = m_plain.node(each.cause);
            QString read = toQString(cause.kind);
            if (!cause.field.empty())
                read += u'.' + toQString(cause.field);
            edges[read + QStringLiteral(" → ") + toQString(node.kind)].add(each);
        }
    }
    const trace::Ledger ledger = trace::ledger(m_inspection.store(), {first, last, request});
    const QString name = QStringLiteral("ledger: %1 to %2, ").arg(first).arg(last);
    same(name + QStringLiteral("sum"),
         numbersText(ledger.all.useful, ledger.all.same, ledger.all.checked, ledger.all.ns(), ledger.all.sameNs),
         numbersText(all.useful, all.same, all.checked, all.ns, all.sameNs));
    same(name + QStringLiteral("cancelled"), ledger.all.cancelled, cancelled);
    std::set<QString> told;
    for (const models::AnswerRow &row : models::ledgerKindRows(ledger)) {
        const Sums sums = kinds[row.name];
        told.insert(row.name);
        same(name + row.name, cellsText(row, {1, 2, 3, 4, 5}),
             numbersText(sums.useful, sums.same, sums.checked, sums.ns, sums.sameNs));
    }
    for (const auto &[kind, sums] : kinds) {
        if (sums.useful + sums.same + sums.checked > 0)
            same(name + QStringLiteral("has ") + kind, told.contains(kind), true);
    }
    std::set<QString> toldEdges;
    for (const models::AnswerRow &row : models::ledgerEdgeRows(m_inspection.store(), ledger)) {
        const Sums sums = edges[row.name];
        toldEdges.insert(row.name);
        same(name + row.name, cellsText(row, {1, 2, 3, 4}),
             numbersText(sums.useful + sums.same, sums.same, sums.ns, sums.sameNs));
    }
    same(name + QStringLiteral("edges"), toldEdges.size(), edges.size());
}

void Comparison::diff(Revision a, Revision b)
{
    const auto [early, late] = std::minmax(a, b);
    const auto isThere = [this](NodeId id, Revision revision) {
        for (const Execution &each : m_plain.of(id)) {
            if (each.outcome == Outcome::ExecutedNew)
                return each.revision <= revision;
        }
        return m_plain.born(id) <= revision;
    };
    const auto isChanged = [&](NodeId id) {
        for (const Execution &each : m_plain.of(id)) {
            if (trace::isChange(each.outcome) && each.revision > early && each.revision <= late)
                return true;
        }
        return std::ranges::any_of(m_plain.told(id), [&](const Plain::Told &told) {
            return told.memo.changedAt > early && told.memo.changedAt <= late;
        });
    };
    const auto wordsIn = [&](NodeId id, Revision revision) {
        m_revision = revision;
        const QString words = isThere(id, revision) ? outcomeThen(id) : QStringLiteral("not there");
        m_revision = m_plain.last;
        return words;
    };
    std::map<QString, QString> right;
    std::set<QString> inputs;
    for (NodeId id = 1; id <= m_plain.count(); ++id) {
        if (!isThere(id, late))
            continue;
        const QString value = !isThere(id, early) ? QStringLiteral("only in one")
            : isChanged(id)                       ? QStringLiteral("value differs")
                                                  : QStringLiteral("same value");
        const bool isSame = value == u"same value";
        if (m_plain.node(id).isInput) {
            if (!isSame)
                inputs.insert(named(id));
        } else if (!isSame || wordsIn(id, a) != wordsIn(id, b)) {
            right[named(id)] = value + u' ' + wordsIn(id, a) + u' ' + wordsIn(id, b);
        }
    }
    const trace::Diff diff = trace::diff(m_inspection.store(), a, b);
    const QString name = QStringLiteral("difference: of %1 and %2, ").arg(a).arg(b);
    std::map<QString, const models::AnswerRow *> rows;
    const std::vector<models::AnswerRow> all = models::diffNodeRows(m_inspection.store(), diff);
    for (const models::AnswerRow &row : all) {
        rows[row.name] = &row;
        same(name + row.name, row.cells[2].text + u' ' + row.cells[3].text + u' ' + row.cells[5].text,
             right.contains(row.name) ? right[row.name] : QStringLiteral("nothing differs"));
    }
    for (const auto &[node, words] : right) {
        if (!rows.contains(node))
            same(name + node, QStringLiteral("nothing differs"), words);
    }
    std::set<QString> shownInputs;
    for (const models::AnswerRow &row : models::diffInputRows(m_inspection.store(), diff))
        shownInputs.insert(row.name);
    same(name + QStringLiteral("inputs"), QStringList(shownInputs.begin(), shownInputs.end()).join(u", "),
         QStringList(inputs.begin(), inputs.end()).join(u", "));
    std::uint64_t ran = 0;
    if (const auto happened = m_plain.byRevision.find(a); happened != m_plain.byRevision.end())
        ran = std::uint64_t(std::ranges::count_if(
            happened->second, [](const Execution &each) { return trace::isExecution(each.outcome); }));
    same(name + QStringLiteral("ran in the first"), diff.a.work.ran(), ran);

    // What is said to have the same value in both was computed anew for both.
    for (NodeId id = 1; id <= m_plain.count(); ++id) {
        const auto isGood = [&](Revision revision) {
            const Execution *last = m_plain.lastIn(id, revision);
            return last && last->outcome != Outcome::Cancelled && last->outcome != Outcome::Cycle;
        };
        const bool isText = isAbout(id, "SourceText");
        if ((!isText && !isAbout(id, "Diagnostics")) || !isGood(a) || !isGood(b))
            continue;
        const auto row = rows.find(named(id));
        if (row != rows.end() && row->second->cells[2].text != u"same value")
            continue;
        const std::string &path = m_plain.node(id).file;
        const bool isSame = isText ? m_editor.world().textAt(path, a) == m_editor.world().textAt(path, b)
                                   : fresh(a).diagnosticsOf(path) == fresh(b).diagnosticsOf(path);
        same(name + QStringLiteral("the same value of ") + named(id), true, isSame,
             isText ? Judge::TheEditor : Judge::FreshEngine);
    }
}

void Comparison::lookAtFindings()
{
    m_where = QStringLiteral("findings");
    m_revision = m_plain.last;
    m_fresh.clear();
    for (const std::string &path : pagePaths()) {
        std::vector<std::string> shown;
        if (const auto told = m_editor.published().find(path); told != m_editor.published().end()) {
            for (const boost::json::value &each : told->second.as_array())
                shown.push_back(std::string(each.at("code").as_string()) + ": "
                                + std::string(each.at("message").as_string()));
        }
        std::ranges::sort(shown);
        same(QStringLiteral("findings: of ") + toQString(path), joined(shown),
             joined(fresh(m_revision).findingsOf(path)), Judge::FreshEngine);
    }
}

void Comparison::lookAtCounters()
{
    m_where = QStringLiteral("counters");
    m_revision = m_plain.last;
    std::map<std::string, query::Counters> counted;
    for (const auto &[revision, happened] : m_plain.byRevision) {
        for (const Execution &each : happened) {
            query::Counters &counters = counted[m_plain.node(each.node).kind];
            counters.executed += trace::isExecution(each.outcome);
            counters.backdated += each.outcome == Outcome::ExecutedBackdated;
            counters.validatedDeep += each.outcome == Outcome::Validated;
            counters.validatedShallow += each.outcome == Outcome::NotChecked;
            counters.cancelled += each.outcome == Outcome::Cancelled;
        }
    }
    for (const trace::KindTotal &total : m_inspection.store().kinds()) {
        if (total.isInput)
            continue;
        const query::Counters &right = counted[total.kind];
        same(
            QStringLiteral("counters: of ") + toQString(total.kind),
            numbersText(total.counters.executed, total.counters.backdated, total.counters.validatedDeep,
                        total.counters.validatedShallow, total.counters.cancelled),
            numbersText(right.executed, right.backdated, right.validatedDeep, right.validatedShallow, right.cancelled));
    }
}

} // namespace nuages::oracle
