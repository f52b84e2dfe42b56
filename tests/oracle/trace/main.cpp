// Holds what the inspector shows of a random session against what is right; tests/oracle/README.md says how.
#include "engine/trace/whatif.h"
#include "tests/oracle/trace/comparison.h"
#include "tests/oracle/trace/fault.h"

#include "engine/recording/sessionreader.h"
#include "engine/recording/sessionwriter.h"
#include "ui/models/predictions.h"
#include "ui/models/text.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <variant>

using namespace nuages;
using namespace nuages::oracle;

namespace {

constexpr std::size_t differencesShown = 5;
constexpr std::size_t differencesEnough = 50; ///< Then nothing more is looked for.
constexpr std::uint64_t editsEnough = 100; ///< To judge by what was foretold of them.
constexpr int stepsShown = 6; ///< Before a difference.

/// What was foretold of edits, and how it fared by the list of all events.
struct Foretold {
    std::uint64_t edits = 0;
    std::uint64_t sure = 0;
    std::uint64_t sureRan = 0;
    std::uint64_t maybe = 0;
    std::uint64_t maybeRan = 0;
    double error = 0; ///< Sum of squares.

    double meanError() const { return maybe == 0 ? 0 : error / double(maybe); }
    static constexpr double evenError = 0.25; ///< Of who calls all as likely as not.
};

class Run
{
public:
    Run(std::uint32_t seed, int count, Fault::Kind fault, QString faultName);

    void play();
    void openRecorded();
    int report();

