#include "app/formats/report.h"
#include "app/formats/wellformed.h"
#include "engine/source/utf8.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

using namespace nuages::app;

class TestFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneOfAThingIsSingular();
    void caretsStandUnderTheSpan_data();
    void caretsStandUnderTheSpan();
    void ofALongLineThePlaceIsShown();
    void whatAnOpeningCostsIsSaidInWords_data();
    void whatAnOpeningCostsIsSaidInWords();
    void jsonNamesEachProjectAndWhatItWithholds();
    void aLineGivesATerminalNoCommands();
    void jsonHoldsAnyBytes();
    void githubEscapesWhatItsCommandsTake();
    void githubHasAWordForEachSeverity();
    void pathsForServersStartFromTheRepository();
    void fingerprintsTellEqualFindingsApart();
    void junitIsXmlWithATestForEachTemplate();
    void strayBytesAreReplaced_data();
    void strayBytesAreReplaced();
};

namespace {

std::uint32_t offsetOf(std::string_view line, std::uint32_t column)
{
    std::string_view rest = line;
    for (; column > 1 && !rest.empty(); --column)
        rest.remove_prefix(nuages::source::sequenceLength(rest));
    return static_cast<std::uint32_t>(line.size() - rest.size());
}

Report reportOf(const std::string &line, std::uint32_t from, std::uint32_t to)
{
    Finding finding;
    finding.path = "a.html";
    finding.rule = "unknown-tag";
    finding.message = "No tag";
    finding.span = {{7, from, offsetOf(line, from)}, {7, to, offsetOf(line, to)}};
    finding.line = {nuages::source::Text(line), {0, static_cast<std::uint32_t>(line.size())}};
    Report report;
    report.root = "/work/shop/backend";
    report.repository = "/work/shop";
    report.projects = {{report.root, {}, {}, {}, {}, 1, {}}};
    report.templates = {"a.html"};
    report.findings = {finding};
    return report;
}

} // namespace

