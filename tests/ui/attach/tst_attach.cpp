#include "engine/trace/wire.h"
#include "lsp/inspect/call.h"
#include "lsp/inspect/folder.h"
#include "tests/support/program.h"
#include "tests/support/testmain.h"
#include "tests/ui/attach/watching.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int mostGrown = 600'000; // It keeps 256 MB of what was freed.
#else
constexpr int mostGrown = 150'000; // Kilobytes of the server, while nobody reads what it tells.
#endif

constexpr int readingMs = 60'000;

QStringList socketsIn(const Meeting &meeting) { return QDir(meeting.sockets()).entryList(QDir::System | QDir::Files); }

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Kilobytes that a process has in memory.
int memoryOf(qint64 process)
{
    for (const QByteArray &line : contents(u"/proc/%1/status"_s.arg(process)).split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toInt();
    }
    return 0;
}

ServeClient serverAt(const Meeting &meeting, const QStringList &more = {})
{
    return {nuagesProgram(), meeting.environment(), Transport::Stdio, QStringLiteral(NUAGES_DEMO),
            QStringList{u"serve"_s} + more};
}

/// What a watcher has been told, as far as it is counted.
struct Told {
    int batches = 0;
    std::uint64_t lostMessages = 0;
    std::uint64_t lostEvents = 0;
    trace::Revision revision = 0;
};

/// Reads until `isEnough`.
template <class Enough>
Told readUntil(inspect::Call &call, Enough isEnough)
{
    Told told;
    std::uint32_t lastNode = 0;
    while (!isEnough(told)) {
        auto taken = call.frames.take();
        if (!taken)
            return told;
        if (!*taken) {
            pollfd waited{call.socket.get(), POLLIN, 0};
            std::array<char, 65536> bytes{};
            if (poll(&waited, 1, readingMs) <= 0)
                return told;
            const ssize_t count = read(call.socket.get(), bytes.data(), bytes.size());
            if (count <= 0)
                return told;
            call.frames.append({bytes.data(), std::size_t(count)});
            continue;
        }
        if ((*taken)->kind == inspect::Kind::Lost)
            told.lostMessages += inspect::lostIn((*taken)->payload).value_or(0);
        if ((*taken)->kind != inspect::Kind::Batch)
            continue;
        const auto batch = trace::decode((*taken)->payload);
        if (!batch || !trace::follows(*batch, lastNode))
            return told;
        lastNode += std::uint32_t(batch->nodes.size());
        ++told.batches;
        told.lostEvents = batch->cost.lostOthers + batch->cost.lostValidations;
        told.revision = batch->revision;
    }
    return told;
}

} // namespace

/// An inspector beside `nuages serve`.
class TestAttach : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastCompletionLeadsBackToItsKeyPress();
    void whoAttachesLateSeesWhatIsThere();
    void anInspectorThatReadsNothingHoldsNobodyUp();
    void whatIsLookedAtMayBeRecorded();
    void aKilledInspectorLeavesNothingBehind();
    void aSecondInspectorIsRefusedInWords();
    void aServerThatIsLookedAtLoadsNoLibraryForIt();
    void aServerMayRefuseAllInspectors();
    void aKilledServersSocketGoesWithTheNext();
    void withoutAServerThereIsASentence();
    void aProcessOfAnotherUserIsRefused();
    void aServerThatWritesATraceMayBeLookedAtToo();
};

