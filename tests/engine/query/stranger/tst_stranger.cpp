#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString engine = QStringLiteral(SOURCES "/engine/query");
const QString calculator = engine + u"/examples/calculator"_s;

struct Ran {
    bool isGood = false;
    QByteArray output; ///< Of both channels.
};

Ran run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool ended = process.waitForFinished(500'000) && process.exitStatus() == QProcess::NormalExit;
    return {ended && process.exitCode() == 0, process.readAll()};
}

Ran cmake(const QStringList &arguments) { return run(QStringLiteral(CMAKE_OF_THIS_BUILD), arguments); }

Ran configure(const QString &source, const QString &build, const QStringList &options = {})
{
    return cmake(QStringList{u"-S"_s, source, u"-B"_s, build, u"-G"_s, u"Ninja"_s, u"-DCMAKE_BUILD_TYPE=Debug"_s,
                             u"-DCMAKE_CXX_FLAGS_DEBUG=-O0"_s, u"-DCMAKE_UNITY_BUILD=ON"_s,
                             u"-DCMAKE_UNITY_BUILD_BATCH_SIZE=0"_s, // all in one, which takes seconds
                             QStringLiteral("-DCMAKE_CXX_COMPILER=" COMPILER_OF_THIS_BUILD)}
                 + options);
}

QByteArray textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QStringList filesUnder(const QString &folder)
{
    QStringList files;
    QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext())
        files << all.next().mid(folder.size() + 1);
    files.sort();
    return files;
}

} // namespace

/// Somebody else's project, outside of this tree, uses the engine: as an installed library, and as a folder of sources.
class TestStranger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void calculatorOfThisBuildPrintsWhatItsPageShows();
    void installationHoldsTheLibraryAndNoMore();
    void installedLibraryIsFound();
    void otherMinorVersionIsRefused();
    void folderOfSourcesIsEnough();
    void folderOfAnotherNameIsRefusedWithASentence();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }
    bool install();
    bool copyCalculator(const char *to) const;

    QTemporaryDir m_folder;
    bool m_isInstalled = false;
};

// The slots run in their order, but each may also be run alone.
bool TestStranger::install()
{
    if (m_isInstalled)
        return true;
    for (const Ran &step :
         {configure(engine, path("alone"), {u"-DCMAKE_INSTALL_PREFIX="_s + path("installed")}),
          cmake({u"--build"_s, path("alone")}), cmake({u"--install"_s, path("alone"), u"--component"_s, u"query"_s})}) {
        if (!step.isGood) {
            qWarning("%s", step.output.constData());
            return false;
        }
    }
    m_isInstalled = true;
    return true;
}

bool TestStranger::copyCalculator(const char *to) const
{
    bool isGood = QDir().mkpath(path(to));
    for (const QString &name : QDir(calculator).entryList(QDir::Files))
        isGood = isGood && QFile::copy(calculator + u'/' + name, path(to) + u'/' + name);
    return isGood;
}

void TestStranger::calculatorOfThisBuildPrintsWhatItsPageShows()
{
    const Ran calculates = run(QStringLiteral(CALCULATOR), {});
    QVERIFY(calculates.isGood);
    QCOMPARE(calculates.output, textOf(calculator + u"/expected.txt"_s));
}

void TestStranger::installationHoldsTheLibraryAndNoMore()
{
    QVERIFY(install());
    QStringList others;
    QStringList headers;
    for (const QString &file : filesUnder(path("installed"))) {
        if (file.startsWith(u"include/"))
            headers << file.sliced(QStringLiteral("include/nuages-query/engine/query/").size());
        else
            others << file.section(u'/', -1);
    }
    QCOMPARE(headers, QDir(engine).entryList({u"*.h"_s}, QDir::Files, QDir::Name));
    others.sort();
    QCOMPARE(others,
             (QStringList{u"LICENSE"_s, u"NuagesQueryConfig.cmake"_s, u"NuagesQueryConfigVersion.cmake"_s,
                          u"NuagesQueryTargets-debug.cmake"_s, u"NuagesQueryTargets.cmake"_s, u"libnuages_query.a"_s}));
}