void TestFormats::oneOfAThingIsSingular()
{
    Report report = reportOf("x", 1, 2);
    QCOMPARE(summary(report), std::string("1 problem in 1 template"));
    report.findings.clear();
    report.templates.clear();
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
    QTest::newRow("behind wide letters") << QByteArray("東京x") << 3 << 4 << QByteArray("  |     ^");
    QTest::newRow("under wide letters") << QByteArray("a東京x") << 2 << 4 << QByteArray("  |  ^^^^");
    QTest::newRow("behind a picture") << QByteArray("😀☂x") << 3 << 4 << QByteArray("  |    ^");
    QTest::newRow("behind letters of full width") << QByteArray("Ａｂx") << 3 << 4 << QByteArray("  |     ^");
    QTest::newRow("behind letters of half width") << QByteArray("ｱｲx") << 3 << 4 << QByteArray("  |   ^");
    QTest::newRow("behind a Hangul syllable in parts")
        << QByteArray("\u1112\u1161\u11ABx") << 4 << 5 << QByteArray("  |   ^");
    QTest::newRow("behind a letter and its mark") << QByteArray("e\u0301x") << 3 << 4 << QByteArray("  |  ^");
    QTest::newRow("under a letter and its mark") << QByteArray("e\u0301x") << 1 << 3 << QByteArray("  | ^");
    QTest::newRow("behind a joiner of no width") << QByteArray("a\u200Dx") << 3 << 4 << QByteArray("  |  ^");
    QTest::newRow("a tab between") << QByteArray("a\tbx") << 4 << 5 << QByteArray("  |  \t ^");
    QTest::newRow("a tab under the span") << QByteArray("if\tx") << 1 << 5 << QByteArray("  | ^^\t^");
    QTest::newRow("nothing to stand under") << QByteArray("") << 1 << 2 << QByteArray("  | ^");
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

// Thousands of findings may stand in one line, so its text must not be printed for each.
void TestFormats::ofALongLineThePlaceIsShown()
{
    std::string line;
    for (int i = 0; i < 5000; ++i)
        line += "ä";
    line += "{% iff %}" + line;
    const QByteArrayList lines = QByteArray::fromStdString(full(reportOf(line, 5004, 5007))).split('\n');
    QVERIFY(lines[2].size() < 400);
    QVERIFY(lines[2].startsWith("7 | …ä") && lines[2].endsWith("ä…"));
    const QString shown = QString::fromUtf8(lines[2]);
    QCOMPARE(shown.mid(QString::fromUtf8(lines[3]).indexOf(u'^'), 3), QStringLiteral("iff"));
    QCOMPARE(lines[3].count('^'), 3);

    // A span that is itself long is cut as well.
    QVERIFY(QByteArray::fromStdString(full(reportOf(line, 1, 9000))).split('\n')[3].size() < 600);
}

void TestFormats::whatAnOpeningCostsIsSaidInWords_data()
{
    QTest::addColumn<int>("claims");
    QTest::addColumn<int>("templates");
    QTest::addColumn<QByteArray>("cure");
    QTest::addColumn<QByteArray>("text");

    const auto row = [](const char *name, int claims, int templates, const char *cure, const char *text) {
        QTest::newRow(name) << claims << templates << QByteArray(cure) << QByteArray(text);
    };
    row("nothing", 0, 0, "apps", "withholds nothing now");
    row("one", 1, 1, "", "withholds 1 claim in 1 template");
    row("a variable", 3, 2, "env",
        "withholds 3 claims in 2 templates; set the variable, or give its value in [tool.nuages] env");
    row("applications", 2, 1, "apps",
        "withholds 2 claims in 1 template; [tool.nuages] apps can name the applications that are missing");
    row("libraries", 2, 2, "libraries",
        "withholds 2 claims in 2 templates; [tool.nuages] libraries can name the libraries that are missing");
}

void TestFormats::whatAnOpeningCostsIsSaidInWords()
{
    QFETCH(int, claims);
    QFETCH(int, templates);
    QFETCH(QByteArray, cure);
    QFETCH(QByteArray, text);
    const Opening opening{"settings.py",
                          7,
                          "why",
                          cure.toStdString(),
                          static_cast<std::uint32_t>(claims),
                          static_cast<std::uint32_t>(templates)};
    QCOMPARE(QByteArray::fromStdString(costOf(opening)), text);
}

void TestFormats::jsonNamesEachProjectAndWhatItWithholds()
{
    Report report = reportOf("x", 1, 2);
    report.projects = {
        {"/work/one", "5.2", "one.settings", {"/packages"}, "VIRTUAL_ENV", 4, {}},
        {"/work/two", {}, {}, {}, {}, 0, {{"two/settings.py", 7, "why", "apps", 3, 2}, {".", 0, "no", "", 0, 0}}}};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json(report)));
    QCOMPARE(document.object().keys(),
             (QStringList{QStringLiteral("diagnostics"), QStringLiteral("projects"), QStringLiteral("root"),
                          QStringLiteral("templates"), QStringLiteral("version")}));
    QCOMPARE(document[QStringLiteral("version")].toInt(), 2);
    QCOMPARE(document[QStringLiteral("root")].toString(), QStringLiteral("/work/shop/backend"));
    QCOMPARE(document[QStringLiteral("templates")].toInt(), 1);
    const QByteArray projects = R"([
        {"root": "/work/one", "django": "5.2", "settings": "one.settings", "templates": 4, "open": [],
         "environment": {"folders": ["/packages"], "foundBy": "VIRTUAL_ENV"}},
        {"root": "/work/two", "django": null, "settings": null, "templates": 0,
         "environment": {"folders": [], "foundBy": null},
         "open": [{"path": "two/settings.py", "line": 7, "why": "why", "withheld": 3, "templates": 2, "cure": "apps"},
                  {"path": ".", "line": null, "why": "no", "withheld": 0, "templates": 0, "cure": null}]}])";
    QCOMPARE(document[QStringLiteral("projects")].toArray(), QJsonDocument::fromJson(projects).array());
}