void TestAttach::theLastCompletionLeadsBackToItsKeyPress()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    const QString dump = meeting.file(u"state.json"_s);
    Attachment inspector(meeting, {u"--dump-state"_s, dump});
    QVERIFY2(inspector.isAttached(), inspector.standardError().constData());
    typist.open();
    typist.type("{% ");
    QVERIFY(typist.complete().is_object());
    typist.type("{% i");
    QVERIFY(typist.complete().is_object());
    QCOMPARE(typist.leave(), 0);
    QCOMPARE(inspector.waitForExit(), 0);
    QCOMPARE(inspector.standardError(), QByteArray());

    const QJsonObject state = objectIn(dump, QStringLiteral(NUAGES_DEMO));
    const QJsonObject last = state[u"lastRequests"_s][u"textDocument/completion"_s].toObject();
    QCOMPARE(last[u"document"_s].toString(), u"templates/drafts/sale.html"_s);
    QCOMPARE(last[u"version"_s].toInt(), 3);
    QVERIFY(last[u"ms"_s].toDouble() > 0);
    QVERIFY(!last[u"isNull"_s].toBool(true));
    const QJsonArray path = last[u"path"_s].toArray();
    QVERIFY2(path.size() >= 3, qPrintable(path.isEmpty() ? u"no path"_s : path.first().toString()));
    QVERIFY2(path.first().toString().contains(u"didChange"), qPrintable(path.first().toString()));
    QVERIFY2(path[1].toString().contains(u"sale.html"), qPrintable(path[1].toString()));

    const QJsonObject source = state[u"source"_s].toObject();
    QVERIFY(source[u"isReadOnly"_s].toBool());
    QVERIFY2(source[u"path"_s].toString().endsWith(u"sale.html"), qPrintable(source[u"path"_s].toString()));
    QVERIFY2(source[u"text"_s].toString().endsWith(u"{% i"), qPrintable(source[u"text"_s].toString()));
    const QJsonObject messages = state[u"protocol"_s][u"messages"_s].toObject();
    QCOMPARE(messages[u"> textDocument/completion"_s].toInt(), 2);
    QCOMPARE(messages[u"< textDocument/completion"_s].toInt(), 2);
    QCOMPARE(messages[u"> textDocument/didChange"_s].toInt(), 2);
    QVERIFY(!messages.contains(u"> nuages/checkProject"_s)); // The editor is the client.
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestAttach::whoAttachesLateSeesWhatIsThere()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    typist.open();
    typist.type("{% if %}");
    typist.complete();
    const QString dump = meeting.file(u"state.json"_s);
    Attachment inspector(meeting, {u"--dump-state"_s, dump});
    QVERIFY(inspector.isAttached());
    typist.type("{% i");
    typist.complete();
    typist.type("{% nosuch %}");
    QVERIFY(!client.messageOf("textDocument/publishDiagnostics", "nosuch").is_null());
    QCOMPARE(typist.leave(), 0);
    QCOMPARE(inspector.waitForExit(), 0);
    const QJsonObject state = objectIn(dump, QStringLiteral(NUAGES_DEMO));
    QVERIFY(state[u"figures"_s][u"memos"_s].toInt() > 10);
    QCOMPARE(state[u"figures"_s][u"lost"_s].toInt(-1), 0);
    QVERIFY(state[u"findings"_s].toInt() > 0);
    QVERIFY(state[u"lastRequests"_s][u"textDocument/completion"_s][u"ms"_s].toDouble() > 0);
    QVERIFY(state[u"projectFiles"_s].toArray().contains(u"templates/drafts/sale.html"_s));
}

void TestAttach::anInspectorThatReadsNothingHoldsNobodyUp()
{
    constexpr int edits = 10'000;
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    typist.open();
    const std::string path = inspect::socketPath(meeting.sockets().toStdString(), std::uint64_t(client.processId()));
    auto call = inspect::call(path);
    QVERIFY2(call, call ? "" : call.error().c_str());
    QVERIFY(inspect::beginToWatch(*call));
    typist.complete();
    const int before = memoryOf(client.processId());
    const std::string filler(2'000, 'x');
    for (int edit = 0; edit < edits; ++edit) {
        typist.type(filler + std::to_string(edit));
        if (edit % 100 == 0)
            QVERIFY(typist.complete().is_object()); // So that as many are written.
    }
    QVERIFY(typist.complete().is_object());
    const int grown = memoryOf(client.processId()) - before;
    QVERIFY2(grown < mostGrown, qPrintable(QString::number(grown)));

    const Told told = readUntil(*call, [](const Told &so) { return so.lostEvents > 0 && so.lostMessages > 0; });
    QVERIFY(told.lostMessages > 0);
    QVERIFY(told.lostEvents > 0);
    typist.type("{% i");
    typist.complete();
    QCOMPARE(typist.leave(), 0);
}

void TestAttach::whatIsLookedAtMayBeRecorded()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    typist.open();
    const QString session = meeting.file(u"session.nuages"_s);
    Attachment inspector(meeting, {u"--dump-state"_s, meeting.file(u"live.json"_s), u"--record"_s, session});
    QVERIFY(inspector.isAttached());
    typist.type("{% ");
    typist.complete();
    typist.type("{% i");
    typist.complete();
    QCOMPARE(typist.leave(), 0);
    QCOMPARE(inspector.waitForExit(), 0);
    const QString dump = meeting.file(u"recorded.json"_s);
    const InspectorRun run = runInspector({session, u"--dump-state"_s, dump}, meeting.file(u"home"_s));
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QJsonValue live = objectIn(meeting.file(u"live.json"_s))[u"lastRequests"_s];
    QVERIFY(live.toObject().contains(u"textDocument/completion"_s));
    QCOMPARE(objectIn(dump)[u"lastRequests"_s], live);
}

