#include "tests/support/testmain.h"

#include "app/inspector/hostedlink.h"
#include "app/inspector/recordedlink.h"
#include "app/inspector/sessions.h"
#include "ui/models/inspection.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/views/editorclient.h"
#include "ui/views/mainwindow.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMap>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using trace::Execution;
using trace::NodeId;
using trace::Outcome;
using trace::Revision;

namespace {

constexpr int patienceMs = 60'000;
constexpr int templateCount = 29; // of the demo project

/// To whatever has the focus: there is no other way into the window here.
void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *focused = QApplication::focusWidget();
    if (!focused)
        qFatal("nothing has the focus");
    QTest::keyClick(focused, key, modifiers);
}

void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }

/// What has the focus, for a message.
const char *focused()
{
    const QWidget *widget = QApplication::focusWidget();
    static QByteArray words;
    words =
        widget ? QByteArray(widget->metaObject()->className()) + ' ' + widget->accessibleName().toUtf8() : "nothing";
    if (QApplication::activePopupWidget())
        words += ", below a popup";
    return words.constData();
}

/// Whether a dialog waits for what is typed.
bool isAsked()
{
    const QWidget *dialog = QApplication::activeModalWidget();
    return dialog && dialog->isAncestorOf(QApplication::focusWidget());
}

/// The window on the demo project, and a plain list of all that the engine told: what every answer is compared with.
struct Demo {
    std::vector<std::shared_ptr<const trace::Batch>> told;
    std::map<NodeId, QString> names;
    QTemporaryDir scratch;
    QString root = QStringLiteral(NUAGES_DEMO);
    app::HostedLink link{app::HostedLink::Host{}};
    models::Inspection inspection{root};
    app::SessionKeeper keeper{link, scratch.filePath(u"kept.nuages"_s), root, std::uint64_t{1} << 28};
    MainWindow window{inspection, link, root};
    QSignalSpy asked{&window, &MainWindow::projectAsked};

    Demo()
    {
        QObject::connect(&link, &link::Link::traced, &window,
                         [this](const std::shared_ptr<const trace::Batch> &batch) { listen(batch); });
        window.setSaver(
            [this](const QString &path, std::function<void(QString)> done) { keeper.copyTo(path, std::move(done)); });
        window.resize(1600, 1000);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        const bool isThere = QTest::qWaitFor(
            [this] {
                return isSettled() && window.client().progress().isEmpty() && checkedTemplates() == templateCount;
            },
            patienceMs);
        if (!isThere)
            qFatal("the project does not come");
        window.setChecksByItself(false); // One edit, one revision, one answer.
    }

    void listen(const std::shared_ptr<const trace::Batch> &batch)
    {
        told.push_back(batch);
        for (const trace::Node &node : batch->nodes) {
            QString name = QString::fromStdString(node.kind) + u'(' + QString::fromStdString(node.key) + u')';
            if (!node.field.empty())
                name += u'.' + QString::fromStdString(node.field);
            names[node.id] = name;
        }
    }

    int checkedTemplates() const
    {
        int count = 0;
        for (const auto &[node, name] : names)
            count += name.startsWith(u"Diagnostics("_s);
        return count;
    }

    bool isSettled()
    {
        inspection.refresh();
        return link.isSettled() && inspection.pendingCount() == 0 && inspection.store().revision() > 0;
    }

    void settle()
    {
        QCoreApplication::processEvents();
        QVERIFY(QTest::qWaitFor([this] { return isSettled(); }, patienceMs));
        inspection.refresh();
    }

    // Brute force: plain loops over what was told.

    QString nameOf(NodeId node) const { return names.at(node); }

    NodeId nodeCalled(const QString &name) const
    {
        for (const auto &[node, each] : names) {
            if (each == name)
                return node;
        }
        return 0;
    }

    QString kindOf(NodeId node) const { return nameOf(node).section(u'(', 0, 0); }

    std::vector<Execution> executions() const
    {
        std::vector<Execution> all;
        for (const auto &batch : told)
            all.insert(all.end(), batch->executions.begin(), batch->executions.end());
        return all;
    }