void TestStranger::installedLibraryIsFound()
{
    QVERIFY(install());
    QVERIFY(copyCalculator("stranger"));
    const Ran configured =
        configure(path("stranger"), path("stranger-build"),
                  {u"-DCMAKE_PREFIX_PATH="_s + path("installed"), u"-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror"_s});
    QVERIFY2(configured.isGood, configured.output.constData());
    const Ran built = cmake({u"--build"_s, path("stranger-build")});
    QVERIFY2(built.isGood, built.output.constData());
    const Ran calculates = run(path("stranger-build/calculator"), {});
    QVERIFY(calculates.isGood);
    QCOMPARE(calculates.output, textOf(calculator + u"/expected.txt"_s));
}

void TestStranger::otherMinorVersionIsRefused()
{
    QVERIFY(install());
    const auto asks = [&](const QByteArray &version) {
        return QDir().mkpath(path("asks"))
            && write(path("asks/CMakeLists.txt"),
                     "cmake_minimum_required(VERSION 3.25)\nproject(asks LANGUAGES CXX)\nfind_package(NuagesQuery "
                         + version + " REQUIRED)\n");
    };
    const QStringList where{u"-DCMAKE_PREFIX_PATH="_s + path("installed")};
    QVERIFY(asks(NUAGES_VERSION)); // That of the programs.
    const Ran same = configure(path("asks"), path("asks-build"), where);
    QVERIFY2(same.isGood, same.output.constData());
    QVERIFY(asks("0.0"));
    const Ran older = configure(path("asks"), path("asks-build"), where);
    QVERIFY2(!older.isGood && older.output.contains("version: " NUAGES_VERSION), older.output.constData());
}

void TestStranger::folderOfSourcesIsEnough()
{
    QVERIFY(copyCalculator("whole"));
    QVERIFY(QDir().mkpath(path("whole/parts/engine/query")));
    for (const QString &name : QDir(engine).entryList(QDir::Files))
        QVERIFY(QFile::copy(engine + u'/' + name, path("whole/parts/engine/query/") + name));
    QByteArray project = textOf(calculator + u"/CMakeLists.txt"_s);
    const QByteArray found = "find_package(NuagesQuery 0.1 REQUIRED)";
    QVERIFY(project.contains(found));
    project.replace(found, "add_subdirectory(parts/engine/query)");
    QVERIFY(QFile::remove(path("whole/CMakeLists.txt")));
    QVERIFY(write(path("whole/CMakeLists.txt"), project));

    const Ran configured = configure(
        path("whole"), path("whole-build"),
        {u"-DCMAKE_INSTALL_PREFIX="_s + path("whole-installed"), u"-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror"_s});
    QVERIFY2(configured.isGood, configured.output.constData());
    const Ran built = cmake({u"--build"_s, path("whole-build")});
    QVERIFY2(built.isGood, built.output.constData());
    const Ran calculates = run(path("whole-build/calculator"), {});
    QVERIFY(calculates.isGood);
    QCOMPARE(calculates.output, textOf(calculator + u"/expected.txt"_s));
    QVERIFY(cmake({u"--install"_s, path("whole-build")}).isGood);
    QCOMPARE(filesUnder(path("whole-installed")), QStringList()); // The engine adds nothing to what others install.
}

void TestStranger::folderOfAnotherNameIsRefusedWithASentence()
{
    QVERIFY(QDir().mkpath(path("renamed")));
    QVERIFY(QFile::copy(engine + u"/CMakeLists.txt"_s, path("renamed/CMakeLists.txt")));
    const Ran configured = configure(path("renamed"), path("renamed-build"));
    QVERIFY2(!configured.isGood && configured.output.contains("has to be called query"), configured.output.constData());
}

NUAGES_TEST(TestStranger)
#include "tst_stranger.moc"