void TestFormats::aLineGivesATerminalNoCommands()
{
    Report report = reportOf("\033[31mx\r\tyz", 6, 7);
    report.findings[0].message = "a \033 and a \n";
    report.findings[0].path = "a\x7F.html";
    for (const std::string &text : {concise(report), full(report)}) {
        QVERIFY(!text.contains('\033') && !text.contains('\r') && !text.contains('\x7F'));
        QVERIFY(text.contains("a \uFFFD and a \uFFFD\n"));
    }
    QVERIFY(full(report).contains("\n7 | \uFFFD[31mx\uFFFD\tyz\n  |      ^\n"));
}

void TestFormats::githubEscapesWhatItsCommandsTake()
{
    Report report = reportOf("x", 4, 7);
    report.root = report.repository;
    report.findings[0].path = "a,b:c%.html";
    report.findings[0].message = "100%: a, b\nc\r";
    QCOMPARE(github(report),
             std::string("::error file=a%2Cb%3Ac%25.html,line=7,endLine=7,col=4,endColumn=7,title=unknown-tag"
                         "::100%25: a, b%0Ac%0D\n"));
    report.findings[0].span.end = {9, 2, 0};
    QVERIFY(github(report).contains(",line=7,endLine=9,title="));
    report.findings.clear();
    QCOMPARE(github(report), std::string());
}

void TestFormats::githubHasAWordForEachSeverity()
{
    using nuages::rules::Severity;
    Report report = reportOf("x", 1, 2);
    for (const auto &[severity, word] :
         {std::pair(Severity::Error, "::error "), std::pair(Severity::Warning, "::warning "),
          std::pair(Severity::Information, "::notice "), std::pair(Severity::Hint, "::notice ")}) {
        report.findings[0].severity = severity;
        QVERIFY(github(report).starts_with(word));
    }
}

void TestFormats::pathsForServersStartFromTheRepository()
{
    Report report = reportOf("x", 1, 2);
    QCOMPARE(fromRepository(report, "a.html"), std::string("backend/a.html"));
    QCOMPARE(fromRepository(report, "/opt/a.html"), std::string("/opt/a.html"));
    QCOMPARE(fromRepository(report, "."), std::string("backend"));
    report.repository = report.root;
    QCOMPARE(fromRepository(report, "a.html"), std::string("a.html"));
    QCOMPARE(fromRepository(report, "."), std::string("."));
}

void TestFormats::fingerprintsTellEqualFindingsApart()
{
    Report report = reportOf("{% nope %}", 4, 8);
    report.findings.push_back(report.findings[0]);
    report.findings[1].span = {{9, 4, 0}, {9, 8, 0}};
    const std::vector<std::string> prints = fingerprints(report);
    QVERIFY(prints[0] != prints[1]);
    QCOMPARE(prints[0].size(), 32u);

    // Lines that come before change nothing, another text does.
    report.findings[0].span.start.line = 70;
    QCOMPARE(fingerprints(report), prints);
    report.findings[0].message = "Another";
    QVERIFY(fingerprints(report)[0] != prints[0]);
    QCOMPARE(fingerprints(report)[1], prints[0]); // now it is the first of its kind
}

void TestFormats::junitIsXmlWithATestForEachTemplate()
{
    Report report = reportOf("x", 4, 7);
    report.templates = {"a.html", "b<&\".html"};
    report.findings[0].message = "a < b & \"c\" \x01 \xEF\xBF\xBE \xFF";
    QXmlStreamReader xml(QByteArray::fromStdString(junit(report)));
    QStringList names;
    QString message;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == u"testsuite") {
            QCOMPARE(xml.attributes().value(u"tests"), u"2");
            QCOMPARE(xml.attributes().value(u"failures"), u"1");
        } else if (xml.name() == u"testcase") {
            names << xml.attributes().value(u"name").toString();
        } else if (xml.name() == u"failure") {
            QCOMPARE(xml.attributes().value(u"type"), u"unknown-tag");
            message = xml.attributes().value(u"message").toString();
            QCOMPARE(names, QStringList{QStringLiteral("backend/a.html")});
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(names, (QStringList{QStringLiteral("backend/a.html"), QStringLiteral("backend/b<&\".html")}));
    QCOMPARE(message, QStringLiteral("a < b & \"c\" \uFFFD \uFFFD \uFFFD"));
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