    std::vector<Execution> executionsIn(Revision revision) const
    {
        std::vector<Execution> all = executions();
        std::erase_if(all, [revision](const Execution &each) { return each.revision != revision; });
        return all;
    }

    Revision lastRevision() const
    {
        Revision last = 0;
        for (const auto &batch : told)
            last = std::max(last, batch->revision);
        return last;
    }

    /// What each query read when it ran last.
    std::map<NodeId, std::vector<NodeId>> reads() const
    {
        std::map<NodeId, std::vector<NodeId>> reads;
        for (const auto &batch : told) {
            for (const trace::Memo &memo : batch->memos)
                reads[memo.node] = memo.reads;
        }
        return reads;
    }

    // What a user does.

    void find(const QString &text)
    {
        press(Qt::Key_F, Qt::ControlModifier);
        type(text);
        QCoreApplication::processEvents(); // The list of proposals comes.
        press(Qt::Key_Return);
        comeBack();
        inspection.refresh();
    }

    /// Without a window manager no window is active once a list that was open above it is closed.
    void comeBack()
    {
        QCoreApplication::processEvents();
        if (QApplication::activeModalWidget())
            return;
        window.activateWindow();
        QVERIFY(QTest::qWaitFor([this] { return window.isActiveWindow(); }));
    }

    /// Tab by Tab, until what is called so has the focus.
    void tabTo(const QString &name)
    {
        QStringList way;
        for (int steps = 0; steps < 80; ++steps) {
            way << QApplication::focusWidget()->accessibleName();
            if (way.last() == name)
                return;
            press(Qt::Key_Tab);
        }
        QFAIL(qPrintable(u"no way to %1: %2"_s.arg(name, way.mid(0, 30).join(u", "_s))));
    }

    /// Back to the tabs of the pane in which the focus is, and along them.
    void toTab(const QString &title)
    {
        const auto *tabs = qobject_cast<QTabBar *>(QApplication::focusWidget());
        for (int steps = 0; steps < 20 && !tabs; ++steps) {
            press(Qt::Key_Tab, Qt::ShiftModifier);
            tabs = qobject_cast<QTabBar *>(QApplication::focusWidget());
        }
        QVERIFY2(tabs, focused());
        press(Qt::Key_Home);
        for (int steps = 0; steps < tabs->count() && tabs->tabText(tabs->currentIndex()) != title; ++steps)
            press(Qt::Key_Right);
        QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
    }

    /// Of a choice that has the focus.
    static void choose(const QString &words)
    {
        auto *box = qobject_cast<QComboBox *>(QApplication::focusWidget());
        QVERIFY(box);
        press(Qt::Key_Home);
        for (int steps = 0; steps < box->count() && box->currentText() != words; ++steps)
            press(Qt::Key_Down);
        QCOMPARE(box->currentText(), words);
    }

    /// Comes before what is there, so that all after it moves.
    void edit(const QString &path, const QString &text)
    {
        find(path);
        press(Qt::Key_4, Qt::AltModifier);
        const auto *editor = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
        QVERIFY2(editor && !editor->isReadOnly(), focused());
        press(Qt::Key_End, Qt::ControlModifier);
        type(text);
        settle();
    }

    /// "2,991" as "2991"; words as they are.
    static QString plainNumber(QString text)
    {
        const bool isNumber =
            !text.isEmpty() && std::ranges::all_of(text, [](QChar each) { return each.isDigit() || each == u','; });
        return isNumber ? text.remove(u',') : text;
    }

    /// The rows of the list that has the focus, by header and row.
    static QList<QMap<QString, QString>> rows()
    {
        QList<QMap<QString, QString>> rows;
        const auto *list = qobject_cast<QAbstractItemView *>(QApplication::focusWidget());
        if (!list)
            return rows;
        const QAbstractItemModel &model = *list->model();
        for (int row = 0; row < model.rowCount(); ++row) {
            QMap<QString, QString> cells;
            for (int column = 0; column < model.columnCount(); ++column) {
                const QString title = model.headerData(column, Qt::Horizontal).toString();
                if (!cells.contains(title)) // "ran" stands twice in one table
                    cells[title] = plainNumber(model.index(row, column).data().toString());
            }
            rows << cells;
        }
        return rows;
    }

