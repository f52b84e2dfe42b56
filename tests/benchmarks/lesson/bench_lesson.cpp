#include "tests/benchmarks/lesson/run.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

// One way of sharing the engine under one load, on a project of the disk. Prints a JSON object: milliseconds, and
// counts. tests/benchmarks/lesson.py runs all ways under several loads.

using namespace nuages;
using namespace nuages::lesson;

namespace {

constexpr std::size_t subjects = 8; // Templates that are typed into and asked about.

struct Options {
    std::string way;
    std::string project;
    std::string settings;
    std::vector<std::string> sitePackages;
    double editEvery = 50; // Milliseconds.
    double seconds = 5;
    std::uint64_t seed = 1;
    unsigned threads = std::max(std::thread::hardware_concurrency(), 2U);
};

double milliseconds(Duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

Duration fromSeconds(double seconds)
{
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

void print(const char *name, const Figures &figures)
{
    std::printf(R"("%s": {"count": %zu, "unanswered": %zu, "p50": %.4f, "p99": %.4f, "longest": %.4f}, )", name,
                figures.count, figures.unanswered, milliseconds(figures.median), milliseconds(figures.p99),
                milliseconds(figures.longest));
}

int run(const Options &options)
{
    project::GivenData given{.folders = {options.project}, .root = options.project};
    given.options.settings = options.settings;
    given.options.sitePackages = options.sitePackages;
    const auto subject = std::make_shared<const Subject>(subjectOf(std::move(given), subjects));
    if (subject->paths.empty()) {
        std::fprintf(stderr, "bench_lesson: %s has no templates; --project names the folder of manage.py\n",
                     options.project.c_str());
        return 2;
    }
    const Load load{fromSeconds(options.seconds), fromSeconds(options.editEvery / 1000),
                    std::uint32_t(subject->paths.size()), options.seed};
    const Run run = play(*wayCalled(options.way), subject, load, options.threads, std::chrono::seconds(2));
    const auto figures = [&run](bool (*counts)(Kind)) { return figuresOf(run.arrivals, run.endings, run.end, counts); };
    const Figures requests = figures([](Kind kind) { return kind != Kind::Edit; });
    std::printf("{");
    print("edits", figures([](Kind kind) { return kind == Kind::Edit; }));
    print("requests", requests);
    print("light", figures([](Kind kind) { return kind == Kind::Light; }));
    print("heavy", figures([](Kind kind) { return kind == Kind::Heavy; }));
    print("whole", figures([](Kind kind) { return kind == Kind::Whole; }));
    std::printf(R"("perSecond": %.1f, "cancelled": %zu})"
                "\n",
                double(requests.count - requests.unanswered) / (milliseconds(run.end) / 1000), run.cancelled);
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App program("One way of sharing the engine between requests, under one load", "bench_lesson");
    program.add_option("--way", options.way, "mutex, engine-each, actor, tickets or clones")
        ->required()
        ->check(CLI::IsMember(std::vector<std::string>(ways.begin(), ways.end())));
    program.add_option("--project", options.project, "The folder of manage.py")
        ->required()
        ->check(CLI::ExistingDirectory);
    program.add_option("--settings", options.settings, "The settings module");
    program.add_option("--site-packages", options.sitePackages, "A folder of installed packages, repeatable")
        ->check(CLI::ExistingDirectory)
        ->allow_extra_args(false);
    program.add_option("--edit-every", options.editEvery, "Milliseconds from edit to edit, in the mean")
        ->check(CLI::Range(0.1, 1e6));
    program.add_option("--seconds", options.seconds, "How long the load lasts")->check(CLI::Range(0.1, 1e4));
    program.add_option("--seed", options.seed, "Of the load");
    program.add_option("--threads", options.threads, "That read")->check(CLI::Range(1U, 64U));
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return program.exit(error) == 0 ? EXIT_SUCCESS : 2;
    }
    options.project = std::filesystem::canonical(options.project).string();
    return run(options);
}
