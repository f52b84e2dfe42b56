#include "app/inspector/dump.h"

#include "app/inspector/spread.h"

#include "engine/trace/store.h"
#include "engine/trace/timeline.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/models/bill.h"
#include "ui/models/fileindex.h"
#include "ui/models/inspection.h"
#include "ui/models/kindgraph.h"
#include "ui/models/messagelog.h"
#include "ui/models/querykinds.h"
#include "ui/models/requests.h"
#include "ui/models/roles.h"
#include "ui/models/signalcount.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"
#include "ui/views/style.h"

#include <QAbstractItemView>
#include <QFontInfo>
#include <QGuiApplication>
#include <QJsonArray>
#include <QMetaEnum>
#include <ksyntaxhighlighting_version.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::app {

namespace {

using trace::Outcome;

QJsonArray sorted(QStringList texts)
{
    texts.sort();
    return QJsonArray::fromStringList(texts);
}

/// What became of nodes in the shown revision, each by the last thing that happened to it.
void addOutcomes(QJsonObject &state, const trace::Store &store, trace::Revision revision)
{
    QMap<QString, QStringList> names;
    for (const QString &list : {u"changed"_s, u"backdated"_s, u"new"_s, u"validated"_s, u"inputs"_s, u"untracked"_s})
        names[list];
    std::vector<trace::NodeId> nodes;
    for (const trace::Execution &execution : store.executions(revision))
        nodes.push_back(execution.node);
    std::ranges::sort(nodes);
    nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
    for (const trace::NodeId node : nodes) {
        const trace::Execution &last = *store.lastUntil(node, revision);
        const QString name = models::nameOf(store, node);
        if (last.isUntracked)
            names[u"untracked"_s] << name;
        if (last.outcome == Outcome::ExecutedChanged)
            names[u"changed"_s] << name;
        else if (last.outcome == Outcome::ExecutedBackdated)
            names[u"backdated"_s] << name;
        else if (last.outcome == Outcome::ExecutedNew)
            names[u"new"_s] << name;
        else if (last.outcome == Outcome::Validated)
            names[u"validated"_s] << name;
        else if (last.outcome == Outcome::InputSet)
            names[u"inputs"_s] << name;
    }
    for (auto list = names.cbegin(); list != names.cend(); ++list)
        state[list.key()] = sorted(list.value());
}

QStringList namesBelow(const models::WhyChain &chain, const QModelIndex &parent)
{
    QStringList names;
    for (int row = 0; row < chain.rowCount(parent); ++row) {
        const QModelIndex index = chain.index(row, 0, parent);
        names << index.data().toString() << namesBelow(chain, index);
    }
    return names;
}

/// The lines from the edit to the selected node; empty if it is not below `parent`.
QStringList pathToSelected(const models::WhyChain &chain, const QModelIndex &parent)
{
    for (int row = 0; row < chain.rowCount(parent); ++row) {
        const QModelIndex index = chain.index(row, 0, parent);
        const QString detail = index.data(models::DetailRole).toString();
        const QString line = index.data().toString() + (detail.isEmpty() ? QString() : u": "_s + detail);
        if (index.data(models::IsSelectedRole).toBool())
            return {line};
        if (const QStringList below = pathToSelected(chain, index); !below.isEmpty())
            return QStringList{line} + below;
    }
    return {};
}

QJsonObject whyState(const models::WhyChain &chain)
{
    QStringList stopped;
    QStringList ran;
    for (int row = 0; row < chain.rowCount(); ++row) {
        const QModelIndex index = chain.index(row, 0);
        const bool isHeading = index.data(models::LineRole).toInt() == int(models::WhyRow::Kind::Heading);
        if (isHeading)
            stopped << namesBelow(chain, index);
        else
            ran << index.data().toString() << namesBelow(chain, index);
    }
    return {{u"sentence"_s, chain.sentence()},
            {u"whyNot"_s, chain.whyNotSentence()},
            {u"path"_s, QJsonArray::fromStringList(pathToSelected(chain, {}))},
            {u"ran"_s, sorted(ran)},
            {u"stopped"_s, sorted(stopped)}};
}

/// Each row as an object of the texts of its columns.
QJsonArray tableState(const QAbstractItemModel &model, const QList<int> &columns)
{
    QJsonArray rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QJsonObject object;
        for (const int column : columns)
            object[model.headerData(column, Qt::Horizontal).toString()] = model.index(row, column).data().toString();
        rows.append(object);
    }
    return rows;
}

