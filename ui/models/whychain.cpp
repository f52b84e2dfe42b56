#include "ui/models/whychain.h"

#include "engine/trace/why.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <unordered_map>

namespace nuages::models {

/// A line with those below it.
struct WhyChain::Branch {
    WhyRow row;
    Branch *parent = nullptr;
    std::vector<std::unique_ptr<Branch>> children;

    Branch &append(WhyRow child)
    {
        children.push_back(std::make_unique<Branch>());
        children.back()->row = std::move(child);
        children.back()->parent = this;
        return *children.back();
    }

    bool isSameLine(const Branch &other) const
    {
        return row.kind == other.row.kind && row.node == other.row.node && row.name == other.row.name;
    }

    int place() const
    {
        const auto isThis = [this](const std::unique_ptr<Branch> &each) { return each.get() == this; };
        return int(std::ranges::find_if(parent->children, isThis) - parent->children.begin());
    }
};

namespace {

/// What became of a query, and in which revision, where that is not the one of the answer.
QString queryDetail(const trace::Store &store, const trace::Step &step)
{
    if (step.outcome == trace::Outcome::Validated) {
        const trace::Execution *validation = store.lastUntil(step.node, step.revision);
        return Words::tr("kept; %1 looked at").arg(validation ? validation->edges : 0);
    }
    const std::string_view detail = step.detail;
    const std::size_t end = std::min(detail.find(", in revision "), detail.size());
    QString text = told(detail.substr(0, end));
    if (end < detail.size())
        text += Words::tr(", in revision %1").arg(step.revision);
    return text;
}

/// The words of the engine in the user's language.
QString detailOf(const trace::Store &store, const trace::Step &step)
{
    using Kind = trace::Step::Kind;
    switch (step.kind) {
    case Kind::Edit:
        return Words::tr("revision %1").arg(step.revision);
    case Kind::Input:
        return Words::tr("set in revision %1").arg(step.revision);
    case Kind::Request: {
        const trace::RequestRecord *request = store.request(step.request);
        return step.detail.empty() || !request ? QString() : Words::tr("attempt %1").arg(request->attempts);
    }
    case Kind::Query:
        break;
    case Kind::Unknown:
        return Words::tr("the record of what it did is %1").arg(notKept());
    }
    return queryDetail(store, step);
}

WhyRow rowOf(const trace::Store &store, const trace::Step &step, trace::NodeId selected)
{
    using Kind = trace::Step::Kind;
    WhyRow row;
    row.kind = step.kind == Kind::Edit || step.kind == Kind::Request ? WhyRow::Kind::Edit : WhyRow::Kind::Step;
    row.name = toQString(step.name);
    row.detail = detailOf(store, step);
    row.value = toQString(step.value);
    row.outcome = int(step.outcome);
    row.node = step.node;
    row.isSelected = step.node != 0 && step.node == selected;
    if (step.kind == Kind::Input)
        row.measure = nameOf(store.state(step.node).durability);
    else if (step.ns > 0)
        row.measure = timeText(step.ns);
    if (const trace::RevisionRecord *revision = step.kind == Kind::Edit ? store.revision(step.revision) : nullptr)
        row.name = labelOf(store, *revision);
    return row;
}

WhyRow headingRow(const QString &text)
{
    WhyRow row;
    row.kind = WhyRow::Kind::Heading;
    row.name = text;
    return row;
}

/// Each step under the one before it; returns where each node stands.
std::unordered_map<trace::NodeId, WhyChain::Branch *> appendChain(WhyChain::Branch &top, const trace::Store &store,
                                                                  const std::vector<trace::Step> &chain,
                                                                  trace::NodeId selected)
{
    std::unordered_map<trace::NodeId, WhyChain::Branch *> places;
    WhyChain::Branch *last = &top;
    for (const trace::Step &step : chain) {
        last = &last->append(rowOf(store, step, selected));
        if (step.node != 0)
            places.emplace(step.node, last);
    }
    return places;
}

void appendWhy(WhyChain::Branch &top, const trace::Store &store, const trace::Why &why)
{
    auto places = appendChain(top, store, why.chain, why.node);
    for (const trace::Step &step : why.also) {
        const trace::Execution *run = store.lastUntil(step.node, step.revision);
        const auto cause = run ? places.find(run->cause) : places.end();
        WhyChain::Branch &under = cause == places.end() ? top : *cause->second;
        places.emplace(step.node, &under.append(rowOf(store, step, why.node)));
    }
    if (why.stopped.empty())
        return;
    WhyChain::Branch &stopped = top.append(headingRow(Words::tr("Stopped here")));
    for (const trace::Step &step : why.stopped)
        stopped.append(rowOf(store, step, why.node));
    if (why.spared > why.stopped.size())
        stopped.append(headingRow(Words::tr("and %1 more").arg(countText(why.spared - why.stopped.size()))));
}

} // namespace

WhyChain::WhyChain(QObject *parent) : QAbstractItemModel(parent), m_top(std::make_unique<Branch>()) { }

WhyChain::~WhyChain() = default;

QModelIndex WhyChain::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Branch &branch = branchOf(parent);
    return createIndex(row, column, branch.children[std::size_t(row)].get());
}

