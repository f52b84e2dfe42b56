#include "tests/engine/query/tutorial.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <thread>

namespace {

QString textOf(const char *path)
{
    QFile file(QLatin1StringView(QT_TESTCASE_SOURCEDIR) + QLatin1Char('/') + QLatin1StringView(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// The folder's README shows code that compiles and does what it says, and names tests that exist.
class TestReadme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsCodeIsTheCodeCompiledHere();
    void itsCodeDoesWhatItSays();
    void itsKeysAndArgumentsOfOnesOwnWork();
    void itsLoopAnswersForTheLastEdit();
    void everyTestItNamesExists();
};

void TestReadme::itsCodeIsTheCodeCompiledHere()
{
    const QString readme = textOf("../../../engine/query/README.md");
    static const QRegularExpression block(QStringLiteral("```cpp\n(.*?)```"),
                                          QRegularExpression::DotMatchesEverythingOption);
    QStringList blocks;
    for (const auto &match : block.globalMatch(readme))
        blocks.append(match.captured(1));
    QCOMPARE(blocks.join(QLatin1Char('\n')), textOf("tutorial.h"));
}

void TestReadme::itsCodeDoesWhatItSays()
{
    Engine engine;
    const Page page = openPage(engine);
    QVERIFY(!isLong(engine, page));
    QCOMPARE(whatAnEditCosts(engine, page),
             std::string("InputSet PageData(a.html).text\n"
                         "Committed \n"
                         "ExecutedBackdated LineCount(a.html)\n"
                         "ValidatedDeep IsLong(a.html, 2)\n"));
    engine.write("ring", [&](Transaction &tx) { tx.set<&PageData::text>(page, "10.2"); });
    {
        Reader db(engine.ticket());
        QCOMPARE(db.get<Jumps>(page, 1), -1);
        QCOMPARE(db.get<Jumps>(page, 0), -1);
        QCOMPARE(db.get<Jumps>(page, 3), 1);
    }
    engine.write("back", [&](Transaction &tx) { tx.set<&PageData::text>(page, "eins\nzwei"); });
    std::string answer;
    std::thread([&answer, work = onAnotherThread(engine, page)]() mutable {
        answer = shown(runTask(std::move(work)));
    }).join();
    QCOMPARE(answer, std::string("2"));
    auto late = onAnotherThread(engine, page);
    engine.wantWrite(1);
    QCOMPARE(shown(runTask(std::move(late))), std::string("ask again"));
}

void TestReadme::itsKeysAndArgumentsOfOnesOwnWork()
{
    Engine engine;
    const Page page = openPage(engine);
    QVERIFY(runTask(askElsewhere(engine, page, {"two", {1, 2}})).value());
    QVERIFY(!runTask(askElsewhere(engine, page, {"two", {3, 9}})).value());
    QCOMPARE(engine.counters<IsWithin>().executed, 2u);
    QVERIFY(runTask(askElsewhere(engine, page, {"one", {1, 2}})).value());
    QCOMPARE(engine.counters<IsWithin>().hits, 1u); // An equal key is the same key.
    QCOMPARE(engine.describe(engine.keyOf<IsWithin>(page, Span{1, 2})), std::string("IsWithin(a.html, 1-2)"));
}

void TestReadme::itsLoopAnswersForTheLastEdit()
{
    Loop calm; // Each text is answered for before the next is typed.
    std::string page;
    for (int count = 2; count <= 30; ++count) {
        calm.type(page += "\n");
        calm.runUntil(count);
    }
    for (int round = 0; round < 20; ++round) {
        Loop loop;
        std::thread typing([&loop] {
            std::string text;
            for (int lines = 2; lines <= 30; ++lines)
                loop.type(text += "\n");
        });
        loop.runUntil(30);
        typing.join();
    }
}

void TestReadme::everyTestItNamesExists()
{
    const QString readme = textOf("../../../engine/query/README.md");
    static const QRegularExpression name(QStringLiteral("`(tst_\\w+) (\\w+)`"));
    int named = 0;
    for (const auto &match : name.globalMatch(readme)) {
        const QByteArray file = match.captured(1).toUtf8() + ".cpp";
        const QString slot = QStringLiteral("::") + match.captured(2) + QStringLiteral("()");
        QVERIFY2(textOf(file.constData()).contains(slot), (file + " has no " + match.captured(2).toUtf8()).constData());
        ++named;
    }
    QVERIFY(named >= 20);
}

NUAGES_TEST(TestReadme)
#include "tst_readme.moc"