    /// The queries of the rows that have this value under a title.
    static std::set<QString> listedAs(const QString &value, const QString &under)
    {
        std::set<QString> found;
        for (const auto &row : rows()) {
            if (row[under] == value)
                found.insert(row[u"query"_s]);
        }
        return found;
    }

    QString sentence() const
    {
        for (const QLabel *label : window.findChildren<QLabel *>(u"answerSentence"_s)) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
};

} // namespace

/// The questions of a developer about the demo project, asked and answered by keys alone: no pointer, and no command
/// but by its key, its menu or its name.
class TestKeyboardOnly : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void whatDidMyEditCost();
    void whyDidThisRun();
    void whyDidThatNotRun();
    void whoWastesMost();
    void whatChangedBetweenTwoRevisions();
    void whatIfITouchThisFile();
    void whoReadsThis();
    void whichRequests();
    void whatTakesTheMemory();
    void thePictureIsExported();
    void aSessionIsSavedAndOpened();
    void aQueryIsFoundByName();
    void theLayoutIsKept();

private:
    QTemporaryDir m_folder;
    QString m_nameBefore;
};

void TestKeyboardOnly::initTestCase()
{
    m_nameBefore = QCoreApplication::organizationName();
    QCoreApplication::setOrganizationName(u"nuages-test-keys"_s);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void TestKeyboardOnly::cleanupTestCase() { QCoreApplication::setOrganizationName(m_nameBefore); }

void TestKeyboardOnly::whatDidMyEditCost()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"x"_s);
    const Revision revision = demo.lastRevision();
    press(Qt::Key_1, Qt::AltModifier);
    demo.tabTo(u"Bill of the revision"_s);
    std::map<QString, int> counts;
    std::uint64_t ns = 0;
    for (const Execution &each : demo.executionsIn(revision)) {
        switch (each.outcome) {
        case Outcome::ExecutedChanged:
        case Outcome::InputSet:
            ++counts[u"Ran, changed"_s];
            break;
        case Outcome::ExecutedBackdated:
            ++counts[u"Ran, same value"_s];
            break;
        case Outcome::Validated:
            ++counts[u"Checked, kept"_s];
            break;
        default:
            break;
        }
        ns += trace::isExecution(each.outcome) ? each.selfNs : 0;
    }
    QVERIFY(ns > 0 && counts[u"Ran, changed"_s] > 2);
    int compared = 0;
    for (const auto &row : Demo::rows()) {
        if (!counts.contains(row[u"outcome"_s]) || row[u"outcome"_s] == u"Not even checked")
            continue;
        QCOMPARE(row[u"queries"_s].toInt(), counts.at(row[u"outcome"_s]));
        ++compared;
    }
    QCOMPARE(std::size_t(compared), counts.size());
}

void TestKeyboardOnly::whyDidThisRun()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"{"_s);
    const Revision revision = demo.lastRevision();
    demo.find(u"Diagnostics(templates/base.html"_s);
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString chain = QApplication::clipboard()->text();
    std::map<NodeId, Execution> last;
    for (const Execution &each : demo.executionsIn(revision))
        last[each.node] = each;
    NodeId node = demo.inspection.selection().spot().node;
    QCOMPARE(demo.nameOf(node), u"Diagnostics(templates/base.html)"_s);
    QStringList causes;
    while (node != 0 && last.contains(node)) {
        causes.prepend(demo.nameOf(node));
        node = last.at(node).cause;
    }
    QVERIFY(causes.size() >= 3);
    qsizetype at = 0;
    for (const QString &name : causes.mid(1)) { // The input is said in words: what was typed into.
        const qsizetype found = chain.indexOf(name, at);
        QVERIFY2(found >= at, qPrintable(name + u" in "_s + chain));
        at = found;
    }
    press(Qt::Key_2, Qt::AltModifier);
    QVERIFY(!Demo::rows().isEmpty());
}

