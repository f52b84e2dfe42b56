#include "tests/share/help.h"

#include "tests/support/testmain.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// What a desktop reads of the inspector: its files agree with each other and with the program.
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDesktopFileStartsTheProgram();
    void theMetainfoSpeaksOfTheDesktopFile();
    void theMetainfoKnowsThisVersion();
    void theIconsAreDrawings();
};

namespace {

const QString id = u"org.nuages.Inspector"_s; // also views::desktopName

/// The texts of the elements of this name; their attribute of that name, if one is given.
QStringList elements(const QString &name, const QString &attribute = {})
{
    QXmlStreamReader xml(resource(u"desktop/%1.metainfo.xml"_s.arg(id)));
    QStringList found;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != name)
            continue;
        found << (attribute.isEmpty() ? xml.readElementText() : xml.attributes().value(attribute).toString());
    }
    return xml.hasError() ? QStringList{xml.errorString()} : found;
}

} // namespace

void TestDesktop::theDesktopFileStartsTheProgram()
{
    const QString file = resource(u"desktop/%1.desktop"_s.arg(id));
    QCOMPARE(captures(file, u"^Exec=(\\S+) %f$"_s), QStringList{u"nuages-inspector"_s});
    QCOMPARE(captures(file, u"^Icon=(.*)$"_s), QStringList{id});
}

void TestDesktop::theMetainfoSpeaksOfTheDesktopFile()
{
    QCOMPARE(elements(u"id"_s), QStringList{id});
    QCOMPARE(elements(u"launchable"_s), QStringList{id + u".desktop"_s});
    QCOMPARE(elements(u"icon"_s), QStringList{id});
    QCOMPARE(elements(u"binary"_s), QStringList{u"nuages-inspector"_s});
    const QString file = resource(u"desktop/%1.desktop"_s.arg(id));
    QCOMPARE(captures(file, u"^Comment=(.*)$"_s), elements(u"summary"_s));
    QCOMPARE(captures(file, u"^Name=(.*)$"_s), elements(u"name"_s).first(1)); // the second is the developer's
}

void TestDesktop::theMetainfoKnowsThisVersion()
{
    const QStringList said = captures(runProgram(programFile(u"nuages"_s), {u"--version"_s}).out, u"^nuages (\\S+)"_s);
    QCOMPARE(elements(u"release"_s, u"version"_s).first(1), said);
}

void TestDesktop::theIconsAreDrawings()
{
    for (const QString &name : {u"nuages"_s, u"nuages-symbolic"_s}) {
        QXmlStreamReader xml(resource(u"icons/%1.svg"_s.arg(name)));
        QVERIFY(xml.readNextStartElement());
        QCOMPARE(xml.name(), u"svg"_s);
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }
}

NUAGES_TEST(TestDesktop)
#include "tst_desktop.moc"