/// The paths of what is a file and lies in the project.
QJsonArray projectFiles(const models::FileIndex &files)
{
    QStringList paths;
    for (const models::FileRow &row : files.rows()) {
        if (row.isFile && !row.isOutside)
            paths << row.shown;
    }
    return QJsonArray::fromStringList(paths);
}

QJsonObject signalState(const models::SignalCount::Totals &totals)
{
    return {{u"resets"_s, qint64(totals.resets)},   {u"inserted"_s, qint64(totals.inserted)},
            {u"removed"_s, qint64(totals.removed)}, {u"moved"_s, qint64(totals.moved)},
            {u"changed"_s, qint64(totals.changed)}, {u"signals"_s, qint64(totals.emissions)}};
}

QJsonObject figureState(const models::Figures &figures)
{
    return {{u"watchingPercent"_s, figures.watchingPercent},
            {u"lost"_s, qint64(figures.lost)},
            {u"behindMs"_s, figures.behindMs},
            {u"storeBytes"_s, qint64(figures.storeBytes)},
            {u"memos"_s, qint64(figures.memos)},
            {u"templates"_s, qint64(figures.templates)}};
}

/// Of each method the request of a client that was answered last, and what led to it.
QJsonObject lastRequests(models::Inspection &inspection)
{
    const trace::Store &store = inspection.store();
    QJsonObject last;
    for (const auto &[id, request] : store.requests()) {
        if (trace::isOwnWork(id))
            break;
        const trace::NodeId top = inspection.topOf(id);
        models::WhyChain chain;
        if (top != 0)
            chain.update(store, top, request.ended);
        QStringList path = pathToSelected(chain, {});
        last[QString::fromStdString(request.method)] =
            QJsonObject{{u"document"_s, inspection.shownPath(QString::fromStdString(request.document))},
                        {u"version"_s, request.version ? QJsonValue(*request.version) : QJsonValue()},
                        {u"ms"_s, double(request.durationNs) / 1e6},
                        {u"attempts"_s, qint64(request.attempts)},
                        {u"isNull"_s, request.isNull},
                        {u"revision"_s, qint64(request.ended)},
                        {u"query"_s, top == 0 ? QString() : inspection.shownName(top)},
                        {u"path"_s, QJsonArray::fromStringList(path)}};
    }
    return last;
}

/// How many messages went each way, by method, and how many were not seen.
QJsonObject protocolState(const models::MessageLog &log)
{
    QJsonObject counts;
    for (const models::MessageRow &row : log.rows()) {
        const QString key = (row.isFromServer ? u"< "_s : u"> "_s) + row.method;
        counts[key] = counts[key].toInt() + 1;
    }
    return {{u"messages"_s, counts}, {u"lost"_s, qint64(log.lost())}};
}

/// How much the time line of the shown revision has of each.
QJsonObject timelineState(const trace::Store &store, trace::Revision revision)
{
    const trace::TimeLine line = trace::timeLine(store, revision, revision);
    qint64 requests = 0;
    for (const auto &row : line.requests)
        requests += qint64(row.size());
    return {{u"threads"_s, qint64(line.lanes.size())},
            {u"runs"_s, qint64(line.spans() - line.blocked.size())},
            {u"waits"_s, qint64(line.blocked.size())},
            {u"requests"_s, requests}};
}

/// What fits: the rows of every table and tree, and what the canvases draw when they are painted anew.
QJsonObject screenState(views::MainWindow &window)
{
    int rows = 0;
    for (const QAbstractItemView *view : window.findChildren<QAbstractItemView *>()) {
        if (view->isVisible())
            rows += view->viewport()->height() / views::heightOfRows() + 1;
    }
    const qint64 before = window.paintedItems();
    window.graph().viewport()->repaint();
    window.strip().repaint();
    return {{u"rows"_s, rows}, {u"items"_s, window.paintedItems() - before}};
}

