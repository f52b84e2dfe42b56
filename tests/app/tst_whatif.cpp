#include "app/play.h"
#include "app/rehearsal.h"
#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include "engine/trace/whatif.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// Predictions of `nuages whatif`, on the demo project and on made-up ones, held against what then really ran.
class TestWhatIfCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSureRuns_data();
    void whatIsSureRuns();
    void theEditIsPlayedInASecondEngine();
    void aRehearsalStartsFromTheTextsThatThereAre();
    void aRehearsalIsStopped();
    void everyRunAndSeedPrintsTheSame();
    void wrongUsageIsOneSentence_data();
    void wrongUsageIsOneSentence();
};

namespace {

const QString predictedBase = u"templates/base.html"_s;

ProgramRun whatIf(const QStringList &arguments, const RunOptions &options = {})
{
    return runNuages(QStringList{u"whatif"_s, u"--project"_s, sourceFolder(u"resources/demo"_s), u"--site-packages"_s,
                                 sourceFolder(u"tests/engine/rules/fixtures/packages"_s)}
                         + arguments,
                     options);
}

/// Templates that extend and include each other at random, and load libraries that there are and are not.
void makeUpProject(const QDir &folder, std::mt19937 &random)
{
    constexpr int pages = 12;
    QVERIFY(folder.mkpath(u"templates"_s));
    QVERIFY(writeFile(folder.filePath(u"manage.py"_s),
                      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings')\n"));
    QVERIFY(
        writeFile(folder.filePath(u"site_settings.py"_s),
                  "INSTALLED_APPS = []\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', "
                  "'DIRS': ['templates']}]\n"));
    for (int page = 0; page < pages; ++page) {
        QByteArray text;
        if (page > 0 && random() % 2 == 0)
            text += "{% extends 'page" + QByteArray::number(int(random()) % page) + ".html' %}\n";
        text += "{% load static %}<p>One</p>{% block title %}Two{% endblock %}\n";
        if (page > 0)
            text += "{% include 'page" + QByteArray::number(int(random() % 1000) % page) + ".html' %}\n";
        QVERIFY(writeFile(folder.filePath(u"templates/page%1.html"_s.arg(page)), text));
    }
}

std::vector<std::string> templatesIn(const QString &folder)
{
    std::vector<std::string> paths;
    QDirIterator all(folder, {u"*.html"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext())
        paths.push_back(all.next().toStdString());
    std::ranges::sort(paths);
    return paths;
}

/// What people do to a template, from a letter for another to a tag that is gone.
std::string editedAtRandom(std::string text, std::mt19937 &random)
{
    static constexpr const char *pieces[] = {"a",
                                             "{# note #}",
                                             "{% if user %}x{% endif %}",
                                             "{% block more %}{% endblock %}",
                                             "{{ user.name|upper }}",
                                             "{% load static %}",
                                             "{% include 'page1.html' %}",
                                             "{% nope %}"};
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    switch (random() % 5) {
    case 0:
        if (!text.empty())
            text[at] = text[at] == 'e' ? 'o' : 'e'; // as long as before
        return text;
    case 1:
        return text.erase(at, 1 + random() % 4);
    case 2:
        return text.erase(at, 1 + random() % 60);
    default:
        return text.insert(at, pieces[random() % std::size(pieces)]);
    }
}

} // namespace

void TestWhatIfCommand::whatIsSureRuns_data()
{
    QTest::addColumn<bool>("isDemo");
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 3; ++seed) {
        QTest::addRow("demo, seed %u", seed) << true << seed;
        QTest::addRow("made up, seed %u", seed) << false << seed;
    }
}

void TestWhatIfCommand::whatIsSureRuns()
{
    QFETCH(bool, isDemo);
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    QTemporaryDir folder;
    if (isDemo)
        QVERIFY(copyFolder(sourceFolder(u"resources/demo"_s), folder.path()));
    else
        makeUpProject(QDir(folder.path()), random);

    app::EditOptions options;
    options.wanted.project = folder.path().toStdString();
    options.wanted.sitePackages = {sourceFolder(u"tests/engine/rules/fixtures/packages"_s).toStdString()};
    const auto play = app::Play::create(options);
    QVERIFY(play);
    QVERIFY((*play)->check());
    const trace::Store &store = (*play)->store();
    std::map<std::string, std::string> texts;
    std::vector<std::string> files;
    for (const std::string &path : templatesIn(folder.path())) {
        if (trace::whatIf(store, std::vector{path}).touched.empty())
            continue; // a template that nothing has read
        files.push_back(path);
        texts[path] = fileBytes(QString::fromStdString(path)).toStdString();
    }
    QVERIFY(files.size() >= 10);

    trace::Score all;
    double error = 0;
    double errorOfAllMaybe = 0;
    for (int edit = 0; edit < 170; ++edit) {
        const std::string &path = files[random() % files.size()];
        const std::string after = editedAtRandom(texts[path], random);
        if (after == texts[path])
            continue;
        texts[path] = after;
        const trace::WhatIf whatIf = trace::whatIf(store, std::vector{path});
        QVERIFY((*play)->edit({{path, after}}));
        QVERIFY((*play)->check());
        const trace::Score score = trace::score(store, whatIf, trace::ranIn(store, store.revision()));
        QVERIFY2(score.sureRan == score.sure, (path + ": " + sentenceOf(score)).c_str());
        all.sure += score.sure;
        all.maybe += score.maybe;
        all.maybeRan += score.maybeRan;
        error += score.error * double(score.maybe);
        errorOfAllMaybe += score.errorOfAllMaybe * double(score.maybe);
    }
    qInfo("%llu sure ran; of %llu maybe %llu; error %.3f instead of %.3f", (unsigned long long)(all.sure),
          (unsigned long long)(all.maybe), (unsigned long long)(all.maybeRan), error / double(all.maybe),
          errorOfAllMaybe / double(all.maybe));
    QVERIFY(all.sure > 250);
    QVERIFY(all.maybeRan > 0 && all.maybeRan < all.maybe);
    QVERIFY(error < errorOfAllMaybe * 0.6);
}

void TestWhatIfCommand::theEditIsPlayedInASecondEngine()
{
    const ProgramRun alone = whatIf({predictedBase});
    QCOMPARE(alone.err, QByteArray());
    QCOMPARE(alone.exitCode, 0);
    QVERIFY2(alone.out.startsWith("1 would run for sure, and of 6 that may about 2."), alone.out.constData());
    QVERIFY2(!alone.out.contains("second engine"), alone.out.constData());
    const ProgramRun played = whatIf({u"--edit"_s, predictedBase, u"Bookshop</a>"_s, u"Books</a>"_s});
    QVERIFY2(played.out.contains("The edit was played in a second engine: 6 ran; of 1 sure 1 ran; of 6 maybe 5.\n"),
             played.out.constData());
}

void TestWhatIfCommand::aRehearsalStartsFromTheTextsThatThereAre()
{
    std::mt19937 random(11);
    const QTemporaryDir folder;
    makeUpProject(QDir(folder.path()), random);
    const std::string root = folder.path().toStdString();
    const auto pageOf = [&](int page) { return root + "/templates/page" + std::to_string(page) + ".html"; };
    const app::Overlay child{pageOf(2), "{% extends 'page1.html' %}"};
    const app::Overlay edit{pageOf(1), "{% block other %}{% nope %}{% endblock %}"};
    const auto ranWith = [&](std::vector<app::Overlay> now) {
        using Stage = app::RehearsalProgress::Stage;
        std::map<Stage, std::uint64_t> told; // Portions, which begin again with each stage.
        bool isInOrder = true;
        const auto ran = app::rehearse({.root = root, .now = std::move(now), .then = edit}, query::CancelToken(),
                                       [&](app::RehearsalProgress progress) {
                                           isInOrder = isInOrder && progress.portions == ++told[progress.stage]
                                               && (progress.stage == Stage::Editing || !told.contains(Stage::Editing));
                                       });
        if (!ran || told.size() != 2 || !isInOrder)
            qFatal("%s", ran ? "something else was told of its progress" : ran.error().sentence.c_str());
        return *ran;
    };
    // The same, step by step.
    app::EditOptions options;
    options.wanted.project = root;
    const auto play = app::Play::create(options);
    QVERIFY((*play)->check());
    (void)(*play)->edit({child});
    QVERIFY((*play)->check());
    QVERIFY((*play)->edit({edit}));
    QVERIFY((*play)->check());
    std::vector<std::string> expected = trace::ranIn((*play)->store(), (*play)->store().revision());
    std::vector<std::string> ran = ranWith({child});
    std::ranges::sort(expected);
    std::ranges::sort(ran);
    QCOMPARE(ran, expected);
    QVERIFY(std::ranges::contains(ran, "Diagnostics(templates/page1.html)"));
    // The editor has that text already.
    const auto same = app::rehearse({.root = root, .now = {edit}, .then = edit}, query::CancelToken(),
                                    [](app::RehearsalProgress) { });
    QVERIFY(!same);
    QCOMPARE(same.error().sentence, std::string("the edit changes nothing that was read"));
}

void TestWhatIfCommand::aRehearsalIsStopped()
{
    std::mt19937 random(11);
    const QTemporaryDir folder;
    makeUpProject(QDir(folder.path()), random);
    const std::string root = folder.path().toStdString();
    const query::CancelToken stop;
    std::uint64_t told = 0;
    const auto ran = app::rehearse({.root = root, .now = {}, .then = {root + "/templates/page1.html", "x"}}, stop,
                                   [&](app::RehearsalProgress progress) {
                                       QVERIFY(progress.stage == app::RehearsalProgress::Stage::Reading);
                                       ++told;
                                       stop.cancel();
                                   });
    QVERIFY(!ran);
    QCOMPARE(ran.error().sentence, std::string("stopped"));
    QVERIFY(told > 0);
}

void TestWhatIfCommand::everyRunAndSeedPrintsTheSame()
{
    QByteArray first;
    for (const QString &seed : {u"1"_s, u"2"_s, u"77"_s}) {
        const ProgramRun run = whatIf({u"--first"_s, predictedBase, u"Bookshop</a>"_s, u"Books</a>"_s, u"--no-times"_s,
                                       u"--all"_s, u"bookshop/settings.py"_s, predictedBase},
                                      {.environment = {u"NUAGES_HASH_SEED="_s + seed}});
        QCOMPARE(run.exitCode, 0);
        if (first.isEmpty())
            first = run.out;
        QCOMPARE(run.out, first);
    }
}

void TestWhatIfCommand::wrongUsageIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no file") << QStringList() << QByteArray("a FILE is needed, or --edit FILE OLD NEW");
    QTest::newRow("a file that nobody reads")
        << QStringList{u"nonsense.html"_s} << QByteArray("nonsense.html was not read");
}

void TestWhatIfCommand::wrongUsageIsOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const ProgramRun run = whatIf(arguments);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err, "nuages: " + says + "\n");
}

NUAGES_TEST(TestWhatIfCommand)
#include "tst_whatif.moc"
