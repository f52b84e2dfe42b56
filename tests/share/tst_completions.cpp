#include "tests/share/help.h"

#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// The completions of all shells offer what the programs offer, and nothing that they do not. Those of bash are asked
/// in bash; those of zsh and fish, which are not on every machine that builds, are read.
class TestCompletions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bashOffersTheOptions_data() { helpRows(); }
    void bashOffersTheOptions();
    void bashOffersTheWordsOfAnOption_data() { helpRows(); }
    void bashOffersTheWordsOfAnOption();
    void bashOffersWhatFits_data();
    void bashOffersWhatFits();
    void zshOffersTheOptions_data() { helpRows(); }
    void zshOffersTheOptions();
    void fishOffersTheOptions_data() { helpRows(); }
    void fishOffersTheOptions();
};

namespace {

QStringList sorted(QStringList words)
{
    words.removeDuplicates();
    words.sort();
    return words;
}

/// What bash offers for the last of `words`, sorted; in `folder`.
QStringList bash(const QStringList &words, const QString &folder = u"/"_s)
{
    const QString script = uR"(
        cd -- "$1" && . "$2/completions/${3##*/}.bash" && shift 2
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        read -ra spec < <(complete -p "${1##*/}")
        "${spec[2]}" "$1" "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
    )"_s;
    const Run run = runProgram(
        u"bash"_s, QStringList{u"-c"_s, script, u"bash"_s, folder, QStringLiteral(NUAGES_RESOURCES)} + words);
    const QStringList offered = run.out.split(u'\n', Qt::SkipEmptyParts);
    return sorted(run.exitCode == 0 && run.err.isEmpty() ? offered : QStringList{run.err});
}

/// The command line up to where options of `help` stand.
QStringList lineOf(const Help &help)
{
    const QString program = programFile(help.program);
    return help.subcommand.isEmpty() ? QStringList{program} : QStringList{program, help.subcommand};
}

/// The part of the zsh function that says what follows a subcommand, or what stands before one.
QString zshPart(const Help &help)
{
    const QString text = resource(u"completions/_"_s + help.program);
    if (!help.subcommand.isEmpty())
        return text.section(u"        %1)\n"_s.arg(help.subcommand), 1, 1).section(u";;"_s, 0, 0);
    return text.section(u"_arguments"_s, 1, 1);
}

} // namespace

void TestCompletions::bashOffersTheOptions()
{
    QFETCH(Help, help);
    QCOMPARE(bash(lineOf(help) + QStringList{u"-"_s}), help.optionNames());
    if (help.subcommands.isEmpty())
        return;
    QCOMPARE(bash(lineOf(help) + QStringList{QString()}), sorted(help.subcommands + help.optionNames()));
}

void TestCompletions::bashOffersTheWordsOfAnOption()
{
    QFETCH(Help, help);
    for (const auto &[name, words] : help.options.asKeyValueRange()) {
        if (words.isEmpty())
            continue;
        QCOMPARE(bash(lineOf(help) + QStringList{name, QString()}), sorted(words));
        QCOMPARE(bash(lineOf(help) + QStringList{name, u"="_s}), sorted(words));
        const QStringList fitting = bash(lineOf(help) + QStringList{name, u"="_s, words.constFirst().first(2)});
        QCOMPARE(fitting, QStringList{words.constFirst()});
    }
}