    /// Prints all that was told of a node or a file.
    void tellAbout(const std::string &name) const;

private:
    trace::Store::Limits promised() const { return {.executions = 20'000}; }
    trace::Store::Limits given() const;
    void drain();
    void look(int step, Comparison &comparison);
    void foretell();
    void collect(int step, Comparison &comparison);
    bool isEnough() const { return m_differences.size() >= differencesEnough; }

    struct Found {
        int step = 0;
        std::string steps; ///< The last ones.
        Difference difference;
    };

    std::uint32_t m_seed;
    int m_count;
    QString m_faultName;
    Fault m_fault;
    Random m_random; ///< For looks, so that the steps do not depend on them.
    Plain m_plain;
    QTemporaryDir m_folder;
    std::string m_sessionPath;
    std::unique_ptr<recording::SessionWriter> m_writer;
    models::Inspection m_live;
    Editor m_editor;
    models::Predictions m_predictions;
    Foretold m_foretold;
    std::vector<std::string> m_steps;
    std::vector<Found> m_differences;
    std::uint64_t m_looks = 0;
    std::uint64_t m_compared = 0;
    std::map<QString, std::uint64_t> m_comparedOf;
};

Run::Run(std::uint32_t seed, int count, Fault::Kind fault, QString faultName)
    : m_seed(seed), m_count(count), m_faultName(std::move(faultName)), m_fault(fault, seed), m_random(seed + 1),
      m_sessionPath(m_folder.filePath(QStringLiteral("session.nuages")).toStdString()),
      m_writer(std::make_unique<recording::SessionWriter>(m_sessionPath, recording::About{"oracle", projectRoot, 0},
                                                          recording::SessionWriter::Limits())),
      m_live(QString::fromLatin1(projectRoot), given()),
      m_editor(seed, [this](const std::shared_ptr<const trace::Batch> &batch) {
          m_plain.add(*batch);
          const auto told = m_fault.appliedTo(batch);
          m_writer->add(*told);
          m_live.take(told);
      })
{
    m_live.showAbsentFiles(true);
}

trace::Store::Limits Run::given() const
{
    trace::Store::Limits limits = promised();
    if (m_fault.isThinEarly())
        limits.executions /= 8;
    return limits;
}

void Run::drain()
{
    do
        m_live.refresh();
    while (m_live.pendingCount() > 0);
}

void Run::play()
{
    Comparison comparison(m_live, promised(), m_plain, m_editor, m_random);
    for (int step = 1; step <= m_count && !isEnough(); ++step) {
        if (m_random() % 8 == 0)
            foretell();
        m_steps.push_back(std::to_string(step) + ": " + m_editor.step() + ", then revision "
                          + std::to_string(m_editor.revision()));
        drain();
        if (m_random() % 100 == 0)
            m_writer->commit();
        if (step % 1'000 == 0)
            std::fprintf(stderr, "step %d, revision %u\n", step, m_editor.revision());
        if (m_random() % 16 == 0 || step == m_count)
            look(step, comparison);
    }
    m_compared += comparison.compared();
    m_comparedOf = comparison.comparedOf();
    m_writer->end();
}

void Run::look(int step, Comparison &comparison)
{
    m_editor.take();
    if (m_random() % 3 == 0) {
        m_editor.checkAll();
        m_editor.take();
        drain();
        if (m_plain.last != 0)
            comparison.lookAtFindings();
    }
    drain();
    if (m_plain.last == 0)
        return; // Nobody watches yet.
    ++m_looks;
    comparison.lookAt(m_plain.last, QStringLiteral("now"));
    comparison.lookAt(*std::next(m_plain.seen.begin(), std::ptrdiff_t(m_random() % m_plain.seen.size())),
                      QStringLiteral("the past"));
    comparison.lookAtQuestions();
    constexpr int seldom = 8; // as it goes through everything
    if (m_random() % seldom == 0 && m_plain.lost == 0 && m_editor.isToldFromTheBeginning())
        comparison.lookAtCounters();
    collect(step, comparison);
}

void Run::collect(int step, Comparison &comparison)
{
    std::string steps;
    for (std::size_t at = m_steps.size() - std::min<std::size_t>(m_steps.size(), stepsShown); at < m_steps.size(); ++at)
        steps += "    " + m_steps[at] + "\n";
    for (Difference &each : comparison.takeDifferences())
        m_differences.push_back({step, steps, std::move(each)});
}

/// An edit of a template after everything was asked for, which is asked for again.
void Run::foretell()
{
    m_editor.checkAll();
    const std::string path = m_editor.templateToEdit();
    m_editor.checkAll();
    m_editor.take();
    drain();
    if (m_plain.last == 0)
        return;
    const trace::WhatIf whatIf = trace::whatIf(m_live.store(), std::vector{path});
    m_predictions.remember(whatIf);
    const Revision before = m_editor.revision();
    m_editor.type(path);
    m_editor.checkAll();
    m_editor.take();
    drain();
    const std::vector<NodeId> set = m_plain.setIn(before + 1);
    if (!std::ranges::all_of(whatIf.touched, [&](NodeId each) { return std::ranges::contains(set, each); }))
        return; // The same text, whatever else may have changed.
    ++m_foretold.edits;
    for (const trace::Expected &each : whatIf.expected) {
        bool didRun = false;
        for (const Execution &run : m_plain.of(each.node))
            didRun = didRun || (run.revision == before + 1 && trace::isExecution(run.outcome));
        if (each.grade == trace::Grade::Sure) {
            ++m_foretold.sure;
            m_foretold.sureRan += didRun;
            if (!didRun)
                m_differences.push_back(
                    {int(m_steps.size()),
                     "",
                     {before, QStringLiteral("what if %1 is edited").arg(models::toQString(path)),
                      models::toQString(m_plain.nameOf(each.node)) + QStringLiteral(" is sure to run"),
                      QStringLiteral("it did not"), Judge::Events}});
            continue;
        }
        ++m_foretold.maybe;
        m_foretold.maybeRan += didRun;
        const double off = each.chance - (didRun ? 1 : 0);
        m_foretold.error += off * off;
    }
}

/// The session as a file tells it again.
void Run::openRecorded()
{
    if (isEnough())
        return;
    constexpr trace::Store::Limits all{
        .executions = 20'000'000, .revisions = 1'000'000, .requests = 1'000'000, .textBytes = std::size_t{512} << 20};
    models::Inspection recorded(QString::fromLatin1(projectRoot), all);
    recorded.showAbsentFiles(true);
    auto reader = recording::SessionReader::open(m_sessionPath);
    const auto fail = [this](const std::string &sentence) {
        m_differences.push_back({m_count,
                                 "",
                                 {0, QStringLiteral("the session"), QString::fromStdString(sentence),
                                  QStringLiteral("it can be read"), Judge::Events}});
    };
    if (!reader)
        return fail(reader.error());
    for (;;) {
        auto entry = reader->next();
        if (!entry)
            return fail(entry.error());
        if (!*entry)
            break;
        if (auto *batch = std::get_if<trace::Batch>(&**entry))
            recorded.take(std::make_shared<const trace::Batch>(std::move(*batch)));
    }
    do
        recorded.refresh();
    while (recorded.pendingCount() > 0);
    Comparison comparison(recorded, all, m_plain, m_editor, m_random);
    for (int draw = 0; draw < 20 + m_count / 100 && !isEnough(); ++draw) {
        ++m_looks;
        comparison.lookAt(*std::next(m_plain.seen.begin(), std::ptrdiff_t(m_random() % m_plain.seen.size())),
                          QStringLiteral("the recorded session"));
        comparison.lookAtQuestions();
        collect(m_count, comparison);
    }
    m_compared += comparison.compared();
    for (const auto &[what, count] : comparison.comparedOf())
        m_comparedOf[what] += count;
}

void Run::tellAbout(const std::string &name) const
{
    if (const auto records = m_plain.files.find(name); records != m_plain.files.end()) {
        for (const trace::FileRecord &each : records->second)
            std::printf("  %s, version %d, set in revision %u\n",
                        each.status == trace::FileRecord::Status::Overlay ? "open" : "not open",
                        each.version.value_or(0), each.changedAt);
    }
    const NodeId node = m_plain.find(name);
    if (node == 0)
        return;
    std::printf("%s is node %u, born in revision %u\n", name.c_str(), node, m_plain.born(node));
    for (const Execution &each : m_plain.of(node))
        std::printf("  revision %u, %llu: %s, %s by %s for %s, good in %u\n", each.revision,
                    (unsigned long long)(each.sequence), trace::nameOf(each.outcome), trace::nameOf(each.reason),
                    each.cause == 0 ? "nothing" : m_plain.nameOf(each.cause).c_str(),
                    each.parent == 0 ? "a request" : m_plain.nameOf(each.parent).c_str(), each.since);
    for (const Plain::Told &each : m_plain.told(node)) {
        std::printf("  told in revision %u: changed at %u, verified at %u, reads", each.toldIn, each.memo.changedAt,
                    each.memo.verifiedAt);
        for (const NodeId read : each.memo.reads)
            std::printf(" %s", m_plain.nameOf(read).c_str());
        std::printf("\n");
    }
}

int Run::report()
{
    for (std::size_t at = 0; at < std::min(m_differences.size(), differencesShown); ++at) {
        const auto &[step, steps, difference] = m_differences[at];
        std::printf("difference %zu: seed %u, step %d, revision %u, %s\n  shown: %s\n  right: %s\n  by: %s\n%s", at + 1,
                    m_seed, step, difference.revision, qPrintable(difference.what), qPrintable(difference.shown),
                    qPrintable(difference.right), nameOf(difference.judge),
                    steps.empty() ? "" : ("  the steps before:\n" + steps).c_str());
    }
    std::size_t events = 0;
    std::size_t cancelled = 0;
    for (const auto &[revision, happened] : m_plain.byRevision) {
        events += happened.size();
        for (const Execution &each : happened)
            cancelled += each.outcome == Outcome::Cancelled;
    }
    std::printf("seed %u: %zu steps, %zu revisions, %zu events of %u nodes, %zu runs cancelled, %llu events lost\n",
                m_seed, m_steps.size(), m_plain.seen.size(), events, m_plain.count(), cancelled,
                (unsigned long long)(m_plain.lost));
    std::printf("%llu looks compared", (unsigned long long)(m_looks));
    for (const auto &[what, count] : m_comparedOf)
        std::printf(" %s %llu,", qPrintable(what), (unsigned long long)(count));
    std::printf(" %llu in all\n", (unsigned long long)(m_compared));
    std::printf("what if: %llu edits; of %llu sure %llu ran; of %llu maybe %llu, with a mean square error of %.4f, and "
                "%.2f where each is as likely as not\n",
                (unsigned long long)(m_foretold.edits), (unsigned long long)(m_foretold.sure),
                (unsigned long long)(m_foretold.sureRan), (unsigned long long)(m_foretold.maybe),
                (unsigned long long)(m_foretold.maybeRan), m_foretold.meanError(), Foretold::evenError);
    if (m_foretold.edits >= editsEnough && m_foretold.meanError() >= Foretold::evenError) {
        std::printf("what may run is foretold no better than by a coin\n");
        return EXIT_FAILURE;
    }
    std::printf("%zu differences%s\n", m_differences.size(),
                isEnough() ? ", and then nothing more was looked for" : "");
    if (!m_differences.empty()) {
        std::printf("again: ./dev oracle trace --seed %u --count %d%s%s\n", m_seed, m_count,
                    m_faultName.isEmpty() ? "" : " --break ", qPrintable(m_faultName));
    }
    return m_differences.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption seed(QStringLiteral("seed"), QStringLiteral("Of all that is made up."),
                                  QStringLiteral("S"), QStringLiteral("1"));
    const QCommandLineOption count(QStringLiteral("count"), QStringLiteral("So many steps."), QStringLiteral("N"),
                                   QStringLiteral("10000"));
    const QCommandLineOption broken(QStringLiteral("break"),
                                    QStringLiteral("Puts a mistake into what is told: drop-edge, wrong-cause, "
                                                   "thin-early, swap-revision or lose-record."),
                                    QStringLiteral("KIND"));
    const QCommandLineOption about(QStringLiteral("about"),
                                   QStringLiteral("Prints all that was told of a query, or of a file."),
                                   QStringLiteral("QUERY|PATH"));
    parser.addOptions({seed, count, broken, about});
    parser.process(application);
    const QString faultName = parser.value(broken);
    const auto fault = faultName.isEmpty() ? std::optional(Fault::Kind::None) : Fault::kindOf(faultName.toStdString());
    bool isSeed = false;
    bool isCount = false;
    const std::uint32_t chosen = parser.value(seed).toUInt(&isSeed);
    const int steps = parser.value(count).toInt(&isCount);
    if (!fault || !isSeed || !isCount || steps < 1) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    Run run(chosen, steps, *fault, faultName);
    run.play();
    run.openRecorded();
    run.tellAbout(parser.value(about).toStdString());
    return run.report();
}