void TestKeyboardOnly::whyDidThatNotRun()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"x"_s);
    const Revision revision = demo.lastRevision();
    std::set<NodeId> touched;
    for (const Execution &each : demo.executionsIn(revision))
        touched.insert(each.node);
    const QString name = u"Diagnostics(templates/404.html)"_s;
    QVERIFY(!touched.contains(demo.nodeCalled(name)));
    demo.find(name);
    press(Qt::Key_2, Qt::AltModifier);
    demo.toTab(u"Why not"_s);
    bool isSaid = false;
    for (const QLabel *label : demo.window.findChildren<QLabel *>())
        isSaid = isSaid
            || (label->isVisible()
                && label->text().contains(u"did not run because nobody asked for it in revision %1"_s.arg(revision)));
    QVERIFY(isSaid);
}

void TestKeyboardOnly::whoWastesMost()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"xyz"_s);
    press(Qt::Key_7, Qt::AltModifier);
    QVERIFY(QApplication::focusWidget());
    demo.tabTo(u"Whose work"_s);
    Demo::choose(u"All that is kept"_s);
    demo.tabTo(u"By query"_s);
    std::map<QString, std::pair<int, int>> work; // useful, in vain
    for (const Execution &each : demo.executions()) {
        if (!trace::isExecution(each.outcome))
            continue;
        auto &[useful, vain] = work[demo.kindOf(each.node)];
        ++(each.outcome == Outcome::ExecutedBackdated ? vain : useful);
    }
    const auto rows = Demo::rows();
    QVERIFY(!rows.isEmpty());
    std::map<QString, std::pair<int, int>> shown;
    for (const auto &row : rows) {
        const std::pair counts(row[u"useful"_s].toInt(), row[u"in vain"_s].toInt());
        if (counts != std::pair(0, 0))
            shown[row[u"query"_s]] = counts;
    }
    QCOMPARE(shown, work);
}

void TestKeyboardOnly::whatChangedBetweenTwoRevisions()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"ab"_s);
    demo.edit(u"templates/404.html"_s, u"c"_s);
    const Revision last = demo.lastRevision();
    const Revision first = last - 2;
    press(Qt::Key_1, Qt::AltModifier);
    press(Qt::Key_BracketLeft);
    press(Qt::Key_BracketLeft);
    press(Qt::Key_BracketLeft, Qt::ControlModifier);
    press(Qt::Key_End, Qt::ControlModifier);
    press(Qt::Key_BracketRight, Qt::ControlModifier);
    demo.tabTo(u"What is listed"_s);
    press(Qt::Key_Tab);
    demo.tabTo(u"Values and work"_s);
    QVERIFY2(demo.sentence().startsWith(u"A: revision %1, "_s.arg(first)), qPrintable(demo.sentence()));
    std::set<QString> changed;
    for (const Execution &each : demo.executions()) {
        if (each.revision > first && each.revision <= last && each.outcome == Outcome::ExecutedChanged)
            changed.insert(demo.nameOf(each.node));
    }
    QVERIFY(!changed.empty());
    QCOMPARE(Demo::listedAs(u"value differs"_s, u"value"_s), changed);
}

void TestKeyboardOnly::whatIfITouchThisFile()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"x"_s);
    demo.find(u">Show: What if"_s);
    const std::set<QString> sure = Demo::listedAs(u"sure"_s, u"chance"_s);
    QVERIFY2(!sure.empty(), qPrintable(demo.sentence()));
    press(Qt::Key_4, Qt::AltModifier);
    type(u"y"_s);
    demo.settle();
    std::set<QString> ran;
    for (const Execution &each : demo.executionsIn(demo.lastRevision())) {
        if (trace::isExecution(each.outcome))
            ran.insert(demo.nameOf(each.node));
    }
    for (const QString &name : sure)
        QVERIFY2(ran.contains(name), qPrintable(name));
}

void TestKeyboardOnly::whoReadsThis()
{
    Demo demo;
    demo.find(u"TemplateFacts(templates/base.html"_s);
    const NodeId node = demo.inspection.selection().spot().node;
    QCOMPARE(demo.nameOf(node), u"TemplateFacts(templates/base.html)"_s);
    demo.find(u">Show: Neighbours"_s);
    std::set<QString> readers;
    for (const auto &[reader, reads] : demo.reads()) {
        if (std::ranges::contains(reads, node))
            readers.insert(demo.nameOf(reader));
    }
    QVERIFY(!readers.empty());
    QCOMPARE(Demo::listedAs(u"read by"_s, u"side"_s), readers);
}

