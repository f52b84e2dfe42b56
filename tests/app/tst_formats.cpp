#include "app/formats/report.h"
#include "app/formats/wellformed.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace nuages::app;

class TestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneOfAThingIsSingular();
    void caretsStandUnderTheSpan_data();
    void caretsStandUnderTheSpan();
    void jsonHoldsAnyBytes();
    void strayBytesAreReplaced_data();
    void strayBytesAreReplaced();
};

namespace {

Report reportOf(const std::string &line, std::uint32_t from, std::uint32_t to)
{
    Finding finding;
    finding.path = "a.html";
    finding.rule = "unknown-tag";
    finding.message = "No tag";
    finding.span = {{7, from, 0}, {7, to, 0}};
    finding.line = {nuages::source::Text(line), {0, static_cast<std::uint32_t>(line.size())}};
    Report report;
    report.templates = 1;
    report.findings = {finding};
    return report;
}

} // namespace

void TestFormats::oneOfAThingIsSingular()
{
    Report report = reportOf("x", 1, 2);
    QCOMPARE(summary(report), std::string("1 problem in 1 template"));
    report.findings.clear();
    report.templates = 0;
    QCOMPARE(summary(report), std::string("0 problems in 0 templates"));
}

void TestFormats::caretsStandUnderTheSpan_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QByteArray>("carets");

    QTest::newRow("in the middle") << QByteArray("{% iff x %}") << 4 << 7 << QByteArray("  |    ^^^");
    QTest::newRow("behind a tab") << QByteArray("\t{% iff %}") << 5 << 8 << QByteArray("  | \t   ^^^");
    QTest::newRow("behind letters of two and three bytes") << QByteArray("ä€x") << 3 << 4 << QByteArray("  |   ^");
    QTest::newRow("a stray byte counts as one") << QByteArray("\xff\xfex") << 3 << 4 << QByteArray("  |   ^");
}

void TestFormats::caretsStandUnderTheSpan()
{
    QFETCH(QByteArray, line);
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(QByteArray, carets);
    const QByteArray text = QByteArray::fromStdString(
        full(reportOf(line.toStdString(), static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to))));
    QCOMPARE(text.split('\n').at(2), "7 | " + line);
    QCOMPARE(text.split('\n').at(3), carets);
}

void TestFormats::jsonHoldsAnyBytes()
{
    Report report = reportOf("x", 1, 2);
    report.findings[0].message = "a \"quote\", a \\, a \n and a \xff";
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json(report)), &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(document[QStringLiteral("diagnostics")][0][QStringLiteral("message")].toString(),
             QStringLiteral("a \"quote\", a \\, a \n and a \ufffd"));
}

void TestFormats::strayBytesAreReplaced_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("ASCII and letters") << QByteArray("aä€😀") << QByteArray("aä€😀");
    QTest::newRow("a byte that begins nothing") << QByteArray("a\xffz") << QByteArray("a\ufffdz");
    QTest::newRow("a sequence cut short") << QByteArray("\xe2\x82") << QByteArray("\ufffd\ufffd");
}

void TestFormats::strayBytesAreReplaced()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(wellFormed(bytes.toStdString())), text);
}

NUAGES_TEST(TestFormats)
#include "tst_formats.moc"