QJsonObject turnState(const TimedApplication::Turn &turn)
{
    const auto *name = QMetaEnum::fromType<QEvent::Type>().valueToKey(turn.event);
    return {{u"ms"_s, turn.ms},
            {u"busyMs"_s, turn.busyMs},
            {u"event"_s, name ? QString::fromLatin1(name) : QString::number(int(turn.event))},
            {u"receiver"_s, QString::fromLatin1(turn.receiver)},
            {u"owner"_s, QString::fromLatin1(turn.owner)}};
}

} // namespace

QJsonObject dumpState(models::Inspection &inspection, const Tally &tally, views::MainWindow &window,
                      const std::vector<double> &turns, const std::optional<TimedApplication::Turn> &longest)
{
    const trace::Store &store = inspection.store();
    const std::uint32_t revision = inspection.shownRevision();
    QJsonObject state;
    state[u"revision"_s] = qint64(store.revision());
    state[u"shownRevision"_s] = qint64(revision);
    state[u"selected"_s] = inspection.shownName(inspection.selection().spot().node);
    addOutcomes(state, store, revision);
    state[u"why"_s] = whyState(inspection.why());
    state[u"bill"_s] = tableState(inspection.bill(), {models::Bill::OutcomeColumn, models::Bill::CountColumn});
    state[u"kinds"_s] =
        tableState(inspection.kinds(), {models::QueryKinds::KindColumn, models::QueryKinds::MemosColumn});
    QJsonArray reads;
    for (const models::KindGraph::Edge &edge : inspection.kindGraph().edges(store, revision)) {
        const auto kindAt = [&](int place) { return inspection.kindGraph().order()[std::size_t(place)].kind; };
        reads << QJsonArray{kindAt(edge.from), kindAt(edge.to), qint64(edge.count)};
    }
    state[u"kindReads"_s] = reads;
    state[u"requests"_s] = tableState(inspection.requests(),
                                      {models::Requests::MethodColumn, models::Requests::DocumentColumn,
                                       models::Requests::StateColumn, models::Requests::AttemptsColumn});
    state[u"lastRequests"_s] = lastRequests(inspection);
    state[u"timeline"_s] = timelineState(store, revision);
    state[u"protocol"_s] = protocolState(window.protocol());
    state[u"files"_s] = inspection.files().rowCount();
    state[u"projectFiles"_s] = projectFiles(inspection.files());
    const auto findings = window.findingCount();
    state[u"findings"_s] = findings ? QJsonValue(qint64(*findings)) : QJsonValue();
    state[u"messages"_s] = QJsonArray::fromStringList(window.messages());
    state[u"source"_s] = QJsonObject{{u"path"_s, window.source().path()},
                                     {u"text"_s, window.source().editor().toPlainText()},
                                     {u"isReadOnly"_s, window.source().editor().isReadOnly()}};
    state[u"models"_s] = signalState(inspection.signalCount().totals());
    state[u"figures"_s] = figureState(inspection.figures());
    state[u"edits"_s] = QJsonObject{{u"made"_s, tally.edits},
                                    {u"textsCompared"_s, tally.textsCompared},
                                    {u"textsDifferent"_s, tally.textsDifferent},
                                    {u"mostRowsAtOnce"_s, qint64(tally.mostRowsAtOnce)},
                                    {u"mostPaintedAtOnce"_s, tally.mostPaintedAtOnce},
                                    {u"lag"_s, spreadOf(tally.lagsMs)}};
    state[u"turns"_s] = spreadOf(turns);
    if (longest)
        state[u"longestTurn"_s] = turnState(*longest);
    state[u"scrub"_s] = spreadOf(tally.scrubMs);
    state[u"drawnWith"_s] = QJsonObject{{u"qt"_s, QString::fromLatin1(qVersion())},
                                        {u"platform"_s, QGuiApplication::platformName()},
                                        {u"font"_s, QFontInfo(window.font()).family()},
                                        {u"fixedFont"_s, QFontInfo(window.source().editor().font()).family()},
                                        {u"highlighting"_s, QStringLiteral(KSYNTAXHIGHLIGHTING_VERSION_STRING)}};
    state[u"paintedItems"_s] = window.paintedItems();
    state[u"onScreen"_s] = screenState(window);
    return state;
}

} // namespace nuages::app
