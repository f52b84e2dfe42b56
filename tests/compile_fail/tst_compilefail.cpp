#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

/// Misuses of the engine that the compiler refuses.
///
/// Each case is a file of this folder. It compiles as it stands; with -DBAD, which exchanges one line, it must not, and
/// each compiler has to say what the pattern in the comment at the top of the file asks for: its own, or the sentence
/// of ours that stands after "first", which then is the first error it names.
class TestCompileFail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileIsACase();
    void twinsDifferInOneLine_data();
    void twinsDifferInOneLine();
    void twinsCompile_data();
    void twinsCompile();
    void misuseIsRefused_data();
    void misuseIsRefused();
};

namespace {

const QString folder = QStringLiteral(NUAGES_SOURCE_DIR "/tests/compile_fail/");

QStringList cases() { return QStringLiteral(NUAGES_CASES).split(u','); }

QString textOf(const QString &name)
{
    QFile file(folder + name + QStringLiteral(".cpp"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What stands in its comment "// KEY: ...".
QString commentOf(const QString &name, const QString &key)
{
    const QRegularExpression comment(QStringLiteral("^// %1: (.+)$").arg(key), QRegularExpression::MultilineOption);
    return comment.match(textOf(name)).captured(1);
}

QString compilerOf(const QString &family)
{
    return family == u"gcc" ? QStringLiteral(NUAGES_GCC) : QStringLiteral(NUAGES_CLANG);
}

// What a compiler says about a text, and whether it took it.
struct Verdict {
    bool wasFound = false;
    bool compiled = false;
    QByteArray messages;
};

Verdict compile(const QString &family, const QStringList &arguments, const QByteArray &text = {})
{
    const QString compiler = compilerOf(family);
    if (compiler.endsWith(QLatin1String("NOTFOUND")))
        return {.messages = family.toUtf8() + ": not found; the tests need g++ 14 and clang++-19"};
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C")); // plain quotes in messages
    process.setProcessEnvironment(environment);
    process.start(compiler,
                  QStringList{QStringLiteral("-std=c++23"), QStringLiteral("-fsyntax-only"),
                              QStringLiteral("-I" NUAGES_SOURCE_DIR)}
                      + arguments);
    process.write(text);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(500'000) && process.exitStatus() == QProcess::NormalExit;
    return {ended, ended && process.exitCode() == 0, process.readAllStandardError()};
}

} // namespace

void TestCompileFail::everyFileIsACase()
{
    QStringList files = QDir(folder).entryList({QStringLiteral("*.cpp")}, QDir::Files, QDir::Name);
    files.removeOne(QStringLiteral("tst_compilefail.cpp"));
    files.replaceInStrings(QStringLiteral(".cpp"), QString());
    QStringList known = cases();
    known.sort();
    QCOMPARE(files, known);
}

void TestCompileFail::twinsDifferInOneLine_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : cases())
        QTest::addRow("%s", qPrintable(name)) << name;
}

void TestCompileFail::twinsDifferInOneLine()
{
    QFETCH(QString, name);
    static const QRegularExpression oneEach(QStringLiteral("\n#ifdef BAD\n.+\n#else\n.+\n#endif\n"));
    const QString text = textOf(name);
    QCOMPARE(text.count(QStringLiteral("\n#")) - text.count(QStringLiteral("\n#include ")), 3);
    QVERIFY(oneEach.match(text).hasMatch());
}

void TestCompileFail::twinsCompile_data()
{
    QTest::addColumn<QString>("family");
    QTest::newRow("gcc") << QStringLiteral("gcc");
    QTest::newRow("clang") << QStringLiteral("clang");
}

// All in one translation unit, each in a namespace of its own: reading the engine's headers is what takes the time.
void TestCompileFail::twinsCompile()
{
    QFETCH(QString, family);
    QByteArray all = "#include \"tests/compile_fail/shop.h\"\n";
    for (const QString &name : cases())
        all += "namespace " + name.toUtf8() + " {\n#include \"tests/compile_fail/" + name.toUtf8() + ".cpp\"\n}\n";
    const Verdict verdict = compile(family, {QStringLiteral("-xc++"), QStringLiteral("-")}, all);
    QVERIFY2(verdict.compiled, verdict.messages.constData());
}

void TestCompileFail::misuseIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("family");
    for (const QString &name : cases()) {
        for (const char *family : {"gcc", "clang"})
            QTest::addRow("%s/%s", qPrintable(name), family) << name << QString::fromLatin1(family);
    }
}

void TestCompileFail::misuseIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, family);
    const QString sentence = commentOf(name, QStringLiteral("first"));
    const QString pattern = commentOf(name, family);
    QVERIFY2(sentence.isEmpty() != pattern.isEmpty(), "the case asks for nothing, or for both");

    const Verdict bad = compile(family, {QStringLiteral("-DBAD"), folder + name + QStringLiteral(".cpp")});
    QVERIFY2(bad.wasFound, bad.messages.constData());
    QVERIFY2(!bad.compiled, "the misuse compiled");
    const QString messages = QString::fromUtf8(bad.messages);
    const QString firstError = messages.sliced(messages.indexOf(u"error:")).section(u'\n', 0, 0);
    QVERIFY2(firstError.contains(sentence), bad.messages.constData());
    QVERIFY2(QRegularExpression(pattern).match(messages).hasMatch(), bad.messages.constData());
}

NUAGES_TEST(TestCompileFail)
#include "tst_compilefail.moc"