void TestKeyboardOnly::whichRequests()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"x"_s);
    demo.find(u">Show: Requests"_s);
    demo.tabTo(u"The server's own work too"_s);
    press(Qt::Key_Space);
    demo.tabTo(u"Requests"_s);
    demo.settle();
    QCOMPARE(demo.inspection.shownRevision(), demo.lastRevision()); // Who only comes by picks nothing.
    std::map<trace::RequestId, trace::RequestRecord> last;
    for (const auto &batch : demo.told) {
        for (const trace::RequestRecord &request : batch->requests)
            last[request.id] = request;
    }
    QStringList expected;
    for (const auto &[id, request] : last)
        expected << QString::fromStdString(request.method);
    expected.sort();
    QStringList shown;
    for (const auto &row : Demo::rows())
        shown << row[u"request"_s];
    shown.sort();
    QVERIFY(!expected.isEmpty());
    QCOMPARE(shown.join(u", "_s), expected.join(u", "_s));
}

void TestKeyboardOnly::whatTakesTheMemory()
{
    Demo demo;
    demo.find(u">Show: Statistics"_s);
    demo.tabTo(u"What is listed"_s);
    Demo::choose(u"Memory by file"_s);
    demo.tabTo(u"Memory by file"_s);
    std::map<NodeId, QString> files;
    std::map<QString, int> cells;
    for (const auto &batch : demo.told) {
        for (const trace::Node &node : batch->nodes) {
            files[node.id] = QString::fromStdString(node.file);
            ++cells[files[node.id]];
        }
    }
    std::map<QString, int> edges;
    for (const auto &[node, reads] : demo.reads())
        edges[files[node]] += int(reads.size());
    const auto rows = Demo::rows();
    QCOMPARE(std::size_t(rows.size()), cells.size());
    for (const auto &[file, count] : cells) {
        const QString shown = file.isEmpty() ? u"of no file"_s : demo.inspection.shownPath(file);
        const auto row = std::ranges::find_if(rows, [&](const auto &each) { return each[u"file"_s] == shown; });
        QVERIFY2(row != rows.end(), qPrintable(shown));
        QCOMPARE((*row)[u"cells"_s].toInt(), count);
        QCOMPARE((*row)[u"reads kept"_s].toInt(), edges[file]);
    }
}

void TestKeyboardOnly::thePictureIsExported()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"x"_s);
    press(Qt::Key_1, Qt::AltModifier);
    press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QTest::qWaitFor(isAsked));
    const QString path = demo.scratch.filePath(u"graph.json"_s);
    press(Qt::Key_A, Qt::ControlModifier); // The name has the focus.
    type(path);
    press(Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return !QApplication::activeModalWidget(); }));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::map<NodeId, Execution> last;
    for (const Execution &each : demo.executionsIn(demo.lastRevision()))
        last[each.node] = each;
    std::set<NodeId> exported;
    const QJsonArray cards = QJsonDocument::fromJson(file.readAll())[u"cards"_s].toArray();
    for (const QJsonValue &card : cards) {
        const auto node = NodeId(card[u"id"_s].toInteger());
        exported.insert(node);
        const QString name = demo.nameOf(node);
        const qsizetype end = name.lastIndexOf(u')');
        const QString key = name.first(end).section(u'(', 1);
        const QString field = name.sliced(end + 1); // ".stamp"
        QCOMPARE(card[u"kind"_s].toString(), demo.kindOf(node));
        QCOMPARE(card[u"key"_s].toString(), field.isEmpty() ? key : key + u", "_s + field.sliced(1));
        const Outcome outcome = last.contains(node) ? last.at(node).outcome : Outcome::NotChecked;
        QCOMPARE(card[u"outcome"_s].toString(), QString::fromLatin1(trace::nameOf(outcome)));
    }
    // The way of the edit to the answer is in the picture.
    NodeId node = demo.inspection.selection().spot().node;
    int steps = 0;
    for (; node != 0 && last.contains(node); node = last.at(node).cause, ++steps)
        QVERIFY2(exported.contains(node), qPrintable(demo.nameOf(node)));
    QVERIFY(steps >= 3);
}

