#include "engine/python/envfile.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using python::Variables;

/// What the packages that load such files make of them; each row was seen there.
class TestEnvFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAsThePackageDoes_data();
    void readsAsThePackageDoes();
    void interpolationOfAnIniFileIsNotRead();
};

namespace {

enum class Package { Environ, Dotenv, Decouple, Ini };

std::string shown(const Variables &variables)
{
    std::string text;
    for (const auto &[name, value] : variables)
        text += name + "=" + value + "|";
    return text;
}

} // namespace

void TestEnvFile::readsAsThePackageDoes_data()
{
    QTest::addColumn<Package>("package");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");

    const auto row = [](const char *name, Package package, const char *text, const char *expected) {
        QTest::newRow(name) << package << QByteArray(text) << QByteArray(expected);
    };
    row("environ: plain and exported", Package::Environ, "A=1\nexport B=x y \n# C=3\n\nD =4\n", "A=1|B=x y |");
    row("environ: quotes", Package::Environ, "A='x \"y\"'\nB=\"x\\\"y\\n\"\nC='open\nD=\"\"\n",
        "A=x \"y\"|B=x\"y\\n|C='open|D=|");
    row("environ: a comment belongs to the value", Package::Environ, "A=x # y\nB='x' # y\n", "A=x # y|B='x' # y|");
    row("environ: the last one", Package::Environ, "A=1\nA=2\r\n", "A=2|");
    row("dotenv: plain", Package::Dotenv, "A=1\n export  B = x y # no\nC\nD=\n#E=1\nF=a#b\n", "A=1|B=x y|D=|F=a#b|");
    row("dotenv: quotes", Package::Dotenv, "A='x\\'y\\n'\nB=\"x\\\"y\\n\" # no\nC=\"two\nlines\"\nD='x' y\nE=1\n",
        "A=x'y\\n|B=x\"y\n|C=two\nlines|E=1|");
    row("dotenv: other variables", Package::Dotenv, "A=a\nB=${A}b\nC=${SET}${NONE}${NONE:-d}$A\n",
        "A=a|B=ab|C=setd$A|");
    row("decouple", Package::Decouple, " A = 1 \n#B=2\nC\nD='x'\nE=\"x' # y\nF==a\nexport G=1\n",
        "A=1|D=x|E=\"x' # y|F==a|export G=1|");
    row("settings.ini", Package::Ini, "[other]\nA=0\n[settings]\n# c\n; c\nA = 1\nLong: one\n  two\nB=x # y\n",
        "a=1|long=one\ntwo|b=x # y|");
}

void TestEnvFile::readsAsThePackageDoes()
{
    QFETCH(Package, package);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);

    const auto lookUp = [](const std::string &name) {
        return name == "SET" ? std::optional<std::string>("set") : std::nullopt;
    };
    const std::string file = text.toStdString();
    Variables variables;
    switch (package) {
    case Package::Environ:
        variables = python::readEnvironFile(file);
        break;
    case Package::Dotenv:
        variables = python::readDotenvFile(file, lookUp);
        break;
    case Package::Decouple:
        variables = python::readDecoupleFile(file);
        break;
    case Package::Ini:
        variables = python::readIniSection(file, "settings").value();
        break;
    }
    QCOMPARE(shown(variables), expected.toStdString());
}

void TestEnvFile::interpolationOfAnIniFileIsNotRead()
{
    QVERIFY(!python::readIniSection("[settings]\nA=%(B)s\n", "settings"));
}

NUAGES_TEST(TestEnvFile)
#include "tst_envfile.moc"