void TestAttach::aKilledInspectorLeavesNothingBehind()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    typist.open();
    {
        Attachment inspector(meeting);
        QVERIFY(inspector.isAttached());
        typist.complete();
        inspector.kill();
    }
    typist.type("{% i");
    QVERIFY(typist.complete().is_object());
    QCOMPARE(socketsIn(meeting), QStringList{u"%1.sock"_s.arg(client.processId())});
    const QString dump = meeting.file(u"state.json"_s);
    Attachment again(meeting, {QString::number(client.processId()), u"--dump-state"_s, dump});
    QVERIFY2(again.isAttached(), again.standardError().constData());
    typist.type("{% if");
    typist.complete();
    QCOMPARE(typist.leave(), 0);
    QCOMPARE(again.waitForExit(), 0);
    QVERIFY(objectIn(dump)[u"lastRequests"_s].toObject().contains(u"textDocument/completion"_s));
    QCOMPARE(socketsIn(meeting), QStringList());
    QCOMPARE(client.standardError(), QString());
}

void TestAttach::aSecondInspectorIsRefusedInWords()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    const Attachment first(meeting);
    QVERIFY(first.isAttached());
    Attachment second(meeting, {u"--dump-state"_s, meeting.file(u"state.json"_s)});
    QCOMPARE(second.waitForExit(), 2);
    QCOMPARE(second.standardError(), QByteArray("nuages-inspector: another inspector looks at this server already\n"));
    QCOMPARE(typist.leave(), 0);
}

void TestAttach::aServerThatIsLookedAtLoadsNoLibraryForIt()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    typist.open();
    const Attachment inspector(meeting);
    QVERIFY(inspector.isAttached());
    typist.complete();
    const QByteArray maps = contents(u"/proc/%1/maps"_s.arg(client.processId()));
    QVERIFY(maps.contains("nuages"));
    for (const char *library : {"Qt6Network", "Qt6Gui", "sqlite", "zstd"}) {
        // Qt Core brings zstd with it in Debian's build.
        if (maps.contains("Qt6Core") && QByteArrayView(library) == "zstd")
            continue;
        QVERIFY2(!maps.contains(library), library);
    }
    QCOMPARE(typist.leave(), 0);
}

void TestAttach::aServerMayRefuseAllInspectors()
{
    const Meeting meeting;
    ServeClient client = serverAt(meeting, {u"--no-inspect"_s});
    Typist typist(client);
    typist.begin();
    typist.open();
    typist.complete();
    QCOMPARE(socketsIn(meeting), QStringList());
    QCOMPARE(typist.leave(), 0);
}

void TestAttach::aKilledServersSocketGoesWithTheNext()
{
    const Meeting meeting;
    {
        ServeClient client = serverAt(meeting);
        Typist typist(client);
        typist.begin();
        QVERIFY(meeting.comesTo(client.processId()));
        typist.open();
        typist.complete();
        QCOMPARE(socketsIn(meeting).size(), 1);
    } // Kills it.
    QCOMPARE(socketsIn(meeting).size(), 1);
    ServeClient next = serverAt(meeting);
    Typist typist(next);
    typist.begin();
    QVERIFY(meeting.comesTo(next.processId()));
    typist.open();
    typist.complete();
    QCOMPARE(socketsIn(meeting), QStringList{u"%1.sock"_s.arg(next.processId())});
    QCOMPARE(typist.leave(), 0);
}