void TestKeyboardOnly::aSessionIsSavedAndOpened()
{
    Demo demo;
    demo.edit(u"templates/base.html"_s, u"x"_s);
    const QString path = demo.scratch.filePath(u"saved.nuages"_s);
    press(Qt::Key_1, Qt::AltModifier);
    demo.find(u">Save session"_s);
    QVERIFY(QTest::qWaitFor(isAsked));
    press(Qt::Key_A, Qt::ControlModifier);
    type(path);
    press(Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(path); }));
    QVERIFY(QTest::qWaitFor([&] { return !QApplication::activeModalWidget(); }));
    demo.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&demo.window));
    demo.find(u">Open session"_s);
    QVERIFY(QTest::qWaitFor(isAsked));
    type(path);
    press(Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return demo.asked.size() == 1; }));
    QCOMPARE(demo.asked[0][0].toString(), path);

    auto opened = app::RecordedLink::open(path);
    QVERIFY(opened);
    models::Inspection inspection(demo.root, app::recordedLimits);
    MainWindow window(inspection, **opened, demo.root);
    window.setRecorded(u"saved"_s);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    (*opened)->begin();
    QVERIFY(QTest::qWaitFor(
        [&] {
            inspection.refresh();
            return (*opened)->isSettled() && inspection.pendingCount() == 0;
        },
        patienceMs));
    inspection.refresh();
    QCOMPARE(inspection.store().revision(), demo.lastRevision());
    press(Qt::Key_F, Qt::ControlModifier);
    type(u"Diagnostics(templates/base.html"_s);
    press(Qt::Key_Return);
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString then = QApplication::clipboard()->text();
    window.close();
    demo.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&demo.window));
    demo.find(u"Diagnostics(templates/base.html"_s);
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(then, QApplication::clipboard()->text());
    QVERIFY(then.contains(u"Diagnostics(templates/base.html)"_s));
}

void TestKeyboardOnly::aQueryIsFoundByName()
{
    Demo demo;
    for (const QString &name : {u"Template(templates/404.html)"_s, u"Scope(templates/base.html)"_s}) {
        demo.find(name);
        QCOMPARE(demo.inspection.selection().spot().node, demo.nodeCalled(name));
        QVERIFY(demo.inspection.selection().spot().isPinned);
    }
    demo.find(u"pages/about.html"_s);
    QVERIFY(demo.inspection.selection().spot().file.endsWith(u"templates/pages/about.html"_s));
    press(Qt::Key_Escape); // Lets it go.
    QVERIFY(!demo.inspection.selection().spot().isPinned);
}

void TestKeyboardOnly::theLayoutIsKept()
{
    std::map<QString, bool> shown;
    const auto panesOf = [](const MainWindow &window) {
        std::map<QString, bool> panes;
        for (const QDockWidget *dock : window.findChildren<QDockWidget *>())
            panes[dock->objectName()] = dock->isVisible();
        return panes;
    };
    {
        Demo demo;
        press(Qt::Key_4, Qt::ControlModifier);
        const auto before = panesOf(demo.window);
        demo.find(u">show_nodeDock"_s);
        shown = panesOf(demo.window);
        QVERIFY(shown != before);
        demo.find(u"TemplateFacts(templates/base.html"_s);
        press(Qt::Key_Q, Qt::ControlModifier);
        QVERIFY(!demo.window.isVisible());
        demo.window.saveLayout();
    }
    Demo again;
    again.window.restoreLayout();
    again.settle();
    QCOMPARE(panesOf(again.window), shown);
    QCOMPARE(again.nameOf(again.inspection.selection().spot().node), u"TemplateFacts(templates/base.html)"_s);
    QVERIFY(again.inspection.selection().spot().isPinned);
}

NUAGES_TEST(TestKeyboardOnly)
#include "tst_keyboardonly.moc"