QModelIndex WhyChain::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(*branchOf(index).parent) : QModelIndex();
}

int WhyChain::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(branchOf(parent).children.size());
}

int WhyChain::columnCount(const QModelIndex & /*parent*/) const { return ColumnCount; }

QVariant WhyChain::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WhyRow &row = branchOf(index).row;
    const bool isName = index.column() == NameColumn;
    switch (role) {
    case LineRole:
        return int(row.kind);
    case OutcomeRole:
        return isName && row.kind == WhyRow::Kind::Step ? QVariant(row.outcome) : QVariant();
    case NodeRole:
        return QVariant::fromValue<quint32>(row.node);
    case DetailRole:
        return isName ? QVariant(row.detail) : QVariant();
    case ValueRole:
        return row.value.isEmpty() ? QVariant() : QVariant(row.value);
    case IsSelectedRole:
        return row.isSelected;
    case Qt::TextAlignmentRole:
        return isName ? QVariant() : QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::DisplayRole:
        return isName ? row.name : row.measure;
    case Qt::AccessibleTextRole:
        return isName ? row.name + QStringLiteral(", ") + row.detail
                + (row.value.isEmpty() ? QString() : QStringLiteral(", ") + row.value)
                      : row.measure;
    default:
        return {};
    }
}

void WhyChain::update(const trace::Store &store, std::uint32_t node, std::uint32_t revision)
{
    Branch top;
    QString sentence;
    QString saving;
    QString whyNot;
    QString plainText;
    QString markdown;
    if (node != 0) {
        const trace::Why answer = trace::why(store, node, revision);
        const trace::WhyNot other = trace::whyNot(store, node, revision);
        sentence = toQString(answer.sentence);
        saving = toQString(answer.saving);
        plainText = toQString(trace::toText(answer, trace::Times::Shown));
        markdown = toQString(trace::toMarkdown(answer));
        if (other.answer != trace::WhyNot::Answer::Ran)
            whyNot = toQString(other.sentence);
        appendWhy(top, store, answer);
    }
    assign(*m_top, std::move(top.children));
    m_plainText = plainText;
    m_markdown = markdown;
    if (sentence == m_sentence && saving == m_saving && whyNot == m_whyNot)
        return;
    m_sentence = sentence;
    m_saving = saving;
    m_whyNot = whyNot;
    Q_EMIT sentenceChanged();
}

/// Keeps the lines at both ends that are the same, and exchanges those between.
void WhyChain::assign(Branch &branch, std::vector<std::unique_ptr<Branch>> wanted)
{
    auto &present = branch.children;
    const std::size_t shorter = std::min(present.size(), wanted.size());
    std::size_t front = 0;
    while (front < shorter && present[front]->isSameLine(*wanted[front]))
        ++front;
    std::size_t back = 0;
    while (back < shorter - front && present[present.size() - 1 - back]->isSameLine(*wanted[wanted.size() - 1 - back]))
        ++back;

    const QModelIndex index = indexOf(branch);
    if (const std::size_t end = present.size() - back; end > front) {
        beginRemoveRows(index, int(front), int(end) - 1);
        present.erase(present.begin() + std::ptrdiff_t(front), present.begin() + std::ptrdiff_t(end));
        endRemoveRows();
    }
    const std::size_t end = wanted.size() - back;
    if (end > front) {
        beginInsertRows(index, int(front), int(end) - 1);
        for (std::size_t at = front; at < end; ++at) {
            wanted[at]->parent = &branch;
            present.insert(present.begin() + std::ptrdiff_t(at), std::move(wanted[at]));
        }
        endInsertRows();
    }
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        if (at >= front && at < end)
            continue;
        Branch &kept = *present[at];
        if (kept.row != wanted[at]->row) {
            kept.row = wanted[at]->row;
            Q_EMIT dataChanged(createIndex(int(at), 0, &kept), createIndex(int(at), ColumnCount - 1, &kept));
        }
        assign(kept, std::move(wanted[at]->children));
    }
}

WhyChain::Branch &WhyChain::branchOf(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<Branch *>(index.internalPointer()) : *m_top;
}

QModelIndex WhyChain::indexOf(const Branch &branch) const
{
    return branch.parent ? createIndex(branch.place(), 0, &branch) : QModelIndex();
}

} // namespace nuages::models