void TestCompletions::bashOffersWhatFits_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("offered");
    const auto row = [](const char *name, const QString &line, const QString &offered) {
        QTest::newRow(name) << line.split(u' ') << offered.split(u' ', Qt::SkipEmptyParts);
    };
    row("a subcommand", u"nuages why"_s, u"why"_s);
    row("a rule", u"nuages rule unclosed"_s, u"unclosed-tag"_s);
    row("rules", u"nuages rule unloaded-"_s, u"unloaded-filter unloaded-tag"_s);
    row("a rule to select", u"nuages check --select unclosed"_s, u"unclosed-tag"_s);
    row("a rule to ignore", u"nuages check --ignore = unmatched"_s, u"unmatched-tag"_s);
    row("a template or a folder", u"nuages check "_s, u"page.html shop"_s);
    row("a folder of a project", u"nuages demo "_s, u"shop"_s);
    row("a root", u"nuages check --project "_s, u"shop"_s);
    row("a root behind =", u"nuages check --project = s"_s, u"shop"_s);
    row("a file", u"nuages check --stdin-filename pa"_s, u"page.html"_s);
    row("a file to edit", u"nuages why --edit pa"_s, u"page.html"_s);
    row("nothing for a module", u"nuages check --settings "_s, u""_s);
    row("nothing for no subcommand", u"nuages nope "_s, u""_s);
    row("a format of facts", u"nuages facts --format j"_s, u"json"_s);
    row("a project for the window", u"nuages-inspector "_s, u"shop"_s);
    row("a script for the window", u"nuages-inspector --script p"_s, u"page.html"_s);
    row("nothing for a width", u"nuages-inspector --width "_s, u""_s);
}

void TestCompletions::bashOffersWhatFits()
{
    QFETCH(QStringList, words);
    QFETCH(QStringList, offered);
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"shop"_s));
    QFile page(folder.filePath(u"page.html"_s));
    QVERIFY(page.open(QIODevice::WriteOnly));
    words.first() = programFile(words.constFirst());
    QCOMPARE(bash(words, folder.path()), offered);
}

void TestCompletions::zshOffersTheOptions()
{
    QFETCH(Help, help);
    const QString part = zshPart(help);
    QCOMPARE(sorted(captures(part, u"(?<=['*){,])(--?[A-Za-z][\\w-]*)(?=[[},=])"_s)), help.optionNames());
    if (!help.subcommands.isEmpty()) {
        const QString whole = resource(u"completions/_nuages"_s);
        QCOMPARE(captures(whole, u"^        '([a-z]+):"_s), help.subcommands);
        QCOMPARE(captures(whole, u"^        (\\w+)\\)$"_s), help.subcommands);
    }
    for (const auto &[name, words] : help.options.asKeyValueRange()) {
        if (!words.isEmpty())
            QVERIFY2(part.contains(QRegularExpression(u"'%1=\\[[^']*:\\(%2\\)'"_s.arg(name, words.join(u' ')))),
                     qPrintable(name));
    }
}

void TestCompletions::fishOffersTheOptions()
{
    QFETCH(Help, help);
    const QString text = resource(u"completions/%1.fish"_s.arg(help.program));
    QStringList offered;
    for (const QString &line : text.split(u'\n')) {
        if (!line.startsWith(u"complete -c %1 "_s.arg(help.program)))
            continue;
        const QString place = captures(line, u"-n ('[^']*'|\\S+)"_s).value(0);
        const bool isBefore = place == u"__fish_use_subcommand";
        const bool isHere = place.isEmpty()
            || (help.subcommand.isEmpty()
                    ? isBefore
                    : place.section(u"_from "_s, 1).remove(u'\'').split(u' ').contains(help.subcommand));
        if (!isHere)
            continue;
        for (const QString &name : captures(line, u" -l (\\S+)"_s)) {
            offered << u"--"_s + name;
            const QStringList words = help.options.value(u"--"_s + name);
            if (!words.isEmpty())
                QCOMPARE(captures(line, u" -x -a '([^']*)'"_s), QStringList{words.join(u' ')});
        }
        for (const QString &name : captures(line, u" -s (\\S+)"_s))
            offered << u'-' + name;
    }
    QCOMPARE(sorted(offered), help.optionNames());
    if (!help.subcommands.isEmpty())
        QCOMPARE(captures(text, u"-n __fish_use_subcommand -a (\\w+)"_s), help.subcommands);
}

NUAGES_TEST(TestCompletions)
#include "tst_completions.moc"