void TestAttach::withoutAServerThereIsASentence()
{
    const Meeting meeting;
    Attachment none(meeting);
    QCOMPARE(none.waitForExit(), 2);
    QCOMPARE(none.standardError(), QByteArray("nuages-inspector: no server is running that could be looked at\n"));
    Attachment wrong(meeting, {u"1"_s});
    QCOMPARE(wrong.waitForExit(), 2);
    QVERIFY(wrong.standardError().startsWith("nuages-inspector: process 1 cannot be looked at: "));
    ServeClient first = serverAt(meeting);
    ServeClient second = serverAt(meeting);
    Typist(first).begin();
    Typist(second).begin();
    QVERIFY(meeting.comesTo(first.processId()) && meeting.comesTo(second.processId()));
    Attachment undecided(meeting);
    QCOMPARE(undecided.waitForExit(), 2);
    const QByteArray said = undecided.standardError();
    QVERIFY(said.contains(QByteArray::number(first.processId()) + "  " NUAGES_DEMO "  nuages "));
    QVERIFY(said.contains(QByteArray::number(second.processId()) + "  " NUAGES_DEMO "  nuages "));
}

// Where the system has another user to become, as root does. The folder alone keeps it out; and if that were open to
// all, the server does.
void TestAttach::aProcessOfAnotherUserIsRefused()
{
    constexpr uid_t nobody = 65534;
    enum : int { Refused = 0, Greeted = 1, NoUser = 2, NoWay = 3 };
    if (geteuid() != 0)
        return; // tst_door has it with an imagined user.
    const Meeting meeting;
    ServeClient client = serverAt(meeting);
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    const std::string path = inspect::socketPath(meeting.sockets().toStdString(), std::uint64_t(client.processId()));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const auto callAsNobody = [&] {
        const pid_t child = fork();
        if (child == 0) { // Nothing but calls of the system.
            if (setuid(nobody) != 0)
                _exit(NoUser);
            const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
            if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
                _exit(NoWay);
            std::array<char, 5> front{}; // The length, and what the frame is.
            const bool isRefused = read(fd, front.data(), front.size()) == ssize_t(front.size())
                && front[4] == char(inspect::Kind::Refused);
            _exit(isRefused ? Refused : Greeted);
        }
        int status = 0;
        return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    const int shut = callAsNobody();
    QVERIFY2(shut == NoWay || shut == NoUser, qPrintable(QString::number(shut)));
    for (const QString &part :
         {meeting.file({}), meeting.file(u"run"_s), meeting.sockets(), QString::fromStdString(path)})
        QCOMPARE(chmod(qPrintable(part), 0777), 0);
    const int open = callAsNobody();
    QVERIFY2(open == Refused || open == NoUser, qPrintable(QString::number(open)));
    QCOMPARE(typist.leave(), 0);
}

void TestAttach::aServerThatWritesATraceMayBeLookedAtToo()
{
    const Meeting meeting;
    const QString trace = meeting.file(u"trace.txt"_s);
    ServeClient client = serverAt(meeting, {u"--trace"_s, trace});
    Typist typist(client);
    typist.begin();
    QVERIFY(meeting.comesTo(client.processId()));
    typist.open();
    typist.complete();
    const QString dump = meeting.file(u"state.json"_s);
    Attachment inspector(meeting, {u"--dump-state"_s, dump});
    QVERIFY2(inspector.isAttached(), inspector.standardError().constData());
    typist.type("{% i");
    typist.complete();
    QCOMPARE(typist.leave(), 0);
    QCOMPARE(inspector.waitForExit(), 0);
    QCOMPARE(inspector.standardError(), QByteArray());
    const QJsonObject state = objectIn(dump);
    QVERIFY(state[u"lastRequests"_s].toObject().contains(u"textDocument/completion"_s));
    QVERIFY(state[u"figures"_s][u"memos"_s].toInt() > 10); // What was there before as well.
    const QByteArray written = contents(trace);
    QVERIFY(written.contains("written by textDocument/didChange"));
    const QByteArray revision = QByteArray::number(state[u"revision"_s].toInt());
    QVERIFY2(written.contains('\n' + revision + " ran, changed: Template(templates/drafts/sale.html)"),
             written.right(2000).constData());
    for (const QByteArray &line : written.split('\n'))
        QVERIFY2(!line.endsWith(": "), line.constData()); // Each thing has its name.
}

NUAGES_TEST(TestAttach)
#include "tst_attach.moc"
