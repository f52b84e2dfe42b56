#include "app/inspection.h"
#include "tests/app/programrun.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages;
using namespace nuages::tests;

/// What a check keeps of what it found.
class TestInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongLineIsKeptOnce();
};

// A copy of the line in each finding would make memory grow with the square of the file.
void TestInspection::aLongLineIsKeptOnce()
{
    const QTemporaryDir folder;
    const QString root = folder.path() + QStringLiteral("/shop");
    QVERIFY(copyFolder(sourceFolder(QStringLiteral("tests/app/shop")), root));
    const QString path = root + QStringLiteral("/shop/templates/shop/long.html");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    constexpr int count = 500;
    file.write(QByteArray("{{ a|uppr }}").repeated(count));
    file.close();

    app::Wanted wanted;
    wanted.project = root.toStdString();
    wanted.paths = {path.toStdString()};
    wanted.sitePackages = {sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages")).toStdString()};
    const auto environment = app::findEnvironment(wanted);
    QVERIFY(environment.has_value());
    app::Workspace workspace(*environment, std::nullopt, 1);
    const auto report = app::inspect(workspace, *environment, 1);
    QVERIFY(report.has_value());
    QCOMPARE(report->findings.size(), std::size_t(count));
    const std::string_view line = report->findings.front().line.view();
    QCOMPARE(line.size(), std::size_t(count) * 12);
    for (const app::Finding &finding : report->findings)
        QCOMPARE(static_cast<const void *>(finding.line.view().data()), static_cast<const void *>(line.data()));
}

NUAGES_TEST(TestInspection)
#include "tst_inspection.moc"
