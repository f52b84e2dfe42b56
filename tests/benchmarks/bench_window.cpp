#include "app/inspector/timedapplication.h"
#include "engine/trace/wire.h"
#include "tests/ui/models/eventstream.h"
#include "ui/link/link.h"
#include "ui/models/inspection.h"
#include "ui/views/mainwindow.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <cstdio>
#include <format>
#include <memory>
#include <string>
#include <vector>

// The window alone, fed with what an engine under the heaviest load would tell of made-up files: many nodes at once, as
// whoever attaches gets them, and many events. Prints a JSON object: milliseconds, and counts.

using namespace nuages;

namespace {

constexpr int nodesOfFile = 4;
constexpr int ticksASecond = 10;
constexpr std::size_t eventsASecond = 1'000'000;

class SilentLink final : public link::Link
{
public:
    void send(const QByteArray & /*body*/) override { }
};

struct Shown {
    Shown()
    {
        window.resize(1600, 1000);
        window.show();
    }

    /// Serves events until the models show all that was taken.
    void settle()
    {
        do
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        while (inspection.pendingCount() > 0);
        QCoreApplication::processEvents();
    }

    models::Inspection inspection{QStringLiteral("/made-up")};
    SilentLink link;
    views::MainWindow window{inspection, link, QStringLiteral("/made-up")};
};

/// With the time of it that the processor worked on it.
std::string longestTurn(const app::TimedApplication &application)
{
    const app::TimedApplication::Turn turn = application.longestTurn().value_or(app::TimedApplication::Turn());
    return std::format(R"({{"ms": {:.1f}, "busyMs": {:.1f}, "receiver": "{}"}})", turn.ms, turn.busyMs, turn.receiver);
}

double milliseconds(const QElapsedTimer &timer) { return double(timer.nsecsElapsed()) / 1e6; }

/// From the bytes of the socket to the models, and the longest turn of that.
void printAttaching(app::TimedApplication &application, int nodes)
{
    tests::EventStream stream(1, nodes / nodesOfFile);
    const std::string bytes = trace::encode(*stream.first());
    Shown shown;
    shown.settle();
    application.forgetTurns();
    QElapsedTimer timer;
    timer.start();
    auto batch = trace::decode(bytes);
    if (!batch)
        std::exit(EXIT_FAILURE);
    shown.inspection.take(std::make_shared<const trace::Batch>(std::move(*batch)));
    shown.settle();
    std::printf(R"("attach": {"ms": %.1f, "longestTurn": %s}, )", milliseconds(timer),
                longestTurn(application).c_str());
}

/// Every memo is found good, again and again.
std::vector<std::shared_ptr<const trace::Batch>> load(int nodes, int seconds)
{
    std::vector<std::shared_ptr<const trace::Batch>> batches;
    std::uint64_t sequence = std::uint64_t(nodes) * 2;
    for (int tick = 0; tick < seconds * ticksASecond; ++tick) {
        auto batch = std::make_shared<trace::Batch>();
        batch->number = std::uint64_t(tick) + 2;
        batch->revision = trace::Revision(tick) + 2;
        batch->commits.push_back({batch->revision, "textDocument/didChange", query::Durability::Low, 1, ++sequence});
        for (std::size_t event = 0; event < eventsASecond / ticksASecond; ++event) {
            trace::Execution execution;
            execution.node = trace::NodeId(event % std::size_t(nodes)) + 1;
            execution.revision = batch->revision;
            execution.outcome = trace::Outcome::Validated;
            execution.since = batch->revision - 1;
            execution.sequence = ++sequence;
            execution.edges = 1;
            batch->executions.push_back(execution);
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

/// Feeds a million events a second, ten times a second a part, while the window is shown. Whoever keeps up has taken in
/// the last part before another one would come.
void printLoad(app::TimedApplication &application, int nodes, int seconds)
{
    tests::EventStream stream(1, nodes / nodesOfFile);
    Shown shown;
    shown.inspection.take(stream.first());
    shown.settle();
    const auto batches = load(nodes, seconds);
    application.forgetTurns();
    std::size_t next = 0;
    QElapsedTimer behind;
    QTimer feeding;
    feeding.setTimerType(Qt::PreciseTimer);
    QObject::connect(&feeding, &QTimer::timeout, &shown.inspection, [&] {
        behind.start();
        shown.inspection.take(batches[next]);
        if (++next == batches.size())
            feeding.stop();
    });
    feeding.start(1000 / ticksASecond);
    while (next < batches.size() || shown.inspection.pendingCount() > 0)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::printf(R"("load": {"events": %zu, "behindMs": %.1f, "longestTurn": %s})",
                batches.size() * eventsASecond / ticksASecond, milliseconds(behind), longestTurn(application).c_str());
}

} // namespace

int main(int argc, char **argv)
{
    app::TimedApplication application(argc, argv);
    std::printf("{");
    printAttaching(application, 200'000);
    printLoad(application, 100'000, 3);
    std::printf("}\n");
    return EXIT_SUCCESS;
}
